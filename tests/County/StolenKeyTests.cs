// Owns: what somebody can do who has a station's key, and that its end is the end of the harm.
// Must never: hold a fire of the honest box for told that was not escalated.

using Gateway.Contract;

namespace Gateway.County.Tests;

public class StolenKeyTests : StoreTests
{
    private readonly FakeGateway _honest = new(330701) { Boot = 12 };
    private readonly FakeGateway _thief = new(330701);

    public StolenKeyTests()
        : base(null)
    {
    }

    private protected StolenKeyTests(PostgresFixture postgres)
        : base(postgres)
    {
    }

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(uint.MaxValue - 1)]
    [InlineData(1_000_000_000u)]
    public void Hello_of_an_impossible_start_does_not_lock_the_station_out(uint boot)
    {
        using Rig rig = NewRig(_honest);
        rig.Send(_honest.Hello());
        _thief.Boot = boot;
        Answered refused = rig.SendOne(_thief, _thief.Hello());
        Assert.Equal(
            (MessageType.Refuse, DecodeResult.WrongSession, _honest.Boot + 1), (refused.Type, refused.Reason, refused.BootAtLeast));
        Assert.Equal(MessageType.Welcome, rig.SendOne(_honest, _honest.NextSession()).Type);
        Assert.Equal(MessageType.Held, rig.SendOne(_honest, _honest.Batch(Lane.Fire, 0, 1)).Type);
    }

    [Fact]
    public void Drills_stored_under_the_numbers_of_fires_to_come_hide_no_fire()
    {
        using Rig rig = NewRig(_honest);
        rig.Send(_honest.Hello());
        rig.Send(_honest.Batch(Lane.Fire, 0, 1));
        Answer(rig, 2);
        Assert.Empty(rig.Store.Escalations(openOnly: true));
        Assert.Empty(rig.Told.Trouble);

        // A session that was never opened, with the numbers that come next.
        _thief.Boot = 13;
        rig.Send(_thief.Batch(Lane.Fire, 2, [.. Enumerable.Range(3, 8).Select(i => Drill((uint)i))]));
        rig.Told.StoredEvents.Clear();
        rig.Told.Escalations.Clear();

        _honest.UptimeMs += 1_000_000;
        EventRecord fire = _honest.Record(Lane.Fire, 3, EventKind.FireAlarm, r => r.Zone = 5);
        Answered answer = rig.SendOne(_honest, _honest.Batch(Lane.Fire, 2, fire));
        Assert.True(answer.Held[(int)Lane.Fire] >= 3);
        Escalation open = Assert.Single(rig.Store.Escalations(openOnly: true));
        Assert.Equal((5, 3u), (open.Zone, open.Alarm.Sequence));
        Assert.Equal((EscalationLevel.Village, false), Assert.Single(rig.Told.Escalations));
        Assert.Equal(5, Assert.Single(rig.Told.StoredEvents).Record.Zone);

        // Sent again it is the same fire.
        rig.Send(_honest.Batch(Lane.Fire, 2, fire));
        Assert.Single(rig.Told.StoredEvents);
        rig.NowMs += 61_000;
        rig.Desk.Tick(rig.Now);
        Assert.Equal(EscalationLevel.Township, Assert.Single(rig.Store.Escalations(openOnly: true)).Level);
    }

    [Fact]
    public void Box_that_restarts_for_ever_and_a_county_of_a_year_ago_meet()
    {
        using Rig rig = NewRig(_honest);
        rig.Send(_honest.Hello());
        string yearOld = rig.Backup();

        // Once a second for a year, and a few losses of its count.
        rig.NowMs += 365L * 86_400_000;
        _honest.Boot += 365 * 86_400 + 3 * ContractLimits.SequenceJump;
        Assert.Equal(MessageType.Welcome, rig.SendOne(_honest, _honest.NextSession()).Type);
        rig.Restore(yearOld);
        Assert.Equal(MessageType.Welcome, rig.SendOne(_honest, _honest.NextSession()).Type);
    }

    [Fact]
    public void Box_goes_on_above_the_highest_start_that_a_thief_may_say()
    {
        using Rig rig = NewRig(_honest);
        rig.Send(_honest.Hello());
        uint highest = (uint)((rig.NowMs - RisingNumber.FromMs) / 1000) + CountyLimits.BootsAboveClock;
        _thief.Boot = highest + 1;
        Assert.Equal(MessageType.Refuse, rig.SendOne(_thief, _thief.Hello()).Type);
        _thief.Boot = highest;
        Assert.Equal(MessageType.Welcome, rig.SendOne(_thief, _thief.Hello()).Type);
        Answered refused = rig.SendOne(_honest, _honest.NextSession());
        Assert.Equal((MessageType.Refuse, highest + 1), (refused.Type, refused.BootAtLeast));
        _honest.Boot = refused.BootAtLeast;
        rig.NowMs += 1_000;
        Assert.Equal(MessageType.Welcome, rig.SendOne(_honest, _honest.NextSession()).Type);
    }

    [Fact]
    public void Old_database_in_which_a_thief_left_the_largest_start_is_cured_by_a_key_that_replaces_the_stolen_one()
    {
        using Rig rig = NewRig(_honest);
        using (IStoreTransaction rows = rig.Store.Begin())
        {
            rows.Put(new SessionState
            {
                Station = _honest.Station, Epoch = _honest.Epoch, Boot = uint.MaxValue, Session = uint.MaxValue, Counter = 1,
            });
            rows.Commit();
        }

        // There is none above it: the county asks for this one.
        Answered refused = rig.SendOne(_honest, _honest.Hello());
        Assert.Equal((MessageType.Refuse, DecodeResult.WrongSession, uint.MaxValue), (refused.Type, refused.Reason, refused.BootAtLeast));
        FakeGateway renewed = Replace(rig);
        LookAtRegistry(rig);
        Assert.Equal(MessageType.Welcome, rig.SendOne(renewed, renewed.Hello()).Type);
        Assert.Equal(MessageType.Held, rig.SendOne(renewed, renewed.Batch(Lane.Fire, 0, 1)).Type);
    }

    [Fact]
    public void Replaced_key_ends_at_once_also_for_what_waits_and_leaves_no_session_behind()
    {
        using Rig rig = NewRig(_honest);
        rig.Send(_honest.Hello(), _honest.Batch(Lane.Fire, 0, 1));
        _thief.Boot = 90_000_000;
        Sent hello = _thief.Hello();
        SignedMessage waits = rig.Desk.Open(hello.Topic, hello.Payload, rig.Now)!;
        FakeGateway renewed = Replace(rig);
        Assert.Empty(rig.Desk.Commit([waits], rig.Now));
        Assert.Equal(1, rig.Refusals()[DecodeResult.WrongSignature]);
        Assert.Empty(rig.Send(_thief.NextSession()));
        Assert.Equal(1u, rig.SendOne(renewed, renewed.Hello()).Held[(int)Lane.Fire]);
        Assert.Equal(MessageType.Held, rig.SendOne(renewed, renewed.Heartbeat()).Type);
        Assert.Single(rig.Events(_honest));
    }

    [Fact]
    public void Removed_and_added_station_has_no_session_of_its_former_key()
    {
        using Rig rig = NewRig(_honest);
        _thief.Boot = 90_000_000;
        rig.Send(_thief.Hello());
        Assert.True(rig.Store.RemoveStation(_honest.Station));
        FakeGateway renewed = new(_honest.Station, keySeed: 99) { Boot = 12 };
        Assert.True(rig.Store.AddStation(renewed.Registration));
        rig.NowMs += 1_000;
        rig.Desk.Tick(rig.Now);
        Assert.Equal(MessageType.Welcome, rig.SendOne(renewed, renewed.Hello()).Type);
    }

    [Fact]
    public void What_came_under_the_stolen_key_is_doubtful_and_answers_no_fire()
    {
        using Rig rig = NewRig(_honest);
        rig.Send(_honest.Hello(), _honest.Heartbeat());
        long stolenMs = rig.NowMs += 60_000;
        _thief.Boot = 13;

        // An answer to the fire that is to come, by the count that the box will have.
        rig.Send(_thief.Hello());
        rig.Send(_thief.Batch(Lane.Fire, 0, _thief.Record(Lane.Fire, 1, EventKind.Acknowledged, r => r.A = -1)));
        rig.NowMs += 60_000;
        FakeGateway renewed = Replace(rig, stolenMs);
        renewed.Boot = 13;
        renewed.UptimeMs = 2_000;
        LookAtRegistry(rig);
        rig.Send(renewed.Hello());
        rig.Send(renewed.Batch(Lane.Fire, 1, 2));
        Assert.Single(rig.Store.Escalations(openOnly: true));
        Doubt doubt = Assert.Single(rig.Store.Doubts());
        Assert.Equal(
            [true, false],
            rig.Events(_honest).OrderBy(e => e.Record.Sequence).Select(e => doubt.Covers(e.Record.Station, e.ReceivedMs)));
    }

    [Fact]
    public void Session_that_was_never_opened_stores_a_bounded_number_of_records_and_every_fire()
    {
        using Rig rig = NewRig(_honest);
        rig.Send(_honest.Hello());
        _thief.Boot = 13;
        for (uint first = 1; first < 2_000; first += 16)
        {
            rig.Send(_thief.Batch(Lane.Fire, first - 1, [.. Enumerable.Range(0, 16).Select(i => Drill(first + (uint)i))]));
        }

        Assert.Equal(CountyLimits.UnopenedRecordsMax, rig.Events(_honest).Count);
        Assert.Equal((uint)CountyLimits.UnopenedRecordsMax, rig.Held(_honest, Lane.Fire));

        // A real one among them is shown at once, and the gateway is asked to begin anew before any of it is called held.
        rig.Told.StoredEvents.Clear();
        Answered refused = rig.SendOne(_thief, _thief.Batch(Lane.Fire, 5_000, Drill(5_001), _thief.Record(Lane.Fire, 5_002)));
        Assert.Equal((MessageType.Refuse, DecodeResult.WrongSession, 0u), (refused.Type, refused.Reason, refused.BootAtLeast));
        Assert.Equal(5_002u, Assert.Single(rig.Told.StoredEvents).Record.Sequence);
        Assert.Single(rig.Store.Escalations(openOnly: true));

        // The box itself is not kept out: its session is opened, and what it sends then is stored.
        _honest.Boot = 14;
        rig.Send(_honest.NextSession());
        uint held = rig.Held(_honest, Lane.Routine);
        rig.Send(_honest.Batch(Lane.Routine, held, held + 1));
        Assert.Single(rig.Sequences(_honest, Lane.Routine));
        _thief.Boot = 15;
        Assert.Equal(2, rig.Send(_thief.Batch(Lane.Condition, 0, 1)).Count);
    }

    [Fact]
    public void Fire_is_shown_and_escalated_also_when_all_places_for_conflicts_are_taken()
    {
        using Rig rig = NewRig(_honest);
        rig.Send(_honest.Hello());
        for (int i = 0; i < 2 * CountyLimits.ConflictsPerKeyMax; i++)
        {
            int value = i;
            rig.Send(_honest.Batch(
                Lane.Fire, 0, _honest.Record(Lane.Fire, 1, EventKind.FireAlarm, r => (r.Flags, r.Value) = (EventFlags.Drill, value))));
        }

        rig.Told.StoredEvents.Clear();
        EventRecord fire = _honest.Record(Lane.Fire, 1, EventKind.FireAlarm, r => r.Zone = 7);
        rig.Send(_honest.Batch(Lane.Fire, 0, fire));
        rig.Send(_honest.Batch(Lane.Fire, 0, fire));
        Assert.Equal(7, Assert.Single(rig.Told.StoredEvents).Record.Zone);
        Assert.Equal(7, Assert.Single(rig.Store.Escalations(openOnly: true)).Zone);
        Assert.Equal(7, Assert.Single(rig.Store.ConflictingFires(new EventQuery())).Record.Zone);
    }

    [Fact]
    public void Fire_under_a_taken_name_is_a_fire_whatever_came_first_and_a_drill_is_none()
    {
        using Rig rig = NewRig(_honest);
        rig.Send(_honest.Hello());
        EventRecord Fire(int zone, EventFlags flags) =>
            _honest.Record(Lane.Fire, 1, EventKind.FireAlarm, r => (r.Zone, r.Flags) = (zone, flags));
        rig.Send(_honest.Batch(Lane.Fire, 0, Fire(1, EventFlags.None)));
        Answer(rig, 2);
        rig.Send(_honest.Batch(Lane.Fire, 0, Fire(1, EventFlags.Drill)));
        Assert.Empty(rig.Store.Escalations(openOnly: true));
        rig.Send(_honest.Batch(Lane.Fire, 0, Fire(2, EventFlags.None)));
        rig.Send(_honest.Batch(Lane.Fire, 0, Fire(1, EventFlags.Drill)), _honest.Batch(Lane.Fire, 0, Fire(2, EventFlags.Drill)));
        Assert.Equal(2, Assert.Single(rig.Store.Escalations(openOnly: true)).Zone);
        Assert.Equal([1, 2], rig.Told.StoredEvents.Where(e => e.Record.Kind == EventKind.FireAlarm).Select(e => e.Record.Zone));
    }

    [Fact]
    public void Number_that_no_box_can_have_come_to_is_held_by_nobody_and_its_fire_is_shown()
    {
        using Rig rig = NewRig(_honest);
        rig.Send(_honest.Hello(), _honest.Batch(Lane.Fire, 0, 1));
        _thief.Boot = 13;
        const uint Last = ContractLimits.SequenceMax;
        rig.Send(_thief.Hello());
        rig.Send(_thief.Batch(Lane.Fire, 1, _thief.Loss(Lane.Fire, 2, 1, uint.MaxValue), _thief.Record(Lane.Fire, Last)));
        rig.Send(_thief.Batch(Lane.Condition, 0, _thief.Record(Lane.Condition, Last)));
        Assert.Equal([1u, 2u, Last], rig.Sequences(_honest, Lane.Fire));
        Assert.Empty(rig.Sequences(_honest, Lane.Condition));
        Assert.Contains(rig.Told.StoredEvents, e => e.Record.Sequence == Last);
        Assert.Equal(2, rig.Refusals()[DecodeResult.OutOfRange]);
        Assert.Empty(rig.Store.Gaps(_honest.Station));

        // The box goes on where it was: it is not told that the end of its numbers is held.
        _honest.Boot = 14;
        Assert.Equal([1u, 0u, 0u], rig.SendOne(_honest, _honest.NextSession()).Held);
        Assert.Equal(2u, rig.SendOne(_honest, _honest.Batch(Lane.Fire, 1, 2)).Held[(int)Lane.Fire]);
        Assert.Equal(1u, rig.SendOne(_honest, _honest.Batch(Lane.Condition, 0, 1)).Held[(int)Lane.Condition]);

        // And above what is possible, if somebody comes to that.
        uint highest = (uint)((rig.NowMs - RisingNumber.FromMs) / 1000) + CountyLimits.SequencesAboveClock;
        Assert.Equal(highest, rig.SendOne(_honest, _honest.Batch(Lane.Fire, 2, highest)).Held[(int)Lane.Fire]);
        rig.Told.StoredEvents.Clear();
        Assert.Equal(highest, rig.SendOne(_honest, _honest.Batch(Lane.Fire, highest, highest + 1)).Held[(int)Lane.Fire]);
        Assert.Single(rig.Told.StoredEvents);
        rig.NowMs += 1_000;
        Assert.Equal(highest + 1, rig.SendOne(_honest, _honest.Batch(Lane.Fire, highest, highest + 1)).Held[(int)Lane.Fire]);
        Assert.Single(rig.Told.StoredEvents);
    }

    private static void LookAtRegistry(Rig rig)
    {
        rig.NowMs += 60_000;
        rig.Desk.Tick(rig.Now);
    }

    private FakeGateway Replace(Rig rig, long? sinceMs = null)
    {
        FakeGateway renewed = new(_honest.Station, keySeed: 99) { Boot = 12 };
        Assert.True(rig.Store.ReplaceKey(_honest.Station, new StationKey(renewed.Key), "hash", rig.NowMs, sinceMs));
        return renewed;
    }

    private EventRecord Drill(uint sequence) =>
        _thief.Record(Lane.Fire, sequence, EventKind.FireAlarm, r => r.Flags = EventFlags.Drill);

    private void Answer(Rig rig, uint sequence) => rig.Send(_honest.Batch(
        Lane.Fire, sequence - 1, _honest.Record(Lane.Fire, sequence, EventKind.Acknowledged, r => r.A = 1 << (r.Zone - 1))));
}
