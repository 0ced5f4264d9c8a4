// Owns: what a frame of a box becomes: presence, state of its parts, events, and the answer that it may get after the commit.
// Must never: take a repeat for news, news for a repeat, or drop silently what cannot be read.

using System.Buffers.Binary;
using System.Security.Cryptography;
using Gateway.Contract;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>The frames of one transaction.</summary>
/// <param name="entry">The transaction.</param>
/// <param name="memory">What is remembered between transactions.</param>
internal sealed class PeerBook(PeerEntry entry, PeerMemory memory)
{
    private const int KeyAnswer = 3;
    private const int KeyTest = 4;

    /// <summary>A key-pressed of a system's reset: another system burns, so the alarm goes on.</summary>
    public const int KeyReset = 2;

    private readonly PeerParts _parts = new(entry);
    private readonly PeerDangers _dangers = new(entry, memory);
    private readonly Dictionary<uint, int> _values = [];

    private Instant Now => entry.Now;

    /// <summary>Enters a frame that its sender began (command 2), or what it sent without being asked.</summary>
    public Reply Enter(ReceivedFrame frame)
    {
        StationState state = entry.Hear(frame.Peer);
        switch (frame.Head.Command)
        {
            case FrameCommand.Send when frame.IsHeartbeat:
                return Heartbeats.IsOneByte(frame.Unit, frame.Flags) ? Reply.ConfirmHeartbeat : Reply.Confirm;
            case FrameCommand.Send:
                if (Keep(frame))
                {
                    Read(frame, state);
                }

                return Reply.Confirm;
            case >= (FrameCommand)128:
                // Of the user's: nobody knows its rules, so nothing is answered, and what it said is kept.
                if (Keep(frame))
                {
                    Unreadable(frame);
                }

                return Reply.None;
            case FrameCommand.Confirm or FrameCommand.Deny or FrameCommand.Answer:
                return Reply.None;
            default:
                return Reply.Deny;
        }
    }

    /// <summary>Reads the unit of a frame into states and events.</summary>
    public void Read(ReceivedFrame frame, StationState state)
    {
        UnitReader reader = new(frame.Unit);
        while (reader.Next(out UnitObject one))
        {
            Take(frame, state, reader.Type, one);
        }

        if (reader.Fault is UnitFault.UnknownType or UnitFault.Truncated or UnitFault.TooShort || IsDownward(reader.Type))
        {
            Unreadable(frame);
        }
        else if (reader.Fault == UnitFault.Trailing && memory.FirstTrailing(frame.Peer.Station))
        {
            Unreadable(frame);
        }
    }

    /// <summary>
    /// False for a repeat. A sequence repeats after every boot, or stands, so what was said has to be the same too, and nothing else said
    /// under that number since. Times of its own then make it the same for good; without them it is a repeat only directly behind the
    /// first, and only as long as a box sends again.
    /// </summary>
    private bool Keep(ReceivedFrame frame)
    {
        uint station = frame.Peer.Station;
        long hash = BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(frame.Unit));
        PeerFrame? last = entry.Peers.LastFrame(station);
        if (entry.Peers.Frame(station, frame.Head.Sequence) is { } kept && kept.Hash == hash)
        {
            bool soon = kept.Boot != entry.Boot || Now.RunMs - kept.RunMs <= CountyLimits.PeerRepeatMs;
            if (kept.Timed || (kept.Number == last?.Number && soon))
            {
                return false;
            }
        }

        entry.Peers.Add(new PeerFrame(
            station, (last?.Number ?? 0) + 1, frame.Head.Sequence, hash, Timed(frame), entry.Boot, Now.RunMs));
        return true;
    }

    /// <summary>Every object has a time of its own that can be true.</summary>
    private bool Timed(ReceivedFrame frame)
    {
        UnitReader reader = new(frame.Unit);
        int objects = 0;
        while (reader.Next(out UnitObject one))
        {
            objects++;
            if (PeerTimes.Believed(PeerTimes.Told(one.Time, frame.Flags), Now) == 0)
            {
                return false;
            }
        }

        return objects > 0;
    }

    private void Take(ReceivedFrame frame, StationState state, UnitType type, in UnitObject one)
    {
        switch (type)
        {
            case UnitType.SystemStatus:
                Status(frame, Part(frame, PeerPart.System, one), one);
                break;
            case UnitType.ComponentStatus:
                Status(frame, Part(frame, PeerPart.Component, one), one);
                break;
            case UnitType.BoxStatus:
                Status(frame, Part(frame, PeerPart.Box, one), one);
                break;
            case UnitType.AnalogValue:
                Measured(frame, one);
                break;
            case UnitType.SystemOperation:
                Operation(frame, Part(frame, PeerPart.System, one), one);
                break;
            case UnitType.BoxOperation:
                Operation(frame, Part(frame, PeerPart.Box, one), one);
                break;
            case UnitType.ComponentConfiguration:
                PeerComponent part = _parts.Component(Part(frame, PeerPart.Component, one), one);
                part.Text = FrameText.Read(one.Text);
                _parts.Put(part);
                break;
            case UnitType.BoxVersion:
                state.Firmware = $"{one.Major}.{one.Minor}";
                break;
            default:
                // Versions, times and configurations of systems are for who asked for them.
                break;
        }
    }

    private void Status(ReceivedFrame frame, PeerPartKey key, in UnitObject one)
    {
        PeerComponent part = _parts.Component(key, one);
        int before = part.Status;
        int status = StatusEvents.Kept(one.Status, frame.Flags, before);
        int changed = before ^ status;
        uint fault = 0;
        long toldMs = PeerTimes.Told(one.Time, frame.Flags);
        string text = FrameText.Read(one.Text);
        part.Text = text.Length > 0 ? text : part.Text;
        foreach (BitMeaning bit in StatusEvents.Of(key.What))
        {
            if ((changed & (1 << bit.Bit)) == 0)
            {
                continue;
            }

            bool came = (status & (1 << bit.Bit)) != 0;
            EventKind kind = came ? bit.Came : bit.Went;
            if ((int)kind == 0)
            {
                continue;
            }

            EventRecord record = Record(kind, part, key.What, bit.Zone);
            record.Severity = came ? bit.Severity : Severity.None;
            record.A = bit.Cause;
            record.B = bit.Cause == (int)FaultCause.Box ? (int)BoxFault.Link : 0;
            record.Flags |= kind == EventKind.TestActivation ? EventFlags.Test : EventFlags.None;
            if (kind == EventKind.FireAlarm)
            {
                record.Severity = record.ZoneKind == ZoneKind.CallPoint ? Severity.Larger : Severity.General;
                record.Flags |= _parts.InFire(key.Station).Count == 0 ? EventFlags.FirstAlarm : EventFlags.None;
            }

            Add(frame, record, toldMs, Origin(frame, part, bit.Bit, toldMs) with { Status = one.Status });
            fault = kind is EventKind.Fault or EventKind.Supervisory ? record.Sequence : fault;
        }

        part.Status = status;
        if (_parts.Put(part))
        {
            _dangers.Look(frame.Peer, part, before, fault);
        }
    }

    /// <summary>What time alone makes of parts in trouble.</summary>
    public void PassDangers(IReadOnlyDictionary<uint, PeerRegistration> peers) => _dangers.Pass(peers);

    /// <summary>
    /// Kept as the newest of its kind; no event: whether a value is good only the box knows, and it says so by a status.
    /// </summary>
    private void Measured(ReceivedFrame frame, in UnitObject one)
    {
        PeerComponent part = _parts.Component(Part(frame, PeerPart.Component, one), one);
        _parts.Put(part);
        PeerValue value = new(
            part.Key, one.AnalogType, one.Value, PeerTimes.Believed(PeerTimes.Told(one.Time, frame.Flags), Now), Now.UtcMs);
        if (entry.Peers.Replace(value))
        {
            return;
        }

        uint station = part.Key.Station;
        int count = _values.TryGetValue(station, out int known) ? known : entry.Peers.Values(station);
        if (count < CountyLimits.PeerValuesMax)
        {
            entry.Peers.Add(value);
            count++;
        }

        _values[station] = count;
    }

    private void Operation(ReceivedFrame frame, PeerPartKey key, in UnitObject one)
    {
        OperationBits done = (OperationBits)one.Operation;
        long toldMs = PeerTimes.Told(one.Time, frame.Flags);
        PeerOrigin origin = new()
        {
            Part = key,
            Status = one.Operation,
            FrameSequence = frame.Head.Sequence,
            SentMs = PeerTimes.Told(frame.Head.Time, frame.Flags),
            ToldMs = toldMs,
            Text = one.Operator == 0 ? "" : $"{one.Operator}",
        };
        for (int bit = 0; bit <= (int)System.Numerics.BitOperations.Log2((uint)OperationBits.Test); bit++)
        {
            OperationBits one1 = (OperationBits)(1 << bit);
            if ((done & one1) != OperationBits.None)
            {
                Add(frame, Operated(one1, key), toldMs, origin with { Bit = bit });
            }
        }
    }

    private EventRecord Operated(OperationBits what, PeerPartKey key)
    {
        EventRecord record = new() { A = (int)Contract.Origin.Key, Flags = EventFlags.ByPerson };
        switch (what)
        {
            case OperationBits.Reset:
                int zones = _parts.Reset(key);
                record.Kind = _parts.BurnsBeside(key) ? EventKind.KeyPressed : EventKind.Reset;
                record.A = record.Kind == EventKind.Reset ? zones : KeyReset;
                break;
            case OperationBits.Silence:
                record.Kind = EventKind.Silenced;
                break;
            case OperationBits.ManualAlarm:
                record.Kind = EventKind.FireAlarm;
                record.ZoneKind = ZoneKind.CallPoint;
                record.Severity = Severity.Larger;
                record.Flags |= _parts.InFire(key.Station).Count == 0 ? EventFlags.FirstAlarm : EventFlags.None;
                break;
            case OperationBits.Acknowledge when key.What == PeerPart.Box:
                record.Kind = EventKind.DutyCheckAnswered;
                record.A = 0;
                record.Value = memory.DutyAnswered(key.Station, Now.RunMs);
                entry.Peers.PutDutyCheck(key.Station, 0);
                break;
            case OperationBits.AlarmCleared or OperationBits.Acknowledge when _parts.BurnsBeside(key):
                record.Kind = EventKind.KeyPressed;
                record.A = KeyAnswer;
                break;
            case OperationBits.AlarmCleared or OperationBits.Acknowledge:
                // A person dealt with it; whether the input is at rest, only a status says.
                record.Kind = EventKind.Acknowledged;
                record.A = _parts.ZonesInFire(key.Station);
                record.B = (int)Contract.Origin.Key;
                break;
            case OperationBits.SelfTest:
                record.Kind = EventKind.SelfTest;
                record.A = 0;
                break;
            default:
                record.Kind = EventKind.KeyPressed;
                record.A = KeyTest;
                break;
        }

        return record;
    }

    /// <summary>What could not be read and waited to be told, because another was told just before.</summary>
    public void TellUnread(ReceivedFrame newest, int count)
    {
        Unreadable(newest, count);
        memory.UnreadTold(newest.Peer.Station, Now.RunMs);
    }

    /// <summary>
    /// What cannot be read may be an alarm: shown at condition level with its bytes, once a minute a box; what comes between is told with
    /// the newest of it when the minute is over.
    /// </summary>
    private void Unreadable(ReceivedFrame frame)
    {
        if (memory.Unreadable(frame, Now.RunMs) is > 0 and int count)
        {
            Unreadable(frame, count);
        }
    }

    private void Unreadable(ReceivedFrame frame, int count)
    {
        EventRecord record = new()
        {
            Kind = EventKind.Fault,
            Severity = Severity.General,
            A = (int)FaultCause.NotRead,
            Value = count,
            Unit = Contract.Unit.Count,
        };
        entry.Add(frame.Peer, record, 0, new PeerOrigin
        {
            Part = new PeerPartKey(frame.Peer.Station, PeerPart.Box, 0, 0, 0),
            FrameSequence = frame.Head.Sequence,
            SentMs = PeerTimes.Told(frame.Head.Time, frame.Flags),
            Unit = frame.Unit,
        });
    }

    private static bool IsDownward(UnitType type) => type >= UnitType.ReadSystemStatus;

    private static PeerPartKey Part(ReceivedFrame frame, PeerPart what, in UnitObject one) => what == PeerPart.Box
        ? new PeerPartKey(frame.Peer.Station, what, 0, 0, 0)
        : new PeerPartKey(
            frame.Peer.Station, what, one.SystemType, one.SystemAddress, what == PeerPart.Component ? one.ComponentAddress : 0);

    private static EventRecord Record(EventKind kind, PeerComponent part, PeerPart what, ZoneKind zoneKind) => new()
    {
        Kind = kind,
        Zone = part.Zone,
        ZoneKind = zoneKind != ZoneKind.None ? zoneKind : StatusEvents.Zone(what, part.ComponentType),
    };

    private void Add(ReceivedFrame frame, EventRecord record, long toldMs, PeerOrigin origin) =>
        entry.Add(frame.Peer, record, PeerTimes.Believed(toldMs, Now), origin);

    private static PeerOrigin Origin(ReceivedFrame frame, PeerComponent part, int bit, long toldMs) => new()
    {
        Part = part.Key,
        ComponentType = part.ComponentType,
        Bit = bit,
        Text = part.Text,
        FrameSequence = frame.Head.Sequence,
        SentMs = PeerTimes.Told(frame.Head.Time, frame.Flags),
        ToldMs = toldMs,
    };
}
