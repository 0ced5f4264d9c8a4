// Owns: `county broker export`: Mosquitto's password and rules files, made from the registry.
// Must never: leave half a file where the broker reads it, or write a password in clear.

using System.CommandLine;
using System.Text;
using Gateway.County.Sql;

namespace Gateway.County.Server;

internal static class BrokerCommands
{
    public static Command Create() => new("broker", "Mosquitto or an engine in the county's service. 消息服务器。")
    {
        Export(), EngineCommands.Definitions(), EngineCommands.Auth(),
    };

    private static Command Export()
    {
        Option<string> outFolder = new("--out") { Description = "The folder of the two files.", HelpName = "DIR", Required = true };
        CommonOptions.NotEmpty(outFolder, "a folder that is there");
        Option<string> passwordFile = new("--password-file")
        {
            Description = "A file with the county's own password in its first line.",
            HelpName = "FILE",
            Required = true,
        };
        Option<string> user = new("--user")
        {
            Description = "The county's own user.",
            HelpName = "NAME",
            DefaultValueFactory = _ => RunCommand.DefaultUser,
        };
        user.Validators.Add(result =>
        {
            // A colon or a new line would be another user's line of the file, and a station's name that station's.
            if (result.Tokens.Count == 1 && result.Tokens[0].Value is var name
                && (!Contract.Topics.LevelOk(name) || TownshipReader.IsStationsName(name)))
            {
                result.AddError($"--user: '{name}'; allowed: 1..{Contract.ContractLimits.TopicLevelMax} characters of A-Z a-z 0-9 - _, "
                    + "not 'st' with a number");
            }
        });
        Option<bool> watch = new("--watch") { Description = "Goes on, and writes again when the registry has changed. Ends with Ctrl-C." };
        Option<string> db = CommonOptions.Db();
        Command command = new(
            "export",
            """
            Writes the files 'passwords' and 'acl' for Mosquitto, for all stations and readers, each whole and at once.
            Mosquitto reads them again on SIGHUP; county/mosquitto has units of systemd that do so whenever 'acl' was written.
            """)
        {
            outFolder, passwordFile, user, watch, db,
        };
        command.SetAction((parsed, stop) =>
        {
            string folder = parsed.GetRequiredValue(outFolder);
            string name = parsed.GetRequiredValue(user);

            // Hashed once: with a new salt each time the file would change without a reason.
            string hash = BrokerPassword.Hash(SecretFiles.ReadPassword("--password-file", parsed.GetRequiredValue(passwordFile)));
            if (!Directory.Exists(folder))
            {
                throw new CommandException($"--out: '{folder}'; allowed: a folder that is there") { ExitCode = ExitCodes.Failed };
            }

            string database = parsed.GetRequiredValue(db);
            using SqlStore store = SqlStore.Open(database, create: false);
            long written = -1;
            string? told = null;
            do
            {
                try
                {
                    long version = store.RegistryVersion();
                    if (version != written)
                    {
                        (int stations, int readers) = Write(folder, name, hash, store);
                        Console.WriteLine($"{folder}: 站点 {stations} stations, 读者 {readers} readers");
                        written = version;
                    }

                    told = null;
                }
                catch (Exception e) when (written >= 0)
                {
                    // What was written goes on counting. A server that restarts or a full disk is tried again and told once.
                    string sentence = OperatorError.Sentence(e, database);
                    if (sentence != told)
                    {
                        Console.Error.WriteLine($"county: {sentence}");
                        told = sentence;
                    }
                }
            }
            while (parsed.GetValue(watch) && !stop.WaitHandle.WaitOne(ServerLimits.ExportLookMs));
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static (int Stations, int Readers) Write(string folder, string county, string countyHash, SqlStore store)
    {
        // Read under the lock: who had read before another wrote would put an older registry in the place of a newer one.
        using FileStream held = Lock(folder);
        StringBuilder passwords = new($"{county}:{countyHash}\n");
        StringBuilder acl = new(Template("acl.template").Replace("@COUNTY@", county, StringComparison.Ordinal));
        string ofStation = Template("acl.station.template");
        string ofReader = Template("acl.reader.template");
        int stations = 0;
        foreach (StationRegistration one in store.Stations().Where(one => one.PasswordHash is not null))
        {
            string name = Contract.BrokerName.Of(one.Station);
            passwords.Append($"{name}:{one.PasswordHash}\n");

            // Tries the standby path; without a block in the rules it hears and says nothing.
            passwords.Append($"{name}{Contract.BrokerName.IdleSuffix}:{one.PasswordHash}\n");
            acl.Append(ofStation.Replace("@STATION@", $"{one.Station}", StringComparison.Ordinal)
                .Replace("@PLACE@", $"{one.County}/{one.Township}/{one.Village}", StringComparison.Ordinal));
            stations++;
        }

        IReadOnlyList<TownshipReader> readers = store.Readers();
        foreach (TownshipReader one in readers)
        {
            if (one.Name == county)
            {
                // Its line would take the county's place, or give it the county's rights.
                Console.Error.WriteLine($"--user: reader '{one.Name}' has the county's own name and is left out; allowed: another name");
                continue;
            }

            passwords.Append($"{one.Name}:{one.PasswordHash}\n");
            acl.Append(ofReader.Replace("@READER@", one.Name, StringComparison.Ordinal)
                .Replace("@COUNTYCODE@", one.County, StringComparison.Ordinal)
                .Replace("@TOWNSHIP@", one.Township, StringComparison.Ordinal));
        }

        // The rules come last, since their change is what makes the broker read both: nobody is let in before its rules are there.
        Replace(Path.Combine(folder, "passwords"), passwords.ToString());
        Replace(Path.Combine(folder, "acl"), acl.ToString());
        return (stations, readers.Count);
    }

    /// <summary>Two that export into one folder must not write the same files at a time.</summary>
    private static FileStream Lock(string folder)
    {
        string path = Path.Combine(folder, "export.lock");
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
                if (!OperatingSystem.IsWindows())
                {
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                }

                return new FileStream(path, options);
            }
            catch (IOException) when (File.Exists(path) && attempt < ServerLimits.ExportTriesMax)
            {
                Thread.Sleep(ServerLimits.ExportWaitMs);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CommandException(
                    $"--out: '{path}': {e.Message}; allowed: a folder that this user may write, and one export into it at a time", e)
                {
                    ExitCode = ExitCodes.Failed,
                };
            }
        }
    }

    /// <summary>Whole or not at all, also over a power cut: written beside, flushed, then put in its place.</summary>
    private static void Replace(string path, string text)
    {
        string beside = path + ".new";
        File.Delete(beside);
        SecretFiles.Write("--out", beside, text);
        if (!OperatingSystem.IsWindows())
        {
            // The broker reads them by its group.
            File.SetUnixFileMode(beside, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        }

        File.Move(beside, path, overwrite: true);
    }

    private static string Template(string name)
    {
        using Stream stream = typeof(BrokerCommands).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
