// Owns: the words in which rules, outputs and the journal speak of the panel: bits of zones by condition.
// Must never: be changed from outside the panel's own step.

using System;

namespace Gateway.Core
{
    /// <summary>
    /// Sets of zones. Conditions coexist, as in EN 54-2. They are numbers and no type of their own, since each is a place in
    /// <see cref="Zones"/>; what a rule asks for is a <see cref="RuleCondition"/>.
    /// </summary>
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

        /// <summary>Zones in each condition.</summary>
        public readonly ZoneSet[] Zones = new ZoneSet[ZoneConditions];

        public Mode Modes;

        /// <summary>Local minute of the day, -1 while the clock is unknown.</summary>
        public int Minute = -1;

        /// <summary>Bit of the local weekday, 0 while the clock is unknown.</summary>
        public int Weekday;

        public static string[] Names()
        {
            return new string[] { "fire", "prealarm", "active", "fault", "supervisory", "disabled", "test" };
        }
    }

    /// <summary>Modes of the station, as bits; several at once.</summary>
    [Flags]
    public enum Mode : int
    {
        None = 0,

        /// <summary>The outputs' delay is on: the station is manned.</summary>
        Day = 1,

        /// <summary>The outputs' delay is off.</summary>
        Night = 2,

        Drill = 4,

        HotWork = 8,
    }

    /// <summary>Words of <see cref="Mode"/>.</summary>
    public static class Modes
    {
        public static string[] Names()
        {
            return new string[] { "day", "night", "drill", "hotwork" };
        }
    }
}
