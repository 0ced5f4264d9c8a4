// Owns: the faults of a village's network and of a county's machine, each with a real broker and the programs as users run them.
// Must never: be content with "it arrived": both ends are compared byte by byte.

using Gateway.Contract;

namespace Gateway.Tests.EndToEnd;

/// <summary>
/// One fault a test. Kills at random moments are in <see cref="KillTests"/>, what takes minutes in <see cref="LongFaultTests"/>.
/// </summary>
public sealed class FaultTests
{
    private const int WaitMs = 600_000;
    private const string Held = "县平台已存";

    [Fact]
    public void Half_open_link_loses_and_doubles_nothing() => HoldTheLink(proxy =>
    {
        Thread.Sleep(11_000);

        // After the first unanswered time everything was sent again into the dead connection; now both copies come at once.
        proxy.Release();
    });

    [Fact]
    public void Connection_that_died_half_open_is_replaced_and_every_alarm_arrives_once() => HoldTheLink(proxy =>
    {
        Thread.Sleep(2_000);
        proxy.Cut();
        proxy.Release();
    });

    [Fact]
    public void Broker_that_accepts_and_stays_silent_delays_the_alarm_and_loses_nothing()
    {
        using var stage = new Stage();
        stage.Broker.Freeze();
        using (ChildProgram county = stage.StartCounty())
        using (ChildProgram gateway = stage.StartGateway(
            "press 1\nexpect siren on within 60s\nexpect event fire-alarm zone 1 within 60s\nwait 3s\n"
            + "wait until county holds within 300s\npress 2\nwait 100ms\nwait until county holds within 300s\nquit\n"))
        {
            gateway.Await("expect event", WaitMs);
            Thread.Sleep(3_000);
            stage.Broker.Thaw();
            gateway.Await(WaitMs, "火警 1号", Held);

            // The same in the middle of a session.
            stage.Broker.Freeze();
            Thread.Sleep(3_000);
            stage.Broker.Thaw();
            Assert.True(gateway.Finish(WaitMs) == 0, Said(gateway, county));
        }

        stage.SettleAndCompare();
        Assert.Equal(2, Alarms(stage));
    }

    [Fact]
    public void What_a_broker_acknowledged_and_then_forgot_is_sent_again() =>
        SlowerUntil(waitS => Forgets(waitS), "the county was never frozen before the alarm");

    private static bool Forgets(int waitS)
    {
        using var stage = new Stage();
        using (ChildProgram county = stage.StartCounty())
        using (ChildProgram gateway = stage.StartGateway(
            $"wait until online within 300s\nwait {waitS}s\npress 1\nwait 500ms\npress 3\nwait until county holds within 300s\n"
            + "quit\n"))
        {
            gateway.Await("在线", WaitMs);
            county.Freeze();
            gateway.Await(WaitMs, "火警 3号", "已发出");
            Thread.Sleep(500);

            // The county is frozen, so the alarms lie in the broker alone, which keeps nothing on disk.
            if (Alarms(stage) != 0)
            {
                return false;
            }

            stage.Broker.Restart();
            county.Thaw();
            Assert.True(gateway.Finish(WaitMs) == 0, Said(gateway, county));
        }

        stage.SettleAndCompare();
        Assert.Equal(2, Alarms(stage));
        return true;
    }

    [Fact]
    public void County_restored_from_yesterday_s_copy_gets_again_what_it_lost() =>
        SlowerUntil(waitS => Restored(1 + waitS), "the copy was never made before the second alarm");

    private static bool Restored(int waitS)
    {
        using var stage = new Stage();
        ChildProgram county = stage.StartCounty();
        try
        {
            using ChildProgram gateway = stage.StartGateway(
                $"wait until online within 300s\npress 1\nwait until county holds within 300s\nwait {waitS}s\npress 2\n"
                + "wait until county holds within 300s\ncut 1\nwait 1s\npress 3\nwait until county holds within 300s\n"
                + "wait 6s\npress 4\nwait 100ms\nwait until county holds within 300s\nquit\n");
            gateway.Await(WaitMs, "火警 1号", Held);
            string yesterday = stage.CopyDatabase();
            if (Alarms(stage) != 1)
            {
                return false;
            }

            gateway.Await(WaitMs, "火警 3号", Held);
            county.Dispose();
            stage.RestoreDatabase(yesterday);
            Assert.Equal(1, Alarms(stage));
            county = stage.StartCounty();
            Assert.True(gateway.Finish(WaitMs) == 0, Said(gateway, county));
            Assert.Equal(3, Alarms(stage));
        }
        finally
        {
            county.Dispose();
        }

        stage.SettleAndCompare();
        Assert.Equal(3, Alarms(stage));
        return true;
    }

    [Fact]
    public void County_s_clock_that_is_wrong_by_a_day_loses_nothing_and_its_correction_reaches_the_gateway()
    {
        using var stage = new Stage(uplink: "heartbeatS=5");
        using ChildProgram gateway = stage.StartGateway(
            "wait until online within 300s\nexpect event clock-set within 300s\npress 1\nwait until county holds within 300s\n"
            + "expect event clock-set within 300s\npress 2\nwait 100ms\nwait until county holds within 300s\nquit\n");
        using (new NearCounty(stage.Broker, stage.Database, TimeSpan.FromDays(-1)))
        {
            gateway.Await(WaitMs, "火警 1号", Held);
        }

        using (new NearCounty(stage.Broker, stage.Database, TimeSpan.Zero))
        {
            Assert.True(gateway.Finish(WaitMs) == 0, gateway.Said);
        }

        stage.SettleAndCompare();
        Assert.Equal(2, Alarms(stage));

        // The alarm of the wrong day keeps the time that was told; the next one has the right day, and the step is an event of its own.
        Assert.Equal(1, stage.Count("SELECT COUNT(*) FROM events WHERE kind = 201 AND a BETWEEN 86300 AND 86500"));
        long apart = stage.Count("SELECT MAX(utc_ms) - MIN(utc_ms) FROM events WHERE kind = 1");
        Assert.InRange(apart, 86_400_000L, 86_400_000L + 600_000);
    }

    internal static string Said(ChildProgram gateway, ChildProgram county) => string.Join('\n', gateway.Lines.Concat(county.Lines));

    /// <summary>
    /// A script that acts while the test does something at its side may be too quick for a slow machine: then it proves nothing, and is
    /// played again with a longer wait.
    /// </summary>
    internal static void SlowerUntil(Func<int, bool> played, string otherwise)
    {
        for (int waitS = 1; !played(waitS); waitS *= 4)
        {
            Assert.True(waitS < 60, otherwise);
        }
    }

    /// <summary>Two of three alarms are sent into a link that lets nothing through.</summary>
    /// <param name="end">How that comes to an end.</param>
    private static void HoldTheLink(Action<TcpProxy> end)
    {
        using var stage = new Stage(proxied: true);
        using (ChildProgram county = stage.StartCounty())
        using (ChildProgram gateway = stage.StartGateway(
            "wait until online within 300s\npress 1\nwait until county holds within 300s\npress 2\nwait 1s\npress 3\nwait 1s\n"
            + "wait until county holds within 300s\nquit\n"))
        {
            gateway.Await(WaitMs, "火警 1号", Held);
            stage.Proxy!.Hold();
            gateway.Await(WaitMs, "火警 3号", "已发出");
            end(stage.Proxy);
            Assert.True(gateway.Finish(WaitMs) == 0, Said(gateway, county));
        }

        stage.SettleAndCompare();
        Assert.Equal(3, Alarms(stage));
    }

    internal static long Alarms(Stage stage) =>
        stage.Count($"SELECT COUNT(*) FROM events WHERE lane = 0 AND kind = {(int)EventKind.FireAlarm}");
}
