// Owns: how soon a fire is seen while a whole county talks, whether a flood leaves the page usable, and what a shift leaves in memory.
// Must never: measure anything but what an open page shows; tests/bench.sh page runs it.

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Contract;
using Microsoft.Playwright;

namespace Gateway.Tests.Page;

public sealed partial class LoadTests(Chromium chromium)
{
    private const int Stations = 500;
    private const int Townships = 25;
    private const int Browsers = 2;
    private const int Streams = 8;
    private const int EventsPerS = 200;

    // An event of each station every ten minutes, for eight hours.
    private const int ShiftEvents = Stations * 8 * 6;
    private const int FloodEvents = 2_000;
    private const int FloodS = 10;
    private const int StepMs = 50;
    private const int TakenAfterFires = 10;
    private const int ShownLimitMs = 1_000;
    private const int TakeLimitMs = 2_000;
    private const int ServerGrowthLimitMb = 64;
    private const int PageGrowthLimitMb = 8;

    private const string Watch = """
        () => {
          window.seen = {}; window.lateMs = 0;
          const look = () => {
            for (const row of document.querySelectorAll('#list > [data-sound="fire"]')) seen[row.id.slice(2)] ??= Date.now();
          };
          new MutationObserver(look).observe(
            document.getElementById('list'), { childList: true, subtree: true, attributes: true, attributeFilter: ['data-sound'] });
          let due = performance.now() + 50;
          setInterval(() => { const now = performance.now(); lateMs = Math.max(lateMs, now - due); due = now + 50; }, 50);
          look();
        }
        """;

    private readonly ConcurrentDictionary<string, long> _burnsAtMs = [];
    private readonly ConcurrentBag<long> _shownMs = [];

    [Fact(Explicit = true)]
    public async Task Fire_is_seen_in_a_county_that_talks_a_flood_leaves_the_page_usable_and_a_shift_leaves_nothing_behind()
    {
        using Fleet fleet = new([.. Enumerable.Range(1, Stations).Select(i => $"{i}号站")], Townships);
        using PageStage stage = new(fleet.Registrations);
        List<IPage> pages = [];
        for (int i = 0; i < Browsers; i++)
        {
            pages.Add(await stage.Desk(chromium, PageStage.All[i]));
        }

        using CancellationTokenSource end = new();
        Task[] streams = await OpenStreams(stage, pages[0], end.Token);
        fleet.Connect(stage.BrokerPort);
        foreach (IPage page in pages)
        {
            await page.EvaluateAsync(Watch);
        }

        long serverMb = 0, pageMb = 0, serverEndMb = 0, pageEndMb = 0;
        Queue<(int Station, string Case)> burning = [];
        Stopwatch watch = Stopwatch.StartNew();
        for (int sent = 0, fires = 0; sent < ShiftEvents; sent++)
        {
            _ = fleet.Say(sent % Stations, Lane.Condition, sent / Stations % 2 == 0 ? EventKind.Fault : EventKind.FaultRestored);
            if (sent % EventsPerS == 0)
            {
                int at = fires++ * 7 % Stations;
                burning.Enqueue((at, Burn(fleet, at)));
                await EndOldest(fleet, stage, burning);
            }

            // The first eighth warms both up.
            if (sent == ShiftEvents / 8)
            {
                (serverMb, pageMb) = (ServerMb(stage), await PageMb(pages[0]));
            }

            while (sent * 1_000L / EventsPerS > watch.ElapsedMilliseconds)
            {
                await Task.Delay(StepMs, TestContext.Current.CancellationToken);
            }
        }

        await All(pages);
        (serverEndMb, pageEndMb) = (ServerMb(stage), await PageMb(pages[0]));
        long[] shown = [.. _shownMs.Order()];
        string load = $"{ShiftEvents} events at {EventsPerS}/s, {Browsers} browsers and {Streams} streams";
        bool good = Line($"{load}, fires seen", shown.Length, null, "");
        good &= Line("fire to red, median", shown[shown.Length / 2], null);
        good &= Line("fire to red, 99th percentile", shown[shown.Length * 99 / 100], ShownLimitMs);
        good &= Line("the county's memory after the shift", serverEndMb, null, "MB");
        good &= Line("the county's memory, growth over the shift", serverEndMb - serverMb, ServerGrowthLimitMb, "MB");
        good &= Line("the page's memory, growth over the shift", pageEndMb - pageMb, PageGrowthLimitMb, "MB");
        good &= await Flood(fleet, pages);
        await end.CancelAsync();
        await Task.WhenAll(streams);
        Assert.True(good, "past a limit, see above");
    }

    private async Task<bool> Flood(Fleet fleet, List<IPage> pages)
    {
        _shownMs.Clear();
        _burnsAtMs.Clear();
        await pages[0].EvaluateAsync("() => { lateMs = 0; }");
        Stopwatch watch = Stopwatch.StartNew();
        string last = "";
        for (int sent = 0; sent < FloodEvents; sent++)
        {
            _ = fleet.Say(sent % Stations, Lane.Condition, EventKind.CaseOpened, 1 + sent / Stations, ZoneKind.Smoke);
            if (sent % (FloodEvents / 10) == 0)
            {
                last = Burn(fleet, sent / 10);
            }

            while (sent * 1_000L * FloodS / FloodEvents > watch.ElapsedMilliseconds)
            {
                await Task.Delay(StepMs, TestContext.Current.CancellationToken);
            }
        }

        await All(pages);
        long[] shown = [.. _shownMs.Order()];
        Stopwatch click = Stopwatch.StartNew();
        await pages[0].ClickAsync($"[id='c-{last}'] .take");
        await Assertions.Expect(pages[0].Locator($"[id='c-{last}']")).Not.ToHaveAttributeAsync("data-sound", "fire");
        bool good = Line($"flood of {FloodEvents} events in {FloodS} s, fire to red, slowest", shown[^1], null);
        good &= Line("flood, a click on 受理 until it is taken", click.ElapsedMilliseconds, TakeLimitMs);
        long lateMs = await pages[0].EvaluateAsync<long>("Math.round(lateMs)");
        good &= Line("flood, longest time in which the page did nothing else", lateMs, TakeLimitMs);
        good &= Line("flood, rows shown", await pages[0].Locator("#list > li").CountAsync(), null, "");
        string more = await pages[0].Locator("#n-more").InnerTextAsync();
        return Line("flood, 另有", long.Parse(more, CultureInfo.InvariantCulture), null, "条") && good;
    }

    private string Burn(Fleet fleet, int station)
    {
        long nowMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        string id = fleet.Say(station, Lane.Fire, EventKind.FireAlarm);
        _burnsAtMs[id] = nowMs;
        return id;
    }

    /// <summary>A fire that burned for a while is taken, judged, reset and closed, as people do.</summary>
    private static async Task EndOldest(Fleet fleet, PageStage stage, Queue<(int Station, string Case)> burning)
    {
        if (burning.Count > TakenAfterFires)
        {
            (int station, string id) = burning.Dequeue();
            await Task.Run(() =>
            {
                stage.Tell("case", "take", id, "--by", "王芳", "--level", "county");
                stage.Tell("case", "judge", id, "--as", "test", "--by", "王芳", "--level", "county");
                _ = fleet.Say(station, Lane.Fire, EventKind.Reset);
            });
        }
    }

    /// <summary>Waits until every browser has shown every fire, and takes down how soon.</summary>
    private async Task All(List<IPage> pages)
    {
        foreach (IPage page in pages)
        {
            await page.WaitForFunctionAsync("ids => ids.every(id => seen[id])", _burnsAtMs.Keys.ToArray());
            string seen = await page.EvaluateAsync<string>("JSON.stringify(seen)");
            Dictionary<string, long> seenAtMs = JsonSerializer.Deserialize<Dictionary<string, long>>(seen)!;
            foreach ((string id, long atMs) in _burnsAtMs)
            {
                _shownMs.Add(seenAtMs[id] - atMs);
            }
        }
    }

    private async Task<Task[]> OpenStreams(PageStage stage, IPage signedIn, CancellationToken stop)
    {
        IReadOnlyList<BrowserContextCookiesResult> cookies = await signedIn.Context.CookiesAsync();
        string cookie = cookies.Single(one => one.Name == "duty").Value;
        return [.. Enumerable.Range(0, Streams).Select(_ => Task.Run(() => Read(stage.Origin, cookie, stop), stop))];
    }

    private async Task Read(string origin, string cookie, CancellationToken stop)
    {
        using HttpClient client = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(origin) };
        client.DefaultRequestHeaders.Add("Cookie", $"duty={cookie}");
        HashSet<string> told = [];
        try
        {
            using StreamReader lines = new(await client.GetStreamAsync(new Uri("/stream", UriKind.Relative), stop));
            while (await lines.ReadLineAsync(stop) is { } line)
            {
                long nowMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
                foreach (string id in FireRow().Matches(line).Select(row => row.Groups["id"].Value).Where(told.Add))
                {
                    if (_burnsAtMs.TryGetValue(id, out long atMs))
                    {
                        _shownMs.Add(nowMs - atMs);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The measuring is over.
        }
    }

    private static long ServerMb(PageStage stage)
    {
        string line = File.ReadLines($"/proc/{stage.County.Id}/status").Single(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private static async Task<long> PageMb(IPage page)
    {
        ICDPSession session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("HeapProfiler.collectGarbage");
        JsonElement usage = (await session.SendAsync("Runtime.getHeapUsage"))!.Value;
        await session.DetachAsync();
        return (long)usage.GetProperty("usedSize").GetDouble() >> 20;
    }

    private static bool Line(string name, long value, int? limit, string unit = "ms")
    {
        DeskTests.Figure(name, value, limit, unit);
        return limit is null || value <= limit;
    }

    [GeneratedRegex("\"id\":\"(?<id>[0-9-]+)\",\"rank\":\"0-", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex FireRow();
}
