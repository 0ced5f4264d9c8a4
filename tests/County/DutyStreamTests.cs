// Owns: what an open page is told: all of it first, then what changes, a sign of life, and the end of its session.
// Must never: assert that something came within a time that a busy machine may need.

using System.Text.Json;
using Gateway.Contract;

namespace Gateway.County.Tests;

public sealed class DutyStreamTests
{
    [Fact]
    public async Task Stream_tells_all_then_each_change_whoever_made_it_and_nothing_of_another_township()
    {
        await using DutyRig rig = new();
        await using Told county = await Told.Of(await rig.As("county"));
        await using Told there = await Told.Of(await rig.As("there"));
        JsonElement all = await county.Next("all");
        Assert.Equal([rig.HereFire, rig.ThereFire], Ids(all).Order());
        Assert.Equal(2, all.GetProperty("counts").GetProperty("fire").GetInt32());
        JsonElement own = await there.Next("all");
        Assert.Equal([rig.ThereFire], Ids(own));
        Assert.Equal(1, own.GetProperty("counts").GetProperty("fire").GetInt32());
        JsonElement cell = Assert.Single(own.GetProperty("cells").EnumerateArray());
        Assert.Equal(rig.Second.Station, cell.GetProperty("station").GetUInt32());
        Assert.Equal(("▲", "火警 未受理"), (cell.GetProperty("sign").GetString(), cell.GetProperty("state").GetString()));

        // As the command line does it, beside the page.
        CaseDesk.Act(rig.Rig.Store, new CaseRequest { Case = rig.HereFire, Kind = CaseActKind.Take, By = "李" }, rig.Rig.NowMs);
        JsonElement taken = await county.Until(e => Ids(e).Contains(rig.HereFire));
        Assert.Equal(
            "", taken.GetProperty("rows").EnumerateArray().Single(row => row.GetProperty("id").GetString() == rig.HereFire)
                .GetProperty("sound").GetString());
        Assert.Equal(1, taken.GetProperty("counts").GetProperty("taken").GetInt32());

        rig.Fire(rig.First, kind: EventKind.Reset);
        string anew = rig.Fire(rig.First, zone: 4);
        JsonElement fire = await county.Until(e => Ids(e).Contains(anew));
        Assert.Equal(
            "fire", fire.GetProperty("rows").EnumerateArray().Single(row => row.GetProperty("id").GetString() == anew)
                .GetProperty("sound").GetString());
        rig.Fire(rig.Second, zone: 9);
        await there.Until(e => Ids(e).Contains(rig.ThereFire));
        Assert.All(DutyRig.OfHere, word => Assert.DoesNotContain(word, there.Everything, StringComparison.Ordinal));
        Assert.True((await there.Next("beat")).GetProperty("works").GetBoolean());
    }

    [Fact]
    public async Task Fire_that_went_up_after_it_was_taken_sounds_at_the_county_until_it_is_taken_there()
    {
        await using DutyRig rig = new();
        await using Told county = await Told.Of(await rig.As("county"));
        await using Told here = await Told.Of(await rig.As("here"));
        await county.Next("all");
        await here.Next("all");
        Act(CaseActKind.Take, EscalationLevel.Township);
        await county.Until(e => Sound(e) == "");
        Act(CaseActKind.PassUp, EscalationLevel.Township);
        Act(CaseActKind.PassUp, EscalationLevel.Township);
        JsonElement up = await county.Until(e => Sound(e) == "fire");
        JsonElement row = up.GetProperty("rows").EnumerateArray().Single(one => one.GetProperty("id").GetString() == rig.HereFire);
        Assert.StartsWith("0-", row.GetProperty("rank").GetString(), StringComparison.Ordinal);
        Assert.Contains("sign raised", row.GetProperty("html").GetString(), StringComparison.Ordinal);
        Act(CaseActKind.Take, EscalationLevel.County);
        await county.Until(e => Sound(e) == "");

        // The township has done what it could: its own page is quiet all the while.
        await here.Until(e => Sound(e) == "" && e.GetProperty("rows").GetRawText().Contains("county", StringComparison.Ordinal)
            && rig.Rig.Store.Case(rig.HereFire)!.Owner == "李county");
        Assert.DoesNotContain("sign raised", here.Everything, StringComparison.Ordinal);

        void Act(CaseActKind kind, EscalationLevel level) => CaseDesk.Act(
            rig.Rig.Store,
            new CaseRequest { Case = rig.HereFire, Kind = kind, By = "李" + CaseNames.Of(level), Level = level },
            rig.Rig.NowMs);

        string? Sound(JsonElement change) => change.GetProperty("rows").EnumerateArray()
            .Where(one => one.GetProperty("id").GetString() == rig.HereFire).Select(one => one.GetProperty("sound").GetString())
            .SingleOrDefault();
    }

    [Fact]
    public async Task People_on_duty_with_an_open_page_are_named_to_whoever_has_the_same_townships()
    {
        await using DutyRig rig = new();
        await using Told county = await Told.Of(await rig.As("county"));
        await using Told reader = await Told.Of(await rig.As("reader"));

        // Else the first picture may come so late that it has the next person already, and no change tells of them.
        await reader.Next("all");
        await using Told there = await Told.Of(await rig.As("there"));
        await reader.Until(e => e.GetProperty("shift").GetString() == "county某、there某");
        await using Told here = await Told.Of(await rig.As("here"));
        await reader.Until(e => e.GetProperty("shift").GetString() == "county某、here某、there某");
        Assert.Equal("county某、here某", (await here.Next("all")).GetProperty("shift").GetString());
    }

    [Fact]
    public async Task Stream_ends_with_its_session_and_with_the_county()
    {
        DutyRig rig = new();
        await using Told reader = await Told.Of(await rig.As("reader"));
        await using Told county = await Told.Of(await rig.As("county"));
        await reader.Next("all");
        await county.Next("all");
        Assert.True(rig.Rig.Store.RemoveUser("reader"));
        await reader.Next("out");
        Assert.True(await reader.Ended());
        Task<bool> ended = county.Ended();
        await rig.DisposeAsync();
        Assert.True(await ended);
    }

    [Fact]
    public async Task Rows_stand_in_the_desks_order_and_no_more_than_are_shown()
    {
        await using DutyRig rig = new();
        for (int i = 0; i < CountyLimits.DutyCasesShown; i++)
        {
            CaseDesk.Found(
                rig.Rig.Store, new FoundDanger(rig.Rig.Store.Stations()[0], CaseGrade.Low, $"隐患{i}", "李", EscalationLevel.County),
                rig.Rig.NowMs - 1_000_000 + i);
        }

        rig.Rig.NowMs += 10_000;
        string late = rig.Fire(rig.First, zone: 8);
        await using Told told = await Told.Of(await rig.As("county"));
        JsonElement all = await told.Next("all");
        Assert.Equal(CountyLimits.DutyCasesShown, all.GetProperty("rows").GetArrayLength());
        Assert.Equal(2, all.GetProperty("more").GetInt32());
        string[] ids = [.. Ids(all)];
        Assert.Contains(late, ids[..2]);
        string[] ranks = [.. all.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("rank").GetString()!)];
        Assert.Equal(ranks.Order(StringComparer.Ordinal), ranks);
    }

    private static IEnumerable<string> Ids(JsonElement change) =>
        change.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("id").GetString()!);
}
