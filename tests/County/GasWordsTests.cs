// Owns: that the county's words call combustible gas by its name, and a fire beside it too.
// Must never: make gas less urgent than a fire: its case, class and sound are those of one.

using System.Text;
using Gateway.Contract;
using Gateway.County.Duty;

namespace Gateway.County.Tests;

public sealed class GasWordsTests
{
    private readonly FakeGateway _gateway = new(330701)
    {
        Boot = 5, Session = 3, Abilities = HelloAbility.Names, SettingsCrc = 0xA1, PlaceKind = ZoneKind.Gas,
    };

    [Fact]
    public void A_case_of_gas_is_a_gas_alarm_as_urgent_as_a_fire()
    {
        using Rig rig = Heard();
        rig.Send(Alarm(1, 1, ZoneKind.Gas));
        Case one = Only(rig);
        Assert.Equal((CaseClass.Alarm, CaseTrouble.Fire, "fire"), (one.Class, one.Trouble, BoardLook.Of(one)));
        Assert.Equal("可燃气体报警 1号 厨房燃气（可燃气体探测器）", CaseText.Title(one));
        Assert.Equal(("可燃气体报警", CaseText.Title(one)), (CaseText.Class(one), CaseText.Whole(one)));
        Assert.StartsWith("Gas alarm zone 1", CaseEnglish.Title(one), StringComparison.Ordinal);
        Assert.Equal(("可燃气体报警 未受理", "Gas alarm, not taken"), BoardLook.Words("fire", one));
        Assert.Equal(("可燃气体报警 已升级 待接办", "真漏气"),
            (BoardLook.Words("raised", one).Zh, CaseText.Judgement(CaseJudgement.Real, one)));
        Assert.Equal("real gas", CaseEnglish.Judgement(CaseJudgement.Real, one));
        Assert.Equal("误报", CaseText.Judgement(CaseJudgement.False, one));
        rig.Send(Alarm(2, 2, ZoneKind.Gas));
        Assert.StartsWith("可燃气体报警 1号", CaseText.Title(Only(rig)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_zone_that_may_burn_is_never_called_gas_alone()
    {
        using Rig rig = Heard();
        rig.Send(Alarm(1, 1, ZoneKind.Gas));

        // No table tells of zone 9.
        rig.Send(Alarm(2, 9, ZoneKind.Smoke));
        Case one = Only(rig);
        Assert.StartsWith("火警、可燃气体报警 1号", CaseText.Title(one), StringComparison.Ordinal);
        Assert.Equal("Fire and gas alarm, taken", BoardLook.Words("taken", one).En);
        Assert.Equal(("真火或真漏气", "real fire or gas"), AlarmText.Real(one));
    }

    [Fact]
    public void A_fire_that_gas_joins_says_both()
    {
        using Rig rig = Heard();
        rig.Send(Alarm(1, 9, ZoneKind.Smoke));
        Assert.StartsWith("火警 9号", CaseText.Title(Only(rig)), StringComparison.Ordinal);
        rig.Send(Alarm(2, 2, ZoneKind.Gas));
        Assert.StartsWith("火警、可燃气体报警 9号", CaseText.Title(Only(rig)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stations_page_lists_zones_in_gas_alarm_apart_from_those_in_fire()
    {
        using Rig rig = Heard();
        StationState state = rig.State(_gateway)!;
        state.ZonesFire = 0b1_0000_0001;
        (string, string)[] said =
            [.. StationLook.Zones(state, rig.Store.PlacesOf(state)).Select(one => (one.Head.Zh, one.Text.Zh))];
        Assert.Equal([("火警部位", "9号"), ("可燃气体报警部位", "1号 厨房燃气")], said.Where(one => one.Item1 != "状况"));
    }

    [Fact]
    public async Task Desk_and_station_say_gas()
    {
        await using DutyRig rig = new();
        rig.First.SettingsCrc = 0xA1;
        rig.First.PlaceKind = ZoneKind.Gas;
        rig.Rig.Send(rig.First.Names(1, true, [(4, "厨房燃气"u8.ToArray())]));
        rig.Fire(rig.First, kind: EventKind.Reset);
        string gas = rig.Fire(rig.First, zone: 4, of: ZoneKind.Gas);
        Browser browser = await rig.As("county");
        string desk = (await browser.Get($"/?case={gas}")).Text;
        foreach (string words in (string[])["可燃气体报警 未受理", "可燃气体报警 4号 厨房燃气", "真漏气", "报警起"])
        {
            Assert.Contains(words, desk, StringComparison.Ordinal);
        }

        // One fire of the other station, and one gas alarm.
        Assert.Contains("<b id=\"n-fire\">1</b>", desk, StringComparison.Ordinal);
        Assert.Contains("<b id=\"n-gas\">1</b>", desk, StringComparison.Ordinal);
        foreach (string path in (string[])["/stations", "/stations/330701"])
        {
            Assert.Contains("可燃气体报警 未受理", (await browser.Get(path)).Text, StringComparison.Ordinal);
        }
    }

    /// <summary>A box that tells of an alarm by itself, whose case was closed or never came.</summary>
    [Theory]
    [InlineData(0b1u, "可燃气体报警", "Gas alarm")]
    [InlineData(0b1_0000_0001u, "火警、可燃气体报警", "Fire and gas alarm")]
    [InlineData(0b1_0000_0000u, "火警", "Fire")]
    [InlineData(0u, "火警", "Fire")]
    public void A_box_s_own_alarm_is_named_by_its_zones(uint zones, string zh, string en)
    {
        using Rig rig = Heard();
        StationState state = rig.State(_gateway)!;
        state.ZonesFire = zones;
        state.Conditions = ConditionBits.Fire | ConditionBits.Silenced;
        Assert.Equal((zh + " 未受理", en + ", not taken"), BoardLook.Words("fire", null, state, rig.Store.PlacesOf));
        Assert.Equal($"{zh} 已消音", AlarmText.Conditions(state, rig.Store.PlacesOf(state)));
        BoardCell cell = Assert.Single(BoardLook.Cells(
            rig.Store.Stations(), new Dictionary<uint, StationState> { [330701] = state }, [], new Scope(null), rig.Store.PlacesOf));
        Assert.Equal(("fire", zh + " 未受理"), (cell.Look, cell.State));
    }

    [Fact]
    public void Counts_keep_gas_apart_and_a_further_zone_makes_it_a_fire()
    {
        using Rig rig = Heard();
        rig.Send(Alarm(1, 1, ZoneKind.Gas));
        Assert.Equal((0, 1), Counted(rig));
        rig.Send(Alarm(2, 9, ZoneKind.Smoke));
        Assert.Equal((1, 0), Counted(rig));
    }

    private static (int Fire, int Gas) Counted(Rig rig)
    {
        BoardCounts counts = BoardLook.Count(rig.Store.CountCases(), new Scope(null));
        return (counts.Fire, counts.Gas);
    }

    [Fact]
    public void A_case_that_is_overdue_is_told_with_the_name_of_its_place()
    {
        _gateway.PlaceKind = ZoneKind.Smoke;
        using Rig rig = Heard();
        rig.Send(_gateway.Batch(Lane.Condition, 0, _gateway.Record(Lane.Condition, 1, EventKind.CaseOpened, r =>
        {
            r.Zone = 1;
            r.ZoneKind = ZoneKind.Smoke;
        })));
        for (int day = 0; day < 16; day++)
        {
            rig.NowMs += CountyLimits.CaseSilentDueMs;
            rig.Desk.Tick(rig.Now);
        }

        CaseChange told = Assert.Single(
            rig.Told.Cases, one => one.Case.Class == CaseClass.Danger && one.Steps.Any(step => step.Kind == CaseStepKind.Overdue));
        Assert.Equal("故障隐患 1号 厨房燃气（感烟探测器）", CaseText.Title(told.Case));
    }

    private static Case Only(Rig rig) => Assert.Single(rig.Store.Cases(new CaseQuery()));

    private Rig Heard()
    {
        Rig rig = new(_gateway);
        rig.Send(_gateway.Hello());
        rig.Send(_gateway.Heartbeat());
        rig.Send(_gateway.Names(1, true, [(1, Encoding.UTF8.GetBytes("厨房燃气")), (2, Encoding.UTF8.GetBytes("锅炉房燃气"))]));
        return rig;
    }

    private Sent Alarm(uint number, int zone, ZoneKind kind) => _gateway.Batch(
        Lane.Fire, number - 1, _gateway.Record(Lane.Fire, number, EventKind.FireAlarm, r =>
        {
            r.Zone = (byte)zone;
            r.ZoneKind = kind;
        }));
}
