// Owns: when the loop's next tick comes: in real time, or as fast as a story can go.
// Must never: skip a tick that Core would have had, but after a stall.

using System.Diagnostics;
using Gateway.Core;

namespace Gateway.Pc.Run;

/// <summary>Waits between two ticks, on the loop's thread.</summary>
public abstract class Pace
{
    /// <summary>True when this pass is worth a picture.</summary>
    public abstract bool Shows { get; }

    /// <summary>Returns when the next tick is due.</summary>
    /// <param name="held">True while a script waits for somebody outside of this process.</param>
    public abstract void Wait(bool held);
}

/// <summary>A tick every <see cref="Limits.TickMs"/> of the computer's time.</summary>
public sealed class RealPace(Station station) : Pace
{
    private long _next = -1;

    public override bool Shows => true;

    public override void Wait(bool held)
    {
        if (station.Troubles.TakeDelayMs() is > 0 and long delayMs)
        {
            Thread.Sleep((int)delayMs);
        }

        long now = station.NowMs;
        _next = (_next < 0 ? now : _next) + Limits.TickMs + station.Troubles.LateMs();
        if (now - _next > PcLimits.StallMs)
        {
            _next = now;
        }
        else if (now < _next)
        {
            Thread.Sleep((int)(_next - now));
        }
    }
}

/// <summary>
/// A story's time. It runs ahead as fast as the computer ticks; but while something is on its way to the county or back, a tick takes as
/// long as it does in reality, or until the answer is there: broker and county are real and must not seem slow to a gateway in a hurry.
/// </summary>
/// <param name="speed">Seconds of the story in a second at most; 0 = no limit.</param>
public sealed class StoryPace(StoryClock clock, Station station, int speed) : Pace
{
    private readonly Stopwatch _real = Stopwatch.StartNew();
    private long _ticks;
    private long _pictureMs;

    public override bool Shows
    {
        get
        {
            long now = _real.ElapsedMilliseconds;
            if (now - _pictureMs < PcLimits.PictureMs)
            {
                return false;
            }

            _pictureMs = now;
            return true;
        }
    }

    public override void Wait(bool held)
    {
        if (held || station.Awaits)
        {
            for (int waitedMs = 0; waitedMs < Limits.TickMs && !station.HasMail; waitedMs += PcLimits.AnswerLookMs)
            {
                Thread.Sleep(PcLimits.AnswerLookMs);
            }
        }

        _ticks++;
        long dueMs = speed == 0 ? 0 : _ticks * Limits.TickMs / speed;
        long aheadMs = dueMs - _real.ElapsedMilliseconds;
        if (aheadMs > 0)
        {
            Thread.Sleep((int)aheadMs);
        }

        clock.Advance(Limits.TickMs + station.Troubles.LateMs() + station.Troubles.TakeDelayMs());
    }
}
