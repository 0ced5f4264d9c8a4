// Owns: the verbs of cases as a person types them, files of places, station codes, settings, and the page of a case.
// Must never: leave a verb without its refusal.

using System.Runtime.Versioning;
using System.Text;
using Gateway.Contract;
using Gateway.County.Server;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

[SupportedOSPlatform("linux")]
public sealed class CaseProgramTests : ProgramRig
{
    private const uint Station = 330701;

    [Fact]
    public void What_programs_read_of_a_case_has_these_names()
    {
        Assert.Equal(
            "fire hidden-fire conflicting-fire fault found silent false-alarms duty-check patrol pump chatter",
            string.Join(' ', Enum.GetValues<CaseTrouble>().Select(CaseNames.Of)));
        Assert.Equal(
            "opened more answered silenced reset-refused clock-met clock-missed escalated ended aged again taken judged noted closed "
            + "graded overdue merged passed-up called set-out joined stood-down platform",
            string.Join(' ', Enum.GetValues<CaseStepKind>().Select(CaseNames.Of)));
        Assert.Equal("alarm danger silent risk", string.Join(' ', Enum.GetValues<CaseClass>().Select(CaseNames.Of)));
        Assert.Equal("open taken ended closed merged", string.Join(' ', Enum.GetValues<CaseState>().Select(CaseNames.Of)));
        Assert.Equal("0 low general larger major", string.Join(' ', Enum.GetValues<CaseGrade>().Select(CaseNames.Of)));
        Assert.Equal("village township county", string.Join(' ', Enum.GetValues<EscalationLevel>().Select(CaseNames.Of)));
        Assert.Equal("0 real false test drill", string.Join(' ', Enum.GetValues<CaseJudgement>().Select(CaseNames.Of)));
    }

    [Fact]
    public void Danger_goes_from_its_entry_to_its_end_by_verbs_and_prints_one_page()
    {
        Register();
        (int code, string output, string error) = Run(
            "danger", "add", "--station", "330701", "--grade", "major", "--words", "<堵塞>消防通道", "--by", "李", "--level", "township");
        Assert.Equal((0, ""), (code, error));
        string id = output.Split(' ')[1].TrimEnd(':');
        Assert.Contains("重大风险", Run("cases").Output, StringComparison.Ordinal);
        Assert.Equal(0, Run("case", "take", id, "--by", "王").Code);
        Assert.Contains("归县办理", Run("case", "close", id, "--by", "王", "--level", "township").Error, StringComparison.Ordinal);
        Assert.Equal(0, Run("case", "note", id, "--by", "王", "--words", "已通知业主").Code);
        string timeline = Run("case", id).Output;
        Assert.Contains("巡查隐患 <堵塞>消防通道", timeline, StringComparison.Ordinal);
        Assert.Contains("备注：已通知业主\t王（县）", timeline, StringComparison.Ordinal);
        Assert.Contains("须写整改情况", Run("case", "close", id, "--by", "王").Error, StringComparison.Ordinal);
        Assert.Equal(0, Run("case", "close", id, "--by", "王", "--words", "已清理").Code);
        Assert.DoesNotContain(id, Run("cases").Output, StringComparison.Ordinal);
        Assert.Contains("已销号", Run("cases", "--all").Output, StringComparison.Ordinal);
        Assert.Equal(0, Run("case", id, "--report", "page.html").Code);
        string page = File.ReadAllText(In("page.html"));
        Assert.Contains("&lt;堵塞&gt;消防通道", page, StringComparison.Ordinal);
        Assert.Contains("销号：已清理", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<堵塞>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_that_is_not_there_is_refused_with_what_is_allowed()
    {
        Register();
        string db = $"--db={In("county.db")}";
        string[][] all =
        [
            ["case", "1-2-0-3"], ["case", "take", "x", "--by=a"], ["case", "judge", "x", "--by=a", "--as=real"],
            ["case", "note", "x", "--by=a", "--words=a"], ["case", "grade", "x", "--by=a", "--grade=low"], ["case", "close", "x", "--by=a"],
            ["case", "pass-up", "x", "--by=a"],
        ];
        foreach (string[] command in all)
        {
            (int code, string error) = await Told([.. command, db]);
            Assert.Equal(3, code);
            Assert.Contains("is not there; allowed: a case of `county cases --all`", error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "an empty table; allowed: ")]
    [InlineData("地址\nx", "; allowed: ")]
    [InlineData("station\nx", "row 2 A 站点: x; allowed: a station that is registered")]
    [InlineData("station\n7", "row 2 A 站点: 7; allowed: a station that is registered")]
    [InlineData("station,sleeping\n330701,-1", "row 2 B 住宿人数: -1; allowed: 0..9999")]
    [InlineData("station,longitude\n330701,119", "row 2 纬度: an empty cell; allowed: both, in degrees")]
    [InlineData("station,longitude,latitude\n330701,119,29", "row 2 坐标系: an empty cell; allowed: CGCS2000, GCJ-02")]
    [InlineData("station,longitude,latitude,datum\n330701,119,91,GCJ-02", "row 2 C 纬度: 91; allowed: both, in degrees")]
    [InlineData("station,notes\n330701,a\n330701,b", "row 3 A 站点: 330701 a second time; allowed: each once")]
    [InlineData("station,notes\n330701,a\u202eb", "characters that are seen")]
    public async Task Table_of_places_with_a_bad_line_is_refused_whole(string table, string says)
    {
        Register();
        File.WriteAllText(In("places.csv"), table);
        (int code, string error) = await Told("place", "import", In("places.csv"), $"--db={In("county.db")}");
        Assert.NotEqual(0, code);
        Assert.Contains(says, error, StringComparison.Ordinal);
        using SqlStore store = SqlStore.Open(In("county.db"));
        Assert.Null(store.Place(Station));
    }

    [Fact]
    public async Task Table_of_places_is_taken_over_and_replaces_the_one_before()
    {
        Register();
        string db = $"--db={In("county.db")}";
        File.WriteAllText(
            In("places.csv"),
            "\uFEFF站点,地址,联系人,电话,住宿人数,燃气,钥匙,经度,纬度,坐标系\r\n330701,\"金塘村, 1号\",张,0579,12,瓶装,门卫,119.6,29.1,CGCS2000\r\n",
            Encoding.UTF8);
        Assert.Equal((0, ""), await Told("place", "import", In("places.csv"), db));
        using (SqlStore store = SqlStore.Open(In("county.db")))
        {
            PlaceFile place = store.Place(Station)!;
            Assert.Equal(("金塘村, 1号", 12, "门卫", "CGCS2000"), (place.Address, place.Sleeping, place.Keys, place.Datum));
        }

        File.WriteAllText(In("places.csv"), "station,notes\n330701,空置\n");
        Assert.Equal((0, ""), await Told("place", "import", In("places.csv"), db));
        using SqlStore after = SqlStore.Open(In("county.db"));
        Assert.Equal(("", "空置"), (after.Place(Station)!.Address, after.Place(Station)!.Notes));
        Assert.Contains("allowed: a table of places in CSV", (await Told("place", "import", In("none"), db)).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Code_of_a_station_says_how_often_its_place_is_inspected()
    {
        using SqlStore store = SqlStore.Open(In("county.db"));
        FakeGateway gateway = new(Station);
        Assert.True(store.AddStation(gateway.Registration));
        const long NowMs = 1_780_000_000_000;
        const long DayMs = 86_400_000;
        StationInspection One(int ofBox, long atMs) => Assert.Single(StationCodes.All(
            store.Stations(), store.Cases(new CaseQuery { OpenOnly = true }), [new StationState { Station = Station, StationCode = ofBox }],
            store.Inspections(), atMs));
        CaseDesk.Inspected(store, Station, "李", "", NowMs);
        Assert.Equal((PlaceCode.Green, NowMs + (30 * DayMs)), (One(0, NowMs).Code, One(0, NowMs).DueMs));
        Assert.Equal((PlaceCode.Red, NowMs + DayMs), (One(3, NowMs).Code, One(3, NowMs).DueMs));
        CaseDesk.Found(store, new FoundDanger(gateway.Registration, CaseGrade.General, "电线", "李", EscalationLevel.County), NowMs);
        Assert.Equal((PlaceCode.Yellow, NowMs + (7 * DayMs), 1), (One(1, NowMs).Code, One(1, NowMs).DueMs, One(1, NowMs).Open));
        Assert.Equal(PlaceCode.Red, One(1, NowMs + (15 * DayMs)).Code);
        CaseDesk.Found(store, new FoundDanger(gateway.Registration, CaseGrade.Major, "通道", "李", EscalationLevel.County), NowMs);
        Assert.Equal(PlaceCode.Red, One(1, NowMs).Code);
    }

    [Theory]
    [InlineData("danger.major=3d,county", true)]
    [InlineData("silent=8h", true)]
    [InlineData("alarm=village", true)]
    [InlineData("risk.low=village,30m", true)]
    [InlineData("danger", false)]
    [InlineData("danger=", false)]
    [InlineData("danger=0d", false)]
    [InlineData("danger=367d", false)]
    [InlineData("danger=3d,5d", false)]
    [InlineData("danger=county,village", false)]
    [InlineData("danger.major.x=3d", false)]
    [InlineData("fire=3d", false)]
    [InlineData("danger=3w", false)]
    public void Rule_of_cases_is_taken_or_refused(string rule, bool taken)
    {
        CaseSettings settings = new();
        string before = settings.ToString();
        string? problem = settings.Take([rule]);
        Assert.Equal(taken, problem is null);
        Assert.Equal(taken, settings.ToString() != before || rule == "alarm=village");
        Assert.Equal(settings.ToString(), CaseSettings.Parse(settings.ToString()).ToString());
    }

    [Fact]
    public void Case_keeps_the_settings_under_which_it_began()
    {
        FakeGateway gateway = new(Station) { UtcMs = 1_780_000_000_000 };
        using Rig rig = new(gateway);
        rig.Send(gateway.Hello());
        rig.Send(gateway.Batch(Lane.Condition, 0, gateway.Record(Lane.Condition, 1, EventKind.CaseOpened)));
        CaseSettings strict = new();
        Assert.Null(strict.Take(["danger=1d,county"]));
        rig.Restart(new CountyOptions { Cases = strict });
        rig.NowMs += 60_000;
        rig.Send(gateway.NextSession());
        rig.Send(gateway.Batch(Lane.Condition, 1, gateway.Record(Lane.Condition, 2, EventKind.CaseOpened, r => r.Zone = 9)));
        Case[] both = [.. rig.Store.Cases(new CaseQuery())];
        Assert.Equal([15L, 1L], both.Select(one => (one.DueMs - one.OpenedMs) / 86_400_000));
        Assert.Equal([EscalationLevel.Township, EscalationLevel.County], both.Select(one => one.Level));
        CaseDesk.Rebuild(rig.Store, rig.Store, Station, rig.NowMs);
        Assert.Equal(both.Select(one => one.DueMs), rig.Store.Cases(new CaseQuery()).Select(one => one.DueMs));
    }
}
