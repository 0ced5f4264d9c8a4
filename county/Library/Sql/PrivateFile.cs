// Owns: that a file beside a database is its owner's alone, whatever the process's mask is.
// Must never: be used on a file that is no part of the database.

using System.Text;

namespace Gateway.County.Sql;

internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens it, and makes it where it is not there; a link that somebody put there is not followed.</summary>
    /// <exception cref="UnauthorizedAccessException">It may not be opened, or is a link.</exception>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            throw new UnauthorizedAccessException($"'{path}' is a symbolic link; allowed: a file, or none.");
        }

        FileStreamOptions options = new() { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        FileStream file = new(path, options);
        try
        {
            Keep(path);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public static void WriteAllText(string path, string text)
    {
        using FileStream file = Open(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>
    /// One of an earlier version, or copied there, becomes its owner's alone. A device that somebody names as a database is everybody's.
    /// </summary>
    public static void Keep(string path)
    {
        if (OperatingSystem.IsWindows() || Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal))
        {
            return;
        }

        if (File.Exists(path) && File.GetUnixFileMode(path) != OwnerOnly)
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }
}
