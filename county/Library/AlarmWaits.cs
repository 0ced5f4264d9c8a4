// Owns: how long each open alarm has waited, and how a wait goes on after a restart.
// Must never: let a wall clock that was set, or is wrong at the start, hold an alarm back or send it up more than one level.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>
/// Waits run on the clock that never steps. After a restart the wait is what the rows say, between two bounds: not less than what its
/// level took, and not more than the next level takes. So a wall clock that is wrong at the start costs one more wait, or one level.
/// </summary>
internal sealed class AlarmWaits(CountyOptions options)
{
    private readonly Dictionary<EventKey, long> _sinceRunMs = [];
    private readonly Dictionary<EventKey, long> _toldRunMs = [];

    /// <summary>The alarm waits from now on.</summary>
    public void Begin(EventKey alarm, Instant now) => _sinceRunMs[alarm] = now.RunMs;

    /// <summary>A wait goes on under another alarm.</summary>
    public void TakeOver(Escalation from, Escalation to, Instant now) => _sinceRunMs[to.Alarm] = now.RunMs - WaitedMs(from, now);

    /// <summary>People were told of it.</summary>
    public void Told(EventKey alarm, Instant now) => _toldRunMs[alarm] = now.RunMs;

    /// <summary>Whether they are told again of an open one, since a further fire belongs to it; then that counts as told.</summary>
    public bool MayTellAgain(EventKey alarm, Instant now)
    {
        bool may = !_toldRunMs.TryGetValue(alarm, out long toldRunMs) || now.RunMs - toldRunMs >= CountyLimits.EscalationAgainMs;
        if (may)
        {
            Told(alarm, now);
        }

        return may;
    }

    public long WaitedMs(Escalation open, Instant now)
    {
        if (!_sinceRunMs.TryGetValue(open.Alarm, out long sinceRunMs))
        {
            sinceRunMs = StoredRunMs(open, now);
            _sinceRunMs.Add(open.Alarm, sinceRunMs);
        }

        return now.RunMs - sinceRunMs;
    }

    /// <summary>Forgets all but the open ones.</summary>
    public void KeepOnly(IEnumerable<Escalation> open)
    {
        HashSet<EventKey> kept = [.. open.Select(e => e.Alarm)];
        foreach (EventKey alarm in _sinceRunMs.Keys.Where(alarm => !kept.Contains(alarm)).ToArray())
        {
            _sinceRunMs.Remove(alarm);
        }

        foreach (EventKey alarm in _toldRunMs.Keys.Where(alarm => !kept.Contains(alarm)).ToArray())
        {
            _toldRunMs.Remove(alarm);
        }
    }

    private long StoredRunMs(Escalation open, Instant now)
    {
        long leastMs = open.Level switch
        {
            EscalationLevel.Village => 0,
            EscalationLevel.Township => options.TownshipAfterMs,
            _ => options.CountyAfterMs,
        };
        long mostMs = open.Level == EscalationLevel.Village ? options.TownshipAfterMs : options.CountyAfterMs;
        return now.SinceRunMs(open.StartedMs, mostMs, leastMs);
    }
}
