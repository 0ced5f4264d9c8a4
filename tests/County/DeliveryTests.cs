// Owns: the rules of storing once and acknowledging after the commit.
// Must never: look at the county's inside; only at its answers and its tables.

using Gateway.Contract;

namespace Gateway.County.Tests;

public class DeliveryTests : StoreTests
{
    private readonly FakeGateway _gateway = new(330701);

    public DeliveryTests()
        : base(null)
    {
    }

    private protected DeliveryTests(PostgresFixture postgres)
        : base(postgres)
    {
    }

    [Fact]
    public void Hello_is_answered_with_what_is_held_and_with_the_clock()
    {
        using Rig rig = NewRig(_gateway);
        Answered answer = rig.SendOne(_gateway, _gateway.Hello());
        Assert.Equal(MessageType.Welcome, answer.Type);
        Assert.Equal([0u, 0u, 0u], answer.Held);
        Assert.Equal(rig.NowMs, answer.UtcMs);
    }

    [Fact]
    public void Batch_is_stored_with_all_its_fields_and_then_held()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello());
        _gateway.UtcMs = 1_779_999_990_000;
        EventRecord record = _gateway.Record(Lane.Fire, 1, change: r =>
        {
            r.OtherZone = 9;
            r.Rule = 12;
            r.Value = -5;
            r.Unit = Unit.DeciCelsius;
            r.A = int.MinValue;
            r.B = -1;
            r.C = 7;
            r.Flags = EventFlags.Drill | (EventFlags)0x8000;
        });
        Answered answer = rig.SendOne(_gateway, _gateway.Batch(Lane.Fire, 0, record));
        Assert.Equal(MessageType.Held, answer.Type);
        Assert.Equal([1u, 0u, 0u], answer.Held);
        StoredEvent stored = Assert.Single(rig.Events(_gateway));
        byte[] bytes = new byte[EventRecord.Size];
        record.Encode(bytes, 0);
        Assert.Equal(bytes, stored.Raw);
        byte[] fromFields = new byte[EventRecord.Size];
        stored.Record.Encode(fromFields, 0);
        Assert.Equal(bytes, fromFields);
        Assert.Equal((FakeGateway.County, FakeGateway.Township, FakeGateway.Village), (stored.County, stored.Township, stored.Village));
        Assert.Equal((rig.NowMs, record.UtcMs, UtcQuality.Synchronised), (stored.ReceivedMs, stored.TimeMs, stored.TimeQuality));
        Assert.Single(rig.Told.StoredEvents);
    }

    [Fact]
    public void Repeat_is_harmless_and_answered()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello());
        rig.Send(_gateway.Batch(Lane.Fire, 0, 1, 2));
        Answered again = rig.SendOne(_gateway, _gateway.Batch(Lane.Fire, 0, 1, 2));
        Assert.Equal(2u, again.Held[(int)Lane.Fire]);
        Assert.Equal([1u, 2u], rig.Sequences(_gateway, Lane.Fire));
        Assert.Equal(2, rig.Told.StoredEvents.Count);
        Assert.Empty(rig.Store.Conflicts());
    }

    [Fact]
    public void Repeat_inside_one_group_is_harmless()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Fire, 0, 1, 2), _gateway.Batch(Lane.Fire, 0, 1, 2, 3));
        Assert.Equal([1u, 2u, 3u], rig.Sequences(_gateway, Lane.Fire));
        Assert.Equal(3u, rig.Held(_gateway, Lane.Fire));
        Assert.Empty(rig.Store.Conflicts());
    }

    [Fact]
    public void Held_does_not_pass_a_batch_that_has_not_come()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello());
        Answered early = rig.SendOne(_gateway, _gateway.Batch(Lane.Condition, 2, 3, 4));
        Assert.Equal(0u, early.Held[(int)Lane.Condition]);
        Answered first = rig.SendOne(_gateway, _gateway.Batch(Lane.Condition, 0, 1, 2));
        Assert.Equal(2u, first.Held[(int)Lane.Condition]);
        Answered again = rig.SendOne(_gateway, _gateway.Batch(Lane.Condition, 2, 3, 4));
        Assert.Equal(4u, again.Held[(int)Lane.Condition]);
        Assert.Equal([1u, 2u, 3u, 4u], rig.Sequences(_gateway, Lane.Condition));
    }

    [Fact]
    public void Held_is_counted_by_station_epoch_and_lane()
    {
        FakeGateway other = new(330702);
        using Rig rig = NewRig(_gateway, other);
        rig.Send(_gateway.Hello(), other.Hello(), _gateway.Batch(Lane.Fire, 0, 1, 2), other.Batch(Lane.Fire, 0, 1));
        Assert.Equal([2u, 0u, 0u], rig.SendOne(_gateway, _gateway.Heartbeat()).Held);
        Assert.Equal([1u, 0u, 0u], rig.SendOne(other, other.Heartbeat()).Held);
        _gateway.Epoch = 78;
        Assert.Equal([0u, 0u, 0u], rig.SendOne(_gateway, _gateway.Hello()).Held);
        rig.Send(_gateway.Batch(Lane.Fire, 0, 1));
        Assert.Equal(3, rig.Events(_gateway).Count);
        Assert.Equal([EpochChange.Renewed], rig.Told.Epochs);
    }

    [Fact]
    public void One_held_answers_all_batches_of_a_group()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello());
        IReadOnlyList<Outgoing> answers = rig.Send(
            _gateway.Batch(Lane.Fire, 0, 1), _gateway.Batch(Lane.Condition, 0, 1, 2), _gateway.Batch(Lane.Routine, 0, 1));
        Answered answer = Answered.Read(_gateway, Assert.Single(answers));
        Assert.Equal([1u, 2u, 1u], answer.Held);
    }

    [Fact]
    public void Heartbeat_is_answered_so_that_a_standby_path_is_known_to_live()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Routine, 0, 1));
        Answered answer = rig.SendOne(_gateway, _gateway.Heartbeat());
        Assert.Equal(MessageType.Held, answer.Type);
        Assert.Equal([0u, 0u, 1u], answer.Held);
    }

    [Fact]
    public void County_killed_between_commit_and_answer_neither_doubles_nor_loses()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello());
        rig.Send(_gateway.Batch(Lane.Fire, 0, 1, 2));
        rig.Restart();
        Answered answer = rig.SendOne(_gateway, _gateway.Batch(Lane.Fire, 0, 1, 2));
        Assert.Equal(2u, answer.Held[(int)Lane.Fire]);
        Assert.Equal([1u, 2u], rig.Sequences(_gateway, Lane.Fire));
    }

    [Fact]
    public void Restarted_county_goes_on_with_the_open_session()
    {
        using Rig rig = NewRig(_gateway);
        Answered welcome = rig.SendOne(_gateway, _gateway.Hello());
        rig.Restart();
        Answered held = rig.SendOne(_gateway, _gateway.Batch(Lane.Fire, 0, 1));
        Assert.Equal((MessageType.Held, 1u), (held.Type, held.Held[(int)Lane.Fire]));
        Assert.True(held.Counter > welcome.Counter);
    }

    [Fact]
    public void Counter_of_answers_rises_over_restarts_restores_and_a_clock_set_back()
    {
        using Rig rig = NewRig(_gateway);
        uint last = rig.SendOne(_gateway, _gateway.Hello()).Counter;
        string backup = rig.Backup();
        for (int i = 0; i < 20; i++)
        {
            uint counter = rig.SendOne(_gateway, _gateway.Heartbeat()).Counter;
            Assert.True(counter > last);
            last = counter;
            rig.NowMs -= i == 5 ? 86_400_000 : 0;
            if (i % 7 == 0)
            {
                rig.Restart();
            }
        }

        rig.Restore(backup);
        rig.NowMs += 86_400_000 + 60_000;
        uint restored = rig.SendOne(_gateway, _gateway.NextSession()).Counter;
        Assert.True(restored > last);
    }

    [Fact]
    public void Restored_backup_tells_the_lower_number_and_takes_the_rest_again()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Fire, 0, 1, 2));
        string backup = rig.Backup();
        rig.Send(_gateway.Batch(Lane.Fire, 2, 3, 4, 5));
        Assert.Equal(5u, rig.Held(_gateway, Lane.Fire));
        rig.Restore(backup);
        Answered welcome = rig.SendOne(_gateway, _gateway.NextSession());
        Assert.Equal(2u, welcome.Held[(int)Lane.Fire]);
        rig.Send(_gateway.Batch(Lane.Fire, 2, 3, 4, 5));
        Assert.Equal([1u, 2u, 3u, 4u, 5u], rig.Sequences(_gateway, Lane.Fire));
        Assert.Equal(5u, rig.Held(_gateway, Lane.Fire));
    }

    [Fact]
    public void Backup_restored_in_the_middle_of_a_session_is_noticed_by_the_next_heartbeat()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Fire, 0, 1, 2));
        string backup = rig.Backup();
        rig.Send(_gateway.Batch(Lane.Fire, 2, 3, 4));
        rig.Restore(backup);
        Answered answer = rig.SendOne(_gateway, _gateway.Heartbeat(held: [4, 0, 0]));
        Assert.Equal((MessageType.Refuse, DecodeResult.WrongSession), (answer.Type, answer.Reason));
        Assert.Equal(2u, rig.SendOne(_gateway, _gateway.NextSession()).Held[(int)Lane.Fire]);
    }

    [Fact]
    public void Backup_restored_in_the_middle_of_a_session_is_noticed_by_a_fire_which_is_kept()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Fire, 0, 1, 2));
        string backup = rig.Backup();
        rig.Send(_gateway.Batch(Lane.Fire, 2, 3, 4));
        rig.Restore(backup);
        List<Answered> answers = [.. rig.Send(_gateway.Batch(Lane.Fire, 4, 5)).Select(a => Answered.Read(_gateway, a))];
        Assert.Equal([MessageType.Held, MessageType.Refuse], answers.Select(a => a.Type));
        Assert.Equal([1u, 2u, 5u], rig.Sequences(_gateway, Lane.Fire));
        Assert.Equal(2u, answers[0].Held[(int)Lane.Fire]);
    }

    [Fact]
    public void Batch_of_a_session_whose_hello_is_missing_is_kept_and_a_hello_is_asked_for()
    {
        using Rig rig = NewRig(_gateway);
        List<Answered> answers = [.. rig.Send(_gateway.Batch(Lane.Fire, 0, 1)).Select(a => Answered.Read(_gateway, a))];
        Assert.Equal([MessageType.Held, MessageType.Refuse], answers.Select(a => a.Type));
        Assert.Equal(1u, answers[0].Held[(int)Lane.Fire]);
        Assert.Equal((DecodeResult.WrongSession, 0u), (answers[1].Reason, answers[1].BootAtLeast));
        Assert.Equal([1u], rig.Sequences(_gateway, Lane.Fire));
        Assert.Null(rig.State(_gateway)?.LastSeenMs is > 0 ? "present" : null);
        Answered welcome = rig.SendOne(_gateway, _gateway.NextSession());
        Assert.Equal((MessageType.Welcome, 1u), (welcome.Type, welcome.Held[(int)Lane.Fire]));
    }

    [Fact]
    public void Heartbeat_of_a_session_whose_hello_is_missing_is_refused_so_that_the_gateway_says_hello()
    {
        using Rig rig = NewRig(_gateway);
        Answered answer = rig.SendOne(_gateway, _gateway.Heartbeat());
        Assert.Equal((MessageType.Refuse, DecodeResult.WrongSession), (answer.Type, answer.Reason));
    }

    [Fact]
    public void Repeated_record_may_bring_a_better_time_and_nothing_else()
    {
        using Rig rig = NewRig(_gateway);
        EventRecord blind = _gateway.Record(Lane.Fire, 1);
        EventRecord timed = _gateway.Record(Lane.Fire, 1, change: r =>
        {
            r.UtcMs = 1_779_000_000_000;
            r.UtcQuality = UtcQuality.BackFilled;
        });
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Fire, 0, blind));
        rig.Send(_gateway.Batch(Lane.Fire, 0, timed));
        StoredEvent stored = Assert.Single(rig.Events(_gateway));
        Assert.Equal((1_779_000_000_000, UtcQuality.BackFilled), (stored.TimeMs, stored.Record.UtcQuality));
        rig.Send(_gateway.Batch(Lane.Fire, 0, blind));
        StoredEvent still = Assert.Single(rig.Events(_gateway));
        Assert.Equal((stored.TimeMs, stored.Record.UtcQuality), (still.TimeMs, still.Record.UtcQuality));
        Assert.Equal(stored.Raw, still.Raw);
        Assert.Empty(rig.Store.Conflicts());
    }
}
