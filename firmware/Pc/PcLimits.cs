// Owns: every bound of the PC's gateway but those of scripts, each with its reason.
// Must never: hold a bound of the alarm logic; those are Core's.

using Gateway.Core;

namespace Gateway.Pc;

/// <summary>Sizes, counts and times of the program, its screen and its virtual board.</summary>
public static class PcLimits
{
    /// <summary>Events that a screen shows.</summary>
    public const int EventsShownMax = 10;

    /// <summary>Actions of a person between two ticks: more than anybody can press.</summary>
    public const int HandsMax = 64;

    /// <summary>Events that are kept: two batches of every lane in flight, and the screen's ten.</summary>
    public const int EventsKeptMax = 256;

    /// <summary>Marked lines that are kept for the end of a story: as many as somebody scrolls back to.</summary>
    public const int OutcomesKeptMax = 1_000;

    /// <summary>Of these, the newest that the screen shows: it has other things to show.</summary>
    public const int OutcomesShownMax = 4;

    /// <summary>
    /// Plain lines that wait for a reader: a storm of 32 zones makes about ten each, and a reader may be ten storms behind.
    /// </summary>
    public const int LinesWaitingMax = 4_096;

    /// <summary>After a stall as long as this, missed ticks are not made up for.</summary>
    public const int StallMs = 1_000;

    /// <summary>Between two looks whether an answer of the county is there, in a story that runs ahead.</summary>
    public const int AnswerLookMs = 1;

    /// <summary>Between two pictures of a story that runs ahead: twenty a second are smooth.</summary>
    public const int PictureMs = 50;

    /// <summary>How long a key of the box stays pressed: well above its three samples of 20 ms.</summary>
    public const int KeyPressMs = 200;

    /// <summary>Inputs of the virtual board: together what a settings text can name.</summary>
    public const int AnalogInputs = 16;
    public const int DigitalInputs = Limits.InputsMax - AnalogInputs;

    /// <summary>Events that stay on a small screen: a fire, what followed, and its answer.</summary>
    public const int EventsShownMin = 3;

    /// <summary>Wider than any line that the screen makes, so that it is cut and not wrapped.</summary>
    public const int LineCellsMax = 1_000;

    /// <summary>Widths from which a screen shows more, as the demonstration's longest lines need them.</summary>
    public const int MediumCellsMin = 76;
    public const int WideCellsMin = 112;
    public const int FullCellsMin = 136;

    /// <summary>How long the screen says why a reset was refused: long enough to go and look.</summary>
    public const int RefusedShownMs = 60_000;

    /// <summary>Fires that have a line of their own on top; on a small screen the first, the second and the latest.</summary>
    public const int FireLinesMax = 3;
    public const int FireLinesTallMax = 8;

    /// <summary>From so many lines on a screen is tall.</summary>
    public const int TallLinesMin = 40;

    /// <summary>Between two looks of the live screen: ten a second are at once for an eye.</summary>
    public const int FrameMs = 100;

    /// <summary>Least size that is drawn, also where a terminal says that it is smaller or has none.</summary>
    public const int WidthMin = 20;
    public const int HeightMin = 5;

    /// <summary>A second digit within this time makes a number of two digits.</summary>
    public const int DigitsMs = 1_000;

    /// <summary>An attempt that is under way is disposed within about two seconds; more is not waited for.</summary>
    public const int LinkEndWaitMs = 5_000;

    /// <summary>Between two looks whether it is: a tick.</summary>
    public const int LinkEndStepMs = Limits.TickMs;

    /// <summary>The broker's answer is awaited as long as the device's client does.</summary>
    public const int BrokerAnswerMs = 30_000;

    /// <summary>Partition of the 16 MB board, which the folder stands for where nothing else is said.</summary>
    public const int FlashBytes = 3 * 1024 * 1024;

    /// <summary>What the system's terminal holds at most.</summary>
    public const int ConsoleReadBytes = 4096;

    /// <summary>Longest trial of settings that an option gives: an hour, ten times what a box gives.</summary>
    public const int TrialMaxS = 3600;

    /// <summary>A device sleeps in steps of its operating system; a virtual board that does likewise is late by one.</summary>
    public const int GrainMs = 10;

    /// <summary>What a transfer on a jammed bus takes, and the first and longest pause after one: as on a device (EspLimits).</summary>
    public const int BusTransferMs = 1_000;
    public const int BusPauseMs = 1_000;
    public const int BusPauseMaxMs = 60_000;
}
