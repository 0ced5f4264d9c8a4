// Owns: how a converter's counts become shares of the supply.
// Must never: call a saturated reading a value.

using Gateway.Core;
using Gateway.Start;

namespace Gateway.Esp32
{
    /// <summary>Results are in 1/10000 of 3.3 V, at most <see cref="Limits.RawMax"/>.</summary>
    public static class LineScale
    {
        /// <summary>
        /// Beside a reference that the same converter measures in as many reads: the converter's gain and the supply fall out.
        /// </summary>
        /// <param name="share">What the reference is of the supply, in 1/10000.</param>
        public static int OfReference(int sum, int reference, int share)
        {
            int raw = (int)((long)sum * share / reference);
            return raw > Limits.RawMax ? Limits.RawMax : raw;
        }

        /// <summary>
        /// Without one: what the greatest count stands for gives the scale. At the converter's end the value is not known, only that it is
        /// out of range, and so it is told.
        /// </summary>
        public static int OfCount(int sum, int reads, int full)
        {
            return sum >= CountScale.Saturated * reads ? Limits.RawMax : (int)((long)sum * full / (CountScale.CountMax * reads));
        }

        /// <summary>Within a quarter of what a reference should give: its supply's tolerance, and the converter's own.</summary>
        public static bool Believed(int count, int expected)
        {
            return count >= expected - expected / 4 && count <= expected + expected / 4;
        }
    }
}
