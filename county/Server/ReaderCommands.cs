// Owns: `county reader add, list, remove`.
// Must never: print a password; it goes into the reader's secrets file alone.

using System.CommandLine;
using Gateway.County.Sql;

namespace Gateway.County.Server;

internal static class ReaderCommands
{
    public static Command Create() => new("reader", "Those who read for a township. 乡镇读者。") { Add(), List(), Remove() };

    private static Command Add()
    {
        Option<string> name = CommonOptions.Required("--name", "NAME", "User name at the broker, such as fotang.");
        Option<string> county = CommonOptions.Required("--county", "CODE", "Code of the county.");
        Option<string> township = CommonOptions.Required("--township", "CODE", "Code of the township whose stations are read.");
        Option<string?> outFile = new("--out") { Description = "Where the password goes. [default: NAME.password]", HelpName = "FILE" };
        CommonOptions.NotEmpty(outFile, "a free name for a file");
        Option<string> db = CommonOptions.Db();
        Command command = new("add", "Adds a reader with a new password. It hears what the township's stations send, and says nothing.")
        {
            name, county, township, outFile, db,
        };
        command.SetAction(parsed =>
        {
            string password = BrokerPassword.Create();
            TownshipReader reader = new()
            {
                Name = parsed.GetRequiredValue(name),
                County = parsed.GetRequiredValue(county),
                Township = parsed.GetRequiredValue(township),
                PasswordHash = BrokerPassword.Hash(password),
                AddedMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            };
            if (reader.Problem() is { } problem)
            {
                throw new CommandException("--" + problem);
            }

            string path = parsed.GetValue(outFile) ?? $"{reader.Name}.password";
            SecretFiles.HandOut("--out", path, $"password {password}\n", () =>
            {
                using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db));
                if (!store.AddReader(reader))
                {
                    throw new CommandException($"--name: '{reader.Name}' is there already; allowed: a free name")
                    {
                        ExitCode = ExitCodes.Failed,
                    };
                }
            });
            Console.WriteLine($"reader {reader.Name}: {reader.Filter}, password in {path} (readable to you alone)");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command List()
    {
        Option<string> db = CommonOptions.Db();
        Command command = new("list", "Lists the readers.") { db };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            ReportTable table = new("名称", "县", "乡镇", "登记");
            foreach (TownshipReader one in store.Readers())
            {
                table.Add(one.Name, one.County, one.Township, TimeText.Local(one.AddedMs));
            }

            table.Show();
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Remove()
    {
        Option<string> name = CommonOptions.Required("--name", "NAME", "The reader.");
        CommonOptions.NotEmpty(name, "a name of `county reader list`");
        Option<string> db = CommonOptions.Db();
        Command command = new("remove", "Takes a reader away; its connection ends.") { name, db };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            string who = parsed.GetRequiredValue(name);
            return store.RemoveReader(who) ? ExitCodes.Done
                : throw new CommandException($"--name: '{who}' is no reader; allowed: a name of `county reader list`")
                {
                    ExitCode = ExitCodes.Failed,
                };
        });
        return command;
    }
}
