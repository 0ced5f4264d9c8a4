// Owns: what a start makes of what it finds: why the gateway started, and how long it keeps quiet.
// Must never: claim a cause that the chip can't tell from another.

using System;
using Gateway.Contract;

namespace Gateway.Esp32
{
    /// <summary>
    /// A restart that was ordered or foreseen is noted on the drive. Of the others only two are known: the chip's clock runs on through a
    /// panic and a restart of its own, and a TLS handshake that was under way had frozen a gateway whose watchdog ended that. A reset by
    /// the button or by a watchdog that nobody foresaw takes the chip's power away for a moment, and is power that came.
    /// </summary>
    public static class StartFacts
    {
        /// <summary>
        /// True after a restart of the firmware's own, for whatever reason: who ordered it had threads that moved, so nothing was frozen.
        /// </summary>
        /// <param name="ordered">As <see cref="RestartNote.Ordered"/>.</param>
        public static bool InOrder(StartReason ordered)
        {
            return ordered == StartReason.Asked || ordered == StartReason.Fault;
        }

        /// <summary>One of <see cref="StartReason"/>.</summary>
        /// <param name="ordered">As <see cref="RestartNote.Ordered"/>.</param>
        /// <param name="froze">As <see cref="SecureMark.Froze"/>.</param>
        /// <param name="watchdog">The board has the part that ends a frozen handshake.</param>
        /// <param name="chip">The chip's clock before anything set it.</param>
        public static StartReason Reason(StartReason ordered, bool froze, bool watchdog, DateTime chip)
        {
            bool ended = watchdog && (froze || ordered == StartReason.Watchdog);
            return InOrder(ordered) ? ordered
                : ended ? StartReason.Watchdog
                : ClockNote.SecondsOf(chip) >= EspLimits.ClockFirstS ? StartReason.Fault
                : StartReason.PowerOn;
        }

        /// <summary>
        /// A few quiet seconds in which the flashing tool gets hold of a running device too. After a restart of our own, or a reset out of
        /// a frozen handshake, there may be a fire to show, and after a power cut there is one where it was latched, so that is left out,
        /// unless the device restarts for ever.
        /// </summary>
        /// <param name="restarts">As <see cref="RestartNote.Count"/>.</param>
        /// <param name="stalled">As <see cref="SecureMark.Found"/>.</param>
        /// <param name="fire">A fire is latched.</param>
        public static int QuietMs(int restarts, bool stalled, bool fire)
        {
            bool quiet = (restarts == 0 && !stalled && !fire) || restarts > EspLimits.QuickRestartsMax;
            return quiet ? EspLimits.QuietStartMs : 0;
        }
    }
}
