// Owns: a station in simulated time.
// Must never: sleep, or let two tests share a folder.

using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Board;
using Gateway.Pc.Flash;
using Gateway.Pc.Run;
using Gateway.Pc.Script;
using Gateway.Start;
using Gateway.Tests.Support;

namespace Gateway.Pc.Tests;

/// <summary>A timer that moves when it is told to, one tick of a millisecond.</summary>
internal sealed class ManualTimer : TimeProvider
{
    private long _ms;

    public override long TimestampFrequency => 1_000;

    public override long GetTimestamp() => _ms;

    public void Advance(long ms)
    {
        _ms += ms;
    }
}

/// <summary>The demonstration station in simulated time.</summary>
internal sealed class Rig : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTimer _timer = new();
    private readonly MonotonicClock _clock;
    private readonly bool _near;

    /// <param name="settings">Null = the demonstration's.</param>
    /// <param name="county">False: there is no way to a broker.</param>
    /// <param name="watchers">Told from the first tick on.</param>
    public Rig(Settings? settings, bool county, params Watcher[] watchers)
    {
        _near = county;
        Settings = settings ?? DemoSettings();
        _clock = new MonotonicClock(_timer);
        County.SinceMs = () => _clock.NowMs;
        Station = Start(watchers);
    }

    public Settings Settings { get; }

    public Station Station { get; private set; }

    /// <summary>Where the flash lies.</summary>
    public string Folder => _folder.Path;

    public AnsweringCounty County { get; } = new(TestKey());

    public long NowMs => _clock.NowMs;

    public static Settings DemoSettings()
    {
        var errors = new List<string>();
        Settings? settings = SettingsFile.Check(Repository.Path("firmware", "Pc", "demo", "settings.txt"), errors);
        return settings ?? throw new InvalidOperationException(string.Join('\n', errors));
    }

    /// <summary>The demonstration's without the 135 clocks, whose own events would stand between those of an alarm.</summary>
    public static Settings WithoutClocks()
    {
        IEnumerable<string> lines = File.ReadLines(Repository.Path("firmware", "Pc", "demo", "settings.txt"));
        return Parse(string.Join('\n', lines.Where(line => !line.StartsWith("clocks ", StringComparison.Ordinal))));
    }

    public static Settings Parse(string text)
    {
        using var folder = new TempFolder();
        var errors = new List<string>();
        return SettingsFile.Check(folder.Write("settings.txt", text), errors)
            ?? throw new InvalidOperationException(string.Join('\n', errors));
    }

    /// <summary>The same flash, a new process.</summary>
    public void Restart(params Watcher[] watchers)
    {
        Station = Start(watchers);
    }

    /// <summary>Ticks of 20 ms.</summary>
    public void Run(long ms)
    {
        for (long end = NowMs + ms; NowMs < end;)
        {
            Station.Tick();
            _timer.Advance(Limits.TickMs);
        }
    }

    /// <summary>Plays a script until its end.</summary>
    public ScriptRunner Play(string text, long limitMs = 600_000)
    {
        var errors = new List<string>();
        IReadOnlyList<ScriptStep> steps = ScriptParser.Parse("test", Encoding.UTF8.GetBytes(text), Settings, errors)
            ?? throw new InvalidOperationException(string.Join('\n', errors));
        var script = new ScriptRunner(steps, Station);
        for (long end = NowMs + limitMs; !script.Finished && NowMs < end;)
        {
            Station.Tick();
            script.Step(NowMs);
            _timer.Advance(Limits.TickMs + Station.Troubles.LateMs() + Station.Troubles.TakeDelayMs());
        }

        return script.Finished ? script : throw new InvalidOperationException("the script did not end");
    }

    public void Dispose() => _folder.Dispose();

    public static DotNetMac TestKey() => new([.. Enumerable.Range(1, Mac.KeyBytes).Select(i => (byte)i)]);

    private Station Start(Watcher[] watchers) => new(Parts(watchers));

    private StationParts Parts(Watcher[] watchers) => new()
    {
        Renew = _ =>
        {
            County.Close();
            return Parts(watchers);
        },
        Settings = Settings,
        Flash = new PcFlash(_folder.Path),
        Link = _near ? County : new ClosedLink(),
        Key = TestKey(),
        Clock = _clock,
        NewEpoch = 7,
        Watchers = watchers,
    };
}
