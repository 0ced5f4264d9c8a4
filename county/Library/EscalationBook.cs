// Owns: when an alarm goes from village to township to county, and what ends its wait.
// Must never: judge a drill, or forget an open alarm over a restart: all of it is in rows.

using System.Numerics;
using Gateway.Contract;

namespace Gateway.County;

/// <summary>The escalations of one transaction. Driven by events and by the county's clock, not by the gateway's.</summary>
internal sealed class EscalationBook(IStoreTransaction rows, CountyOptions options, AlarmWaits waits, Instant now)
{
    // The second phase of a delay: somebody answered and went to look, and nothing was reset.
    private const int TimeToLook = 2;

    // An answer names zones as 32 bits; of a zone beyond them nobody knows whether it was meant, so it is asked.
    private const int ZonesInAnswer = 32;

    private readonly HashSet<uint> _ended = [];
    private List<Escalation>? _open;

    /// <summary>What began, rose or ended, in the order of the changes.</summary>
    public List<Escalation> Changed { get; } = [];

    /// <summary>Works new events in, each station's in the order in which they happened.</summary>
    /// <param name="added">Stored for the first time.</param>
    /// <param name="conflicting">Fires that came under the name of another record; no answer given before counts for them.</param>
    public void Arrived(IEnumerable<StoredEvent> added, IReadOnlyCollection<StoredEvent> conflicting)
    {
        foreach (StoredEvent stored in added.Concat(conflicting).Where(Concerns).OrderBy(e => e.Record.Boot).ThenBy(e => e.Record.UptimeMs))
        {
            EventRecord r = stored.Record;
            switch (r.Kind)
            {
                case EventKind.FireAlarm when conflicting.Contains(stored) || !AnsweredJustNow(stored):
                    Begin(stored, r.Zone);
                    break;
                case EventKind.Acknowledged:
                    End(stored, EscalationEnd.Answered);
                    break;
                case EventKind.Silenced:
                    Silenced(stored);
                    break;
                case EventKind.DelayExpired when r.A == TimeToLook:
                    LookExpired(stored);
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

    /// <summary>Raises it by a level at once, where there is one above.</summary>
    public void RaiseOne(Escalation open) =>
        Raise(open, (EscalationLevel)Math.Min((int)open.Level + 1, (int)EscalationLevel.County));

    /// <summary>The open ones that have waited for so long.</summary>
    public IReadOnlyList<Escalation> Waiting(long forMs) => [.. Open().Where(open => waits.WaitedMs(open, now) >= forMs)];

    private static bool Concerns(StoredEvent stored) =>
        stored.Record.Kind is EventKind.FireAlarm or EventKind.Acknowledged or EventKind.DelayExpired or EventKind.ClockMissed
            or EventKind.Silenced or EventKind.Reset
        && !stored.Record.Flags.HasFlag(EventFlags.Drill);

    /// <summary>Also an alarm of a further zone, or of the same one after some time: whoever answered did not answer that.</summary>
    private void Begin(StoredEvent stored, int zone)
    {
        Escalation? hidden = Of(stored);
        if (hidden is { Cause: EscalationCause.Fire })
        {
            Join(hidden, stored.Key.Epoch, zone);
            return;
        }

        Escalation begun = new()
        {
            Alarm = stored.Key,
            Zone = zone,
            Zones = BitOf(zone),
            Epochs = [stored.Key.Epoch],
            StartedMs = stored.ReceivedMs,
            Level = hidden?.Level ?? EscalationLevel.Village,
            LevelMs = stored.ReceivedMs,
        };
        if (hidden is null)
        {
            waits.Begin(begun.Alarm, now);
        }
        else
        {
            // What was missing is here; whoever was called stays called.
            waits.TakeOver(hidden, begun, now);
            End(hidden, EscalationEnd.Arrived);
        }

        Open().Add(begun);
        Keep(begun);
    }

    /// <summary>A further fire: what is new of it is kept, and it is told again where that says something.</summary>
    private void Join(Escalation open, uint epoch, int zone)
    {
        uint zones = open.Zones | BitOf(zone);
        bool newZone = zones != open.Zones;
        bool newEpoch = !open.Epochs.Contains(epoch) && !open.Epochs.Contains(0u);
        open.Zones = zones;
        if (newEpoch)
        {
            open.Epochs = open.Epochs.Count < CountyLimits.EscalationEpochsMax ? [.. open.Epochs, epoch] : [0];
        }

        if (newZone || newEpoch)
        {
            rows.Put(open);
        }

        if (newZone || waits.MayTellAgain(open.Alarm, now))
        {
            Tell(open);
        }
    }

    private static uint BitOf(int zone) => zone is >= 1 and <= ZonesInAnswer ? 1u << (zone - 1) : 0;

    /// <summary>
    /// Heartbeats tell of a fire whose records do not come: that waits for an answer as a fire does. Where one waits already, people know.
    /// </summary>
    public void BeginHidden(FireBeat beat, uint zones)
    {
        if (Open().Exists(open => open.Alarm.Station == beat.Station))
        {
            return;
        }

        Escalation begun = new()
        {
            Alarm = new EventKey(beat.Station, beat.Epoch, Lane.Fire, 0),
            Cause = EscalationCause.HiddenFire,
            Zone = zones == 0 ? 0 : BitOperations.TrailingZeroCount(zones) + 1,
            Zones = zones,
            Epochs = [beat.Epoch],
            StartedMs = now.UtcMs,
            LevelMs = now.UtcMs,
        };
        waits.Begin(begun.Alarm, now);
        Open().Add(begun);
        Keep(begun);
    }

    /// <summary>Heartbeats tell of nothing any more that the county does not have.</summary>
    public void EndHidden(FireBeat beat)
    {
        if (Open().Find(open => open.Cause == EscalationCause.HiddenFire && open.Alarm.Station == beat.Station) is { } open)
        {
            End(open, EscalationEnd.Arrived);
        }
    }

    /// <summary>
    /// A zone that rests and signals again: what a person has just answered is not asked again before the time that a look may take.
    /// Over a restart of the box that time is not known, and it is asked.
    /// </summary>
    private bool AnsweredJustNow(StoredEvent alarm)
    {
        EventRecord r = alarm.Record;
        return Of(alarm) is null
            && rows.LastAnswer(r.Station, r.Epoch, r.Sequence) is { Record: { Kind: EventKind.Acknowledged } answer }
            && r.Zone is >= 1 and <= ZonesInAnswer && ((uint)answer.A >> (r.Zone - 1) & 1) != 0
            && answer.Boot == r.Boot
            && r.UptimeMs - answer.UptimeMs < options.SameZoneAgainMs;
    }

    /// <summary>
    /// The time for a look ran out at the box, and all its outputs act: the wait begins anew, unless an answer or a reset came later, which
    /// travel before it.
    /// </summary>
    private void LookExpired(StoredEvent expired)
    {
        EventRecord r = expired.Record;
        bool later = rows.LastAnswer(r.Station, r.Epoch, uint.MaxValue) is { Record: { } last }
            && (last.Boot, last.UptimeMs).CompareTo((r.Boot, r.UptimeMs)) > 0;
        if (!later)
        {
            Begin(expired, BitOperations.TrailingZeroCount((uint)r.B) % 32 + 1);
        }
    }

    /// <summary>Silence is shown and stops nothing: an annoyed person is no answer.</summary>
    private void Silenced(StoredEvent stored)
    {
        if (Of(stored) is { End: EscalationEnd.None } open)
        {
            open.End = EscalationEnd.Silenced;
            Keep(open);
        }
    }

    /// <summary>
    /// What a person did at the box is an answer to all that waits of the station, also where the box has another store by then. Only where
    /// two boxes have its number does each answer for itself, so that nobody's fire ends by the other's key.
    /// </summary>
    private void End(StoredEvent stored, EscalationEnd end)
    {
        if (Of(stored) is not { } open)
        {
            return;
        }

        uint[] left = [.. open.Epochs.Where(epoch => epoch != stored.Key.Epoch)];
        if (left is [] or [0] || !Twins(open))
        {
            End(open, end);
        }
        else if (left.Length < open.Epochs.Count)
        {
            open.Epochs = left;
            rows.Put(open);
        }
    }

    private bool Twins(Escalation open) =>
        rows.State(open.Alarm.Station) is { TwinsMs: > 0 } state && state.TwinsMs >= open.StartedMs - CountyLimits.TwinsKnownMs;

    private void End(Escalation open, EscalationEnd end)
    {
        open.End = end;
        open.EndedMs = now.UtcMs;
        Open().Remove(open);
        Keep(open);
        if (_ended.Add(open.Alarm.Station))
        {
            rows.ForgetEscalations(open.Alarm.Station, CountyLimits.EscalationsEndedMax);
        }
    }

    /// <summary>
    /// A clock that the gateway itself saw missed, such as "on the scene" after an answer: its level counts for the alarm, open or not.
    /// </summary>
    private void Missed(EventRecord r)
    {
        EventKey alarm = new(r.Station, r.Epoch, Lane.Fire, (uint)r.C);

        // After a restart the gateway does not know the alarm's sequence any more.
        // An alarm that belongs to an open one has no row of its own.
        Escalation? known = r.C == 0 ? null : Open().Find(open => open.Alarm == alarm) ?? rows.Escalation(alarm);
        if ((known ?? Open().Find(open => open.Alarm.Station == r.Station)) is { } escalation)
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
        waits.Told(escalation.Alarm, now);
        Tell(escalation);
    }

    private void Tell(Escalation escalation)
    {
        Changed.Remove(escalation);
        Changed.Add(escalation);
    }

    private Escalation? Of(StoredEvent stored) => Open().Find(open => open.Alarm.Station == stored.Record.Station);

    private List<Escalation> Open() => _open ??= [.. rows.OpenEscalations()];
}
