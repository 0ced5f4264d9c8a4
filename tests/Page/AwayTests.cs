// Owns: what an open page shows while the county is away or its browser slept, and that it comes back by itself with all of meanwhile.
// Must never: load the page again.

using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Page;

public sealed class AwayTests(Chromium chromium)
{
    private const int GreyLimitMs = 10_000;
    private const int BackLimitMs = 5_000;

    [Fact(Explicit = true)]
    public async Task County_that_is_killed_is_seen_to_be_away_and_comes_back_with_the_fire_of_meanwhile()
    {
        using PageStage stage = new();
        IPage desk = await stage.Desk(chromium, PageStage.Wang);
        stage.AwaitGateway();
        await desk.Await("() => document.getElementById('age').textContent !== '–'");
        await desk.EvaluateAsync("() => { window.sameAsBefore = true; }");
        stage.County.Kill();
        long killed = Stopwatch.GetTimestamp();
        await desk.Await("() => document.body.classList.contains('stale')");
        double greyMs = Stopwatch.GetElapsedTime(killed).TotalMilliseconds;
        await Expect(desk.Locator("#stale")).ToContainTextAsync("画面已过期");
        stage.Press();
        long started = Stopwatch.GetTimestamp();
        stage.StartCounty();
        await stage.AwaitPage();
        double servedMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        await desk.Await("() => !document.body.classList.contains('stale')");
        double backMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        await desk.Await(Looks.RedAndSounding);
        DeskTests.Figure("county killed to page grey", greyMs, GreyLimitMs);
        DeskTests.Figure("county's start to page served", servedMs, null);
        DeskTests.Figure("county's start to page back", backMs, BackLimitMs);
        DeskTests.Figure("county's start to the fire of meanwhile red", Stopwatch.GetElapsedTime(started).TotalMilliseconds, null);
        Assert.True(await desk.EvaluateAsync<bool>("window.sameAsBefore === true"), "the page was loaded again");
        await desk.ClickAsync("#list .take");
        await desk.Await(Looks.Quiet);
        Assert.True(greyMs <= GreyLimitMs, $"grey after {greyMs:F0} ms");
        Assert.True(backMs <= BackLimitMs, $"back after {backMs:F0} ms");
    }

    [Fact(Explicit = true)]
    public async Task Act_that_the_county_died_under_is_said_to_be_unanswered_and_is_done_once_when_it_is_pressed_again()
    {
        using PageStage stage = new();
        IPage desk = await stage.Desk(chromium, PageStage.Wang);
        stage.AwaitGateway();
        stage.Press();
        await desk.Await(Looks.RedAndSounding);
        string id = (await desk.Locator("#list > [data-sound='fire'] a.open").GetAttributeAsync("data-case"))!;
        await desk.RouteAsync("**/cases/*/take", async route =>
        {
            stage.County.Kill();
            await route.ContinueAsync();
        });
        await desk.ClickAsync("#list .take");
        await Expect(desk.Locator("#problem")).ToContainTextAsync("没有应答，请看清后重试");
        await desk.UnrouteAllAsync();
        await desk.Await("() => document.body.classList.contains('stale')");
        stage.StartCounty();
        await desk.Await("() => !document.body.classList.contains('stale')");
        await desk.Await(Looks.RedAndSounding);
        await desk.ClickAsync("#list .take");
        await desk.Await(Looks.Quiet);
        await desk.CaseSays("王芳");
        await Expect(desk.Locator("#problem")).ToHaveCountAsync(0);
        await desk.GotoAsync(stage.Origin + "/shift");
        await Expect(desk.Locator("tbody tr").Filter(new() { HasText = id })).ToHaveCountAsync(1);
        stage.Quiet();
    }

    [Fact(Explicit = true)]
    public async Task Browser_that_slept_an_hour_with_a_clock_that_is_hours_wrong_comes_back_with_the_fire_of_meanwhile()
    {
        using PageStage stage = new();
        using TcpProxy path = new(stage.PagePort);
        IPage desk = await chromium.NewPage();
        await desk.Clock.InstallAsync(new() { TimeDate = DateTime.UtcNow.AddHours(-7) });
        await stage.SignedIn(desk, PageStage.Wang, $"http://127.0.0.1:{path.Port}");
        stage.AwaitGateway();
        await desk.Await("() => document.getElementById('age').textContent !== '–'");
        await desk.EvaluateAsync("() => { window.sameAsBefore = true; }");

        // The machine's network card was off: nobody tells the browser that its connection is dead.
        path.Strand();
        stage.Press();
        await desk.Clock.FastForwardAsync("01:00:00");
        await desk.Await("() => document.body.classList.contains('stale')");
        await desk.Await("() => !document.body.classList.contains('stale')");
        await desk.Await(Looks.RedAndSounding);
        Assert.True(await desk.EvaluateAsync<bool>("window.sameAsBefore === true"), "the page was loaded again");
        string shown = await desk.Locator("#list > [data-sound='fire'] time[data-since]").InnerTextAsync();
        Assert.Matches(@"^\d{1,2}:\d\d$", shown.Trim());
        string[] clock = (await desk.Locator("#clock").InnerTextAsync()).Split(':');
        TimeSpan off = (DateTime.Now.TimeOfDay - new TimeSpan(Number(clock[0]) % 24, Number(clock[1]), 0)).Duration();
        Assert.True(off < TimeSpan.FromMinutes(5) || off > TimeSpan.FromHours(23.9), $"the page's clock shows {string.Join(':', clock)}");
        await desk.ClickAsync("#list .take");
        await desk.Await(Looks.Quiet);
        stage.Quiet();
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
