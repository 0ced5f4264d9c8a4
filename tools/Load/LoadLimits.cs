// Owns: the bounds of the load generator, with their reasons.
// Must never: differ from the gateway's where the two mean the same.

namespace Gateway.Tools.Load;

/// <summary>What a played station does as the gateway does it, and how much one process takes.</summary>
public static class LoadLimits
{
    /// <summary>Stations of a process: as many as one address has ports for connections to one other.</summary>
    public const int StationsMax = 28_000;

    /// <summary>The province has 90.</summary>
    public const int CountiesMax = 90;

    /// <summary>A day: longer than any trial.</summary>
    public const int SecondsMax = 86_400;

    /// <summary>Fires a minute: a hundred a second is more than a province has in an earthquake.</summary>
    public const int FiresMax = 6_000;

    /// <summary>Between two looks at all stations: what a station does by itself may be so late.</summary>
    public const int TickMs = 50;

    /// <summary>Records in a batch, as the gateway sends.</summary>
    public const int RecordsMax = 4;

    /// <summary>Batches without an answer, as at the gateway; one is left for a fire.</summary>
    public const int InFlightMax = 4;

    /// <summary>Between two full batches of a lesser lane: the gateway's 10 records a second of a backlog.</summary>
    public const int LesserApartMs = 400;

    /// <summary>The county's answer is awaited so long, and so often, as at the gateway.</summary>
    public const int AnswerMs = 10_000;

    public const int AnswersMissedMax = 3;

    /// <summary>A hello is said again after this, twice this and so on.</summary>
    public const int HelloAgainMs = 2_000;

    /// <summary>The answer to it is awaited so long.</summary>
    public const int WelcomeMs = 30_000;

    /// <summary>A connection attempt is given up after this.</summary>
    public const int OpenMs = 35_000;

    /// <summary>First and longest pause between attempts; each is between half of it and all.</summary>
    public const int BackOffFirstMs = 1_000;

    public const int BackOffMaxMs = 60_000;

    /// <summary>A session that lasted so long begins the pauses anew.</summary>
    public const int SettledMs = 2 * BackOffMaxMs;

    public const int KeepAliveS = 30;

    /// <summary>A fire is reset after this, so that each is a fire of its own.</summary>
    public const int FireOpenMs = 10_000;

    /// <summary>Later than this a fire's answer is told as late: an operator has a call waiting by then.</summary>
    public const int LateMs = 10_000;

    /// <summary>Given to each socket: with the library's 8 KB what is sent waits for what is received.</summary>
    public const int SocketBytes = 65_536;

    /// <summary>Between two lines of the report.</summary>
    public const int LineS = 10;

    /// <summary>How long connections may take to end at the end.</summary>
    public const int CloseMs = 10_000;
}
