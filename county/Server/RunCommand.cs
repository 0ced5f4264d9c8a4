// Owns: `county run`.
// Must never: take a password from the command line, where every user of the machine can read it.

using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Gateway.County.Broker;
using Gateway.County.Duty;
using Gateway.County.Gb26875;
using Gateway.County.HandOver;
using Gateway.County.Sql;
using Gateway.Mqtt;
using Microsoft.Extensions.Logging;

namespace Gateway.County.Server;

internal static class RunCommand
{
    /// <summary>The password of --user, for those who keep secrets in the environment.</summary>
    public const string PasswordVariable = "COUNTY_PASSWORD";

    /// <summary>The county's own user, where nothing else is said.</summary>
    public const string DefaultUser = "county";

    private const string DefaultListen = "127.0.0.1:1883";

    public static Command Create()
    {
        Option<string[]> broker = new("--broker")
        {
            Description = "Where the MQTT broker is; given twice, the stations may use either. Without it the county is the broker.",
            HelpName = "HOST:PORT",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> listen = new("--listen")
        {
            Description = $"Without --broker: where the county's own broker listens; port 0 = any. [default: {DefaultListen}]",
            HelpName = "ADDRESS:PORT",
        };
        Option<string?> cert = new("--cert")
        {
            Description = "The county's own certificate in PEM: TLS for --listen; with --broker, shown to a broker that asks for one.",
            HelpName = "FILE",
        };
        Option<string?> key = new("--key") { Description = "The key of --cert in PEM.", HelpName = "FILE" };
        Option<string?> user = new("--user") { Description = "The county's user at the broker.", HelpName = "NAME" };
        CommonOptions.NotEmpty(user, "at least one character");
        Option<string?> passwordFile = new("--password-file")
        {
            Description = "A file with the password in its first line.",
            HelpName = "FILE",
        };
        Option<string?> ca = new("--ca")
        {
            Description = "TLS for --broker, whose certificate one of the authorities in this PEM file signed.",
            HelpName = "FILE",
        };
        Option<string> clientId = new("--client-id")
        {
            Description = "The name of this connection at the broker; one county, one name.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "county",
        };
        CommonOptions.NotEmpty(clientId, "at least one character");
        Option<int> silent = CommonOptions.SilentAfter();
        Option<int> township = CommonOptions.Number(
            "--township-after", "Seconds after which an unanswered fire goes to the township.", ServerLimits.EscalationMinS,
            ServerLimits.DayS, CountyLimits.TownshipAfterMs / 1_000);
        Option<int> countyAfter = CommonOptions.Number("--county-after", "And after which it goes to the county.",
            ServerLimits.EscalationMinS, ServerLimits.DayS, CountyLimits.CountyAfterMs / 1_000);
        (Option<string[]> caseRules, Option<int> silentCase, Option<int> falseAlarms) = CaseOptions.Create();
        (Option<int> callout, Option<int> ringAfter) = CalloutOptions.Create();
        Option<bool> trustClock = new("--trust-clock")
        {
            Description = "This machine's clock is right, also when it is years above the last moment in the database.",
        };
        Option<string?> ops = new("--ops-listen")
        {
            Description = "Where /health/live, /health/ready and /metrics are served, on this machine alone.",
            HelpName = "HOST:PORT",
        };
        Listeners.TakeLoopback(ops);
        Option<string[]> centres = new("--gb26875-centre")
        {
            Description = $"A city centre that is told by GB/T 26875.3, once or several times: {CentreProfile.Allowed}.",
            HelpName = "CENTRE",
            Arity = ArgumentArity.OneOrMore,
        };
        centres.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value))
            {
                if (CentreProfile.Parse(text, out string problem) is null)
                {
                    result.AddError($"--gb26875-centre: {problem}");
                }
            }
        });
        BoxOptions boxes = new();
        HandOverOptions handOver = new();
        PageOptions pages = new();
        SoundOptions sounds = new();
        EngineRun engines = new();
        Option<string> db = CommonOptions.Db();
        Command command = new(
            "run",
            """
            Receives events, stores them, then acknowledges, and prints a live list. Ends with Ctrl-C. 启动接收。
            A broker or a disk that fails does not end it: nothing is acknowledged that is not stored.
            """)
        {
            ConfigFile.Option(), broker, listen, cert, key, user, passwordFile, ca, clientId, silent, township, countyAfter,
            caseRules, silentCase, falseAlarms, callout, ringAfter, trustClock, ops, boxes.Option, centres, db,
        };
        foreach (Option option in handOver.All.Concat(pages.All).Concat(sounds.All).Concat(engines.All))
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, stop) =>
        {
            EngineAddress? engine = engines.Asked(parsed);
            boxes.Check(parsed, engines.Counties(parsed));
            IReadOnlyList<IHandOverReceiver> receivers = handOver.Receivers(parsed);
            (IPEndPoint Where, string Option, DoorSettings Settings)? way = handOver.Door(parsed);
            (IPEndPoint Where, X509Certificate2? Tls)? site = pages.Asked(parsed);
            IReadOnlyList<string>? sound = sounds.Asked(parsed);
            (string? certFile, string? keyFile) = (parsed.GetValue(cert), parsed.GetValue(key));
            if (certFile is null != keyFile is null)
            {
                throw new CommandException($"--cert, --key: only '{certFile ?? keyFile}'; allowed: both or neither");
            }

            string? Password() => parsed.GetValue(passwordFile) is { } file
                ? SecretFiles.ReadPassword("--password-file", file)
                : Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } secret ? secret : null;
            CountyOptions Settings(DutyRoom? room, LiveList list) => new()
            {
                SilentAfterMs = parsed.GetValue(silent) * 1000,
                TownshipAfterMs = parsed.GetValue(township) * 1000,
                CountyAfterMs = parsed.GetValue(countyAfter) * 1000,
                CalloutAfterMs = parsed.GetValue(callout) * 1000,
                CalloutRingAfterMs = parsed.GetValue(ringAfter) * 1000,
                TrustClock = parsed.GetValue(trustClock),
                Pages = pages.Required(room, parsed, list),
                Cases = CaseOptions.Settings(parsed.GetValue(caseRules) ?? [], parsed.GetValue(silentCase), parsed.GetValue(falseAlarms)),
            };
            Forwarder? ToCentres(Action wake) =>
                parsed.GetValue(centres) is { Length: > 0 } told ? new(Centres(told), wake) : null;
            HandOverRoom[] HandedOver(IReadOnlyList<IHandOverReceiver> all, Action wake, LiveList list) =>
                [.. all.Select(one => new HandOverRoom(one, wake, (good, line) => list.Note(good ? "green" : "red", line)))];
            List<ICountyRoom> OutRooms(Action wake, LiveList list) =>
            [
                .. ToCentres(wake) is { } centre ? (ICountyRoom[])[centre] : [],
                .. HandedOver(handOver.Receivers(parsed), wake, list),
            ];
            if (engine is not null)
            {
                IPEndPoint? opsAt = Listeners.Loopback(parsed.GetValue(ops) ?? "");
                EngineParts parts =
                    new(Settings, OutRooms, (county, service, list) => boxes.Open(parsed, county, service, list), pages, site);
                return await EngineWorker.Run(parsed, engines, engine with { Password = Password() }, opsAt, parts, stop);
            }

            MqttAccess To((string Host, int Port) address) => new()
            {
                Host = address.Host,
                Port = address.Port,
                ClientId = parsed.GetRequiredValue(clientId),
                User = parsed.GetValue(user),
                Password = Password(),
                Tls = parsed.GetValue(ca) is { } caFile ? CertificateFiles.Readable(caFile, certFile, keyFile) : null,
            };
            MqttAccess[] options = [.. (parsed.GetValue(broker) ?? []).Select(Address).Select(To)];
            if (options.Length > 0 && parsed.GetValue(listen) is { } own)
            {
                throw new CommandException($"--listen: '{own}' together with --broker; allowed: one or the other");
            }

            if (options.Length > 0 && certFile is not null && options[0].Tls is null)
            {
                throw new CommandException($"--cert, --key: '{certFile}' with --broker and without --ca; allowed: together with --ca");
            }

            if (options.Length == 0 && (parsed.GetValue(user) ?? parsed.GetValue(passwordFile) ?? parsed.GetValue(ca)) is { } other)
            {
                throw new CommandException($"--user, --password-file, --ca: '{other}' without --broker; allowed: with --broker alone");
            }

            if (options.Length > 0 && options[0] is { Password: not null, User: null })
            {
                throw new CommandException($"--user: missing; allowed: the user whose password --password-file or {PasswordVariable} has");
            }

            if (options.Length > 0 && certFile is not null && options[0].Password is null)
            {
                CertificateFiles.CheckName(certFile, options[0].User ?? DefaultUser);
            }

            string database = parsed.GetRequiredValue(db);
            using SqlStore store = SqlStore.Open(database);
            store.BecomeReceiver();
            using ConsoleLines lines = new();
            using LoggerFactory logs = new([lines]);
            using MetricsText metrics = new();
            CountyHost? host = null;
            Listeners listeners = new();
            if (parsed.GetValue(ops) is { } where)
            {
                listeners.Add("ops", "--ops-listen", Listeners.Loopback(where)!, new OpsPages(() => host!.Health, metrics).Serve);
            }

            LiveList? lively = null;
            using SqlStore? atDoor = way is null ? null : SqlStore.Open(database);
            using HandOverDoor? platformDoor = way is null ? null
                : new(way.Value.Settings, atDoor!, (good, line) => lively?.Note(good ? "green" : "red", line), TimeProvider.System);
            if (way is { } at)
            {
                listeners.Add("platform", at.Option, at.Where, new HandOverPages(platformDoor!).Serve);
            }

            await using DutyRoom? page = pages.Room(parsed, site, database, listeners, logs, () => host!.Stopping);
            using CountyHost running = host = new CountyHost(lines, listeners);
            LiveList list = lively = new(running.Log);
            using SqlStore registry = SqlStore.Open(database);
            IBroker[] links = options.Length > 0 ? [.. options.Select(one => new MqttLink(one))]
                : [OwnBroker(parsed.GetValue(listen) ?? DefaultListen, certFile, keyFile, registry, list)];
            if (certFile is not null)
            {
                CertificateFiles.TellEnd(certFile, list);
            }

            CountyService service = new(links, store, list, Settings(page, list));
            using PeerReceiver? receiver = boxes.Open(parsed, null, service, list);
            using Forwarder? forwarder = ToCentres(service.Wake);
            HandOverRoom[] handedOver = HandedOver(receivers, service.Wake, list);
            service.Rooms = [.. ((ICountyRoom?[])[receiver, forwarder, .. handedOver]).OfType<ICountyRoom>()];
            list.Note("green", $"接收端启动 {SqlStore.Shown(database)}，登记站点{store.Stations().Count}个，按 Ctrl-C 结束");
            pages.Begin(page, parsed, list);
            ReportCommands.Restored(store).ForEach(line => list.Note("red", line));
            using CancellationTokenSource over = new();
            Task sounding = sounds.Run(parsed, sound, database, list, over.Token);
            bool ended;
            try
            {
                ended = await running.Run(service, stop);
            }
            finally
            {
                await over.CancelAsync();
                await sounding;
                Array.ForEach(links, link => link.Dispose());
                Array.ForEach(handedOver, room => room.Dispose());
            }

            if (!ended)
            {
                // The store does not answer. Nothing that it did not commit was acknowledged, so nothing is lost by leaving.
                list.Note("red", "数据库无应答，未能存完即退出 the store does not answer; what it did not store was not acknowledged");
                lines.Dispose();
                Environment.Exit(ExitCodes.Failed);
            }

            list.Note("green", "接收端结束");
            return ExitCodes.Done;
        });
        return command;
    }

    private static List<CentreProfile> Centres(string[] texts)
    {
        List<CentreProfile> centres = [];
        foreach (string text in texts)
        {
            CentreProfile centre = CentreProfile.Parse(text, out _)!;
            if (centres.Any(one => one.Name == centre.Name))
            {
                throw new CommandException($"--gb26875-centre: name '{centre.Name}' a second time; allowed: each name once");
            }

            centres.Add(centre);
        }

        return centres;
    }

    /// <summary>The county's own broker, listening.</summary>
    private static EmbeddedBroker OwnBroker(string listen, string? cert, string? key, SqlStore registry, LiveList list)
    {
        if (Listeners.At(listen) is not { } address)
        {
            throw new CommandException($"--listen: '{listen}'; allowed: an IP address of this machine and a port, such as {DefaultListen}");
        }

        if (!IPAddress.IsLoopback(address.Address) && cert is null)
        {
            list.Note("yellow", $"{listen}: 未加密 without TLS the passwords go over the network in clear; --cert and --key help");
        }

        EmbeddedBroker broker = new(
            address, cert is null ? null : CertificateFiles.Certificate(cert, key!), registry.RegistryVersion,
            () => new BrokerRules(registry.Stations(), registry.Readers()))
        {
            RulesRead = rules => Tell(rules, list),
            Trouble = list.InTrouble,
        };
        if (broker.Connect(Contract.Topics.AllUp, CountyLimits.BrokerAnswerMs) is { } why)
        {
            broker.Dispose();
            throw new CommandException(why) { ExitCode = ExitCodes.Failed };
        }

        list.Note("green", $"内置服务器 own broker at {broker.Address}: 演示和试点用 for a demonstration or a pilot");
        return broker;
    }

    private static void Tell(BrokerRules rules, LiveList list)
    {
        if (rules.Stations > BrokerLimits.StationsWarned)
        {
            list.Note("yellow", $"站点 {rules.Stations} 个 stations: 内置服务器只宜用到 the own broker is for at most {BrokerLimits.StationsWarned}; "
                + "use Mosquitto: county broker export, county run --broker (county/mosquitto/README.md)");
        }

        if (rules.WithoutPassword > 0)
        {
            list.Note("yellow", $"站点 {rules.WithoutPassword} 个没有口令 stations without a password: county station password --id N");
        }
    }

    private static (string Host, int Port) Address(string text)
    {
        int colon = text.LastIndexOf(':');
        string host = colon > 0 ? text[..colon] : "";

        // Brackets are for an address that has colons of its own.
        host = host is ['[', .. var inner, ']'] && inner.Contains(':', StringComparison.Ordinal) ? inner : host;
        if (!Contract.BrokerHost.Ok(host) || !int.TryParse(text.AsSpan(colon + 1), out int port) || port is < 1 or > ushort.MaxValue)
        {
            throw new CommandException($"--broker: '{text}'; allowed: HOST:PORT with a port 1..65535, such as 127.0.0.1:1883");
        }

        return (host, port);
    }
}
