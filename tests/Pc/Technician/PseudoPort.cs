// Owns: a serial port that is a pseudo-terminal, with a shell script for the board behind it.
// Must never: outlive its test.

using System.Diagnostics;
using System.Runtime.Versioning;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Technician.Tests;

/// <summary>
/// socat joins the pseudo-terminal and the script once somebody opens the port, and holds it open for nobody; killing socat is a pulled
/// cable, which takes the port away.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class PseudoPort : IDisposable
{
    private readonly string _folder = MemoryFolder.Create("gateway-port-");
    private readonly Process _socat;

    /// <param name="device">What the board does, as a line of the shell; it reads and writes the port.</param>
    public PseudoPort(string device)
    {
        string script = Path.Combine(_folder, "device");
        File.WriteAllText(script, device + "\n");
        Name = Path.Combine(_folder, "ttyACM0");
        _socat = Process.Start("socat", [$"PTY,raw,echo=0,wait-slave,pty-interval=0.05,link={Name}", $"EXEC:bash {script}"]);
        Patience.Until(IsThere, "the pseudo-terminal");
    }

    /// <summary>The port's name, as the technician writes it.</summary>
    public string Name { get; }

    public void Pull()
    {
        _socat.Kill(entireProcessTree: true);
        _socat.WaitForExit();
    }

    /// <summary>Until the port is gone, which takes that nobody has it open.</summary>
    public void WaitGone() => Patience.Until(() => !IsThere(), "the end of the pseudo-terminal");

    /// <summary>A program that has the port open.</summary>
    public Holder Held() => new(Name);

    /// <summary>A command for which the port's owner is another: root without the right to pass over that.</summary>
    public Told WithoutRights(string line)
    {
        string device = File.ResolveLinkTarget(Name, returnFinalTarget: true)!.FullName;
        File.SetUnixFileMode(device, UnixFileMode.None);
        return Told.Shell(line.Replace("GATEWAY", Without + "GATEWAY", StringComparison.Ordinal));
    }

    /// <summary>Before a command: root heeds rights as anybody does.</summary>
    public static string Without => Environment.UserName == "root"
        ? "setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-all " : "";

    public void Dispose()
    {
        if (!_socat.HasExited)
        {
            _socat.Kill(entireProcessTree: true);
            _socat.WaitForExit();
        }

        _socat.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // A link whose device has gone is still a file to File.Exists.
    private bool IsThere() => File.Exists(Name) && File.ResolveLinkTarget(Name, returnFinalTarget: true) is { Exists: true };

    internal sealed class Holder : IDisposable
    {
        private readonly Process _program;

        public Holder(string port)
        {
            _program = Process.Start(new ProcessStartInfo("bash", ["-c", $"exec 3<>'{port}'; echo open; exec sleep 1000"])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
            Assert.Equal("open", _program.StandardOutput.ReadLine());
        }

        public void Dispose()
        {
            _program.Kill();
            _program.WaitForExit();
            _program.Dispose();
        }
    }
}
