// Owns: what this process has seen of one event: in flash, sent, held by the county.
// Must never: be believed over the log itself; it is for showing.

using Gateway.Contract;

namespace Gateway.Pc.Run;

/// <summary>One event and its way. Times are milliseconds since the start of this process; -1 = not yet, or before it.</summary>
public sealed class EventTrace(EventRecord record, long inFlashMs)
{
    public EventRecord Record { get; } = record;

    public long InFlashMs { get; } = inFlashMs;

    /// <summary>First time that it went to the broker.</summary>
    public long SentMs { get; set; } = -1;

    /// <summary>When the county's word on it came.</summary>
    public long HeldMs { get; set; } = -1;
}

/// <summary>How far an event has come.</summary>
public enum EventStep
{
    InFlash,
    Sent,
    Held,
}
