// Owns: which cases a transaction changes, and the rows that come of it: the cases gone over anew, their new steps, and what is no more.
// Must never: go over more than the stretches that are concerned, or give a number of a step away twice.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>
/// The cases of one transaction. What an event, an act or a better time concerns is gone over whole by <see cref="CaseBuilder"/>, so that a
/// case built event by event equals one built at once.
/// </summary>
internal sealed partial class CaseBook(ICaseRows rows, CaseSettings? settings, long nowMs, WorkBook work)
{
    private readonly HashSet<(CaseTrack Track, uint Sequence)> _wanted = [];
    private readonly Dictionary<string, CaseChange> _changed = new(StringComparer.Ordinal);
    private readonly HashSet<(uint Station, uint Day)> _days = [];

    // Fires of which heartbeats told and which are here now.
    private readonly List<Case> _arrived = [];
    private IReadOnlyList<CaseSettingsOf>? _settings;

    /// <summary>What changed, each case once, in the order of their first changes.</summary>
    public List<CaseChange> Changed => [.. _changed.Values];

    /// <summary>What was known of each changed case before it changed; null of a new one.</summary>
    public Dictionary<string, Case?> Before { get; } = new(StringComparer.Ordinal);

    /// <summary>Null of a store that keeps no cases.</summary>
    public static CaseBook? Of(IStoreTransaction rows, CaseSettings settings, ClockTrust clock, Instant now, WorkBook work) =>
        rows.Cases is { } cases ? new CaseBook(cases, settings, MomentOf(clock, now), work) : null;

    /// <summary>The moment that acts of now are named by, ms since 1970 UTC.</summary>
    public static long MomentOf(ClockTrust clock, Instant now) => clock.TrustedMs(now) is > 0 and var ms ? ms : now.UtcMs;

    /// <summary>Whether an event concerns any case; all others cost this look alone.</summary>
    public static bool Concerns(StoredEvent stored) => CaseMark.Of(stored.Record) is not null;

    /// <summary>Works in what the transaction stored.</summary>
    /// <param name="added">Stored for the first time.</param>
    /// <param name="retimed">Stored before, and timed better now.</param>
    /// <param name="filled">Starts whose events got their time now.</param>
    public void Arrived(IEnumerable<StoredEvent> added, IEnumerable<StoredEvent> retimed, IEnumerable<BootKey> filled)
    {
        foreach (StoredEvent stored in added.Concat(retimed))
        {
            if (CaseMark.Of(stored.Record) is { } mark)
            {
                Want(mark);
            }
        }

        foreach (CaseMark mark in filled.SelectMany(rows.Untimed))
        {
            Want(mark, isNew: false);
        }

        GoOver();
        foreach (Case hidden in _arrived)
        {
            if (rows.StandingAlarm(hidden.Station) is { } alarm)
            {
                CallsGoOn(hidden, alarm);
            }
        }

        _arrived.Clear();
        GoOver();
    }

    /// <summary>From here on nobody else changes cases until the commit.</summary>
    public void Begin() => LoadSettings();

    /// <summary>Goes over all tracks of a station from their beginnings.</summary>
    public void Rebuild(uint station)
    {
        LoadSettings();
        rows.MarkActs(station);
        foreach (CaseTrack track in rows.Tracks(station).Where(t => t.Kind is not (TrackKind.Clock or TrackKind.UnnamedClock)))
        {
            uint after = 0;
            while (after < uint.MaxValue && rows.FirstMark(track, after) is { } next)
            {
                after = Stretch(track, next);
            }
        }

        GoOverDays();
    }

    /// <summary>Goes over everything that was asked for.</summary>
    public void GoOver()
    {
        if (_wanted.Count == 0)
        {
            return;
        }

        LoadSettings();
        foreach (IGrouping<CaseTrack, uint> track in _wanted.GroupBy(w => w.Track, w => w.Sequence))
        {
            uint through = 0;
            foreach (uint sequence in track.Order())
            {
                if (sequence > through)
                {
                    through = Stretch(track.Key, sequence);
                }
            }
        }

        _wanted.Clear();
        GoOverDays();
    }

    private void Want(CaseMark mark, bool isNew = true)
    {
        if (isNew)
        {
            rows.Add(mark);
        }

        // A clock belongs to the case of its alarm. Where that has not come yet, it will ask for its clocks itself.
        CaseTrack fires = new(mark.Track.Station, mark.Track.Epoch, Lane.Fire, TrackKind.Fire, 0);
        (CaseTrack track, uint sequence) = mark.Track.Kind switch
        {
            TrackKind.Clock => (fires, mark.Track.Part),
            TrackKind.UnnamedClock => (fires, rows.AlarmBefore(mark.Track, mark.Sequence)),
            _ => (mark.Track, mark.Sequence),
        };
        if (sequence == 0)
        {
            return;
        }

        _wanted.Add((track, sequence));

        // An end parts what was one: what is behind it is another case.
        if (mark.Role == MarkRole.End && sequence != uint.MaxValue)
        {
            _wanted.Add((track, sequence + 1));
        }
    }

    /// <summary>Goes over the stretch that a sequence is in; gives its last sequence.</summary>
    private uint Stretch(CaseTrack track, uint sequence)
    {
        if (track.Kind == TrackKind.FalseAlarms)
        {
            _days.Add((track.Station, track.Part));
            return uint.MaxValue;
        }

        uint after = rows.LastEnd(track, sequence);
        uint? end = rows.FirstEnd(track, sequence);
        uint through = end ?? uint.MaxValue;
        IReadOnlyList<CaseAct> acts = rows.Acts(track, after, through);
        BuiltCase? built;
        if (track.Kind >= TrackKind.Found)
        {
            built = CaseBuilder.Of(acts, LoadSettings());
        }
        else
        {
            List<StoredEvent> events = [.. rows.Events(track, after, through, CountyLimits.CaseEventsMax)];
            if (end is { } last && events.Count == CountyLimits.CaseEventsMax && events[^1].Record.Sequence != last)
            {
                events.AddRange(rows.Events(track, last - 1, last, 1));
            }

            StoredEvent? begun = events.Find(e => CaseMark.Of(e.Record)?.Role == MarkRole.Begin);
            List<StoredEvent> clocks = track.Kind != TrackKind.Fire || begun is null ? [] :
            [
                .. rows.Clocks(track.Station, track.Epoch, after, through, CountyLimits.CaseEventsMax),
                .. rows.ClocksBetween(begun.BootKey, begun.Record.UptimeMs, end is null ? null : events[^1], CountyLimits.CaseEventsMax),
            ];
            work.Add(track.Station, CountyLimits.WorkOfCase + ((events.Count + clocks.Count) / CountyLimits.CaseEventsAStatement));
            built = CaseBuilder.Of(events, clocks, acts, LoadSettings());
        }

        Keep(track, rows.Cases(track, after, through), built);
        return through;
    }

    /// <summary>Writes what is otherwise than it was.</summary>
    private void Keep(CaseTrack track, IReadOnlyList<Case> before, BuiltCase? built)
    {
        foreach (Case gone in before.Where(one => one.Id != built?.Case.Id && one.State != CaseState.Merged))
        {
            Before.TryAdd(gone.Id, gone);
            Case merged = gone.Copy();
            merged.State = CaseState.Merged;
            merged.ClosedMs = nowMs;
            merged.NextMs = 0;
            merged.MergedInto = built?.Case.Id ?? "";
            CaseStep told = new()
            {
                Case = gone.Id,
                Source = "merged",
                Kind = CaseStepKind.Merged,
                AtMs = nowMs,
                TimeQuality = UtcQuality.Synchronised,
                Words = merged.MergedInto,
            };
            Write(gone, merged, [told]);
        }

        if (built is null)
        {
            return;
        }

        Case? known = before.FirstOrDefault(one => one.Id == built.Case.Id);
        Before.TryAdd(built.Case.Id, known);
        Write(known, built.Case, built.Steps);
        if (known is null)
        {
            rows.ForgetCases(track.Station, CountyLimits.CasesOfStationMax);
        }
    }

    private void Write(Case? known, Case now, IReadOnlyList<CaseStep> steps)
    {
        now.LastStep = known?.LastStep ?? 0;
        now.Version = known?.Version ?? 0;
        Dictionary<string, CaseStep> old = new(StringComparer.Ordinal);
        foreach (CaseStep step in known is null ? [] : rows.Steps(now.Id))
        {
            // Of those that were taken back and told anew, the last.
            old[step.Source] = step;
        }

        List<CaseStep> added = [];
        bool changed = known is null || !known.Says(now);
        foreach (CaseStep step in steps)
        {
            if (!old.Remove(step.Source, out CaseStep? kept) || kept.Withdrawn)
            {
                // What was taken back and holds after all is told anew, such as that a case is closed once more.
                step.N = ++now.LastStep;
                step.Number = rows.NextCaseNumber();
                added.Add(step);
                rows.Put(step);
            }
            else if (!kept.Says(step))
            {
                (step.N, step.Number) = (kept.N, kept.Number);
                rows.Put(step);
                changed = true;
            }
        }

        foreach (CaseStep gone in old.Values.Where(step => !step.Withdrawn && now.State != CaseState.Merged))
        {
            gone.Withdrawn = true;
            rows.Put(gone);
            changed = true;
        }

        if (!changed && added.Count == 0)
        {
            return;
        }

        now.Version++;
        rows.Put(now);
        _changed[now.Id] = _changed.TryGetValue(now.Id, out CaseChange? earlier)
            ? new CaseChange(now, [.. earlier.Steps, .. added]) : new CaseChange(now, added);
        if (now.Class == CaseClass.Alarm)
        {
            AddDay(known);
            AddDay(now);
        }
    }

    /// <summary>An alarm that is, or was, a false one counts on its day.</summary>
    private void AddDay(Case? alarm)
    {
        if (alarm is { Judgement: CaseJudgement.False })
        {
            _days.Add((alarm.Station, DayOf(alarm.OpenedMs)));
        }
    }

    private static uint DayOf(long ms) => (uint)((ms + CountyLimits.DayAheadMs) / TimeSpan.MillisecondsPerDay);

    private static long StartOf(uint day) => (day * TimeSpan.MillisecondsPerDay) - CountyLimits.DayAheadMs;

    private void GoOverDays()
    {
        foreach ((uint station, uint day) in _days.ToArray())
        {
            CaseTrack track = new(station, 0, Lane.Fire, TrackKind.FalseAlarms, day);
            IReadOnlyList<Case> alarms = rows.FalseAlarms(station, StartOf(day), StartOf(day + 1));
            int too = alarms.Count == 0 ? 0 : CaseSettingsOf.At(LoadSettings(), alarms[0].ReceivedMs).FalseAlarmsADay;
            BuiltCase? built = alarms.Count == 0 || alarms.Count < too ? null : CaseBuilder.OfFalseAlarms(
                track, alarms[too - 1], alarms.Count, rows.Acts(track, day - 1, day), LoadSettings());
            if (built is not null)
            {
                rows.Add(new CaseMark(track, day, MarkRole.Begin));
            }

            Keep(track, rows.Cases(track, day - 1, day), built);
        }

        _days.Clear();
    }

    /// <summary>Settings of before, and those of now where they are others.</summary>
    private IReadOnlyList<CaseSettingsOf> LoadSettings()
    {
        if (_settings is not null)
        {
            return _settings;
        }

        // Whoever works on cases has them for himself until the commit.
        rows.NextCaseNumber();
        List<CaseSettingsOf> all = [.. rows.CaseSettings()];
        CaseSettings inForce = settings ?? (all.Count > 0 ? all[^1].Settings : new CaseSettings());
        if (all.Count == 0 || all[^1].Settings.ToString() != inForce.ToString())
        {
            CaseSettingsOf added = new(nowMs, inForce);
            rows.Add(added);
            all.Add(added);
        }

        return _settings = all;
    }
}
