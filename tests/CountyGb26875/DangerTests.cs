// Owns: what lasts of other makers' boxes: hidden dangers and silence, as cases like those of our own stations.
// Must never: wait: the county's clock is moved.

using Gateway.Contract;
using Gateway.County;
using Gateway.County.Gb26875;
using Gateway.County.Sql;
using Gateway.Gb26875;
using Gateway.Tests.Support;

namespace Gateway.Tests.CountyGb26875;

public class DangerTests
{
    private const int Fault = 1 << 2;
    private const int Supervisory = 1 << 4;
    private const int MinuteMs = 60_000;
    private const int HourMs = 3_600_000;

    [Fact]
    public void Fault_that_lasts_is_a_danger_of_its_zone_until_it_is_gone_and_the_same_again_a_relapse()
    {
        using FrameRig rig = new();
        rig.Component(7, Fault);
        rig.PassDangers(4 * MinuteMs);
        Assert.Empty(rig.Store.Cases(new CaseQuery()));
        rig.PassDangers(MinuteMs);
        Case danger = Assert.Single(rig.Store.Cases(new CaseQuery()));
        Assert.Equal(
            (CaseClass.Danger, CaseTrouble.Fault, CaseState.Open, EscalationLevel.Township, 1, ZoneKind.Smoke),
            (danger.Class, danger.Trouble, danger.State, danger.Level, danger.Zone, danger.ZoneKind));
        Assert.Equal("330726101003", danger.Village);
        Assert.Contains("故障仍在", Assert.Throws<CaseRefusedException>(() => CaseDesk.Act(
            rig.Store, new CaseRequest { Case = danger.Id, Kind = CaseActKind.Close, By = "王" }, rig.NowMs)).Message,
            StringComparison.Ordinal);
        Assert.Equal(
            danger.Sequence - 1, (uint)rig.All.Single(e => e.Record.Kind == EventKind.CaseOpened).Record.A);
        rig.Component(7, Fault | Supervisory, type: 23);
        rig.Component(7, Supervisory, type: 23);
        Assert.Equal(CaseState.Open, rig.Store.Case(danger.Id)!.State);
        rig.Component(7, 0, type: 23);
        Assert.Equal(CaseState.Closed, rig.Store.Case(danger.Id)!.State);
        rig.Component(7, Fault);
        rig.PassDangers(6 * MinuteMs);
        Case again = Assert.Single(rig.Store.Cases(new CaseQuery { OpenOnly = true }));
        Assert.Equal(danger.Id, rig.Store.RelapseOf(again)?.Id);
        Assert.Equal(0, CaseDesk.Rebuild(rig.Store, rig.Store, FrameRig.Station, rig.NowMs));
    }

    [Fact]
    public void Fault_that_is_over_before_its_time_is_none()
    {
        using FrameRig rig = new();
        rig.Component(7, Fault);
        rig.PassDangers(4 * MinuteMs);
        rig.Component(7, 0);
        rig.Component(7, Fault);
        rig.PassDangers(4 * MinuteMs);
        Assert.Empty(rig.Store.Cases(new CaseQuery()));
    }

    [Fact]
    public void What_has_no_zone_shares_a_danger_by_kind_that_ends_with_the_last_of_it()
    {
        using FrameRig rig = new();
        rig.SystemStatus(1, 1 << 8);
        rig.SystemStatus(2, 1 << 8);
        rig.SystemStatus(2, (1 << 8) | (1 << 11));
        rig.BoxStatus(1 << 6);
        rig.PassDangers(6 * MinuteMs);
        Assert.Equal(
            ["Fault 0 Mains", "Fault 0 None", "Pump 0 PumpNotAuto"],
            rig.Store.Cases(new CaseQuery()).Select(one => $"{one.Trouble} {one.Zone} {one.ZoneKind}").Order(StringComparer.Ordinal));
        rig.SystemStatus(2, 1 << 11);
        Assert.Equal(3, rig.Store.Cases(new CaseQuery { OpenOnly = true }).Count);
        rig.SystemStatus(1, 0);
        Assert.Equal(
            [ZoneKind.None, ZoneKind.PumpNotAuto],
            rig.Store.Cases(new CaseQuery { OpenOnly = true }).Select(one => one.ZoneKind).Order());
        rig.BoxStatus(0);
        rig.SystemStatus(2, 0);
        Assert.Empty(rig.Store.Cases(new CaseQuery { OpenOnly = true }));
    }

    [Fact]
    public void Danger_ages_and_goes_on_over_a_restart_of_the_county()
    {
        using FrameRig rig = new();
        rig.Component(7, Fault);
        rig.Component(8, Fault);
        rig.Component(8, 0);
        rig.PassDangers(6 * MinuteMs);
        for (int hour = 0; hour < 25; hour++)
        {
            rig.PassDangers(HourMs);
        }

        rig.Restart();
        rig.PassDangers(HourMs);
        Assert.Single(rig.All, e => e.Record.Kind == EventKind.CaseOpened);
        StoredEvent aged = Assert.Single(rig.All, e => e.Record.Kind == EventKind.CaseAged);
        Assert.Equal((24 * 3_600, 1), (aged.Record.Value, aged.Record.Zone));
        rig.Component(9, Fault);
        rig.Restart();
        rig.PassDangers(6 * MinuteMs);
        Assert.Equal(2, rig.Store.Cases(new CaseQuery { OpenOnly = true }).Count);
        rig.Component(7, 0);
        rig.Component(9, 0);
        Assert.Empty(rig.Store.Cases(new CaseQuery { OpenOnly = true }));
    }

    [Fact]
    public void Box_that_is_registered_anew_begins_without_the_dangers_of_the_one_before()
    {
        using FrameRig rig = new();
        rig.Component(7, Fault);
        rig.PassDangers(6 * MinuteMs);
        string before = Assert.Single(rig.Store.Cases(new CaseQuery())).Id;
        Assert.True(rig.Store.RemovePeer(FrameRig.Station));
        Assert.True(rig.Store.AddPeer(FrameRig.Peer(FrameRig.Station, FrameRig.Address, life: 99)));
        rig.Pass(1_000);
        rig.Desk.Tick(rig.Now);
        rig.Component(7, Fault);
        rig.PassDangers(6 * MinuteMs);
        Assert.Equal(2, rig.Store.Cases(new CaseQuery { OpenOnly = true }).Count);

        // Nobody can say any more what of the first one is there.
        CaseDesk.Act(rig.Store, new CaseRequest { Case = before, Kind = CaseActKind.Close, By = "王" }, rig.NowMs);
        Assert.Equal(CaseState.Closed, rig.Store.Case(before)!.State);
    }

    [Fact]
    public void Box_that_falls_silent_is_a_case_until_it_is_heard()
    {
        using FrameRig rig = new();
        rig.Component(7, 0);
        for (int minute = 0; minute < 12; minute++)
        {
            rig.Pass(MinuteMs);
            rig.Desk.Tick(rig.Now);
        }

        Case silent = Assert.Single(rig.Store.Cases(new CaseQuery()));
        Assert.Equal((CaseClass.Silent, CaseState.Open, FrameRig.Station), (silent.Class, silent.State, silent.Station));
        rig.Component(7, 0);
        Assert.Equal(CaseState.Closed, rig.Store.Case(silent.Id)!.State);
    }

    [Fact]
    public void Frame_that_is_not_stored_leaves_no_trouble_behind()
    {
        using FrameRig rig = new();
        Assert.ThrowsAny<Exception>(() => rig.Desk.Enter(
            entry =>
            {
                new PeerBook(entry, rig.Memory).Enter(rig.Frame(FrameRig.UnitOf(UnitType.ComponentStatus, new UnitObject
                {
                    SystemType = 1, SystemAddress = 1, ComponentType = 40, ComponentAddress = 7, Status = Fault,
                })));
                throw new InvalidOperationException();
            },
            rig.Now));
        rig.Memory.TakeBack();
        rig.PassDangers(6 * MinuteMs);
        Assert.Empty(rig.Store.Cases(new CaseQuery()));
    }
}
