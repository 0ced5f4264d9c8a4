// Owns: the county's command line: which commands there are and what an exit code means.
// Must never: print or log a key or password.

using System.CommandLine;
using Gateway.County.Server;
using Gateway.Streams;

StandardStreams.Guard();
RootCommand root = new(
    """
    Receives, keeps and shows what fire-alarm gateways report.
    县级接收端：接收、保存、显示消防网关上报的事件。

    Exit codes:
      0  done
      1  failed: the database or a file cannot be used
      2  wrong command line
      3  there is no such station, or its number is taken
    """)
{
    StationCommands.Create(),
    ReaderCommands.Create(),
    BrokerCommands.Create(),
    RunCommand.Create(),
    EventsCommand.Create(),
    ReportCommands.Gaps(),
    ReportCommands.Stations(),
    ReportCommands.Refused(),
    ReportCommands.Conflicts(),
    StationOrders.Create(),
    CommandsCommand.Create(),
    EscalationsCommand.Create(),
    BackupCommand.Create(),
};
HelpWidth.Bound(root);
ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (string message in parsed.Errors.Select(e => e.Message).Distinct())
    {
        Console.Error.WriteLine($"county: {message}");
    }

    Console.Error.WriteLine("county: see 'county --help'");
    return ExitCodes.WrongCommandLine;
}

try
{
    InvocationConfiguration configuration = new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
    };
    return await parsed.InvokeAsync(configuration);
}
catch (OperationCanceledException)
{
    // A person pressed Ctrl-C while a command waited.
    return ExitCodes.Failed;
}
catch (Exception e)
{
    Console.Error.WriteLine($"county: {OperatorError.Sentence(e, Database(parsed))}");
    return e is CommandException command ? command.ExitCode : ExitCodes.Failed;
}

static string? Database(ParseResult parsed)
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
