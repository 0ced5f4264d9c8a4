// Owns: a stand-in for the chip's timer.
// Must never: go backwards; the host's own monotonic clock is behind it.

using System.Diagnostics;

namespace nanoFramework.Hardware.Esp32
{
    /// <summary>Microseconds since some moment.</summary>
    public static class HighResTimer
    {
        public static ulong GetCurrent()
        {
            return (ulong)(Stopwatch.GetTimestamp() * 1000000.0 / Stopwatch.Frequency);
        }
    }
}
