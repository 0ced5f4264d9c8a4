// Owns: waiting for what must come, however slow the machine is.
// Must never: wait for a fixed time.

using System.Diagnostics;
using Xunit;

namespace Gateway.Tests.Support;

internal static class Patience
{
    private const int WaitMs = 180_000;
    private const int PauseMs = 5;
    private const int BeatMs = 20;

    public static void Until(Func<bool> holds, string what = "what was awaited") => Until(holds, () => what);

    /// <summary>
    /// How long it took, ms, of time in which the machine let this thread run: what a busy one keeps from it is not counted, as it is kept
    /// from the others too. For what a bound of ours ends, which is far below the limit that a test gives it.
    /// </summary>
    public static double RunMsUntil(Func<bool> holds, string what)
    {
        long last = Stopwatch.GetTimestamp();
        double ranMs = 0;
        Until(
            () =>
            {
                Thread.Sleep(BeatMs);
                long now = Stopwatch.GetTimestamp();
                ranMs += Math.Min(Stopwatch.GetElapsedTime(last, now).TotalMilliseconds, 2 * BeatMs);
                last = now;
                return holds();
            },
            () => what);
        return ranMs;
    }

    public static void Until(Func<bool> holds, Func<string> what)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(watch.ElapsedMilliseconds < WaitMs, $"not within {WaitMs / 1000} s: {what()}");
            Thread.Sleep(PauseMs);
        }
    }

    /// <summary>For what goes on by tasks, which may need the thread of who waits.</summary>
    public static async Task UntilAsync(Func<bool> holds, string what = "what was awaited")
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(watch.ElapsedMilliseconds < WaitMs, $"not within {WaitMs / 1000} s: {what}");
            await Task.Delay(PauseMs);
        }
    }
}
