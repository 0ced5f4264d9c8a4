// Owns: which events the frames of a box become.
// Must never: ask the code under test what is right.

using System.Net;
using Gateway.Contract;
using Gateway.County;
using Gateway.County.Gb26875;
using Gateway.Gb26875;

namespace Gateway.Tests.CountyGb26875;

public class FrameEventTests
{
    [Fact]
    public void A_fire_and_its_end_become_two_events_whatever_bit_zero_says()
    {
        foreach ((int on, int off) in ((int, int)[])[(2, 0), (3, 1), (2, 1), (3, 0)])
        {
            using FrameRig rig = new();
            Assert.Equal(Reply.Confirm, rig.Component(7, on));
            Assert.Equal(Reply.Confirm, rig.Component(7, off));
            Assert.Equal(["fire-alarm 1", "fire-restored 1"], rig.Events);
        }
    }

    [Fact]
    public void Each_changed_bit_becomes_an_event_and_an_equal_status_none()
    {
        using FrameRig rig = new();
        rig.Component(7, 0b0_0001_0100);
        rig.Component(7, 0b0_0001_0100);
        rig.Component(7, 0b0_0000_1110);
        rig.Component(7, 0b1_0110_0000);
        rig.Component(7, 0);
        Assert.Equal(
            [
                "fault 1", "supervisory 1", "fire-alarm 1", "shielded 1", "supervisory-restored 1",
                "fire-restored 1", "fault-restored 1", "shield-ended 1", "activated 1", "activated 1", "fault 1",
                "deactivated 1", "deactivated 1", "fault-restored 1",
            ],
            Sorted(rig));
    }

    [Fact]
    public void A_part_is_known_by_its_address_and_not_by_its_kind()
    {
        using FrameRig rig = new();
        rig.Component(7, 2, type: 40);
        rig.Component(8, 2, type: 23);
        rig.Component(7, 0, type: 0);
        Assert.Equal(["fire-alarm 1", "fire-alarm 2", "fire-restored 1"], rig.Events);
        StoredEvent[] fires = [.. rig.All.Where(e => e.Record.Kind == EventKind.FireAlarm)];
        Assert.Equal([ZoneKind.Smoke, ZoneKind.CallPoint], fires.Select(e => e.Record.ZoneKind));
        Assert.Equal([EventFlags.FirstAlarm, EventFlags.None], fires.Select(e => e.Record.Flags));
        Assert.Equal([Severity.General, Severity.Larger], fires.Select(e => e.Record.Severity));
        Assert.Equal(7u, rig.Store.Origin(fires[0].Key)!.Part.Component);
    }

    [Fact]
    public void Events_have_lane_number_place_and_a_record_that_decodes()
    {
        using FrameRig rig = new();
        rig.Component(7, 6);
        rig.Component(7, 0);
        foreach (StoredEvent stored in rig.All)
        {
            EventRecord record = new();
            Assert.Equal(DecodeResult.Ok, record.Decode(stored.Raw, 0, stored.Raw.Length));
            Assert.Equal((stored.Record.Kind, stored.Record.Sequence, FrameRig.Station), (record.Kind, record.Sequence, record.Station));
            Assert.Equal(EventKinds.LaneOf(stored.Record.Kind), stored.Record.LaneNumber);
            Assert.Equal("330726101003", stored.Village);
        }

        Assert.Equal([1u, 2u], rig.All.Where(e => e.Record.LaneNumber == Lane.Fire).Select(e => e.Record.Sequence).Order());
        Assert.Equal([1u, 2u], rig.All.Where(e => e.Record.LaneNumber == Lane.Condition).Select(e => e.Record.Sequence).Order());
        Assert.Empty(rig.Store.Gaps(null));
        Assert.All(rig.Store.Lanes(FrameRig.Station), lane => Assert.Equal((2u, 2u), (lane.State.Held, lane.State.Highest)));
    }

    [Fact]
    public void A_literal_bit_zero_makes_a_test_of_a_fire_only_where_the_profile_says_so()
    {
        using FrameRig rig = new(PeerFlags.TestBitMeantLiterally);
        rig.Component(7, 2);
        rig.Component(7, 3);
        rig.Component(7, 1);
        Assert.Equal(["test-activation 1", "fire-alarm 1", "fire-restored 1"], Sorted(rig));
        Assert.Equal(EventFlags.Test, rig.All.Single(e => e.Record.Kind == EventKind.TestActivation).Record.Flags);
        Assert.Single(rig.Escalations, one => one.Escalation.End == EscalationEnd.None);
    }

    [Fact]
    public void A_fire_that_goes_on_when_its_box_is_put_into_test_is_not_restored()
    {
        using FrameRig rig = new(PeerFlags.TestBitMeantLiterally);
        rig.Component(7, 3);
        rig.Component(7, 2);
        Assert.Equal(["fire-alarm 1"], rig.Events);
        rig.Component(7, 0);
        rig.Component(7, 2);
        Assert.Equal(["fire-alarm 1", "fire-restored 1", "test-activation 1"], rig.Events);
    }

    [Fact]
    public void A_fire_that_signals_on_after_a_reset_is_a_new_alarm()
    {
        using FrameRig rig = new();
        rig.Component(7, 2);
        rig.Operation(UnitType.SystemOperation, OperationBits.Reset);
        rig.Component(7, 2);
        Assert.Equal(["fire-alarm 1", "reset 0", "fire-alarm 1"], rig.Events);
        Assert.Equal(1, rig.All.Single(e => e.Record.Kind == EventKind.Reset).Record.A);
    }

    [Theory]
    [InlineData(UnitType.BoxOperation, OperationBits.Reset, "reset")]
    [InlineData(UnitType.BoxOperation, OperationBits.Silence, "silenced")]
    [InlineData(UnitType.BoxOperation, OperationBits.ManualAlarm, "fire-alarm")]
    [InlineData(UnitType.BoxOperation, OperationBits.AlarmCleared, "acknowledged")]
    [InlineData(UnitType.BoxOperation, OperationBits.SelfTest, "self-test")]
    [InlineData(UnitType.BoxOperation, OperationBits.Acknowledge, "duty-check-answered")]
    [InlineData(UnitType.SystemOperation, OperationBits.Acknowledge, "acknowledged")]
    [InlineData(UnitType.SystemOperation, OperationBits.Test, "key-pressed")]
    public void Operations_become_events_of_a_person(UnitType type, OperationBits what, string kind)
    {
        using FrameRig rig = new();
        rig.Operation(type, what);
        StoredEvent one = Assert.Single(rig.All);
        Assert.Equal((kind, EventFlags.ByPerson), (EventKinds.Code(one.Record.Kind), one.Record.Flags & EventFlags.ByPerson));
        Assert.Equal("3", rig.Store.Origin(one.Key)!.Text);
        Assert.EndsWith(" 操作员3", OriginText.Of(rig.Store.Origin(one.Key), byPerson: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1 << 8, "fault mains")]
    [InlineData(1, 1 << 9, "fault battery")]
    [InlineData(1, 1 << 10, "fault panel-alarm")]
    [InlineData(1, 1 << 11, "supervisory pump-not-auto")]
    [InlineData(21, 1 << 1, "fire-alarm panel-alarm")]
    [InlineData(21, 1 << 3, "fault mains")]
    [InlineData(21, 1 << 4, "fault battery")]
    [InlineData(21, 1 << 5, "fault panel-alarm")]
    [InlineData(21, 1 << 6, "fault panel-alarm")]
    public void Bits_of_systems_and_of_the_box_become_what_they_say(byte type, int status, string what)
    {
        using FrameRig rig = new();
        rig.Send(FrameRig.UnitOf((UnitType)type, new UnitObject { SystemType = 11, Status = (ushort)status, Time = rig.Time }));
        EventRecord one = Assert.Single(rig.All).Record;
        Assert.Equal(what, $"{EventKinds.Code(one.Kind)} {ZoneKinds.Code(one.ZoneKind)}");

        // Whoever reads the list sees which fault it is.
        int bit = System.Numerics.BitOperations.Log2((uint)status);
        string name = type == 1 ? BitNames.System[bit] : BitNames.Box[bit];
        Assert.Equal(bit > 2, OriginText.Of(rig.Store.Origin(rig.All[0].Key), byPerson: false).Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public void The_boxs_time_is_believed_within_a_day_before_and_ten_minutes_after_receipt()
    {
        foreach ((double hours, bool believed) in
            ((double, bool)[])[(0, true), (-23.9, true), (-24.1, false), (0.15, true), (0.2, false), (-24 * 365, false)])
        {
            using FrameRig rig = new();
            FrameTime told = FrameTime.Of(DateTimeOffset.FromUnixTimeMilliseconds(rig.NowMs).AddHours(hours));
            rig.Component(7, 2, time: told);
            StoredEvent one = Assert.Single(rig.All);
            Assert.True(told.TryGetMoment(out DateTimeOffset moment));
            Assert.Equal(believed ? moment.ToUnixTimeMilliseconds() : one.ReceivedMs, one.TimeMs);
            Assert.Equal(believed ? UtcQuality.Synchronised : UtcQuality.Unknown, one.TimeQuality);
            Assert.Equal(moment.ToUnixTimeMilliseconds(), rig.Store.Origin(one.Key)!.ToldMs);
        }
    }

    [Fact]
    public void Every_form_of_heartbeat_is_a_sign_of_life_and_no_event()
    {
        using FrameRig rig = new(PeerFlags.OneByteHeartbeat);
        Assert.Equal(Reply.Confirm, rig.Send([]));
        Assert.Equal(Reply.Confirm, rig.Send([Heartbeats.UserType, 1, 0]));
        Assert.Equal(Reply.ConfirmHeartbeat, rig.Send([Heartbeats.OneByte]));
        Assert.Equal(Reply.Confirm, rig.Send([21, 1, 1]));
        Assert.Empty(rig.Events);
        Assert.Equal([PresenceChange.Online], rig.Presence);
        Assert.True(rig.Store.States().Single(s => s.Station == FrameRig.Station).Online);
    }

    [Fact]
    public void A_box_that_says_nothing_is_silent_and_comes_back_by_its_next_frame()
    {
        using FrameRig rig = new();
        rig.Send([]);
        rig.Desk.Tick(rig.Now);
        rig.Pass(new CountyOptions().SilentAfterMs + 1);
        rig.Desk.Tick(rig.Now);
        Assert.Equal([PresenceChange.Online, PresenceChange.Silent], rig.Presence);
        rig.Send([]);
        Assert.Equal([PresenceChange.Online, PresenceChange.Silent, PresenceChange.Online], rig.Presence);
    }

    [Fact]
    public void What_cannot_be_read_is_a_fault_with_its_bytes_once_a_minute_and_counted()
    {
        using FrameRig rig = new();
        byte[] unit = [200, 1, 9, 9, 9];
        Assert.Equal(Reply.Confirm, rig.Send(unit));
        Assert.Equal(Reply.Confirm, rig.Send([2, 1, 1, 1]));
        rig.Pass(60_000);
        rig.Send([2, 1, 1, 1, 1]);
        StoredEvent[] faults = rig.All;
        Assert.Equal([1, 2], faults.Select(e => e.Record.Value));
        Assert.All(faults, e => Assert.Equal((EventKind.Fault, (int)FaultCause.NotRead), (e.Record.Kind, e.Record.A)));
        Assert.Equal(unit, rig.Store.Origin(faults[0].Key)!.Unit);
    }

    [Fact]
    public void What_cannot_be_read_and_came_last_is_told_when_the_minute_is_over()
    {
        using FrameRig rig = new();
        using PeerReceiver receiver = new(new IPEndPoint(IPAddress.Loopback, 0), () => { });
        LoneLink link = new(receiver.Door);
        receiver.Work(rig.Desk, rig.Now);
        for (byte i = 1; i <= 3; i++)
        {
            rig.Pass(1_000);
            link.Take(BoxTests.Frame(889, i, FrameCommand.Send, [200, 1, i]));
            receiver.Work(rig.Desk, rig.Now);
        }

        Assert.Equal([1], rig.All.Select(e => e.Record.Value));
        for (int i = 0; i < 3; i++)
        {
            rig.Pass(60_000);
            receiver.Work(rig.Desk, rig.Now);
        }

        Assert.Equal([1, 2], rig.All.Select(e => e.Record.Value));
        Assert.Equal([200, 1, 3], rig.Store.Origin(rig.All[^1].Key)!.Unit.Select(one => (int)one));
    }

    [Fact]
    public void A_fire_before_rubbish_in_the_same_unit_is_a_fire()
    {
        using FrameRig rig = new();
        byte[] unit = FrameRig.UnitOf(UnitType.ComponentStatus, new UnitObject { ComponentAddress = 4, Status = 2, Time = rig.Time });
        unit[1] = 2;
        rig.Send([.. unit, 1, 2, 3]);
        Assert.Equal(["fire-alarm 1", "fault 0"], rig.Events);
    }

    [Fact]
    public void Reserved_commands_are_denied_and_the_users_are_kept_without_an_answer()
    {
        using FrameRig rig = new();
        Assert.Equal(Reply.Deny, rig.Send([], command: (FrameCommand)9));
        Assert.Equal(Reply.Deny, rig.Send([], command: FrameCommand.Request));
        Assert.Equal(Reply.None, rig.Send([1, 2, 3], command: (FrameCommand)130));
        Assert.Equal(["fault 0"], rig.Events);
    }

    [Fact]
    public void An_alarm_waits_for_an_answer_and_goes_up_like_a_stations_own()
    {
        using FrameRig rig = new();
        rig.Component(7, 2);
        rig.Desk.Tick(rig.Now);
        rig.Pass(60_000);
        rig.Desk.Tick(rig.Now);
        Assert.Equal(
            [EscalationLevel.Village, EscalationLevel.Township], rig.Escalations.Select(one => one.Escalation.Level).Distinct());
        rig.Operation(UnitType.BoxOperation, OperationBits.Reset);
        Assert.Equal(EscalationEnd.Reset, rig.Escalations[^1].Escalation.End);
        Assert.Empty(rig.Store.Escalations(openOnly: true));
    }

    [Fact]
    public void A_duty_check_that_nobody_answers_is_missed_also_over_a_restart()
    {
        using FrameRig rig = new();
        rig.Desk.Enter(entry => entry.Peers.PutDutyCheck(FrameRig.Station, 2), rig.Now);
        rig.Restart();
        using PeerReceiver receiver = new(new IPEndPoint(IPAddress.Loopback, 0), () => { });
        receiver.Work(rig.Desk, rig.Now);
        rig.Pass(119_000);
        receiver.Work(rig.Desk, rig.Now);
        Assert.Empty(rig.Events);
        rig.Pass(1_000);
        receiver.Work(rig.Desk, rig.Now);
        receiver.Work(rig.Desk, rig.Now);
        Assert.Equal((EventKind.DutyCheckMissed, 120), Assert.Single(rig.All.Select(e => (e.Record.Kind, e.Record.Value))));
    }

    [Fact]
    public void A_zone_beyond_32_is_never_taken_for_answered()
    {
        using FrameRig rig = new();
        for (uint i = 1; i <= 33; i++)
        {
            rig.Component(i, 0);
        }

        rig.Component(1, 2);
        rig.Operation(UnitType.SystemOperation, OperationBits.Acknowledge);
        rig.Component(33, 2);
        Assert.Contains(rig.Store.Escalations(openOnly: true), one => one.Zone == 33);
    }

    [Fact]
    public void Many_parts_in_one_unit_become_one_transaction_of_events()
    {
        using FrameRig rig = new();
        UnitWriter unit = new(new byte[FrameLayout.UnitBytesMax], UnitType.ComponentStatus);
        for (uint i = 0; i < 22; i++)
        {
            Assert.True(unit.TryAdd(new UnitObject { ComponentAddress = i, Status = 2, Time = rig.Time }));
        }

        rig.Send(unit.Written.ToArray());
        Assert.Equal(22, rig.Events.Length);
        Assert.Equal(1, rig.All.Count(e => e.Record.Flags.HasFlag(EventFlags.FirstAlarm)));
    }

    private static string[] Sorted(FrameRig rig) =>
        [.. rig.All.OrderBy(e => e.ReceivedMs).ThenBy(e => e.Record.LaneNumber).ThenBy(e => e.Record.Sequence)
            .Select(e => $"{EventKinds.Code(e.Record.Kind)} {e.Record.Zone}")];
}
