// Owns: how raw units and the values of an analog zone belong together.
// Must never: use floating point; the device pays for it and rounding would differ.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// 4-20 mA over 100 Ω against a reference of 3300 mV: raw = µA × 10 / 33. A voltage: the whole range 0..10000.
    /// </summary>
    public static class AnalogScale
    {
        /// <summary>The low threshold of a zone that has none.</summary>
        public const int NoLow = short.MinValue;

        /// <summary>The high threshold of a zone that has none.</summary>
        public const int NoHigh = short.MaxValue;

        /// <summary>3.6 mA: broken wire or failed sensor (NAMUR NE 43).</summary>
        public const int CurrentLeast = 1090;

        /// <summary>4 mA.</summary>
        public const int CurrentFrom = 1212;

        /// <summary>20 mA.</summary>
        public const int CurrentTo = 6060;

        /// <summary>21 mA: short or failed sensor (NAMUR NE 43).</summary>
        public const int CurrentGreatest = 6363;

        /// <summary>A voltage below 1 % of the reference is a cut wire, above 99 % a shorted one, unless valid= says otherwise.</summary>
        public const int VoltageLeast = 100;
        public const int VoltageGreatest = 9900;

        private static readonly Unit[] s_units =
        {
            Unit.None,
            Unit.None,
            Unit.Millivolt,
            Unit.DeciCelsius,
            Unit.DeciPercentLel,
            Unit.None,
            Unit.None,
            Unit.DeciKilopascal,
            Unit.DeciKilopascal,
            Unit.Millimetre,
            Unit.None,
            Unit.None,
            Unit.None,
            Unit.None,
            Unit.None,
            Unit.Milliampere,
            Unit.DeciCelsius,
            Unit.Millivolt,
            Unit.Millivolt,
            Unit.None,
            Unit.None,
        };

        /// <summary>The unit in which a kind of zone is measured.</summary>
        public static Unit UnitOf(ZoneKind kind)
        {
            return s_units[(int)kind];
        }

        /// <summary>Raw units of a value; may lie outside 0..10000.</summary>
        public static int Raw(bool current, int from, int to, int value)
        {
            int rawFrom = current ? CurrentFrom : 0;
            int rawTo = current ? CurrentTo : Limits.RawMax;
            return rawFrom + (int)((long)(value - from) * (rawTo - rawFrom) / (to - from));
        }

        /// <summary>The value of a raw sample of a zone.</summary>
        public static int Value(Settings settings, int zone, int raw)
        {
            bool current = settings.ZoneWiring[zone] == Wiring.Current;
            int rawFrom = current ? CurrentFrom : 0;
            int rawTo = current ? CurrentTo : Limits.RawMax;
            int from = settings.ZoneFrom[zone];
            return from + (int)((long)(raw - rawFrom) * (settings.ZoneTo[zone] - from) / (rawTo - rawFrom));
        }
    }
}
