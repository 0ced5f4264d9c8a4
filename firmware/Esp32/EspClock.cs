// Owns: the monotonic clock.
// Must never: jump, wrap or follow the time of day.

using nanoFramework.Hardware.Esp32;

namespace Gateway.Esp32
{
    /// <summary>Milliseconds since the chip started.</summary>
    public static class EspClock
    {
        /// <summary>
        /// From the chip's 64-bit microsecond timer. Environment.TickCount64 would not do: behind it is a 32-bit count of 10 ms, which
        /// starts again from 0 after 497 days.
        /// </summary>
        public static long NowMs()
        {
            return (long)(HighResTimer.GetCurrent() / 1000);
        }
    }
}
