// Owns: that names which somebody wrote to harm a reader are text in a browser, on the desk and on every page that shows them.
// Must never: call a page safe by its text alone; what counts is what runs and where things stand.

using System.Text;
using Gateway.Contract;
using Gateway.County;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Page;

public sealed class HostileNameTests(Chromium chromium)
{
    // Whatever of a name runs does this.
    private const string Ran =
        "() => window.ran === undefined && !document.querySelector('img[src=x], [onerror], [onmouseover], b.of-name')";

    // Nothing is wider than the window, and no name turns the line around it.
    private const string Holds = """
        () => document.documentElement.scrollWidth <= document.documentElement.clientWidth
          && !/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/.test(document.documentElement.innerHTML)
        """;

    /// <summary>Each as long as a name may be.</summary>
    private static readonly string[] s_names =
    [
        Long("<script>window.ran=1</script>"),
        Long("\"'><img src=x onerror=window.ran=1>"),
        Long("\u202e站防消村\u2066\u200f<b class=of-name>"),
        Long("' onmouseover='window.ran=1' x='"),
        new string('W', CountyLimits.NameBytesMax),
    ];

    [Fact(Explicit = true)]
    public async Task A_name_that_wants_to_harm_is_shown_as_text_and_moves_nothing()
    {
        // The county registers no station whose name has a quote or turns a line around.
        using Fleet fleet = new([.. s_names.Select(name => PlainText.Clean(name).Replace('"', '-'))], townships: s_names.Length);
        using PageStage stage = new(
            fleet.Registrations,
            fleet.Registrations.Zip(s_names).ToDictionary(one => one.First.Township, one => PlainText.Clean(one.Second)));
        await stage.AwaitPage();
        fleet.Connect(stage.BrokerPort);
        List<string> cases = [];
        for (int i = 0; i < fleet.Count; i++)
        {
            fleet.Name(i, s_names[i]);
            fleet.Beat(i);
            cases.Add(fleet.Say(i, Lane.Fire, EventKind.FireAlarm, 1, ZoneKind.Smoke));
        }

        IPage page = await stage.Desk(chromium, PageStage.Wang);
        foreach (string one in cases)
        {
            await Expect(page.Locator($"[id='c-{one}']")).ToBeVisibleAsync();
        }

        await Quiet(page, "the list");
        for (int i = 0; i < fleet.Count; i++)
        {
            string shown = StationPlaces.Shown(Encoding.UTF8.GetBytes(s_names[i]));
            await stage.Open(page, $"/?case={cases[i]}");
            await page.CaseSays("1号 " + shown);
            await Quiet(page, shown);
            await stage.Open(page, $"/stations/{fleet.Registrations[i].Station}");
            await Expect(page.Locator("h2").First).ToContainTextAsync(fleet.Registrations[i].Name[..4]);
            await Quiet(page, shown);
        }

        foreach (string path in (string[])["/stations", "/history", "/search?q=W", "/waiting", "/shift/change", "/wall"])
        {
            await stage.Open(page, path);
            await Quiet(page, path);
        }
    }

    private static string Long(string name)
    {
        int left = CountyLimits.NameBytesMax - Encoding.UTF8.GetByteCount(name);
        return name + new string('x', left);
    }

    private static async Task Quiet(IPage page, string where)
    {
        Assert.True(await page.EvaluateAsync<bool>(Ran), $"{where}: a name runs");
        Assert.True(await page.EvaluateAsync<bool>(Holds), $"{where}: the layout does not hold");
    }
}
