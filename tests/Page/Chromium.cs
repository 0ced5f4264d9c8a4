// Owns: one Chromium for all tests of this program: Debian's own, without a window, and what a test may see of its sound.
// Must never: fetch a browser, or ask the page for anything that is there for tests alone.

using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Gateway.Tests.Page.Chromium))]

// What is measured is measured alone.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Gateway.Tests.Page;

/// <summary>Started by the first test, ended after the last.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>What must come comes, however slow the machine is.</summary>
    public const float WithinMs = 120_000;

    private const string Program = "/usr/bin/chromium";

    // Tones are heard of where the browser begins them, by which frequencies they have.
    private const string Ears = """
        (() => {
          const on = new Set();
          const set = AudioParam.prototype.setValueAtTime;
          AudioParam.prototype.setValueAtTime = function (value, at) {
            (this.values = this.values || []).push(value);
            return set.call(this, value, at);
          };
          const start = AudioScheduledSourceNode.prototype.start;
          AudioScheduledSourceNode.prototype.start = function (...when) {
            on.add(this);
            this.addEventListener('ended', () => on.delete(this));
            return start.apply(this, when);
          };
          window.hears = frequency => [...on].some(tone => tone.context.state === 'running' && tone.frequency.values.includes(frequency));
        })();
        """;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        Assert.True(File.Exists(Program), $"{Program} is missing; allowed: Debian's chromium and fonts-noto-cjk, as test.sh installs them");
        Assertions.SetDefaultExpectTimeout(WithinMs);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Timeout = WithinMs,
            Args =
            [
                "--no-sandbox", "--disable-background-networking", "--disable-gpu",

                // As for people: no page sounds before a click or key.
                "--autoplay-policy=document-user-activation-required",
            ],
        });
    }

    /// <summary>A browser of its own: its cookies are no other's.</summary>
    public async Task<IPage> NewPage(int width = 1366, int height = 768)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = "zh-CN",
        });
        context.SetDefaultTimeout(WithinMs);
        await context.AddInitScriptAsync(Ears);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
