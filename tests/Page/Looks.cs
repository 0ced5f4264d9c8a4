// Owns: what people see and hear on a page, as one question each.
// Must never: wait for a fixed time.

using Microsoft.Playwright;

namespace Gateway.Tests.Page;

internal static class Looks
{
    /// <summary>A fire that nobody took: a red row with its sign, the title says so, and the tone of a fire is heard.</summary>
    public const string RedAndSounding = """
        () => {
          const row = document.querySelector('#list > [data-sound="fire"]');
          if (!row || !document.getElementById('mute').hidden) return false;
          const [r, g, b] = getComputedStyle(row).backgroundColor.match(/\d+/g).map(Number);
          return r > 150 && r > 3 * g && r > 3 * b && row.textContent.includes('▲') && document.title.startsWith('▲') && hears(800);
        }
        """;

    /// <summary>No fire waits, and no tone is heard.</summary>
    public const string Quiet = """
        () => !document.querySelector('#list > [data-sound="fire"]') && !document.title.startsWith('▲') && !hears(800)
        """;

    public static Task Await(this IPage page, string holds) => page.WaitForFunctionAsync(holds);

    /// <summary>Waits until the chosen case says this.</summary>
    public static Task CaseSays(this IPage page, string words) =>
        Assertions.Expect(page.Locator("#case article")).ToContainTextAsync(words);

    public static async Task JudgeFalse(this IPage page, string cause)
    {
        ILocator form = page.Locator("#case form[action$='/judge']");
        await form.Locator("input[value=false]").CheckAsync();
        await form.Locator("input[name=cause]").FillAsync(cause);
        await form.Locator("button").ClickAsync();
        await page.CaseSays(cause);
    }
}
