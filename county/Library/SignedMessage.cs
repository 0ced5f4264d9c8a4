// Owns: a message whose topic, signature and body were found good.
// Must never: be made by anything but the gate.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>A message of a registered station, decoded. Exactly one of the bodies is there, none for a will.</summary>
public sealed class SignedMessage
{
    internal SignedMessage(StationRegistration from, MessageHeader header, long receivedMs)
    {
        From = from;
        Header = header;
        ReceivedMs = receivedMs;
    }

    public StationRegistration From { get; }

    public MessageHeader Header { get; }

    /// <summary>By the county's clock, ms since 1970 UTC.</summary>
    public long ReceivedMs { get; }

    public Hello? Hello { get; internal init; }

    public Heartbeat? Heartbeat { get; internal init; }

    public BatchBody? Batch { get; internal init; }

    /// <summary>Where it came.</summary>
    public string Topic => Header.Type switch
    {
        MessageType.Hello => From.Topics.Hello,
        MessageType.Heartbeat => From.Topics.Heartbeat,
        MessageType.Offline => From.Topics.Offline,
        _ => From.Topics.Up(Batch!.Lane),
    };

    /// <summary>True for what must not wait behind lesser news: a hello, since its answer opens the session, and fires.</summary>
    public bool Urgent => Hello is not null || Batch?.Lane == Lane.Fire;
}

/// <summary>The records of a batch, and what it continues.</summary>
/// <param name="Lane">0..2.</param>
/// <param name="After">The batch holds everything that the gateway still has above this sequence, up to the last record's.</param>
/// <param name="Events">1..16 in rising sequence.</param>
public sealed record BatchBody(int Lane, uint After, IReadOnlyList<StoredEvent> Events)
{
    public uint Last => Events[^1].Record.Sequence;
}
