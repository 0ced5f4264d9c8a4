// Owns: the least that any firmware could do in a tick: look at every input.
// Must never: decide anything.

namespace Gateway.Tests.Benchmarks;

/// <summary>Reads each zone's input once and compares it with the last value.</summary>
internal static class PlainLoop
{
    public static int Changes(int[] raw, int[] last, int zones)
    {
        int changes = 0;
        for (int i = 0; i < zones; i++)
        {
            if (raw[i] != last[i])
            {
                last[i] = raw[i];
                changes++;
            }
        }

        return changes;
    }
}
