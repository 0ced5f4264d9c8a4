// Owns: the words in which rules, outputs and the journal speak of the panel: bits of zones by condition.
// Must never: be changed from outside the panel's own step.

namespace Gateway.Core
{
    /// <summary>Bits by zone index. Conditions coexist, as in EN 54-2.</summary>
    public sealed class Conditions
    {
        public const int Fire = 0;
        public const int PreAlarm = 1;
        public const int Active = 2;
        public const int Fault = 3;
        public const int Supervisory = 4;
        public const int Disabled = 5;
        public const int Test = 6;

        /// <summary>Conditions that have zones.</summary>
        public const int ZoneConditions = 7;

        private static readonly string[] s_names = { "fire", "prealarm", "active", "fault", "supervisory", "disabled", "test" };

        /// <summary>Zones in each condition.</summary>
        public readonly int[] Zones = new int[ZoneConditions];

        /// <summary>See <see cref="Mode"/>.</summary>
        public int Modes;

        /// <summary>Local minute of the day, -1 while the clock is unknown.</summary>
        public int Minute = -1;

        /// <summary>Bit of the local weekday, 0 while the clock is unknown.</summary>
        public int Weekday;

        public static string[] Names()
        {
            return s_names;
        }
    }

    /// <summary>Modes of the station, as bits; several at once.</summary>
    public static class Mode
    {
        /// <summary>The outputs' delay is on: the station is manned.</summary>
        public const int Day = 1;

        /// <summary>The outputs' delay is off.</summary>
        public const int Night = 2;

        public const int Drill = 4;

        public const int HotWork = 8;

        private static readonly string[] s_names = { "day", "night", "drill", "hotwork" };

        public static string[] Names()
        {
            return s_names;
        }
    }
}
