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

        // Each owns up to all of them, or to half of those that the one before it left.
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
}

public sealed class HostileTestsOnPostgres(PostgresFixture postgres) : HostileTests(postgres);

/// <summary>The turns of a county's working thread, one after the other, with the work that each makes.</summary>
internal sealed class Turns(Rig rig)
{
    private readonly WaitingMessages _waiting = new();

    /// <summary>Stations that were told to wait, in turn.</summary>
    public List<uint> HeldBack { get; } = [];

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
                rig.Desk.Commit(group, rig.Now);
                HeldBack.AddRange(_waiting.Charge(rig.Desk.Worked, rig.Now.RunMs));
            }
        }

        return rig.Counts.Work - before;
    }
}
