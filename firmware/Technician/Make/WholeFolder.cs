// Owns: making a folder with all its files, or none of it.
// Must never: touch what is there already, or leave half of a folder under its name.

namespace Gateway.Technician.Make;

/// <param name="Path">Below the folder.</param>
/// <param name="Secret">Readable to its owner alone, where the system can do that.</param>
internal sealed record NewFile(string Path, byte[] Bytes, bool Secret = false);

internal static class WholeFolder
{
    private const string PartEnd = ".part";

    /// <summary>Says why a folder must not be made there; nothing when it may.</summary>
    /// <exception cref="TroubleException">It may not.</exception>
    public static void CheckFree(Tongue tongue, string path)
    {
        if (path.Length == 0)
        {
            throw Trouble.At(tongue, "--out", "文件夹名是空的\nan empty name of a folder", "请写一个新文件夹的名字\nName a new folder");
        }

        if (System.IO.Path.Exists(path))
        {
            throw Trouble.At(tongue, path, "已经存在，没有改动\nis there already, and was not touched",
                "请用 --out 换一个名字，或先把它移走\nName another with --out, or move it away first");
        }

        if (System.IO.Path.Exists(PartOf(path)))
        {
            throw Trouble.At(tongue, PartOf(path), "是上次中断时留下的，其中的密钥没有用过\nis left of a run that was broken off; its keys are used nowhere",
                "删除这个文件夹，再试一次\nDelete that folder, and try again");
        }
    }

    /// <summary>Makes it under another name first; the folder appears when all is on the disk.</summary>
    /// <param name="fill">Gets the other name; whatever it throws, nothing is left.</param>
    /// <exception cref="TroubleException">It can't be written.</exception>
    public static void Make(Tongue tongue, string path, Action<string> fill)
    {
        CheckFree(tongue, path);
        string part = PartOf(path);
        try
        {
            fill(part);
            Directory.Move(part, path);
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            TakeAway(part);
            throw Unwritten(tongue, path, e);
        }
        catch
        {
            TakeAway(part);
            throw;
        }
    }

    /// <summary>A folder with these files, for its owner alone where the system can do that.</summary>
    /// <exception cref="TroubleException">It can't be written.</exception>
    public static void Write(Desk desk, string path, IReadOnlyList<NewFile> files)
    {
        Progress progress = new(desk, desk.Tongue.Of("写文件", "files written"), files.Count);
        Make(desk.Tongue, path, part =>
        {
            MakeFolder(part);
            for (int i = 0; i < files.Count; i++)
            {
                string file = System.IO.Path.Combine(part, files[i].Path);
                MakeFolder(System.IO.Path.GetDirectoryName(file)!);
                WriteFile(file, files[i]);
                progress.At(i + 1);
            }
        });
    }

    /// <summary>One file that may be there and is then replaced, whole or not at all.</summary>
    /// <exception cref="TroubleException">It can't be written.</exception>
    public static void WriteOne(Tongue tongue, string path, byte[] bytes, bool secret = false)
    {
        string part = path + PartEnd;
        try
        {
            File.Delete(part);
            WriteFile(part, new NewFile(path, bytes, secret));
            File.Move(part, path, overwrite: true);
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            TakeAway(part);
            throw Unwritten(tongue, path, e);
        }
    }

    /// <summary>That a file can be made there, before long work for it.</summary>
    /// <exception cref="TroubleException">It can't.</exception>
    public static void CheckOne(Tongue tongue, string path)
    {
        string part = path + PartEnd;
        try
        {
            File.Delete(part);
            using FileStream none = new(part, FileMode.CreateNew);
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            throw Unwritten(tongue, path, e);
        }
        finally
        {
            TakeAway(part);
        }
    }

    public static TroubleException Unwritten(Tongue tongue, string path, Exception e) => e is DirectoryNotFoundException ? Trouble.At(
        tongue, path, "没有这个文件夹，没有留下半截文件\nthere is no such folder; nothing half-done is left",
        "先建文件夹，或换一个\nMake the folder first, or name another", e) : Trouble.At(
        tongue, path, $"没有写成（{e.Message.TrimEnd('.')}），没有留下半截文件\nnot written ({e.Message.TrimEnd('.')}); nothing half-done is left",
        "请看磁盘还有没有空间、自己能不能在这个文件夹里写，再试一次"
            + "\nLook whether the disk has room and you may write in this folder, and try again", e);

    public static bool IsOfTheDisk(Exception e) =>
        e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    /// <summary>For its owner alone, where the system can do that.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    // What a folder is called until it is whole.
    private static string PartOf(string path) => path.TrimEnd('/', '\\') + PartEnd;

    private static void WriteFile(string path, NewFile one)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (one.Secret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using FileStream file = new(path, options);
        file.Write(one.Bytes);
        file.Flush(flushToDisk: true);
    }

    private static void TakeAway(string part)
    {
        try
        {
            if (Directory.Exists(part))
            {
                Directory.Delete(part, recursive: true);
            }
            else
            {
                File.Delete(part);
            }
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            // It was not made, or the disk is in trouble, as the sentence that follows says.
        }
    }
}
