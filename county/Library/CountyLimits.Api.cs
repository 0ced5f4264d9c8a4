// Owns: the bounds of programs that read the API, each with its reason.
// Must never: let a program's questions make people at a desk wait.

namespace Gateway.County;

public static partial class CountyLimits
{
    /// <summary>Tokens: some programs for each of a county's townships.</summary>
    public const int ApiTokensMax = 200;

    /// <summary>How old what is known of the tokens may be, ms: one that is removed is refused within a second.</summary>
    public const int ApiTokensKnownMs = 1_000;

    /// <summary>
    /// Questions of one token: at once, as a screen that begins asks for everything, and in a second on the average, as one that looks
    /// every few seconds does. And of all tokens together, so that they leave half of a processor to what matters.
    /// </summary>
    public const int ApiAtOnce = 60;
    public const int ApiPerSecond = 2;
    public const int ApiAllAtOnce = 120;
    public const int ApiAllPerSecond = 20;

    /// <summary>Items of one answer where nobody says, and at most; then the answer says that there are more.</summary>
    public const int ApiItems = 100;
    public const int ApiItemsMax = 500;

    /// <summary>Longest span of the history in one question, days: a year and a day that was cut off.</summary>
    public const int ApiDaysMax = 366;
}
