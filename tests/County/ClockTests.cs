// Owns: the rules of when an event happened.
// Must never: depend on the order in which messages came.

using Gateway.Contract;

namespace Gateway.County.Tests;

public class ClockTests : StoreTests
{
    private const long StartMs = 1_779_000_000_000;
    private readonly FakeGateway _gateway = new(330701);

    public ClockTests()
        : base(null)
    {
    }

    private protected ClockTests(PostgresFixture postgres)
        : base(postgres)
    {
    }

    [Fact]
    public void Events_before_the_first_clock_are_completed_when_it_becomes_known()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), Batch(1, uptimeMs: 5_000));
        _gateway.UptimeMs = 60_000;
        _gateway.UtcMs = StartMs + 60_000;
        rig.Send(_gateway.Heartbeat());
        StoredEvent stored = Assert.Single(rig.Events(_gateway));
        Assert.Equal((StartMs + 5_000, UtcQuality.BackFilled), (stored.TimeMs, stored.TimeQuality));
        Assert.Equal((0L, UtcQuality.Unknown), (stored.Record.UtcMs, stored.Record.UtcQuality));
    }

    [Fact]
    public void Events_that_come_after_the_clock_is_known_are_completed_at_once()
    {
        using Rig rig = NewRig(_gateway);
        _gateway.UptimeMs = 60_000;
        _gateway.UtcMs = StartMs + 60_000;
        rig.Send(_gateway.Hello());
        _gateway.UtcMs = 0;
        rig.Restart();
        rig.Send(Batch(1, uptimeMs: 5_000));
        Assert.Equal(StartMs + 5_000, Assert.Single(rig.Events(_gateway)).TimeMs);
    }

    [Fact]
    public void Moment_whose_time_is_0_is_none()
    {
        using Rig rig = NewRig(_gateway);
        EventRecord blind = _gateway.Record(Lane.Routine, 1, change: r => r.UptimeMs = 2_000);
        EventRecord zero = _gateway.Record(Lane.Routine, 2, EventKind.ClockSet, r =>
        {
            r.UptimeMs = 9_000;
            r.UtcMs = 0;
            r.UtcQuality = UtcQuality.Synchronised;
        });
        _gateway.UptimeMs = 12_000;
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Routine, 0, blind, zero));
        StoredEvent first = rig.Events(_gateway).Single(e => e.Record.Sequence == 1);
        Assert.Equal((rig.NowMs - 10_000, UtcQuality.BackFilled), (first.TimeMs, first.TimeQuality));
    }

    [Fact]
    public void Record_that_tells_its_time_completes_its_boot_and_no_other()
    {
        using Rig rig = NewRig(_gateway);
        EventRecord blind = _gateway.Record(Lane.Routine, 1, change: r => r.UptimeMs = 2_000);
        EventRecord timed = _gateway.Record(Lane.Routine, 2, EventKind.ClockSet, r =>
        {
            r.UptimeMs = 9_000;
            r.UtcMs = StartMs + 9_000;
            r.UtcQuality = UtcQuality.Synchronised;
        });
        EventRecord next = _gateway.Record(Lane.Routine, 3, change: r => r.Boot = 2);
        _gateway.Boot = 5;
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Routine, 0, blind, timed, next));
        List<StoredEvent> events = [.. rig.Events(_gateway).OrderBy(e => e.Record.Sequence)];
        Assert.Equal((StartMs + 2_000, UtcQuality.BackFilled), (events[0].TimeMs, events[0].TimeQuality));
        Assert.Equal((StartMs + 9_000, UtcQuality.Synchronised), (events[1].TimeMs, events[1].TimeQuality));
        Assert.Equal((rig.NowMs, UtcQuality.Unknown), (events[2].TimeMs, events[2].TimeQuality));
    }

    [Fact]
    public void Without_any_gateway_clock_the_open_session_is_timed_by_receipt_until_a_better_clock_comes()
    {
        using Rig rig = NewRig(_gateway);
        _gateway.UptimeMs = 30_000;
        rig.Send(_gateway.Hello(), Batch(1, uptimeMs: 10_000));
        Assert.Equal((rig.NowMs - 20_000, UtcQuality.BackFilled), Told(rig));
        _gateway.UptimeMs = 31_000;
        _gateway.UtcMs = StartMs + 31_000;
        rig.Send(_gateway.Heartbeat());
        Assert.Equal((StartMs + 10_000, UtcQuality.BackFilled), Told(rig));
    }

    [Fact]
    public void Time_does_not_depend_on_the_order_of_the_clocks()
    {
        (long UptimeMs, long UtcMs)[] moments = [(10_000, StartMs + 10_000), (20_000, StartMs + 86_400_000), (40_000, StartMs + 41_000)];
        foreach (int[] order in (int[][])[[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0]])
        {
            FakeGateway gateway = new(330701);
            using Rig rig = NewRig(gateway);
            gateway.UptimeMs = 2_000;
            rig.Send(gateway.Hello(), gateway.Batch(Lane.Fire, 0, 1));
            foreach (int i in order)
            {
                (gateway.UptimeMs, gateway.UtcMs) = moments[i];
                rig.Send(gateway.Heartbeat());
            }

            Assert.Equal(StartMs + 2_000, Assert.Single(rig.Events(gateway)).TimeMs);
        }
    }

    [Fact]
    public void Time_before_the_beginning_is_no_time()
    {
        using Rig rig = NewRig(_gateway);
        _gateway.UptimeMs = 1_000_000;
        _gateway.UtcMs = 500;
        rig.Send(_gateway.Hello());
        _gateway.UtcMs = 0;
        rig.Send(Batch(1, uptimeMs: 5));
        Assert.Equal((rig.NowMs, UtcQuality.Unknown), Told(rig));
    }

    [Fact]
    public void Events_are_listed_in_the_order_of_their_resolved_time()
    {
        using Rig rig = NewRig(_gateway);
        EventRecord later = _gateway.Record(Lane.Fire, 1, change: r => r.UptimeMs = 9_000);
        EventRecord earlier = _gateway.Record(Lane.Routine, 1, change: r => r.UptimeMs = 3_000);
        _gateway.UptimeMs = 20_000;
        _gateway.UtcMs = StartMs + 20_000;
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Fire, 0, later), _gateway.Batch(Lane.Routine, 0, earlier));
        Assert.Equal([Lane.Routine, Lane.Fire], rig.Events(_gateway).Select(e => e.Record.LaneNumber));
        EventQuery window = new() { Station = _gateway.Station, SinceMs = StartMs + 3_000, UntilMs = StartMs + 9_000 };
        Assert.Equal(Lane.Routine, Assert.Single(rig.Store.Events(window)).Record.LaneNumber);
        Assert.Equal(Lane.Fire, Assert.Single(rig.Store.Events(new EventQuery { NewestMax = 1 })).Record.LaneNumber);
    }

    [Fact]
    public void Clocks_at_their_limits_are_kept_and_do_no_harm()
    {
        using Rig rig = NewRig(_gateway);
        _gateway.UtcMs = Bytes.U48Max;
        _gateway.UptimeMs = Bytes.U48Max;
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Fire, 0, 1));
        Assert.Equal(Bytes.U48Max, Assert.Single(rig.Events(_gateway)).TimeMs);
    }

    private static (long, UtcQuality) Told(Rig rig)
    {
        StoredEvent stored = Assert.Single(rig.Store.Events(new EventQuery()));
        return (stored.TimeMs, stored.TimeQuality);
    }

    private Sent Batch(uint sequence, long uptimeMs) =>
        _gateway.Batch(Lane.Fire, sequence - 1, _gateway.Record(Lane.Fire, sequence, change: r => r.UptimeMs = uptimeMs));
}
