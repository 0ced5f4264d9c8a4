// Owns: which frame each kind of event of a station of ours becomes.
// Must never: leave out a kind: what is not forwarded is in the list too.

using System.Net;
using Gateway.Contract;
using Gateway.County;
using Gateway.County.Gb26875;
using Gateway.Gb26875;
using Gateway.Tests.Support;

namespace Gateway.Tests.CountyGb26875;

public class ForwardMapTests
{
    private static readonly CentreProfile s_centre = ForwardTests.Profile(new IPEndPoint(IPAddress.Loopback, 1));

    [Theory]
    [InlineData(EventKind.FireAlarm, ZoneKind.Smoke, "component 40 at 3: 0003")]
    [InlineData(EventKind.FireAlarm, ZoneKind.CallPoint, "component 23 at 3: 0003; operation 2")]
    [InlineData(EventKind.FireRestored, ZoneKind.Smoke, "component 40 at 3: 0001")]
    [InlineData(EventKind.PreAlarm, ZoneKind.Heat, "component 30 at 3: 0011")]
    [InlineData(EventKind.Fault, ZoneKind.Gas, "component 10 at 3: 0005")]
    [InlineData(EventKind.FaultRestored, ZoneKind.Gas, "component 10 at 3: 0001")]
    [InlineData(EventKind.Fault, ZoneKind.Mains, "box: 0009")]
    [InlineData(EventKind.FaultRestored, ZoneKind.Battery, "box: 0001")]
    [InlineData(EventKind.Supervisory, ZoneKind.SignalValve, "component 97 at 3: 0011")]
    [InlineData(EventKind.SupervisoryRestored, ZoneKind.FlowSwitch, "component 96 at 3: 0001")]
    [InlineData(EventKind.Disabled, ZoneKind.Smoke, "component 40 at 3: 0009")]
    [InlineData(EventKind.DisablementEnded, ZoneKind.Smoke, "component 40 at 3: 0001")]
    [InlineData(EventKind.Activated, ZoneKind.PumpRun, "component 91 at 3: 0021")]
    [InlineData(EventKind.Deactivated, ZoneKind.PumpRun, "component 91 at 3: 0001")]
    [InlineData(EventKind.Silenced, ZoneKind.None, "operation 1")]
    [InlineData(EventKind.Reset, ZoneKind.None, "operation 0")]
    [InlineData(EventKind.SelfTest, ZoneKind.None, "operation 4")]
    [InlineData(EventKind.DutyCheckAnswered, ZoneKind.None, "operation 5")]
    public void Each_kind_becomes_its_frames(EventKind kind, ZoneKind zoneKind, string frames) =>
        Assert.Equal(frames, Frames(Event(kind, zoneKind)));

    [Fact]
    public void No_other_kind_is_forwarded()
    {
        HashSet<EventKind> told =
        [
            EventKind.FireAlarm, EventKind.FireRestored, EventKind.PreAlarm, EventKind.Fault, EventKind.FaultRestored,
            EventKind.Supervisory,
            EventKind.SupervisoryRestored, EventKind.Disabled, EventKind.DisablementEnded, EventKind.Activated, EventKind.Deactivated,
            EventKind.Silenced, EventKind.Reset, EventKind.SelfTest, EventKind.DutyCheckAnswered, EventKind.Linkage,
        ];
        for (EventKind kind = EventKind.FireAlarm; kind <= EventKind.Loss; kind++)
        {
            Assert.Equal(told.Contains(kind), Frames(Event(kind, ZoneKind.Smoke)).Length > 0);
        }
    }

    [Fact]
    public void Faults_of_the_box_and_outputs_have_their_own_frames()
    {
        Assert.Equal("box: 0021", Frames(Event(EventKind.Fault, ZoneKind.None, zone: 0, a: (int)FaultCause.Box, b: (int)BoxFault.Link)));
        Assert.Equal("box: 0005", Frames(Event(EventKind.Fault, ZoneKind.None, zone: 0, a: (int)FaultCause.Box, b: (int)BoxFault.Flash)));
        Assert.Equal("component 86 at 65538: 0021", Frames(Event(EventKind.Linkage, ZoneKind.None, a: 2, b: 1)));
        Assert.Equal("component 86 at 65538: 0001", Frames(Event(EventKind.Linkage, ZoneKind.None, a: 2, b: 0)));
    }

    [Fact]
    public void What_could_not_be_read_of_a_box_is_no_state_of_it()
    {
        PeerOrigin unread = new() { Part = new PeerPartKey(330_701, PeerPart.Box, 0, 0, 0), Unit = [200, 1, 2] };
        Assert.Equal("", Frames(Event(EventKind.Fault, ZoneKind.None, zone: 0, a: (int)FaultCause.NotRead), origin: unread));
    }

    [Fact]
    public void Drills_and_tests_are_told_only_to_who_looks_at_bit_zero()
    {
        StoredEvent drill = Event(EventKind.FireAlarm, ZoneKind.Smoke, flags: EventFlags.Drill);
        StoredEvent test = Event(EventKind.TestActivation, ZoneKind.Smoke);
        CentreProfile literal = s_centre with { Flags = PeerFlags.TestBitMeantLiterally };
        Assert.Equal("", Frames(drill));
        Assert.Equal("", Frames(test));
        Assert.Equal("", Frames(drill, literal));
        Assert.Equal("", Frames(drill, s_centre with { Drills = true }));
        Assert.Equal("component 40 at 3: 0002", Frames(drill, literal with { Drills = true }));
        Assert.Equal("component 40 at 3: 0002", Frames(test, literal));
    }

    [Fact]
    public void A_bare_profile_leaves_bit_zero_out() =>
        Assert.Equal(
            "component 40 at 3: 0002",
            Frames(Event(EventKind.FireAlarm, ZoneKind.Smoke), s_centre with { Flags = PeerFlags.BareStatus }));

    [Fact]
    public void A_boxs_own_bits_go_on_as_they_came_and_a_persons_act_as_an_act()
    {
        PeerOrigin origin = new() { Part = new PeerPartKey(330_701, PeerPart.System, 11, 2, 0), Bit = 11 };
        Assert.Equal("system 11-2: 0801", Frames(Event(EventKind.Supervisory, ZoneKind.PumpNotAuto, zone: 0), origin: origin));
        Assert.Equal("system 11-2: 0001", Frames(Event(EventKind.SupervisoryRestored, ZoneKind.PumpNotAuto, zone: 0), origin: origin));
        PeerOrigin component = new() { Part = new PeerPartKey(330_701, PeerPart.Component, 1, 1, 9), ComponentType = 42, Bit = 1 };
        Assert.Equal("component 42 at 9: 0003", Frames(Event(EventKind.FireAlarm, ZoneKind.Smoke), origin: component));
        PeerOrigin person = new() { Part = new PeerPartKey(330_701, PeerPart.Box, 0, 0, 0), Bit = 2 };
        StoredEvent manual = Event(EventKind.FireAlarm, ZoneKind.CallPoint, zone: 0, flags: EventFlags.ByPerson);
        Assert.Equal("box: 0003; operation 2", Frames(manual, origin: person));
        StoredEvent test = Event(EventKind.TestActivation, ZoneKind.Smoke, flags: EventFlags.Test);
        CentreProfile literal = s_centre with { Flags = PeerFlags.TestBitMeantLiterally };
        Assert.Equal("component 42 at 9: 0002", Frames(test, literal, component with { Bit = 16 }));
    }

    [Theory]
    [InlineData("金塘厂房", "", "金塘厂房 3号 330726101003")]
    [InlineData("金塘厂房", "厨房", "金塘厂房 3号厨房 330726101003")]
    [InlineData("金塘厂房", "二楼东侧走廊尽头的值班室外", "金塘厂房 3号二楼东侧走廊尽头的")]
    [InlineData("金塘街道东风村微型消防站一号厂房", "", "金塘街道东风村微型消防站一 3号")]
    [InlineData("金塘街道东风村微型消防站一号厂房", "二楼东侧走廊尽头", "金塘街道东风村微 3号二楼东侧走")]
    public void The_text_says_station_and_zone_by_name_and_the_village_where_it_fits(string name, string zoneName, string text)
    {
        StationRegistration station = FrameRig.Peer(330_701, default).AsStation;
        station = new StationRegistration
        {
            Station = 330_701, County = station.County, Township = station.Township, Village = station.Village, Name = name,
            Key = station.Key,
        };
        ForwardStep step = Assert.Single(ForwardMap.Steps(Event(EventKind.FireAlarm, ZoneKind.Smoke), null, s_centre));
        UnitReader reader = new(ForwardUnit.Of(step, 3, default, station, zoneName, null, s_centre));
        Assert.True(reader.Next(out UnitObject one));
        Assert.Equal(text, FrameText.Read(one.Text));
    }

    private static StoredEvent Event(EventKind kind, ZoneKind zoneKind, int zone = 3, int a = 1, int b = 0,
        EventFlags flags = EventFlags.None) => new()
    {
        Record = new EventRecord
        {
            Station = 330_701, Epoch = 1, Boot = 1, Sequence = 1, LaneNumber = (Lane)Math.Max(0, (int)EventKinds.LaneOf(kind)), Kind = kind,
            Zone = zone,
            ZoneKind = zoneKind, A = a, B = b, Flags = flags,
        },
        Raw = [],
        County = "330726",
        Township = "330726101",
        Village = "330726101003",
        ReceivedMs = 1,
    };

    private static string Frames(StoredEvent stored, CentreProfile? centre = null, PeerOrigin? origin = null)
    {
        centre ??= s_centre;
        List<string> frames = [];
        foreach (ForwardStep step in ForwardMap.Steps(stored, origin, centre))
        {
            UnitReader reader = new(ForwardUnit.Of(step, ForwardMap.Status(step, 0), default, null, "", null, centre));
            Assert.True(reader.Next(out UnitObject one));
            Assert.Equal(UnitFault.None, reader.Fault);
            frames.Add(reader.Type switch
            {
                UnitType.ComponentStatus => $"component {one.ComponentType} at {one.ComponentAddress}: {one.Status:X4}",
                UnitType.SystemStatus => $"system {one.SystemType}-{one.SystemAddress}: {one.Status:X4}",
                UnitType.BoxStatus => $"box: {one.Status:X4}",
                _ => $"operation {System.Numerics.BitOperations.Log2(one.Operation)}",
            });
        }

        return string.Join("; ", frames);
    }
}
