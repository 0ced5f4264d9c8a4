// Owns: pictures of every page from a running county, as it is, in shades of grey, and as somebody sees it who does not see green.
// Must never: draw anything: tests/page-pictures.sh makes them anew.

using Gateway.Contract;
using Microsoft.Playwright;

namespace Gateway.Tests.Page;

public sealed class PictureTests(Chromium chromium)
{
    private static readonly string[] s_villages =
    [
        "前洪村", "后宅村", "上溪村", "下王村", "岩口村", "塘头村", "石门村", "杨梅岗村", "大塘下村", "里半山村", "外半山村", "西田畈村", "东田畈村",
        "寺前村", "桥头村", "柏树下村", "新屋村", "老街社区", "工业园值班室", "粮站仓库", "敬老院", "中心小学", "养殖场", "木材加工厂",
    ];

    private static readonly (string Path, string Name)[] s_pages =
    [
        ("/stations", "stations"), ("/stations/330701", "station"), ("/dangers", "dangers"), ("/history", "history"),
        ("/search?q=半山", "search"), ("/night", "night"), ("/waiting", "waiting"), ("/shift", "shift"), ("/shift/change", "shift-change"),
        ("/password", "password"), ("/wall", "wall"),
    ];

    private static readonly (string Sees, string Suffix)[] s_eyes =
        [("none", ""), ("achromatopsia", "-grey"), ("deuteranopia", "-no-green")];

    [Fact(Explicit = true)]
    public async Task Every_page_as_it_is_in_grey_and_without_green()
    {
        using Fleet fleet = new(s_villages, townships: 6);
        using PageStage stage = new(fleet.Registrations);
        File.WriteAllText(
            stage.PathOf("more.csv"), "station,address,contact,telephone,sleeping,gas,keys\n331010,里半山村12号,周明,0579-85556789,6,,村会计\n");
        stage.Tell("place", "import", stage.PathOf("more.csv"));
        IPage page = await chromium.NewPage();
        await stage.Open(page, "/sign-in");
        await Take(page, "sign-in");
        fleet.Connect(stage.BrokerPort);
        for (int i = 0; i < fleet.Count; i++)
        {
            fleet.Beat(
                i,
                i switch
                {
                    3 => ConditionBits.Fault, 7 => ConditionBits.Drill, 12 => ConditionBits.Disabled, _ => ConditionBits.None,
                });
        }

        fleet.Say(3, Lane.Condition, EventKind.CaseOpened, 2, ZoneKind.Smoke);
        stage.AwaitGateway();
        await stage.SignIn(page, PageStage.Wang.Name, PageStage.Password);
        string old = fleet.Say(9, Lane.Fire, EventKind.FireAlarm, 2, ZoneKind.Smoke);
        await page.Locator($"[id='c-{old}'] .take").ClickAsync();
        await page.Await(Looks.Quiet);
        await Take(page, "desk-taken");
        fleet.Say(9, Lane.Fire, EventKind.Reset);
        stage.Press();
        await page.Await(Looks.RedAndSounding);
        await page.ClickAsync("#list > [data-sound='fire'] a.open");
        await page.CaseSays(PageStage.Telephone);
        await page.Mouse.MoveAsync(0, 0);
        await Take(page, "desk-fire");
        foreach ((string path, string name) in s_pages)
        {
            await page.GotoAsync(stage.Origin + path);
            if (path == "/wall")
            {
                await page.ClickAsync("#sound");
            }

            await Take(page, name);
        }

        stage.County.Kill();
        await page.GotoAsync("about:blank");
    }

    private static async Task Take(IPage page, string name)
    {
        string folder = Environment.GetEnvironmentVariable("PICTURES") ?? Repository.Path("docs", "pictures");
        ICDPSession eyes = await page.Context.NewCDPSessionAsync(page);
        foreach ((string sees, string suffix) in s_eyes)
        {
            await eyes.SendAsync("Emulation.setEmulatedVisionDeficiency", new Dictionary<string, object> { ["type"] = sees });
            await page.ScreenshotAsync(new()
            {
                Path = Path.Combine(folder, name + suffix + ".png"),
                Animations = ScreenshotAnimations.Disabled,
            });
        }

        await eyes.DetachAsync();
    }
}
