// Owns: a gateway with a county whose every word a test writes itself.
// Must never: answer by itself; a test says what comes down and when.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;
using Gateway.Tests.Support;

namespace Gateway.Tests.PanelProperties;

/// <summary>A broker that is always there. What goes up is kept, what comes down is put in.</summary>
internal sealed class ScriptedCounty : QueuedLink
{
    private readonly NoMac _mac = new();
    private readonly SceneBoard _board = new();
    private readonly MessageHeader _up = new();
    private readonly Dictionary<uint, EventRecord> _routine = [];
    private long _nowMs;
    private bool _open;

    /// <param name="boardUtcMs">What the board's clock says; 0 = it has none.</param>
    /// <param name="text">The text that is in force in flash; null = one smoke detector, and no text in flash.</param>
    public ScriptedCounty(long boardUtcMs = 0, byte[]? text = null)
    {
        for (int i = 0; i < Limits.InputsMax; i++)
        {
            _board.Set(i, i < SceneBoard.Analog ? 5000 : 1);
        }

        Device.MemoryFlash flash = new();
        SettingsTrial? trial = text == null ? null : new SettingsTrial(flash, SceneBoard.Shape());
        Core.Settings settings = trial == null ? Scene.Read("smoke 1", new SettingsErrors()) : Chosen(trial, text!);
        Ports ports = new()
        {
            Board = _board,
            Shape = SceneBoard.Shape(),
            Flash = flash,
            Trial = trial,
            Link = this,
            Key = _mac,
            Firmware = "scene",
            UtcMs = boardUtcMs,
        };
        Loop = new MainLoop(ports, settings, 7, 0);
        Input = settings.ZoneInput[0];
        Flash = flash;
    }

    public MainLoop Loop { get; }

    public Device.MemoryFlash Flash { get; }

    /// <summary>The head of what went up last.</summary>
    public MessageHeader Up => _up;

    public List<LinkLeaf> Leaves { get; } = [];

    /// <summary>The newest hello, and the parts of tables of names that went up.</summary>
    public Hello Hello { get; } = new();

    public List<byte[]> Names { get; } = [];

    /// <summary>Records of refused messages that went up, each once.</summary>
    public IEnumerable<EventRecord> Told => _routine.Values.Where(record => record.Kind == EventKind.CommandRefused);

    /// <summary>Set, batches and heartbeats are answered with what the gateway has given.</summary>
    public bool Answers { get; set; }

    public uint Counter { get; set; }

    /// <summary>The county's clock; 0 = it does not trust it.</summary>
    public long UtcMs { get; set; }

    private int Input { get; }

    private static Core.Settings Chosen(SettingsTrial trial, byte[] text)
    {
        SettingsErrors errors = new();
        Assert.True(trial.Take(text, text.Length));
        return trial.Choose(errors) ?? throw new InvalidOperationException(
            $"{errors.Total} errors in the settings of this test, first in line {errors.Line(0)}, column {errors.Column(0)}");
    }

    public void Fire() => _board.Set(Input, 0);

    public void Run(long ms)
    {
        for (long end = _nowMs + ms; _nowMs < end;)
        {
            _nowMs += Limits.TickMs;
            Loop.Tick(_nowMs);
        }
    }

    /// <summary>A signed message to the session that the gateway has now.</summary>
    public byte[] Made(MessageType type, uint counter, Func<byte[], int> body, uint session = 0, int lifeS = 0)
    {
        byte[] into = new byte[ContractLimits.MessageBytesMax];
        MessageHeader head = new();
        head.AnswerTo(_up, type, counter, UtcMs);
        head.Session = session == 0 ? head.Session : session;
        head.LifeS = type == MessageType.Command ? 60 : lifeS;
        head.Encode(into);
        return [.. into.Take(MessageHeader.Seal(_mac, into, body(into)))];
    }

    public byte[] Held(uint counter, uint fire, uint session = 0) =>
        Made(MessageType.Held, counter, into => HeldThrough.Encode(into, [fire, 0, 0]), session);

    public byte[] WelcomeOf(uint counter, uint fire, int lifeS = 0) =>
        Made(MessageType.Welcome, counter, into => Welcome.Encode(into, ContractLimits.VersionMax, [fire, 0, 0]), lifeS: lifeS);

    public void Say(params byte[][] messages)
    {
        foreach (byte[] message in messages)
        {
            Down.Enqueue(message);
        }
    }

    /// <summary>Online, with nothing of the fire lane given yet.</summary>
    public ScriptedCounty Online()
    {
        Run(1_000);
        Say(WelcomeOf(++Counter, 0));
        Run(200);
        Assert.Equal(UplinkState.Online, Loop.Uplink.State);
        return this;
    }

    public override LinkState State() => _open ? LinkState.Open : LinkState.Idle;

    public override void Open(int path, string will) => _open = true;

    public override void Close() => _open = false;

    public override bool Send(LinkLeaf leaf, byte[] message, int count)
    {
        Assert.Equal(DecodeResult.Ok, _up.DecodeUp(message, count));
        Leaves.Add(leaf);
        if (leaf == LinkLeaf.Hello)
        {
            Hello.Decode(message, count);
        }
        else if (leaf == LinkLeaf.Names)
        {
            Names.Add(message[..count]);
        }

        for (int i = 0; (Lane)leaf == Lane.Routine && i < Batch.CountOf(message); i++)
        {
            EventRecord record = new();
            Assert.Equal(DecodeResult.Ok, record.Decode(message, Batch.RecordsAt + (i * EventRecord.Size), count));
            _routine[record.Sequence] = record;
        }

        if (Answers && leaf != LinkLeaf.Hello)
        {
            uint[] given = [.. Enumerable.Range(0, Lanes.Count).Select(lane => Loop.Log.At((Lane)lane).Last)];
            Say(Made(MessageType.Held, ++Counter, into => HeldThrough.Encode(into, given)));
        }

        return true;
    }
}
