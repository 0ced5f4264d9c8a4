// Owns: how long call-outs under way have waited.
// Must never: let a wall clock that was set hold a call back or hasten one.

namespace Gateway.County;

/// <summary>
/// On the clock that never steps. After a restart a wait is what the rows say, no more than its limit and no less than nothing, so that a
/// wrong clock costs one wait at most.
/// </summary>
internal sealed class CalloutWaits
{
    private readonly Dictionary<(string Case, int Of), long> _sinceRunMs = [];

    /// <summary>Whether a wait is over.</summary>
    /// <param name="one">The case.</param>
    /// <param name="of">Which of its waits.</param>
    /// <param name="fromMs">When it began, by the wall clock.</param>
    /// <param name="limitMs">How long it is.</param>
    /// <param name="now">This moment.</param>
    public bool IsOver(string one, int of, long fromMs, long limitMs, Instant now)
    {
        if (!_sinceRunMs.TryGetValue((one, of), out long sinceRunMs))
        {
            sinceRunMs = now.SinceRunMs(fromMs, limitMs);
            _sinceRunMs.Add((one, of), sinceRunMs);
        }

        return now.RunMs - sinceRunMs >= limitMs;
    }

    /// <summary>Forgets all but these cases.</summary>
    public void KeepOnly(IReadOnlySet<string> cases)
    {
        foreach ((string Case, int Of) gone in _sinceRunMs.Keys.Where(key => !cases.Contains(key.Case)).ToArray())
        {
            _sinceRunMs.Remove(gone);
        }
    }
}
