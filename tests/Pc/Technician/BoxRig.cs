// Owns: a virtual box as a program of its own, its console on a pseudo-terminal, and the technician's command at it.
// Must never: outlive its test, or wait for a fixed time.

using System.Runtime.Versioning;
using Gateway.Technician.Serial;
using Gateway.Tests.Support;
using Spectre.Console.Testing;
using Xunit;

namespace Gateway.Technician.Tests;

[SupportedOSPlatform("linux")]
internal sealed class BoxRig : IDisposable
{
    public const string Pin = "1357";

    private readonly TempFolder _folder = new();
    private readonly ChildProgram _box;

    /// <param name="script">What hands do at the board; null = nothing.</param>
    /// <param name="settings">Null = an empty box.</param>
    /// <param name="open">The service jumper is closed, so that a PIN can be set.</param>
    /// <param name="more">Further options of the box.</param>
    public BoxRig(string? script = null, string? settings = "", bool open = true, params string[] more)
    {
        string key = _folder.Write("station.key", $"key {new string('7', 64)}\npassword x12345678\n");
        Text = settings is { Length: 0 } ? Repository.Path("firmware", "Pc", "demo", "settings.txt") : settings;
        string[] given = Text is null ? [] : ["--settings", Text];
        string[] played = script is null ? [] : ["--script", _folder.Write("script", script)];
        string[] words =
        [
            "--key", key, "--state", In("state"), "--plain", "--console", Port, .. open ? (string[])["--box-open"] : [],
            .. given, .. played, .. more,
        ];

        // A file that may not grow is then an error of the write, and no end of the program.
        const string Deaf = "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0 DOTNET_EnableDiagnostics=0; exec dotnet \"$@\"";
        _box = ChildProgram.Heeding(["bash", "-c", Deaf, "box", Path.Combine(AppContext.BaseDirectory, "gateway-pc.dll"), .. words]);
        Patience.Until(() => File.Exists(Port), "the box's console");
    }

    public string? Text { get; }

    public string Port => In("ttyACM0");

    public string PinFile => _folder.Write("pin", Pin + "\n");

    public string In(string name) => Path.Combine(_folder.Path, name);

    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>The command at the box's port, as on a busy machine.</summary>
    public Told Do(params string[] words) => DoAt(Port, words);

    /// <summary>The command through a cable.</summary>
    /// <param name="port">Of the command.</param>
    /// <param name="words">Its line.</param>
    public static Told DoAt(string port, params string[] words) => Told.With(Patient, [.. words, "--port", port, "--lang", "zh"]);

    /// <summary>The command at the box's port, on a terminal that shows bars.</summary>
    public Told DoShown(TestConsole terminal, params string[] words) =>
        Told.Shown(terminal, Patient, [.. words, "--port", Port, "--lang", "zh"]);

    private static SerialPorts Patient(Tongue tongue) => new(tongue) { AnswerWaitMs = 45_000, AnswerQuietMs = 1_000 };

    /// <summary>Waits for an event's code among what the box's program prints.</summary>
    public void AwaitSaid(string code) => Patience.Until(() => _box.Said.Contains(code, StringComparison.Ordinal), code);

    /// <summary>What the box says of itself.</summary>
    public string Status() => Ask("status");

    /// <summary>Several commands in one talk, as the box answers them.</summary>
    public string Ask(params string[] commands)
    {
        Tongue tongue = new(chinese: true);
        var desk = new Desk(tongue, TextWriter.Null, TextWriter.Null, Asks: false)
        {
            Terminal = Spectre.Console.AnsiConsole.Console,
            Ports = new SerialPorts(tongue) { AnswerWaitMs = 2_000, AnswerQuietMs = 1_000 },
        };
        string said = "";
        Patience.Until(
            () =>
            {
                try
                {
                    using BoxConsole box = BoxConsole.Open(desk, Port);
                    said = string.Join('\n', commands.SelectMany(one => box.Ask(one)));
                }
                catch (TroubleException)
                {
                    // It starts anew just then, with other settings.
                    return false;
                }

                return true;
            },
            "the box's answer");
        return said;
    }

    /// <summary>The box's disk takes files of so many bytes alone; null = of any size.</summary>
    public void Fill(int? bytes)
    {
        string most = bytes is null ? "unlimited" : $"{bytes}";
        Assert.Equal(0, ChildProgram.Shell($"prlimit --pid {_box.Id} --fsize={most}:unlimited").Code);
    }

    /// <summary>Sets the PIN at the open box.</summary>
    public Told SetPin() => Do("console", "pin new " + Pin);

    /// <summary>The power is cut.</summary>
    public void Cut() => _box.Kill();

    /// <summary>The box stands still until this is disposed of.</summary>
    public Stillness Still() => new(_box);

    public sealed class Stillness : IDisposable
    {
        private readonly ChildProgram _box;

        internal Stillness(ChildProgram box)
        {
            _box = box;
            _box.Freeze();
        }

        public void Dispose() => _box.Thaw();
    }

    public void Dispose()
    {
        _box.Dispose();
        _folder.Dispose();
    }
}
