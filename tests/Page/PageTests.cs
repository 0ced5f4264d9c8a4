// Owns: the shortest proof of the page in a browser: a press turns it red and sounding, a person takes and judges it.
// Must never: say how fast; tests/page.sh measures.

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Page;

public sealed class PageTests(Chromium chromium)
{
    [Fact]
    public async Task Press_turns_the_desk_red_and_sounding_until_it_is_taken_and_another_township_sees_nothing_of_it()
    {
        using PageStage stage = new();
        IPage desk = await chromium.NewPage();
        await stage.SignIn(desk, "wang", "wrong password");
        await Expect(desk.GetByRole(AriaRole.Alert)).ToContainTextAsync("用户名或密码不对");
        await stage.SignIn(desk, "wang", PageStage.Password);

        // Who has just signed in has clicked; a tab of its own has not, and says that it is silent.
        desk = await desk.Context.NewPageAsync();
        await desk.GotoAsync(stage.Origin);
        await desk.ClickAsync("#sound");
        await Expect(desk.Locator("#mute")).ToBeHiddenAsync();
        IPage other = await stage.Desk(chromium, PageStage.FoTang);
        stage.AwaitGateway();
        await desk.Await(Looks.Quiet);

        stage.Press();
        await desk.Await(Looks.RedAndSounding);
        await Expect(desk.Locator("#case")).ToContainTextAsync(PageStage.Telephone);
        string id = (await desk.Locator("#case article").GetAttributeAsync("data-case"))!;
        await desk.ClickAsync("#list .take");
        await desk.Await(Looks.Quiet);
        await desk.CaseSays("王芳");
        await desk.JudgeFalse("烟头");

        // All that the county was told meanwhile came to its stream too, or did not.
        await other.ReloadAsync();
        await Expect(other.Locator("body")).ToContainTextAsync(PageStage.StationThere);
        await Expect(other.Locator("body")).Not.ToContainTextAsync(PageStage.StationHere);
        Assert.Equal(404, (await other.GotoAsync($"{stage.Origin}/?case={id}"))!.Status);
    }
}
