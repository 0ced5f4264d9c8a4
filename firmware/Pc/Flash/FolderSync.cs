// Owns: making a folder's entries durable, for which .NET has no call.
// Must never: be needed on Windows, whose file system keeps entries by itself.

using System.Runtime.InteropServices;

namespace Gateway.Pc.Flash;

/// <summary>fsync of a folder: without it a new file may be gone after a power cut although its bytes were synced.</summary>
internal static partial class FolderSync
{
    /// <exception cref="IOException">The system refuses.</exception>
    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int file = Open(folder, flags: 0);
        if (file < 0)
        {
            throw Refused(folder);
        }

        int result = Fsync(file);
        IOException? error = result < 0 ? Refused(folder) : null;
        Close(file);
        if (error is not null)
        {
            throw error;
        }
    }

    private static IOException Refused(string folder) => new($"{folder}: {Marshal.GetLastPInvokeErrorMessage()}");

    // Flags 0 is O_RDONLY on every Unix.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
