// Owns: whose a file is, where the system tells.
// Must never: follow what a stranger may change.

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Gateway.County.Server;

internal static partial class FileOwner
{
    private const int CurrentFolder = -100;
    private const uint AskUid = 0x8;

    // struct statx has the same layout on every Linux: stx_uid is at byte 20 of 256.
    private const int StatxBytes = 256;
    private const int UidAt = 20;

    /// <summary>What is wrong with a file's owner: settings and secrets are taken from files of this user or of root.</summary>
    public static string? Problem(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        byte[] about = new byte[StatxBytes];
        if (Statx(CurrentFolder, Encoding.UTF8.GetBytes(path + "\0"), 0, AskUid, about) != 0)
        {
            return null;
        }

        uint owner = BinaryPrimitives.ReadUInt32LittleEndian(about.AsSpan(UidAt));
        uint self = EffectiveUser();
        return owner == self || owner == 0 ? null : $"belongs to user {owner}; allowed: a file of user {self} or of root";
    }

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int Statx(int folder, byte[] path, int flags, uint mask, [Out] byte[] about);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
