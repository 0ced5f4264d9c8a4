// Owns: `county station rotate`: a new key in peace, and a new key after a theft.
// Must never: print a key or password; they go into the technician's secrets file alone.

using System.CommandLine;
using Gateway.County.Sql;

namespace Gateway.County.Server;

internal static class KeyCommand
{
    public static Command Rotate()
    {
        Option<uint> id = CommonOptions.StationId();
        Option<string> outFile = new("--out")
        {
            Description = "Where the technician's new secrets file goes. [default: stNUMBER.secrets]",
            HelpName = "FILE",
        };
        CommonOptions.NotEmpty(outFile, "a free name for a file");
        Option<string?> old = new("--old")
        {
            Description = "The old secrets file, whose password line is taken over.",
            HelpName = "FILE",
        };
        Option<int> days = CommonOptions.Number("--until-days", "The old key ends after so many days in any case; 0 = not.", 0,
            ServerLimits.OldKeyDaysMax, 0);
        Option<bool> stolen = new("--stolen")
        {
            Description = "The old key and password were stolen: they end at once, with their connections and sessions.",
        };
        Option<long?> since = CommonOptions.Moment(
            "--since", "With --stolen: what was received from this moment on is listed, and marked as doubtful.");
        Option<string> db = CommonOptions.Db();
        Command command = new(
            "rotate",
            """
            Gives a station a new key. The technician puts the file onto the station in the place of the old one. 更换密钥。
            The old key is good until the station has used the new one, or for --until-days: nothing is missed meanwhile.
            With --stolen the old key and password end at once, and the box sounds and stores but reports nothing until it has the new
            ones. 密钥被盗：旧密钥立即作废，换上新密钥前设备不能上报。
            """)
        {
            id, outFile, old, days, stolen, since, db,
        };
        command.SetAction(parsed =>
        {
            uint station = parsed.GetValue(id);
            string file = parsed.GetValue(outFile) ?? $"st{station}.secrets";
            string database = parsed.GetRequiredValue(db);
            int until = parsed.GetValue(days);
            if (parsed.GetValue(stolen))
            {
                return parsed.GetValue(old) is null && until == 0
                    ? Replace(station, file, parsed.GetValue(since), database)
                    : throw new CommandException("--stolen: together with --old or --until-days; allowed: with --out, --since and --db");
            }

            if (parsed.GetValue(since) is not null)
            {
                throw new CommandException("--since: without --stolen; allowed: with --stolen alone");
            }

            long untilMs = until == 0 ? 0 : DateTimeOffset.UtcNow.AddDays(until).ToUnixTimeMilliseconds();
            string password = parsed.GetValue(old) is { } path ? SecretFiles.ReadLine("--old", path, "password ") : "";
            return Rotate(station, file, password, untilMs, database);
        });
        return command;
    }

    private static int Rotate(uint station, string file, string password, long untilMs, string db)
    {
        Written(station, file, db, password.Length == 0 ? "# the password line of the old file follows here" : password,
            (store, next) => store.RotateKey(station, next, untilMs));
        Console.WriteLine($"station {station}: a new key waits for the station's first use");
        Console.WriteLine($"key: {file} (readable to you alone; give it to the technician and delete it here)");
        return ExitCodes.Done;
    }

    private static int Replace(uint station, string file, long? sinceMs, string db)
    {
        string password = BrokerPassword.Create();
        string hash = BrokerPassword.Hash(password);
        long nowMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        Written(station, file, db, $"password {password}", (store, key) => store.ReplaceKey(station, key, hash, nowMs, sinceMs));
        Console.WriteLine($"station {station}: 旧密钥和口令已作废，换上新文件前设备不能上报 the old key and password have ended; "
            + "the box reports nothing until it has the new file");
        Console.WriteLine($"key and password: {file} (readable to you alone; give it to the technician and delete it here)");
        if (sinceMs is { } since)
        {
            Console.WriteLine($"{TimeText.Local(since)} 起收到的均为存疑 received since then and doubtful:");
            using SqlStore store = SqlStore.Open(db, create: false);
            EventsCommand.WriteTable(store, new EventQuery { Station = station, ReceivedFromMs = since });
        }

        return ExitCodes.Done;
    }

    private static void Written(uint station, string file, string db, string passwordLine, Func<SqlStore, StationKey, bool> give)
    {
        using SqlStore store = SqlStore.Open(db, create: false);
        StationKey key = StationKey.Create();
        string text = $"""
            key {Convert.ToHexStringLower(key.CopyForStorage())}
            {passwordLine}

            """;
        SecretFiles.HandOut("--out", file, text, () => RegistryCommands.Registered(give(store, key), station));
    }
}
