// Owns: the rules of the county's command line, run as the program that people run.
// Must never: print a key or password, not even when a test fails.

using System.Runtime.Versioning;
using System.Text.Json;
using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

[SupportedOSPlatform("linux")]
public sealed class ProgramTests : ProgramRig
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public void Station_add_registers_a_random_key_and_writes_the_technicians_files()
    {
        (int code, string output, string error) = Run(Add("330701"));
        Assert.Equal((0, ""), (code, error));
        string settings = File.ReadAllText(In("st330701.settings"));
        const string Line = "\nstation id=330701 county=330726 township=330726101 village=330726101003 name=\"金塘村微型消防站\"\n";
        Assert.Contains(Line, settings, StringComparison.Ordinal);
        Assert.Contains("\nuplink host=127.0.0.1 port=1883 user=st330701\n", settings, StringComparison.Ordinal);
        string[] secrets = File.ReadAllLines(In("st330701.settings.secrets"));
        Assert.Equal(2, secrets.Length);
        Assert.Matches("^key [0-9a-f]{64}$", secrets[0]);
        Assert.Matches("^password [A-Za-z2-9]{24}$", secrets[1]);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(In("st330701.settings.secrets")));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(In("county.db")));
        foreach (string secret in secrets.Select(s => s.Split(' ')[1]))
        {
            Assert.False((output + settings).Contains(secret, StringComparison.OrdinalIgnoreCase), "a secret was shown");
        }

        using SqlStore store = SqlStore.Open(In("county.db"));
        Assert.True(store.Stations()[0].Key.CopyForStorage().AsSpan().SequenceEqual(Convert.FromHexString(secrets[0][4..])), "another key");
    }

    [Fact]
    public void Settings_are_queued_in_pieces_with_a_commit()
    {
        Register();
        string file = In("push.txt");
        File.WriteAllText(file, new string('#', Command.TextBytesMax + 1));
        string[] command = ["command", "settings", file, "--station", "330701", "--db", In("county.db"), "--wait", "0"];
        (int code, string output, string error) = Run(command);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("settings-commit 1005 bytes, checksum ", output, StringComparison.Ordinal);
        using SqlStore store = SqlStore.Open(In("county.db"));
        IReadOnlyList<StationCommand> queued = store.Commands(330701);
        Assert.Equal(
            [CommandCode.SettingsPiece, CommandCode.SettingsPiece, CommandCode.SettingsCommit], queued.Select(c => (CommandCode)c.Code));
        Assert.Equal(File.ReadAllBytes(file), queued.SelectMany(c => c.Text));

        // Nobody runs the county, so the wait ends without an answer.
        (code, output, _) = Run([.. command[..^1], "1"]);
        Assert.Equal(1, code);
        Assert.Contains("no answer yet", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Number_that_is_taken_is_refused_and_leaves_no_file()
    {
        Run(Add("330701"));
        (int code, _, string error) = Run([.. Add("330701"), "--out", In("second")]);
        Assert.Equal(3, code);
        Assert.Contains("330701", error, StringComparison.Ordinal);
        Assert.False(File.Exists(In("second")) || File.Exists(In("second.secrets")));
    }

    [Fact]
    public void Files_that_are_there_are_not_overwritten()
    {
        Run(Add("330701"));
        string before = File.ReadAllText(In("st330701.settings.secrets"));
        Run("station", "remove", "--id", "330701", "--db", In("county.db"));
        Assert.Equal(1, Run(Add("330701")).Code);
        Assert.True(before == File.ReadAllText(In("st330701.settings.secrets")), "the secrets were overwritten");
    }

    [Theory]
    [InlineData(2, "allowed: 1..4294967295", "station", "add", "--id", "0")]
    [InlineData(2, "allowed: 1..4294967295", "station", "remove", "--id", "4294967296")]
    [InlineData(2, "--county", "station", "add", "--id", "7")]
    [InlineData(3, "not registered", "station", "remove", "--id", "8")]
    [InlineData(2, "allowed: fire, condition, routine", "events", "--lane", "feuer")]
    [InlineData(2, "allowed: 2026-05-01", "events", "--since", "gestern")]
    [InlineData(2, "HOST:PORT", "run", "--broker", "127.0.0.1")]
    [InlineData(2, "HOST:PORT", "run", "--broker", "127.0.0.1:70000")]
    [InlineData(1, "--password-file", "run", "--broker", "127.0.0.1:1", "--user", "county", "--password-file", "/nonexistent")]
    [InlineData(2, "--user", "run", "--broker", "127.0.0.1:1", "--password-file", "/etc/hostname")]
    [InlineData(3, "not registered", "command", "settings", "/etc/hostname", "--station", "8")]
    [InlineData(1, "allowed: a readable file", "command", "settings", "/nonexistent", "--station", "8")]
    [InlineData(2, "0 bytes; allowed: 1..16384 bytes", "command", "settings", "/dev/null", "--station", "8")]
    [InlineData(2, "--id: '0'; allowed: 1..4294967295", "station", "remove", "--id", "0")]
    [InlineData(2, "--db: ''; allowed: ", "events", "--db", "")]
    [InlineData(2, "--client-id: ''; allowed: ", "run", "--broker", "127.0.0.1:1", "--client-id", "")]
    [InlineData(1, "allowed: a readable PEM file", "run", "--broker", "127.0.0.1:1", "--ca", "/nonexistent")]
    [InlineData(2, "--ca: ''; allowed: a readable PEM file", "run", "--broker", "127.0.0.1:1", "--ca", "")]
    [InlineData(1, "db ':memory:': a name with a meaning of its own; allowed: ", "events", "--db", ":memory:")]
    [InlineData(1, "db 'file:x.db': a name with a meaning of its own; allowed: ", "events", "--db", "file:x.db")]
    [InlineData(1, "db 'FILE:x.db?mode=memory': a name", "run", "--broker", "127.0.0.1:1", "--db", "FILE:x.db?mode=memory")]
    [InlineData(1, "db '|DataDirectory|x.db': a name", "stations", "--db", "|DataDirectory|x.db")]
    [InlineData(2, "county --help", "fly")]
    [InlineData(2, "county: command: 缺命令 which? allowed: station, reader, ")]
    [InlineData(2, "--broker: '[host]:1883'; allowed: HOST:PORT", "run", "--broker", "[host]:1883")]
    [InlineData(2, "--broker: 'two words:1883'; allowed: HOST:PORT", "run", "--broker", "two words:1883")]
    [InlineData(2, "--township: '没有'; allowed: ", "events", "--township", "没有")]
    [InlineData(2, "--until: 2026-05-01 00:00:00; allowed: a moment after", "events", "--since", "2026-05-02", "--until", "2026-05-01")]
    [InlineData(3, "--id: 99 is no box; allowed: ", "peer", "answers", "--id", "99")]
    [InlineData(1, "db '/': 文件夹 a folder; allowed: ", "stations", "--db", "/")]
    public async Task Wrong_command_line_says_place_and_what_is_allowed(int code, string says, params string[] arguments)
    {
        using (SqlStore.Open(In("county.db")))
        {
            // A database for the commands that look before they find the error.
        }

        string[] database = arguments.Length < 2 || arguments.Contains("--db") ? [] : ["--db", In("county.db")];
        (int Code, string Error) got = await Told([.. arguments, .. database]);
        Assert.Equal(code, got.Code);
        Assert.Contains(says, got.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", got.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bad/code", "village")]
    [InlineData("", "village")]
    [InlineData("1234567890123456789012345", "village")]
    public async Task Code_that_fits_no_topic_is_refused(string village, string place)
    {
        (int code, string error) = await Told([.. Add("7", village: village), "--out", In("st7"), "--db", In("county.db")]);
        Assert.Equal(2, code);
        Assert.Contains(place, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\"b")]
    [InlineData("a\nb")]
    [InlineData("a\\b")]
    [InlineData("")]
    [InlineData("一二三四五六七八九十一二三四五六七")]
    public async Task Name_that_would_break_the_settings_line_is_refused(string name)
    {
        (int code, string error) = await Told([.. Add("7", name: name), "--out", In("st7"), "--db", In("county.db")]);
        Assert.Equal(2, code);
        Assert.Contains("name: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(":memory:")]
    [InlineData("file:x.db")]
    public async Task Database_that_is_no_file_gets_no_station_and_hands_out_no_secrets(string database)
    {
        (int code, string error) = await Told([.. Add("7"), "--out", In("st7"), "--db", database]);
        Assert.Equal(1, code);
        Assert.Contains($"db '{database}': a name with a meaning of its own; allowed: ", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(In("")));
    }

    [Theory]
    [InlineData("events")]
    [InlineData("gaps")]
    [InlineData("stations")]
    [InlineData("refused")]
    [InlineData("conflicts")]
    public async Task Report_without_a_database_is_an_error_and_makes_none(string command)
    {
        (int code, string error) = await Told(command, "--db", In("none.db"));
        Assert.Equal(1, code);
        Assert.Contains("none.db", error, StringComparison.Ordinal);
        Assert.False(File.Exists(In("none.db")));
    }

    [Fact]
    public void Second_receiver_for_a_database_is_refused_and_the_first_one_goes_on()
    {
        using FileStream first = new(In("county.db.lock"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        (int code, _, string error) = Run("run", "--broker", "127.0.0.1:1", "--db", In("county.db"));
        Assert.Equal(1, code);
        Assert.Contains("allowed: one at a time", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Database_of_something_else_is_refused_and_left_alone()
    {
        File.WriteAllText(In("notes.db"), new string('x', 5_000));
        (int code, _, string error) = Run("events", "--db", In("notes.db"));
        Assert.Equal(1, code);
        Assert.Contains("notes.db", error, StringComparison.Ordinal);
        Assert.Equal(new string('x', 5_000), File.ReadAllText(In("notes.db")));
    }

    [Fact]
    public void Conflicts_say_which_of_the_two_came_under_a_stolen_key()
    {
        const long StolenMs = 1_779_000_000_000;
        FakeGateway thief = new(330701) { Boot = 2 };
        FakeGateway renewed = new(330701, keySeed: 9) { Boot = 3 };
        using (SqlStore store = SqlStore.Open(In("county.db")))
        {
            store.AddStation(thief.Registration);
            CountyDesk desk = new(store, new Recorder(), new CountyOptions());
            long nowMs = StolenMs;
            void Send(params Sent[] messages)
            {
                foreach (Sent sent in messages)
                {
                    Instant now = new(++nowMs, nowMs - StolenMs);
                    desk.Tick(now);
                    desk.Commit([desk.Open(sent.Topic, sent.Payload, now)!], now);
                }
            }

            Send(thief.Hello(), thief.Batch(Lane.Fire, 0, 1, 2));
            Send(thief.Batch(Lane.Fire, 0, thief.Record(Lane.Fire, 2, change: r => r.Zone = 9)));
            store.ReplaceKey(thief.Station, new StationKey(renewed.Key), "hash", nowMs, StolenMs);
            nowMs += 60_000;
            desk.Tick(new Instant(nowMs, nowMs - StolenMs));
            Send(renewed.Hello(), renewed.Batch(Lane.Fire, 0, renewed.Record(Lane.Fire, 1, change: r => r.Zone = 9)));
        }

        (int code, string output, _) = Run("conflicts", "--db", In("county.db"));
        Assert.Equal(0, code);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith(" [留存者存疑]", lines[1].TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("[存疑]", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(" [存疑] [留存者存疑]", lines[2].TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Events_are_listed_as_table_and_as_json()
    {
        FakeGateway gateway = new(330701) { UtcMs = 1_779_000_000_123 };
        using (SqlStore store = SqlStore.Open(In("county.db")))
        {
            store.AddStation(gateway.Registration);
            CountyDesk desk = new(store, new Recorder(), new CountyOptions());
            foreach (Sent sent in (Sent[])[gateway.Hello(), gateway.Batch(Lane.Fire, 0, 1), gateway.Batch(Lane.Routine, 0, 1)])
            {
                Instant now = new(1_779_000_001_000, 0);
                desk.Commit([desk.Open(sent.Topic, sent.Payload, now)!], now);
            }
        }

        (int code, string json, _) = Run("events", "--station", "330701", "--lane", "fire", "--json", "--db", In("county.db"));
        Assert.Equal(0, code);
        JsonElement only = Assert.Single(JsonDocument.Parse(json).RootElement.EnumerateArray());
        Assert.Equal("fire-alarm", only.GetProperty("kind").GetString());
        Assert.Equal("火警", only.GetProperty("kindName").GetString());
        Assert.Equal("2026-05-17T06:40:00.123Z", only.GetProperty("time").GetString());
        Assert.Equal(1, only.GetProperty("sequence").GetInt32());
        Assert.Equal(128, only.GetProperty("raw").GetString()!.Length);
        string[] lines = Run("events", "--db", In("county.db")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Contains("火警 3号（手动报警按钮）", lines[1], StringComparison.Ordinal);
        Assert.Equal(6, lines[1].Split('\t').Length);
        Assert.Equal("[]\n", Run("events", "--until", "2020-01-01", "--json", "--db", In("county.db")).Output);
        Assert.Contains("330701号站", Run("stations", "--db", In("county.db")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_command_is_written_into_the_table_and_listed()
    {
        (string Words, int[] Numbers, string[] Asked)[] commands =
        [
            ("duty-check 10 min", [1, 10, 0, 0], ["duty-check", "--minutes", "10"]),
            ("drill 0 min", [2, 0, 0, 0], ["drill", "--minutes", "0"]),
            ("drill zones 1,3 30 min", [2, 30, 5, 0], ["drill", "--zones", "1,3", "--minutes", "30"]),
            ("drill zones all 30 min", [2, 30, 0, 0], ["drill", "--zones", "all", "--minutes", "30"]),
            ("hot-work zones 1,32 60 min", [3, int.MinValue + 1, 60, 0], ["hot-work", "--zones", "1,32", "--minutes", "60"]),
            ("shield zone 7 30 min", [4, 7, 30, 0], ["shield", "--zone", "7", "--minutes", "30"]),
            ("test zone 7 0 min", [5, 7, 0, 0], ["test", "--zone", "7", "--minutes", "0"]),
            ("clock", [6, 0, 0, 0], ["clock"]),
            ("read-log routine#5-4294967294", [7, 2, 5, -2],
                ["read-log", "--lane", "routine", "--from", "5", "--to", "4294967294"]),
            ("self-test", [8, 0, 0, 0], ["self-test"]),
            ("call-out 前塘村 5 min", [12, 5, 0, 0], ["call-out", "--place", "前塘村"]),
            ("call-out 0 min", [12, 0, 0, 0], ["call-out", "--minutes", "0"]),
            ("silence", [9, 0, 0, 0], ["silence", "--life", "60"]),
        ];
        Register();
        List<string> said = [];
        foreach ((_, _, string[] asked) in commands)
        {
            (int exit, string output, string error) = Run(["command", "--station", "330701", .. asked]);
            Assert.Equal((0, ""), (exit, error));
            said.Add(output);
        }

        // Listed once for all of them: each start of the program costs a quarter of a second of a processor.
        using JsonDocument json = JsonDocument.Parse(Run("commands", "--station", "330701", "--json").Output);
        JsonElement[] listed = [.. json.RootElement.EnumerateArray().OrderBy(one => one.GetProperty("number").GetUInt32())];
        Assert.Equal(commands.Length, listed.Length);
        string table = Run("commands").Output;
        for (int i = 0; i < commands.Length; i++)
        {
            (string words, int[] numbers, _) = commands[i];
            JsonElement one = listed[i];
            Assert.Equal(numbers, new[] { "code", "a", "b", "c" }.Select(name => one.GetProperty(name).GetInt32()));
            Assert.Equal(("queued", 0), (one.GetProperty("state").GetString(), one.GetProperty("times").GetInt32()));
            Assert.StartsWith($"command {one.GetProperty("number").GetUInt32()} {words}: queued", said[i], StringComparison.Ordinal);
        }

        Assert.Equal(commands.Length, table.Split("\t待下发\t").Length - 1);
        Assert.Contains("\t查岗 限10分\t", table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "--station: 5 is not registered", "--station", "5", "clock")]
    [InlineData(2, "--station", "clock")]
    [InlineData(2, "--minutes: '0'; allowed: 1..10", "--station", "330701", "duty-check", "--minutes", "0")]
    [InlineData(2, "--minutes", "--station", "330701", "drill")]
    [InlineData(2, "--zones", "--station", "330701", "drill", "--minutes", "10")]
    [InlineData(2, "--zones: missing", "--station", "330701", "hot-work", "--minutes", "10")]
    [InlineData(2, "--zones: '1,33'; allowed: zone numbers 1..32", "--station", "330701", "hot-work", "--zones", "1,33", "--minutes", "1")]
    [InlineData(2, "--to: 4; allowed: at least --from, 5", "--station", "330701", "read-log", "--lane", "fire", "--from", "5", "--to", "4")]
    [InlineData(2, "--life: '0'; allowed: 1..65535", "--station", "330701", "clock", "--life", "0")]
    public async Task Wrong_command_is_refused_with_place_and_what_is_allowed(int code, string says, params string[] arguments)
    {
        Register();
        (int exit, string error) = await Told(["command", .. arguments, "--db", In("county.db")]);
        Assert.Equal(code, exit);
        Assert.Contains(says, error, StringComparison.Ordinal);
        using SqlStore store = SqlStore.Open(In("county.db"));
        Assert.Empty(store.Commands(null));
    }

    [Fact]
    public void Second_store_of_one_process_leaves_the_locks_of_the_first_alone()
    {
        // Goal: another process must see that the log is in use. Method: it closes the database last but one, and the log must stay.
        using SqlStore first = SqlStore.Open(In("county.db"));
        first.AddStation(new FakeGateway(330701).Registration);
        using (SqlStore.Open(In("county.db"), create: false))
        {
            // Opened and closed beside the first.
        }

        Assert.Equal(0, Run("station", "list", "--db", In("county.db")).Code);
        Assert.True(File.Exists(In("county.db-wal")), "the log of an open database was taken away");
    }

    [Theory]
    [InlineData("events")]
    [InlineData("gaps")]
    [InlineData("commands")]
    public void List_of_a_station_that_is_not_registered_says_so(string list)
    {
        Register();
        (int code, _, string error) = Run(list, "--station", "330702", "--db", In("county.db"));
        Assert.Equal(0, code);
        Assert.StartsWith("county: --station: 330702 is not registered; allowed: ", error, StringComparison.Ordinal);
        Assert.Equal("", Run(list, "--station", "330701", "--db", In("county.db")).Error);
    }

    [Fact]
    public void Help_says_what_the_exit_codes_mean()
    {
        (int code, string output, _) = Run("--help");
        Assert.Equal(0, code);
        string[] meanings = ["0  done", "1  failed", "2  wrong command line", "3  there is no such station"];
        Assert.All(meanings, line => Assert.Contains(line, output, StringComparison.Ordinal));
    }
}
