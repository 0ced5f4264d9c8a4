// Owns: two brokers: a switch-over that nobody on the spot notices, and a second path that is known to work.
// Must never: help the gateway find the other broker.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Board;

namespace Gateway.Tests.EndToEnd;

/// <summary>Two real Mosquittos with one county at both.</summary>
public sealed class TwoPathTests
{
    private const int WaitMs = 600_000;
    private const int Partition = 1024 * 1024;
    private const long MinuteMs = 60_000;

    [Fact]
    public void Switch_over_between_two_brokers_changes_no_alarm_and_doubles_no_record() =>
        FaultTests.SlowerUntil(waitS => SwitchOver(2 + waitS), "never at the first broker, or no broker gone before the next alarm");

    private static bool SwitchOver(int waitS)
    {
        using var stage = new Stage(twoPaths: true);
        using (ChildProgram county = stage.StartCounty())
        {
            // Without an answer there the gateway would leave the first broker.
            county.Await(() => county.Lines.Count(line => line.Contains("已连接", StringComparison.Ordinal)) == 2, WaitMs);
            using ChildProgram gateway = stage.StartGateway(
                $"wait until online within 300s\npress 1\nexpect siren on within 60s\nwait until county holds within 300s\nwait {waitS}s\n"
                + $"press 2\nwait 1s\nwait until county holds within 300s\nwait {waitS}s\npress 3\nwait 1s\n"
                + "wait until county holds within 300s\nquit\n");
            gateway.Await(WaitMs, "火警 1号", "县平台已存");

            // Where the first broker took too long to let it in, it is at the second one from the start.
            bool atFirst = !stage.Second!.Log.Contains($" as st{Stage.Station} (", StringComparison.Ordinal);
            stage.Broker.Kill();
            if (!atFirst || Raised(gateway, 2))
            {
                return false;
            }

            gateway.Await(WaitMs, "火警 2号", "县平台已存");
            stage.Broker.Restart();
            stage.Second.Kill();
            if (Raised(gateway, 3))
            {
                return false;
            }

            Assert.True(gateway.Finish(WaitMs) == 0, FaultTests.Said(gateway, county));
            stage.Second.Restart();

            // The siren began with the first alarm and went on: no line says that it stopped or began anew for a path.
            Assert.Single(gateway.Lines, line => line.Contains("声警报器", StringComparison.Ordinal)
                && line.Contains("输出", StringComparison.Ordinal));
        }

        // While the paths changed, nothing was restored or reset.
        Assert.Equal(0, stage.Count($"SELECT COUNT(*) FROM events WHERE kind IN ({(int)EventKind.FireRestored}, {(int)EventKind.Reset})"));
        stage.SettleAndCompare(string.Concat(new[] { 1, 2, 3 }.Select(zone => $"expect event fire-restored zone {zone} within 120s\n")));
        Assert.Equal(3, FaultTests.Alarms(stage));
        Assert.Equal(1, stage.Count($"SELECT COUNT(*) FROM events WHERE kind = {(int)EventKind.LinkUp} AND a = 1"));
        Assert.Equal(1, stage.Count($"SELECT COUNT(*) FROM events WHERE kind = {(int)EventKind.LinkUp} AND a = 0"));

        // The gateway that settles starts with inputs at rest: it says so of each latched zone, once, and resets none.
        Assert.Equal(3, stage.Count($"SELECT COUNT(DISTINCT zone) FROM events WHERE kind = {(int)EventKind.FireRestored}"));
        Assert.Equal(3, stage.Count($"SELECT COUNT(*) FROM events WHERE kind = {(int)EventKind.FireRestored}"));
        Assert.Equal(0, stage.Count($"SELECT COUNT(*) FROM events WHERE kind = {(int)EventKind.Reset}"));
        return true;
    }

    private static bool Raised(ChildProgram gateway, int zone) =>
        gateway.Lines.Any(line => line.Contains($"火警 {zone}号", StringComparison.Ordinal));

    [Fact]
    public void Standby_path_that_fails_is_a_fault_with_event_and_lamp_until_it_is_back()
    {
        using var stage = new Stage(twoPaths: true);
        using var gateway = new NearGateway(stage, Partition);
        using var spy = new MqttPeer(stage.Second!, BrokerUser.County, "spy", Topics.AllUp);
        using var county = new NearCounty(stage.Broker, stage.Database, TimeSpan.Zero);
        Assert.True(gateway.Until(() => gateway.Station.Online && gateway.Station.CountyHoldsAll, WaitMs), "never online");
        Assert.True(gateway.UntilSoon(() => gateway.Station.NowMs > 7 * MinuteMs, 8 * MinuteMs));
        Assert.Equal(BoxFault.None, gateway.Station.Loop.Panel.PanelFaults);
        uint sessions = gateway.Station.Loop.Uplink.Sessions;

        // What only tries sends nothing and leaves no will.
        Assert.Equal(0, spy.Count());
        Assert.Contains("-idle", stage.Second!.Log, StringComparison.Ordinal);
        stage.Second.Kill();
        Assert.True(gateway.UntilSoon(() => gateway.Station.Loop.Panel.PanelFaults == BoxFault.StandbyPath, 8 * MinuteMs), "no fault");
        Assert.True(gateway.Until(() => gateway.Station.Loop.Outputs.PatternOf(OutputRole.LampFault) != Pattern.Off, WaitMs), "no lamp");
        stage.Second.Restart();
        Assert.True(gateway.UntilSoon(() => gateway.Station.Loop.Panel.PanelFaults == BoxFault.None, 8 * MinuteMs), "the fault stays");
        Assert.True(gateway.Until(() => gateway.Station.Loop.Outputs.PatternOf(OutputRole.LampFault) == Pattern.Off, WaitMs), "lamp stays");

        // The path in use was not touched, and a fire goes as ever.
        Assert.True(gateway.Station.Online);
        Assert.Equal(sessions, gateway.Station.Loop.Uplink.Sessions);
        gateway.Station.Do(Hand.At(1, HandMove.Press));
        Assert.True(gateway.Until(() => FaultTests.Alarms(stage) == 1 && gateway.Station.CountyHoldsAll, WaitMs), "the fire is not held");
        Assert.Equal(1, stage.Count($"SELECT COUNT(*) FROM events WHERE kind = {(int)EventKind.Fault} AND a = 100 AND b = 8"));
        Assert.Equal(1, stage.Count($"SELECT COUNT(*) FROM events WHERE kind = {(int)EventKind.FaultRestored} AND a = 100 AND b = 8"));
    }
}
