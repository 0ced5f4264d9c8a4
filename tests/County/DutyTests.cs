// Owns: who may do and see what on the duty page: every route with every role, townships apart, sign-in and its refusals, forged forms.
// Must never: leave a route out: the list that is served is the list that is walked.

using System.Net;
using Gateway.County.Duty;
using Microsoft.AspNetCore.Http;

namespace Gateway.County.Tests;

public sealed class DutyTests
{
    [Fact]
    public async Task Every_route_with_every_role_is_answered_or_refused_as_the_list_says()
    {
        await using DutyRig rig = new();
        foreach ((string name, DutyRole role, string township) in DutyRig.Users.Prepend(("", (DutyRole)0, "")))
        {
            DutyUser? user = name.Length == 0 ? null
                : new DutyUser { Name = name, Person = name, Role = role, Township = township, PasswordHash = "" };
            string own = township == DutyRig.There ? rig.ThereFire : rig.HereFire;
            Browser browser = name.Length == 0 ? rig.NewBrowser() : await rig.As(name);
            foreach (DutyRoute route in DutyRoutes.All.Where(route => route.Pattern is not ("/sign-out" or "/sign-in")))
            {
                using HttpResponseMessage answer = await browser.Ask(
                    new HttpMethod(route.Method), Filled(route, own), Forms(rig, own), head: true);
                int code = (int)answer.StatusCode;
                string what = $"{name} {route.Method} {route.Pattern}: {code}";
                if (DutyRoutes.May(user, route.Needs))
                {
                    Assert.True(code is 200 or 303 or 409, what);
                    bool toSignIn = code == 303 && answer.Headers.Location!.ToString() == "/sign-in";
                    Assert.True(!toSignIn || (user is null && route.Needs == DutyRight.Anyone), what);
                }
                else
                {
                    Assert.True(user is not null ? code == 403 : code == 401 || answer.Headers.Location!.ToString() == "/sign-in", what);
                }

                string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
                Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
                Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            }
        }
    }

    [Theory]
    [InlineData("there")]
    [InlineData("reader-there")]
    public async Task No_route_gives_or_changes_anything_of_another_township(string name)
    {
        await using DutyRig rig = new();
        int before = rig.Rig.Store.Case(rig.HereFire)!.Version;
        Browser browser = await rig.As(name);
        foreach (DutyRoute route in DutyRoutes.All.Where(route => route.Pattern is not ("/sign-out" or "/sign-in" or "/stream")))
        {
            string own = Filled(route, rig.HereFire);
            string[] paths = route.Method == "POST" ? [own]
                : [own, $"{own}?case={rig.HereFire}", $"{own}?station=330701&since=2000-01-01", $"{own}?township={DutyRig.Here}",
                    $"{own}?q=330701"];
            foreach (string path in paths)
            {
                foreach (bool part in (bool[])[false, true])
                {
                    using HttpResponseMessage answer = await browser.Ask(
                        new HttpMethod(route.Method), path, Forms(rig, rig.HereFire), part: part);
                    string text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
                    Assert.True((int)answer.StatusCode < 500, $"{route.Method} {path}: {(int)answer.StatusCode}");

                    // What somebody typed stands in the field again.
                    string shown = text.Replace(DutyRig.There, "", StringComparison.Ordinal).Replace("value=\"330701\"", "",
                        StringComparison.Ordinal);
                    Assert.All(DutyRig.OfHere, word => Assert.DoesNotContain(word, shown, StringComparison.Ordinal));
                }
            }
        }

        Assert.Equal(before, rig.Rig.Store.Case(rig.HereFire)!.Version);
        Assert.Contains("乙村站", (await browser.Get("/")).Text, StringComparison.Ordinal);
        Assert.Empty(rig.Rig.Store.ShiftLog(DutyRig.Here, 10));
        Assert.Empty(rig.Rig.Store.Commands(330701));
        Assert.Single(rig.Rig.Store.Cases(new CaseQuery { Township = DutyRig.Here }));
    }

    [Fact]
    public async Task Desk_shows_the_fire_with_its_telephone_and_text_from_outside_is_no_script()
    {
        await using DutyRig rig = new();
        Browser browser = await rig.As("county");
        using HttpResponseMessage answer = await browser.Ask(HttpMethod.Get, $"/?case={rig.HereFire}");
        string raw = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<script>alert", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>站", raw, StringComparison.Ordinal);
        string text = WebUtility.HtmlDecode(raw);
        Assert.All(DutyRig.OfHere, word => Assert.Contains(word, text, StringComparison.Ordinal));
        Assert.Contains("火警 未受理", text, StringComparison.Ordinal);
        Assert.Contains("乙村站", text, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        foreach (DutyAsset asset in (DutyAsset[])[DutyAsset.Style, DutyAsset.Script])
        {
            Assert.Contains(asset.Path, raw, StringComparison.Ordinal);
            Assert.Equal(200, (await browser.Get(asset.Path)).Code);
        }
    }

    /// <summary>Whoever has a station's key writes its names; none may act on the page of a county, or turn a line around.</summary>
    [Theory]
    [InlineData("</title><script>alert(2)</script>")]
    [InlineData("\"'><img src=x onerror=alert(2)>")]
    [InlineData("\u202e火房\u2066\u200f{{7*7}}<b>")]
    public async Task A_name_of_a_place_is_text_on_every_page(string name)
    {
        await using DutyRig rig = new();
        rig.First.SettingsCrc = 0xA1;
        rig.Rig.Send(rig.First.Names(1, true, [(3, System.Text.Encoding.UTF8.GetBytes(name))]));
        Browser browser = await rig.As("county");
        string shown = StationPlaces.Shown(System.Text.Encoding.UTF8.GetBytes(name));
        Assert.Contains("3号 " + shown, (await browser.Get($"/?case={rig.HereFire}")).Text, StringComparison.Ordinal);
        foreach (string path in (string[])["/", $"/?case={rig.HereFire}", $"/cases/{rig.HereFire}", "/stations/330701", "/history",
            "/search?words=330701", "/events?station=330701", $"/cases/{rig.HereFire}/report"])
        {
            using HttpResponseMessage answer = await browser.Ask(HttpMethod.Get, path);
            string raw = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode < 500, path);
            Assert.DoesNotContain("<script>alert(2)", raw, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", raw, StringComparison.Ordinal);
            Assert.All("\u202e\u2066\u200f", mark => Assert.DoesNotContain(mark, WebUtility.HtmlDecode(raw)));
        }
    }

    [Fact]
    public async Task Case_goes_from_taken_to_judged_with_the_name_of_who_did_it()
    {
        await using DutyRig rig = new();
        Browser browser = await rig.As("here");
        string path = $"/cases/{rig.HereFire}";
        Assert.Equal((200, true), await Acted("take", []));
        Assert.Equal((409, true), await Acted("judge", new() { ["as"] = "false" }, "误报须写原因"));
        Assert.Equal((409, true), await Acted("judge", [], "no judgement"));
        Assert.Equal((200, true), await Acted("note", new() { ["words"] = "已通知<b>" }, "备注：已通知<b>"));
        Assert.Equal((200, true), await Acted("judge", new() { ["as"] = "false", ["cause"] = "烟头" }, "false alarm</span></strong> 烟头"));
        Assert.Equal((409, true), await Acted("close", [], "火警未复位"));
        rig.Fire(rig.Second);
        Case one = rig.Rig.Store.Case(rig.HereFire)!;
        Assert.Equal(("here某", CaseJudgement.False), (one.Owner, one.Judgement));
        Assert.Equal(
            ["judge", "note", "take"],
            rig.Rig.Store.ShiftLog(DutyRig.Here, 10).Where(row => row.Act != "sign-in").Select(row => row.Act));
        Assert.Equal(409, (await browser.Post(path + "/note", new() { ["words"] = "x" })).Code);
        Assert.Equal(404, (await browser.Post("/cases/1-2-0-3/take", new() { ["version"] = "1" })).Code);

        async Task<(int, bool)> Acted(string verb, Dictionary<string, string> form, string says = "here某")
        {
            form["version"] = $"{rig.Rig.Store.Case(rig.HereFire)!.Version}";
            (int code, string text) = await browser.Post($"{path}/{verb}", form);
            return (code, text.Contains(says, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Of_two_who_take_a_fire_at_once_one_wins_and_the_other_sees_who()
    {
        await using DutyRig rig = new();
        Browser[] both = [await rig.As("county"), await rig.As("here")];
        Dictionary<string, string> form = new() { ["version"] = $"{rig.Rig.Store.Case(rig.HereFire)!.Version}" };
        (int Code, string Text)[] told = await Task.WhenAll(both.Select(one => one.Post($"/cases/{rig.HereFire}/take", form)));
        Assert.Equal([200, 409], told.Select(one => one.Code).Order());
        string winner = rig.Rig.Store.Case(rig.HereFire)!.Owner;
        Assert.Equal(told[0].Code == 200 ? "county某" : "here某", winner);
        Assert.Contains($"{winner} 已于 ", told.Single(one => one.Code == 409).Text, StringComparison.Ordinal);
        Assert.Single(rig.Rig.Store.Steps(rig.HereFire), step => step.Kind == CaseStepKind.Taken);
    }

    [Fact]
    public async Task Fire_that_a_further_zone_changed_is_taken_by_one_click_all_the_same()
    {
        await using DutyRig rig = new();
        Browser browser = await rig.As("county");
        Dictionary<string, string> form = new() { ["version"] = $"{rig.Rig.Store.Case(rig.HereFire)!.Version}" };
        rig.Fire(rig.First, zone: 7);
        Assert.Equal(200, (await browser.Post($"/cases/{rig.HereFire}/take", form)).Code);
        Assert.Equal("county某", rig.Rig.Store.Case(rig.HereFire)!.Owner);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData("https://127.0.0.1")]
    public async Task Form_of_another_origin_does_nothing(string from)
    {
        await using DutyRig rig = new();
        Browser browser = await rig.As("county");
        Dictionary<string, string> form = new() { ["version"] = $"{rig.Rig.Store.Case(rig.HereFire)!.Version}" };
        foreach (DutyRoute route in DutyRoutes.All.Where(route => route.Method == "POST"))
        {
            Assert.Equal(403, (await browser.Post(Filled(route, rig.HereFire), form, from)).Code);
        }

        Assert.Equal("", rig.Rig.Store.Case(rig.HereFire)!.Owner);
        Assert.Equal(200, (await browser.Get("/")).Code);
    }

    [Fact]
    public async Task Proxy_says_by_which_origin_forms_come_and_from_where_people_do()
    {
        await using DutyRig rig = new(proxy: "https://duty.example");
        using Browser browser = new(rig.Origin);
        Dictionary<string, string> form = new() { ["name"] = "county", ["password"] = DutyRig.Password };
        Assert.Equal(403, (await browser.Post("/sign-in", form)).Code);
        using HttpResponseMessage answer = await browser.Ask(HttpMethod.Post, "/sign-in", form, "https://duty.example");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        string cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.All(["secure", "httponly", "samesite=strict"], word => Assert.Contains(word, cookie, StringComparison.OrdinalIgnoreCase));
        DefaultHttpContext context = new();
        context.Request.Headers["X-Forwarded-For"] = "10.0.0.9, 10.0.0.1";
        Assert.Equal("10.0.0.1", new DutySite("https://duty.example").AddressOf(context));
        Assert.Equal("", new DutySite(null).AddressOf(context));
    }

    [Fact]
    public async Task Session_ends_with_its_user_with_another_password_and_by_signing_out()
    {
        await using DutyRig rig = new();
        using Browser nobody = rig.NewBrowser();
        Assert.Equal(401, await nobody.SignIn("county", "wrong password"));
        Assert.Equal(401, await nobody.SignIn("nobody", DutyRig.Password));
        Assert.Equal(401, await nobody.SignIn("", ""));
        Assert.Equal(401, (await nobody.Get("/stream")).Code);
        (Browser first, Browser second, Browser third) = (await rig.As("county"), await rig.As("reader"), await rig.As("engineer"));
        Assert.True(rig.Rig.Store.ResetUser("county", Passwords.Hash("county", "another password")));
        Assert.True(rig.Rig.Store.RemoveUser("reader"));
        Assert.Equal(303, (await first.Get("/")).Code);
        Assert.Equal(303, (await second.Get("/")).Code);
        Assert.Equal(200, (await third.Get("/")).Code);
        Assert.Equal(303, (await third.Post("/sign-out")).Code);
        Assert.Equal(303, (await third.Get("/")).Code);
        Assert.Equal(401, await first.SignIn("county", DutyRig.Password));
        Assert.Equal(303, await first.SignIn("county", "another password"));
    }

    private static string Filled(DutyRoute route, string id) => route.Pattern
        .Replace("{id}", id, StringComparison.Ordinal).Replace("{to}", "en", StringComparison.Ordinal)
        .Replace("{station}", id.Split('-')[0], StringComparison.Ordinal).Replace("{order}", "self-test", StringComparison.Ordinal);

    private static Dictionary<string, string> Forms(DutyRig rig, string id) => new()
    {
        ["version"] = $"{rig.Rig.Store.Case(id)!.Version}", ["words"] = "w", ["as"] = "real", ["station"] = id.Split('-')[0],
        ["grade"] = "low", ["sure"] = "yes", ["party"] = "p", ["last"] = "0",
        ["case"] = $"{id}:{rig.Rig.Store.Case(id)!.Version}",
    };
}
