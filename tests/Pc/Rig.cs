// Owns: a station in simulated time, and a county that answers inside the process.
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

/// <summary>A folder of its own, gone with Dispose.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = MemoryFolder.Create("gateway-pc-");

    public string Write(string name, string text)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>A broker and county in one: answers a hello with what it holds, and each batch with what it holds then.</summary>
internal sealed class NearCounty(Mac mac) : LinkPort
{
    private readonly Queue<byte[]> _down = new();
    private readonly uint[] _held = new uint[Lane.Count];
    private int _state = LinkState.Idle;
    private uint _counter;
    private uint _epoch;

    /// <summary>False: takes messages and says nothing.</summary>
    public bool Answers { get; set; } = true;

    /// <summary>A hello of an earlier start looks like one sent again, and is answered with this number to take.</summary>
    public uint BootAtLeast { get; set; }

    /// <summary>Somebody with the key has stored a fire under this number.</summary>
    public void Store(uint fire) => _held[Lane.Fire] = fire;

    /// <summary>A hello of a higher start is refused as one that cannot be; 0 = any is taken.</summary>
    public uint BootMost { get; set; }

    /// <summary>The records that it has taken, as sent.</summary>
    public IList<EventRecord> Taken { get; } = [];

    public override int State() => _state;

    public override void Open(int path, string will)
    {
        _state = LinkState.Open;
        _counter = 0;
    }

    public override void Close()
    {
        _state = LinkState.Idle;
        _down.Clear();
    }

    public override bool Send(int leaf, byte[] message, int count)
    {
        var head = new MessageHeader();
        var scratch = new byte[Mac.SignatureBytes];
        if (head.DecodeUp(message, count) != DecodeResult.Ok || !MessageHeader.Verify(mac, message, count, scratch))
        {
            throw new InvalidOperationException("a message that a county would refuse");
        }

        if (Answers)
        {
            Answer(head, message, count);
        }

        return true;
    }

    public override int Receive(byte[] into)
    {
        if (!_down.TryDequeue(out byte[]? message))
        {
            return 0;
        }

        message.CopyTo(into, 0);
        return message.Length;
    }

    private void Answer(MessageHeader up, byte[] message, int count)
    {
        if (up.Type == MessageType.Batch)
        {
            var first = new EventRecord();
            if (Batch.Check(message, count, up, first) != DecodeResult.Ok)
            {
                throw new InvalidOperationException("a batch that a county would refuse");
            }

            for (int at = Batch.RecordsAt; at < count - Mac.SignatureBytes; at += EventRecord.Size)
            {
                var record = new EventRecord();
                record.Decode(message, at, count);
                Taken.Add(record);
                _held[record.LaneNumber] = record.Sequence;
            }
        }

        bool hello = up.Type == MessageType.Hello;
        bool high = hello && BootMost != 0 && up.Boot > BootMost;
        bool refused = high || (hello && up.Boot < BootAtLeast);
        if (hello && up.Epoch != _epoch)
        {
            _epoch = up.Epoch;
            Array.Clear(_held);
        }

        int type = refused ? MessageType.Refuse : hello ? MessageType.Welcome : MessageType.Held;
        var answer = new MessageHeader();
        answer.AnswerTo(up, type, refused ? 0 : ++_counter, utcMs: 1_800_000_000_000);
        var buffer = new byte[256];
        answer.Encode(buffer);
        var refuse = new Refuse
        {
            Reason = high ? DecodeResult.WrongSession : DecodeResult.Replayed,
            VersionMin = ContractLimits.VersionMin,
            VersionMax = ContractLimits.VersionMax,
            BootAtLeast = high ? 1 : BootAtLeast,
        };
        int end = refused ? refuse.Encode(buffer)
            : hello ? Welcome.Encode(buffer, ContractLimits.VersionMax, _held)
            : HeldThrough.Encode(buffer, _held);
        _down.Enqueue(buffer[..MessageHeader.Seal(mac, buffer, end)]);
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
        Station = Start(watchers);
    }

    public Settings Settings { get; }

    public Station Station { get; private set; }

    /// <summary>Where the flash lies.</summary>
    public string Folder => _folder.Path;

    public NearCounty County { get; } = new(TestKey());

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
        Renew = () =>
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
