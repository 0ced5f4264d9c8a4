// Owns: what a centre is answered to its commands and requests.
// Must never: set the county's clock, initialise anything, or reset a fire from afar.

using Gateway.Contract;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>Answers that need no exchange of our own.</summary>
internal sealed class CentreAnswers(CentreProfile centre, TimeProvider time)
{
    private const byte Major = 0;
    private const byte Minor = 1;

    private readonly Dictionary<uint, (ushort Sequence, int Minutes, long RunMs)> _asked = [];

    /// <summary>The frame that answers: confirm, answer or deny.</summary>
    public byte[] To(CountyDesk desk, FrameHead head, byte[] unit, Instant now)
    {
        (FrameCommand command, byte[] body) = (FrameCommand.Deny, (byte[])[]);
        UnitReader reader = new(unit);
        bool one = reader.Next(out UnitObject asked);
        uint station = Station(head.Destination);
        if (one && reader.Type == UnitType.DutyCheck)
        {
            // By the letter a control; some centres send it as a request, and the type says what it is.
            command = DutyCheck(desk, station, head.Sequence, asked.Minutes, now) ? FrameCommand.Confirm : FrameCommand.Deny;
        }
        else if (one && head.Command == FrameCommand.Request)
        {
            body = Reading(desk, station, ref reader, asked, now);
            command = body.Length > 0 ? FrameCommand.Answer : FrameCommand.Deny;
        }

        return FrameBytes.Of(head.Answer(command, PeerTimes.ToFrame(time, centre.Flags)), body, centre.Flags);
    }

    private uint Station(PeerAddress destination) =>
        destination.Number <= uint.MaxValue && destination != centre.Source ? (uint)destination.Number : 0;

    /// <summary>
    /// Goes on to the station as a command of the county; its answer is an event, which is forwarded. The same again is a repeat, because
    /// our confirm was lost; one that comes too soon behind another is a flood, and is denied.
    /// </summary>
    private bool DutyCheck(CountyDesk desk, uint station, ushort sequence, int minutes, Instant now)
    {
        if (minutes is < 1 or > CountyLimits.DutyCheckMinutesMax || desk.Registered(station) is null)
        {
            return false;
        }

        if (_asked.TryGetValue(station, out (ushort Sequence, int Minutes, long RunMs) last))
        {
            if ((last.Sequence, last.Minutes) == (sequence, minutes) && now.RunMs - last.RunMs <= CountyLimits.PeerRepeatMs)
            {
                return true;
            }

            if (now.RunMs - last.RunMs < CountyLimits.CentreDutyApartMs)
            {
                return false;
            }
        }

        desk.Queue(new CommandRequest(station, (int)CommandCode.DutyCheck, minutes) { LifeS = minutes * 60 }, now);
        _asked[station] = (sequence, minutes, now.RunMs);
        return true;
    }

    private byte[] Reading(CountyDesk desk, uint station, ref UnitReader reader, UnitObject asked, Instant now)
    {
        UnitType type = reader.Type;
        FrameTime clock = PeerTimes.ToFrame(now.UtcMs, centre.Flags);
        byte systemType = asked.SystemType, systemAddress = asked.SystemAddress;
        switch (type)
        {
            case UnitType.ReadBoxTime:
                return Write(UnitType.BoxTime, new UnitObject { Time = clock });
            case UnitType.ReadSystemTime:
                return Write(UnitType.SystemTime, new UnitObject { SystemType = systemType, SystemAddress = systemAddress, Time = clock });
            case UnitType.ReadBoxVersion:
                return Write(UnitType.BoxVersion, new UnitObject { Major = Major, Minor = Minor });
            case UnitType.ReadBoxConfiguration when desk.Registered(station) is { } known:
                byte[] text = new byte[byte.MaxValue];
                return Write(UnitType.BoxConfiguration, new UnitObject { Text = text.AsSpan(0, FrameText.Write(known.Name, text)) });
            case UnitType.ReadBoxStatus or UnitType.ReadSystemStatus or UnitType.ReadComponentStatus or UnitType.ReadAnalogValue
                when desk.Registered(station) is not null:
                List<PeerPartKey> keys = [];
                do
                {
                    keys.Add(type switch
                    {
                        UnitType.ReadBoxStatus => ForwardMap.Box(station),
                        UnitType.ReadSystemStatus => new PeerPartKey(station, PeerPart.System, asked.SystemType, asked.SystemAddress, 0),
                        _ => new PeerPartKey(
                            station, PeerPart.Component, asked.SystemType, asked.SystemAddress, asked.ComponentAddress),
                    });
                }
                while (reader.Next(out asked));
                return type == UnitType.ReadAnalogValue ? Values(desk, keys) : States(desk, type, keys, clock);
            default:
                return [];
        }
    }

    /// <summary>What the centre was told of the parts, as many of them as a unit holds.</summary>
    private byte[] States(CountyDesk desk, UnitType asked, List<PeerPartKey> keys, FrameTime clock)
    {
        List<(int Status, int Component)> told = [];
        desk.Keep(rows =>
        {
            ICentreRows centres = (ICentreRows)rows;
            foreach (PeerPartKey key in keys)
            {
                CentrePart? part = centres.PartOf(centre.Name, key);
                told.Add((key.What == PeerPart.System ? OfSystem(centres, key) : part?.Status ?? 0, part?.ComponentType ?? 0));
            }
        });
        UnitWriter unit = new(new byte[FrameLayout.UnitBytesMax], asked switch
        {
            UnitType.ReadBoxStatus => UnitType.BoxStatus,
            UnitType.ReadSystemStatus => UnitType.SystemStatus,
            _ => UnitType.ComponentStatus,
        });
        int normal = (centre.Flags & PeerFlags.BareStatus) != PeerFlags.None ? 0 : (int)ComponentBits.Normal;
        for (int i = 0; i < keys.Count; i++)
        {
            unit.TryAdd(new UnitObject
            {
                SystemType = (byte)keys[i].SystemType,
                SystemAddress = (byte)keys[i].SystemAddress,
                ComponentType = (byte)told[i].Component,
                ComponentAddress = keys[i].Component,
                Status = (ushort)(told[i].Status | normal),
                Time = clock,
            });
        }

        return unit.Written.ToArray();
    }

    /// <summary>The newest measured values of boxes' components; nothing, and so a denial, where none was ever told.</summary>
    private byte[] Values(CountyDesk desk, List<PeerPartKey> keys)
    {
        List<PeerValue> values = [];
        desk.Keep(rows => keys.ForEach(key => values.AddRange(((IPeerRows)rows).ValuesOf(key))));
        UnitWriter unit = new(new byte[FrameLayout.UnitBytesMax], UnitType.AnalogValue);
        foreach (PeerValue value in values)
        {
            unit.TryAdd(new UnitObject
            {
                SystemType = (byte)value.Key.SystemType,
                SystemAddress = (byte)value.Key.SystemAddress,
                ComponentAddress = value.Key.Component,
                AnalogType = (byte)value.AnalogType,
                Value = (short)value.Value,
                Time = PeerTimes.ToFrame(value.ToldMs > 0 ? value.ToldMs : value.SeenMs, centre.Flags),
            });
        }

        return unit.Count == 0 ? [] : unit.Written.ToArray();
    }

    /// <summary>What holds of any part of a system holds of it.</summary>
    private int OfSystem(ICentreRows centres, PeerPartKey system) => centres.PartsOf(centre.Name, system.Station)
        .Where(part => part.Key.IsOfSystem(system))
        .Aggregate(0, (all, part) => all | part.Status);

    private static byte[] Write(UnitType type, UnitObject one)
    {
        UnitWriter unit = new(new byte[FrameLayout.UnitBytesMax], type);
        unit.TryAdd(one);
        return unit.Written.ToArray();
    }
}
