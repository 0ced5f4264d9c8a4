// Owns: what an open page shows while the county is away, and that it comes back by itself with all that happened meanwhile.
// Must never: load the page again.

using System.Diagnostics;
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
        await desk.Await("() => !document.body.classList.contains('stale')");
        double backMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        await desk.Await(Looks.RedAndSounding);
        DeskTests.Figure("county killed to page grey", greyMs, GreyLimitMs);
        DeskTests.Figure("county's start to page back", backMs, BackLimitMs);
        DeskTests.Figure("county's start to the fire of meanwhile red", Stopwatch.GetElapsedTime(started).TotalMilliseconds, null);
        Assert.True(await desk.EvaluateAsync<bool>("window.sameAsBefore === true"), "the page was loaded again");
        await desk.ClickAsync("#list .take");
        await desk.Await(Looks.Quiet);
        Assert.True(greyMs <= GreyLimitMs, $"grey after {greyMs:F0} ms");
        Assert.True(backMs <= BackLimitMs, $"back after {backMs:F0} ms");
    }
}
