// Owns: how a command says that it cannot be done: where, what, and what to do next; and what its exit code is.
// Must never: carry a key or password.

namespace Gateway.Technician;

internal static class ExitCodes
{
    public const int Good = 0;

    /// <summary>What was looked at is wrong, or two texts do different things.</summary>
    public const int Found = 1;

    /// <summary>Nothing could be looked at or written: the command line, a file, the disk.</summary>
    public const int Unusable = 2;

    public const int Bug = 3;

    /// <summary>The serial port: not there, another program's, not allowed.</summary>
    public const int NoPort = 4;

    /// <summary>The board: silent, garbage, another device, a pulled cable.</summary>
    public const int NoAnswer = 5;

    /// <summary>A step of flashing failed, and the board may be half written: the sentence says how to go on.</summary>
    public const int HalfDone = 6;

    /// <summary>The offline kit lacks something, or something in it is damaged or of another version.</summary>
    public const int Kit = 7;
}

/// <summary>A sentence for the technician, in the language that was asked for.</summary>
internal sealed class TroubleException : Exception
{
    public TroubleException()
    {
    }

    public TroubleException(string message)
        : base(message)
    {
    }

    public TroubleException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public int ExitCode { get; init; } = ExitCodes.Unusable;
}

/// <summary>Makes such sentences.</summary>
internal static class Trouble
{
    /// <param name="what">In two languages, as Chinese and English with a line end between.</param>
    /// <param name="next">What to do, likewise.</param>
    public static TroubleException At(
        Tongue tongue, string place, string what, string next, Exception? inner = null, int exitCode = ExitCodes.Unusable) =>
        new(Text(tongue, place, what, next), inner!) { ExitCode = exitCode };

    private static string Text(Tongue tongue, string place, string what, string next) =>
        tongue.Chinese ? $"{place}：{tongue.Of(what)}。{tongue.Of(next)}。" : $"{place}: {tongue.Of(what)}. {tongue.Of(next)}.";
}
