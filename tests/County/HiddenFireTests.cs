// Owns: that a broker which drops fires and passes heartbeats is found out.
// Must never: take what is merely on its way for dropped.

using Gateway.Contract;

namespace Gateway.County.Tests;

public class HiddenFireTests : StoreTests
{
    private readonly FakeGateway _gateway = new(330701);

    public HiddenFireTests()
        : base(null)
    {
    }

    private protected HiddenFireTests(PostgresFixture postgres)
        : base(postgres)
    {
    }

    [Theory]
    [InlineData(ConditionBits.Fire, 0u)]
    [InlineData(ConditionBits.None, 1u)]
    [InlineData(ConditionBits.Fire, 1u)]
    public void Heartbeat_that_tells_of_a_fire_which_does_not_come_is_an_alarm_after_30_s(ConditionBits conditions, uint last)
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        rig.Send(Beat(conditions, last));
        Pass(rig, 29_000);
        Assert.Empty(rig.Told.Escalations);
        Pass(rig, 2_000);
        Assert.Equal((EscalationLevel.Village, false), Assert.Single(rig.Told.Escalations));
        Pass(rig, 61_000);
        Assert.Equal(EscalationLevel.Township, Assert.Single(rig.Store.Escalations(openOnly: true)).Level);
    }

    [Fact]
    public void Records_that_come_in_time_or_one_after_the_other_are_no_alarm()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        rig.Send(Beat(ConditionBits.Fire, 4));
        Pass(rig, 25_000);

        // A long catching-up: each record that comes begins the wait anew.
        for (uint sequence = 1; sequence <= 4; sequence++)
        {
            EventRecord drill = _gateway.Record(Lane.Fire, sequence, EventKind.FireAlarm, r => r.Flags = EventFlags.Drill);
            rig.Send(_gateway.Batch(Lane.Fire, sequence - 1, drill));
            Pass(rig, 25_000);
            rig.Send(Beat(ConditionBits.Fire, 4));
        }

        Pass(rig, 120_000);
        Assert.Empty(rig.Told.Escalations);
        Assert.Equal(0, rig.State(_gateway)!.HiddenMs);
    }

    [Fact]
    public void Fire_that_comes_at_last_takes_the_alarm_over_with_its_level_and_its_time()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), Beat(ConditionBits.Fire, 1));
        Pass(rig, 31_000 + 70_000);
        rig.Send(_gateway.Batch(Lane.Fire, 0, 1));
        Escalation fire = Assert.Single(rig.Store.Escalations(openOnly: true));
        Assert.Equal((EscalationCause.Fire, EscalationLevel.Township, 1u), (fire.Cause, fire.Level, fire.Alarm.Sequence));
        Pass(rig, 180_000 - 70_000);
        Assert.Equal(EscalationLevel.County, Assert.Single(rig.Store.Escalations(openOnly: true)).Level);
        Escalation hidden = Assert.Single(rig.Store.Escalations(openOnly: false), e => e.Cause == EscalationCause.HiddenFire);
        Assert.Equal(EscalationEnd.Arrived, hidden.End);
    }

    [Fact]
    public void Alarm_comes_also_over_restarts_of_the_county()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), Beat(ConditionBits.None, 1));
        for (int i = 0; i < 4; i++)
        {
            Pass(rig, 8_000);
            rig.Restart();
        }

        Pass(rig, 1_000);
        Escalation hidden = Assert.Single(rig.Store.Escalations(openOnly: true));
        Assert.Equal((EscalationCause.HiddenFire, 0u), (hidden.Cause, hidden.Alarm.Sequence));
        rig.Restart();
        Pass(rig, 61_000);
        Assert.Equal(EscalationLevel.Township, Assert.Single(rig.Store.Escalations(openOnly: true)).Level);
    }

    [Fact]
    public void What_was_reset_before_the_next_heartbeat_is_no_alarm_and_what_comes_without_a_fire_ends_it()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Fire, 0, 1));
        Sent beat = Beat(ConditionBits.Fire, 1);
        EventRecord reset = _gateway.Record(Lane.Fire, 2, EventKind.Reset, r => r.UptimeMs += 1_000);
        rig.Send(beat, _gateway.Batch(Lane.Fire, 1, reset));
        Pass(rig, 120_000);
        Assert.Empty(rig.Store.Escalations(openOnly: true));
        rig.Send(Beat(ConditionBits.None, 3));
        Pass(rig, 31_000);
        Assert.Single(rig.Store.Escalations(openOnly: true));
        rig.Send(_gateway.Batch(Lane.Fire, 2, _gateway.Record(Lane.Fire, 3, EventKind.Linkage)), Beat(ConditionBits.None, 3));
        Assert.Empty(rig.Store.Escalations(openOnly: true));
    }

    [Theory]
    [InlineData(EventKind.FireAlarm, 0)]
    [InlineData(EventKind.Reset, 1)]
    public void Latch_that_outlives_its_store_is_no_alarm_where_the_store_before_told_the_fire_last(EventKind last, int alarms)
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Fire, 0, 1), _gateway.Batch(Lane.Fire, 1, _gateway.Record(Lane.Fire, 2, last)));
        _gateway.Epoch++;
        rig.Send(_gateway.NextSession(), Beat(ConditionBits.Fire, 0));
        Pass(rig, 61_000);
        Assert.Equal(alarms, rig.Store.Escalations(openOnly: true).Count(e => e.Cause == EscalationCause.HiddenFire));
    }

    /// <summary>A fire stood when the time was over, so that nothing more was told; its reset overtook what the broker hides.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fire_that_is_hidden_behind_a_reset_is_an_alarm_of_its_own_also_over_a_restart(bool restart)
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Fire, 0, 1), Beat(ConditionBits.Fire, 3));
        Pass(rig, 31_000);
        if (restart)
        {
            rig.Restart();
            Pass(rig, 2_000);
        }

        rig.Send(_gateway.Batch(Lane.Fire, 3, _gateway.Record(Lane.Fire, 4, EventKind.Reset)));
        Assert.Empty(rig.Store.Escalations(openOnly: true));
        rig.Send(Beat(ConditionBits.None, 4));
        Pass(rig, 31_000);
        rig.Send(Beat(ConditionBits.Fire, 5));
        Pass(rig, 31_000);
        Assert.Equal(EscalationCause.HiddenFire, Assert.Single(rig.Store.Escalations(openOnly: true)).Cause);
    }

    /// <summary>The wait that a restart found begins anew with what has come since.</summary>
    [Fact]
    public void Records_that_come_after_a_restart_begin_the_wait_anew()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Fire, 0, 1), Beat(ConditionBits.Fire, 4));
        Pass(rig, 31_000);
        rig.Restart();
        Pass(rig, 2_000);
        rig.Send(Beat(ConditionBits.Fire, 4));
        rig.Send(_gateway.Batch(Lane.Fire, 1, _gateway.Record(Lane.Fire, 2, EventKind.Reset)), Beat(ConditionBits.Fire, 4));
        Assert.Empty(rig.Store.Escalations(openOnly: true));
        Pass(rig, 31_000);
        Assert.Equal(EscalationCause.HiddenFire, Assert.Single(rig.Store.Escalations(openOnly: true)).Cause);
    }

    private static void Pass(Rig rig, int ms)
    {
        for (int passed = 0; passed < ms; passed += 1_000)
        {
            rig.NowMs += 1_000;
            rig.Desk.Tick(rig.Now);
        }
    }

    private Sent Beat(ConditionBits conditions, uint lastFire)
    {
        Heartbeat beat = new() { Conditions = conditions };
        beat.Last[(int)Lane.Fire] = lastFire;
        byte[] buffer = new byte[ContractLimits.MessageBytesMax];
        return _gateway.Seal(_gateway.Topics.Heartbeat, MessageType.Heartbeat, buffer, beat.Encode(buffer));
    }
}
