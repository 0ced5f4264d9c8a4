// Owns: who is called to a fire, when, how often, and what of it stands in the case.
// Must never: wait: the county's clock is moved.

using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

public partial class CalloutTests : StoreTests
{
    private const uint Station = 330701;
    private const string Alarm = "330701-77-0-1";
    private readonly FakeGateway _gateway = new(Station) { UtcMs = 1_780_000_000_000 };
    private readonly uint[] _last = new uint[Lanes.Count];

    public CalloutTests()
        : base(null)
    {
    }

    private protected CalloutTests(PostgresFixture postgres)
        : base(postgres)
    {
    }

    [Fact]
    public void Fire_that_is_judged_real_calls_the_first_ring_and_the_next_ones_while_nobody_sets_out()
    {
        using Rig rig = Planned();
        Send(rig, EventKind.FireAlarm);
        Assert.Empty(Told(rig));
        Act(rig, CaseActKind.Judge, CaseJudgement.Real);
        Assert.Equal(["Called 邻村站", "Called 镇专职队"], Told(rig));
        Act(rig, CaseActKind.Judge, CaseJudgement.Real);
        rig.Pass(CountyLimits.CalloutRingAfterMs / 1_000 - 10);
        Assert.Equal(2, Told(rig).Length);
        rig.Pass(20);
        Assert.Equal(["Called 邻村站", "Called 镇专职队", "Called 县大队"], Told(rig));
        rig.Pass(60);
        Act(rig, CaseActKind.SetOut, party: "县大队");
        Act(rig, CaseActKind.Joined, party: "县大队");
        rig.Pass(600);
        Assert.Equal(
            ["Called 邻村站", "Called 镇专职队", "Called 县大队", "SetOut 县大队", "ClockMet 县大队"], Told(rig));
        CaseStep met = Assert.Single(rig.Store.Steps(Alarm), step => step.Kind == CaseStepKind.ClockMet);
        Assert.Equal((3, (met.AtMs - rig.Store.Case(Alarm)!.OpenedMs) / 1_000), (met.Detail, met.Value));
        CheckRebuilt(rig);
    }

    [Fact]
    public void Somebody_on_the_way_keeps_the_next_ring_at_home()
    {
        using Rig rig = Planned();
        Send(rig, EventKind.FireAlarm);
        Act(rig, CaseActKind.Judge, CaseJudgement.Real);
        Act(rig, CaseActKind.SetOut, party: "邻村站");
        rig.Pass(250);
        Assert.DoesNotContain("Called 县大队", Told(rig));
    }

    [Fact]
    public void Nobody_there_in_time_is_the_third_clock_missed_once_and_takes_the_case_up()
    {
        using Rig rig = Planned(new CountyOptions { CalloutRingAfterMs = 0 });
        Send(rig, EventKind.FireAlarm);
        Send(rig, EventKind.Acknowledged);
        Act(rig, CaseActKind.Judge, CaseJudgement.Real);
        Act(rig, CaseActKind.SetOut, party: "邻村站");
        rig.Pass(170);
        Assert.Equal(EscalationLevel.Village, rig.Store.Case(Alarm)!.Level);
        rig.Restart(new CountyOptions { CalloutRingAfterMs = 0 });
        rig.Pass(20);
        rig.Pass(400);
        CaseStep missed = Assert.Single(rig.Store.Steps(Alarm), step => step.Kind == CaseStepKind.ClockMissed);
        Assert.Equal((3, 180L, (int)EscalationLevel.Township), (missed.Detail, missed.Value, missed.Level));
        Assert.Equal(EscalationLevel.Township, rig.Store.Case(Alarm)!.Level);
        Act(rig, CaseActKind.Joined, party: "邻村站");
        Assert.Contains(rig.Store.Steps(Alarm), step => step is { Kind: CaseStepKind.ClockMet, Detail: 3 });
        CheckRebuilt(rig);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(30_000, true)]
    public void Unanswered_fire_calls_by_itself_where_the_county_says_so(int afterMs, bool calls)
    {
        CountyOptions options = new() { CalloutAfterMs = afterMs, CalloutRingAfterMs = 0 };
        using Rig rig = Planned(options);
        Send(rig, EventKind.FireAlarm);
        rig.Pass(25);
        Assert.Empty(Told(rig));
        rig.Pass(10);
        string[] expected = calls ? ["Called 邻村站", "Called 镇专职队"] : [];
        Assert.Equal(expected, Told(rig));
        Assert.All(rig.Store.Steps(Alarm).Where(step => step.Kind == CaseStepKind.Called), step => Assert.Equal("", step.Who));
        rig.Restart(options);
        rig.Pass(60);
        Act(rig, CaseActKind.Judge, CaseJudgement.Real);
        Assert.Equal(["Called 邻村站", "Called 镇专职队"], Told(rig));
    }

    [Fact]
    public void Answered_fire_and_a_test_call_nobody_by_themselves()
    {
        using Rig rig = Planned(new CountyOptions { CalloutAfterMs = 30_000 });
        Send(rig, EventKind.FireAlarm);
        Send(rig, EventKind.Acknowledged);
        rig.Pass(200);
        Send(rig, EventKind.Reset);
        Send(rig, EventKind.FireAlarm, change: r => r.Flags = EventFlags.Test);
        rig.Pass(200);
        Assert.DoesNotContain(
            rig.Store.Cases(new CaseQuery()).SelectMany(one => rig.Store.Steps(one.Id)), step => step.Kind == CaseStepKind.Called);
    }

    [Fact]
    public void Fire_of_which_only_heartbeats_tell_calls_too()
    {
        using Rig rig = Planned(new CountyOptions { CalloutAfterMs = 30_000 });
        rig.Send(_gateway.Hello());
        rig.Pass(120, _gateway, ConditionBits.Fire);
        Case hidden = Assert.Single(rig.Store.Cases(new CaseQuery()));
        Assert.Equal(2, rig.Store.Steps(hidden.Id).Count(step => step.Kind == CaseStepKind.Called));
    }

    [Fact]
    public void What_is_judged_to_be_no_fire_sends_home_who_was_called()
    {
        using Rig rig = Planned();
        Send(rig, EventKind.FireAlarm);
        Act(rig, CaseActKind.Judge, CaseJudgement.Real);
        Act(rig, CaseActKind.Judge, CaseJudgement.False, cause: "蒸汽");
        rig.Pass(600);
        Assert.Equal(["Called 邻村站", "Called 镇专职队", "StoodDown "], Told(rig));
        Assert.Equal(EscalationLevel.County, rig.Store.Case(Alarm)!.Level);
        Assert.DoesNotContain(rig.Store.Steps(Alarm), step => step.Kind == CaseStepKind.ClockMissed);
    }

    [Fact]
    public void Fire_that_is_reset_calls_nobody_when_it_is_judged_later_and_no_further_ring()
    {
        using Rig rig = Planned();
        Send(rig, EventKind.FireAlarm);
        Send(rig, EventKind.Reset);
        Act(rig, CaseActKind.Judge, CaseJudgement.Real);
        Assert.Empty(Told(rig));
        Send(rig, EventKind.FireAlarm);
        const string Second = "330701-77-0-3";
        Act(rig, CaseActKind.Judge, CaseJudgement.Real, id: Second);
        Send(rig, EventKind.Reset);
        rig.Pass(600);
        Assert.Equal(["Called 邻村站", "Called 镇专职队"], Told(rig, Second));

        // It closed with its reset; who was on the way still comes, once each.
        Assert.Equal(CaseState.Closed, rig.Store.Case(Second)!.State);
        Act(rig, CaseActKind.Joined, party: "邻村站", id: Second);
        Act(rig, CaseActKind.Joined, party: "村民", id: Second);
        Assert.Equal("ClockMet 邻村站,Joined 村民", string.Join(',', Told(rig, Second)[2..]));
        Assert.Contains("已登记", Refusal(rig, CaseActKind.Joined, "村民", Second), StringComparison.Ordinal);
        CheckRebuilt(rig);
    }

    [Fact]
    public void Person_calls_ring_by_ring_or_whom_they_want()
    {
        using Rig rig = Planned(new CountyOptions { CalloutRingAfterMs = 0 });
        Send(rig, EventKind.FireAlarm);
        Act(rig, CaseActKind.Called, party: "热心村民");
        Act(rig, CaseActKind.Called);
        Act(rig, CaseActKind.Called);
        Assert.Equal(["Called 热心村民", "Called 邻村站", "Called 镇专职队", "Called 县大队"], Told(rig));
        Assert.All(rig.Store.Steps(Alarm).Where(step => step.Kind == CaseStepKind.Called), step => Assert.Equal("王", step.Who));
        Assert.Contains("无更多增援", Refusal(rig, CaseActKind.Called), StringComparison.Ordinal);
        Assert.Contains("已登记", Refusal(rig, CaseActKind.Called, "县大队"), StringComparison.Ordinal);
        Act(rig, CaseActKind.Judge, CaseJudgement.Real);
        Assert.Equal(4, Told(rig).Length);
        Act(rig, CaseActKind.StoodDown);
        Assert.Contains("is not there", Refusal(rig, CaseActKind.SetOut, "x", "330701-found-1"), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_was_called_is_not_called_again_also_behind_an_arrival()
    {
        using Rig rig = Planned();
        Send(rig, EventKind.FireAlarm);
        Act(rig, CaseActKind.Called, party: "县大队");
        Act(rig, CaseActKind.Joined, party: "县大队");
        Act(rig, CaseActKind.Called);
        Assert.Equal(["Called 县大队", "ClockMet 县大队", "Called 邻村站", "Called 镇专职队"], Told(rig));
        Assert.Contains("无更多增援", Refusal(rig, CaseActKind.Called), StringComparison.Ordinal);
    }

    [Fact]
    public void Call_out_is_refused_of_what_is_no_alarm_and_of_times_that_cannot_be()
    {
        using Rig rig = Planned();
        Send(rig, EventKind.CaseOpened);
        string danger = rig.Store.Cases(new CaseQuery()).Single().Id;
        Assert.Contains("不是火警", Refusal(rig, CaseActKind.Called, "", danger), StringComparison.Ordinal);
        Send(rig, EventKind.FireAlarm);
        Assert.Contains("未呼叫增援", Refusal(rig, CaseActKind.StoodDown), StringComparison.Ordinal);
        Assert.Contains("party: ''", Refusal(rig, CaseActKind.SetOut), StringComparison.Ordinal);
        foreach (long atMs in (long[])[1, rig.NowMs + 3_600_000])
        {
            Assert.Contains("at: allowed", Refusal(rig, CaseActKind.SetOut, "邻村站", atMs: atMs), StringComparison.Ordinal);
        }

        Assert.Contains("party: 'x'", Refusal(rig, CaseActKind.Take, "x"), StringComparison.Ordinal);
        Act(rig, CaseActKind.SetOut, party: "邻村站", atMs: rig.NowMs - 500);
    }

    [Fact]
    public void Call_out_goes_on_in_the_case_into_which_its_own_was_merged()
    {
        using Rig rig = Planned();
        rig.Send(_gateway.Hello());
        rig.Send(_gateway.Batch(Lane.Fire, 1, Fire(2)));
        Act(rig, CaseActKind.Judge, CaseJudgement.Real, id: "330701-77-0-2");
        rig.Send(_gateway.Batch(Lane.Fire, 0, Fire(1)));
        Assert.Equal("330701-77-0-1", rig.Store.Case("330701-77-0-2")!.MergedInto);
        rig.Pass(130);
        Assert.Equal(["Called 邻村站", "Called 镇专职队", "Called 县大队"], Told(rig));
        CheckRebuilt(rig);
    }

    [Fact]
    public void Judgement_and_its_calls_are_in_one_transaction_with_what_leaves_the_county()
    {
        using Rig rig = Planned();
        Send(rig, EventKind.FireAlarm);
        FailingRoom room = new();
        CaseRequest judged = new() { Case = Alarm, Kind = CaseActKind.Judge, By = "王", Judgement = CaseJudgement.Real };
        Assert.Throws<InvalidOperationException>(() => CaseDesk.Act(rig.Store, judged, rig.NowMs, [room]));
        Assert.Equal(["Called 邻村站", "Called 镇专职队"], room.Told);
        Assert.Empty(Told(rig));
        Assert.Equal(CaseJudgement.None, rig.Store.Case(Alarm)!.Judgement);
    }

    [Fact]
    public void Plan_by_distance_takes_the_nearest_of_each_ring_and_no_point_of_another_datum()
    {
        PlaceFile At(uint station, string lon, string lat, string datum = "CGCS2000") =>
            new() { Station = station, Longitude = lon, Latitude = lat, Datum = datum, Telephone = "0579" };
        PlaceFile[] places =
        [
            At(1, "119.6000", "29.1000"), At(2, "119.6050", "29.1000"), At(3, "119.6000", "29.1080"), At(4, "119.6000", "29.1200"),
            At(5, "119.6000", "29.1010", "GCJ-02"), At(6, "119.6000", "29.9000"), At(7, "119.6000", "29.1001"), new() { Station = 8 },
        ];
        IReadOnlyList<CalloutParty> plan = CalloutRings.Of(places[0], places, [1_000, 3_000], 2, n => n == 7 ? null : $"站{n}");
        Assert.Equal(["1 站2 2 485", "1 站3 3 889", "2 站4 4 2223"], plan.Select(one => $"{one.Ring} {one.Party} {one.Metres}"));
        Assert.Equal([2u, 3u, 4u], plan.Select(one => one.Neighbour));
        Assert.Empty(CalloutRings.Of(places[7], places, [1_000], 2, n => $"站{n}"));
    }

    private static string[] Told(Rig rig, string id = Alarm) =>
    [
        .. rig.Store.Steps(id).Where(step => step.Party.Length > 0 || step.Kind == CaseStepKind.StoodDown)
            .Select(step => $"{step.Kind} {step.Party}"),
    ];

    private static void Act(
        Rig rig, CaseActKind kind, CaseJudgement judgement = CaseJudgement.None, string party = "", string id = Alarm, string cause = "",
        long atMs = 0)
    {
        rig.NowMs += 1_000;
        CaseDesk.Act(
            rig.Store,
            new CaseRequest { Case = id, Kind = kind, By = "王", Judgement = judgement, Party = party, Cause = cause, AtMs = atMs },
            rig.NowMs);
    }

    private static string Refusal(Rig rig, CaseActKind kind, string party = "", string id = Alarm, long atMs = 0) =>
        Assert.Throws<CaseRefusedException>(() => Act(rig, kind, party: party, id: id, atMs: atMs)).Message;

    /// <summary>Going over everything anew changes nothing.</summary>
    private static void CheckRebuilt(Rig rig) => Assert.Equal(0, CaseDesk.Rebuild(rig.Store, rig.Store, Station, rig.NowMs));

    private Rig Planned(CountyOptions? options = null)
    {
        Rig rig = NewRig(_gateway);
        rig.Restart(options ?? new CountyOptions());
        rig.Store.PutCalloutPlan(
            [
                new CalloutParty { Station = Station, Party = "镇专职队", WithinS = 180 },
                new CalloutParty { Station = Station, Party = "邻村站", WithinS = 240, Neighbour = 330702 },
                new CalloutParty { Station = Station, Party = "县大队", Ring = 3, WithinS = 900, Telephone = "119" },
            ],
            [Station]);
        return rig;
    }

    private EventRecord Fire(uint sequence) => _gateway.Record(Lane.Fire, sequence, EventKind.FireAlarm, r => r.UptimeMs += sequence);

    private void Send(Rig rig, EventKind kind, Action<EventRecord>? change = null)
    {
        if (_last.All(last => last == 0))
        {
            rig.Send(_gateway.Hello());
        }

        rig.NowMs += 1_000;
        _gateway.UptimeMs += 1_000;
        _gateway.UtcMs += 1_000;
        Lane lane = EventKinds.LaneOf(kind);
        uint sequence = ++_last[(int)lane];
        rig.Send(_gateway.Batch(lane, sequence - 1, _gateway.Record(lane, sequence, kind, r =>
        {
            r.Zone = 3;
            change?.Invoke(r);
        })));
    }

    /// <summary>Sees what is to be committed, and fails.</summary>
    private sealed class FailingRoom : ICountyRoom
    {
        public string[] Told { get; private set; } = [];

        public void Work(CountyDesk desk, Instant now)
        {
        }

        public void CasesChanged(IStoreTransaction rows, IReadOnlyList<CaseChange> changes)
        {
            Told = [.. changes.SelectMany(change => change.Steps).Where(step => step.Party.Length > 0)
                .Select(step => $"{step.Kind} {step.Party}")];
            throw new InvalidOperationException();
        }
    }
}

public sealed class CalloutTestsOnPostgres(PostgresFixture postgres) : CalloutTests(postgres);
