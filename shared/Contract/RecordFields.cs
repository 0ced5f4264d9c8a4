// Owns: the small number spaces of a record: severity, flags, quality of time, units.
// Must never: renumber a value; they are on the wire.

using System;

namespace Gateway.Contract
{
    /// <summary>How grave an event is, in the four grades of the county's plans.</summary>
    public enum Severity : byte
    {
        None = 0,
        Low = 1,
        General = 2,
        Larger = 3,
        Major = 4,

        /// <summary>No grade at all; never on the wire.</summary>
        Unknown = 255,
    }

    /// <summary>Words and bounds of <see cref="Severity"/>.</summary>
    public static class Severities
    {
        public const int Last = 4;

        public static string Code(Severity severity)
        {
            return severity switch
            {
                Severity.None => "none",
                Severity.Low => "low",
                Severity.General => "general",
                Severity.Larger => "larger",
                Severity.Major => "major",
                _ => "severity-" + ((int)severity).ToString(),
            };
        }

        /// <summary>The grade of such a code, or <see cref="Severity.Unknown"/>.</summary>
        public static Severity Parse(string code)
        {
            for (int i = 0; i <= Last; i++)
            {
                if (Code((Severity)i) == code)
                {
                    return (Severity)i;
                }
            }

            return Severity.Unknown;
        }
    }

    /// <summary>Bits of a record's flags. Bits that are not named here are reserved and sent as zero; a reader ignores them.</summary>
    [Flags]
    public enum EventFlags : int
    {
        None = 0,

        /// <summary>Of a zone that a drill (演练) named, or of the drill itself: never counted among real alarms.</summary>
        Drill = 1,

        /// <summary>The zone, or the whole panel, was in test.</summary>
        Test = 2,

        /// <summary>The first zone of this fire condition.</summary>
        FirstAlarm = 4,

        /// <summary>A state that was found again after a restart, not a new activation.</summary>
        AfterRestart = 8,

        /// <summary>Raised by a person's key or by the county's command, not by an input.</summary>
        ByPerson = 16,

        /// <summary>
        /// Of a loss: the store was found damaged and nobody knows how much was in it: the value counts what is known to be lost, the range
        /// how much it can be at most.
        /// </summary>
        Damage = 32,

        /// <summary>Of a loss: the county had held these records and asks for them again, but the gateway no longer has them.</summary>
        HeldBefore = 64,
    }

    /// <summary>How good the UTC of a record is.</summary>
    public enum UtcQuality : byte
    {
        /// <summary>The clock had not been set since the start: UTC is 0, time follows from boot number and uptime.</summary>
        Unknown = 0,

        /// <summary>Reckoned afterwards from boot number and uptime.</summary>
        BackFilled = 1,

        /// <summary>From a clock that the county or a time server had set since the start.</summary>
        Synchronised = 2,
    }

    /// <summary>Unit of a record's value, with its step.</summary>
    public enum Unit : byte
    {
        None = 0,
        Count = 1,
        Millivolt = 2,
        Microampere = 3,
        DeciCelsius = 4,
        DeciKilopascal = 5,
        Milliampere = 6,
        Millimetre = 7,
        DeciPercentLel = 8,
        Second = 9,
        Millisecond = 10,
        Permille = 11,
    }

    /// <summary>Words and bounds of <see cref="Unit"/>.</summary>
    public static class Units
    {
        public const int Last = 11;

        /// <summary>The unit as text behind the number.</summary>
        public static string Text(Unit unit)
        {
            return unit switch
            {
                Unit.None => "",
                Unit.Count => "",
                Unit.Millivolt => "mV",
                Unit.Microampere => "µA",
                Unit.DeciCelsius => "×0.1 °C",
                Unit.DeciKilopascal => "×0.1 kPa",
                Unit.Milliampere => "mA",
                Unit.Millimetre => "mm",
                Unit.DeciPercentLel => "×0.1 %LEL",
                Unit.Second => "s",
                Unit.Millisecond => "ms",
                Unit.Permille => "‰",
                _ => "unit-" + ((int)unit).ToString(),
            };
        }
    }
}
