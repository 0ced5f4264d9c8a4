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

        /// <summary>The kind's word in settings, rules and JSON.</summary>
        public static string Code(ZoneKind kind)
        {
            return kind switch
            {
                ZoneKind.None => "none",
                ZoneKind.CallPoint => "callpoint",
                ZoneKind.Smoke => "smoke",
                ZoneKind.Heat => "heat",
                ZoneKind.Gas => "gas",
                ZoneKind.FlowSwitch => "flow",
                ZoneKind.SignalValve => "valve",
                ZoneKind.HydrantPressure => "hydrant-pressure",
                ZoneKind.SprinklerPressure => "sprinkler-pressure",
                ZoneKind.TankLevel => "level",
                ZoneKind.PumpRun => "pump-run",
                ZoneKind.PumpFault => "pump-fault",
                ZoneKind.PumpNotAuto => "pump-not-auto",
                ZoneKind.PanelAlarm => "panel-alarm",
                ZoneKind.PanelFault => "panel-fault",
                ZoneKind.ResidualCurrent => "residual-current",
                ZoneKind.CableTemperature => "cable-temperature",
                ZoneKind.Mains => "mains",
                ZoneKind.Battery => "battery",
                ZoneKind.Tamper => "tamper",
                ZoneKind.PatrolButton => "patrol",
                _ => "kind-" + ((int)kind).ToString(),
            };
        }

        /// <summary>The kind of such a word, or <see cref="ZoneKind.None"/>: "none" is no kind for a zone.</summary>
        public static ZoneKind Parse(string code)
        {
            for (int i = 1; i <= Last; i++)
            {
                if (Code((ZoneKind)i) == code)
                {
                    return (ZoneKind)i;
                }
            }

            return ZoneKind.None;
        }

        /// <summary>All words that settings may use, for error messages.</summary>
        public static string Allowed()
        {
            string all = Code((ZoneKind)1);
            for (int i = 2; i <= Last; i++)
            {
                all += ", " + Code((ZoneKind)i);
            }

            return all;
        }
    }
}
