// Owns: the rows that a store keeps: events, lanes, gaps, losses, clocks, station states, counters.
// Must never: contain a rule; how rows follow from messages is the ledger's work.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>Names one event for ever.</summary>
public readonly record struct EventKey(uint Station, uint Epoch, Lane Lane, uint Sequence)
{
    public LaneKey InLane => new(Station, Epoch, Lane);
}

/// <summary>One lane of one life of a station's store.</summary>
public readonly record struct LaneKey(uint Station, uint Epoch, Lane Lane);

/// <summary>One start of a station.</summary>
public readonly record struct BootKey(uint Station, uint Epoch, uint Boot);

/// <summary>An event as the county keeps it: what the gateway told, and what the county knows about it.</summary>
public sealed class StoredEvent
{
    /// <summary>All fields as decoded.</summary>
    public required EventRecord Record { get; init; }

    /// <summary>The 64 bytes as they came.</summary>
    public required byte[] Raw { get; init; }

    /// <summary>Codes of the station's place when the event came.</summary>
    public required string County { get; init; }

    public required string Township { get; init; }

    public required string Village { get; init; }

    /// <summary>When the county received it, ms since 1970 UTC.</summary>
    public required long ReceivedMs { get; init; }

    /// <summary>
    /// When it happened, ms since 1970 UTC: as told, or reckoned from boot number and uptime, or, while neither is known, when it was
    /// received.
    /// </summary>
    public long TimeMs { get; set; }

    /// <summary>A <see cref="UtcQuality"/>: Unknown means that <see cref="TimeMs"/> is the time of receipt.</summary>
    public UtcQuality TimeQuality { get; set; }

    /// <summary>The names of the station's places in the start of this event; null = not known.</summary>
    public StationPlaces? Places { get; set; }

    /// <summary>Of a box's event just stored: where it came from. What is read from the store has it apart.</summary>
    public PeerOrigin? Origin { get; init; }

    /// <summary>It came under the name of another record, which stays in the table; this one stands among the conflicts.</summary>
    public bool Conflicting { get; set; }

    public EventKey Key => new(Record.Station, Record.Epoch, Record.LaneNumber, Record.Sequence);

    public BootKey BootKey => new(Record.Station, Record.Epoch, Record.Boot);

    /// <summary>What came under the name of this one, from the same place, with the time that is known of this one.</summary>
    public StoredEvent With(byte[] raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        EventRecord record = new();
        record.Decode(raw, 0, raw.Length);
        return new StoredEvent
        {
            Record = record,
            Raw = raw,
            County = County,
            Township = Township,
            Village = Village,
            ReceivedMs = ReceivedMs,
            TimeMs = TimeMs,
            TimeQuality = TimeQuality,
            Places = Places,
            Conflicting = true,
        };
    }
}

/// <summary>What the county holds of a lane.</summary>
public sealed class LaneState
{
    /// <summary>Everything that the gateway had through this sequence is stored; this is what it is told.</summary>
    public uint Held { get; set; }

    /// <summary>The highest sequence stored; may be above <see cref="Held"/> while something before it is still awaited.</summary>
    public uint Highest { get; set; }

    /// <summary>
    /// Everything through this sequence was stored, exported and taken away, but for fires: what comes again of it is known. 0 = nothing.
    /// Read only; whoever takes rows away writes it apart.
    /// </summary>
    public uint Pruned { get; init; }
}

/// <summary>Sequences that are missing between stored ones.</summary>
/// <param name="Lane">Where.</param>
/// <param name="First">First missing sequence.</param>
/// <param name="Last">Last missing sequence.</param>
/// <param name="SeenMs">When the county noticed, ms since 1970 UTC.</param>
/// <param name="OwnedBy">Sequence of the loss record that reports it; 0 when none has come.</param>
/// <param name="Merged">Several gaps of a lane that had too many: some of what is between first and last is stored.</param>
public readonly record struct Gap(LaneKey Lane, uint First, uint Last, long SeenMs, uint OwnedBy, bool Merged = false)
{
    /// <summary>How many are missing; of a merged one at most so many.</summary>
    public long Count => (long)Last - First + 1;
}

/// <summary>A part of a lane.</summary>
public readonly record struct LaneRange(LaneKey Lane, uint First, uint Last);

/// <summary>What a loss record says.</summary>
/// <param name="Lane">Where.</param>
/// <param name="Sequence">Of the loss record itself.</param>
/// <param name="First">First lost sequence.</param>
/// <param name="Last">Last lost sequence.</param>
public readonly record struct Loss(LaneKey Lane, uint Sequence, uint First, uint Last);

/// <summary>Where a moment of known time comes from; a higher number is better.</summary>
public enum ClockSource
{
    /// <summary>The county's own clock when a message of the open session came whose sender did not know the time.</summary>
    Receipt = 1,

    /// <summary>A record that tells its time.</summary>
    Record = 2,

    /// <summary>The head of a signed message whose sender's clock was synchronised.</summary>
    Head = 3,
}

/// <summary>A moment of known time in a boot.</summary>
/// <param name="Boot">Which start.</param>
/// <param name="Source">How good it is.</param>
/// <param name="UptimeMs">When in that start.</param>
/// <param name="UtcMs">The time then.</param>
public readonly record struct BootClock(BootKey Boot, ClockSource Source, long UptimeMs, long UtcMs)
{
    /// <summary>When the boot began, ms since 1970 UTC.</summary>
    public long StartMs => UtcMs - UptimeMs;
}

/// <summary>Messages that were refused, by reason and by the station that they claimed to be from.</summary>
/// <param name="Station">A registered station, or 0.</param>
/// <param name="Reason">A <see cref="DecodeResult"/>.</param>
/// <param name="Count">How many.</param>
/// <param name="FirstMs">First one, ms since 1970 UTC.</param>
/// <param name="LastMs">Last one.</param>
/// <param name="Sample">Topic of one of them, made printable and cut.</param>
public readonly record struct RefusalCount(uint Station, DecodeResult Reason, long Count, long FirstMs, long LastMs, string Sample);

/// <summary>A key that came a second time with different bytes.</summary>
/// <param name="Key">Which event.</param>
/// <param name="Raw">The other bytes; the stored event keeps its own.</param>
/// <param name="FirstMs">When these bytes first came, ms since 1970 UTC.</param>
/// <param name="LastMs">When they last came.</param>
/// <param name="Times">How often they came.</param>
/// <param name="StoredMs">When the stored event was received, ms since 1970 UTC.</param>
public sealed record Conflict(EventKey Key, byte[] Raw, long FirstMs, long LastMs, long Times, long StoredMs);

/// <summary>What was received in this time may have been sent by somebody who had the station's key.</summary>
/// <param name="Station">Which.</param>
/// <param name="SinceMs">First moment of receipt, ms since 1970 UTC.</param>
/// <param name="UntilMs">Last one.</param>
public readonly record struct Doubt(uint Station, long SinceMs, long UntilMs)
{
    public bool Covers(uint station, long receivedMs) => station == Station && receivedMs >= SinceMs && receivedMs <= UntilMs;
}
