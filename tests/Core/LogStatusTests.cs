// Owns: that what `log status` reckons is what the gateway does to its flash.
// Must never: take the reckoning's own numbers as proof.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

public sealed class LogStatusTests
{
    private const int KiB = 1024;

    [Fact]
    public void Gateway_does_not_append_more_often_than_the_life_of_its_flash_is_reckoned_with()
    {
        Scene scene = new("smoke 1 | smoke 2 | valve 3 | mains 4", LogPlan.For(3072 * KiB), null);
        scene.Pass(60_000, everyTick: true);
        for (int hour = 0; hour < 12; hour++)
        {
            int writes = scene.Flash.Writes;
            uint events = Events(scene);
            for (int i = 0; i < 5; i++)
            {
                SceneSteps.Play(scene, "on1 off1 on3 off3 reset +600s");
            }

            uint rate = Events(scene) - events;
            int appends = scene.Flash.Writes - writes;
            LogStatus status = new(scene.Loop.Log, 3072 * KiB);
            int reckoned = status.MilliErasesPerHour((int)rate) / 1062;
            Assert.InRange(rate, 20u, 60u);
            Assert.True(appends <= reckoned, $"{rate} events, {appends} appends, reckoned {reckoned}");
        }
    }

    [Theory]
    [InlineData(256 * KiB, 18, new[] { 545, 71, 9 })]
    [InlineData(2048 * KiB, 457, new[] { 13838, 1808, 230 })]
    [InlineData(3072 * KiB, 713, new[] { 21590, 2820, 359 })]
    public void Life_is_erases_over_blocks_in_hours(int bytes, int worn, int[] deciYears)
    {
        Scene scene = new("smoke 1", LogPlan.For(bytes), null);
        LogStatus status = new(scene.Loop.Log, bytes);
        Assert.Equal(worn, status.WornBlocks);
        int[] rates = [1, 10, 100];
        for (int i = 0; i < rates.Length; i++)
        {
            // An event: two appends and 3 of 64; the cursor 6 an hour and one of 64 events; half an append by itself; 1 + 1/16 erases each.
            double appends = (rates[i] * (2 + (3 / 64.0))) + Math.Min(rates[i], 6 + (rates[i] / 64.0)) + 0.5;
            double life = worn * 100_000.0 / (appends * 1.0625) / 8766 * 10;
            Assert.InRange(status.LifeDeciYears(rates[i]), (life * 0.99) - 1, life * 1.01);
            Assert.InRange(status.LifeDeciYears(rates[i]), deciYears[i] * 0.97, deciYears[i] * 1.03);
        }

        Assert.Equal(status.Capacity(Lane.Fire) / 10, status.HoursHeld(Lane.Fire, 10));
    }

    [Fact]
    public void Report_tells_what_is_held_pending_waiting_and_lost()
    {
        Scene scene = new("callpoint 1 | callpoint 2", LogPlan.For(3072 * KiB), null);
        scene.Pass(2_000, everyTick: true);
        scene.County.Answers = false;
        SceneSteps.Play(scene, "on1 on2");
        LogStatus status = new(scene.Loop.Log, 3072 * KiB);
        Assert.Equal(2, status.Pending(Lane.Fire));
        Assert.Equal(2, status.InRing(Lane.Fire));
        Assert.Equal(0u, status.Held(Lane.Fire));
        Assert.Equal(0, status.Pending(Lane.Routine));
        Assert.Equal(0, status.Lost(Lane.Condition));
        scene.Loop.Log.CountLost(Lane.Condition, 5);
        scene.Pass(200, everyTick: true);
        Assert.Equal(5, status.Lost(Lane.Condition));
        Assert.Contains(LogReport.Lines(status), line => line.StartsWith("fire: ", StringComparison.Ordinal)
            && line.Contains("pending 2", StringComparison.Ordinal));
    }

    [Fact]
    public void Longest_write_is_kept_over_restarts_and_costs_a_write_only_when_it_rises_clearly()
    {
        Scene scene = new("callpoint 1", LogPlan.For(3072 * KiB), null);
        scene.Pass(2_000, everyTick: true);
        scene.Loop.Log.NoteWriteMs(80);
        SceneSteps.Play(scene, "on1 off1 reset +5s");
        int writes = scene.Flash.Writes;
        scene.Loop.Log.NoteWriteMs(90);
        Assert.Equal(90, scene.Loop.Log.WorstWriteMs);
        SceneSteps.Play(scene, "on1");
        int once = scene.Flash.Writes - writes;
        writes = scene.Flash.Writes;
        SceneSteps.Play(scene, "off1 reset on1");
        Assert.True(once <= scene.Flash.Writes - writes, "a small rise was written");
        scene.County.Close();
        scene.Start();
        Assert.Equal(80, scene.Loop.Log.WorstWriteMs);
    }

    private static uint Events(Scene scene)
    {
        uint events = 0;
        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            events += scene.Loop.Log.At(lane).Durable;
        }

        return events;
    }
}
