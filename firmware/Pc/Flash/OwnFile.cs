// Owns: that the gateway's state is its owner's alone, whatever the process's mask is.
// Must never: change what was there before: the folder may be one that is used for something else too.

namespace Gateway.Pc.Flash;

internal static class OwnFile
{
    /// <summary>Makes the folder where it is not there; those above it are for others too.</summary>
    public static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Opens a file without a buffer, and makes it where it is not there.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        FileStreamOptions options = new() { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
