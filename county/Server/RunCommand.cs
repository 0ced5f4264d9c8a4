// Owns: `county run`.
// Must never: take a password from the command line, where every user of the machine can read it.

using System.CommandLine;
using Gateway.County.Sql;
using Gateway.Mqtt;

namespace Gateway.County.Server;

internal static class RunCommand
{
    public static Command Create()
    {
        Option<string[]> broker = new("--broker")
        {
            Description = "Where the MQTT broker is; given twice, the stations may use either.",
            HelpName = "HOST:PORT",
            Required = true,
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> user = new("--user") { Description = "The county's user at the broker.", HelpName = "NAME" };
        Option<string?> passwordFile = new("--password-file")
        {
            Description = "A file with the password in its first line.",
            HelpName = "FILE",
        };
        Option<string?> ca = new("--ca") { Description = "TLS, with the certificates of this PEM file.", HelpName = "FILE" };
        Option<string> clientId = new("--client-id")
        {
            Description = "The name of this connection at the broker; one county, one name.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "county",
        };
        CommonOptions.NotEmpty(clientId, "at least one character");
        Option<int> silent = CommonOptions.SilentAfter();
        Option<int> township = CommonOptions.Number(
            "--township-after", "Seconds after which an unanswered fire goes to the township.", 10, 86_400, 60);
        Option<int> countyAfter = CommonOptions.Number("--county-after", "And after which it goes to the county.", 10, 86_400, 180);
        Option<string> db = CommonOptions.Db();
        Command command = new(
            "run",
            """
            Receives events, stores them, then acknowledges, and prints a live list. Ends with Ctrl-C. 接收运行。
            A broker or a disk that fails does not end it: nothing is acknowledged that is not stored.
            """)
        {
            broker, user, passwordFile, ca, clientId, silent, township, countyAfter, db,
        };
        command.SetAction(async (parsed, stop) =>
        {
            MqttAccess To((string Host, int Port) address) => new()
            {
                Host = address.Host,
                Port = address.Port,
                ClientId = parsed.GetRequiredValue(clientId),
                User = parsed.GetValue(user),
                Password = parsed.GetValue(passwordFile) is { } file ? SecretFiles.ReadPassword("--password-file", file) : null,
                Tls = parsed.GetValue(ca) is { } caFile ? Readable("--ca", caFile) : null,
            };
            MqttAccess[] options = [.. parsed.GetRequiredValue(broker).Select(Address).Select(To)];
            if (options[0] is { Password: not null, User: null })
            {
                throw new CommandException("--user: missing; allowed: the user whose password --password-file has");
            }

            string database = parsed.GetRequiredValue(db);
            using SqlStore store = SqlStore.Open(database);
            store.BecomeReceiver();
            MqttLink[] links = [.. options.Select(one => new MqttLink(one))];
            using LiveList list = new();
            CountyService service = new(links, store, list, options: new CountyOptions
            {
                SilentAfterMs = parsed.GetValue(silent) * 1000,
                TownshipAfterMs = parsed.GetValue(township) * 1000,
                CountyAfterMs = parsed.GetValue(countyAfter) * 1000,
            });
            list.Note("green", $"接收端启动 {SqlStore.Shown(database)}，登记站点{store.Stations().Count}个，按 Ctrl-C 结束");
            try
            {
                await Task.Factory.StartNew(
                    () => service.Run(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
            finally
            {
                Array.ForEach(links, link => link.Dispose());
            }

            list.Note("green", "接收端结束");
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>A wrong file is told at the start and not at each attempt.</summary>
    private static MqttTls Readable(string option, string path)
    {
        if (path.Length == 0)
        {
            throw new CommandException($"{option}: ''; allowed: a readable PEM file");
        }

        MqttTls tls = new() { CaFile = path };
        return tls.Problem() is { } problem ? throw new CommandException($"{option}: {problem}") { ExitCode = ExitCodes.Failed } : tls;
    }

    private static (string Host, int Port) Address(string text)
    {
        int colon = text.LastIndexOf(':');
        string host = colon > 0 ? text[..colon].Trim('[', ']') : "";
        if (host.Length == 0 || !int.TryParse(text.AsSpan(colon + 1), out int port) || port is < 1 or > 65535)
        {
            throw new CommandException($"--broker: '{text}'; allowed: HOST:PORT with a port 1..65535, such as 127.0.0.1:1883");
        }

        return (host, port);
    }
}
