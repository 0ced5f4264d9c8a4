// Owns: `gateway console`: one command of the box's console, or a person who types.
// Must never: understand a command; the box does.

namespace Gateway.Technician.Serial;

internal static class ConsoleCommand
{
    /// <param name="command">Null = they are typed, or come from standard input.</param>
    public static int Run(Desk desk, string? port, string? command)
    {
        using BoxConsole box = BoxConsole.Open(desk, port);
        if (command is not null)
        {
            _ = box.Ask(command, desk.Out.WriteLine);
            return ExitCodes.Good;
        }

        desk.Error.WriteLine(desk.Tongue.Of($"{box.Port}：已接通，help 列出命令，空行结束",
            $"{box.Port}: open; help lists commands, an empty line ends it"));
        while (Console.In.ReadLine() is { Length: > 0 } line)
        {
            _ = box.Ask(line, desk.Out.WriteLine);
        }

        return ExitCodes.Good;
    }
}
