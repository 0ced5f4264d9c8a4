// Owns: the lines that a script can have, and how each is carried out and judged.
// Must never: look at a clock of its own; the loop brings the time.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Board;
using Gateway.Pc.Run;

namespace Gateway.Pc.Script;

/// <summary>How a line came out.</summary>
/// <param name="Text">What was found; "" when there is nothing to say.</param>
public sealed record Outcome(bool Good, string Text)
{
    public static readonly Outcome Done = new(Good: true, "");
}

/// <summary>One line of a script.</summary>
public abstract class ScriptStep
{
    /// <summary>Line in its file, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The line as written, without comment.</summary>
    public required string Text { get; init; }

    /// <summary>Not before this time since the start, in ms; 0 = at once.</summary>
    public long AtMs { get; init; }

    /// <summary>True for a line whose outcome is worth a line of its own.</summary>
    public virtual bool Judges => true;

    /// <summary>True for a line that waits for somebody outside of this process: a story must not run ahead meanwhile.</summary>
    public virtual bool Holds => false;

    /// <summary>One look after each tick; null = not yet decided.</summary>
    public abstract Outcome? Look(ScriptScene scene);
}

/// <summary>press, cut, short, release, and the keys of the box.</summary>
public sealed class MoveStep(Hand hand) : ScriptStep
{
    public override bool Judges => false;

    public override Outcome? Look(ScriptScene scene)
    {
        scene.Act(hand);
        return scene.Station.Do(hand) ? Outcome.Done : new Outcome(Good: false, "the settings in force have no such zone or key");
    }
}

/// <summary>wait TIME.</summary>
public sealed class WaitStep(long forMs) : ScriptStep
{
    public override bool Judges => false;

    public override Outcome? Look(ScriptScene scene) => scene.NowMs - scene.StepMs >= forMs ? Outcome.Done : null;
}

/// <summary>wait until county holds / until online.</summary>
public sealed class WaitUntilStep(bool countyHolds, long withinMs) : ScriptStep
{
    public override Outcome? Look(ScriptScene scene)
    {
        long waitedMs = scene.NowMs - scene.StepMs;
        if (countyHolds ? scene.Followed && scene.Station.CountyHoldsAll : scene.Station.Online)
        {
            return new Outcome(Good: true, $"{waitedMs} ms");
        }

        return waitedMs >= withinMs ? new Outcome(Good: false, $"not within {withinMs} ms") : null;
    }
}

/// <summary>
/// expect OUTPUT PATTERN [within TIME]: the time counts from the last action. For what sounds, flashes or switches, "on" is any pattern
/// but off; a lamp that is "on" is steady.
/// </summary>
public sealed class ExpectOutputStep(OutputRole role, Pattern pattern, long withinMs) : ScriptStep
{
    public override Outcome? Look(ScriptScene scene)
    {
        bool timed = withinMs >= 0;
        long fromMs = timed ? scene.ActionMs : scene.StepMs;
        long limitMs = timed ? withinMs : ScriptLimits.ExpectMs;
        if (Matches(scene.Station.Loop.Outputs.PatternOf(role)))
        {
            long afterMs = Math.Max(0, scene.OutputMs(role) - fromMs);
            return new Outcome(!timed || afterMs <= limitMs, $"{afterMs} ms");
        }

        string now = Words.CodeOf(scene.Station.Loop.Outputs.PatternOf(role));
        return scene.NowMs - fromMs >= limitMs ? new Outcome(Good: false, $"is {now} after {limitMs} ms") : null;
    }

    private bool Matches(Pattern shown) =>
        shown == pattern || (pattern == Pattern.On && role < OutputRole.LampFire && shown != Pattern.Off);
}

/// <summary>
/// expect event KIND [zone N] [within TIME]: takes the oldest event that no line has taken yet. With a time it is an answer to the last
/// action, so only what came since then counts; without one it may have come before, as a patrol met while its button was still pressed.
/// </summary>
public sealed class ExpectEventStep(EventKind kind, int zone, long withinMs) : ScriptStep
{
    public override Outcome? Look(ScriptScene scene)
    {
        bool timed = withinMs >= 0;
        long fromMs = timed ? scene.ActionMs : scene.StepMs;
        long limitMs = timed ? withinMs : ScriptLimits.ExpectMs;
        if ((timed ? scene.Take(kind, zone) : scene.TakeAny(kind, zone)) is { } trace)
        {
            long afterMs = trace.InFlashMs - fromMs;
            return new Outcome(!timed || afterMs <= limitMs, timed ? $"{afterMs} ms" : "");
        }

        return scene.NowMs - fromMs >= limitMs ? new Outcome(Good: false, $"none after {limitMs} ms") : null;
    }
}

/// <summary>expect no event KIND [zone N] [for TIME]: none that no line has taken, whenever it came.</summary>
public sealed class ExpectNoEventStep(EventKind kind, int zone, long forMs) : ScriptStep
{
    public override Outcome? Look(ScriptScene scene)
    {
        if (scene.TakeAny(kind, zone) is { } trace)
        {
            return new Outcome(Good: false, $"there is one, {Lanes.Name(trace.Record.LaneNumber)} #{trace.Record.Sequence}");
        }

        return scene.NowMs - scene.StepMs >= forMs ? Outcome.Done : null;
    }
}

/// <summary>timeline: from the last action to siren, flash, broker and county.</summary>
public sealed class TimelineStep : ScriptStep
{
    public override bool Judges => false;

    public override Outcome? Look(ScriptScene scene)
    {
        if (scene.LastHand is not { } hand)
        {
            return new Outcome(Good: false, "no action before it");
        }

        Word move = hand.Key is { } key ? Words.OfKey(key) : Words.Of(hand.Move);
        EventTrace? trace = scene.FirstAfterAction();
        long sirenMs = scene.Station.Loop.Outputs.PatternOf(OutputRole.Siren) != Pattern.Off ? scene.OutputMs(OutputRole.Siren) : -1;
        Tell(scene, move, $"{Words.OfRole(OutputRole.Siren)}", sirenMs);
        Tell(scene, move, $"{Words.Of(EventStep.InFlash)}", trace?.InFlashMs ?? -1);
        Tell(scene, move, $"{Words.Of(EventStep.Sent)}", trace?.SentMs ?? -1);
        Tell(scene, move, $"{Words.Of(EventStep.Held)}", trace?.HeldMs ?? -1);
        return Outcome.Done;
    }

    private static void Tell(ScriptScene scene, Word move, string what, long ms)
    {
        string after = ms < scene.ActionMs ? "—" : $"{ms - scene.ActionMs} ms";
        scene.Station.TellScript(good: null, $"用时 timeline {move} → {what}: {after}");
    }
}

/// <summary>quit.</summary>
public sealed class QuitStep : ScriptStep
{
    public override bool Judges => false;

    public override Outcome? Look(ScriptScene scene)
    {
        scene.Quit = true;
        return Outcome.Done;
    }
}
