// Owns: what can be told about a running station.
// Must never: hold up the loop: a watcher notes and returns.

using Gateway.Core;
using Gateway.Pc.Board;

namespace Gateway.Pc.Run;

/// <summary>Called on the loop's thread. Times are milliseconds since the start.</summary>
public abstract class Watcher
{
    /// <summary>Somebody did something to the board.</summary>
    /// <param name="done">False when the settings have no such zone or key.</param>
    public virtual void Moved(long ms, Hand hand, bool done)
    {
    }

    /// <summary>A zone's settled class changed, see <see cref="Core.InputClass"/>.</summary>
    /// <param name="zone">Index in the settings.</param>
    public virtual void Zone(long ms, int zone, InputClass settled)
    {
    }

    /// <summary>An output was told to do something else, see <see cref="Core.Pattern"/>.</summary>
    public virtual void Output(long ms, OutputRole role, Pattern pattern)
    {
    }

    /// <summary>An event came one step further.</summary>
    public virtual void Event(long ms, EventTrace trace, EventStep step)
    {
    }

    /// <summary>The uplink's state changed, see <see cref="Core.UplinkState"/>.</summary>
    public virtual void Uplink(long ms, UplinkState state)
    {
    }

    /// <summary>The gateway has restarted in order, with these settings.</summary>
    public virtual void Restarted(long ms, Core.Settings settings)
    {
    }

    /// <summary>A script has something to say.</summary>
    /// <param name="good">How a line came out; null for what only tells.</param>
    public virtual void Script(long ms, bool? good, string text)
    {
    }
}
