// Owns: `gateway console`: one command of the box's console, or a person who types.
// Must never: understand a command; the box does. What it says of events gets their names.

namespace Gateway.Technician.Serial;

internal static class ConsoleCommand
{
    /// <param name="command">Null = they are typed, or come from standard input.</param>
    public static int Run(Desk desk, string? port, string? command)
    {
        using BoxConsole box = BoxConsole.Open(desk, port);
        if (command is not null)
        {
            Ask(desk, box, command);
            return ExitCodes.Good;
        }

        desk.Error.WriteLine(desk.Tongue.Of($"{box.Port}：已接通，help 列出命令，空行结束",
            $"{box.Port}: open; help lists commands, an empty line ends it"));
        while (Console.In.ReadLine() is { Length: > 0 } line)
        {
            Ask(desk, box, line);
        }

        return ExitCodes.Good;
    }

    private static void Ask(Desk desk, BoxConsole box, string command)
    {
        bool events = command.TrimStart().StartsWith("events", StringComparison.Ordinal);
        _ = box.Ask(command, line => desk.Out.WriteLine(events ? ZoneNames.WithName(desk.Tongue, line) : line));
    }
}
