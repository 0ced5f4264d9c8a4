// Owns: a played station's messages: what goes up is signed and counted, what comes down is checked before it is read.
// Must never: use a counter twice in a session, or believe what is not signed.

using System.Text;
using Gateway.Contract;

namespace Gateway.Tools.Load;

internal sealed class LoadMessages
{
    private readonly byte[] _buffer = new byte[ContractLimits.MessageBytesMax];
    private readonly byte[] _scratch = new byte[Mac.SignatureBytes];
    private readonly DotNetMac _mac;
    private readonly Topics _topics;
    private readonly LoadClock _clock;
    private readonly MessageHeader _head = new();
    private readonly MessageHeader _down = new();
    private readonly EventRecord _record = new();
    private readonly Refuse _refuse = new();
    private readonly uint _station;
    private uint _boot = 1;
    private uint _counter;
    private uint _heard;

    public LoadMessages(Place place, LoadClock clock, uint epoch)
    {
        _station = place.Number;
        _topics = place.Topics;
        _mac = new DotNetMac(place.Key());
        _clock = clock;
        Epoch = epoch;
    }

    public uint Epoch { get; }

    public uint Session { get; private set; }

    /// <summary>What the last welcome or answer said.</summary>
    public uint[] Through { get; } = new uint[Lanes.Count];

    public void NewSession()
    {
        Session++;
        _counter = 0;
        _heard = 0;
    }

    /// <summary>As text: what the broker says when the connection dies.</summary>
    public (string Topic, byte[] Payload) Will()
    {
        Head(MessageType.Offline);
        MessageHeader.Seal(_mac, _buffer, MessageHeader.Size);
        return (_topics.Offline, Encoding.ASCII.GetBytes(Offline.ToText(_buffer)));
    }

    public (string Topic, byte[] Payload) Hello(LoadLane[] lanes)
    {
        Hello hello = new() { VersionMin = ContractLimits.VersionMin, VersionMax = ContractLimits.VersionMax, Firmware = "load" };
        for (int i = 0; i < Lanes.Count; i++)
        {
            hello.Oldest[i] = lanes[i].Held + 1;
            hello.Last[i] = lanes[i].Last;
            hello.Held[i] = lanes[i].Held;
        }

        Head(MessageType.Hello);
        return (_topics.Hello, Sealed(hello.Encode(_buffer)));
    }

    public (string Topic, byte[] Payload) Heartbeat(LoadLane[] lanes, bool fire)
    {
        Heartbeat beat = new()
        {
            Conditions = fire ? ConditionBits.Fire : ConditionBits.None, ZonesFire = fire ? 1u : 0, Connections = Session,
        };
        for (int i = 0; i < Lanes.Count; i++)
        {
            beat.Last[i] = lanes[i].Last;
            beat.Held[i] = lanes[i].Held;
        }

        Head(MessageType.Heartbeat);
        return (_topics.Heartbeat, Sealed(beat.Encode(_buffer)));
    }

    public (string Topic, byte[] Payload) Batch(Lane lane, uint after, ReadOnlySpan<LoadLane.Made> records)
    {
        Head(MessageType.Batch);
        Contract.Batch.EncodeHead(_buffer, lane, records.Length, after);
        for (int i = 0; i < records.Length; i++)
        {
            LoadLane.Made one = records[i];
            _record.Clear();
            _record.Station = _station;
            _record.Epoch = Epoch;
            _record.LaneNumber = lane;
            _record.Sequence = one.Sequence;
            _record.Boot = 1;
            _record.UptimeMs = one.AtMs;
            _record.UtcMs = _clock.UtcMs(one.AtMs);
            _record.UtcQuality = UtcQuality.Synchronised;
            _record.Kind = one.Kind;
            _record.Severity = one.Kind == EventKind.FireAlarm ? Severity.Major : EventKinds.SeverityOf(one.Kind);
            if (one.Kind is EventKind.FireAlarm or EventKind.Reset)
            {
                _record.Zone = 1;
                _record.ZoneKind = ZoneKind.CallPoint;
            }
            else if (one.Kind is EventKind.Fault or EventKind.FaultRestored)
            {
                _record.Zone = 2;
                _record.ZoneKind = ZoneKind.Mains;
                _record.A = (int)FaultCause.Reported;
            }

            _record.Encode(_buffer, Contract.Batch.RecordsAt + i * EventRecord.Size);
        }

        return (_topics.Up(lane), Sealed(Contract.Batch.RecordsAt + records.Length * EventRecord.Size));
    }

    /// <summary>The type of a message that is for this session and new; else 0.</summary>
    public MessageType Read(byte[] payload, int count)
    {
        if (_down.DecodeDown(payload, count) != DecodeResult.Ok || !MessageHeader.Verify(_mac, payload, count, _scratch)
            || SessionRule.Down(_down, _station, Epoch, _boot, Session, _heard, _clock.UtcMs(_clock.NowMs)) != DecodeResult.Ok)
        {
            return default;
        }

        _heard = Math.Max(_heard, _down.Counter);
        return _down.Type;
    }

    public bool Welcomed(byte[] payload, int count) => Welcome.Decode(payload, count, Through) == DecodeResult.Ok;

    public bool HeldIn(byte[] payload, int count) => HeldThrough.Decode(payload, count, Through) == DecodeResult.Ok;

    /// <summary>The reason of a refusal; 0 where its body is none.</summary>
    public DecodeResult Refused(byte[] payload, int count) =>
        _refuse.Decode(payload, count) == DecodeResult.Ok ? _refuse.Reason : DecodeResult.Ok;

    /// <summary>Takes the boot number that a refusal asks for.</summary>
    public void TakeBoot(byte[] payload, int count)
    {
        if (Refused(payload, count) != DecodeResult.Ok)
        {
            _boot = Math.Max(_boot, _refuse.BootAtLeast);
        }
    }

    private byte[] Sealed(int count) => _buffer[..MessageHeader.Seal(_mac, _buffer, count)];

    private void Head(MessageType type)
    {
        long nowMs = _clock.NowMs;
        _head.Version = ContractLimits.VersionMax;
        _head.Type = type;
        _head.Station = _station;
        _head.Epoch = Epoch;
        _head.Boot = _boot;
        _head.Session = Session;
        _head.Counter = MessageTypes.Uncounted(type) ? 0 : ++_counter;
        _head.UptimeMs = nowMs;
        _head.UtcMs = _clock.UtcMs(nowMs);
        _head.UtcQuality = UtcQuality.Synchronised;
        _head.Encode(_buffer);
    }
}
