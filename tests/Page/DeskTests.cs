// Owns: the duty page as people use it, scene by scene, at a county and a gateway as they are; by tests/page.sh.
// Must never: leave a zone in fire to the next scene.

using System.Diagnostics;
using System.Globalization;
using Gateway.Contract;
using Gateway.Core;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Page;

public sealed class DeskTests(Chromium chromium, PageStage stage) : IClassFixture<PageStage>
{
    private const int Presses = 50;
    private const int SeenLimitMs = 1_000;
    private const int TabsMax = 300;

    // What is read from 5 m, on a screen of 55 inches.
    private const double LetterMm = 25;
    private const double WallMm = 1_218;

    [Fact(Explicit = true)]
    public async Task Press_is_red_and_sounding_within_a_second_in_the_middle_of_fifty()
    {
        IPage desk = await stage.Desk(chromium, PageStage.Wang);
        List<double> seenMs = [];
        for (int press = 0; press < Presses; press++)
        {
            stage.AwaitGateway();
            await desk.Await(Looks.Quiet);
            long pressed = Stopwatch.GetTimestamp();
            stage.Press();
            await desk.Await(Looks.RedAndSounding);
            seenMs.Add(Stopwatch.GetElapsedTime(pressed).TotalMilliseconds);
            await desk.ClickAsync("#list .take");
            stage.Quiet();
        }

        seenMs.Sort();
        Figure("press to red and sounding, median of 50", seenMs[Presses / 2], SeenLimitMs);
        Figure("press to red and sounding, slowest of 50", seenMs[^1], null);
        Assert.True(seenMs[Presses / 2] <= SeenLimitMs, $"median {seenMs[Presses / 2]:F0} ms");
    }

    [Fact(Explicit = true)]
    public async Task Of_two_who_take_a_fire_at_once_one_wins_and_the_other_sees_who()
    {
        IPage wang = await stage.Desk(chromium, PageStage.Wang);
        IPage li = await stage.Desk(chromium, PageStage.Li);
        TaskCompletionSource first = new();
        await li.RouteAsync("**/cases/*/take", async route =>
        {
            await first.Task;
            await route.ContinueAsync();
        });
        await Burn(wang, li);

        // Both have clicked before either is answered; whose word comes second is decided here.
        await li.ClickAsync("#list .take");
        await wang.ClickAsync("#list .take");
        await wang.CaseSays("王芳");
        first.SetResult();
        await Expect(li.Locator("#case .refusal")).ToContainTextAsync("王芳 已于 ");
        await Task.WhenAll(wang.Await(Looks.Quiet), li.Await(Looks.Quiet));
        await li.CaseSays("王芳");
        stage.Quiet();
    }

    [Fact(Explicit = true)]
    public async Task All_of_it_can_be_done_by_keys_alone()
    {
        IPage page = await chromium.NewPage();
        await page.GotoAsync(stage.Origin);
        await page.Keyboard.TypeAsync("wang");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(PageStage.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(stage.Origin + "/");
        await Burn(page);
        await page.Keyboard.PressAsync("F2");
        await page.Keyboard.PressAsync("Enter");
        await page.Await(Looks.Quiet);
        await page.CaseSays("王芳");
        await TabTo(page, "#case input[name=as]");
        for (int key = 0; !await page.Locator("#case input[value=false]").IsCheckedAsync(); key++)
        {
            Assert.InRange(key, 0, TabsMax);
            await page.Keyboard.PressAsync("ArrowDown");
        }

        await TabTo(page, "#case input[name=cause]");
        await page.Keyboard.TypeAsync("烧烤油烟");
        await page.Keyboard.PressAsync("Enter");
        await page.CaseSays("烧烤油烟");
        stage.Quiet();
    }

    [Fact(Explicit = true)]
    public async Task Next_shift_finds_the_case_with_who_took_it_and_judges_it()
    {
        IPage wang = await stage.Desk(chromium, PageStage.Wang);
        await Burn(wang);
        await wang.ClickAsync("#list .take");
        await wang.CaseSays("王芳");
        string id = (await wang.Locator("#case article").GetAttributeAsync("data-case"))!;
        stage.Quiet();
        await wang.ClickAsync("form[action='/sign-out'] button");
        await wang.WaitForURLAsync("**/sign-in");
        IPage li = await stage.Desk(chromium, PageStage.Li);
        await li.GotoAsync($"{stage.Origin}/?case={id}");
        await li.CaseSays("王芳");
        await li.JudgeFalse("炊烟");
        await li.GotoAsync(stage.Origin + "/shift");
        await Expect(li.Locator("tbody tr").Filter(new() { HasText = "李强" }).Filter(new() { HasText = id }).First).ToBeVisibleAsync();
    }

    [Fact(Explicit = true)]
    public async Task Duty_check_is_asked_from_the_page_and_its_answer_is_seen_there()
    {
        IPage page = await stage.Desk(chromium, PageStage.Chen);
        stage.AwaitGateway();
        await page.GotoAsync(stage.Origin + "/stations/330701");
        await page.ClickAsync("form[action$='/duty-check'] button");
        await Expect(page.Locator(".confirm")).ToContainTextAsync("值班室的蜂鸣器将响查岗声");
        await page.ClickAsync(".confirm button");
        await Expect(page.Locator("#live")).ToContainTextAsync("已送达");
        await Expect(page.Locator("#live")).ToContainTextAsync("查岗");
        stage.Key(Button.Answer, ConditionBits.DutyCheck);
        stage.AwaitGateway();
        await Expect(page.Locator("#live table").Last).ToContainTextAsync("查岗应答");
    }

    [Fact(Explicit = true)]
    public async Task Township_sees_and_acts_on_its_own_fire_and_a_reader_on_none()
    {
        IPage here = await stage.Desk(chromium, PageStage.JinTang);
        IPage there = await stage.Desk(chromium, PageStage.FoTang);
        IPage reader = await stage.Desk(chromium, PageStage.Reader);
        await Burn(here, reader);
        await Expect(here.Locator("body")).Not.ToContainTextAsync(PageStage.StationThere);
        await Expect(there.Locator("body")).Not.ToContainTextAsync(PageStage.StationHere);
        await there.Await(Looks.Quiet);
        await Expect(reader.Locator("#list .take")).ToBeHiddenAsync();
        await Expect(reader.Locator("#case form")).ToHaveCountAsync(0);
        await here.ClickAsync("#list .take");
        await here.CaseSays("金塘值班");
        await reader.Await(Looks.Quiet);
        stage.Quiet();
    }

    [Fact(Explicit = true)]
    public async Task Fire_comes_to_the_top_of_a_list_on_which_a_mouse_was_left()
    {
        IPage page = await stage.Desk(chromium, PageStage.Wang);
        await page.HoverAsync("#list > li");
        await Burn(page);
        await page.Await("() => document.querySelector('#list > li').dataset.sound === 'fire'");
        await page.ClickAsync("#list .take");
        await page.Await(Looks.Quiet);
        stage.Quiet();
    }

    [Fact(Explicit = true)]
    public async Task Language_is_switched_and_stays()
    {
        IPage page = await stage.Desk(chromium, PageStage.Wang);
        await page.ClickAsync("form[action='/language/en'] button");
        await Expect(page.Locator("html[lang=en]")).ToHaveCountAsync(1);
        await Expect(page.GetByText("Not heard").First).ToBeVisibleAsync();
        await Expect(page.GetByText("失联").First).ToBeHiddenAsync();
        await page.GotoAsync(stage.Origin + "/stations");
        await Expect(page.Locator("html[lang=en]")).ToHaveCountAsync(1);
        await page.ClickAsync("form[action='/language/zh-CN'] button");
        await Expect(page.Locator("html[lang=zh-CN]")).ToHaveCountAsync(1);
    }

    [Fact(Explicit = true)]
    public async Task Wrong_names_and_passwords_are_refused_and_who_signed_out_is_out()
    {
        IPage page = await chromium.NewPage();
        foreach ((string name, string password) in ((string, string)[])[("wang", "wrong password"), ("nobody", PageStage.Password)])
        {
            await stage.SignIn(page, name, password);
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("用户名或密码不对");
        }

        IPage desk = await stage.Desk(chromium, PageStage.Li);
        IPage tab = await desk.Context.NewPageAsync();
        await tab.GotoAsync(stage.Origin + "/stations");
        await tab.ClickAsync("form[action='/sign-out'] button");

        // The open desk goes by itself, with its next sign of life.
        await desk.WaitForURLAsync("**/sign-in");
    }

    [Theory(Explicit = true)]
    [InlineData(1366, 768)]
    [InlineData(1920, 1080)]
    [InlineData(2560, 1440)]
    [InlineData(3840, 2160)]
    public async Task Nothing_is_beside_the_screen_and_the_telephone_is_seen_without_scrolling(int width, int height)
    {
        IPage page = await stage.Desk(chromium, PageStage.Wang, width, height);
        await Burn(page);
        ILocator telephone = page.Locator("#case .phone a");
        await Expect(telephone).ToContainTextAsync(PageStage.Telephone);
        await Expect(telephone).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(page.Locator("#list .take")).ToBeInViewportAsync(new() { Ratio = 1 });
        foreach (string path in Paths)
        {
            await page.GotoAsync(stage.Origin + path);
            int beside = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(beside == 0, $"{path} at {width}: {beside} px beside the screen");
            if (path == "/wall")
            {
                double letter = await page.EvaluateAsync<double>(
                    "parseFloat(getComputedStyle(document.querySelector('#list .what')).fontSize) / innerWidth");
                Assert.True(letter >= LetterMm / WallMm, $"letters of {letter:P1} of the screen's width");
            }
        }

        await page.GotoAsync(stage.Origin);
        await page.ClickAsync("#list .take");
        await page.Await(Looks.Quiet);
        stage.Quiet();
    }

    /// <summary>Every page that a person comes to by the page's own links.</summary>
    internal static IReadOnlyList<string> Paths { get; } =
    [
        "/", "/stations", "/stations/330701", "/dangers", "/history", "/search?q=330701", "/night", "/waiting", "/shift", "/shift/change",
        "/password", "/wall", "/help/desk.html", "/help/operations.html",
    ];

    internal static void Figure(string name, double value, int? limit, string unit = "ms") => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"page, {name}: {value:F0} {unit}{(limit is null ? "" : $" (limit {limit})")}"));

    private async Task Burn(params IPage[] pages)
    {
        stage.AwaitGateway();
        await Task.WhenAll(pages.Select(page => page.Await(Looks.Quiet)));
        stage.Press();
        await Task.WhenAll(pages.Select(page => page.Await(Looks.RedAndSounding)));
    }

    private static async Task TabTo(IPage page, string selector)
    {
        for (int tab = 0; !await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector); tab++)
        {
            Assert.InRange(tab, 0, TabsMax);
            await page.Keyboard.PressAsync("Tab");
        }
    }
}
