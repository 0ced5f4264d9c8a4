// Owns: how long each open command is still good, and when it is sent again.
// Must never: let a wall clock that was set end a command early or keep it for ever.

namespace Gateway.County;

/// <summary>
/// Lives run on the clock that never steps, from the moment at which this process first saw the command: what is left of it by the row
/// then, but never more than its whole life.
/// </summary>
internal sealed class CommandWaits
{
    private readonly Dictionary<(uint Station, uint Number), long> _endRunMs = [];
    private readonly Dictionary<(uint Station, uint Number), long> _sentRunMs = [];

    /// <summary>How long the command is still good, ms; 0 or less: it is over.</summary>
    public long LeftMs(StationCommand command, Instant now)
    {
        (uint, uint) name = (command.Station, command.Number);
        if (!_endRunMs.TryGetValue(name, out long endRunMs))
        {
            long wholeMs = Math.Max(0, command.ExpiresMs - command.QueuedMs);
            endRunMs = now.SinceRunMs(command.QueuedMs, wholeMs) + wholeMs;
            _endRunMs.Add(name, endRunMs);
        }

        return endRunMs - now.RunMs;
    }

    /// <summary>Whether an open command is to be given up or may be sent at this moment.</summary>
    public bool IsDue(StationCommand command, Instant now) =>
        LeftMs(command, now) <= 0
        || !_sentRunMs.TryGetValue((command.Station, command.Number), out long sentRunMs)
        || now.RunMs - sentRunMs >= CountyLimits.CommandRepeatMs;

    /// <summary>It went out, after its commit.</summary>
    public void Sent(StationCommand command, Instant now) => _sentRunMs[(command.Station, command.Number)] = now.RunMs;

    /// <summary>Forgets all but the open ones.</summary>
    public void KeepOnly(IEnumerable<StationCommand> open)
    {
        HashSet<(uint, uint)> kept = [.. open.Select(c => (c.Station, c.Number))];
        foreach ((uint, uint) name in _endRunMs.Keys.Where(name => !kept.Contains(name)).ToArray())
        {
            _endRunMs.Remove(name);
            _sentRunMs.Remove(name);
        }
    }
}
