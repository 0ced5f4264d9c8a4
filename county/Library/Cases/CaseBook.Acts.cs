// Owns: the acts of a transaction: what people did, and what the county's clock and its heartbeats tell of cases.
// Must never: change a case; the act is written, and the case gone over.

using Gateway.Contract;

namespace Gateway.County;

internal sealed partial class CaseBook
{
    /// <summary>Adds an act to a case, or to its station.</summary>
    public CaseAct Act(CaseActKind kind, CaseTrack track, uint sequence, Func<CaseAct, CaseAct> fill)
    {
        LoadSettings();
        long number = rows.NextCaseNumber();
        uint at = sequence == 0 ? (uint)number : sequence;
        CaseTrack on = track is { Kind: TrackKind.Found or TrackKind.ConflictingFire, Part: 0 }
            ? track with { Part = (uint)number } : track;
        CaseAct act = fill(new CaseAct { Number = number, Kind = kind, AtMs = nowMs, Track = on, Sequence = at });
        rows.Add(act);
        if (kind != CaseActKind.Inspected)
        {
            if (CaseBuilder.RoleOf(kind) is { } role)
            {
                rows.Add(new CaseMark(on, at, role));
            }

            _wanted.Add((on, at));
        }

        return act;
    }

    /// <summary>The county hears nothing of a station any more.</summary>
    public void Silent(StationRegistration station)
    {
        // A silence that a person closed has no end of its own: it was heard since, or it could not fall silent again.
        CaseTrack track = SilentTrack(station.Station);
        if (CasesAt(track, uint.MaxValue).Any(one => !one.IsOpen))
        {
            Heard(station.Station);
        }

        Act(CaseActKind.Silent, track, 0, act => At(act, station));
    }

    /// <summary>A fire came under the name of another record: a case of its own, since nothing tells when it ends.</summary>
    public void Conflicting(StoredEvent fire) => Act(
        CaseActKind.ConflictingFire, new CaseTrack(fire.Key.Station, 0, Lane.Fire, TrackKind.ConflictingFire, 0), 0, act => act with
        {
            Words = FormattableString.Invariant($"{fire.Record.Zone}号 {fire.Key.Epoch}-{(int)fire.Key.Lane}-{fire.Key.Sequence}"),
            County = fire.County,
            Township = fire.Township,
            Village = fire.Village,
        });

    /// <summary>Heartbeats tell of a fire that does not come, or that is over.</summary>
    public void Hidden(Escalation escalation, StationRegistration station)
    {
        CaseTrack track = HiddenTrack(station.Station);
        Case? open = CaseOf(escalation);
        if (escalation.EndedMs != 0)
        {
            if (open is not null)
            {
                Act(CaseActKind.Arrived, track, 0, act => act);
                _arrived.Add(open);
            }
        }
        else if (open is null)
        {
            Act(CaseActKind.HiddenFire, track, 0, act => At(act, station));
        }
        else if (open.Level < escalation.Level)
        {
            Act(CaseActKind.Escalated, track, open.Sequence, act => act with { Level = escalation.Level });
        }
    }

    /// <summary>And hears of it again.</summary>
    public void Heard(uint station) => Act(CaseActKind.Heard, SilentTrack(station), 0, act => act);

    /// <summary>A case was not closed in time: the next level has it now, where there is one.</summary>
    public void Overdue(Case one) => Act(
        CaseActKind.Overdue, one.Track, one.Sequence,
        act => act with { Level = (EscalationLevel)Math.Min((int)one.Level + 1, (int)EscalationLevel.County) });

    /// <summary>Nobody has answered an alarm in time.</summary>
    public void Escalated(Escalation escalation)
    {
        if (CaseOf(escalation) is { IsOpen: true } one && one.Level < escalation.Level)
        {
            Act(CaseActKind.Escalated, one.Track, one.Sequence, act => act with { Level = escalation.Level });
        }
    }

    /// <summary>Whether somebody at a desk has what waits for an answer.</summary>
    public bool IsTaken(Escalation escalation) => CaseOf(escalation) is { } one && one.State != CaseState.Open;

    /// <summary>The case of what waits for an answer, or null.</summary>
    private Case? CaseOf(Escalation escalation)
    {
        EventKey alarm = escalation.Alarm;
        if (escalation.Cause == EscalationCause.HiddenFire)
        {
            return CasesAt(HiddenTrack(alarm.Station), uint.MaxValue).FirstOrDefault();
        }

        return CasesAt(new CaseTrack(alarm.Station, alarm.Epoch, alarm.Lane, TrackKind.Fire, 0), alarm.Sequence)
            .FirstOrDefault(c => c.State != CaseState.Merged && c.Sequence <= alarm.Sequence) ?? rows.StandingAlarm(alarm.Station);
    }

    /// <summary>The cases of the stretch that a sequence is in.</summary>
    private IReadOnlyList<Case> CasesAt(CaseTrack track, uint sequence) =>
        rows.Cases(track, rows.LastEnd(track, sequence), rows.FirstEnd(track, sequence) ?? uint.MaxValue);

    /// <summary>The act with the place that the station has now.</summary>
    public static CaseAct At(CaseAct act, StationRegistration station) => act with
    {
        County = station.County,
        Township = station.Township,
        Village = station.Village,
    };

    private static CaseTrack HiddenTrack(uint station) => new(station, 0, Lane.Fire, TrackKind.HiddenFire, 0);

    private static CaseTrack SilentTrack(uint station) => new(station, 0, Lane.Fire, TrackKind.Silent, 0);
}
