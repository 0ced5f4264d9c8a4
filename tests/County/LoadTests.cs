// Owns: the load generator, against the county's own broker: what it says is held is in the database, each once, also across a kill.
// Must never: play more stations than a loaded machine carries in a test.

using System.Runtime.Versioning;
using Gateway.Contract;
using Gateway.County.Sql;
using Gateway.Tools.Load;

namespace Gateway.County.Tests;

[SupportedOSPlatform("linux")]
public sealed class LoadTests : IDisposable
{
    private const int WaitMs = 120_000;
    private readonly string _folder = MemoryFolder.Create("county-load-");
    private readonly string _out = MemoryFolder.Create("county-load-out-");

    [Fact]
    public async Task What_twenty_stations_made_is_in_the_database_once_although_the_county_was_killed()
    {
        int port = FreePort.Next();
        string database = Path.Combine(_folder, "county.db");
        Register(database);
        string[] run = ["run", "--listen", $"127.0.0.1:{port}", "--db", database];
        LoadOptions options = LoadOptions.Of(
            [
                "run", "--broker", $"127.0.0.1:{port}", "--stations", "20", "--seconds", "6", "--fires", "600", "--routine", "1",
                "--storm", "2", "--storm-share", "100", "--drain", "120",
            ],
            out string problem)!;
        Assert.Equal("", problem);
        Task<LoadReport> load;
        using (ChildProgram first = ChildProgram.Beside("county.dll", run))
        {
            first.Await("已连接", WaitMs);
            load = Task.Run(() => new LoadRun(options, _ => { }).Run(TestContext.Current.CancellationToken));
            first.Await("火警", WaitMs);
            first.Kill();
        }

        using ChildProgram second = ChildProgram.Beside("county.dll", run);
        LoadReport report = await load;
        Assert.True(report.Good, string.Join('\n', report.Lines()));
        Assert.InRange(report.Fires, 10, 60);
        report.Write(_out);
        Assert.Equal(0, second.Stop());
        using SqlStore store = SqlStore.Open(database);
        (uint Station, uint Epoch, Lane Lane)[] events =
            [.. store.Events(new EventQuery()).Select(one => (one.Key.Station, one.Key.Epoch, one.Key.Lane))];
        string[][] ledger = [.. File.ReadLines(Path.Combine(_out, "ledger.csv")).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(20 * Lanes.Count, ledger.Length);
        Assert.All(ledger, row => Assert.Equal(
            int.Parse(row[4]), events.Count(one => one == (uint.Parse(row[0]), uint.Parse(row[2]), (Lane)int.Parse(row[3])))));
        Assert.Equal(ledger.Sum(row => int.Parse(row[4])), events.Length);
        Assert.Empty(store.Conflicts());
        Assert.Empty(store.Gaps(null));
    }

    [Theory]
    [InlineData("", "'' ; allowed: stations, run")]
    [InlineData("play", "'play'; allowed: stations, run")]
    [InlineData("run", "--broker: missing; allowed: HOST:PORT")]
    [InlineData("stations", "--out: missing; allowed: a folder that is there")]
    [InlineData("stations --out /nowhere/at/all", "--out: '/nowhere/at/all'; allowed: a folder that is there")]
    [InlineData("run --broker h", "--broker: 'h'; allowed: HOST:PORT with a port 1..65535")]
    [InlineData("run --broker h:1,h:0", "--broker: 'h:1,h:0'; allowed: HOST:PORT with a port 1..65535")]
    [InlineData("run --broker h:1 --ca /nowhere/at/all", "--ca: '/nowhere/at/all'; allowed: a file that is there")]
    [InlineData("run --broker h:1 --stations 0", "--stations: '0'; allowed: 1..28000")]
    [InlineData("run --broker h:1 --stations 28001", "--stations: '28001'; allowed: 1..28000")]
    [InlineData("run --broker h:1 --stations -5", "--stations: '-5'; allowed: 1..28000")]
    [InlineData("run --broker h:1 --stations", "--stations: no value; allowed: one behind each option")]
    [InlineData("run --broker h:1 --seconds 5 --seconds 6", "--seconds: a second time; allowed: once")]
    [InlineData("run --broker h:1 --speed 5", "'--speed'; allowed: --broker, --ca, --steps, --out, --counties")]
    [InlineData("run --broker h:1 --steps 20,10", "--steps: '20,10'; allowed: numbers of stations that rise")]
    [InlineData("run --broker h:1 --steps 300", "--steps: 300; allowed: at most --stations, 200")]
    [InlineData("run --broker h:1 --counties 9 --stations 8", "--counties: 9; allowed: at most --stations, 8")]
    public void Wrong_options_are_named_with_their_value_and_what_is_allowed(string words, string told)
    {
        Assert.Null(LoadOptions.Of(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), out string problem));
        Assert.StartsWith(told.Replace("'' ;", "'';", StringComparison.Ordinal), problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Places_are_many_and_none_is_there_twice()
    {
        Place[] all = [.. Place.All(90, 28_000)];
        Assert.Equal(90, all.Select(place => place.County).Distinct().Count());
        Assert.Equal(all.Length, all.Select(place => place.Village).Distinct().Count());
        Assert.All(all, place => Assert.StartsWith(place.County, place.Township, StringComparison.Ordinal));
        Assert.All(all, place => Assert.StartsWith(place.Township, place.Village, StringComparison.Ordinal));
        Assert.All(all, place => Assert.Equal(12, place.Village.Length));
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_out, recursive: true);
    }

    private void Register(string database)
    {
        Place[] places = [.. Place.All(1, 20)];
        string table = Path.Combine(_out, "table.csv");
        string divisions = Path.Combine(_out, "divisions.csv");
        Place.Write(table, places);
        Place.WriteDivisions(divisions, places);
        using ChildProgram import = ChildProgram.Beside(
            "county.dll", "station", "import", table, "--divisions", divisions, "--db", database);
        Assert.Equal(0, import.Finish(WaitMs));
    }
}
