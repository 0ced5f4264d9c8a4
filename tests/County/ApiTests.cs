// Owns: the API: its document, tokens and their scope, its refusals, pages of a long list, how often a program may ask.
// Must never: leave a route out: the list that is served is the list that is walked.

using System.Text.Json;
using Gateway.County.Duty.Api;
using Gateway.Tests.Support;

namespace Gateway.County.Tests;

public sealed class ApiTests
{
    [Fact]
    public async Task Document_that_is_served_is_the_copy_in_the_repository_and_has_every_route()
    {
        await using DutyRig rig = new();
        Browser nobody = rig.NewBrowser();
        (int code, string text) = await Raw(nobody, ApiRoutes.Document);
        Assert.Equal(200, code);
        Assert.True(
            text == await File.ReadAllTextAsync(Repository.Path(ApiDocument.File.Split('/')), TestContext.Current.CancellationToken),
            $"{ApiDocument.File} is not what is served: dotnet run --project tools/Generate");
        Assert.Equal(text, await ApiDocument.Make());
        JsonElement paths = JsonDocument.Parse(text).RootElement.GetProperty("paths");
        Assert.Equal(ApiRoutes.All.Select(one => one.Pattern).Order(), paths.EnumerateObject().Select(one => one.Name).Order());
        Assert.All(paths.EnumerateObject(), path => Assert.Equal("get", Assert.Single(path.Value.EnumerateObject()).Name));
    }

    [Fact]
    public async Task No_route_answers_without_a_good_token_and_a_browsers_session_is_none()
    {
        await using DutyRig rig = new();
        Browser signedIn = await rig.As("county");
        string wrong = new('a', CountyLimits.DutyTokenBytes * 2);
        foreach (ApiRoute route in ApiRoutes.All)
        {
            foreach (string? token in (string?[])[null, "", "x", wrong, $"' OR 1=1 --{wrong}"])
            {
                using HttpResponseMessage answer = await Ask(rig, Filled(route, rig.HereFire), token, signedIn.Cookie);
                Assert.Equal(401, (int)answer.StatusCode);
                Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
                await IsProblem(answer, "token: none that is good; allowed: ");
            }
        }
    }

    [Fact]
    public async Task Token_of_the_county_reads_all_and_one_of_a_township_nothing_outside_of_it()
    {
        await using DutyRig rig = new();
        string county = Token(rig, "county", contacts: true);
        string there = Token(rig, "there", DutyRig.There, contacts: true);
        HashSet<string> seen = [];
        foreach (ApiRoute route in ApiRoutes.All)
        {
            string own = Filled(route, rig.HereFire);
            using HttpResponseMessage all = await Ask(rig, own, county);
            Assert.True((int)all.StatusCode == 200, $"{own}: {(int)all.StatusCode}");
            Assert.Equal("application/json", all.Content.Headers.ContentType!.MediaType);
            string text = await Text(all);
            seen.UnionWith(DutyRig.OfHere.Where(word => text.Contains(word, StringComparison.Ordinal)));
            foreach (string path in (string[])
                [own, $"{own}?township={DutyRig.Here}", $"{own}?station=330701&since=2026-01-01&until=2026-12-01", $"{own}?max=500"])
            {
                using HttpResponseMessage theirs = await Ask(rig, path, there);
                Assert.True((int)theirs.StatusCode is 200 or 404, $"{path}: {(int)theirs.StatusCode}");
                Assert.True(!route.Pattern.Contains('{', StringComparison.Ordinal) || (int)theirs.StatusCode == 404, path);
                string given = (await Text(theirs)).Replace(DutyRig.There, "", StringComparison.Ordinal);

                // What was asked for is named in the refusal.
                given = (int)theirs.StatusCode == 404 ? given.Replace("330701", "", StringComparison.Ordinal) : given;
                Assert.All(DutyRig.OfHere, word => Assert.DoesNotContain(word, given, StringComparison.Ordinal));
            }
        }

        Assert.Equal(DutyRig.OfHere.Order(), seen.Order());
    }

    [Fact]
    public async Task Contacts_are_given_to_tokens_that_are_for_them_alone()
    {
        await using DutyRig rig = new();
        string plain = Token(rig, "plain");
        foreach (ApiRoute route in ApiRoutes.All)
        {
            using HttpResponseMessage answer = await Ask(rig, Filled(route, rig.HereFire), plain);
            string text = await Text(answer);
            Assert.Equal(200, (int)answer.StatusCode);
            Assert.All(["057911112222", "王甲联系"], word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
        }

        JsonElement place = (await Json(rig, $"/api/v1/cases/{rig.HereFire}", plain)).GetProperty("place");
        Assert.Equal("<script>alert(1)</script>", place.GetProperty("address").GetString());
        Assert.Equal(JsonValueKind.Null, place.GetProperty("telephone").ValueKind);
    }

    [Fact]
    public async Task Board_and_case_say_what_a_desk_sees()
    {
        await using DutyRig rig = new();
        string token = Token(rig, "screen");
        JsonElement board = await Json(rig, "/api/v1/board", token);
        Assert.Equal(2, board.GetProperty("counts").GetProperty("fire").GetInt32());
        Assert.Equal([rig.HereFire, rig.ThereFire],
            board.GetProperty("cases").EnumerateArray().Select(one => one.GetProperty("id").GetString()).Order());
        Assert.All(board.GetProperty("stations").EnumerateArray(), one => Assert.Equal("fire", one.GetProperty("look").GetString()));
        CaseDesk.Act(rig.Rig.Store, new CaseRequest { Case = rig.HereFire, Kind = CaseActKind.Take, By = "李" }, rig.Rig.NowMs);
        JsonElement one = await Json(rig, $"/api/v1/cases/{rig.HereFire}", token);
        Assert.Equal(("taken", "李"),
            (one.GetProperty("case").GetProperty("state").GetString(), one.GetProperty("case").GetProperty("owner").GetString()));
        Assert.Equal(["opened", "taken"], one.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("what").GetString()));
        JsonElement events = await Json(rig, "/api/v1/events?since=2026-01-01&until=2026-12-01&lane=fire&station=330701", token);
        Assert.Equal("fire-alarm", Assert.Single(events.GetProperty("items").EnumerateArray()).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Long_list_of_cases_comes_in_pages_without_a_gap_or_a_double()
    {
        await using DutyRig rig = new();
        string token = Token(rig, "screen");
        for (int i = 0; i < 23; i++)
        {
            CaseDesk.Found(
                rig.Rig.Store, new FoundDanger(rig.Rig.Store.Stations()[0], CaseGrade.Low, $"隐患{i}", "李", EscalationLevel.County),
                rig.Rig.NowMs + (i / 5));
        }

        List<string> ids = [];
        string? before = "";
        while (before is not null)
        {
            JsonElement page = await Json(rig, $"/api/v1/cases?class=danger&open=true&max=7&before={before}", token);
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetString()!));
            before = page.GetProperty("next").GetString();
        }

        Assert.Equal(23, ids.Count);
        Assert.Equal(
            rig.Rig.Store.Cases(new CaseQuery { Class = CaseClass.Danger })
                .OrderByDescending(one => one.OpenedMs).ThenByDescending(one => one.Id, StringComparer.Ordinal).Select(one => one.Id),
            ids);
    }

    [Theory]
    [InlineData("/api/v1/cases?open=yes", 400, "open: 'yes'; allowed: true, false")]
    [InlineData("/api/v1/cases?class=fire", 400, "class: 'fire'; allowed: alarm, danger, silent, risk")]
    [InlineData("/api/v1/cases?station=-1", 400, "station: '-1'; allowed: 1..4294967295")]
    [InlineData("/api/v1/cases?township=%2B", 400, "township: '+'; allowed: ")]
    [InlineData("/api/v1/cases?before=x", 400, "before: 'x'; allowed: ")]
    [InlineData("/api/v1/cases?max=501", 400, "max: '501'; allowed: 1..500")]
    [InlineData("/api/v1/cases/1-2-0-3", 404, "case: '1-2-0-3' is not there; allowed: ")]
    [InlineData("/api/v1/stations/99", 404, "station: '99' is not there; allowed: ")]
    [InlineData("/api/v1/stations/x", 400, "station: 'x'; allowed: ")]
    [InlineData("/api/v1/events?since=gestern", 400, "since: 'gestern'; allowed: ")]
    [InlineData("/api/v1/events?since=2020-01-01&until=2026-01-01", 400, "since: '2020-01-01'; allowed: at most 366 days")]
    [InlineData("/api/v1/events?lane=feuer", 400, "lane: 'feuer'; allowed: ")]
    [InlineData("/api/v1/nothing", 404, "GET here; allowed: ")]
    [InlineData("/api/v2/board", 404, "GET here; allowed: ")]
    public async Task Question_that_cannot_be_answered_is_refused_with_place_value_and_what_is_allowed(string path, int code, string says)
    {
        await using DutyRig rig = new();
        using HttpResponseMessage answer = await Ask(rig, path, Token(rig, "screen"));
        Assert.Equal(code, (int)answer.StatusCode);
        await IsProblem(answer, says);
    }

    [Fact]
    public async Task Program_that_asks_without_end_is_told_to_wait_and_nobody_else_is()
    {
        await using DutyRig rig = new();
        (string busy, string other) = (Token(rig, "busy"), Token(rig, "other"));
        HttpResponseMessage? refused = null;
        for (int i = 0; refused is null; i++)
        {
            Assert.True(i < 5_000, "never refused");
            HttpResponseMessage answer = await Ask(rig, "/api/v1/shift", busy);
            refused = (int)answer.StatusCode == 429 ? answer : null;
        }

        Assert.Equal("1", refused.Headers.RetryAfter!.ToString());
        await IsProblem(refused, "too many questions; allowed: ");
        refused.Dispose();
        using HttpResponseMessage theirs = await Ask(rig, "/api/v1/board", other);
        Assert.Equal(200, (int)theirs.StatusCode);
        Assert.Equal(200, (await (await rig.As("county")).Get("/")).Code);
    }

    [Fact]
    public async Task Token_that_is_removed_is_refused_and_nothing_is_changed_by_the_API()
    {
        await using DutyRig rig = new();
        string token = Token(rig, "screen");
        foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Delete, HttpMethod.Put, HttpMethod.Patch])
        {
            using HttpResponseMessage answer = await Ask(rig, $"/api/v1/cases/{rig.HereFire}", token, method: method);
            Assert.Equal(405, (int)answer.StatusCode);
        }

        Assert.True(rig.Rig.Store.RemoveToken("screen"));
        for (int i = 0; ; i++)
        {
            using HttpResponseMessage answer = await Ask(rig, "/api/v1/shift", token);
            if ((int)answer.StatusCode == 401)
            {
                break;
            }

            Assert.True(i < 120, "still good");
            await Task.Delay(1_000, TestContext.Current.CancellationToken);
        }
    }

    private static string Token(DutyRig rig, string name, string township = "", bool contacts = false)
    {
        string token = ApiToken.Create();
        Assert.True(rig.Rig.Store.AddToken(new ApiToken
        {
            Name = name, Hash = ApiToken.HashOf(token), Township = township, Contacts = contacts,
        }));
        return token;
    }

    private static string Filled(ApiRoute route, string id) => route.Pattern
        .Replace("{id}", id, StringComparison.Ordinal).Replace("{station}", id.Split('-')[0], StringComparison.Ordinal);

    private static async Task<HttpResponseMessage> Ask(
        DutyRig rig, string path, string? token, string? cookie = null, HttpMethod? method = null)
    {
        using HttpClient client = new() { Timeout = TimeSpan.FromSeconds(120) };
        using HttpRequestMessage request = new(method ?? HttpMethod.Get, rig.Origin + path);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<JsonElement> Json(DutyRig rig, string path, string token)
    {
        using HttpResponseMessage answer = await Ask(rig, path, token);
        string text = await Text(answer);
        Assert.True((int)answer.StatusCode == 200, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>As it was before characters of HTML were escaped.</summary>
    private static async Task<string> Text(HttpResponseMessage answer) =>
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .Replace("\\u003C", "<", StringComparison.Ordinal).Replace("\\u003E", ">", StringComparison.Ordinal);

    private static async Task<(int Code, string Text)> Raw(Browser browser, string path)
    {
        using HttpResponseMessage answer = await browser.Ask(HttpMethod.Get, path);
        return ((int)answer.StatusCode, await Text(answer));
    }

    private static async Task IsProblem(HttpResponseMessage answer, string says)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        JsonElement problem = JsonDocument.Parse(await Text(answer)).RootElement;
        Assert.Equal((int)answer.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.Contains(says, problem.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }
}
