// Owns: that one process at a time receives into a SQLite file, whatever name the file was given by.
// Must never: keep others from reading the database or queueing commands in it.

namespace Gateway.County.Sql;

/// <summary>
/// A lock file beside the file that the name leads to, held for as long as the process lives; a killed process leaves it unheld. Beside
/// it stands who holds it, for the sentence that the next one gets.
/// </summary>
internal sealed class ReceiverFile(string database) : IDisposable
{
    private readonly string _path = RealPath(database) + ".lock";

    // A file of its own, since a locked one cannot be read on every system.
    private readonly string _whoPath = RealPath(database) + ".receiver";
    private FileStream? _held;

    /// <summary>Null when this process receives now; else who does, or what stands in the way, and what to do.</summary>
    public string? Take()
    {
        for (int i = 0; _held is null; i++)
        {
            try
            {
                _held = PrivateFile.Open(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                PrivateFile.WriteAllText(
                    _whoPath, $"user {Environment.UserName}, process {Environment.ProcessId}, {Environment.MachineName}\n");
            }
            catch (UnauthorizedAccessException e)
            {
                return $"{e.Message} It was made by another user ({Who()}); allowed: run as that user, or remove the file once nobody "
                    + "receives any more";
            }
            catch (IOException) when (File.Exists(_path) && i + 1 < CountyLimits.ReceiverTries)
            {
                Thread.Sleep(CountyLimits.ReceiverAgainMs);
            }
            catch (IOException e)
            {
                return File.Exists(_path)
                    ? $"已有接收端在运行 another `county run` receives for it ({Who()}); allowed: one at a time"
                    : $"{e.Message}; allowed: a folder in which '{_path}' can be made";
            }
        }

        return null;
    }

    /// <summary>Whether any process receives.</summary>
    public bool IsHeld()
    {
        if (_held is not null)
        {
            return true;
        }

        try
        {
            using FileStream look = new(_path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose()
    {
        if (_held is not null)
        {
            File.Delete(_whoPath);
            _held.Dispose();
            _held = null;
        }
    }

    private string Who()
    {
        try
        {
            using FileStream file = new(_whoPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[CountyLimits.ReceiverNoteBytes];
            int count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            string text = System.Text.Encoding.UTF8.GetString(bytes, 0, count).Split('\n')[0];
            return text.Length > 0 && !text.Any(char.IsControl) ? text : "it does not say who";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "it does not say who";
        }
    }

    /// <summary>The path with every symbolic link in it followed, of folders too.</summary>
    internal static string RealPath(string path)
    {
        string full = Path.GetFullPath(path);
        for (int links = 0; links < CountyLimits.LinksMax; links++)
        {
            string root = Path.GetPathRoot(full)!;
            string[] parts = full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
            string reached = root;
            int i = 0;
            string? target = null;
            while (i < parts.Length && target is null)
            {
                string next = Path.Combine(reached, parts[i++]);
                target = new FileInfo(next).LinkTarget;
                reached = target is null ? next : Path.GetFullPath(target, reached);
            }

            string followed = Path.Combine([reached, .. parts[i..]]);
            if (target is null)
            {
                return followed;
            }

            full = followed;
        }

        return full;
    }
}
