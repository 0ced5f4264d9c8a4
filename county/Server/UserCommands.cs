// Owns: `county user add, list, reset, remove`: people who use the duty page.
// Must never: print a password, or take one from the command line.

using System.CommandLine;
using System.CommandLine.Parsing;
using Gateway.County.Duty;
using Gateway.County.Sql;

namespace Gateway.County.Server;

internal static class UserCommands
{
    public static Command Create() => new("user", "People who use the duty page. 值班页用户。") { Add(), List(), Reset(), Remove() };

    private static Command Add()
    {
        Option<string> name = Name("What is typed at the sign-in, such as wangfang.");
        Option<string> person = CommonOptions.Required("--person", "NAME", "The person's name, which stands with each act, such as 王芳.");
        Option<int> role = new("--role")
        {
            Description = "county (县值班), township (乡镇值班), engineer (工程师), reader (只读).",
            HelpName = "ROLE",
            Required = true,
            CustomParser = Role,
        };
        Option<string?> township = new("--township")
        {
            Description = "The township's code: of a township's user, needed; of a reader, what is seen.", HelpName = "CODE",
        };
        CommonOptions.NotEmpty(township, "the code of a township");
        Option<string?> passwordFile = PasswordFile();
        Option<string?> outFile = Out();
        Option<string> db = CommonOptions.Db();
        Command command = new("add", "Adds a user. Without --password-file the password is made, and goes into a file.")
        {
            name, person, role, township, passwordFile, outFile, db,
        };
        command.SetAction(parsed =>
        {
            DutyUser Of(string password) => new()
            {
                Name = parsed.GetRequiredValue(name),
                Person = parsed.GetRequiredValue(person),
                Role = (DutyRole)parsed.GetValue(role),
                Township = parsed.GetValue(township) ?? "",
                PasswordHash = password.Length == 0 ? "" : Passwords.Hash(parsed.GetRequiredValue(name), password),
                AddedMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            };
            DutyUser asked = Of("");
            if (asked.Problem() is { } problem)
            {
                throw new CommandException("--" + problem);
            }

            string says = WithPassword(parsed, asked.Name, passwordFile, outFile, password =>
            {
                using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db));
                if (!store.AddUser(Of(password)))
                {
                    throw new CommandException($"--name: '{asked.Name}' is there already; allowed: a free name")
                    {
                        ExitCode = ExitCodes.Failed,
                    };
                }
            });
            Console.WriteLine($"user {asked.Name}: {asked.Person}，{DutyUser.Chinese(asked.Role)} {asked.Township}".TrimEnd() + says);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command List()
    {
        Option<string> db = CommonOptions.Db();
        Command command = new("list", "Lists the users.") { db };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            ReportTable table = new("用户", "姓名", "角色", "乡镇", "登记");
            foreach (DutyUser one in store.Users())
            {
                table.Add(one.Name, one.Person, DutyUser.Chinese(one.Role), one.Township, TimeText.Local(one.AddedMs));
            }

            table.Show();
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Reset()
    {
        Option<string> name = Known();
        Option<string?> passwordFile = PasswordFile();
        Option<string?> outFile = Out();
        Option<string> db = CommonOptions.Db();
        Command command = new("reset", "Gives a user another password; wherever it is signed in, that ends.")
        {
            name, passwordFile, outFile, db,
        };
        command.SetAction(parsed =>
        {
            string who = parsed.GetRequiredValue(name);
            string says = WithPassword(parsed, who, passwordFile, outFile, password =>
            {
                using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
                Found(store.ResetUser(who, Passwords.Hash(who, password)), who);
            });
            Console.WriteLine($"user {who}{says}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Remove()
    {
        Option<string> name = Known();
        Option<string> db = CommonOptions.Db();
        Command command = new("remove", "Takes a user away; wherever it is signed in, that ends. What the person did stays.") { name, db };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            Found(store.RemoveUser(parsed.GetRequiredValue(name)), parsed.GetRequiredValue(name));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Option<string> Name(string description) => CommonOptions.Required("--name", "NAME", description);

    private static Option<string> Known()
    {
        Option<string> name = Name("The user.");
        CommonOptions.NotEmpty(name, "a name of `county user list`");
        return name;
    }

    private static Option<string?> PasswordFile() => new("--password-file")
    {
        Description = "A file with the password in its first line.", HelpName = "FILE",
    };

    private static Option<string?> Out()
    {
        Option<string?> option = new("--out") { Description = "Where a made password goes. [default: NAME.password]", HelpName = "FILE" };
        CommonOptions.NotEmpty(option, "a free name for a file");
        return option;
    }

    private static int Role(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (DutyUser.Roles.IndexOf(text) is >= 0 and var at)
        {
            return at + 1;
        }

        result.AddError($"--role: '{PlainText.Clean(text)}'; allowed: {string.Join(", ", DutyUser.Roles)}");
        return 0;
    }

    /// <summary>Does it with the password that was given, or with one that is made and handed out; gives what is said of it.</summary>
    private static string WithPassword(
        ParseResult parsed, string name, Option<string?> passwordFile, Option<string?> outFile, Action<string> work)
    {
        if (parsed.GetValue(passwordFile) is { } given)
        {
            string password = SecretFiles.ReadPassword("--password-file", given);
            if (Passwords.Problem(password) is { } problem)
            {
                throw new CommandException("--password-file: " + problem);
            }

            work(password);
            return "";
        }

        string made = BrokerPassword.Create();
        string path = parsed.GetValue(outFile) ?? $"{name}.password";
        SecretFiles.HandOut("--out", path, made + "\n", () => work(made));
        return $", password in {path} (readable to you alone)";
    }

    private static void Found(bool found, string name)
    {
        if (!found)
        {
            throw new CommandException($"--name: '{PlainText.Clean(name)}' is no user; allowed: a name of `county user list`")
            {
                ExitCode = ExitCodes.Failed,
            };
        }
    }
}
