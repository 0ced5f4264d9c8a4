// Owns: what people do from the duty page beyond the first acts on a case, with its refusals in words.
// Must never: take an answer of the page for the act: what was done is looked up in the database.

using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

public sealed class DutyActTests
{
    [Fact]
    public async Task Case_is_passed_up_and_the_next_level_takes_it()
    {
        await using DutyRig rig = new();
        (Browser here, Browser county) = (await rig.As("here"), await rig.As("county"));
        await Post(here, "take", 200);
        await Post(here, "pass-up", 200, new() { ["words"] = "人手不够" });
        await Post(here, "pass-up", 200);
        Case one = rig.Rig.Store.Case(rig.HereFire)!;
        Assert.Equal((EscalationLevel.County, "here某"), (one.Level, one.Owner));
        Assert.Contains("已在县级", await Post(here, "pass-up", 409), StringComparison.Ordinal);
        Assert.Contains("归县办理", await Post(here, "judge", 409, new() { ["as"] = "real" }), StringComparison.Ordinal);
        string shown = (await county.Get($"/?case={rig.HereFire}")).Text;
        Assert.Contains("送上一级→乡镇：人手不够", shown, StringComparison.Ordinal);
        Assert.Contains("接办", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("接办", await Post(county, "take", 200), StringComparison.Ordinal);
        Assert.Equal("county某", rig.Rig.Store.Case(rig.HereFire)!.Owner);
        Assert.Equal(
            ["take", "pass-up", "pass-up", "take"],
            rig.Rig.Store.ShiftLog(DutyRig.Here, 10).Where(row => row.Act != "sign-in").Select(row => row.Act));
        Assert.Contains("送上一级", (await here.Get("/shift")).Text, StringComparison.Ordinal);

        async Task<string> Post(Browser browser, string verb, int code, Dictionary<string, string>? form = null)
        {
            form ??= [];
            form["version"] = $"{rig.Rig.Store.Case(rig.HereFire)!.Version}";
            (int given, string text) = await browser.Post($"/cases/{rig.HereFire}/{verb}", form);
            Assert.Equal((verb, code), (verb, given));
            return text;
        }
    }

    [Fact]
    public async Task Of_two_who_pass_a_case_up_at_once_one_does_and_the_other_sees_who()
    {
        await using DutyRig rig = new();
        Browser[] both = [await rig.As("county"), await rig.As("here")];
        Dictionary<string, string> form = new() { ["version"] = $"{rig.Rig.Store.Case(rig.HereFire)!.Version}" };
        (int Code, string Text)[] told = await Task.WhenAll(both.Select(one => one.Post($"/cases/{rig.HereFire}/pass-up", form)));
        Assert.Equal([200, 409], told.Select(one => one.Code).Order());
        string winner = told[0].Code == 200 ? "county某" : "here某";
        Assert.Contains($"{winner} 已于 ", told.Single(one => one.Code == 409).Text, StringComparison.Ordinal);
        Assert.Equal(EscalationLevel.Township, rig.Rig.Store.Case(rig.HereFire)!.Level);
    }

    [Fact]
    public async Task Danger_is_closed_only_when_it_is_mended()
    {
        await using DutyRig rig = new();
        Browser here = await rig.As("here");
        Assert.Equal(303, (await here.Post("/dangers", new() { ["station"] = "330701", ["grade"] = "low", ["words"] = "电线老化" })).Code);
        rig.Rig.Send(rig.First.Batch(
            Lane.Condition, 0, rig.First.Record(Lane.Condition, 1, EventKind.CaseOpened, record => record.Zone = 4)));
        Case[] dangers = [.. rig.Rig.Store.Cases(new CaseQuery { Class = CaseClass.Danger })];
        Case found = dangers.Single(one => one.Trouble == CaseTrouble.Found);
        Case fault = dangers.Single(one => one.Trouble == CaseTrouble.Fault);
        Assert.Contains("须写整改情况", (await Close(found, "")).Text, StringComparison.Ordinal);
        Assert.Contains("故障仍在", (await Close(fault, "已修")).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await Close(found, "已换线")).Code);
        rig.Rig.Send(rig.First.Batch(
            Lane.Condition, 1, rig.First.Record(Lane.Condition, 2, EventKind.CaseClosed, record => record.Zone = 4)));
        Assert.All(dangers, one => Assert.Equal(CaseState.Closed, rig.Rig.Store.Case(one.Id)!.State));

        Task<(int Code, string Text)> Close(Case one, string words) => here.Post(
            $"/cases/{one.Id}/close", new() { ["version"] = $"{rig.Rig.Store.Case(one.Id)!.Version}", ["words"] = words });
    }
}
