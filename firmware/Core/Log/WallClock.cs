// Owns: the relation of the monotonic clock to UTC.
// Must never: run by itself; the county sets it, and every question brings its time.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>UTC reckoned from the monotonic clock since the last setting.</summary>
    public sealed class WallClock
    {
        /// <summary>See <see cref="UtcQuality"/>.</summary>
        public UtcQuality Quality { get; private set; }

        /// <summary>UTC ahead of the monotonic clock, 0 while it is unknown; who acts by local time looks again when it moves.</summary>
        public long OffsetMs { get; private set; }

        /// <summary>UTC in ms since 1970 as the county has set it since the start, else 0.</summary>
        public long SetUtcMs(long nowMs)
        {
            return Quality == UtcQuality.Synchronised ? nowMs + OffsetMs : 0;
        }

        /// <summary>UTC in ms since 1970, or 0 while it is unknown.</summary>
        public long UtcMs(long nowMs)
        {
            return Quality == UtcQuality.Unknown ? 0 : nowMs + OffsetMs;
        }

        /// <summary>Begins with a time that the board has kept, good enough to stamp events with until the county sets it.</summary>
        public void Begin(long utcMs, long nowMs)
        {
            if (Quality == UtcQuality.Unknown && utcMs >= Limits.EarliestUtcMs && utcMs <= Bytes.U48Max)
            {
                OffsetMs = utcMs - nowMs;
                Quality = UtcQuality.BackFilled;
            }
        }

        /// <summary>
        /// Sets the clock; returns the step in ms against what it showed before, or long.MaxValue for the first setting. An impossible time
        /// is ignored with 0.
        /// </summary>
        public long Set(long utcMs, long nowMs)
        {
            if (utcMs < Limits.EarliestUtcMs || utcMs > Bytes.U48Max)
            {
                return 0;
            }

            long step = Quality == UtcQuality.Unknown ? long.MaxValue : utcMs - nowMs - OffsetMs;
            OffsetMs = utcMs - nowMs;
            Quality = UtcQuality.Synchronised;
            return step;
        }
    }
}
