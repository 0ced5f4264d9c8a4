// Owns: the faults that take minutes: run by tests/faults.sh, in a network of their own.
// Must never: be shortened by faster deadlines: the gateway runs with those that it has in a village.

using Gateway.Contract;

namespace Gateway.Tests.EndToEnd;

/// <summary>Needs a network namespace; not part of test.sh.</summary>
public sealed class LongFaultTests
{
    private const int WaitMs = 900_000;
    private readonly ITestOutputHelper _output;

    public LongFaultTests(ITestOutputHelper output)
    {
        _output = output;
    }

    [Theory(Explicit = true)]
    [InlineData(0.3, 1_000)]
    [InlineData(0.3, 2_000)]
    public void Thirty_percent_of_the_packets_lost_and_seconds_of_delay_lose_and_double_no_alarm(double loss, int delayMs)
    {
        using var network = new LossyNetwork(loss, delayMs, seed: 20261122);
        using var stage = new Stage(proxied: true, host: LossyNetwork.Far);
        using (ChildProgram county = stage.StartCounty())
        using (ChildProgram gateway = stage.StartGateway(
            "press 1\nexpect siren on within 1s\nwait until county holds within 600s\ntimeline\ncut 1\nwait 5s\npress 2\nwait 5s\npress 3\n"
            + "wait 5s\nsilence\nwait 5s\npress 4\nwait 1s\nwait until county holds within 600s\ntimeline\nquit\n"))
        {
            Assert.True(gateway.Finish(WaitMs) == 0, FaultTests.Said(gateway, county));
            _output.WriteLine(string.Join('\n', gateway.Lines.Where(line => line.Contains("县平台已存", StringComparison.Ordinal)
                || line.Contains("通信 ", StringComparison.Ordinal))));
            Assert.Equal(3, FaultTests.Alarms(stage));
            Assert.True(network.Lost > 0, "nothing was lost: the test tested nothing");
            _output.WriteLine($"packets passed {network.Passed}, lost {network.Lost}");
        }

        stage.SettleAndCompare();
        Assert.Equal(3, FaultTests.Alarms(stage));
    }

    [Fact(Explicit = true)]
    public void Fire_without_the_county_s_answer_for_100_s_is_shown_heard_and_logged_and_ends_with_the_answer()
    {
        using var stage = new Stage(proxied: true);
        using (ChildProgram county = stage.StartCounty())
        using (ChildProgram gateway = stage.StartGateway(
            "wait until online within 60s\nwait 1s\npress 1\nexpect siren on within 1s\nexpect event fire-alarm zone 1 within 5s\nsilence\n"
            + "expect event no-county-answer within 120s\nexpect buzzer on within 120s\nexpect lamp-fault on within 120s\n"
            + "expect event county-answers within 400s\nexpect lamp-fault off within 400s\nwait until county holds within 60s\nquit\n"))
        {
            gateway.Await("在线", WaitMs);
            stage.Proxy!.Hold();
            gateway.Await("lamp-fault on", WaitMs);

            // By now several connections were given up; none of what they left behind may come through.
            stage.Proxy.Cut();
            stage.Proxy.Release();
            Assert.True(gateway.Finish(WaitMs) == 0, FaultTests.Said(gateway, county));
        }

        stage.SettleAndCompare();
        Assert.Equal(1, FaultTests.Alarms(stage));
        Assert.Equal(1, stage.Count($"SELECT COUNT(*) FROM events WHERE kind = {(int)EventKind.NoCountyAnswer}"));
        Assert.Equal(1, stage.Count($"SELECT COUNT(*) FROM events WHERE kind = {(int)EventKind.CountyAnswers}"));
        long after = stage.Count($"""
            SELECT (SELECT uptime_ms FROM events WHERE kind = {(int)EventKind.NoCountyAnswer})
                 - (SELECT uptime_ms FROM events WHERE kind = {(int)EventKind.FireAlarm})
            """);
        Assert.InRange(after, 100_000, 101_000);
    }

    [Fact(Explicit = true)]
    public void Broker_that_is_silent_for_two_minutes_is_found_again_and_nothing_is_lost()
    {
        using var stage = new Stage();
        using (ChildProgram county = stage.StartCounty())
        using (ChildProgram gateway = stage.StartGateway(
            "wait until online within 60s\npress 1\nwait until county holds\nwait 2s\npress 2\nwait 60s\npress 3\nwait 60s\n"
            + "wait until county holds within 300s\nquit\n"))
        {
            gateway.Await(WaitMs, "火警 1号", "县平台已存");
            stage.Broker.Freeze();
            Thread.Sleep(120_000);
            stage.Broker.Thaw();
            Assert.True(gateway.Finish(WaitMs) == 0, FaultTests.Said(gateway, county));
        }

        stage.SettleAndCompare();
        Assert.Equal(3, FaultTests.Alarms(stage));
    }
}
