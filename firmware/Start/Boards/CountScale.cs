// Owns: what counts of the chip's converter stand for on boards without a reference to compare with.
// Must never: be used for supervised lines: their bands need the ratio.

using Gateway.Core;

namespace Gateway.Start
{
    /// <summary>
    /// The converter's greatest count is about 3.10 V with the attenuation that the runtime sets; chips differ by some percent, so these
    /// are inputs for levels, not for accounts. Where the count stands at its end the voltage is unknown, and the reading is out of range.
    /// </summary>
    public static class CountScale
    {
        /// <summary>The greatest count.</summary>
        public const int CountMax = 4095;

        /// <summary>From here the converter is saturated: ten counts for its noise.</summary>
        public const int Saturated = 4085;

        /// <summary>3.10 V of 3.3 V.</summary>
        public const int Voltage = 9394;

        /// <summary>3.10 V over 150 Ω is 20.7 mA, which over 100 Ω would be 2.07 V of 3.3 V.</summary>
        public const int Current150 = 6263;

        /// <summary>Of <see cref="BoardShape.AnalogTakes"/>.</summary>
        public const byte TakesLine = 1 << (int)Wiring.Line;

        /// <summary>Of <see cref="BoardShape.AnalogTakes"/>.</summary>
        public const byte TakesVoltage = 1 << (int)Wiring.Voltage;

        /// <summary>Of <see cref="BoardShape.AnalogTakes"/>.</summary>
        public const byte TakesCurrent = 1 << (int)Wiring.Current;
    }
}
