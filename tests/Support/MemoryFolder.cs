// Owns: where a test keeps files that need not outlive it: in memory, where that is to be had.
// Must never: be used by a test of what a disk holds after a power cut.

namespace Gateway.Tests.Support;

/// <summary>Stores flush each commit, which costs milliseconds on a disk and nothing in memory.</summary>
public static class MemoryFolder
{
    private const string Memory = "/dev/shm";

    // A container may have been given little; what does not fit there goes to the disk.
    private const long FreeBytesMin = 512L * 1024 * 1024;

    /// <summary>A new folder of a name of its own; the caller deletes it.</summary>
    public static string Create(string prefix)
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists(Memory) || new DriveInfo(Memory).AvailableFreeSpace < FreeBytesMin)
        {
            return Directory.CreateTempSubdirectory(prefix).FullName;
        }

        string folder = Path.Combine(Memory, prefix + Path.GetRandomFileName());
        return Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }
}
