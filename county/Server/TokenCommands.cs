// Owns: `county token add, list, remove`: programs that read the API.
// Must never: print a token; it goes into its file alone.

using System.CommandLine;
using Gateway.County.Sql;

namespace Gateway.County.Server;

internal static class TokenCommands
{
    public static Command Create() => new("token", "Programs that read the API. 接口令牌。") { Add(), List(), Remove() };

    private static Command Add()
    {
        Option<string> name = CommonOptions.Required("--name", "NAME", "By which people know the program, such as screen.");
        Option<string?> township = new("--township")
        {
            Description = "Only this township is read; without it, all of the county.", HelpName = "CODE",
        };
        CommonOptions.NotEmpty(township, "the code of a township");
        Option<bool> contacts = new("--contacts")
        {
            Description = "Files of places are given with names and telephone numbers.",
        };
        Option<string?> outFile = new("--out") { Description = "Where the token goes. [default: NAME.token]", HelpName = "FILE" };
        CommonOptions.NotEmpty(outFile, "a free name for a file");
        Option<string> db = CommonOptions.Db();
        Command command = new("add", "Adds a program with a new token, which is shown once, in a file.")
        {
            name, township, contacts, outFile, db,
        };
        command.SetAction(parsed =>
        {
            string made = ApiToken.Create();
            ApiToken token = new()
            {
                Name = parsed.GetRequiredValue(name),
                Hash = ApiToken.HashOf(made),
                Township = parsed.GetValue(township) ?? "",
                Contacts = parsed.GetValue(contacts),
                AddedMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            };
            if (token.Problem() is { } problem)
            {
                throw new CommandException("--" + problem);
            }

            string path = parsed.GetValue(outFile) ?? $"{token.Name}.token";
            SecretFiles.HandOut("--out", path, made + "\n", () =>
            {
                using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db));
                if (!store.AddToken(token))
                {
                    throw new CommandException($"--name: '{token.Name}' is there already; allowed: a free name")
                    {
                        ExitCode = ExitCodes.Failed,
                    };
                }
            });
            Console.WriteLine($"token {token.Name}: {Sees(token)}, token in {path} (readable to you alone)");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command List()
    {
        Option<string> db = CommonOptions.Db();
        Command command = new("list", "Lists the programs.") { db };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            ReportTable table = new("名称", "范围", "联系方式", "登记");
            foreach (ApiToken one in store.Tokens())
            {
                table.Add(one.Name, Sees(one), one.Contacts ? "是" : "否", TimeText.Local(one.AddedMs));
            }

            table.Show();
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Remove()
    {
        Option<string> name = CommonOptions.Required("--name", "NAME", "The program.");
        CommonOptions.NotEmpty(name, "a name of `county token list`");
        Option<string> db = CommonOptions.Db();
        Command command = new("remove", "Takes a program away; its token is refused within a second.") { name, db };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            string who = parsed.GetRequiredValue(name);
            return store.RemoveToken(who) ? ExitCodes.Done
                : throw new CommandException($"--name: '{PlainText.Clean(who)}' is no program; allowed: a name of `county token list`")
                {
                    ExitCode = ExitCodes.Failed,
                };
        });
        return command;
    }

    private static string Sees(ApiToken token) => token.Township.Length == 0 ? "全县" : token.Township;
}
