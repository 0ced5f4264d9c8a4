// Owns: a message whose topic and signature were found good.
// Must never: be made by anything but the gate.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>
/// A signed message of a registered station. It has one of the bodies, or none: a will has no body, and neither has a message whose
/// content was refused.
/// </summary>
public sealed class SignedMessage
{
    internal SignedMessage(StationRegistration from, StationKey key, MessageHeader header, string topic, long receivedMs)
    {
        From = from;
        Key = key;
        Header = header;
        Topic = topic;
        ReceivedMs = receivedMs;
    }

    public StationRegistration From { get; }

    /// <summary>The key that signed it, which signs the answer too.</summary>
    public StationKey Key { get; }

    public MessageHeader Header { get; }

    /// <summary>Where it came.</summary>
    public string Topic { get; }

    /// <summary>By the county's clock, ms since 1970 UTC.</summary>
    public long ReceivedMs { get; }

    /// <summary>A <see cref="DecodeResult"/>: not Ok when a station of ours signed something that nobody may send.</summary>
    public DecodeResult Content { get; internal set; }

    public Hello? Hello { get; internal set; }

    public Heartbeat? Heartbeat { get; internal set; }

    public NamesRow? Names { get; internal set; }

    public BatchBody? Batch { get; internal set; }

    /// <summary>Called when it is dealt with; null where its broker keeps nothing.</summary>
    internal Action? Settled { get; set; }

    /// <summary>What it costs at least: itself and its records.</summary>
    internal int Units => 1 + (Batch?.Events.Count ?? 0);

    /// <summary>True for what must not wait behind lesser news: a hello, since its answer opens the session, and fires.</summary>
    public bool Urgent => Hello is not null || Batch?.Lane == Lane.Fire;
}

/// <summary>The records of a batch, and what it continues.</summary>
/// <param name="Lane">0..2.</param>
/// <param name="After">The batch holds everything that the gateway still has above this sequence, up to the last record's.</param>
/// <param name="Events">1..16 in rising sequence.</param>
public sealed record BatchBody(Lane Lane, uint After, IReadOnlyList<StoredEvent> Events)
{
    public uint Last => Events[^1].Record.Sequence;
}
