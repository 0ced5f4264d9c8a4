// Owns: when the watchdog may be fed.
// Must never: read a clock.

using Gateway.Esp32;

namespace Gateway.Tests.Hardware;

public sealed class SupervisionTests
{
    [Fact]
    public void The_first_record_of_the_box_knows_its_free_memory() =>
        Assert.InRange(EspLimits.FreeFirstMs, Core.Limits.MinuteMs, Core.Limits.BoxStateFirstMs - Core.Limits.MinuteMs);

    [Fact]
    public void A_gateway_without_threads_to_watch_is_healthy()
    {
        Supervision supervision = new();
        Assert.Equal(0, supervision.Judge(1_000_000));
        Assert.True(supervision.Healthy);
    }

    [Fact]
    public void A_thread_that_moves_within_its_time_is_healthy()
    {
        Supervision supervision = new();
        int link = supervision.Add("link", 30_000, 0);
        for (int s = 1; s <= 1000; s += 29)
        {
            supervision.Look(link, s, s * 1000L);
            Assert.Equal(0, supervision.Judge(s * 1000L));
        }

        Assert.True(supervision.Healthy);
    }

    [Fact]
    public void A_counter_that_wraps_is_progress_too()
    {
        Supervision supervision = new();
        int link = supervision.Add("link", 1000, 0);
        supervision.Look(link, int.MaxValue, 900);
        supervision.Look(link, int.MinValue, 1800);
        Assert.Equal(0, supervision.Judge(2700));
    }

    [Fact]
    public void One_silent_thread_among_others_stops_the_feeding_and_is_named()
    {
        Supervision supervision = new();
        int link = supervision.Add("link", 30_000, 0);
        int network = supervision.Add("network", 300_000, 0);
        supervision.Look(network, 1, 30_000);
        Assert.Equal(0, supervision.Judge(30_000));
        supervision.Look(network, 2, 31_000);
        supervision.Look(link, 0, 31_000);
        supervision.Judge(31_000);
        Assert.False(supervision.Healthy);
        Assert.Equal("link", supervision.Silent);
        Assert.Equal(9000, supervision.Judge(40_000));
    }

    [Fact]
    public void A_thread_that_moves_again_lets_the_watchdog_be_fed_again()
    {
        Supervision supervision = new();
        int link = supervision.Add("link", 1000, 0);
        Assert.Equal(0, supervision.Judge(1001));
        Assert.False(supervision.Healthy);
        supervision.Look(link, 1, 2000);
        Assert.Equal(0, supervision.Judge(2000));
        Assert.True(supervision.Healthy);
        Assert.Null(supervision.Silent);

        // Its silence is counted anew.
        Assert.Equal(0, supervision.Judge(3001));
        Assert.Equal(99, supervision.Judge(3100));
    }
}
