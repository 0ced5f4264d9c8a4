// Owns: the virtual board's serial port for the technician's console: a pseudo-terminal with a name of its own.
// Must never: wait for whoever has it open, or leave its name behind.

using System.Runtime.InteropServices;
using System.Text;
using Gateway.Core;
using Gateway.Start;

namespace Gateway.Pc.Board;

/// <summary>
/// The system makes the terminal; a link of the given name leads to it, so that a tool finds the same port each time. It stays there while
/// nobody has it open, as a board's port does while its cable is in.
/// </summary>
public sealed partial class TerminalPort : ConsolePort, IDisposable
{
    private const int ReadWrite = 2;
    private const int NoControl = 0x100;
    private const int NonBlocking = 0x800;
    private const int NameBytes = 128;

    // As large as the C library's own, with room.
    private const int ModeBytes = 256;

    private readonly byte[] _in = new byte[PcLimits.ConsoleReadBytes];
    private readonly string _link;
    private readonly bool _boxIsOpen;
    private readonly int _master;
    private int _at;
    private int _end;

    private TerminalPort(string link, bool boxIsOpen, int master)
    {
        Firmware = Run.Station.Firmware;
        _link = link;
        _boxIsOpen = boxIsOpen;
        _master = master;
    }

    /// <summary>Null with an error where the system has none, or the name is taken.</summary>
    /// <param name="link">The port's name, which nothing has yet, or only a link that such a port has left behind.</param>
    /// <param name="boxIsOpen">The service jumper is closed.</param>
    public static TerminalPort? Open(string link, bool boxIsOpen, ICollection<string> errors)
    {
        if (!OperatingSystem.IsLinux())
        {
            errors.Add(PlaceNotes.Text("--console", 0, "这个系统没有伪终端\na system without pseudo-terminals", "Linux"));
            return null;
        }

        bool isLeft = new FileInfo(link).LinkTarget is { } target && target.StartsWith("/dev/pts/", StringComparison.Ordinal);
        if (!isLeft && (File.Exists(link) || Directory.Exists(link)))
        {
            errors.Add(PlaceNotes.Text("--console: " + link, 0, "已经存在\nsomething that is there", "还没有的文件名\na name that nothing has"));
            return null;
        }

        int master = OpenMaster(ReadWrite | NoControl | NonBlocking);
        byte[] name = new byte[NameBytes];
        byte[] mode = new byte[ModeBytes];
        bool good = master >= 0 && Grant(master) == 0 && Unlock(master) == 0 && NameOf(master, name, name.Length) == 0;
        string device = Encoding.ASCII.GetString(name, 0, Array.IndexOf(name, (byte)0));

        int slave = good ? OpenFile(device, ReadWrite | NoControl) : -1;
        if (slave < 0 || GetMode(slave, mode) != 0)
        {
            errors.Add(PlaceNotes.Text("--console", 0, "系统没有给伪终端\nno pseudo-terminal from the system", "/dev/ptmx"));
            return null;
        }

        MakeRaw(mode);
        _ = SetMode(slave, 0, mode);

        // Not held open here: to the technician's tool that would be another program at the port.
        _ = Close(slave);
        try
        {
            File.Delete(link);
            File.CreateSymbolicLink(link, device);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(PlaceNotes.Text("--console: " + link, 0, e.Message, "可写的文件夹\na folder that can be written to"));
            return null;
        }

        return new TerminalPort(link, boxIsOpen, master);
    }

    /// <summary>Looks whether something came, once a tick.</summary>
    public void Look()
    {
        if (_at == _end)
        {
            nint count = Read(_master, _in, _in.Length);
            _at = 0;
            _end = count > 0 ? (int)count : 0;
            Waits = _end > 0;
        }
    }

    public override int Read(byte[] into, int max)
    {
        int count = Math.Min(max, _end - _at);
        Array.Copy(_in, _at, into, 0, count);
        _at += count;
        Waits = _at < _end;
        return count;
    }

    public override int Write(byte[] from, int at, int count) =>
        (int)Math.Max(0, Write(_master, from.AsSpan(at, count).ToArray(), count));

    public override bool BoxIsOpen() => _boxIsOpen;

    // What the process may take, less what it has taken.
    public override int FreeKb() => (int)Math.Min(
        int.MaxValue, (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - GC.GetTotalMemory(forceFullCollection: false)) >> 10);

    public override int SystemFreeKb() => 0;

    public void Dispose()
    {
        _ = Close(_master);
        File.Delete(_link);
    }

    private const string C = "libc";

    [LibraryImport(C, EntryPoint = "posix_openpt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenMaster(int flags);

    [LibraryImport(C, EntryPoint = "grantpt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Grant(int master);

    [LibraryImport(C, EntryPoint = "unlockpt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unlock(int master);

    [LibraryImport(C, EntryPoint = "ptsname_r")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NameOf(int master, [In, Out] byte[] name, nint count);

    [LibraryImport(C, EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenFile(string name, int flags);

    [LibraryImport(C, EntryPoint = "tcgetattr")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetMode(int terminal, [In, Out] byte[] mode);

    [LibraryImport(C, EntryPoint = "cfmakeraw")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void MakeRaw([In, Out] byte[] mode);

    [LibraryImport(C, EntryPoint = "tcsetattr")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetMode(int terminal, int when, byte[] mode);

    [LibraryImport(C, EntryPoint = "read")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Read(int file, [In, Out] byte[] into, nint count);

    [LibraryImport(C, EntryPoint = "write")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(int file, byte[] from, nint count);

    [LibraryImport(C, EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int file);
}
