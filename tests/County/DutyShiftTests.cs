// Owns: the change of a shift by name, a user's own password, and inspections that are marked as made.
// Must never: leave out the second person, who was not quick enough.

using Gateway.County.Sql;

namespace Gateway.County.Tests;

public sealed class DutyShiftTests
{
    [Fact]
    public async Task Next_person_takes_open_cases_over_by_name_and_no_fire_that_nobody_took()
    {
        await using DutyRig rig = new();
        (Browser here, Browser county) = (await rig.As("here"), await rig.As("county"));
        Assert.Equal(200, (await here.Post($"/cases/{rig.HereFire}/take", Version(rig, rig.HereFire))).Code);
        Assert.Equal(303, (await here.Post("/shift/hand-over", new() { ["words"] = "甲村钥匙在门卫" })).Code);
        Assert.Equal(409, (await here.Post("/shift/hand-over", new() { ["words"] = "" })).Code);
        string text = (await county.Get("/shift/change")).Text;
        Assert.Contains($"value=\"{Named(rig, rig.HereFire)}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Named(rig, rig.ThereFire), text, StringComparison.Ordinal);
        Assert.Contains(rig.ThereFire, text, StringComparison.Ordinal);
        (int code, text) = await county.Post("/shift/take-over", new() { ["case"] = Named(rig, rig.ThereFire) });
        Assert.Equal(409, code);
        Assert.Contains("未受理的火警须逐件受理", text, StringComparison.Ordinal);
        Assert.Equal("", rig.Rig.Store.Case(rig.ThereFire)!.Owner);
        Assert.Equal(303, (await county.Post("/shift/take-over", new() { ["case"] = Named(rig, rig.HereFire) })).Code);
        Assert.Equal("county某", rig.Rig.Store.Case(rig.HereFire)!.Owner);
        Assert.Equal("接班，自 here某", rig.Rig.Store.Steps(rig.HereFire)[^1].Words);
        Assert.DoesNotContain(Named(rig, rig.HereFire), (await county.Get("/shift/change")).Text, StringComparison.Ordinal);
        Assert.Contains("甲村钥匙在门卫", (await here.Get("/shift/change")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("甲村钥匙在门卫", (await (await rig.As("there")).Get("/shift/change")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_take_over_at_once_one_has_it_and_the_other_sees_who()
    {
        await using DutyRig rig = new();
        Case danger = CaseDesk.Found(
            rig.Rig.Store, new FoundDanger(rig.Rig.Store.Registered(330701)!, CaseGrade.Low, "电线", "李", EscalationLevel.Township),
            rig.Rig.NowMs);
        CaseDesk.Act(rig.Rig.Store, new CaseRequest { Case = danger.Id, Kind = CaseActKind.Take, By = "李" }, rig.Rig.NowMs);
        Browser[] both = [await rig.As("county"), await rig.As("here")];
        Dictionary<string, string> form = new() { ["case"] = Named(rig, danger.Id) };
        (int Code, string Text)[] told = await Task.WhenAll(both.Select(one => one.Post("/shift/take-over", form)));
        Assert.Equal([303, 409], told.Select(one => one.Code).Order());
        string winner = told[0].Code == 303 ? "county某" : "here某";
        Assert.Contains($"{winner} 已于 ", told.Single(one => one.Code == 409).Text, StringComparison.Ordinal);
        Assert.Equal(winner, rig.Rig.Store.Case(danger.Id)!.Owner);
    }

    [Fact]
    public async Task User_changes_the_own_password_by_the_old_one_and_is_signed_out_everywhere_else()
    {
        await using DutyRig rig = new();
        (Browser first, Browser second) = (await rig.As("reader"), await rig.As("reader"));
        await using Told told = await Told.Of(second);
        const string Fresh = "staple battery horse";
        Assert.Contains("旧密码不对", await Change(409, "wrong password", Fresh, Fresh), StringComparison.Ordinal);
        Assert.Contains("两次输入不同", await Change(409, DutyRig.Password, Fresh, Fresh + "x"), StringComparison.Ordinal);
        Assert.Contains("5 characters; allowed: 10..128", await Change(409, DutyRig.Password, "short", "short"), StringComparison.Ordinal);
        Assert.Contains("密码已改", await Change(200, DutyRig.Password, Fresh, Fresh), StringComparison.Ordinal);
        Assert.Equal(200, (await first.Get("/")).Code);
        Assert.Equal(303, (await second.Get("/")).Code);
        await told.Next("out");
        Assert.Equal(401, await second.SignIn("reader", DutyRig.Password));
        Assert.Equal(303, await second.SignIn("reader", Fresh));
        Assert.Contains(rig.Rig.Store.ShiftLog(null, 10), row => row is { Act: "password", Name: "reader" });

        async Task<string> Change(int code, string old, string fresh, string again)
        {
            (int given, string text) = await first.Post("/password", new() { ["old"] = old, ["new"] = fresh, ["again"] = again });
            Assert.Equal(code, given);
            return text;
        }
    }

    [Fact]
    public async Task Inspection_that_is_due_is_marked_as_made_and_the_second_person_sees_who_did()
    {
        await using DutyRig rig = new();
        (Browser here, Browser county) = (await rig.As("here"), await rig.As("county"));
        Assert.Contains("/inspections/330701", (await here.Get("/dangers")).Text, StringComparison.Ordinal);
        Dictionary<string, string> form = new() { ["last"] = "0", ["words"] = "灭火器已换" };
        Assert.Equal(303, (await here.Post("/inspections/330701", form)).Code);
        Assert.NotEqual(0, rig.Rig.Store.Inspections()[330701]);
        (int code, string text) = await county.Post("/inspections/330701", form);
        Assert.Equal(409, code);
        Assert.Contains("here某 已于 ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/inspections/330701", (await here.Get("/dangers")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await here.Post("/inspections/330702", form)).Code);
        Assert.Contains(rig.Rig.Store.ShiftLog(DutyRig.Here, 10), row => row is { Act: "inspected", Words: "灭火器已换" });
    }

    private static string Named(DutyRig rig, string id) => $"{id}:{rig.Rig.Store.Case(id)!.Version}";

    private static Dictionary<string, string> Version(DutyRig rig, string id) =>
        new() { ["version"] = $"{rig.Rig.Store.Case(id)!.Version}" };
}
