// Owns: what becomes of an alarm, a danger, a silent station and a risk as cases, event by event and act by act.
// Must never: wait: the county's clock is moved.

using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

public class CaseTests : StoreTests
{
    private readonly FakeGateway _gateway = new(330701) { UtcMs = 1_780_000_000_000 };
    private readonly uint[] _last = new uint[Lanes.Count];

    public CaseTests()
        : base(null)
    {
    }

    private protected CaseTests(PostgresFixture postgres)
        : base(postgres)
    {
    }

    [Fact]
    public void Alarm_is_one_case_until_its_reset_and_closes_when_it_is_judged_too()
    {
        using Rig rig = NewRig(_gateway);
        Send(rig, EventKind.FireAlarm, zone: 3);
        Send(rig, EventKind.FireAlarm, zone: 5);
        Send(rig, EventKind.FireAlarm, zone: 3);
        Send(rig, EventKind.Acknowledged);
        Case alarm = Assert.Single(rig.Store.Cases(new CaseQuery()));
        Assert.Equal("330701-77-0-1", alarm.Id);
        Assert.Equal(
            (CaseClass.Alarm, CaseState.Open, CaseGrade.Larger, EscalationLevel.Village, 0b10100u),
            (alarm.Class, alarm.State, alarm.Grade, alarm.Level, alarm.Zones));
        Act(rig, alarm.Id, CaseActKind.Take);
        Send(rig, EventKind.Reset);
        Send(rig, EventKind.FireAlarm, zone: 4);
        Assert.Equal(["330701-77-0-1", "330701-77-0-6"], Ids(rig));
        Assert.Equal(CaseState.Ended, rig.Store.Case(alarm.Id)!.State);
        Act(rig, alarm.Id, CaseActKind.Judge, CaseJudgement.False, "烟头");
        alarm = rig.Store.Case(alarm.Id)!;
        Assert.Equal((CaseState.Closed, CaseJudgement.False, "烟头", "王"), (alarm.State, alarm.Judgement, alarm.Cause, alarm.Owner));
        Assert.Equal(
            [CaseStepKind.Opened, CaseStepKind.More, CaseStepKind.Answered, CaseStepKind.Taken, CaseStepKind.Ended, CaseStepKind.Judged,
                CaseStepKind.Closed],
            rig.Store.Steps(alarm.Id).Select(step => step.Kind));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], rig.Store.Steps(alarm.Id).Select(step => step.N));
    }

    [Fact]
    public void Reset_that_comes_late_parts_what_was_one_and_a_first_alarm_that_comes_late_joins_what_was_two()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello());
        EventRecord[] all =
        [
            Fire(1, EventKind.FireAlarm), Fire(2, EventKind.FireAlarm, 4), Fire(3, EventKind.Reset), Fire(4, EventKind.FireAlarm, 5),
        ];
        rig.Send(_gateway.Batch(Lane.Fire, 1, all[1]));
        rig.Send(_gateway.Batch(Lane.Fire, 3, all[3]));
        Assert.Equal(["330701-77-0-2"], Ids(rig));
        rig.Send(_gateway.Batch(Lane.Fire, 2, all[2]));
        Assert.Equal(["330701-77-0-2", "330701-77-0-4"], Ids(rig));
        Act(rig, "330701-77-0-2", CaseActKind.Judge, CaseJudgement.Real);
        rig.Send(_gateway.Batch(Lane.Fire, 0, all[0]));
        Assert.Equal(["330701-77-0-1", "330701-77-0-4"], Ids(rig));
        Case old = rig.Store.Case("330701-77-0-2")!;
        Assert.Equal((CaseState.Merged, "330701-77-0-1"), (old.State, old.MergedInto));
        Assert.Equal(CaseJudgement.Real, rig.Store.Case("330701-77-0-1")!.Judgement);
        Assert.Contains("allowed: 330701-77-0-1", Refusal(rig, old.Id, CaseActKind.Note), StringComparison.Ordinal);
    }

    [Fact]
    public void Fire_that_nobody_answers_takes_its_case_up_and_so_does_a_clock_that_was_missed()
    {
        using Rig rig = NewRig(_gateway);
        Send(rig, EventKind.FireAlarm);
        rig.NowMs += 61_000;
        rig.Desk.Tick(rig.Now);
        Assert.Equal(EscalationLevel.Township, Assert.Single(rig.Store.Cases(new CaseQuery())).Level);
        Send(rig, EventKind.ClockMissed, change: r => (r.A, r.B, r.C, r.Value) = (2, 3, 1, 180));
        Case alarm = Assert.Single(rig.Store.Cases(new CaseQuery()));
        Assert.Equal(EscalationLevel.County, alarm.Level);
        Assert.Equal(
            [CaseStepKind.Opened, CaseStepKind.Escalated, CaseStepKind.ClockMissed], rig.Store.Steps(alarm.Id).Select(s => s.Kind));
    }

    [Fact]
    public void Danger_closes_only_when_its_fault_is_gone_and_a_major_one_only_by_the_county()
    {
        using Rig rig = NewRig(_gateway);
        Send(rig, EventKind.CaseOpened);
        string id = Assert.Single(Ids(rig));
        Case danger = rig.Store.Case(id)!;
        Assert.Equal((CaseClass.Danger, EscalationLevel.Township), (danger.Class, danger.Level));
        Assert.Equal(danger.OpenedMs + (15 * 86_400_000L), danger.DueMs);
        Assert.Contains("故障仍在", Refusal(rig, id, CaseActKind.Close), StringComparison.Ordinal);
        Act(rig, id, CaseActKind.Grade, grade: CaseGrade.Major);
        Assert.Equal(EscalationLevel.County, rig.Store.Case(id)!.Level);
        Send(rig, EventKind.CaseClosed);
        Assert.Equal(CaseState.Ended, rig.Store.Case(id)!.State);
        Assert.Contains("allowed: county", Refusal(rig, id, CaseActKind.Close, EscalationLevel.Township), StringComparison.Ordinal);
        Act(rig, id, CaseActKind.Close);
        Assert.Equal(CaseState.Closed, rig.Store.Case(id)!.State);

        // The same trouble again is another case, and says what it was before.
        Send(rig, EventKind.CaseOpened);
        string again = Assert.Single(Ids(rig), one => one != id);
        Assert.Equal(id, rig.Store.RelapseOf(rig.Store.Case(again)!)?.Id);
        Send(rig, EventKind.CaseClosed);
        Assert.Equal(CaseState.Closed, rig.Store.Case(again)!.State);
    }

    [Fact]
    public void Danger_of_a_store_that_is_no_more_is_closed_by_a_person()
    {
        using Rig rig = NewRig(_gateway);
        Send(rig, EventKind.CaseOpened);
        string id = Assert.Single(Ids(rig));
        _gateway.Epoch = 78;
        rig.Send(_gateway.NextSession());
        rig.Send(_gateway.Heartbeat());
        Act(rig, id, CaseActKind.Close);
        Assert.Equal(CaseState.Closed, rig.Store.Case(id)!.State);
    }

    [Fact]
    public void Danger_that_people_found_is_closed_by_a_person_of_its_level()
    {
        using Rig rig = NewRig(_gateway);
        Case found = Found(rig, CaseGrade.Major, "堵塞消防通道");
        Assert.Equal(("330701-found-", CaseTrouble.Found, EscalationLevel.County), (found.Id[..13], found.Trouble, found.Level));
        Assert.Contains("归县办理", Refusal(rig, found.Id, CaseActKind.Close, EscalationLevel.Township), StringComparison.Ordinal);
        Assert.Contains("须写整改情况", Refusal(rig, found.Id, CaseActKind.Close), StringComparison.Ordinal);
        Act(rig, found.Id, CaseActKind.Close, words: "已清理");
        Assert.Contains("已销号", Refusal(rig, found.Id, CaseActKind.Close), StringComparison.Ordinal);
    }

    [Fact]
    public void Overdue_case_goes_up_a_level_at_each_due_time_and_no_further_than_the_county()
    {
        using Rig rig = NewRig(_gateway);
        Case found = Found(rig, CaseGrade.Low, "电线老化");
        List<(long Days, EscalationLevel Level)> seen = [];
        for (int day = 0; day < 60; day++)
        {
            rig.NowMs += 86_400_000L;
            rig.Desk.Tick(rig.Now);
            if (rig.Store.Case(found.Id)!.Level is var level && (seen.Count == 0 || seen[^1].Level != level))
            {
                seen.Add((day + 1, level));
            }
        }

        Assert.Equal([(1, EscalationLevel.Township), (15, EscalationLevel.County)], seen);
        Assert.Single(rig.Store.Steps(found.Id), step => step.Kind == CaseStepKind.Overdue);
        Assert.True(rig.Store.Case(found.Id)!.DueMs < rig.NowMs);
    }

    [Fact]
    public void Station_that_is_not_heard_is_a_case_until_it_is_heard_again_also_over_a_restart()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello());
        rig.Send(_gateway.Heartbeat());
        rig.Pass(599);
        Assert.Empty(Ids(rig));
        rig.Pass(6);
        Case silent = Assert.Single(rig.Store.Cases(new CaseQuery()));
        Assert.Equal((CaseClass.Silent, CaseState.Open), (silent.Class, silent.State));
        Assert.Contains("仍失联", Refusal(rig, silent.Id, CaseActKind.Close), StringComparison.Ordinal);
        rig.Restart();
        rig.Pass(1_000);
        rig.Send(_gateway.NextSession());
        rig.Send(_gateway.Heartbeat());
        silent = Assert.Single(rig.Store.Cases(new CaseQuery()));
        Assert.Equal(CaseState.Closed, silent.State);
        rig.Pass(700);
        Assert.Equal(2, Ids(rig).Length);
    }

    [Theory]
    [InlineData(EventKind.DutyCheckMissed, EventKind.DutyCheckAnswered, CaseTrouble.DutyCheck)]
    [InlineData(EventKind.PatrolMissed, EventKind.PatrolMet, CaseTrouble.Patrol)]
    [InlineData(EventKind.Chattering, EventKind.FaultRestored, CaseTrouble.Chatter)]
    public void What_warns_of_a_risk_is_one_case_until_it_is_well_again(EventKind begins, EventKind ends, CaseTrouble trouble)
    {
        using Rig rig = NewRig(_gateway);
        Send(rig, begins, change: r => r.A = (int)FaultCause.Chatter);
        Send(rig, begins, change: r => r.A = (int)FaultCause.Chatter);
        Case risk = Assert.Single(rig.Store.Cases(new CaseQuery()));
        Assert.Equal((CaseClass.Risk, trouble, CaseState.Open), (risk.Class, risk.Trouble, risk.State));
        Send(rig, ends, change: r => r.A = (int)FaultCause.Chatter);
        Assert.Equal(CaseState.Closed, rig.Store.Case(risk.Id)!.State);
    }

    [Fact]
    public void Alarms_judged_false_too_often_in_a_day_are_a_risk()
    {
        using Rig rig = NewRig(_gateway);
        for (int i = 0; i < CountyLimits.FalseAlarmsADay; i++)
        {
            Assert.DoesNotContain(rig.Store.Cases(new CaseQuery()), one => one.Class == CaseClass.Risk);
            Send(rig, EventKind.FireAlarm);
            Send(rig, EventKind.Reset);
            Act(rig, $"330701-77-0-{_last[(int)Lane.Fire] - 1}", CaseActKind.Judge, CaseJudgement.False, "粉尘");
        }

        Case risk = Assert.Single(rig.Store.Cases(new CaseQuery()), one => one.Class == CaseClass.Risk);
        Assert.Equal(("330701-false-20260529", CaseTrouble.FalseAlarms), (risk.Id, risk.Trouble));
        Act(rig, risk.Id, CaseActKind.Close);
    }

    [Fact]
    public void Clock_that_does_not_know_its_alarm_any_more_belongs_to_the_case_in_whose_time_it_is()
    {
        using Rig rig = NewRig(_gateway);
        Send(rig, EventKind.FireAlarm);
        _gateway.Boot = 2;
        rig.Send(_gateway.NextSession());
        Send(rig, EventKind.ClockMet, change: r => (r.A, r.C, r.Value) = (2, 0, 90));
        Send(rig, EventKind.Reset);
        Send(rig, EventKind.ClockMet, change: r => (r.A, r.C, r.Value) = (3, 0, 99));
        Send(rig, EventKind.FireAlarm);
        Assert.Equal(
            [CaseStepKind.Opened, CaseStepKind.ClockMet, CaseStepKind.Ended], rig.Store.Steps("330701-77-0-1").Select(s => s.Kind));
        Assert.Equal([CaseStepKind.Opened], rig.Store.Steps("330701-77-0-3").Select(s => s.Kind));
    }

    [Fact]
    public void Fire_of_which_only_heartbeats_tell_is_a_case_until_it_has_come()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello());
        rig.Pass(60, _gateway, ConditionBits.Fire);
        Case hidden = Assert.Single(rig.Store.Cases(new CaseQuery()));
        Assert.Equal((CaseClass.Alarm, CaseTrouble.HiddenFire, CaseState.Open), (hidden.Class, hidden.Trouble, hidden.State));

        // A heartbeat does not say which of the two it is.
        Assert.Equal("火警或燃气报警（详情未到，请电话核实）", CaseText.Title(hidden));
        _last[(int)Lane.Routine] = 1;
        Send(rig, EventKind.FireAlarm);
        Assert.Equal(CaseState.Closed, rig.Store.Case(hidden.Id)!.State);
        Assert.Equal(2, Ids(rig).Length);
    }

    [Fact]
    public void Fire_that_came_under_the_name_of_another_record_is_a_case_that_people_judge_and_close()
    {
        using Rig rig = NewRig(_gateway);
        Send(rig, EventKind.Silenced);
        rig.Send(_gateway.Batch(Lane.Fire, 0, Fire(1, EventKind.FireAlarm)));
        rig.Send(_gateway.Batch(Lane.Fire, 0, Fire(1, EventKind.FireAlarm)));
        Case alarm = Assert.Single(rig.Store.Cases(new CaseQuery()));
        Assert.Equal((CaseTrouble.ConflictingFire, "3号 77-0-1"), (alarm.Trouble, alarm.Text));
        Assert.Contains("未作结论", Refusal(rig, alarm.Id, CaseActKind.Close), StringComparison.Ordinal);
        Act(rig, alarm.Id, CaseActKind.Judge, CaseJudgement.Real);
        Act(rig, alarm.Id, CaseActKind.Close);
    }

    [Fact]
    public void Drill_is_no_case()
    {
        using Rig rig = NewRig(_gateway);
        Send(rig, EventKind.FireAlarm, change: r => r.Flags = EventFlags.Drill);
        Assert.Empty(Ids(rig));
    }

    [Fact]
    public void Case_that_its_level_cannot_end_is_passed_up_by_it_until_the_county_has_it()
    {
        using Rig rig = NewRig(_gateway);
        Send(rig, EventKind.FireAlarm);
        string id = Assert.Single(Ids(rig));
        Act(rig, id, CaseActKind.PassUp, level: EscalationLevel.Village, words: "人手不够");
        Assert.Equal(EscalationLevel.Township, rig.Store.Case(id)!.Level);
        Assert.Contains("归乡镇办理", Refusal(rig, id, CaseActKind.PassUp, EscalationLevel.Village), StringComparison.Ordinal);
        Act(rig, id, CaseActKind.PassUp, level: EscalationLevel.Township);
        Assert.Equal(EscalationLevel.County, rig.Store.Case(id)!.Level);
        Assert.Contains("已在县级", Refusal(rig, id, CaseActKind.PassUp), StringComparison.Ordinal);
        CaseStep step = rig.Store.Steps(id).First(one => one.Kind == CaseStepKind.PassedUp);
        Assert.Equal(("送上一级→乡镇：人手不够", "王（村）"), (CaseText.Words(step), CaseText.Who(step)));
        Assert.Equal(0, CaseDesk.Rebuild(rig.Store, rig.Store, 330701, rig.NowMs));
    }

    private Case Found(Rig rig, CaseGrade grade, string words) => CaseDesk.Found(
        rig.Store, new FoundDanger(_gateway.Registration, grade, words, "李", EscalationLevel.Township), rig.NowMs);

    private static string[] Ids(Rig rig) =>
        [.. rig.Store.Cases(new CaseQuery()).Where(one => one.State != CaseState.Merged).Select(one => one.Id)];

    private static void Act(
        Rig rig, string id, CaseActKind kind, CaseJudgement judgement = CaseJudgement.None, string cause = "",
        EscalationLevel level = EscalationLevel.County, CaseGrade grade = CaseGrade.None, string words = "")
    {
        rig.NowMs += 1_000;
        CaseDesk.Act(
            rig.Store,
            new CaseRequest
            {
                Case = id, Kind = kind, By = "王", Level = level, Judgement = judgement, Cause = cause, Grade = grade, Words = words,
            },
            rig.NowMs);
    }

    private static string Refusal(Rig rig, string id, CaseActKind kind, EscalationLevel level = EscalationLevel.County) =>
        Assert.Throws<CaseRefusedException>(() => Act(rig, id, kind, level: level)).Message;

    private EventRecord Fire(uint sequence, EventKind kind, int zone = 3) => _gateway.Record(Lane.Fire, sequence, kind, r =>
    {
        r.Zone = zone;
        r.UptimeMs += sequence;
    });

    private void Send(Rig rig, EventKind kind, int zone = 3, Action<EventRecord>? change = null)
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
            r.Zone = zone;
            change?.Invoke(r);
        })));
    }
}

public sealed class CaseTestsOnPostgres(PostgresFixture postgres) : CaseTests(postgres);
