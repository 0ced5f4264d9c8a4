// Owns: waiting for what must come, however slow the machine is.
// Must never: wait for a fixed time.

using System.Diagnostics;
using Xunit;

namespace Gateway.Tests.Support;

internal static class Patience
{
    private const int WaitMs = 180_000;
    private const int PauseMs = 5;

    public static void Until(Func<bool> holds, string what = "what was awaited") => Until(holds, () => what);

    public static void Until(Func<bool> holds, Func<string> what)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(watch.ElapsedMilliseconds < WaitMs, $"not within {WaitMs / 1000} s: {what()}");
            Thread.Sleep(PauseMs);
        }
    }
}
