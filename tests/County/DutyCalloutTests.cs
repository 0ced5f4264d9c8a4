// Owns: call-out of reinforcements from the duty page: who is called, who set out, who is there, and two people at once.
// Must never: take a button for the act: what was done is looked up in the database.

using Gateway.County.Sql;

namespace Gateway.County.Tests;

public sealed class DutyCalloutTests
{
    [Fact]
    public async Task Reinforcements_are_called_ring_by_ring_and_reported_by_name()
    {
        await using DutyRig rig = new();
        Plan(rig);
        Browser here = await rig.As("here");
        Assert.Contains("呼叫第1圈增援", (await here.Get($"/?case={rig.HereFire}")).Text, StringComparison.Ordinal);
        await Act("call");
        await Act("set-out", "县大队");
        string text = await Act("joined", "县大队");
        Assert.Contains("呼叫第2圈增援", text, StringComparison.Ordinal);
        Assert.Contains("0579119", text, StringComparison.Ordinal);
        await Act("call", "路过消防车");
        Assert.Equal(
            [
                (CaseStepKind.Called, "县大队"), (CaseStepKind.SetOut, "县大队"), (CaseStepKind.ClockMet, "县大队"),
                (CaseStepKind.Called, "路过消防车"),
            ],
            Steps(rig));
        Assert.Contains("已登记", await Act("set-out", "县大队", 409), StringComparison.Ordinal);
        Assert.Contains("here某 已于 ", await Act("set-out", "县大队", 409), StringComparison.Ordinal);
        Assert.Contains("party: ''", await Act("joined", "", 409), StringComparison.Ordinal);
        Assert.Contains("呼叫第1圈增援", await Act("call-off"), StringComparison.Ordinal);
        Assert.Equal(CaseStepKind.StoodDown, rig.Rig.Store.Steps(rig.HereFire)[^1].Kind);
        Assert.Equal(
            ["called", "set-out", "joined", "called", "stood-down"],
            rig.Rig.Store.ShiftLog(DutyRig.Here, 20).Where(row => row.Act != "sign-in").Reverse().Select(row => row.Act));
        Assert.Contains(rig.Rig.Store.ShiftLog(DutyRig.Here, 20), row => row is { Act: "set-out", Words: "县大队" });

        async Task<string> Act(string verb, string? party = null, int code = 200)
        {
            Dictionary<string, string> form = new() { ["version"] = $"{rig.Rig.Store.Case(rig.HereFire)!.Version}" };
            if (party is not null)
            {
                form["party"] = party;
            }

            (int given, string shown) = await here.Post($"/cases/{rig.HereFire}/{verb}", form);
            Assert.Equal((verb, code), (verb, given));
            return shown;
        }
    }

    [Fact]
    public async Task Of_two_who_call_the_next_ring_at_once_one_does_so_that_no_further_ring_is_called()
    {
        await using DutyRig rig = new();
        Plan(rig);
        Browser[] both = [await rig.As("county"), await rig.As("here")];
        Dictionary<string, string> form = new() { ["version"] = $"{rig.Rig.Store.Case(rig.HereFire)!.Version}" };
        (int Code, string Text)[] told = await Task.WhenAll(both.Select(one => one.Post($"/cases/{rig.HereFire}/call", form)));
        Assert.Equal([200, 409], told.Select(one => one.Code).Order());
        string winner = told[0].Code == 200 ? "county某" : "here某";
        Assert.Contains($"{winner} 已于 ", told.Single(one => one.Code == 409).Text, StringComparison.Ordinal);
        Assert.Equal([(CaseStepKind.Called, "县大队")], Steps(rig));
    }

    private static void Plan(DutyRig rig) => rig.Rig.Store.PutCalloutPlan(
        [
            new CalloutParty { Station = 330701, Party = "县大队", Ring = 1, Telephone = "0579119" },
            new CalloutParty { Station = 330701, Party = "邻村站", Ring = 2 },
        ],
        []);

    private static IEnumerable<(CaseStepKind, string)> Steps(DutyRig rig) =>
        rig.Rig.Store.Steps(rig.HereFire).Where(step => step.Party.Length > 0).Select(step => (step.Kind, step.Party));
}
