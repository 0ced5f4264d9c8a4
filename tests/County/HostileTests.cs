// Owns: what a station with a good key can make of the county's work, and that the others don't wait for it.
// Must never: judge by real time: messages, groups and rows are counted.

using Gateway.Contract;

namespace Gateway.County.Tests;

public class HostileTests : StoreTests
{
    // Calls and rows in the groups between a fire's arrival and its commit: what a group of honest messages costs as well.
    private const int WorkOfGroupMax = 4_000;
    private const int Gaps = 4_000;
    private readonly FakeGateway _thief = new(330701);
    private readonly FakeGateway _other = new(330702);

    public HostileTests()
        : base(null)
    {
    }

    private protected HostileTests(PostgresFixture postgres)
        : base(postgres)
    {
    }

    [Fact]
    public void Losses_over_very_many_gaps_hold_up_no_other_stations_fire()
    {
        using Rig rig = NewRig(_thief, _other);
        Turns turns = new(rig);
        turns.Add(_thief.Hello(), _other.Hello());
        turns.AllCommitted();

        // Every second sequence: as many gaps as records.
        uint last = 0;
        while (last < 2 * Gaps)
        {
            uint first = last + 2;
            turns.Add(_thief.Batch(Lane.Condition, last, [.. Enumerable.Range(0, 16).Select(i => first + 2 * (uint)i)]));
            last += 32;
            turns.AllCommitted();
        }

        // Each reports all of them lost, or half of those that the one before it left.
        turns.Add(_thief.Batch(
            Lane.Condition, last,
            [.. Enumerable.Range(1, 16).Select(i => _thief.Loss(Lane.Condition, last + (uint)i, 1, last >> (16 - i)))]));
        turns.Add(_other.Batch(Lane.Fire, 0, 1));
        int work = turns.WorkUntil(() => rig.Held(_other, Lane.Fire) == 1);
        Assert.InRange(work, 1, WorkOfGroupMax);
        turns.AllCommitted();
        Assert.InRange(rig.Store.Gaps(_thief.Station).Count, 1, CountyLimits.GapsOfLaneMax);
        Assert.Equal(_thief.Station, Assert.Single(turns.HeldBack.Distinct()));
    }

    [Fact]
    public void Whatever_a_station_with_a_good_key_sends_the_others_fires_are_committed_in_their_turn()
    {
        using Rig rig = NewRig(_thief, _other);
        Turns turns = new(rig);
        HostileStation hostile = new(_thief);
        turns.Add(_other.Hello());
        turns.AllCommitted();
        for (uint fire = 1; fire <= 40; fire++)
        {
            for (int i = 0; i < 40; i++)
            {
                turns.Offer(hostile.Next());
            }

            // The one that comes now is in the next group, and what that costs is bounded.
            int taken = turns.Taken;
            turns.Add(_other.Batch(Lane.Fire, fire - 1, fire));
            int work = turns.WorkUntil(() => rig.Held(_other, Lane.Fire) == fire);
            Assert.InRange(work, 1, WorkOfGroupMax);
            Assert.Equal(taken + 1, turns.Taken);
        }

        Assert.Equal(Enumerable.Range(1, 40).Select(i => (uint)i), rig.Sequences(_other, Lane.Fire));
        Assert.InRange(rig.Store.Escalations(openOnly: true).Count, 1, 2);
        Assert.Contains(_thief.Station, turns.HeldBack);
        Assert.DoesNotContain(_other.Station, turns.HeldBack);
    }

    [Fact]
    public void Invented_lives_of_a_store_make_one_open_escalation_with_their_zones_and_are_counted()
    {
        using Rig rig = NewRig(_thief, _other);
        rig.Send(_thief.Hello());
        for (uint epoch = 1_000; epoch < 1_040; epoch++)
        {
            _thief.Epoch = epoch;
            _thief.Counter = 0;
            int zone = (int)epoch % 3 + 1;
            rig.Send(
                _thief.Hello(), _thief.Batch(Lane.Fire, 0, _thief.Record(Lane.Fire, 1, EventKind.FireAlarm, r => r.Zone = zone)));
        }

        Escalation open = Assert.Single(rig.Store.Escalations(openOnly: true));
        Assert.Equal(0b111u, open.Zones);
        Assert.Equal(40, rig.State(_thief)!.EpochsInHour);

        // Each fire is shown; the escalation is told as it begins and for each further zone.
        Assert.Equal(40, rig.Told.StoredEvents.Count);
        Assert.Equal(3, rig.Told.Escalations.Count);

        // The other's fire has its own, and any answer of the station ends what was invented.
        rig.Send(_other.Hello(), _other.Batch(Lane.Fire, 0, 1));
        Assert.Equal(2, rig.Store.Escalations(openOnly: true).Count);
        rig.Send(_thief.Batch(Lane.Fire, 1, _thief.Record(Lane.Fire, 2, EventKind.Acknowledged, r => r.A = 7)));
        Assert.Equal(_other.Station, Assert.Single(rig.Store.Escalations(openOnly: true)).Alarm.Station);
        rig.NowMs += CountyLimits.EpochHourMs;
        _thief.Epoch = 2_000;
        rig.Send(_thief.NextSession());
        Assert.Equal(1, rig.State(_thief)!.EpochsInHour);
    }

    [Fact]
    public void Lives_of_a_store_are_bounded_and_one_that_was_forgotten_keeps_its_events_and_refuses_an_old_hello()
    {
        using Rig rig = NewRig(_thief);
        FakeGateway box = new(_thief.Station) { Boot = 5 };
        Sent old = box.Hello();
        EventRecord[] before = [box.Record(Lane.Condition, 1), box.Record(Lane.Condition, 5)];
        rig.Send(old, box.Batch(Lane.Fire, 0, 1, 2), box.Batch(Lane.Condition, 0, before));
        for (uint epoch = 1_000; epoch < 1_000 + CountyLimits.EpochsKeptMax + 300; epoch += 10)
        {
            Sent[] hellos = [.. Enumerable.Range(0, 10).Select(i =>
            {
                (_thief.Epoch, _thief.Counter) = (epoch + (uint)i, 0);
                return _thief.Hello();
            })];
            rig.NowMs += 10;
            rig.Send(hellos);
        }

        Assert.InRange(rig.State(_thief)!.EpochsForgotten, 300, 310);
        Assert.DoesNotContain(rig.Store.Lanes(_thief.Station), l => l.Key.Epoch == box.Epoch);
        Assert.Equal(4, rig.Events(box).Count);

        // A fire of the box itself is stored and answered whatever is known of its session.
        Assert.Equal([MessageType.Held, MessageType.Refuse], Types(rig.Send(box.Batch(Lane.Fire, 2, 3))));
        Assert.Equal(5, rig.Events(box).Count);
        Answered refused = rig.SendOne(box, old);
        Assert.Equal((MessageType.Refuse, DecodeResult.WrongSession, box.Boot + 1), (refused.Type, refused.Reason, refused.BootAtLeast));
        box.Boot++;
        Assert.Equal([0u, 0u, 0u], rig.SendOne(box, box.NextSession()).Held);
        Assert.Equal(6u, rig.SendOne(box,
            box.Batch(Lane.Condition, 0, [.. before, box.Record(Lane.Condition, 6)])).Held[(int)Lane.Condition]);
        Assert.Equal(6, rig.Events(box).Count);
        Assert.Empty(rig.Store.Gaps(_thief.Station));
        Assert.Empty(rig.Told.Conflicts);

        IEnumerable<MessageType> Types(IReadOnlyList<Outgoing> answers) => answers.Select(answer => Answered.Read(box, answer).Type);
    }

    [Fact]
    public void Conflicts_clocks_and_ended_escalations_of_a_station_are_bounded_and_a_fire_finds_a_place()
    {
        using Rig rig = NewRig(_thief);
        rig.Send(_thief.Hello());
        for (uint after = 0; after < 320; after += 16)
        {
            EventRecord[] Version(int value) =>
                [.. Enumerable.Range(1, 16).Select(i => _thief.Record(Lane.Condition, after + (uint)i, change: r => r.Value = value))];
            rig.Send([.. Enumerable.Range(0, 9).Select(i => _thief.Batch(Lane.Condition, after, Version(i)))]);
        }

        Assert.Equal(CountyLimits.ConflictsOfStationMax, rig.Store.Conflicts().Count);
        rig.Send(_thief.Batch(Lane.Fire, 0, _thief.Record(Lane.Fire, 1, EventKind.FireAlarm, r => r.Flags = EventFlags.Drill)));
        rig.Send(_thief.Batch(Lane.Fire, 0, _thief.Record(Lane.Fire, 1)));
        Assert.Single(rig.Store.ConflictingFires(new EventQuery()));

        // Each record says a start of its own, with its time.
        for (uint boot = 2_000; boot < 4_000; boot += 16)
        {
            uint first = boot;
            rig.Send(_thief.Batch(Lane.Routine, boot - 2_000, [.. Enumerable.Range(0, 16).Select(i => _thief.Record(
                Lane.Routine, first - 1_999 + (uint)i,
                change: r => (r.Boot, r.UtcMs, r.UtcQuality) = (first + (uint)i, 1_780_000_000_000, UtcQuality.Synchronised)))]));
        }

        int clocks = 0;
        using (IStoreTransaction rows = rig.Store.Begin())
        {
            clocks = Enumerable.Range(1, 4_100).Count(b => rows.Clock(new BootKey(_thief.Station, _thief.Epoch, (uint)b)) is not null);
        }

        Assert.InRange(clocks, CountyLimits.BootsKeptMax / 2, 2 * CountyLimits.BootsKeptMax);
    }
}

public sealed class HostileTestsOnPostgres(PostgresFixture postgres) : HostileTests(postgres);

/// <summary>The turns of a county's working thread, one after the other, with the work that each makes.</summary>
internal sealed class Turns(Rig rig)
{
    private readonly WaitingMessages _waiting = new();

    /// <summary>Stations that were told to wait, in turn.</summary>
    public List<uint> HeldBack { get; } = [];

    /// <summary>Groups so far.</summary>
    public int Taken { get; private set; }

    /// <summary>They came from the broker, and some may find no room.</summary>
    public void Offer(Sent sent)
    {
        if (rig.Desk.Open(sent.Topic, sent.Payload, rig.Now) is { } message)
        {
            _waiting.Add(message);
        }
    }

    /// <summary>They came from the broker.</summary>
    public void Add(params Sent[] messages)
    {
        foreach (Sent sent in messages)
        {
            Assert.True(_waiting.Add(rig.Desk.Open(sent.Topic, sent.Payload, rig.Now)!));
        }
    }

    public void AllCommitted() => WorkUntil(() => _waiting.Count == 0);

    /// <summary>The calls and rows of all groups that it takes.</summary>
    public int WorkUntil(Func<bool> done)
    {
        int before = rig.Counts.Work;
        for (int turn = 0; !done(); turn++)
        {
            Assert.True(turn < 10_000, "not in 10,000 turns");
            rig.NowMs += 20;
            IReadOnlyList<SignedMessage> group = _waiting.TakeNow(CountyLimits.CommitMessagesMax, rig.Now.RunMs);
            if (group.Count > 0)
            {
                Taken++;
                rig.Desk.Commit(group, rig.Now);
                HeldBack.AddRange(_waiting.Charge(rig.Desk.Worked, rig.Now.RunMs));
            }
        }

        return rig.Counts.Work - before;
    }
}
