// Owns: every bound of the technician's command, each with its reason.
// Must never: hold a bound of a settings text; those are Core's.

namespace Gateway.Technician;

internal static class TechnicianLimits
{
    /// <summary>What of a long line is shown before the place that is meant, and in all: a line of a terminal.</summary>
    public const int ShownBeforeChars = 60;
    public const int LineShownChars = 100;

    /// <summary>Work that takes longer, ms, says how far it is, and how often.</summary>
    public const int ProgressAfterMs = 1_000;
    public const int ProgressEveryMs = 1_000;

    /// <summary>A password at the broker: as long as those that the county makes.</summary>
    public const int PasswordChars = 24;

    /// <summary>Bytes of a Wi-Fi network's name and password, by the standard.</summary>
    public const int WifiNameBytesMax = 32;
    public const int WifiPasswordCharsMin = 8;
    public const int WifiPasswordCharsMax = 63;

    /// <summary>Bytes of a file with one password in it.</summary>
    public const int PasswordFileBytesMax = 1_024;

    /// <summary>The console's speed, as boards and terminals have it; 8 bits, no parity.</summary>
    public const int ConsoleBaud = 115_200;

    /// <summary>
    /// How long an answer is waited for, ms: a box that writes to a slow flash stands still for a second or two before it looks.
    /// </summary>
    public const int AnswerWaitMs = 5_000;

    /// <summary>An answer is over when so long, ms, nothing more came.</summary>
    public const int AnswerQuietMs = 300;

    /// <summary>One look at a port, ms: after it the cable is looked at, which a read of some systems does not notice.</summary>
    public const int PortLookMs = 100;

    /// <summary>Writing a line takes no longer, ms, unless the other side takes nothing.</summary>
    public const int PortWriteMs = 3_000;

    /// <summary>Bytes of an answer that are kept: more is noise or a box that prints without end.</summary>
    public const int AnswerBytesMax = 65_536;

    /// <summary>Bytes in a hundred that make an answer garbage: a wrong speed gives half and more, a bad cable some.</summary>
    public const int GarbagePerHundredMax = 10;

    /// <summary>Of an answer, what is shown of a line, and how many lines.</summary>
    public const int AnswerShownCharsMax = 100;
    public const int AnswerShownLinesMax = 10;

    /// <summary>A tool that says nothing for so long, ms, is said to be at work still.</summary>
    public const int StillAtWorkMs = 5_000;

    /// <summary>Characters that are kept of what a tool says: more is progress that nobody reads.</summary>
    public const int ToolSaysCharsMax = 200_000;

    /// <summary>A port comes back so long, ms, after a reset, by the system's own drivers; how often it is looked for.</summary>
    public const int PortBackMs = 15_000;
    public const int PortLookPauseMs = 200;

    /// <summary>Looks at what is left in a line before a talk: a whole answer fits in so many; noise is not heard out.</summary>
    public const int LeftLooksMax = 20;

    /// <summary>A box that starts anew just then, as with other settings, gives half an answer; so often it is asked.</summary>
    public const int HelpTriesMax = 3;

    /// <summary>Clocks of box and laptop that differ by so much, s, are told: a laptop's own may be a minute off.</summary>
    public const int ClockOffS = 120;

    /// <summary>A walk test, minutes: a village's houses on foot.</summary>
    public const int WalkTestMinutes = 60;

    /// <summary>A file that was not taken is sent so often: the wire loses one now and then.</summary>
    public const int FileTriesMax = 2;
}
