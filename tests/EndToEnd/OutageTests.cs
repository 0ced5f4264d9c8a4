// Owns: the proof that a week without the county, with every lane full, delays no fire and hides no loss.
// Must never: take a smaller story for the week: its alarms, faults and keys come as they would in one.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Board;

namespace Gateway.Tests.EndToEnd;

/// <summary>The gateway's own Core and link against a real broker; the week passes in seconds.</summary>
public sealed class OutageTests
{
    private const int SmallestPartition = 256 * 1024;
    private const int Hours = 7 * 24;
    private const int MinuteMs = 60_000;
    private const int HourMs = 60 * MinuteMs;
    private const int WaitMs = 600_000;
    private readonly ITestOutputHelper _output;

    public OutageTests(ITestOutputHelper output)
    {
        _output = output;
    }

    [Fact]
    public void After_a_week_s_outage_with_full_lanes_a_fire_arrives_before_the_backlog_and_each_loss_is_reported()
    {
        using var stage = new Stage(uplink: "drainPerS=50");
        using var gateway = new NearGateway(stage, SmallestPartition);
        EventLog log = gateway.Station.Loop.Log;
        using (new NearCounty(stage.Broker, stage.Database, TimeSpan.Zero))
        {
            Assert.True(gateway.Until(() => gateway.Station.Online && gateway.Station.CountyHoldsAll, WaitMs), "never online");
        }

        stage.Broker.Kill();
        Week(gateway);
        Assert.False(gateway.Station.Online);
        IReadOnlyDictionary<Identity, byte[]> kept = stage.InFlash();
        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            int made = gateway.Made.Keys.Count(identity => identity.Lane == lane);
            int left = kept.Keys.Count(identity => identity.Lane == lane);
            _output.WriteLine($"{Lanes.Name(lane)}: {made} records made, {left} still in flash");
            Assert.True(left < made, $"lane {Lanes.Name(lane)} was never full");
        }

        // The county's clock moved on too.
        stage.Broker.Restart();
        using (new NearCounty(stage.Broker, stage.Database, TimeSpan.FromDays(7)))
        {
            Assert.True(gateway.Until(() => gateway.Station.Online, WaitMs), "not online again");
            Assert.True(gateway.Until(() => log.At(Lane.Fire).Held > 0 && log.At(Lane.Condition).Held > 0, WaitMs), "drain never began");
            FireInTheDrain(gateway, stage);
            Assert.True(gateway.Until(() => gateway.Station.CountyHoldsAll, WaitMs), "the backlog never drained");
        }

        Compare(gateway, stage);
    }

    /// <summary>Each hour a fire that is silenced and reset, three tests of the lamps, and six wires that are cut and mended.</summary>
    private static void Week(NearGateway gateway)
    {
        for (int hour = 0; hour < Hours; hour++)
        {
            gateway.Do(Hand.At(2 + hour % 2, HandMove.Press));
            Assert.NotEqual(Pattern.Off, gateway.Station.Loop.Outputs.PatternOf(OutputRole.Siren));
            gateway.Do(Hand.OnKey(Button.Silence));
            gateway.Do(Hand.At(2 + hour % 2, HandMove.Release));
            gateway.Do(Hand.OnKey(Button.Reset));
            for (int i = 0; i < 3; i++)
            {
                gateway.Do(Hand.OnKey(Button.Test));
                gateway.Pass(MinuteMs, 1_000);
            }

            for (int i = 0; i < 6; i++)
            {
                gateway.Do(Hand.At(1, HandMove.Cut));
                gateway.Do(Hand.At(1, HandMove.Release));
            }

            gateway.Pass(HourMs - 3 * MinuteMs - 19_000, 1_000);
        }
    }

    private void FireInTheDrain(NearGateway gateway, Stage stage)
    {
        LaneLog fire = gateway.Station.Loop.Log.At(Lane.Fire);
        LaneLog condition = gateway.Station.Loop.Log.At(Lane.Condition);
        gateway.Station.Do(Hand.At(1, HandMove.Press));
        long pressedMs = gateway.Station.NowMs;
        uint before = fire.Last;
        Assert.True(gateway.Until(() => fire.Last > before, WaitMs), "no alarm");
        uint alarm = fire.Last;
        Assert.True(gateway.Until(() => fire.Held >= alarm, WaitMs), "the alarm was never held");
        _output.WriteLine($"fire in the drain held after {gateway.Station.NowMs - pressedMs} ms, "
            + $"{condition.Last - condition.Held} conditions still waiting");
        Assert.True(condition.Held < condition.Last, "the backlog was gone before the fire: the test tested nothing");
        Assert.Equal(1, stage.Count($"SELECT COUNT(*) FROM events WHERE lane = 0 AND kind = {(int)EventKind.FireAlarm} AND zone = 1"));
    }

    private static void Compare(NearGateway gateway, Stage stage)
    {
        IReadOnlyDictionary<Identity, byte[]> table = stage.AtCounty();
        var losses = new List<(Lane Lane, uint First, uint Last)>();
        foreach ((Identity identity, byte[] bytes) in table)
        {
            Assert.True(gateway.Made.TryGetValue(identity, out byte[]? made), $"{identity} was never made");
            Stage.AssertSame(made, bytes);
            var record = new EventRecord();
            record.Decode(bytes, 0, bytes.Length);
            if (record.Kind == EventKind.Loss)
            {
                losses.Add((record.LaneNumber, (uint)record.A, (uint)record.B));
            }
        }

        foreach (Identity made in gateway.Made.Keys.Where(made => !table.ContainsKey(made)))
        {
            bool owned = losses.Exists(loss => loss.Lane == made.Lane && made.Sequence >= loss.First && made.Sequence <= loss.Last);
            Assert.True(owned, $"{made} is not at the county, and no loss record reports it");
        }

        // The first alarm of each zone stays until it is held.
        foreach (int zone in (int[])[2, 3])
        {
            Identity first = gateway.Made.Keys.Where(made => IsAlarm(gateway.Made[made], zone)).MinBy(made => made.Sequence);
            Assert.True(table.ContainsKey(first), $"the first alarm of zone {zone} is gone");
        }

        Assert.NotEmpty(losses);
        Assert.Equal(0, stage.Count("SELECT COUNT(*) FROM conflicts"));
        Assert.Equal(0, stage.Count("SELECT COUNT(*) FROM gaps WHERE owned_by = 0"));
    }

    private static bool IsAlarm(byte[] bytes, int zone)
    {
        var record = new EventRecord();
        record.Decode(bytes, 0, bytes.Length);
        return record.Kind == EventKind.FireAlarm && record.Zone == zone;
    }
}
