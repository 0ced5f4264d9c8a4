// Owns: what an engine needs of the counties: `county broker definitions` and `county broker auth`.
// Must never: write a user or a password, or answer an engine of another machine.

using System.CommandLine;
using System.Net;

namespace Gateway.County.Server;

internal static class EngineCommands
{
    public static Command Definitions()
    {
        Option<string[]> counties = EngineRun.Codes("A county's code, once or several times.", required: true);
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

    public static Command Auth()
    {
        Option<string?> listen = new("--listen")
        {
            Description = "Where the engine, on this machine, asks (RabbitMQ's HTTP authentication).",
            HelpName = "HOST:PORT",
            Required = true,
        };
        Listeners.TakeLoopback(listen);
        Option<string[]> counties = EngineRun.Codes(
            "A county whose stations may come, once or several times; {county} in --db stands for its code.", required: true);
        Command command = new(
            "auth",
            """
            Tells an engine which stations may come and what they may say and hear, by the counties' registries. Ends with Ctrl-C.
            A program of its own beside each engine: a worker that ends or is exchanged then turns no station away.
            """)
        {
            ConfigFile.Option(), listen, counties, CommonOptions.Db(),
        };
        command.SetAction(async (parsed, stop) =>
        {
            string[] codes = parsed.GetRequiredValue(counties);
            EngineRun.Check(codes, parsed.GetRequiredValue<string>("--db"));
            IPEndPoint where = Listeners.Loopback(parsed.GetRequiredValue(listen)!)!;
            using ConsoleLines lines = new();
            EngineAuth? answers = null;
            Listeners listeners = new();
            listeners.Add(
                "auth", listen.Name, where, context => answers!.Serve(context), connectionsMax: ServerLimits.EngineAuthConnectionsMax);
            using CountyHost host = new(lines, listeners);
            LiveList list = new(host.Log);
            using EngineAuth answering = answers = new EngineAuth(
                codes.Select(code => (code, EngineRun.Database(parsed, code))), (good, line) => list.Note(good ? "green" : "red", line));
            list.Note("green", $"答复消息服务器的查询 answers at {where}，按 Ctrl-C 结束");
            await host.Run(over => over.WaitHandle.WaitOne(), () => new CountyHealth(null, StoreWorks: true, 0, 0), stop);
            return ExitCodes.Done;
        });
        return command;
    }
}
