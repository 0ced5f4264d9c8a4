// Owns: the proof of a technician's day: from `gateway new` to the record of commissioning in the county's table.
// Must never: write a file that a command of the technician or the county writes, or reach into a program.

using System.Text.RegularExpressions;
using Gateway.Contract;
using Microsoft.Data.Sqlite;

namespace Gateway.Tests.EndToEnd;

/// <summary>A county that is its own broker, a virtual board whose console is a pseudo-terminal, and both command lines.</summary>
public sealed partial class TechnicianTests : IDisposable
{
    private const int WaitMs = 600_000;
    private const string Station = "330702";
    private const string Pin = "1357";

    // Hands that go from zone to zone, but not before the walk test: pressed earlier, the call point would be a fire.
    private const string Hands = """
        expect event test-began within 60min
        wait 1s
        press 1
        expect event test-activation zone 1 within 60s
        release 1
        wait 1s
        press 2
        expect event test-activation zone 2 within 60s
        release 2
        wait 1s
        press 3
        expect event test-activation zone 3 within 60s
        release 3
        expect event commissioned within 60min
        wait until county holds within 300s
        quit

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("technician-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void New_station_is_made_checked_loaded_walked_and_on_record_at_the_county()
    {
        using ChildProgram county = ChildProgram.County("run", "--listen", "127.0.0.1:0", "--db", In("county.db"));
        county.Await("own broker at", WaitMs);
        string port = Address().Match(county.Said).Groups["port"].Value;
        Gateway("new", "--out", In("st"), "--id", Station, "--county", "330726", "--township", "330726101", "--village", "330726101003",
            "--name", "金塘村微型消防站", "--host", "127.0.0.1", "--port", port);
        Gateway("check", In("st", "station.conf"));
        County("station", "import", In("st", "county-import.csv"));

        // The box comes without settings; what it needs of the key is what `gateway deploy` would bring.
        using (ChildProgram empty = Box())
        {
            Assert.Contains("没有配置", Gateway("console", "status", "--port", In("ttyACM0")), StringComparison.Ordinal);
            Assert.Contains("已存入", Gateway("load", In("st"), "--port", In("ttyACM0")), StringComparison.Ordinal);
            empty.Await("在线 online", WaitMs);
            Patience.Until(() => !Gateway("console", "status", "--port", In("ttyACM0")).Contains("试运行", StringComparison.Ordinal),
                "the county's answer, which ends the trial");
            Assert.Contains("都正常", Gateway("doctor", "--port", In("ttyACM0")), StringComparison.Ordinal);
            Assert.Contains("已解锁", Gateway("console", $"pin new {Pin}", "--port", In("ttyACM0")), StringComparison.Ordinal);
        }

        // The power was cut, and the name of the port is left.
        File.Delete(In("ttyACM0"));

        File.WriteAllText(In("hands"), Hands);
        File.WriteAllText(In("pin"), Pin);
        using ChildProgram box = Box("--script", In("hands"));
        string walk = Gateway("walktest", "--minutes", "30", "--pin-file", In("pin"), "--port", In("ttyACM0"));
        Assert.Contains("+ 1 值班室报警按钮  1/3", walk, StringComparison.Ordinal);
        Assert.Contains("+ 3 主电  3/3", walk, StringComparison.Ordinal);
        Assert.Contains("部位未试 -", walk, StringComparison.Ordinal);
        Assert.True(box.Finish(WaitMs) == 0, box.Said);

        // Three zones were asked for and tested, and no fire was told.
        Assert.Equal("7/7", Sql("SELECT a || '/' || b FROM events WHERE kind = 221"));
        Assert.Equal("0", Sql("SELECT COUNT(*) FROM events WHERE kind = 1"));
        Assert.Contains(" 已试3/3处", County("stations"), StringComparison.Ordinal);
        Assert.Equal(0, county.Stop());
    }

    private string In(params string[] names) => Path.Combine([_folder, .. names]);

    private ChildProgram Box(params string[] more)
    {
        ChildProgram box = ChildProgram.Gateway(
            ["--key", In("st", "station.key"), "--state", In("flash"), "--plain", "--console", In("ttyACM0"), "--box-open", .. more]);
        box.Await(() => File.Exists(In("ttyACM0")), WaitMs, "no console");
        return box;
    }

    private static string Gateway(params string[] words) =>
        Run(ChildProgram.Built("firmware/Technician", "gateway.dll"), [.. words, "--lang", "zh"]);

    private string County(params string[] words) =>
        Run(ChildProgram.Built("county/Server", "county.dll"), [.. words, "--db", In("county.db")]);

    private static string Run(string program, string[] words)
    {
        (int code, string said, string error) = ChildProgram.Run(Environment.CurrentDirectory, program, words);
        Assert.True(code == 0, $"{words[0]}: {code}\n{said}{error}");
        return said;
    }

    private string Sql(string query)
    {
        using var connection = new SqliteConnection($"Data Source={In("county.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = query;
        return $"{command.ExecuteScalar()}";
    }

    [GeneratedRegex(@"own broker at 127\.0\.0\.1:(?<port>\d+)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Address();
}
