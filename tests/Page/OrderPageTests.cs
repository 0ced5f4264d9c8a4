// Owns: orders from a station's page in a browser, answered by a real gateway: the question, the keyboard, the answer without a reload.
// Must never: look into the database; what counts is what a browser shows and what the box does.

using Gateway.Core;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Page;

public sealed class OrderPageTests(Chromium chromium)
{
    private const int Smoke = 2;

    [Fact(Explicit = true)]
    public async Task Order_is_asked_answered_and_refused_in_words_without_a_reload_to_everybody_who_looks()
    {
        using PageStage stage = new();
        IPage wang = await stage.Desk(chromium, PageStage.Wang);
        IPage chen = await Station(stage, PageStage.Chen);
        await chen.FocusAsync("form[action$='/self-test'] button");
        await chen.Keyboard.PressAsync("Enter");
        await Expect(chen.Locator(".confirm")).ToContainTextAsync(PageStage.StationHere);
        await Expect(chen.Locator(".confirm")).ToContainTextAsync("蜂鸣器短响");
        await Expect(chen.Locator(".confirm button")).ToBeFocusedAsync();
        await chen.Keyboard.PressAsync("Enter");
        await Expect(chen.Locator("#answers")).ToContainTextAsync("自检（陈工）：站点已执行");
        await Expect(wang.Locator("#answers")).ToContainTextAsync("自检（陈工）：站点已执行");

        await Say(chen, "/silence", "的现场警报器将停");
        await Expect(chen.Locator("#answers")).ToContainTextAsync("该站配置不允许");

        stage.Press();
        await wang.Await(Looks.RedAndSounding);
        await BeginDrill(chen);
        await Expect(chen.Locator("#answers")).ToContainTextAsync("未执行：有火警未复位");
        await wang.ClickAsync("#list .take");
        stage.Quiet();
        Assert.True(await chen.EvaluateAsync<bool>("() => window.stays === true"));
    }

    [Fact(Explicit = true)]
    public async Task Drill_sounds_at_the_box_as_a_drill_and_never_as_a_fire_on_the_desk()
    {
        using PageStage stage = new();
        IPage wang = await stage.Desk(chromium, PageStage.Wang);
        IPage chen = await Station(stage, PageStage.Chen);
        await BeginDrill(chen);
        await Expect(chen.Locator("#answers")).ToContainTextAsync("已执行");
        stage.Press(Smoke);
        Patience.Until(() => stage.Gives(Pattern.Drill), "the siren of a drill");
        stage.AwaitGateway();
        Assert.False(stage.Gives(Pattern.Fire));
        await Expect(wang.Locator(".cell.apart")).ToContainTextAsync(PageStage.StationHere);
        await wang.Await(Looks.Quiet);
        await wang.GotoAsync(stage.Origin + "/night");
        await Expect(wang.Locator("main table").First).ToContainTextAsync(PageStage.StationHere);

        // What signals when the drill ends is a fire: so it is let go first.
        stage.Release(Smoke);
        await chen.ClickAsync("form[action$='/drill']:has(input[name=minutes][type=hidden]) button");
        await Confirm(chen, "演练结束");
        await Expect(chen.Locator("#answers")).ToContainTextAsync("结束演练（陈工）：站点已执行");
        Patience.Until(() => !stage.Gives(Pattern.Drill), "an end of the drill");
    }

    [Fact(Explicit = true)]
    public async Task Zone_in_test_signals_and_nothing_sounds_neither_there_nor_on_the_desk()
    {
        using PageStage stage = new();
        IPage wang = await stage.Desk(chromium, PageStage.Wang);
        IPage chen = await Station(stage, PageStage.Chen);
        await chen.FillAsync("form[action$='/test'] input[name=zone]", "2");
        await Say(chen, "/test", "30分钟内报警只记为测试");
        await Expect(chen.Locator("#answers")).ToContainTextAsync("已执行");
        stage.Press(Smoke);
        await Expect(chen.Locator("#live table").Last).ToContainTextAsync("测试");
        stage.AwaitGateway();
        Assert.False(stage.Gives(Pattern.Fire));
        await wang.Await(Looks.Quiet);
        stage.Release(Smoke);
    }

    [Fact(Explicit = true)]
    public async Task Settings_with_a_mistake_are_refused_with_its_line_and_good_ones_come_into_force()
    {
        using PageStage stage = new();
        IPage chen = await Station(stage, PageStage.Chen);
        await Send(chen, "# 甲\nzone 99 kind=nothing\n");
        await Expect(chen.Locator("#answers")).ToContainTextAsync("未执行：配置有误");
        await Expect(chen.Locator("#answers")).ToContainTextAsync("第2行");
        await Send(chen, stage.Settings.Replace("厨房感温", "灶间感温", StringComparison.Ordinal));
        await Expect(chen.Locator("#answers .settings-loaded")).ToHaveCountAsync(1);
        Assert.True(await chen.EvaluateAsync<bool>("() => window.stays === true"));
    }

    private async Task<IPage> Station(PageStage stage, Someone who)
    {
        IPage page = await stage.Desk(chromium, who);
        stage.AwaitGateway();
        await page.GotoAsync(stage.Origin + "/stations/330701");
        await page.EvaluateAsync("() => { window.stays = true; }");
        return page;
    }

    private static async Task BeginDrill(IPage page)
    {
        await page.FillAsync("form[action$='/drill'] input[name=zones]", "2");
        await page.ClickAsync("form[action$='/drill']:has(input[name=zones]) button");
        await Confirm(page, "2号在30分钟内报警时，现场警报器将响演练声");
    }

    private static async Task Say(IPage page, string order, string asked)
    {
        await page.ClickAsync($"form[action$='{order}'] button");
        await Confirm(page, asked);
    }

    private static async Task Confirm(IPage page, string asked)
    {
        await Expect(page.Locator(".confirm")).ToContainTextAsync(asked);
        await page.ClickAsync(".confirm button");
    }

    private static async Task Send(IPage page, string settings)
    {
        if (await page.Locator(".settings[open]").CountAsync() == 0)
        {
            await page.ClickAsync(".settings summary");
        }

        await page.FillAsync(".settings textarea", settings);
        await page.CheckAsync(".settings input[name=sure]");
        await page.ClickAsync(".settings button");
    }
}
