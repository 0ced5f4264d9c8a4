// Owns: when an alarm goes from village to township to county, and what ends its wait.
// Must never: judge a drill, or forget an open alarm over a restart: all of it is in rows.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>The escalations of one transaction. Driven by events and by the county's clock, not by the gateway's.</summary>
internal sealed class EscalationBook(IStoreTransaction rows, CountyOptions options, AlarmWaits waits, Instant now)
{
    // The answer is the first of the three clocks.
    private const int AnswerClock = 1;

    private List<Escalation>? _open;

    /// <summary>What began, rose or ended, in the order of the changes.</summary>
    public List<Escalation> Changed { get; } = [];

    /// <summary>Works new events in, each station's in the order in which they happened.</summary>
    public void Arrived(IEnumerable<StoredEvent> added)
    {
        foreach (StoredEvent stored in added.Where(Concerns).OrderBy(e => e.Record.Boot).ThenBy(e => e.Record.UptimeMs))
        {
            EventRecord r = stored.Record;
            switch (r.Kind)
            {
                case EventKind.FireAlarm:
                    Begin(stored);
                    break;
                case EventKind.ClockMet when r.A == AnswerClock:
                    End(stored, EscalationEnd.Answered);
                    break;
                case EventKind.Silenced when r.A == Origin.Key:
                    End(stored, EscalationEnd.Silenced);
                    break;
                case EventKind.Reset:
                    End(stored, EscalationEnd.Reset);
                    break;
                case EventKind.ClockMissed:
                    Missed(r);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Raises what nobody has answered in time.</summary>
    public void Pass()
    {
        waits.KeepOnly(Open());
        foreach (Escalation open in Open())
        {
            long waitedMs = waits.WaitedMs(open, now);
            Raise(open, waitedMs >= options.CountyAfterMs ? EscalationLevel.County
                : waitedMs >= options.TownshipAfterMs ? EscalationLevel.Township
                : EscalationLevel.Village);
        }
    }

    private static bool Concerns(StoredEvent stored) =>
        stored.Record.Kind is EventKind.FireAlarm or EventKind.ClockMet or EventKind.ClockMissed or EventKind.Silenced or EventKind.Reset
        && (stored.Record.Flags & EventFlags.Drill) == 0;

    private void Begin(StoredEvent stored)
    {
        if (Of(stored) is not null)
        {
            return;
        }

        Escalation begun = new()
        {
            Alarm = stored.Key,
            Zone = stored.Record.Zone,
            StartedMs = stored.ReceivedMs,
            LevelMs = stored.ReceivedMs,
        };
        waits.Begin(begun.Alarm, now);
        Open().Add(begun);
        Keep(begun);
    }

    private void End(StoredEvent stored, EscalationEnd end)
    {
        if (Of(stored) is { } open)
        {
            open.End = end;
            open.EndedMs = now.UtcMs;
            Open().Remove(open);
            Keep(open);
        }
    }

    /// <summary>
    /// A clock that the gateway itself saw missed, such as "on the scene" after an answer: its level counts for the alarm, open or not.
    /// </summary>
    private void Missed(EventRecord r)
    {
        EventKey alarm = new(r.Station, r.Epoch, Lane.Fire, (uint)r.C);
        if ((Open().Find(open => open.Alarm == alarm) ?? rows.Escalation(alarm)) is { } escalation)
        {
            Raise(escalation, (EscalationLevel)Math.Clamp(r.B, (int)EscalationLevel.Village, (int)EscalationLevel.County));
        }
    }

    private void Raise(Escalation escalation, EscalationLevel level)
    {
        if (level > escalation.Level)
        {
            escalation.Level = level;
            escalation.LevelMs = now.UtcMs;
            Keep(escalation);
        }
    }

    private void Keep(Escalation escalation)
    {
        rows.Put(escalation);
        Changed.Remove(escalation);
        Changed.Add(escalation);
    }

    private Escalation? Of(StoredEvent stored) =>
        Open().Find(open => open.Alarm.Station == stored.Record.Station && open.Alarm.Epoch == stored.Record.Epoch);

    private List<Escalation> Open() => _open ??= [.. rows.OpenEscalations()];
}
