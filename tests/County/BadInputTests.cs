// Owns: one refusal at least for every option of every command, and for every key of county.json.
// Must never: leave out an option: the test walks the program's own list.

using System.CommandLine;
using System.Text.Json;
using Gateway.County.Server;

namespace Gateway.County.Tests;

public sealed class BadInputTests : IDisposable
{
    // Option, or command and option: a wrong value, and what is said of it.
    private static readonly Dictionary<string, (string Value, string Says)> s_wrong = new(StringComparer.Ordinal)
    {
        ["case show --json"] = ("maybe", "'7-found-3'; allowed: what --help"),
        ["--all"] = ("maybe", "'maybe'; allowed: what --help"),
        ["--as"] = ("fire", "--as: 'fire'; allowed: real, false, test, drill"),
        ["--by"] = ("", "--by: ''; allowed: 1..60 characters"),
        ["--case-rule"] = ("danger.huge=3d", "--case-rule: 'danger.huge=3d'; allowed: alarm, danger, silent or risk"),
        ["--at"] = ("05/06/2026", "--at: '05/06/2026'; allowed: 2026-05-01"),
        ["--callout-after"] = ("9", "--callout-after: '9'; allowed: 0, or 10..86400"),
        ["--callout-ring-after"] = ("29", "--callout-ring-after: '29'; allowed: 0, or 30..86400"),
        ["--km"] = ("3,1", "--km: '3,1'; allowed: up to 9 rising numbers"),
        ["--most"] = ("0", "--most: '0'; allowed: 1..32"),
        ["--neighbour"] = ("0", "--neighbour: '0'; allowed: 1..4294967295"),
        ["--party"] = ("", "--party: ''; allowed: 1..60 characters"),
        ["--ring"] = ("10", "--ring: '10'; allowed: 1..9"),
        ["--telephone"] = ("a\u0007b", "--telephone: 'a\uFFFDb'; allowed: 0..40 characters"),
        ["--within"] = ("7201", "--within: '7201'; allowed: 1..7200"),
        ["--cause"] = ("a\u0007b", "--cause: 'a\uFFFDb'; allowed: 0..60 characters"),
        ["--class"] = ("fire", "--class: 'fire'; allowed: alarm, danger, silent, risk"),
        ["--false-alarms"] = ("0", "--false-alarms: '0'; allowed: 1..100"),
        ["--grade"] = ("huge", "--grade: 'huge'; allowed: low, general, larger, major"),
        ["--level"] = ("city", "--level: 'city'; allowed: village, township, county"),
        ["--overdue"] = ("maybe", "'maybe'; allowed: what --help"),
        ["--report"] = ("", "--report: ''; allowed: a free name"),
        ["--silent-case-after"] = ("9", "--silent-case-after: '9'; allowed: 10..86400"),
        ["--words"] = ("a\u0007b", "--words: 'a\uFFFDb'; allowed: "),
        ["--broker"] = ("127.0.0.1", "broker: '127.0.0.1'; allowed: HOST:PORT"),
        ["--ca"] = ("/nonexistent", "allowed: a readable PEM file"),
        ["--client-id"] = ("", "client-id: ''; allowed: "),
        ["--config"] = ("", "--config: ''; allowed: a readable JSON file"),
        ["peer add --address"] = ("12x", "--address: '12x'; allowed: twelve hexadecimal digits"),
        ["--component"] = ("4294967296", "--component: '4294967296'; allowed: 0..4294967295"),
        ["gb26875 decode --json"] = ("maybe", "HEX: character 1 'm'; allowed: pairs of hexadecimal digits"),
        ["--gb26875"] = ("5200", "--gb26875: '5200'; allowed: an IP address of this machine and a port"),
        ["--gb26875-centre"] = ("name=city", "--gb26875-centre: to ''; allowed: "),
        ["--profile"] = ("fast", "--profile: 'fast'; allowed: none, or with commas: test-bit"),
        ["--records"] = ("103", "--records: '103'; allowed: 0..102"),
        ["--system"] = ("256", "--system: '256'; allowed: 0..255"),
        ["--system-address"] = ("-1", "--system-address: '-1'; allowed: 0..255"),
        ["--type"] = ("9", "--type: '9'; allowed: 61 "),
        ["--cert"] = ("/nonexistent", "only '/nonexistent'; allowed: both or neither"),
        ["--county"] = ("a/b", "county"),
        ["--county-after"] = ("9", "--county-after: '9'; allowed: 10..86400"),
        ["--db"] = ("", "--db: ''; allowed: the path of a SQLite file"),
        ["--divisions"] = ("", "--divisions: ''; allowed: a CSV table of divisions"),
        ["--dry-run"] = ("maybe", "Unrecognized command or argument"),
        ["--file"] = ("/nonexistent", "--file: "),
        ["--from"] = ("x", "--from: 'x'; allowed: "),
        ["--id"] = ("0", "--id: '0'; allowed: 1..4294967295"),
        ["--json"] = ("maybe", "'maybe'; allowed: what --help"),
        ["--key"] = ("/nonexistent", "only '/nonexistent'; allowed: both or neither"),
        ["--lane"] = ("feuer", "--lane: 'feuer'; allowed: fire, condition, routine"),
        ["--last"] = ("-1", "--last: '-1'; allowed: 0..2147483647"),
        ["--life"] = ("0", "--life: '0'; allowed: 1..65535"),
        ["--listen"] = ("nowhere", "together with --broker; allowed: "),
        ["--minutes"] = ("-1", "--minutes: '-1'; allowed: "),
        ["--name"] = ("", "name"),
        ["--old"] = ("/nonexistent", "--old: "),
        ["--ops-listen"] = ("0.0.0.0:9180", "--ops-listen: '0.0.0.0:9180'; allowed: HOST:PORT with an address of this machine"),
        ["--out"] = ("", "--out: ''; allowed: a free name"),
        ["--password-file"] = ("/nonexistent", "--password-file: "),
        ["--silent-after"] = ("1.5", "--silent-after: '1.5'; allowed: 1..86400"),
        ["--since"] = ("gestern", "--since: 'gestern'; allowed: 2026-05-01"),
        ["--stolen"] = ("maybe", "'maybe'; allowed: what --help"),
        ["--station"] = ("4294967296", "--station: '4294967296'; allowed: 1..4294967295"),
        ["--to"] = ("-1", "--to: '-1'; allowed: "),
        ["--township"] = ("", "township"),
        ["--township-after"] = ("86401", "--township-after: '86401'; allowed: 10..86400"),
        ["--trust-clock"] = ("maybe", "'maybe'; allowed: what --help"),
        ["--until"] = ("25:00", "--until: '25:00'; allowed: 2026-05-01"),
        ["--until-days"] = ("366", "--until-days: '366'; allowed: 0..365"),
        ["--uplink-host"] = ("10.1.2.3:1883", "--uplink-host: '10.1.2.3:1883'; allowed: "),
        ["--uplink-port"] = ("65536", "--uplink-port: '65536'; allowed: 1..65535"),
        ["broker export --out"] = ("", "--out: ''; allowed: a folder that is there"),
        ["broker export --user"] = ("a:b", "--user: 'a:b'; allowed: 1.."),
        ["--user"] = ("", "--user: ''; allowed: "),
        ["--village"] = ("a+", "village"),
        ["--watch"] = ("maybe", "'maybe'; allowed: what --help"),
        ["gb26875 decode --json"] = ("maybe", "HEX: character 1 'm'; allowed: pairs of hex"),
        ["reader remove --name"] = ("", "--name: ''; allowed: a name of `county reader list`"),
        ["--wait"] = ("3601", "--wait: '3601'; allowed: 0..3600"),
        ["--zone"] = ("256", "--zone: '256'; allowed: 1..255"),
        ["--zones"] = ("33", "--zones: '33'; allowed: zone numbers 1..32"),
    };

    // What the commands need beside the option that is wrong, so that the check behind the command line is reached.
    private static readonly Dictionary<string, string[]> s_beside = new(StringComparer.Ordinal)
    {
        ["run"] = ["--broker=127.0.0.1:1", "--db=none/county.db"],
        ["station add"] = ["--id=7", "--county=1", "--township=2", "--village=3", "--name=a", "--db=none/county.db"],
        ["station import"] = ["/dev/null"],
        ["station password"] = ["--id=7", "--db=none/county.db"],
        ["peer add"] =
        [
            "--id=7", "--address=889", "--county=1", "--township=2", "--village=3", "--name=a", "--from=any", "--db=none/county.db",
        ],
        ["peer read"] = ["--id=7", "--type=81", "--db=none/county.db"],
        ["reader add"] = ["--name=fotang", "--county=1", "--township=2", "--db=none/county.db"],
        ["reader remove"] = ["--name=fotang", "--db=none/county.db"],
        ["broker export"] = ["--out=.", "--password-file=/dev/null", "--db=none/county.db"],
        ["station rotate"] = ["--id=7", "--db=none/county.db"],
        ["command settings"] = ["/dev/null"],
        ["case show"] = ["7-found-3", "--db=none/county.db"],
        ["case take"] = ["7-found-3", "--by=a", "--db=none/county.db"],
        ["case judge"] = ["7-found-3", "--by=a", "--as=real", "--db=none/county.db"],
        ["case note"] = ["7-found-3", "--by=a", "--words=a", "--db=none/county.db"],
        ["case grade"] = ["7-found-3", "--by=a", "--grade=low", "--db=none/county.db"],
        ["case close"] = ["7-found-3", "--by=a", "--db=none/county.db"],
        ["callout add"] = ["--station=7", "--party=a", "--db=none/county.db"],
        ["callout remove"] = ["--station=7", "--party=a", "--db=none/county.db"],
        ["callout call"] = ["7-0-0-3", "--by=a", "--db=none/county.db"],
        ["callout set-out"] = ["7-0-0-3", "--by=a", "--party=a", "--db=none/county.db"],
        ["callout joined"] = ["7-0-0-3", "--by=a", "--party=a", "--db=none/county.db"],
        ["callout off"] = ["7-0-0-3", "--by=a", "--db=none/county.db"],
        ["callout import"] = ["/dev/null", "--db=none/county.db"],
        ["danger add"] = ["--station=7", "--grade=low", "--words=a", "--by=a", "--db=none/county.db"],
        ["inspection done"] = ["--station=7", "--by=a", "--db=none/county.db"],
    };

    // A wrong value of the type that a key takes, where the one above is of another.
    private static readonly Dictionary<string, string> s_numbers = new(StringComparer.Ordinal)
    {
        ["--silent-after"] = "1.5",
        ["--township-after"] = "86401",
        ["--county-after"] = "9",
        ["--silent-case-after"] = "9",
        ["--false-alarms"] = "0",
        ["--callout-after"] = "9",
        ["--callout-ring-after"] = "29",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("county-bad-").FullName;

    public static TheoryData<string, string> Options()
    {
        TheoryData<string, string> all = [];
        foreach ((string Path, Command Command) at in Commands().Prepend(("", CommandLine.Root())))
        {
            foreach (Option option in at.Command.Options.Where(o => o.Name is not ("--help" or "--version")))
            {
                // An option that goes down is asked for where it is used.
                string path = option.Recursive ? $"{at.Path} {at.Command.Subcommands[0].Name}" : at.Path;
                all.Add(path, option.Name);
            }
        }

        return all;
    }

    private static IEnumerable<(string Path, Command Command)> Commands()
    {
        Queue<(string Path, Command Command)> commands = new([("", CommandLine.Root())]);
        while (commands.TryDequeue(out (string Path, Command Command) at))
        {
            foreach (Command below in at.Command.Subcommands)
            {
                (string, Command) one = ($"{at.Path} {below.Name}".Trim(), below);
                commands.Enqueue(one);
                yield return one;
            }
        }
    }

    private static Option Recursive(string name) =>
        Commands().SelectMany(c => c.Command.Options).First(o => o.Recursive && o.Name == name);

    public static TheoryData<string> Keys() => [.. ConfigFile.Options(Run()).Select(o => o.Name)];

    [Theory]
    [MemberData(nameof(Options))]
    public async Task Every_option_is_refused_with_place_value_and_what_is_allowed(string command, string option)
    {
        bool told = s_wrong.TryGetValue($"{command} {option}", out (string Value, string Says) wrong)
            || s_wrong.TryGetValue(option, out wrong);
        Assert.True(told, $"{command} {option} has no line in the table");
        string[] beside = [.. s_beside.GetValueOrDefault(command, []).Where(a => !a.StartsWith(option + "=", StringComparison.Ordinal))];
        (int code, string error) = await Told([.. command.Split(' '), .. Given(option, wrong.Value), .. beside]);
        Assert.NotEqual(0, code);
        Assert.Contains(wrong.Says, error, StringComparison.Ordinal);
        Assert.Contains("allowed: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public async Task Every_option_given_twice_or_without_a_value_is_refused_with_what_is_allowed(string command, string option)
    {
        Option asked = Commands().Single(c => c.Path == command).Command is var at
            && at.Options.FirstOrDefault(o => o.Name == option) is { } own ? own : Recursive(option);
        if (asked.ValueType == typeof(bool))
        {
            // Its presence is its value, and twice is not more.
            return;
        }

        (int code, string error) = await Told([.. command.Split(' '), option]);
        Assert.Equal(2, code);
        Assert.Contains($"county: {option}: 缺值 no value; allowed: {option} {asked.HelpName}", error, StringComparison.Ordinal);
        if (asked.Arity.MaximumNumberOfValues == 1)
        {
            (code, error) = await Told([.. command.Split(' '), $"{option}=1", $"{option}=1"]);
            Assert.Equal(2, code);
            Assert.Contains($"county: {option}: 给了2次 given 2 times; allowed: once", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Command_without_what_it_needs_says_all_of_it()
    {
        foreach ((string path, Command command) in Commands())
        {
            if (command.Subcommands.Count > 0)
            {
                (int code, string error) = await Told(path.Split(' '));
                Assert.Equal(2, code);
                Assert.Contains($"{command.Name}: 缺命令 which? allowed: {command.Subcommands[0].Name}", error, StringComparison.Ordinal);
                continue;
            }

            foreach (Option option in command.Options.Where(o => o.Required))
            {
                (int code, string error) = await Told(path.Split(' '));
                Assert.Equal(2, code);
                Assert.Contains($"{option.Name}: 缺少 missing; allowed: {option.Name} {option.HelpName}\n", error, StringComparison.Ordinal);
            }

            foreach (Argument argument in command.Arguments)
            {
                (int code, string error) = await Told(path.Split(' '));
                Assert.Equal(2, code);
                Assert.Contains($"county: {argument.Name}: 缺少 missing; allowed: {argument.Name}\n", error, StringComparison.Ordinal);
            }

            foreach (Argument argument in command.Arguments.Where(a => a.Name == "FILE"))
            {
                string[] beside = path.StartsWith("command ", StringComparison.Ordinal) ? ["--station=7"] : [];
                (int code, string error) = await Told([.. path.Split(' '), "", .. beside]);
                Assert.Equal(2, code);
                Assert.Contains($"{argument.Name}: ''; allowed: ", error, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Every_key_of_the_file_is_refused_with_its_place(string name)
    {
        Option option = ConfigFile.Options(Run()).Single(o => o.Name == name);
        string key = ConfigFile.KeyOf(option);
        bool text = option.ValueType == typeof(string) || option.ValueType.IsArray;

        // The wrong type, the wrong value, and the same key twice.
        string error = await OfFile($$"""{ "{{key}}": {{(text ? "5" : "\"x\"")}} }""");
        Assert.Matches($"bad.json: {key}: .*; allowed: (a text|a number|true or false)", error);
        string value = text ? JsonSerializer.Serialize(s_wrong[name].Value) : s_numbers.GetValueOrDefault(name, "\"x\"");
        error = await OfFile($$"""{ "{{key}}": {{value}}{{(name == "--broker" ? "" : ", \"broker\": [\"127.0.0.1:1\"]")}} }""");
        Assert.Contains($"bad.json: {key}: ", error, StringComparison.Ordinal);
        Assert.Contains("allowed: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "silentAftr": 5 }""", "silentAftr: no such key; allowed: silentAfter?")]
    [InlineData("""{ "Broker": ["127.0.0.1:1"] }""", "Broker: no such key; allowed: broker?")]
    [InlineData("""{ "zzzzzzzz": 1 }""", "zzzzzzzz: no such key; allowed: broker, ")]
    [InlineData("""{ "password": "x" }""", "password: no such key; allowed: no secrets here; passwordFile, or")]
    [InlineData("""{ "db": "postgres://u:geheim@h/n" }""", "db: an address with a password; allowed: ")]
    [InlineData("""{ "silentAfter": 5, "silentAfter": 6 }""", "silentAfter a second time; allowed: each key once")]
    [InlineData("""{ "broker": [] }""", "broker: []; allowed: at least one")]
    [InlineData("""{ "broker": null }""", "broker: null; allowed: a text, or an array of texts")]
    [InlineData("[1]", "[1]; allowed: a readable JSON file")]
    [InlineData("{ \"db\": ", "no JSON; allowed: ")]
    [InlineData("", "no JSON; allowed: ")]
    [InlineData("\uFEFF{ \"silentAftr\": 5 }", "silentAftr: no such key; allowed: silentAfter?")]
    [InlineData("{ \"db\": \"\\ud800\" }", "allowed: a readable JSON file")]
    [InlineData("{ \"ca\": \"a\\u0000b\", \"broker\": [\"127.0.0.1:1\"] }", "ca: Null character in path. (Parameter 'path'); allowed: ")]
    public async Task File_that_cannot_be_is_refused_with_its_place(string text, string says)
    {
        string error = await OfFile(text);
        Assert.Contains("bad.json: ", error, StringComparison.Ordinal);
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_is_missing_a_folder_or_too_long_is_refused()
    {
        Assert.Contains("--config: Could not find file", await Of(Path.Combine(_folder, "none.json")), StringComparison.Ordinal);
        Assert.Contains("--config: ", await Of(_folder), StringComparison.Ordinal);
        Assert.Contains("is longer; allowed: ", await OfFile(new string(' ', 70_000)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_of_another_owner_is_refused()
    {
        string path = Path.Combine(_folder, "theirs.json");
        File.WriteAllText(path, "{}");
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            // Only the administrator can give a file away.
            Assert.Null(FileOwner.Problem(path));
            return;
        }

        using (System.Diagnostics.Process chown = System.Diagnostics.Process.Start("chown", ["65534", path]))
        {
            await chown.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains("belongs to user 65534; allowed: a file of user 0 or of root", await Of(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--listen", "--silent-after=90")]
    [InlineData("--ops-listen", "--listen=127.0.0.1:0")]
    public async Task Port_in_use_is_told_with_who_has_it(string option, string beside)
    {
        using System.Net.Sockets.TcpListener taken = new(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        string where = taken.LocalEndpoint.ToString()!;
        string db = Path.Combine(_folder, "county.db");
        (int code, string error) = await Told(["run", $"{option}={where}", beside, $"--db={db}"]);
        Assert.Equal(1, code);
        Assert.Contains($"{option}: {where}: ", error, StringComparison.Ordinal);
        Assert.Contains("port in use", error, StringComparison.Ordinal);
        Assert.Contains("; allowed: a free port", error, StringComparison.Ordinal);
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains($"(process {Environment.ProcessId} ", error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--listen", "[::1]")]
    [InlineData("--listen", "::1:1883")]
    [InlineData("--listen", "127.0.0.1")]
    [InlineData("--listen", "127.0.0.1:")]
    [InlineData("--listen", "127.0.0.1:65536")]
    [InlineData("--gb26875", "[::1]")]
    [InlineData("--gb26875", "fe80::1")]
    [InlineData("--ops-listen", "[::1]")]
    public async Task Address_without_a_port_is_refused_and_takes_not_any(string option, string value)
    {
        string db = Path.Combine(_folder, "county.db");
        string[] beside = option == "--listen" ? [] : ["--listen=127.0.0.1:0"];
        (int code, string error) = await Told(["run", $"{option}={value}", $"--db={db}", .. beside]);
        Assert.Equal(2, code);
        Assert.Contains($"{option}: '{value}'; allowed: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_is_no_text_is_refused_with_its_place()
    {
        string path = Path.Combine(_folder, "bytes.json");
        File.WriteAllBytes(path, [.. "{ \"db\": \""u8, 0xFF, 0xFE, .. "\" }"u8]);
        Assert.Contains($"{path}: ", await Of(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_line_goes_above_the_file()
    {
        string error = await Of(Write("""{ "broker": ["127.0.0.1:1"], "silentAfter": 7, "db": "none/here.db" }"""), "--db=none/above.db");
        Assert.Contains("none/above.db", error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Command Run() => CommandLine.Root().Subcommands.Single(c => c.Name == "run");

    private static string[] Given(string option, string value) => value.Length == 0 ? [option, value] : [$"{option}={value}"];

    private string Write(string text)
    {
        string path = Path.Combine(_folder, "bad.json");
        File.WriteAllText(path, text);
        return path;
    }

    private Task<string> OfFile(string text) => Of(Write(text));

    private static async Task<string> Of(string path, params string[] more)
    {
        (int code, string error) = await Told(["run", "--config", path, .. more]);
        Assert.NotEqual(0, code);
        return error;
    }

    private static async Task<(int Code, string Error)> Told(string[] arguments)
    {
        using StringWriter error = new();
        int code = await CommandLine.Run(arguments, error);
        return (code, error.ToString());
    }
}
