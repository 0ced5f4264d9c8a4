// Owns: that axe-core finds no fault on any page, for anybody, in either language, whatever is on it.
// Must never: leave a rule of it out.

using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Gateway.Tests.Page;

public sealed class AxeTests(Chromium chromium)
{
    [Fact(Explicit = true)]
    public async Task No_page_has_a_fault_for_anybody_in_either_language()
    {
        using PageStage stage = new();
        List<string> faults = [];
        IPage page = await chromium.NewPage();
        await stage.SignIn(page, "wang", "wrong password");
        await Look(page, "sign-in, refused", faults);
        stage.AwaitGateway();
        List<(string Who, IPage Desk)> desks = [];
        foreach (Someone one in PageStage.All)
        {
            desks.Add((one.Name, await stage.Desk(chromium, one)));
        }

        stage.Press();
        IPage wang = desks[0].Desk;
        await wang.Await(Looks.RedAndSounding);
        foreach (string language in (string[])["zh-CN", "en"])
        {
            foreach ((string who, IPage desk) in desks)
            {
                foreach (string path in DeskTests.Paths)
                {
                    if ((await desk.GotoAsync(stage.Origin + path))!.Ok)
                    {
                        await Look(desk, $"{path} of {who} in {language}, fire", faults);
                    }
                }

                await desk.GotoAsync(stage.Origin);
                await desk.ClickAsync("form[action^='/language/'] button");
            }
        }

        await wang.ClickAsync("#list .take");
        await wang.Await(Looks.Quiet);
        await Look(wang, "taken", faults);
        await wang.JudgeFalse("烟头");
        await Look(wang, "judged", faults);
        stage.Quiet();
        stage.County.Kill();
        await wang.Await("() => document.body.classList.contains('stale')");
        await Look(wang, "away", faults);
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    private static async Task Look(IPage page, string what, List<string> faults) => faults.AddRange(
        (await page.RunAxe()).Violations.SelectMany(fault => fault.Nodes.Select(node => $"{what}: {fault.Id} {node.Html}")));
}
