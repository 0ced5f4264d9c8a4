// Owns: the numbers and names of the kinds of zone.
// Must never: renumber a kind; it is in every record.

namespace Gateway.Contract
{
    /// <summary>What a zone watches. 0 is "no zone" in a record.</summary>
    public static class ZoneKind
    {
        public const int None = 0;
        public const int CallPoint = 1;
        public const int Smoke = 2;
        public const int Heat = 3;
        public const int Gas = 4;
        public const int FlowSwitch = 5;
        public const int SignalValve = 6;
        public const int HydrantPressure = 7;
        public const int SprinklerPressure = 8;
        public const int TankLevel = 9;
        public const int PumpRun = 10;
        public const int PumpFault = 11;
        public const int PumpNotAuto = 12;
        public const int PanelAlarm = 13;
        public const int PanelFault = 14;
        public const int ResidualCurrent = 15;
        public const int CableTemperature = 16;
        public const int Mains = 17;
        public const int Battery = 18;
        public const int Tamper = 19;
        public const int PatrolButton = 20;

        /// <summary>Kinds are 1..Last.</summary>
        public const int Last = 20;

        private static readonly string[] s_codes =
        {
            "none", "callpoint", "smoke", "heat", "gas", "flow", "valve", "hydrant-pressure", "sprinkler-pressure", "level", "pump-run",
            "pump-fault", "pump-not-auto", "panel-alarm", "panel-fault", "residual-current", "cable-temperature", "mains", "battery",
            "tamper", "patrol",
        };

        private static readonly string[] s_chinese =
        {
            "无", "手动报警按钮", "感烟", "感温", "可燃气体", "水流指示器", "信号阀", "消火栓压力", "喷淋压力", "水箱液位", "水泵运行", "水泵故障",
            "水泵非自动", "主机火警", "主机故障", "剩余电流", "线缆温度", "主电", "备电", "防拆", "巡更按钮",
        };

        /// <summary>The kind's word in settings, rules and JSON.</summary>
        public static string Code(int kind)
        {
            return kind >= 0 && kind <= Last ? s_codes[kind] : "kind-" + kind.ToString();
        }

        /// <summary>The kind in Chinese, for people on duty.</summary>
        public static string Chinese(int kind)
        {
            return kind >= 0 && kind <= Last ? s_chinese[kind] : "类型" + kind.ToString();
        }

        /// <summary>The kind of such a word, or -1. "none" is no kind for a zone.</summary>
        public static int Parse(string code)
        {
            for (int i = 1; i <= Last; i++)
            {
                if (s_codes[i] == code)
                {
                    return i;
                }
            }

            return -1;
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
