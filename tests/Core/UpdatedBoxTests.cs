// Owns: that a box which is updated goes on with the state that the firmware before it wrote.
// Must never: be brought up to date: its flash was written by the release that it names.

using System.Globalization;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;
using Gateway.Tests.Support;

namespace Gateway.Tests.PanelProperties;

public sealed class UpdatedBoxTests
{
    private const string Village = "smoke 1 | smoke 2 | smoke 3 | smoke 4 | valve 5 | patrol 6 | smoke 7 "
        + "| zone 20 kind=smoke wiring=no unsupervised=yes input=d8 name=z20 "
        + "| zone 21 kind=smoke wiring=no unsupervised=yes input=d9 name=z21 | drill maxMin=60 | clocks "
        + "| cases afterMin=1 | hotwork lookMin=20 | patrol 1 zones=6 from=08:00 to=18:00 | rule 1 if fire:any then relay3:on";

    private const int DutyS = 433;
    private const int ElapsedS = 33;
    private const int CaseHours = 4;
    private const int TestHours = 4;

    /// <summary>
    /// Before, the power went 42 s into a fire of a drill of zone 1, with disablements of 2 and 20, tests of 3 and 21, a permit for 4, a
    /// case of 5, a patrol that was met at 6, and a duty check.
    /// </summary>
    [Fact]
    public void Every_part_goes_on_with_what_the_release_before_wrote()
    {
        Scene scene = new(Village);
        Load(scene.Flash, "tests/Core/flash-0.1.0.txt");
        scene.Start();
        PanelState s = scene.Loop.Panel.State;
        string kept = string.Join(' ', Enumerable.Range(0, scene.Settings.ZoneCount)
            .Select(i => (Zone: scene.Settings.ZoneNumber[i],
                Disablement: PartOf.Disablements(s).RemainingMin(i, 0), Test: PartOf.ZonesInTest(s).RemainingMin(i, 0)))
            .Where(one => one.Disablement + one.Test > 0)
            .Select(one => $"{one.Zone}:{one.Disablement}/{one.Test}"));
        Assert.Equal("2:89/0 3:0/29 20:44/0 21:0/19", kept);
        Assert.Equal((Bits.Zone(3), 39, false), (PartOf.HotWork(s).Zones, PartOf.HotWork(s).RemainingMin(0), PartOf.HotWork(s).LookAsked));
        Assert.Equal((true, DutyS), (PartOf.DutyCheck(s).Asked, PartOf.DutyCheck(s).RemainingS(0)));
        Assert.Equal((Bits.Zone(0), 24, ZoneSet.None), (PartOf.Drill(s).Zones, PartOf.Drill(s).RemainingMin(0), s.NotPutBack));
        Assert.Equal((Bits.Zone(0), Bits.Zone(0), 0, 0, true), (s.Latched, s.DrillLatched, s.First, s.Latest, s.Unacknowledged));
        ResponseClocks clocks = PartOf.ResponseClocks(s);
        Assert.Equal((7, 7, 0, ElapsedS), (clocks.Running, clocks.Unmet, clocks.Level, clocks.ElapsedS(0)));
        Assert.Equal((1, 1, Bits.Zone(5)),
            (PartOf.Patrols(s).Open, PartOf.Patrols(s).Met, PartOf.Patrols(s).Seen(scene.Settings.PatrolCount)));
        Assert.Equal((Bits.Zone(4), CaseHours, TestHours, StationCode.Yellow),
            (PartOf.Cases(s).Open, PartOf.Cases(s).Hours(4), PartOf.SelfTests(s).Hours, PartOf.SelfTests(s).Code));
        Assert.Equal((Bits.Zone(4), Bits.Zone(0), ZoneSet.None), (s.Reported.Supervisory, s.Signals.Burning, s.Signals.Quiet));
    }

    private static void Load(Device.MemoryFlash flash, string path)
    {
        for (FlashArea area = (FlashArea)Lane.Fire; (int)area < Limits.FlashAreas; area++)
        {
            int[] numbers = new int[64];
            int count = flash.List(area, numbers);
            for (int i = 0; i < count; i++)
            {
                flash.Delete(area, numbers[i]);
            }
        }

        foreach (string[] row in File.ReadLines(Repository.Path(path)).Where(line => line[0] != '#').Select(line => line.Split(' ')))
        {
            byte[] bytes = Convert.FromHexString(row[2]);
            flash.Append(
                (FlashArea)int.Parse(row[0], CultureInfo.InvariantCulture), int.Parse(row[1], CultureInfo.InvariantCulture), bytes, 0,
                bytes.Length);
        }
    }
}
