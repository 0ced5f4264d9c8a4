// Owns: boxes with several systems behind them: what a person does at one is done at that one.
// Must never: let it end what burns in another.

using Gateway.Contract;
using Gateway.County;
using Gateway.Gb26875;
using Gateway.Tests.Support;
using Gateway.Tools.Boxes;

namespace Gateway.Tests.CountyGb26875;

public class SystemTests
{
    [Fact]
    public void A_reset_or_an_answer_at_one_system_ends_nothing_of_another_that_burns()
    {
        using FrameRig rig = new();
        rig.Component(7, 2);
        rig.Component(9, 2, system: 2);
        rig.Operation(UnitType.SystemOperation, OperationBits.Acknowledge, system: 2);
        rig.Operation(UnitType.SystemOperation, OperationBits.AlarmCleared, system: 3);
        rig.Operation(UnitType.SystemOperation, OperationBits.Reset, system: 2);
        Assert.Equal(["fire-alarm 1", "fire-alarm 2", "key-pressed 0", "key-pressed 0", "key-pressed 0"], rig.Events);
        Assert.Equal(
            [3, 3, 2], rig.All.Where(e => e.Record.Kind == EventKind.KeyPressed).OrderBy(e => e.ReceivedMs).Select(e => e.Record.A));
        Assert.Single(rig.Store.Escalations(openOnly: true));

        // What was let go and signals on is a new alarm; with the last system's reset all is over.
        rig.Component(9, 2, system: 2);
        rig.Component(9, 0, system: 2);
        rig.Send(FrameRig.UnitOf(UnitType.BoxStatus, new UnitObject { Status = (ushort)BoxBits.Fire, Time = rig.Time }));
        rig.Operation(UnitType.SystemOperation, OperationBits.Reset);
        Assert.Equal(["fire-alarm 2", "fire-restored 2", "fire-alarm 0", "reset 0"], rig.Events[5..]);
        Assert.Equal(EscalationEnd.Reset, rig.Escalations[^1].Escalation.End);
        Assert.Empty(rig.Store.Escalations(openOnly: true));
    }

    [Fact]
    public void A_reset_of_one_system_behind_a_box_lets_no_fire_of_another_go()
    {
        using Centre centre = new();
        using BoxRig rig = new([ForwardTests.Profile(centre.Address)], BoxRig.Peer(1));
        Box box = rig.Start(1, BoxHabit.All[0]);
        BoxReport OfSecond(ComponentBits bits) => new()
        {
            Type = UnitType.ComponentStatus, SystemAddress = 2, Component = 8, Status = (ushort)bits,
        };
        box.Report(BoxReport.OfComponent(7, ComponentBits.Fire));
        box.Report(OfSecond(ComponentBits.Fire));
        box.Report(new BoxReport { Type = UnitType.SystemOperation, SystemAddress = 2, Operation = (byte)OperationBits.Reset });
        box.Report(BoxReport.OfComponent(7, ComponentBits.Fire | ComponentBits.Fault));
        box.Report(OfSecond(ComponentBits.Fault));
        Patience.Until(() => centre.Taken.Count == 5, "all is told");
        Assert.Equal(["2 7 3", "2 8 3", "4 0 0", "2 7 7", "2 8 5"], ForwardTests.Told(centre, 330_801));
        Assert.Equal([4, 1, 1, 2, 1], centre.Taken[2].Unit.Take(5).Select(one => (int)one));
    }
}
