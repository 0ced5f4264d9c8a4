// Owns: what the county asks of a station, and what became of it, as a row.
// Must never: hold a rule of sending; that is the command book's.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>How far a command came; the numbers stand in databases.</summary>
public enum CommandState
{
    /// <summary>Waits for the station to be online, or for the command before it.</summary>
    Queued = 0,

    /// <summary>Published at least once; the answer is awaited.</summary>
    Sent = 1,

    /// <summary>The gateway took it; <see cref="StationCommand.Result"/> is a <see cref="CommandOutcome"/>, 0 = done.</summary>
    Done = 2,

    /// <summary>The gateway did not take it; <see cref="StationCommand.Result"/> is a <see cref="DecodeResult"/>.</summary>
    Refused = 3,

    /// <summary>Its life ended without an answer. An answer that comes later still counts.</summary>
    Expired = 4,
}

/// <summary>What to ask of a station. A, B and C by code: CONTRACT.md, "Commands".</summary>
public sealed record CommandRequest(uint Station, int Code, int A = 0, int B = 0, int C = 0)
{
    /// <summary>Text of the command, at most <see cref="Command.TextBytesMax"/> bytes.</summary>
    public ReadOnlyMemory<byte> Text { get; init; }

    /// <summary>How long the command is good from now on, s, 1..65535.</summary>
    public int LifeS { get; init; } = CountyLimits.CommandLifeS;

    /// <summary>What is wrong with it: place, value and what is allowed; null when nothing is.</summary>
    public string? Problem()
    {
        if (Station == 0)
        {
            return "station: 0; allowed: 1..4294967295";
        }

        if (Code is < 1 or > byte.MaxValue)
        {
            return $"code: {Code}; allowed: 1..255";
        }

        if (LifeS is < 1 or > CountyLimits.CommandLifeMaxS)
        {
            return $"life: {LifeS} s; allowed: 1..65535 s";
        }

        return Text.Length > Command.TextBytesMax ? $"text: {Text.Length} bytes; allowed: 0..{Command.TextBytesMax}" : null;
    }
}

/// <summary>A command with its number and what became of it.</summary>
public sealed class StationCommand
{
    public required uint Station { get; init; }

    /// <summary>Rises for this station for good, and is not below the clock in seconds since 2024 when it was given.</summary>
    public required uint Number { get; init; }

    /// <summary>See <see cref="CommandCode"/>.</summary>
    public required int Code { get; init; }

    public int A { get; init; }

    public int B { get; init; }

    public int C { get; init; }

    public byte[] Text { get; init; } = [];

    /// <summary>When it was asked for, ms since 1970 UTC.</summary>
    public required long QueuedMs { get; init; }

    /// <summary>From when on it is not sent any more.</summary>
    public required long ExpiresMs { get; init; }

    public CommandState State { get; set; }

    /// <summary>With Done a <see cref="CommandOutcome"/>, with Refused a <see cref="DecodeResult"/>, else 0.</summary>
    public int Result { get; set; }

    /// <summary>When it was last published; 0 = never.</summary>
    public long SentMs { get; set; }

    /// <summary>How often it was published.</summary>
    public int Times { get; set; }

    /// <summary>When the answering event was received; 0 = not yet.</summary>
    public long AnsweredMs { get; set; }

    public bool Open => State is CommandState.Queued or CommandState.Sent;

    /// <summary>The state as a word: queued, sent, done, not-done, refused, expired.</summary>
    public string StateName => State switch
    {
        CommandState.Queued => "queued",
        CommandState.Sent => "sent",
        CommandState.Done => Result == (int)CommandOutcome.Done ? "done" : "not-done",
        CommandState.Refused => "refused",
        _ => "expired",
    };

    /// <summary>Why it was not done or refused, as a word; empty when there is nothing to say.</summary>
    public string Why => State switch
    {
        CommandState.Done when Result != (int)CommandOutcome.Done => CommandOutcomes.Name(Result),
        CommandState.Refused => DecodeResults.Name(Result),
        _ => "",
    };
}
