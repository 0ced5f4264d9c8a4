// Owns: `county broker definitions`.
// Must never: write a user or a password.

using System.CommandLine;

namespace Gateway.County.Server;

internal static class EngineCommands
{
    public static Command Definitions()
    {
        Option<string[]> counties = new("--county")
        {
            Description = "A county's code, once or several times.",
            HelpName = "CODE",
            Arity = ArgumentArity.OneOrMore,
            Required = true,
        };
        EngineRun.TakeCodes(counties);
        Option<string> file = CommonOptions.Required("--out", "FILE", "The file, which is made.");
        Command command = new(
            "definitions",
            """
            Writes RabbitMQ's definitions for counties: a queue each, its binding, and where what matches none is counted.
            Load them before the listener for stations opens: load_definitions in rabbitmq.conf, or rabbitmqctl import_definitions.
            """)
        {
            counties, file,
        };
        command.SetAction(parsed =>
        {
            string[] codes = parsed.GetRequiredValue(counties);
            SecretFiles.Write("--out", parsed.GetRequiredValue(file), EngineTopology.Definitions(codes.Distinct()), secret: false);
            Console.WriteLine($"{parsed.GetRequiredValue(file)}: {codes.Distinct().Count()} queues");
            return ExitCodes.Done;
        });
        return command;
    }
}
