// Owns: what is said of every file that an option names and that cannot be read or made.
// Must never: leave out such an option: the test walks the program's own list.

using System.CommandLine;
using Gateway.County.HandOver;
using Gateway.County.Server;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

public sealed class FileInputTests : IDisposable
{
    // What each command needs beside the file, so that the file is looked at. FOLDER is the test's own.
    private static readonly Dictionary<string, string[]> s_beside = new(StringComparer.Ordinal)
    {
        ["broker export --password-file"] = ["--out=FOLDER"],
        ["broker auth --config"] = ["--county=330726", "--listen=127.0.0.1:1"],
        ["broker definitions --out"] = ["--county=330726"],
        ["handover rotate --old"] = ["--out=FOLDER/new"],
        ["handover rotate --out"] = [],
        ["run --handover-ca"] =
        [
            "--broker=127.0.0.1:1", "--handover-url=https://platform.example/cases", "--handover-secret=FOLDER/secret",
        ],
        ["run --handover-feedback-secret"] = ["--broker=127.0.0.1:1", "--handover-listen=127.0.0.1:1"],
        ["run --handover-pull-token"] = ["--broker=127.0.0.1:1", "--handover-listen=127.0.0.1:1"],
        ["run --handover-secret"] = ["--broker=127.0.0.1:1", "--handover-url=https://platform.example/cases"],
        ["run --page-cert"] = ["--broker=127.0.0.1:1", "--page=127.0.0.1:1", "--page-key=FOLDER/key.pem"],
        ["run --page-key"] = ["--broker=127.0.0.1:1", "--page=127.0.0.1:1", "--page-cert=FOLDER/cert.pem"],
        ["token add --out"] = ["--name=screen"],
        ["user add --out"] = ["--name=li", "--person=a", "--role=county"],
        ["user add --password-file"] = ["--name=li", "--person=a", "--role=county"],
        ["user reset --out"] = ["--name=wang"],
        ["user reset --password-file"] = ["--name=wang"],
        ["run --ca"] = ["--broker=127.0.0.1:1"],
        ["run --cert"] = ["--listen=127.0.0.1:0", "--key=FOLDER/key.pem"],
        ["run --config"] = [],
        ["run --key"] = ["--listen=127.0.0.1:0", "--cert=FOLDER/cert.pem"],
        ["run --password-file"] = ["--broker=127.0.0.1:1", "--user=county"],
        ["station import --divisions"] = ["FOLDER/stations.csv"],
        ["station password --file"] = ["--id=7"],
        ["station rotate --old"] = ["--id=7"],
        ["case show --report"] = ["7-found-3"],
        ["reader add --out"] = ["--name=fotang", "--county=1", "--township=2"],
        ["station add --out"] = ["--id=8", "--county=1", "--township=2", "--village=3", "--name=a"],
        ["station password --out"] = ["--id=7"],
        ["station rotate --out"] = ["--id=7"],
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("county-files-").FullName;

    /// <summary>Options that name a file to be read.</summary>
    public static TheoryData<string, string> Read() => [.. Files().Where(f => !IsMade(f.Option)).Select(f => (f.Command, f.Option))];

    /// <summary>Options that name a file to be made.</summary>
    public static TheoryData<string, string> Made() => [.. Files().Where(f => IsMade(f.Option)).Select(f => (f.Command, f.Option))];

    [Theory]
    [MemberData(nameof(Read))]
    public async Task File_that_is_missing_a_folder_or_another_users_is_told_with_what_is_allowed(string command, string option)
    {
        string path = Path.Combine(_folder, "named");
        await Refused(command, option, path, "named");

        // A folder is what cannot be read by anybody, also not by the administrator.
        Directory.CreateDirectory(path);
        await Refused(command, option, path, "named");
        Directory.Delete(path);

        File.WriteAllText(path, "{}");
        if (OperatingSystem.IsLinux() && Environment.UserName == "root")
        {
            using System.Diagnostics.Process chown = System.Diagnostics.Process.Start("chown", ["65534", path]);
            await chown.WaitForExitAsync(TestContext.Current.CancellationToken);
            await Refused(command, option, path, "belongs to user 65534; allowed: a file of user 0 or of root");
        }
    }

    [Theory]
    [MemberData(nameof(Made))]
    public async Task File_that_is_there_or_cannot_be_made_is_told_and_nothing_is_changed(string command, string option)
    {
        string path = Path.Combine(_folder, "named");
        File.WriteAllText(path, "before");
        await Refused(command, option, path, "named' is there already; allowed: a free name");
        Assert.Equal("before", File.ReadAllText(path));
        await Refused(command, option, Path.Combine(_folder, "none", "named"), "cannot be made");

        // What failed can be done after all: it left nothing behind.
        File.Delete(path);
        (int code, string error) = await Told(command, option, path);
        Assert.Equal((0, ""), (code, error));
        Assert.True(File.Exists(path));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static bool IsMade(string option) => option is "--out" or "--report";

    private static IEnumerable<(string Command, string Option)> Files()
    {
        Queue<(string Path, Command Command)> commands = new([("", CommandLine.Root())]);
        while (commands.TryDequeue(out (string Path, Command Command) at))
        {
            foreach (Command below in at.Command.Subcommands)
            {
                commands.Enqueue(($"{at.Path} {below.Name}".Trim(), below));
            }

            foreach (Option option in at.Command.Options.Where(o => o.HelpName == "FILE"))
            {
                yield return (at.Path, option.Name);
            }
        }
    }

    private async Task Refused(string command, string option, string path, string says)
    {
        (int code, string error) = await Told(command, option, path);
        Assert.Equal(1, code);
        Assert.Contains($"{option}: ", error, StringComparison.Ordinal);
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.Contains("; allowed: ", error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private async Task<(int Code, string Error)> Told(string command, string option, string path)
    {
        Assert.True(s_beside.TryGetValue($"{command} {option}", out string[]? beside), $"{command} {option} has no line in the table");
        string[] db = command is "handover rotate" or "broker definitions" ? [] : [$"--db={Path.Combine(_folder, "county.db")}"];
        using (SqlStore store = SqlStore.Open(Path.Combine(_folder, "county.db")))
        {
            store.AddStation(new StationRegistration
            {
                Station = 7,
                County = "1",
                Township = "2",
                Village = "3",
                Name = "a",
                Key = StationKey.Create(),
                AddedMs = 0,
            });
            store.AddUser(new DutyUser { Name = "wang", Person = "a", Role = DutyRole.County, Township = "", PasswordHash = "x" });
            CaseDesk.Found(store, new FoundDanger(store.Stations()[0], CaseGrade.Low, "a", "a", EscalationLevel.County), nowMs: 1);
        }

        File.WriteAllText(Path.Combine(_folder, "cert.pem"), "");
        File.WriteAllText(Path.Combine(_folder, "key.pem"), "");
        File.WriteAllText(Path.Combine(_folder, "secret"), WebhookSecret.Create());
        IEnumerable<string> more = beside.Select(word => word.Replace("FOLDER", _folder, StringComparison.Ordinal));
        using StringWriter error = new();
        int code = await CommandLine.Run([.. command.Split(' '), $"{option}={path}", .. more, .. db], error);
        return (code, error.ToString());
    }
}
