// Owns: what goes after years, what never does, and that a repeat of what went is still known.
// Must never: look at the rows alone: what stations and people see of it counts.

using System.Runtime.Versioning;
using Gateway.Contract;
using Gateway.County.Server;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

[SupportedOSPlatform("linux")]
public class PruneTests : StoreTests, IDisposable
{
    // 2025-10; what is kept for 90 days begins behind it.
    private const long LongAgoMs = 1_760_000_000_000;
    private const long DayMs = 86_400_000;
    private const int Old = 70;
    private const int Danger = 60;
    private const int InBatch = 10;

    private readonly string _folder = Directory.CreateTempSubdirectory("county-prune-").FullName;
    private readonly FakeGateway _gateway = new(330701) { UtcMs = LongAgoMs };

    public PruneTests()
        : base(null)
    {
    }

    private protected PruneTests(PostgresFixture postgres)
        : base(postgres)
    {
    }

    [Fact]
    public async Task Old_events_go_into_files_and_what_is_needed_stays()
    {
        using Rig rig = Village();
        string[] before = Ids(rig);
        Assert.Equal((0, ""), await Prune(rig));
        Assert.Equal(Enumerable.Range(Danger, Old + 3 - Danger).Select(n => (uint)n), rig.Sequences(_gateway, Lane.Condition));

        // The first alarm's case is over and went; its fire stays. The second waits for its judgement.
        Assert.Equal([1u, 4u, 5u, 6u, 7u], rig.Sequences(_gateway, Lane.Fire));
        Assert.Equal(before.Except(["330701-77-0-1"]), Ids(rig));
        string folder = Assert.Single(Directory.GetDirectories(_folder));
        Assert.Equal(
            ["SHA256SUMS", "case_acts.csv", "case_steps.csv", "cases.csv", "events.csv"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        string[] events = File.ReadAllLines(Path.Combine(folder, "events.csv"));
        Assert.Equal(SqlSchemaColumns, events[0]);
        Assert.Equal(1 + 2 + Danger - 1, events.Length);
        Assert.Contains(events, line => line.StartsWith("330701,77,1,59,1,", StringComparison.Ordinal));
        Assert.Contains(",\"a, \"\"b\"\"\",", File.ReadAllText(Path.Combine(folder, "case_acts.csv")), StringComparison.Ordinal);

        // Gone over anew, the cases are what they are.
        CaseDesk.Rebuild(rig.Store, rig.Store, _gateway.Station, rig.NowMs);
        Assert.Equal(before.Except(["330701-77-0-1"]), Ids(rig));
        Assert.Equal((0, ""), await Prune(rig));
        Assert.Single(Directory.GetDirectories(_folder));
    }

    [Fact]
    public async Task Repeat_of_what_went_is_no_news_and_a_fire_under_such_a_number_is()
    {
        using Rig rig = Village();
        await Prune(rig);
        int told = rig.Told.StoredEvents.Count;
        uint[] held = [rig.Held(_gateway, Lane.Fire), rig.Held(_gateway, Lane.Condition)];
        _gateway.UtcMs = LongAgoMs;
        EventRecord fire = _gateway.Record(Lane.Fire, 1);
        rig.Send(_gateway.NextSession(), _gateway.Batch(Lane.Condition, 0, 1, 2, 3), _gateway.Batch(Lane.Fire, 0, fire));
        Assert.Equal(told, rig.Told.StoredEvents.Count);
        Assert.Empty(rig.Told.Conflicts);
        Assert.Equal((uint)Danger, rig.Sequences(_gateway, Lane.Condition)[0]);
        Assert.Equal((held[0], held[1]), (rig.Held(_gateway, Lane.Fire), rig.Held(_gateway, Lane.Condition)));

        // Whatever gave it this number: it is a fire that nobody here has seen.
        rig.Send(_gateway.Batch(Lane.Fire, 1, _gateway.Record(Lane.Fire, 2, EventKind.FireAlarm)));
        Assert.Equal(2u, Assert.Single(rig.Told.StoredEvents.Skip(told)).Record.Sequence);
    }

    [Fact]
    public async Task Number_of_a_life_that_was_forgotten_is_known_too()
    {
        using Rig rig = Village();
        await Prune(rig);
        int told = rig.Told.StoredEvents.Count;
        uint first = _gateway.Epoch;
        for (uint life = 1; life <= CountyLimits.EpochsKeptMax + 1; life++)
        {
            FakeGateway other = new(_gateway.Station) { Epoch = first + life, UtcMs = rig.NowMs };
            rig.NowMs += DayMs;
            rig.Send(other.Hello());
        }

        Assert.DoesNotContain(rig.Store.Lanes(_gateway.Station), lane => lane.Key.Epoch == first);
        FakeGateway back = new(_gateway.Station) { UtcMs = LongAgoMs, Boot = 9 };
        rig.Send(back.Hello(), back.Batch(Lane.Condition, 0, 1, 2));
        Assert.Equal(told, rig.Told.StoredEvents.Count);
    }

    [Fact]
    public async Task Unanswered_alarm_a_message_not_handed_over_and_a_clock_that_jumped_keep_everything()
    {
        using (Rig rig = Village())
        {
            Send(rig, Lane.Fire, 8, EventKind.FireAlarm);
            rig.NowMs += 200 * DayMs;
            rig.Send(_gateway.Heartbeat());
            await Prune(rig);
            Assert.Equal(8, rig.Sequences(_gateway, Lane.Fire).Length);
        }

        // The program's own clock says this year; the county's last one was the year before, and 90 days before that nothing came.
        using Rig early = NewRig(_gateway);
        early.NowMs = LongAgoMs;
        early.Send(_gateway.NextSession(), _gateway.Batch(Lane.Routine, 0, 1, 2));
        early.Desk.Tick(early.Now);
        await Prune(early);
        Assert.Equal([1u, 2u], early.Sequences(_gateway, Lane.Routine));
    }

    [Fact]
    public async Task Time_and_folder_are_refused_with_what_is_allowed()
    {
        using Rig rig = NewRig(_gateway);
        foreach (string keep in (string[])["89d", "36501d", "0y", "101y", "3", "y", "-1y", "3Y", "", "3 y"])
        {
            (int code, string error) = await Told("prune", $"--keep={keep}", $"--db={rig.Address}");
            Assert.Equal(2, code);
            Assert.Contains("--keep: ", error, StringComparison.Ordinal);
            Assert.Contains("; allowed: ", error, StringComparison.Ordinal);
        }

        (int none, string missing) = await Told("prune", "--keep=1y", $"--export={_folder}/none", $"--db={rig.Address}");
        Assert.Equal(1, none);
        Assert.Contains($"--export: '{_folder}/none': ", missing, StringComparison.Ordinal);
        Assert.Contains("; allowed: a folder that is there", missing, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_reads_back_otherwise_is_noticed_to_the_cell()
    {
        string path = Path.Combine(_folder, "one.csv");
        string[][] rows = [["a,b", "\"", ""], ["", "\r\n", "火警"], ["=1+1", "x", "\n"]];
        using (CsvFile file = new(path, ["one", "two", "three"]))
        {
            Array.ForEach(rows, file.Add);
            file.Finish();
            Assert.Equal((rows.Length, file.Sum), CsvFile.Read(path));
        }

        string text = File.ReadAllText(path);
        foreach (string other in (string[])[text.Replace("x", "y"), text + "x,y,z\n", text[..^3], text.Replace(",x,", "x,,")])
        {
            File.WriteAllText(path, other);
            using CsvFile again = new(path + ".good", ["one", "two", "three"]);
            Array.ForEach(rows, again.Add);
            again.Finish();
            Assert.NotEqual((again.Count, again.Sum), CsvFile.Read(path));
            File.Delete(path + ".good");
        }
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private const string SqlSchemaColumns =
        "station,epoch,lane,sequence,boot,uptime_ms,utc_ms,utc_quality,time_ms,time_quality,received_ms,kind,severity,flags,zone,zone_kind,"
        + "other_zone,rule,value,unit,a,b,c,county,township,village,raw";

    /// <summary>
    /// Long ago 70 faults, of which one became a hidden danger that is open, and an alarm that was judged; ten days later an alarm that
    /// nobody judged; and of late a little of each.
    /// </summary>
    private Rig Village()
    {
        Rig rig = NewRig(_gateway);
        rig.NowMs = LongAgoMs;
        rig.Send(_gateway.NextSession());
        for (uint after = 0; after < Old; after += InBatch)
        {
            rig.Send(_gateway.Batch(Lane.Condition, after, [.. Enumerable.Range(1, InBatch).Select(i =>
                _gateway.Record(Lane.Condition, after + (uint)i, after + i == Danger ? EventKind.CaseOpened : EventKind.Fault))]));
        }

        Send(rig, Lane.Fire, 1, EventKind.FireAlarm);
        Send(rig, Lane.Fire, 2, EventKind.Acknowledged);
        Send(rig, Lane.Fire, 3, EventKind.Reset);
        CaseDesk.Act(
            rig.Store,
            new CaseRequest
            {
                Case = "330701-77-0-1", Kind = CaseActKind.Judge, By = "王", Judgement = CaseJudgement.False, Cause = "a, \"b\"",
            },
            rig.NowMs + 1_000);
        Later(rig, LongAgoMs + 10 * DayMs);
        Send(rig, Lane.Fire, 4, EventKind.FireAlarm);
        Send(rig, Lane.Fire, 5, EventKind.Acknowledged);
        Send(rig, Lane.Fire, 6, EventKind.Reset);
        Later(rig, LongAgoMs + 230 * DayMs);
        Send(rig, Lane.Fire, 7, EventKind.Silenced);
        Send(rig, Lane.Condition, Old + 1, EventKind.Fault);
        Send(rig, Lane.Condition, Old + 2, EventKind.Fault);
        rig.Desk.Tick(rig.Now);
        return rig;
    }

    private void Later(Rig rig, long nowMs)
    {
        rig.NowMs = nowMs;
        _gateway.UtcMs = nowMs;
        rig.Send(_gateway.NextSession());
    }

    private void Send(Rig rig, Lane lane, uint sequence, EventKind kind) =>
        rig.Send(_gateway.Batch(lane, sequence - 1, _gateway.Record(lane, sequence, kind)));

    private static string[] Ids(Rig rig) => [.. rig.Store.Cases(new CaseQuery()).Select(one => one.Id).Order(StringComparer.Ordinal)];

    private Task<(int Code, string Error)> Prune(Rig rig) => Told("prune", "--keep=90d", $"--export={_folder}", $"--db={rig.Address}");

    private static async Task<(int Code, string Error)> Told(params string[] arguments)
    {
        using StringWriter error = new();
        int code = await CommandLine.Run(arguments, error);
        return (code, error.ToString());
    }
}

[SupportedOSPlatform("linux")]
public sealed class PruneTestsOnPostgres(PostgresFixture postgres) : PruneTests(postgres);
