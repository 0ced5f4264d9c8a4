// Owns: the change of a shift in two browsers: words for who comes, cases taken over by name, and that one of two has them.
// Must never: take a page's own words for whose a case is: the desk of somebody else shows it.

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Page;

public sealed class ShiftPageTests(Chromium chromium)
{
    [Fact(Explicit = true)]
    public async Task Who_comes_reads_what_was_said_takes_the_cases_over_by_name_and_of_two_one_has_them()
    {
        using PageStage stage = new();
        IPage wang = await stage.Desk(chromium, PageStage.Wang);
        await Expect(wang.Locator("#shift")).ToContainTextAsync("王芳");
        stage.AwaitGateway();
        stage.Press();
        await wang.Await(Looks.RedAndSounding);
        await wang.ClickAsync("#list .take");
        await wang.CaseSays("王芳");
        string id = (await wang.Locator("#case article").GetAttributeAsync("data-case"))!;
        stage.Quiet();
        await wang.GotoAsync(stage.Origin + "/shift/change");
        await wang.FillAsync("form[action='/shift/hand-over'] input[name=words]", "金塘村已打过电话，等结论");
        await wang.ClickAsync("form[action='/shift/hand-over'] button");
        await Expect(wang.Locator("main")).ToContainTextAsync("等结论");

        IPage li = await stage.Desk(chromium, PageStage.Li);
        IPage late = await stage.Desk(chromium, PageStage.JinTang);
        await Task.WhenAll(li.GotoAsync(stage.Origin + "/shift/change"), late.GotoAsync(stage.Origin + "/shift/change"));
        await Expect(li.Locator("main li").First).ToContainTextAsync("王芳");
        await Expect(li.Locator("main li").First).ToContainTextAsync("金塘村已打过电话，等结论");
        ILocator mine = li.Locator($"input[name=case][value^='{id}:']");
        await Expect(mine).ToBeCheckedAsync();
        await li.ClickAsync("form[action='/shift/take-over'] button");
        await Expect(li.Locator("main li").First).ToContainTextAsync("李强 接班");
        await late.ClickAsync("form[action='/shift/take-over'] button");
        await Expect(late.Locator(".refusal").First).ToContainTextAsync("李强 已于 ");
        await wang.GotoAsync($"{stage.Origin}/?case={id}");
        await wang.CaseSays("接班，自 王芳");
        await Expect(wang.Locator($"[id='c-{id}'] .when")).ToContainTextAsync("李强");
        await li.GotoAsync($"{stage.Origin}/?case={id}");
        await li.JudgeFalse("炊烟");
    }
}
