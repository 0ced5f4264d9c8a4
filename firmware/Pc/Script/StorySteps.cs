// Owns: the lines that only a story has: what the county asks, the clock on the wall, and what the county must hold.
// Must never: answer for the gateway or the county.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Run;

namespace Gateway.Pc.Script;

/// <summary>county …: asks, and is decided when the gateway's answer is in its flash.</summary>
/// <param name="answer">The expected <see cref="CommandOutcome"/>; -1 = refused.</param>
public sealed class CountyStep(CountyOrder order, int answer) : ScriptStep
{
    private Task<uint>? _asked;

    public override bool Holds => true;

    public override Outcome? Look(ScriptScene scene)
    {
        if (scene.County is not { } county)
        {
            return new Outcome(Good: false, "there is no county here");
        }

        if (_asked is null)
        {
            scene.Act(hand: null);
            _asked = county.Ask(order);
        }

        if (_asked.IsFaulted)
        {
            return new Outcome(Good: false, $"the county could not ask: {_asked.Exception.InnerException?.Message}");
        }

        if (_asked.IsCompleted && scene.LastAnswer is { } record && (uint)record.A == _asked.Result)
        {
            bool done = record.Kind == EventKind.CommandDone;
            string found = done ? CommandOutcomes.Name(record.Value) : $"refused, {DecodeResults.Name(record.Value)}";
            return new Outcome((done ? record.Value : -1) == answer, found);
        }

        long waitedMs = scene.NowMs - scene.StepMs;
        return waitedMs >= ScriptLimits.UntilMs ? new Outcome(Good: false, $"no answer within {ScriptLimits.UntilMs} ms") : null;
    }
}

/// <summary>wait until HH:MM: the next time that the station's clock shows it.</summary>
public sealed class WaitClockStep(int minuteOfDay, int utcOffsetMin) : ScriptStep
{

    private long _untilMs;

    public override bool Judges => false;

    public override Outcome? Look(ScriptScene scene)
    {
        long utcMs = scene.Station.Loop.Clock.UtcMs(scene.NowMs);
        if (utcMs == 0)
        {
            bool tooLong = scene.NowMs - scene.StepMs >= ScriptLimits.UntilMs;
            return tooLong ? new Outcome(Good: false, "the gateway does not know the time") : null;
        }

        if (_untilMs == 0)
        {
            long localMs = utcMs + utcOffsetMin * (long)Limits.MinuteMs;
            long leftMs = (minuteOfDay * (long)Limits.MinuteMs - localMs % Limits.DayMs + Limits.DayMs) % Limits.DayMs;
            _untilMs = utcMs + leftMs;
        }

        return utcMs >= _untilMs ? Outcome.Done : null;
    }
}

/// <summary>expect [no] condition NAME.</summary>
public sealed class ExpectConditionStep(ConditionBits bit, bool none) : ScriptStep
{
    public override Outcome? Look(ScriptScene scene)
    {
        ConditionBits summary = scene.Station.Loop.Configured ? scene.Station.Loop.Panel.ConditionSummary : ConditionBits.None;
        if ((summary & bit) != ConditionBits.None != none)
        {
            return new Outcome(Good: true, "");
        }

        bool late = scene.NowMs - scene.StepMs >= ScriptLimits.ExpectMs;
        return late ? new Outcome(Good: false, $"the conditions are {Words.ConditionsOf(summary)}") : null;
    }
}

/// <summary>expect code COLOUR.</summary>
public sealed class ExpectCodeStep(int code) : ScriptStep
{
    public override Outcome? Look(ScriptScene scene)
    {
        StationCode now = scene.Station.Loop.Configured ? PanelView.CodeColour(scene.Station.Loop.Panel.State) : StationCode.None;
        if ((int)now == code)
        {
            return new Outcome(Good: true, "");
        }

        bool late = scene.NowMs - scene.StepMs >= ScriptLimits.ExpectMs;
        return late ? new Outcome(Good: false, $"the code is {Words.OfStationCode(now).Code}") : null;
    }
}

/// <summary>held LANE KIND …: the next event of that lane in the county's database.</summary>
public sealed class HeldStep(HeldLine line) : ScriptStep
{
    public override Outcome? Look(ScriptScene scene)
    {
        if (scene.Ledger is not { } ledger)
        {
            return new Outcome(Good: false, "there is no county here");
        }

        return ledger.Settled(scene) switch
        {
            null => null,
            false => new Outcome(Good: false, $"the county does not hold all within {ScriptLimits.UntilMs} ms"),
            true => ledger.Take(line),
        };
    }
}

/// <summary>Behind the last held line: the county's database has nothing more.</summary>
public sealed class NothingElseHeldStep : ScriptStep
{
    public override Outcome? Look(ScriptScene scene)
    {
        string[] more = scene.Ledger is { } ledger ? [.. ledger.Left().Select(held => HeldLine.TextOf(held))] : [];
        return more.Length == 0 ? Outcome.Done : new Outcome(Good: false, $"there is more: {string.Join("; ", more)}");
    }
}

/// <summary>What the county holds, taken line by line.</summary>
public sealed class HeldLedger(StoryCounty county)
{
    private readonly List<HeldEvent> _left = [];
    private readonly uint[] _seen = new uint[Lanes.Count];

    /// <summary>
    /// True when the county has said that it holds everything, and its database was read since; false when it takes too long.
    /// </summary>
    public bool? Settled(ScriptScene scene)
    {
        if (!scene.Station.CountyHoldsAll)
        {
            return scene.NowMs - scene.StepMs >= ScriptLimits.UntilMs ? false : null;
        }

        foreach (HeldEvent held in county.Held())
        {
            if (held.Record.Sequence > _seen[(int)held.Record.LaneNumber])
            {
                _seen[(int)held.Record.LaneNumber] = held.Record.Sequence;
                _left.Add(held);
            }
        }

        return true;
    }

    /// <summary>The next event of the line's lane must be the line's.</summary>
    public Outcome Take(HeldLine line)
    {
        bool named = line.Name is not null;
        List<HeldEvent> lane = [.. _left.Where(held => held.Record.LaneNumber == line.Lane)];
        int at = lane.FindIndex(line.Matches);
        if (at < 0)
        {
            string next = lane.Count == 0 ? "the county holds nothing more there" : $"the next is {HeldLine.TextOf(lane[0], named)}";
            return new Outcome(Good: false, next);
        }

        // What stands before it is told here and not again.
        string[] before = [.. lane.Take(at).Select(held => HeldLine.TextOf(held, named))];
        lane.Take(at + 1).ToList().ForEach(held => _left.Remove(held));
        return new Outcome(at == 0, at == 0 ? "" : $"before it the county holds {string.Join("; ", before)}");
    }

    /// <summary>What no line has taken.</summary>
    public IReadOnlyList<HeldEvent> Left() => _left;
}
