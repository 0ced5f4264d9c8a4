// Owns: the verb `station`: registering, listing and removing stations, and their passwords.
// Must never: print a key or password; they go into the technician's secrets file alone.

using System.CommandLine;
using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Server;

internal static class RegistryCommands
{
    public static Command Create() => new("station", "Registers stations. 站点登记。")
    {
        Add(), StationImport.Create(), KeyCommand.Rotate(), Password(), List(), Remove(),
    };

    private static Command Add()
    {
        Option<uint> id = CommonOptions.StationId();
        Option<string> county = CommonOptions.Required("--county", "CODE", "Code of the county, such as 330726.");
        Option<string> township = CommonOptions.Required("--township", "CODE", "Code of the township, such as 330726101.");
        Option<string> village = CommonOptions.Required("--village", "CODE", "Code of the village, such as 330726101003.");
        Option<string> name = CommonOptions.Required("--name", "TEXT", "The station's name for people.");
        Option<string> outFile = new("--out")
        {
            Description = "Where the technician's settings lines go; the secrets go to FILE.secrets. [default: stNUMBER.settings]",
            HelpName = "FILE",
        };
        CommonOptions.NotEmpty(outFile, "a free name for a file");
        Option<string> host = new("--uplink-host")
        {
            Description = "The broker as the station sees it.",
            HelpName = "HOST",
            DefaultValueFactory = _ => "127.0.0.1",
        };
        Option<int> port = CommonOptions.Number("--uplink-port", "The broker's port as the station sees it.", 1,
            ushort.MaxValue, ServerLimits.BrokerPort);
        Option<string> db = CommonOptions.Db();
        Command command = new(
            "add",
            """
            Registers a station with a new random key and writes the technician's two files.
            FILE gets the station and uplink lines of the settings; FILE.secrets (mode 0600) gets the lines "key" and "password".
            The broker's user of the station is st and its number; the registry keeps a hash of its password, for the county's own broker
            and for `county broker export`.
            """)
        {
            id, county, township, village, name, outFile, host, port, db,
        };
        command.SetAction(parsed =>
        {
            string password = BrokerPassword.Create();
            StationRegistration station = new()
            {
                Station = parsed.GetValue(id),
                County = parsed.GetRequiredValue(county),
                Township = parsed.GetRequiredValue(township),
                Village = parsed.GetRequiredValue(village),
                Name = parsed.GetRequiredValue(name),
                Key = StationKey.Create(),
                PasswordHash = BrokerPassword.Hash(password),
                AddedMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            };
            if (station.Problem() is { } problem)
            {
                throw new CommandException(problem);
            }

            string file = parsed.GetValue(outFile) ?? $"st{station.Station}.settings";
            return Add(station, password, file, parsed.GetRequiredValue(host), parsed.GetValue(port), parsed.GetRequiredValue(db));
        });
        return command;
    }

    private static int Add(StationRegistration station, string password, string file, string host, int port, string db)
    {
        if (!BrokerHost.Ok(host))
        {
            throw new CommandException($"--uplink-host: '{host}'; allowed: {BrokerHost.Allowed}");
        }

        string secrets = file + ".secrets";
        string lines = $"""
            # Station {station.Station}: the lines that the county gives. Zones and outputs follow.
            station id={station.Station} county={station.County} township={station.Township} village={station.Village} name="{station.Name}"
            uplink host={host} port={port} user=st{station.Station}

            """;
        string text = $"""
            key {Convert.ToHexStringLower(station.Key.CopyForStorage())}
            password {password}

            """;
        SecretFiles.HandOut("--out", secrets, text, () =>
        {
            SecretFiles.Write("--out", file, lines, secret: false);
            try
            {
                using SqlStore store = SqlStore.Open(db);
                if (!store.AddStation(station))
                {
                    throw new CommandException(
                        $"--id: {station.Station} is registered already; allowed: a free number, or `county station remove` first")
                    {
                        ExitCode = ExitCodes.NoSuchStation,
                    };
                }
            }
            catch
            {
                File.Delete(file);
                throw;
            }
        });
        Console.WriteLine($"station {station.Station} {station.Name}: registered in {SqlStore.Shown(db)}");
        Console.WriteLine($"settings lines: {file}");
        Console.WriteLine($"key and password: {secrets} (readable to you alone; give it to the technician and delete it here)");
        return ExitCodes.Done;
    }

    private static Command Password()
    {
        Option<uint> id = CommonOptions.StationId();
        Option<string?> from = new("--file")
        {
            Description = "A secrets file whose password line is kept; without it a new password is made and put into --out.",
            HelpName = "FILE",
        };
        Option<string?> outFile = new("--out")
        {
            Description = "Where a new password goes. [default: stNUMBER.password]",
            HelpName = "FILE",
        };
        CommonOptions.NotEmpty(outFile, "a free name for a file");
        Option<string> db = CommonOptions.Db();
        Command command = new(
            "password",
            "Gives the registry a station's password at the broker: that of its file, or a new one. Its connection ends. 口令。")
        {
            id, from, outFile, db,
        };
        command.SetAction(parsed =>
        {
            uint station = parsed.GetValue(id);
            string password = parsed.GetValue(from) is { } file
                ? SecretFiles.ReadLine("--file", file, "password ")["password ".Length..].Trim() : BrokerPassword.Create();
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            string path = parsed.GetValue(outFile) ?? $"st{station}.password";
            void Set() => Registered(store.SetPassword(station, BrokerPassword.Hash(password)), station);
            bool made = parsed.GetValue(from) is null;
            if (made)
            {
                SecretFiles.HandOut("--out", path, $"password {password}\n", Set);
            }
            else
            {
                Set();
            }

            Console.WriteLine($"station {station}: password set{(made ? $": {path} (readable to you alone)" : "")}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command List()
    {
        Option<string> db = CommonOptions.Db();
        Command command = new("list", "Lists the registered stations.") { db };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            ReportTable table = new("站点", "县", "乡镇", "村", "名称", "登记");
            foreach (StationRegistration s in store.Stations())
            {
                table.Add($"{s.Station}", s.County, s.TownshipShown, s.Village, s.Name, TimeText.Local(s.AddedMs));
            }

            table.Show();
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Remove()
    {
        Option<uint> id = CommonOptions.StationId();
        Option<string> db = CommonOptions.Db();
        Command command = new("remove", "Takes registration, key, password and presence away; the connection ends. What it sent stays.")
        {
            id, db,
        };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            uint station = parsed.GetValue(id);
            Registered(store.RemoveStation(station), station);
            Console.WriteLine($"station {station}: removed");
            return ExitCodes.Done;
        });
        return command;
    }

    public static void Registered(bool there, uint station)
    {
        if (!there)
        {
            throw new CommandException($"--id: {station} is not registered; allowed: a number of `county station list`")
            {
                ExitCode = ExitCodes.NoSuchStation,
            };
        }
    }
}
