// Owns: a virtual box as a program of its own, its console on a pseudo-terminal, and the technician's command at it.
// Must never: outlive its test, or wait for a fixed time.

using System.Runtime.Versioning;
using Gateway.Technician.Serial;
using Gateway.Tests.Support;

namespace Gateway.Technician.Tests;

[SupportedOSPlatform("linux")]
internal sealed class BoxRig : IDisposable
{
    public const string Pin = "1357";

    private readonly TempFolder _folder = new();
    private readonly ChildProgram _box;

    /// <param name="script">What hands do at the board; null = nothing.</param>
    /// <param name="settings">Null = an empty box.</param>
    public BoxRig(string? script = null, string? settings = "")
    {
        string key = _folder.Write("station.key", $"key {new string('7', 64)}\npassword x12345678\n");
        Text = settings is { Length: 0 } ? Repository.Path("firmware", "Pc", "demo", "settings.txt") : settings;
        string[] given = Text is null ? [] : ["--settings", Text];
        string[] played = script is null ? [] : ["--script", _folder.Write("script", script)];
        _box = ChildProgram.Beside("gateway-pc.dll",
            ["--key", key, "--state", In("state"), "--plain", "--console", Port, "--box-open", .. given, .. played]);
        Patience.Until(() => File.Exists(Port), "the box's console");
    }

    public string? Text { get; }

    public string Port => In("ttyACM0");

    public string PinFile => _folder.Write("pin", Pin + "\n");

    public string In(string name) => Path.Combine(_folder.Path, name);

    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>The command at the box's port, as on a busy machine.</summary>
    public Told Do(params string[] words) => Told.With(
        tongue => new SerialPorts(tongue) { AnswerWaitMs = 20_000, AnswerQuietMs = 1_000 }, [.. words, "--port", Port, "--lang", "zh"]);

    /// <summary>Sets the PIN at the open box.</summary>
    public Told SetPin() => Do("console", "pin new " + Pin);

    /// <summary>The power is cut.</summary>
    public void Cut() => _box.Kill();

    public void Dispose()
    {
        _box.Dispose();
        _folder.Dispose();
    }
}
