// Owns: the county's command line: which commands there are, what an exit code means, and how a failure is told.
// Must never: print or log a key or password.

using System.CommandLine;
using System.CommandLine.Parsing;
using Gateway.Streams;

namespace Gateway.County.Server;

internal static class CommandLine
{
    // The host ends in half of this; a command that hangs in a database is left behind.

    public static RootCommand Root() => new(
        """
        Receives, keeps and shows what fire-alarm gateways report.
        县平台：接收、保存、显示消防网关上报的事件。

        Exit codes:
          0  done
          1  failed: the database or a file cannot be used
          2  wrong command line
          3  there is no such station, or its number is taken
        """)
    {
        RegistryCommands.Create(),
        ReaderCommands.Create(),
        BrokerCommands.Create(),
        RunCommand.Create(),
        EventsCommand.Create(),
        ReportCommands.Gaps(),
        ReportCommands.Stations(),
        ReportCommands.Refused(),
        ReportCommands.Conflicts(),
        StationCommands.Create(),
        CommandsCommand.Create(),
        EscalationsCommand.Create(),
        CaseCommands.List(),
        CaseCommands.Create(),
        CaseCommands.Danger(),
        CalloutCommands.Create(),
        PlaceCommands.Create(),
        PlaceCommands.Inspections(),
        HandOverCommands.Create(),
        UserCommands.Create(),
        TokenCommands.Create(),
        BackupCommand.Create(),
        RestoreCommand.Create(),
        PruneCommand.Create(),
        PeerCommands.Create(),
        Gb26875Commands.Create(),
    };

    /// <summary>Does what the command line says; gives the exit code.</summary>
    public static async Task<int> Run(string[] args, TextWriter error)
    {
        RootCommand root = Root();
        HelpWidth.Bound(root);
        args = CaseCommands.WithShow(args);
        ParseResult parsed = root.Parse(args);
        ConfigFile? config = null;
        try
        {
            if (ConfigFile.Above(root, parsed, args) is { } above)
            {
                (config, parsed) = above;
            }

            if (parsed.Errors.Count > 0)
            {
                foreach (string message in parsed.Errors.Select(Sentence).Distinct())
                {
                    Tell(message);
                }

                error.WriteLine("county: see 'county --help'");
                return ExitCodes.WrongCommandLine;
            }

            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromMilliseconds(ServerLimits.ProcessEndMs),
            });
        }
        catch (OperationCanceledException)
        {
            // A person pressed Ctrl-C while a command waited.
            return ExitCodes.Failed;
        }
        catch (Exception e)
        {
            Tell(OperatorError.Sentence(e, Database(parsed)));
            return e is CommandException command ? command.ExitCode : ExitCodes.Failed;
        }

        void Tell(string message) => error.WriteLine($"county: {config?.Placed(message) ?? message}");
    }

    /// <summary>An error of the command line with what is allowed; what the options check themselves says it already.</summary>
    private static string Sentence(ParseError error)
    {
        bool Says(string part) => error.Message.Contains(part, StringComparison.Ordinal);
        return error.SymbolResult switch
        {
            OptionResult { Option: var o, IdentifierTokenCount: > 1 and var times } when Says("expects a single argument") =>
                $"{o.Name}: 给了{times}次 given {times} times; allowed: once",
            OptionResult { Option: var o } when Says("argument missing") => $"{o.Name}: 缺值 no value; allowed: {o.Name} {o.HelpName}",
            CommandResult { Command: var c } when Says("command was not provided") =>
                $"{(c is RootCommand ? "command" : c.Name)}: 缺命令 which? allowed: "
                    + string.Join(", ", c.Subcommands.Select(below => below.Name)),
            OptionResult { Option: var o } when Says("' is required") => Missing(o.Name, $"{o.Name} {o.HelpName}"),
            _ when Says("Required argument ") && error.Message.Split('\'') is [_, var name, ..] => Missing(name, name),
            _ when Says("Unrecognized ") => $"{error.Message.TrimEnd('.')}; allowed: what --help of the command lists",
            _ => error.Message,
        };

        static string Missing(string what, string allowed) => $"{what}: 缺少 missing; allowed: {allowed}";
    }

    private static string? Database(ParseResult parsed)
    {
        try
        {
            return parsed.GetValue<string>("--db");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // The command has no database.
            return null;
        }
    }
}
