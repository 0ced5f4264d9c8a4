// Owns: that nobody is called twice to one fire, and again who was sent home from what is a fire after all.
// Must never: wait: the county's clock is moved.

using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

public partial class CalloutTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fire_that_was_told_by_heartbeats_first_calls_nobody_twice_when_it_is_here(bool restarts)
    {
        CountyOptions options = new() { CalloutAfterMs = 30_000 };
        using Rig rig = Planned(options);
        rig.Send(_gateway.Hello());
        rig.Pass(100, _gateway, ConditionBits.Fire);
        Case hidden = Assert.Single(rig.Store.Cases(new CaseQuery()));
        Assert.Equal(["Called 邻村站", "Called 镇专职队"], Told(rig, hidden.Id));
        if (restarts)
        {
            rig.Restart(options);
            rig.Send(_gateway.NextSession());
        }

        _last[(int)Lane.Routine] = 1;
        Send(rig, EventKind.FireAlarm);
        rig.Pass(60, _gateway, ConditionBits.Fire);
        Assert.Equal(CaseState.Closed, rig.Store.Case(hidden.Id)!.State);
        Act(rig, CaseActKind.Judge, CaseJudgement.Real);
        Assert.Equal(["Noted 邻村站", "Noted 镇专职队"], Told(rig)[..2]);

        // The call-out goes on in the fire's own case: the next ring, then the clock.
        rig.Pass(300, _gateway, ConditionBits.Fire);
        Assert.Equal(["Noted 邻村站", "Noted 镇专职队", "Called 县大队"], Told(rig));
        Assert.Equal(["Called 邻村站", "Called 镇专职队"], Told(rig, hidden.Id));
        Assert.Single(
            rig.Store.Cases(new CaseQuery()).SelectMany(one => rig.Store.Steps(one.Id)),
            step => step is { Kind: CaseStepKind.ClockMissed, Detail: 3 });
        Act(rig, CaseActKind.Joined, party: "邻村站");
        Assert.Contains(rig.Store.Steps(Alarm), step => step is { Kind: CaseStepKind.ClockMet, Party: "邻村站" });
        CheckRebuilt(rig);
    }

    [Fact]
    public void Who_was_sent_home_is_called_again_when_it_is_a_fire_after_all()
    {
        CountyOptions options = new() { CalloutAfterMs = 30_000, CalloutRingAfterMs = 0 };
        using Rig rig = Planned(options);
        Send(rig, EventKind.FireAlarm);
        Act(rig, CaseActKind.Judge, CaseJudgement.Real);
        Act(rig, CaseActKind.Judge, CaseJudgement.False, cause: "蒸汽");
        Act(rig, CaseActKind.Judge, CaseJudgement.Real);
        string[] called = ["Called 邻村站", "Called 镇专职队"];
        Assert.Equal([.. called, "StoodDown ", .. called], Told(rig));
        Act(rig, CaseActKind.StoodDown);
        Assert.Contains("未呼叫增援", Refusal(rig, CaseActKind.StoodDown), StringComparison.Ordinal);
        Act(rig, CaseActKind.Called, party: "镇专职队");
        Act(rig, CaseActKind.StoodDown);

        // By itself nobody is called whom a person sent home, not even by a county that begins anew.
        rig.Restart(options);
        rig.Pass(100);
        Assert.Equal([.. called, "StoodDown ", .. called, "StoodDown ", "Called 镇专职队", "StoodDown "], Told(rig));
        CheckRebuilt(rig);
    }

    [Fact]
    public void Who_is_still_on_the_way_is_sent_home_also_when_another_is_there_already()
    {
        using Rig rig = Planned();
        Send(rig, EventKind.FireAlarm);
        Act(rig, CaseActKind.Judge, CaseJudgement.Real);
        Act(rig, CaseActKind.Joined, party: "邻村站");
        Act(rig, CaseActKind.Judge, CaseJudgement.False, cause: "蒸汽");
        Act(rig, CaseActKind.Judge, CaseJudgement.False, cause: "水汽");
        Assert.Equal(["Called 邻村站", "Called 镇专职队", "ClockMet 邻村站", "StoodDown "], Told(rig));
    }
}
