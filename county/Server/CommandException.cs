// Owns: how a command says that it cannot be done.
// Must never: carry a key or password.

namespace Gateway.County.Server;

internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongCommandLine = 2;
    public const int NoSuchStation = 3;
}

/// <summary>The message is for the person at the command line: place, value, what is allowed.</summary>
internal sealed class CommandException : Exception
{
    public CommandException()
    {
    }

    public CommandException(string message)
        : base(message)
    {
    }

    public CommandException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public int ExitCode { get; init; } = ExitCodes.WrongCommandLine;
}
