// Owns: the memory of the largest station and of a small one on the device's object layout.
// Must never: leave out a part of Core's state.

using System.Globalization;
using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

public sealed class MemoryTests
{
    // 24 KiB, and one for what a restart must not forget: zones of a fire that rested, zones of a drill, pulses, what was reported,
    // and when the losses of a full lane began; and for keys that are held, answers, and windows that were judged.
    // A quarter more: inputs count as seen after so many samples and not after a time, since a slow start takes few.
    // Another quarter: which board the inputs are of, and the fault of a part of it.
    // And half of one for call-outs: where to, since when, whether the station takes them.
    private const int StateBytes = 26 * 1024;

    // A village with a board of 4 MB of flash, whose drive I: has 256 KiB; without PSRAM its whole heap is some 100,000 bytes.
    private const int SmallBytes = 15 * 1024;
    private const int SmallFlash = 256 * 1024;
    private const int SmallZones = 8;
    private const int SmallRules = 16;

    [Fact]
    public void State_of_Core_for_the_largest_station_fits_26_KiB()
    {
        Fits(Station(Limits.ZonesMax, Limits.RulesMax) + " | display kind=oled", 3 * 1024 * 1024, StateBytes);
    }

    /// <summary>With every feature but a display of its own, and the log's tables for the drive that such a board really has.</summary>
    [Fact]
    public void State_of_Core_for_a_village_of_8_zones_and_16_rules_fits_15_KiB()
    {
        Fits(Station(SmallZones, SmallRules), SmallFlash, SmallBytes);
    }

    private static void Fits(string station, int flash, int most)
    {
        Scene scene = new(station, LogPlan.For(flash), new SettingsTrial(new Device.MemoryFlash(), SceneBoard.Shape()));
        scene.Pass(2_000, everyTick: true);
        Assert.Equal(most == SmallBytes ? SmallZones : Limits.ZonesMax, scene.Settings.ZoneCount);
        Assert.Equal(most == SmallBytes ? SmallRules : Limits.RulesMax, scene.Settings.Rules.Count);
        DeviceMemory memory = new();
        memory.Walk(scene.Loop);
        StringBuilder text = new();
        foreach ((string name, int bytes) in memory.Of.OrderByDescending(one => one.Value))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {bytes,6} {name}");
        }

        // Bytes on their way are no state: the one message buffer is empty between calls, and every commit empties the records that wait.
        int transit = DeviceMemory.BytesOf(new byte[ContractLimits.MessageBytesMax])
            + (Lanes.Count * DeviceMemory.BytesOf(new byte[Limits.PendingRecordsMax * EventRecord.Size]));
        // The station of this test has one broker; one with two tries the idle one.
        int state = memory.Total - transit + DeviceMemory.BytesOf(new StandbyPath(null!, null!));
        string sum = $"state of Core: {state} bytes (limit {most})\nmessage buffer and records that wait for flash: {transit} bytes";
        TestContext.Current.TestOutputHelper?.WriteLine($"{sum}\n{text}");
        Assert.True(state <= most, $"{sum}\n{text}");
    }

    /// <summary>A start of a small heap has a small text and no room for several buffers of the longest one.</summary>
    [Fact]
    public void A_small_text_is_stored_and_found_again_in_buffers_of_its_own_size()
    {
        byte[] text = Encoding.UTF8.GetBytes("station id=7\n");
        SettingsTrial trial = new(new Device.MemoryFlash(), SceneBoard.Shape());
        Assert.True(trial.Take(text, text.Length));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(trial.Has(text, text.Length));
        Assert.True(trial.Take(text, text.Length));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Limits.SettingsBytesMax / 4);
        Assert.Equal(text.Length, trial.Store.Longest(0));
    }

    /// <summary>Every zone in a group, every feature, rules of two conditions and two actions, and names of the longest kind.</summary>
    private static string Station(int zones, int rules)
    {
        string name = string.Concat(Enumerable.Repeat("村", Limits.NameBytesMax / 3));
        List<string> lines = [.. Enumerable.Range(1, zones).Select(z => $"smoke {z} name={name}")];
        int groups = Math.Min(Limits.GroupsMax, zones / 2);
        lines.AddRange(Enumerable.Range(0, groups).Select(g => $"group {g + 1} zones={(g * 2) + 1},{(g * 2) + 2} need=2"));
        lines.Add("delay t1S=60 t2S=60 | clocks | drill maxMin=60 | hotwork lookMin=20 | cases afterMin=5 | selftest hour=4");
        lines.AddRange(Enumerable.Range(0, rules).Select(r =>
            $"rule {r + 1} if fire:z{(r % zones) + 1} and time:{r / 60:00}:{r % 60:00}-23:59 "
            + $"then relay{(r % 4) + 1}:pulse{r + 1}s message:{r + 1}"));
        return string.Join(" | ", lines);
    }
}
