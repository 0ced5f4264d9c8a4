// Owns: the gateway's flash as real files: a folder an area, a file a number.
// Must never: say that bytes are durable before the disk has said so, or touch a file that is not of this form.

using System.Globalization;
using System.Text;
using Gateway.Core;

namespace Gateway.Pc.Flash;

/// <summary>
/// Files such as fire/0000000065.bin below one folder. An append is open, write, fsync, close, and for a new file an fsync of the
/// folder, so that what a test or a power cut finds is what the device's littlefs would have kept.
/// </summary>
public sealed class PcFlash : FlashPort
{
    private const string Extension = ".bin";
    private const int NumberDigits = 10;
    private static readonly string[] AreaNames = ["fire", "condition", "routine", "journal", "settings", "kept"];

    private readonly string _folder;
    private readonly int _capacityBytes;

    /// <param name="folder">Made when it is absent.</param>
    /// <param name="capacityBytes">What the log's plan is made for; the disk itself is not limited to it.</param>
    /// <exception cref="IOException">The folders can't be made.</exception>
    public PcFlash(string folder, int capacityBytes = PcLimits.FlashBytes)
    {
        _folder = folder;
        _capacityBytes = capacityBytes;
        foreach (string area in AreaNames)
        {
            OwnFile.MakeFolder(Path.Combine(folder, area));
        }

        FolderSync.Sync(folder);
    }

    /// <summary>
    /// Checksum of the user's settings file that was taken over last; null before the first. It lies beside the texts and goes with them.
    /// </summary>
    public uint? SettingsTaken
    {
        get
        {
            string text = File.Exists(TakenPath) ? File.ReadAllText(TakenPath).Trim() : "";
            return uint.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint crc) ? crc : null;
        }

        set
        {
            using FileStream file = OwnFile.Open(TakenPath, FileMode.Create, FileAccess.Write, FileShare.None);
            file.Write(Encoding.ASCII.GetBytes($"{value:x8}\n"));
        }
    }

    /// <summary>Deletes the areas, and nothing else that may lie in the folder.</summary>
    public static void Reset(string folder)
    {
        foreach (string area in AreaNames)
        {
            string path = Path.Combine(folder, area);
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        }
    }

    public override int CapacityBytes() => _capacityBytes;

    public override int List(FlashArea area, int[] numbers)
    {
        try
        {
            int count = 0;
            foreach (string path in Directory.EnumerateFiles(AreaFolder(area)))
            {
                string name = Path.GetFileName(path);
                bool ours = name.Length == NumberDigits + Extension.Length && name.EndsWith(Extension, StringComparison.Ordinal);
                if (ours && uint.TryParse(name.AsSpan(0, NumberDigits), out uint number))
                {
                    if (count < numbers.Length)
                    {
                        numbers[count] = (int)number;
                    }

                    count++;
                }
            }

            return count;
        }
        catch (DirectoryNotFoundException) when (!Path.Exists(AreaFolder(area)))
        {
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return -1;
        }
    }

    public override int Length(FlashArea area, int number)
    {
        var file = new FileInfo(FilePath(area, number));
        return file.Exists ? (int)file.Length : -1;
    }

    public override int Read(FlashArea area, int number, int at, byte[] into, int intoAt, int count)
    {
        try
        {
            using var file = new FileStream(FilePath(area, number), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            file.Position = at;
            return file.ReadAtLeast(into.AsSpan(intoAt, count), count, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return -1;
        }
    }

    public override bool Append(FlashArea area, int number, byte[] data, int at, int count)
    {
        try
        {
            string path = FilePath(area, number);
            bool fresh = !File.Exists(path);
            using (var file = OwnFile.Open(path, FileMode.Append, FileAccess.Write, FileShare.Read))
            {
                file.Write(data, at, count);
                file.Flush(flushToDisk: true);
            }

            if (fresh)
            {
                FolderSync.Sync(AreaFolder(area));
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // The last is what .NET makes of a file that may not grow.
            return false;
        }
    }

    public override bool Delete(FlashArea area, int number)
    {
        try
        {
            string path = FilePath(area, number);
            if (File.Exists(path))
            {
                File.Delete(path);
                FolderSync.Sync(AreaFolder(area));
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private string TakenPath => Path.Combine(AreaFolder(FlashArea.Settings), "taken");

    private string AreaFolder(FlashArea area) => Path.Combine(_folder, AreaNames[(int)area]);

    // Sequences are 32 bits without a sign.
    private string FilePath(FlashArea area, int number) => Path.Combine(AreaFolder(area), ((uint)number).ToString("D10") + Extension);
}
