// Owns: one refusal at least for every option of every command, and for every key of county.json.
// Must never: leave out an option: the test walks the program's own list.

using System.CommandLine;
using System.Text.Json;
using Gateway.County.Server;

namespace Gateway.County.Tests;

public sealed partial class BadInputTests : IDisposable
{
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
