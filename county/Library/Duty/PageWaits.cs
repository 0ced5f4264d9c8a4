// Owns: how long each unanswered fire has waited without a duty page that sounds and may see it.
// Must never: count the time in which pages come back after a start of the county, or a fire that somebody at a desk has taken.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>What the county's desk knows of open duty pages; set where a page is required.</summary>
public interface IDutyPages
{
    /// <summary>Whether a page that sees the township is open and sounds. Called on the working thread; returns at once.</summary>
    bool Sounds(string township);

    /// <summary>
    /// A fire waited too long without one and went up a level, where there is one above. Called after the commit; returns at once.
    /// </summary>
    void Missed(StationRegistration station, Escalation open);
}

/// <summary>
/// Waits run on the clock that never steps. What is known is lost with a restart; then each wait begins anew, and a fire that went up for
/// want of a page may do so once more.
/// </summary>
internal sealed class PageWaits(IDutyPages? pages)
{
    private readonly Dictionary<EventKey, long> _heardRunMs = [];
    private readonly HashSet<EventKey> _missed = [];
    private long? _startedRunMs;

    /// <summary>Open ones that nobody could hear for too long, each once until a page is there for it.</summary>
    /// <param name="open">All that wait for an answer.</param>
    /// <param name="townshipOf">Of a station; empty where nobody knows.</param>
    /// <param name="isTaken">Whether somebody at a desk has it.</param>
    /// <param name="now">This moment.</param>
    public IReadOnlyList<Escalation> Due(
        IReadOnlyList<Escalation> open, Func<uint, string> townshipOf, Func<Escalation, bool> isTaken, Instant now)
    {
        _startedRunMs ??= now.RunMs;
        if (pages is null)
        {
            return [];
        }

        HashSet<EventKey> kept = [.. open.Select(one => one.Alarm)];
        foreach (EventKey gone in _heardRunMs.Keys.Where(alarm => !kept.Contains(alarm)).ToArray())
        {
            _heardRunMs.Remove(gone);
            _missed.Remove(gone);
        }

        List<Escalation> due = [];
        foreach (Escalation one in open)
        {
            if (pages.Sounds(townshipOf(one.Alarm.Station)) || isTaken(one))
            {
                _heardRunMs[one.Alarm] = now.RunMs;
                _missed.Remove(one.Alarm);
            }
            else if (!_heardRunMs.TryGetValue(one.Alarm, out long sinceRunMs))
            {
                _heardRunMs.Add(one.Alarm, now.RunMs);
            }
            else if (now.RunMs - sinceRunMs >= CountyLimits.DutyPageWaitMs
                && now.RunMs - _startedRunMs >= CountyLimits.DutyPageGraceMs && !_missed.Contains(one.Alarm))
            {
                due.Add(one);
            }
        }

        return due;
    }

    /// <summary>It is committed.</summary>
    public void Told(Escalation open, StationRegistration? station)
    {
        _missed.Add(open.Alarm);
        if (station is not null)
        {
            pages?.Missed(station, open);
        }
    }
}
