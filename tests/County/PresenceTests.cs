// Owns: the rules of who counts as present, and of replayed messages.
// Must never: accept that an old message changes what a newer one said.

using Gateway.Contract;

namespace Gateway.County.Tests;

public class PresenceTests : StoreTests
{
    private readonly FakeGateway _gateway = new(330701);

    public PresenceTests()
        : base(null)
    {
    }

    private protected PresenceTests(PostgresFixture postgres)
        : base(postgres)
    {
    }

    [Fact]
    public void Will_makes_the_station_offline_and_the_next_message_online_again()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        Assert.True(rig.State(_gateway)!.Online);
        Assert.Empty(rig.Send(_gateway.Will()));
        Assert.False(rig.State(_gateway)!.Online);
        rig.Send(_gateway.NextSession(), _gateway.Heartbeat());
        Assert.True(rig.State(_gateway)!.Online);
        Assert.Equal([PresenceChange.Online, PresenceChange.Offline, PresenceChange.Online], rig.Told.Presence.Select(p => p.Change));
    }

    [Fact]
    public void Station_that_is_removed_is_nowhere_present_any_more()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        rig.Desk.Tick(rig.Now);
        Assert.True(rig.Store.RemoveStation(_gateway.Station));
        Assert.Null(rig.State(_gateway));
        rig.NowMs += 1_000;
        rig.Desk.Tick(rig.Now);
        Assert.Equal([PresenceChange.Online, PresenceChange.Removed], rig.Told.Presence.Select(p => p.Change));

        // Its last words come to nothing, and a new one under its number begins from nothing.
        rig.Send(_gateway.Heartbeat());
        Assert.Null(rig.State(_gateway));
        Assert.True(rig.Store.AddStation(new FakeGateway(_gateway.Station, keySeed: 99).Registration));
        rig.NowMs += 1_000;
        rig.Desk.Tick(rig.Now);
        Assert.Null(rig.State(_gateway));
        Assert.Equal(2, rig.Told.Presence.Count);
    }

    [Fact]
    public void Station_that_is_removed_while_its_messages_wait_stores_its_fire_and_is_not_present_again()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        Sent[] last =
            [_gateway.Heartbeat(), _gateway.Batch(Lane.Fire, 0, 1), _gateway.Will(), _gateway.NextSession(), _gateway.Heartbeat()];
        SignedMessage[] waiting = [.. last.Select(sent => rig.Desk.Open(sent.Topic, sent.Payload, rig.Now)!)];
        Assert.True(rig.Store.RemoveStation(_gateway.Station));
        Array.ForEach(waiting, message => rig.Desk.Commit([message], rig.Now));
        rig.NowMs += CountyLimits.SilentAfterMs;
        rig.Desk.Tick(rig.Now);
        Assert.Single(rig.Events(_gateway));
        Assert.Equal([PresenceChange.Online, PresenceChange.Removed], rig.Told.Presence.Select(p => p.Change));
        Assert.Null(rig.State(_gateway));
    }

    [Fact]
    public void Hello_that_was_held_back_shows_no_dead_box_as_present()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        Sent[] heldBack = [_gateway.NextSession(), _gateway.NextSession(), _gateway.NextSession(), _gateway.NextSession()];
        int silentMs = new CountyOptions().SilentAfterMs;
        rig.Desk.Tick(rig.Now);
        rig.NowMs += silentMs + 1_000;
        rig.Desk.Tick(rig.Now);
        Assert.True(rig.State(_gateway)!.Silent);
        foreach (Sent hello in heldBack)
        {
            rig.Send(hello);
            rig.Desk.Tick(rig.Now);
            Assert.True(rig.State(_gateway)!.Silent);
            rig.NowMs += silentMs / 2;
        }

        Assert.Equal([PresenceChange.Online, PresenceChange.Silent], rig.Told.Presence.Select(p => p.Change));
        rig.Send(_gateway.NextSession(), _gateway.Heartbeat());
        Assert.Equal(PresenceChange.Online, rig.Told.Presence[^1].Change);
        Assert.False(rig.State(_gateway)!.Silent);
    }

    [Fact]
    public void Station_whose_heartbeats_are_ten_minutes_apart_is_silent_after_three_of_them()
    {
        FakeGateway slow = new(330709);
        using Rig rig = new(slow);
        rig.Send(slow.Hello(), slow.Heartbeat());
        void Pass(long ms)
        {
            for (long end = rig.NowMs + ms; rig.NowMs < end;)
            {
                rig.NowMs += 10_000;
                slow.UptimeMs += 10_000;
                rig.Desk.Tick(rig.Now);
            }
        }

        rig.Send(slow.Heartbeat());

        // How far apart they are is not known yet.
        Pass(600_000);
        Assert.Equal(PresenceChange.Silent, rig.Told.Presence[^1].Change);
        rig.Send(slow.Heartbeat());
        rig.Told.Presence.Clear();
        Pass(1_790_000);
        Assert.Empty(rig.Told.Presence);
        Pass(20_000);
        Assert.Equal((slow.Station, PresenceChange.Silent), Assert.Single(rig.Told.Presence));
    }

    [Fact]
    public void Heartbeats_that_are_lost_on_the_way_do_not_stretch_the_silence_that_goes_unnoticed()
    {
        // Goal: whoever holds heartbeats back makes the county no more patient. Method: a station that sends each 120 s; one heartbeat
        // comes, then each fifth. Its next start, and a start of its connection, are no distance between two heartbeats.
        FakeGateway slow = new(330709);
        using Rig rig = new(slow);
        rig.Send(slow.Hello(), slow.Heartbeat());
        Beat(120_000);
        Beat(600_000);
        Beat(600_000);
        Assert.Equal(360_000, SilentAfter());

        // The settings say 600 s from its next start on.
        slow.Boot++;
        slow.UptimeMs = 1_000;
        rig.Send(slow.NextSession(), slow.Heartbeat());
        Beat(600_000);
        Assert.Equal(1_800_000, SilentAfter());
        slow.UptimeMs += 10_000;
        rig.Send(slow.NextSession(), slow.Heartbeat());
        Assert.Equal(1_800_000, SilentAfter());

        void Beat(long afterMs)
        {
            rig.NowMs += afterMs;
            slow.UptimeMs += afterMs;
            rig.Send(slow.Heartbeat());
        }

        // How long the county waits from here on, to 10 s.
        long SilentAfter()
        {
            rig.Told.Presence.Clear();
            long sinceMs = rig.NowMs;
            while (!rig.Told.Presence.Any(p => p.Change == PresenceChange.Silent))
            {
                Assert.InRange(rig.NowMs - sinceMs, 0, 4_000_000);
                rig.NowMs += 10_000;
                rig.Desk.Tick(rig.Now);
            }

            long afterMs = rig.NowMs - sinceMs - 10_000;
            slow.UptimeMs += rig.NowMs - sinceMs;
            rig.Send(slow.NextSession(), slow.Heartbeat());
            return afterMs;
        }
    }

    [Fact]
    public void Will_of_an_older_session_changes_nothing()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        Sent will = _gateway.Will();
        rig.Send(_gateway.NextSession(), will);
        Assert.True(rig.State(_gateway)!.Online);
        Assert.Equal(1, rig.Refusals()[DecodeResult.WrongSession]);
    }

    [Fact]
    public void Will_counts_for_nothing_once_another_epoch_of_its_station_was_heard()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        Sent will = _gateway.Will();
        FakeGateway other = new(_gateway.Station) { Epoch = _gateway.Epoch + 1 };
        rig.Send(other.Hello(), other.Heartbeat());
        Assert.Empty(rig.Send(will));
        Assert.True(rig.State(_gateway)!.Online);
        Assert.Equal([PresenceChange.Online], rig.Told.Presence.Select(p => p.Change).Distinct());
        rig.Send(other.Will());
        Assert.False(rig.State(_gateway)!.Online);
    }

    [Fact]
    public void Will_replayed_does_not_send_a_living_station_away_again()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        Sent will = _gateway.Will();
        rig.Send(will);
        rig.Send(_gateway.Heartbeat());
        rig.Send(will);
        Assert.True(rig.State(_gateway)!.Online);
    }

    [Fact]
    public void Replayed_hello_heartbeat_and_batch_change_nothing()
    {
        using Rig rig = NewRig(_gateway);
        Sent hello = _gateway.Hello();
        Sent beat = _gateway.Heartbeat(ConditionBits.Fire);
        Sent batch = _gateway.Batch(Lane.Fire, 0, 1);
        rig.Send(hello, beat, batch);
        rig.Send(_gateway.Heartbeat(ConditionBits.Fault));
        StationState before = rig.State(_gateway)!;
        rig.NowMs += 5_000;
        Answered told = Answered.Read(_gateway, Assert.Single(rig.Send(hello, beat, batch)));
        Assert.Equal((MessageType.Refuse, DecodeResult.Replayed, _gateway.Boot + 1), (told.Type, told.Reason, told.BootAtLeast));
        StationState after = rig.State(_gateway)!;
        Assert.Equal((before.LastSeenMs, ConditionBits.Fault, true), (after.LastSeenMs, after.Conditions, after.Online));
        Assert.Equal(3, rig.Refusals()[DecodeResult.Replayed]);
        Assert.Single(rig.Events(_gateway));
        Assert.Equal(MessageType.Held, rig.SendOne(_gateway, _gateway.Heartbeat()).Type);
    }

    [Fact]
    public void Replayed_hello_of_an_older_session_does_not_reopen_it()
    {
        using Rig rig = NewRig(_gateway);
        Sent old = _gateway.Hello();
        rig.Send(old);
        rig.Send(_gateway.NextSession(), _gateway.Heartbeat());
        Answered answer = Answered.Read(_gateway, Assert.Single(rig.Send(old)));
        Assert.Equal((MessageType.Refuse, DecodeResult.WrongSession, 1u), (answer.Type, answer.Reason, answer.Session));
        Assert.Equal(MessageType.Held, rig.SendOne(_gateway, _gateway.Heartbeat()).Type);
    }

    [Fact]
    public void Gateway_that_lost_its_count_of_starts_is_told_where_to_go_on()
    {
        using Rig rig = NewRig(_gateway);
        _gateway.Boot = 9;
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        _gateway.Boot = 3;
        _gateway.Counter = 0;
        Answered refused = rig.SendOne(_gateway, _gateway.Hello());
        Assert.Equal((MessageType.Refuse, DecodeResult.WrongSession, 10u), (refused.Type, refused.Reason, refused.BootAtLeast));
        _gateway.Boot = refused.BootAtLeast;
        Assert.Equal(MessageType.Welcome, rig.SendOne(_gateway, _gateway.NextSession()).Type);
    }

    [Fact]
    public void Two_boxes_with_one_number_keep_their_events_apart_and_are_reported()
    {
        FakeGateway twin = new(330701) { Epoch = 99 };
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Fire, 0, 1));
        rig.Send(twin.Hello(), twin.Batch(Lane.Fire, 0, 1));
        rig.NowMs += CountyLimits.RefusalLineMs;
        rig.Send(_gateway.Heartbeat());
        Assert.Equal(2, rig.Events(_gateway).Count);
        Assert.Equal([EpochChange.Renewed, EpochChange.Returned], rig.Told.Epochs);
        Assert.Equal(0, rig.Store.States().Single().TwinsMs);
        rig.Send(twin.Heartbeat());
        rig.Send(_gateway.Heartbeat());
        Assert.Equal([EpochChange.Renewed, EpochChange.Returned, EpochChange.Twins], rig.Told.Epochs);
        StationState state = rig.Store.States().Single();
        Assert.Equal((_gateway.Epoch, 99u, rig.NowMs), (state.Epoch, state.EpochBefore, state.TwinsMs));
    }

    [Fact]
    public void Flash_that_is_good_again_after_lives_in_memory_is_no_second_box()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        for (uint epoch = 100; epoch < 103; epoch++)
        {
            FakeGateway inMemory = new(330701) { Epoch = epoch };
            rig.Send(inMemory.Hello());
            rig.NowMs += CountyLimits.RefusalLineMs;
            rig.Send(_gateway.Heartbeat());
            rig.NowMs += CountyLimits.RefusalLineMs;
        }

        Assert.DoesNotContain(EpochChange.Twins, rig.Told.Epochs);
        Assert.Equal(0, rig.Store.States().Single().TwinsMs);
        Assert.NotEqual(0, rig.Store.States().Single().RenewedMs);
    }

    [Fact]
    public void Silent_station_is_told_once_and_comes_back()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        int silentMs = new CountyOptions().SilentAfterMs;
        for (int i = 0; i < 5; i++)
        {
            rig.Desk.Tick(rig.Now);
            rig.NowMs += silentMs / 2;
        }

        rig.Send(_gateway.Heartbeat());
        Assert.Equal([PresenceChange.Online, PresenceChange.Silent, PresenceChange.Online], rig.Told.Presence.Select(p => p.Change));
    }

    [Theory]
    [InlineData(600_000)]
    [InlineData(-3_600_000)]
    public void Wall_clock_that_is_set_calls_no_living_station_silent_and_hides_no_dead_one(long stepMs)
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        rig.Desk.Tick(rig.Now);
        rig.StepClock(stepMs);
        rig.NowMs += 1_000;
        rig.Desk.Tick(rig.Now);
        Assert.False(rig.State(_gateway)!.Silent);
        rig.NowMs += new CountyOptions().SilentAfterMs;
        rig.Desk.Tick(rig.Now);
        Assert.True(rig.State(_gateway)!.Silent);
        Assert.Equal([PresenceChange.Online, PresenceChange.Silent], rig.Told.Presence.Select(p => p.Change));
        rig.Send(_gateway.Heartbeat());
        Assert.False(rig.State(_gateway)!.Silent);
    }

    [Theory]
    [InlineData(86_400_000)]
    [InlineData(-86_400_000)]
    public void Start_with_a_wrong_clock_finds_a_dead_station_as_soon_as_any_start_does(long errorMs)
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        rig.StepClock(errorMs);
        rig.Restart();
        rig.Desk.Tick(rig.Now);
        Assert.False(rig.State(_gateway)!.Silent);
        rig.NowMs += new CountyOptions().SilentAfterMs + 1_000;
        rig.Desk.Tick(rig.Now);
        Assert.True(rig.State(_gateway)!.Silent);
        rig.Restart();
        rig.NowMs += new CountyOptions().SilentAfterMs + 1_000;
        rig.Desk.Tick(rig.Now);
        Assert.Single(rig.Told.Presence, p => p.Change == PresenceChange.Silent);
    }

    [Fact]
    public void Silence_while_the_county_was_down_is_not_held_against_a_station()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        rig.NowMs += 10 * new CountyOptions().SilentAfterMs;
        rig.Restart();
        rig.Desk.Tick(rig.Now);
        Assert.Equal([PresenceChange.Online], rig.Told.Presence.Select(p => p.Change));
    }

    [Fact]
    public void Heartbeat_is_kept_with_all_its_fields()
    {
        using Rig rig = NewRig(_gateway);
        Heartbeat beat = new()
        {
            Conditions = (ConditionBits)0x3FFF,
            StationCode = 3,
            OpenCases = 255,
            ZonesFire = uint.MaxValue,
            ZonesFault = 2,
            ZonesDisabled = 3,
            ZonesTest = 4,
            ZonesSupervisory = 5,
            Connections = 6,
            Resends = 7,
            Refused = 8,
            SettingsCrc = 0xFFFFFFFE,
        };
        beat.Last[2] = 11;
        beat.Held[1] = 12;
        byte[] buffer = new byte[ContractLimits.MessageBytesMax];
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        rig.Send(_gateway.Seal(_gateway.Topics.Heartbeat, MessageType.Heartbeat, buffer, beat.Encode(buffer)));
        rig.Restart();
        StationState s = rig.State(_gateway)!;
        Assert.Equal(((ConditionBits)0x3FFF, 3, 255), (s.Conditions, s.StationCode, s.OpenCases));
        Assert.Equal((uint.MaxValue, 2u, 3u, 4u, 5u), (s.ZonesFire, s.ZonesFault, s.ZonesDisabled, s.ZonesTest, s.ZonesSupervisory));
        Assert.Equal((6u, 7u, 8u, 0xFFFFFFFEu), (s.Connections, s.Resends, s.Refused, s.SettingsCrc));
        Assert.Equal((11u, 12u, "0.1.0"), (s.Last[2], s.ToldHeld[1], s.Firmware));
    }
}
