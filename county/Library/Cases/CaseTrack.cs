// Owns: which events concern cases, and on which track each of them stands.
// Must never: cost anything for an event that concerns none.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>What kinds of tracks there are; the numbers stand in databases.</summary>
public enum TrackKind
{
    Fire = 1,

    /// <summary>A zone's troubles that last, as the box counts them.</summary>
    Danger = 2,
    DutyCheck = 3,

    /// <summary>Of one window of the night.</summary>
    Patrol = 4,

    /// <summary>Of one zone.</summary>
    Chatter = 5,

    /// <summary>The clocks of an alarm, by its sequence: they belong to the case that has it.</summary>
    Clock = 6,

    /// <summary>
    /// Clocks of which a box did not know the alarm any more after a restart, by the number of its start: they belong to the case in whose
    /// time they are.
    /// </summary>
    UnnamedClock = 7,

    /// <summary>Of acts: a danger that people found, by its number.</summary>
    Found = 10,

    /// <summary>Of acts: silence and return.</summary>
    Silent = 11,

    /// <summary>The false alarms of a day.</summary>
    FalseAlarms = 12,

    /// <summary>Of acts: a fire of which heartbeats tell and whose records do not come.</summary>
    HiddenFire = 13,

    /// <summary>Of acts: a fire that came under the name of another record, by its number.</summary>
    ConflictingFire = 14,
}

/// <summary>
/// All events of one sort of trouble at one place, in one life of a station's store. A case is a stretch of a track: from the first event
/// that begins one, behind an end, to the next end. Sequences of a lane rise as things happen, so the order on a track is known, whenever
/// its events come.
/// </summary>
public readonly record struct CaseTrack(uint Station, uint Epoch, Lane Lane, TrackKind Kind, uint Part)
{
    public LaneKey InLane => new(Station, Epoch, Lane);
}

/// <summary>What an event does on its track; the numbers stand in databases.</summary>
public enum MarkRole
{
    Begin = 1,
    Detail = 2,
    End = 3,
}

/// <summary>An event, or an act, on a track.</summary>
public readonly record struct CaseMark(CaseTrack Track, uint Sequence, MarkRole Role)
{
    // Above every zone.
    private const uint Zoneless = 256;

    /// <summary>All kinds of events that can stand on a track; a fault's end does, of chattering.</summary>
    public static IReadOnlyList<EventKind> Kinds { get; } =
    [
        .. Enum.GetValues<EventKind>()
            .Where(kind => Of(new EventRecord { Kind = kind, A = (int)FaultCause.Chatter }) is not null),
    ];

    /// <summary>Where an event stands; null when it concerns no case. A drill is none.</summary>
    public static CaseMark? Of(EventRecord r)
    {
        ArgumentNullException.ThrowIfNull(r);
        return r.Kind switch
        {
            EventKind.FireAlarm => Mark(r, TrackKind.Fire, 0, MarkRole.Begin),
            EventKind.Acknowledged or EventKind.Silenced or EventKind.ResetRefused => Mark(r, TrackKind.Fire, 0, MarkRole.Detail),
            EventKind.Reset => Mark(r, TrackKind.Fire, 0, MarkRole.End),
            EventKind.ClockMet or EventKind.ClockMissed => r.C == 0
                ? Mark(r, TrackKind.UnnamedClock, r.Boot, MarkRole.Detail) : Mark(r, TrackKind.Clock, (uint)r.C, MarkRole.Detail),
            EventKind.CaseOpened or EventKind.CaseAged => Mark(r, TrackKind.Danger, PlaceOf(r), MarkRole.Begin),
            EventKind.CaseClosed => Mark(r, TrackKind.Danger, PlaceOf(r), MarkRole.End),
            EventKind.DutyCheckMissed => Mark(r, TrackKind.DutyCheck, 0, MarkRole.Begin),
            EventKind.DutyCheckAnswered => Mark(r, TrackKind.DutyCheck, 0, MarkRole.End),
            EventKind.PatrolMissed => Mark(r, TrackKind.Patrol, (uint)r.A, MarkRole.Begin),
            EventKind.PatrolMet => Mark(r, TrackKind.Patrol, (uint)r.A, MarkRole.End),
            EventKind.Chattering => Mark(r, TrackKind.Chatter, (uint)r.Zone, MarkRole.Begin),
            EventKind.FaultRestored when r.A == (int)FaultCause.Chatter => Mark(r, TrackKind.Chatter, (uint)r.Zone, MarkRole.End),
            _ => null,
        };
    }

    /// <summary>The zone, or, of what has none, what it watches.</summary>
    private static uint PlaceOf(EventRecord r) => r.Zone != 0 ? (uint)r.Zone : Zoneless + (uint)r.ZoneKind;

    private static CaseMark? Mark(EventRecord r, TrackKind kind, uint part, MarkRole role) => r.Flags.HasFlag(EventFlags.Drill)
        ? null : new CaseMark(new CaseTrack(r.Station, r.Epoch, r.LaneNumber, kind, part), r.Sequence, role);
}
