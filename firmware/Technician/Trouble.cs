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
    public static string Text(Tongue tongue, string place, string what, string next) =>
        tongue.Chinese ? $"{place}：{tongue.Of(what)}。{tongue.Of(next)}。" : $"{place}: {tongue.Of(what)}. {tongue.Of(next)}.";

    public static TroubleException At(Tongue tongue, string place, string what, string next, Exception? inner = null) =>
        new(Text(tongue, place, what, next), inner!);
}
