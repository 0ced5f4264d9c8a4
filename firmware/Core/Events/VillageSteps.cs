// Owns: what the village's events tell by a number of their own.
// Must never: be numbered anew; the numbers are in records and heartbeats.

namespace Gateway.Core
{
    /// <summary>Station codes.</summary>
    public enum StationCode : byte
    {
        /// <summary>None yet.</summary>
        None = 0,
        Green = 1,
        Yellow = 2,
        Red = 3,
    }

    /// <summary>Steps of a last look; a record's A.</summary>
    public enum LastLook : byte
    {
        Due = 0,
        Done = 1,
        Missed = 2,
    }

    /// <summary>How far the delay of sounders and relays has come; detail A of its event.</summary>
    public enum DelayPhase : int
    {
        None = 0,

        /// <summary>t1: somebody is to acknowledge the fire.</summary>
        ToAcknowledge = 1,

        /// <summary>t2: somebody looks, and resets or lets it run out.</summary>
        ToLook = 2,

        /// <summary>All outputs work.</summary>
        Over = 3,
    }

    /// <summary>Who is to be told of a clock that was missed; detail B of its event.</summary>
    public enum ClockLevel : int
    {
        None = 0,
        Village = 1,
        Township = 2,
        County = 3,
    }
}
