// Owns: the memory of the largest station on the device's object layout.
// Must never: leave out a part of Core's state.

using System.Globalization;
using System.Text;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

public sealed class MemoryTests
{
    private const int PanelBytes = 24 * 1024;

    /// <summary>With the log's and the uplink's buffers: two fifths of the smallest heap, 100 KB.</summary>
    private const int AllBytes = 40 * 1024;

    private static readonly string[] s_logAndUplink =
    [
        "LaneLog", "Journal", "Uplink", "UplinkMessages", "EventLog", "EventRecord", "Loss", "SegmentRing", "LaneReader", "KeptAlarms",
        "MessageHeader", "Heartbeat", "Hello", "InFlight", "LogPlan", "Refuse", "LogIdentity", "BackOff", "LossBook",
    ];

    [Fact]
    public void Panel_rules_and_settings_of_the_largest_station_fit_24_KiB()
    {
        Scene scene = new(Largest());
        scene.Pass(2_000, everyTick: true);
        Assert.Equal(Limits.ZonesMax, scene.Settings.ZoneCount);
        Assert.Equal(Limits.RulesMax, scene.Settings.Rules.Count);
        DeviceMemory memory = new();
        memory.Walk(scene.Loop);
        StringBuilder text = new();
        foreach ((string name, int bytes) in memory.Of.OrderByDescending(one => one.Value))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {bytes,6} {name}");
        }

        int logAndUplink = memory.Of.Where(one => s_logAndUplink.Contains(one.Key)).Sum(one => one.Value);
        int panel = memory.Total - logAndUplink;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"panel, rules, settings: {panel} bytes (limit {PanelBytes})\nlog and uplink: {logAndUplink} bytes\n"
            + $"all of Core: {memory.Total} bytes (limit {AllBytes})\n{text}");
        Assert.True(panel <= PanelBytes, $"{panel} bytes of at most {PanelBytes}:\n{text}");
        Assert.True(memory.Total <= AllBytes, $"{memory.Total} bytes of at most {AllBytes}:\n{text}");
    }

    /// <summary>Every table full, and names of the longest kind.</summary>
    private static string Largest()
    {
        string name = string.Concat(Enumerable.Repeat("村", Limits.NameBytesMax / 3));
        List<string> lines = [.. Enumerable.Range(1, Limits.ZonesMax).Select(z => $"smoke {z} name={name}")];
        lines.AddRange(Enumerable.Range(0, Limits.GroupsMax).Select(g => $"group {g + 1} zones={(g * 2) + 1},{(g * 2) + 2} need=2"));
        lines.Add("delay t1S=60 t2S=60 | clocks | drill maxMin=60 | hotwork lookMin=20 | cases afterMin=5 | selftest hour=4");
        lines.AddRange(Enumerable.Range(0, Limits.RulesMax).Select(r =>
            $"rule {r + 1} if fire:z{(r % Limits.ZonesMax) + 1} and time:{r / 60:00}:{r % 60:00}-23:59 "
            + $"then relay{(r % 4) + 1}:pulse{r + 1}s message:{r + 1}"));
        return string.Join(" | ", lines);
    }
}
