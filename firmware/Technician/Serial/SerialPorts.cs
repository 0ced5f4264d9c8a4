// Owns: the serial ports of the laptop: which there are, who has one, opening one. The one place that knows System.IO.Ports.
// Must never: open a port only to look at it: on many boards that is a reset.

using System.Diagnostics;
using System.IO.Ports;
using System.Runtime.InteropServices;

namespace Gateway.Technician.Serial;

/// <summary>An open port. All failures are <see cref="PortFault.Gone"/>.</summary>
internal interface ISerialLine : IDisposable
{
    string Name { get; }

    void Write(byte[] bytes);

    /// <summary>Bytes that came; 0 when none did in this time.</summary>
    int Read(byte[] into, int waitMs);
}

/// <summary>What the tool knows of serial ports. Tests give a list of their own and open pseudo-terminals.</summary>
internal class SerialPorts(Tongue tongue)
{
    private const int Exists = 0;
    private const int ReadWrite = 6;
    private const string ProcFolder = "/proc";
    private const string TerminalFolder = "/sys/class/tty";

    /// <summary>How long an answer is waited for, and when it is over.</summary>
    public int AnswerWaitMs { get; init; } = TechnicianLimits.AnswerWaitMs;

    public int AnswerQuietMs { get; init; } = TechnicianLimits.AnswerQuietMs;

    /// <summary>Names, sorted.</summary>
    public virtual IReadOnlyList<string> List() =>
        [.. SerialPort.GetPortNames().Where(IsPlugged).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>That it is there, nobody else's, and this user's; without opening it.</summary>
    /// <exception cref="TroubleException">One of these is not so.</exception>
    public void Check(string port)
    {
        if (Directory.Exists(port))
        {
            throw PortTrouble.Of(tongue, PortFault.NoPort, port);
        }

        if (!IsThere(port))
        {
            throw PortTrouble.Of(tongue, PortFault.Missing, port.Length == 0 ? "''" : port, string.Join(' ', List()));
        }

        if (OperatingSystem.IsLinux())
        {
            string device = File.ResolveLinkTarget(port, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(port);
            if (IsTerminal(device) && Holder(device) is { } holder)
            {
                throw PortTrouble.Of(tongue, PortFault.Busy, port, holder);
            }

            if (NativeMethods.Access(port, ReadWrite) != 0)
            {
                throw PortTrouble.Of(tongue, PortFault.NoRights, port);
            }
        }
    }

    /// <exception cref="TroubleException">With what to do next.</exception>
    public ISerialLine Open(string port)
    {
        Check(port);
        SerialPort open = new(port, TechnicianLimits.ConsoleBaud, Parity.None, 8, StopBits.One)
        {
            ReadTimeout = TechnicianLimits.PortLookMs,
            WriteTimeout = TechnicianLimits.PortWriteMs,
        };
        try
        {
            open.Open();
            return new Line(tongue, open, this);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException or ArgumentException or InvalidOperationException)
        {
            open.Dispose();
            throw PortTrouble.Of(tongue, FaultOf(e, port), port, "", e);
        }
    }

    /// <summary>Whether the system still has it; a port of USB goes away with its cable.</summary>
    /// <remarks>File.Exists takes a link for a file whose device has gone.</remarks>
    public virtual bool IsThere(string port) => port.Length > 0 && (OperatingSystem.IsWindows()
        ? List().Contains(port, StringComparer.OrdinalIgnoreCase) : NativeMethods.Access(port, Exists) == 0 && !Directory.Exists(port));

    // Linux lists ports of the main board also where nothing is behind them.
    private static bool IsPlugged(string port) => !OperatingSystem.IsLinux() || !port.StartsWith("/dev/ttyS", StringComparison.Ordinal);

    private PortFault FaultOf(Exception e, string port)
    {
        // The library says "denied" to everything; what the system said is inside.
        const int NoSuchFile = 2, Denied = 13, Busy = 16, NotATerminal = 25;
        return (e.InnerException as IOException)?.HResult switch
        {
            NoSuchFile => PortFault.Missing,
            Denied => PortFault.NoRights,
            Busy => PortFault.Busy,
            NotATerminal => PortFault.NoPort,
            _ => !IsThere(port) ? PortFault.Missing : e is UnauthorizedAccessException ? PortFault.Busy : PortFault.NoPort,
        };
    }

    /// <summary>Anybody may have /dev/null open; a port of the box is a terminal to the system.</summary>
    private static bool IsTerminal(string device) =>
        device.StartsWith("/dev/pts/", StringComparison.Ordinal) || !Directory.Exists(TerminalFolder)
            || Path.Exists(Path.Combine(TerminalFolder, Path.GetFileName(device)));

    /// <summary>The program that has a port open, as far as this user may see; the system itself lets root open a port twice.</summary>
    private static string? Holder(string device)
    {
        foreach (string process in Directory.EnumerateDirectories(ProcFolder))
        {
            string number = Path.GetFileName(process);
            if (!number.All(char.IsAsciiDigit) || number == $"{Environment.ProcessId}")
            {
                continue;
            }

            try
            {
                if (Directory.EnumerateFiles(Path.Combine(process, "fd")).Any(fd => new FileInfo(fd).LinkTarget == device))
                {
                    return $"{File.ReadAllText(Path.Combine(process, "comm")).Trim()} ({number})";
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile, or is another user's.
            }
        }

        return null;
    }

    private sealed class Line(Tongue tongue, SerialPort port, SerialPorts ports) : ISerialLine
    {
        private readonly string _name = port.PortName;
        private readonly Stream _stream = port.BaseStream;

        public string Name => _name;

        public void Write(byte[] bytes) => Guard(() =>
        {
            port.Write(bytes, 0, bytes.Length);
            return 0;
        });

        public int Read(byte[] into, int waitMs)
        {
            var watch = Stopwatch.StartNew();
            do
            {
                int count = Guard(() =>
                {
                    try
                    {
                        return port.Read(into, 0, into.Length);
                    }
                    catch (TimeoutException) when (port.IsOpen)
                    {
                        return 0;
                    }
                });
                if (count > 0)
                {
                    return count;
                }
            }
            while (watch.ElapsedMilliseconds < waitMs);
            return 0;
        }

        public void Dispose()
        {
            // The port's own Dispose waits first until all is sent, which without a cable is for ever.
            try
            {
                _stream.Dispose();
            }
            catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException)
            {
                // The cable is out: there is nothing to close.
            }
        }

        // Without its cable a port times out for ever on some systems, and throws one of many things on others.
        private int Guard(Func<int> work)
        {
            try
            {
                int count = work();
                return count > 0 || ports.IsThere(_name) ? count : throw PortTrouble.Of(tongue, PortFault.Gone, _name);
            }
            catch (Exception e) when (e is IOException or TimeoutException or InvalidOperationException or UnauthorizedAccessException
                or OperationCanceledException)
            {
                throw PortTrouble.Of(tongue, PortFault.Gone, _name, "", e);
            }
        }
    }
}

internal static partial class NativeMethods
{
    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Access(string path, int mode);
}
