// Owns: the duty page's pages to look at, what is asked of stations there, and the history's table.
// Must never: take for good what a page only claims: what was asked is looked up in the database.

using System.Text;
using Gateway.Contract;
using Gateway.County.Duty;

namespace Gateway.County.Tests;

public sealed class DutyLookTests
{
    [Fact]
    public async Task Station_is_asked_from_its_page_and_the_page_shows_what_became_of_it()
    {
        await using DutyRig rig = new();
        Browser engineer = await rig.As("engineer");
        Assert.Contains("甲村<b>站", (await engineer.Get("/stations")).Text, StringComparison.Ordinal);

        // The box has not yet said of itself that it is in fire; its alarm has come.
        foreach (string path in (string[])["/stations", "/stations/330701"])
        {
            Assert.Contains("cell fire", (await engineer.Get(path)).Text, StringComparison.Ordinal);
        }

        foreach (string order in (string[])["self-test", "clock", "silence"])
        {
            Assert.Equal(200, (await engineer.Post($"/stations/330701/{order}", new() { ["sure"] = "yes" })).Code);
        }

        Assert.Equal(200, (await engineer.Post("/stations/330701/duty-check", new() { ["minutes"] = "7", ["sure"] = "yes" })).Code);
        Assert.Contains("minutes: '11'; allowed: 1..10",
            (await engineer.Post("/stations/330701/duty-check", new() { ["minutes"] = "11" })).Text, StringComparison.Ordinal);
        Assert.Contains("'reset'; allowed: ", (await engineer.Post("/stations/330701/reset")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await engineer.Post("/stations/99/clock")).Code);
        Assert.Equal(
            [CommandCode.SelfTest, CommandCode.Clock, CommandCode.Silence, CommandCode.DutyCheck],
            rig.Rig.Store.Commands(330701).OrderBy(one => one.Number).Select(one => (CommandCode)one.Code));
        Assert.Equal(7, rig.Rig.Store.Commands(330701).Single(one => one.Code == (int)CommandCode.DutyCheck).A);
        (int code, string text) = await engineer.Get("/stations/330701");
        Assert.Equal(200, code);
        Assert.Contains("待下发", text, StringComparison.Ordinal);
        Assert.Contains("057911112222", text, StringComparison.Ordinal);
        Assert.Contains("火警", text, StringComparison.Ordinal);
        Assert.Contains(rig.Rig.Store.ShiftLog(null, 10), row => row is { Act: "duty-check", Name: "engineer", Target: "330701" });
    }

    [Theory]
    [InlineData(ConditionBits.Fire, "fire")]
    [InlineData(ConditionBits.Fire | ConditionBits.Drill, "apart")]
    [InlineData(ConditionBits.Supervisory | ConditionBits.Fault, "supervised")]
    [InlineData(ConditionBits.Fault | ConditionBits.Test, "danger")]
    [InlineData(ConditionBits.Test, "apart")]
    [InlineData(ConditionBits.None, "quiet")]
    public void Station_looks_as_what_it_last_said_and_a_drill_looks_like_no_fire(ConditionBits conditions, string look)
    {
        StationState state = new() { Station = 1, Online = true, Conditions = conditions };
        Assert.Equal(look, BoardLook.Of(state, null));
        Assert.Equal("taken", BoardLook.Of(state, "taken"));
    }

    [Fact]
    public async Task History_is_filtered_and_its_table_is_one_that_spreadsheets_take()
    {
        await using DutyRig rig = new();
        rig.Fire(rig.First, kind: EventKind.Reset);
        Browser county = await rig.As("county");
        const string Days = "since=2026-05-01&until=2026-06-30";
        string text = (await county.Get($"/history?{Days}")).Text;
        Assert.Contains("/stations/330701", text, StringComparison.Ordinal);
        Assert.Contains("/stations/330702", text, StringComparison.Ordinal);
        text = (await county.Get($"/history?{Days}&station=330702&lane=fire")).Text;
        Assert.DoesNotContain("/stations/330701", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/stations/330702", (await county.Get($"/history?{Days}&lane=routine")).Text, StringComparison.Ordinal);
        string[] bad = ["since=x", "until=2026-13-01", "station=-1", "lane=x"];
        foreach (string one in bad)
        {
            Assert.Equal(400, (await county.Get($"/history?{one}")).Code);
            Assert.Contains("; allowed: ", (await county.Get($"/history.csv?{one}")).Text, StringComparison.Ordinal);
        }

        using HttpResponseMessage answer = await county.Ask(HttpMethod.Get, $"/history.csv?{Days}");
        byte[] table = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Encoding.UTF8.GetPreamble(), table[..3]);
        string[] lines = Encoding.UTF8.GetString(table[3..]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.Equal("时间,站点,乡镇,村,类别,序号,事件,收到", lines[0].TrimEnd());
        Assert.Equal(2, lines.Count(line => line.Contains(",330701,", StringComparison.Ordinal)));
        Browser second = await rig.As("there");
        string[] there = (await second.Get($"/history.csv?{Days}")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, there.Length);
    }

    [Fact]
    public async Task Danger_is_entered_listed_by_its_due_time_and_logged()
    {
        await using DutyRig rig = new();
        Browser here = await rig.As("here");
        Dictionary<string, string> form = new() { ["station"] = "330701", ["grade"] = "major", ["words"] = "堵塞<通道>" };
        Assert.Equal(303, (await here.Post("/dangers", form)).Code);
        Case found = Assert.Single(rig.Rig.Store.Cases(new CaseQuery { Class = CaseClass.Danger }));
        Assert.Equal((CaseGrade.Major, "堵塞<通道>", DutyRig.Here), (found.Grade, found.Text, found.Township));
        Assert.Equal("here某", rig.Rig.Store.Steps(found.Id)[0].Who);
        Assert.Contains("堵塞<通道>", (await here.Get("/dangers")).Text, StringComparison.Ordinal);
        Assert.Contains(found.Id, (await here.Get("/shift")).Text, StringComparison.Ordinal);
        form["grade"] = "x";
        Assert.Equal(409, (await here.Post("/dangers", form)).Code);
        form["station"] = "330702";
        Assert.Equal(404, (await here.Post("/dangers", form)).Code);
        Assert.DoesNotContain("堵塞", (await (await rig.As("there")).Get("/dangers")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wall_shows_fires_and_neither_telephone_nor_contact_nor_acts()
    {
        await using DutyRig rig = new();
        Browser reader = await rig.As("reader");
        string text = (await reader.Get("/wall")).Text;
        Assert.Contains("甲村<b>站", text, StringComparison.Ordinal);
        Assert.All(["057911112222", "王甲联系"], word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
        Assert.Contains("data-acts=\"no\"", text, StringComparison.Ordinal);
    }
}
