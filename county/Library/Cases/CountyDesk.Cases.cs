// Owns: cases at the county's desk: what messages, silence, waiting and due times make of them, each in one transaction.
// Must never: tell of what was not committed, or judge a due time by a clock that is not trusted.

namespace Gateway.County;

public sealed partial class CountyDesk
{
    // Stations whose silence is an open case; null = not read yet.
    private HashSet<uint>? _silentCases;
    private readonly CalloutWaits _calloutWaits = new();

    // Alarms that waited long enough to call by themselves, and were looked at for it.
    private readonly HashSet<EventKey> _calledOut = [];
    private long _caseLookRunMs = long.MinValue;

    private IReadOnlySet<uint> SilentCases(IStoreTransaction rows) => _silentCases ??=
        [.. (rows.Cases?.OpenCases(CaseClass.Silent) ?? []).Where(one => one.EndedMs == 0).Select(one => one.Station)];

    private CaseBook? NewCases(IStoreTransaction rows, Instant now) => CaseBook.Of(rows, _options.Cases, _clock, now, new WorkBook());

    /// <summary>Rooms write what they make of changed cases with them.</summary>
    private void StoringCases(IStoreTransaction rows, IReadOnlyList<CaseChange> changes)
    {
        if (changes.Count > 0)
        {
            // Told to whoever watches with their places; other steps are told by their events.
            Case[] told = [.. changes.Where(one => one.Steps.Any(step => step.Kind == CaseStepKind.Overdue)).Select(one => one.Case)];
            if (told.Length > 0)
            {
                rows.Name(told);
            }

            foreach (ICountyRoom room in Rooms)
            {
                room.CasesChanged(rows, changes);
            }
        }
    }

    private void TellCases(IReadOnlyList<CaseChange> changes)
    {
        foreach (CaseChange change in changes)
        {
            if (change.Case is { Class: CaseClass.Silent, Station: var station })
            {
                _ = change.Case.EndedMs == 0 && change.Case.IsOpen ? _silentCases?.Add(station) : _silentCases?.Remove(station);
            }

            _observer.CaseChanged(change);
        }
    }

    /// <summary>What boxes of other makers tell.</summary>
    private IReadOnlyList<CaseChange> EnterCases(
        IStoreTransaction rows, IReadOnlyList<StoredEvent> stored, IEnumerable<uint> heard, Instant now)
    {
        uint[] back = [.. heard.Where(SilentCases(rows).Contains)];
        if ((back.Length == 0 && !stored.Any(CaseBook.Concerns)) || NewCases(rows, now) is not { } book)
        {
            return [];
        }

        Array.ForEach(back, book.Heard);
        book.Arrived(stored, [], []);
        StoringCases(rows, book.Changed);
        return book.Changed;
    }

    /// <summary>
    /// An alarm that went up because nobody answered has its case go up with it; one that waited long enough calls reinforcements.
    /// </summary>
    private IReadOnlyList<CaseChange> RaiseCases(
        IStoreTransaction rows, IReadOnlyList<Escalation> changed, IReadOnlyList<Escalation> calling, Instant now)
    {
        Escalation[] risen = [.. changed.Where(e => e.EndedMs == 0
            && (e.Level > EscalationLevel.Village || e.Cause == EscalationCause.HiddenFire))];
        if ((risen.Length == 0 && calling.Count == 0) || NewCases(rows, now) is not { } book)
        {
            return [];
        }

        foreach (Escalation escalation in risen)
        {
            if (escalation.Cause == EscalationCause.Fire)
            {
                book.Escalated(escalation);
            }
            else if (Find(escalation.Alarm.Station) is { } station)
            {
                book.Hidden(escalation, station);
            }
        }

        book.GoOver();
        foreach (Escalation escalation in calling)
        {
            book.Unanswered(escalation);
        }

        book.GoOver();
        StoringCases(rows, book.Changed);
        return book.Changed;
    }

    /// <summary>What time alone makes of cases: stations that are not heard, and what is due.</summary>
    private void LookAtCases(Instant now)
    {
        if (!now.IsPast(_caseLookRunMs, CountyLimits.CaseLookMs))
        {
            return;
        }

        _caseLookRunMs = now.RunMs;
        CaseBook? book;
        using (IStoreTransaction rows = _store.Begin())
        {
            IReadOnlySet<uint> known = SilentCases(rows);
            uint[] silent = [.. _heardRunMs.Keys.Where(s => !known.Contains(s) && IsSilentCase(s, now))];
            IReadOnlyList<Case> due = _clock.Good
                ? rows.Cases?.DueCases(CaseBook.MomentOf(_clock, now), CountyLimits.CasesDueMax) ?? [] : [];
            IReadOnlyList<CalloutRun> runs = rows.Cases?.Callouts() ?? [];
            _calloutWaits.KeepOnly(runs.Select(run => run.Case).ToHashSet(StringComparer.Ordinal));
            if ((silent.Length == 0 && due.Count == 0 && runs.Count == 0) || (book = NewCases(rows, now)) is null)
            {
                return;
            }

            foreach (uint station in silent)
            {
                book.Silent(Find(station)!);
            }

            foreach (Case one in due)
            {
                book.Overdue(one);
            }

            book.LookAtCallouts(runs, _calloutWaits, _options.CalloutRingAfterMs, now);
            book.GoOver();
            StoringCases(rows, book.Changed);
            rows.Commit();
        }

        TellCases(book.Changed);
    }

    /// <summary>As with silence, it counts from the county's start at the earliest.</summary>
    private bool IsSilentCase(uint station, Instant now) => Find(station) is not null
        && now.RunMs - (_heardRunMs.GetValueOrDefault(station) ?? _startedRunMs ?? now.RunMs)
            > Math.Max(_beats.LimitMs(station), _options.Cases.SilentAfterS * 1_000L);
}
