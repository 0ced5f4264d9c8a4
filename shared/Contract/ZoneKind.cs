// Owns: the numbers and codes of the kinds of zone.
// Must never: renumber a kind; it is in every record.

namespace Gateway.Contract
{
    /// <summary>What a zone watches. 0 is "no zone" in a record.</summary>
    public enum ZoneKind : byte
    {
        None = 0,
        CallPoint = 1,
        Smoke = 2,
        Heat = 3,
        Gas = 4,
        FlowSwitch = 5,
        SignalValve = 6,
        HydrantPressure = 7,
        SprinklerPressure = 8,
        TankLevel = 9,
        PumpRun = 10,
        PumpFault = 11,
        PumpNotAuto = 12,
        PanelAlarm = 13,
        PanelFault = 14,
        ResidualCurrent = 15,
        CableTemperature = 16,
        Mains = 17,
        Battery = 18,
        Tamper = 19,
        PatrolButton = 20,
    }

    /// <summary>Words and bounds of <see cref="ZoneKind"/>.</summary>
    public static class ZoneKinds
    {
        /// <summary>Kinds are 1..Last.</summary>
        public const int Last = 20;

        private static readonly string[] s_codes =
        {
            "none", "callpoint", "smoke", "heat", "gas", "flow", "valve", "hydrant-pressure", "sprinkler-pressure", "level", "pump-run",
            "pump-fault", "pump-not-auto", "panel-alarm", "panel-fault", "residual-current", "cable-temperature", "mains", "battery",
            "tamper", "patrol",
        };

        /// <summary>The kind's word in settings, rules and JSON.</summary>
        public static string Code(ZoneKind kind)
        {
            return (int)kind <= Last ? s_codes[(int)kind] : "kind-" + ((int)kind).ToString();
        }

        /// <summary>The kind of such a word, or <see cref="ZoneKind.None"/>: "none" is no kind for a zone.</summary>
        public static ZoneKind Parse(string code)
        {
            for (int i = 1; i <= Last; i++)
            {
                if (s_codes[i] == code)
                {
                    return (ZoneKind)i;
                }
            }

            return ZoneKind.None;
        }

        /// <summary>All words that settings may use, for error messages.</summary>
        public static string Allowed()
        {
            string all = s_codes[1];
            for (int i = 2; i <= Last; i++)
            {
                all += ", " + s_codes[i];
            }

            return all;
        }
    }
}
