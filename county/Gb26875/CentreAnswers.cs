// Owns: what a centre is answered to its commands and requests.
// Must never: set the county's clock, initialise anything, or reset a fire from afar.

using Gateway.Contract;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>Answers that need no exchange of our own.</summary>
internal sealed class CentreAnswers(CentreProfile centre, TimeProvider time)
{
    private const int MinutesMax = 10;
    private const byte Major = 0;
    private const byte Minor = 1;

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
            command = DutyCheck(desk, station, asked.Minutes, now) ? FrameCommand.Confirm : FrameCommand.Deny;
        }
        else if (one && head.Command == FrameCommand.Request)
        {
            body = Reading(desk, station, reader.Type, asked, now);
            command = body.Length > 0 ? FrameCommand.Answer : FrameCommand.Deny;
        }

        byte[] frame = new byte[FrameLayout.OverheadBytes + body.Length];
        FrameWriter.Write(frame, head.Answer(command, PeerTimes.ToFrame(time)), body);
        return frame;
    }

    private uint Station(PeerAddress destination) =>
        destination.Number <= uint.MaxValue && destination != centre.Source ? (uint)destination.Number : 0;

    /// <summary>Goes on to the station as a command of the county; its answer is an event, which is forwarded.</summary>
    private static bool DutyCheck(CountyDesk desk, uint station, int minutes, Instant now)
    {
        if (minutes is < 1 or > MinutesMax || desk.Registered(station) is null)
        {
            return false;
        }

        desk.Queue(new CommandRequest(station, CommandCode.DutyCheck, minutes) { LifeS = minutes * 60 }, now);
        return true;
    }

    private byte[] Reading(CountyDesk desk, uint station, UnitType type, UnitObject asked, Instant now)
    {
        FrameTime clock = PeerTimes.ToFrame(now.UtcMs);
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
            case UnitType.ReadBoxStatus or UnitType.ReadSystemStatus or UnitType.ReadComponentStatus
                when desk.Registered(station) is not null:
                PeerPartKey key = type switch
                {
                    UnitType.ReadBoxStatus => ForwardMap.Box(station),
                    UnitType.ReadSystemStatus => new PeerPartKey(station, PeerPart.System, systemType, systemAddress, 0),
                    _ => new PeerPartKey(station, PeerPart.Component, systemType, systemAddress, asked.ComponentAddress),
                };
                (int status, int component) = (0, 0);
                desk.Keep(rows =>
                {
                    if (rows is ICentreRows centres)
                    {
                        CentrePart? part = centres.PartOf(centre.Name, key);
                        component = part?.ComponentType ?? 0;
                        status = key.What == PeerPart.System
                            ? centres.PartsOf(centre.Name, station)
                                .Where(p => p.Key.SystemType == systemType && p.Key.SystemAddress == systemAddress)
                                .Aggregate(0, (all, p) => all | p.Status)
                            : part?.Status ?? 0;
                    }
                });
                return Write(
                    type == UnitType.ReadBoxStatus ? UnitType.BoxStatus
                        : type == UnitType.ReadSystemStatus ? UnitType.SystemStatus : UnitType.ComponentStatus,
                    new UnitObject
                    {
                        SystemType = systemType,
                        SystemAddress = systemAddress,
                        ComponentType = (byte)component,
                        ComponentAddress = asked.ComponentAddress,
                        Status = (ushort)((centre.Flags & PeerFlags.BareStatus) != PeerFlags.None ? status : status | 1),
                        Time = clock,
                    });
            default:
                return [];
        }
    }

    private static byte[] Write(UnitType type, UnitObject one)
    {
        UnitWriter unit = new(new byte[FrameLayout.UnitBytesMax], type);
        unit.TryAdd(one);
        return unit.Written.ToArray();
    }
}
