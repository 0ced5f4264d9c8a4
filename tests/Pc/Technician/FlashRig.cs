// Owns: a laptop with an offline kit and a station's folder, and a board behind the stand-in for the flashing tool.
// Must never: be taken for the tool itself: what it does is what the tool's documents say.

using System.Runtime.Versioning;
using System.Text;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Technician.Tests;

[SupportedOSPlatform("linux")]
internal sealed class FlashRig : IDisposable
{
    private const string Runtime = "1.17.0.600";
    private const int FlashBytes = 16 << 20;
    private const int DriveAt = 0x490000;

    private readonly TempFolder _folder = new();

    public FlashRig()
    {
        string app = In("app"), tool = In("tool");
        Directory.CreateDirectory(app);
        Directory.CreateDirectory(tool);
        foreach ((string image, string project) in new[] { ("Gateway.Esp32S3", "Esp32S3"), ("Gateway.Esp32Classic", "Esp32Classic") })
        {
            File.WriteAllText(Path.Combine(app, image + ".bin"), "application of " + project);
            File.Copy(Repository.Path("firmware", project, "packages.config"), Path.Combine(app, image + ".packages.config"));
        }

        File.Copy(Repository.Path("tests", "Pc", "Technician", "Nanoff", "nanoff"), Path.Combine(tool, "nanoff"));
        Kit = Make(Runtime, "kit");
        Told made = Told.New(In("st"), "--name", "一站", "--host", "10.1.2.3", "--wifi", "fire", "--wifi-password-file",
            _folder.Write("wifi", "12345678"));
        Assert.Equal(0, made.Code);

        // A board that has worked: littlefs and a log on its drive.
        Directory.CreateDirectory(Board);
        File.WriteAllText(Port, "");
        File.WriteAllText(Path.Combine(Board, "chip"), "ESP32-S3");
        File.WriteAllText(Path.Combine(Board, "psram"), "8MB");
        File.WriteAllText(Path.Combine(Board, "port"), Port);
        using FileStream flash = File.Create(Path.Combine(Board, "flash"));
        flash.SetLength(FlashBytes);
        flash.Seek(DriveAt, SeekOrigin.Begin);
        flash.Write("\u0001\0\0\0....littlefs"u8);
        flash.Seek(DriveAt + 8192, SeekOrigin.Begin);
        flash.Write("events and key"u8);
    }

    /// <summary>What was said when the kit was made.</summary>
    public Told Kit { get; }

    /// <summary>Another kit.</summary>
    public Told Make(string runtime, string name = "new") =>
        Told.Of("kit", In(name), "--runtime", runtime, "--app", In("app"), "--tool", In("tool"), "--lang", "zh");

    public string Board => In("board");

    /// <summary>A file is enough for a port: nothing opens it here.</summary>
    public string Port => In("ttyACM0");

    public string In(string name) => Path.Combine(_folder.Path, name);

    public void Fault(params string[] faults) => File.WriteAllLines(Path.Combine(Board, "faults"), faults);

    public void Set(string name, string text) => File.WriteAllText(Path.Combine(Board, name), text);

    /// <summary>Every command line that the tool was given.</summary>
    public string Log => File.Exists(Path.Combine(Board, "log")) ? File.ReadAllText(Path.Combine(Board, "log")) : "";

    public string[] OnDrive => Directory.Exists(Path.Combine(Board, "drive"))
        ? [.. Directory.GetFiles(Path.Combine(Board, "drive")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)] : [];

    /// <summary>Text of the flash at an address.</summary>
    public string Flash(int at, int chars)
    {
        using FileStream flash = File.OpenRead(Path.Combine(Board, "flash"));
        byte[] bytes = new byte[chars];
        flash.Seek(at, SeekOrigin.Begin);
        flash.ReadExactly(bytes);
        return Encoding.ASCII.GetString(bytes);
    }

    public string DriveText => Flash(DriveAt + 8192, 14);

    public Told Do(string command, params string[] more) => DoAt([Port], command, more);

    public Told DoAt(string[] ports, string command, params string[] more) =>
        Told.At(ports,
        [
            command, In("st"), "--yes", "--lang", "zh", .. more,
            .. more.Contains("--kit") ? Array.Empty<string>() : ["--kit", In("kit")],
        ]);

    public string[] Copies => [.. Directory.GetFiles(In("st"), "flash.bin", SearchOption.AllDirectories)];

    public void Dispose() => _folder.Dispose();
}
