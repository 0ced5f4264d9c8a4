// Owns: what is told of a word in a rule that is wrong: the words that were right there, and the nearest of them.
// Must never: know a rule's place in the table.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Words of conditions and actions for errors; see <see cref="SettingsWords"/> for their two languages.</summary>
    public static class RuleWords
    {
        public const string ConditionsAllowed =
            "fire:, gas:, prealarm:, active:, fault:, supervisory:, disabled:, test: 后接 any、zN、gN 或类型；mode:, time:, day:, flag:\n"
            + "fire:, gas:, prealarm:, active:, fault:, supervisory:, disabled:, test: with any, zN, gN or a kind; "
            + "mode:, time:, day:, flag:";
        public const string ActionsAllowed =
            "strobe 或 relay1-4 后接 :on、:flash、:hold 或 :pulse5s，siren 或 buzzer 后接 :fault、:duty 或 :prealarm，"
            + "message:1-255，severity:low|general|larger|major，set:f1-f16，event\n"
            + "strobe or relay1-4 with :on, :flash, :hold or :pulse5s, siren or buzzer with :fault, :duty or :prealarm, "
            + "message:1-255, severity:low|general|larger|major, set:f1-f16, event";

        public const string AfterMode = "mode: 后接 day、night、drill 或 hotwork\nmode: with day, night, drill or hotwork";
        public const string AfterTime =
            "time: 后接 hh:mm-hh:mm，两个不同的时刻 00:00..23:59\ntime: with hh:mm-hh:mm, two different times of day 00:00..23:59";
        public const string AfterDay = "day: 后接星期 1..7，如 6,7 或 1-5\nday: with days 1 (Monday) .. 7, as in 6,7 or 1-5";
        public const string AfterFlag = "冒号后接 f1..f16\nf1..f16 behind the colon";
        public const string AfterSeverity = "severity: 后接 low、general、larger 或 major\nseverity: with low, general, larger or major";
        public const string AfterMessage = "message: 后接 1..255\nmessage: with 1..255";
        public const string AfterSounder = "冒号后接 fault、duty 或 prealarm\nfault, duty or prealarm behind the colon";
        public const string AfterOutput =
            "冒号后接 on、flash、hold，或 pulse1s..pulse3600s\non, flash, hold, or pulse1s..pulse3600s behind the colon";
        private const string Relays = "relay1: .. relay4:";

        /// <summary>The condition that was meant, or what conditions there are.</summary>
        public static string Condition(SettingsLine line, string name)
        {
            string[] conditions =
            {
                "fire", "gas", "prealarm", "active", "fault", "supervisory", "disabled", "test", "mode", "time", "day", "flag",
            };
            return NearOr(line, name, conditions, ConditionsAllowed);
        }

        /// <summary>The action that was meant, or what actions there are.</summary>
        public static string Action(SettingsLine line, string name)
        {
            string[] actions =
            {
                "strobe", "relay1", "relay2", "relay3", "relay4", "siren", "buzzer", "message", "severity", "set",
            };
            return name.IndexOf("relay") == 0 ? Relays : NearOr(line, name, actions, ActionsAllowed);
        }

        /// <summary>The kind of zone that was meant, or what may be selected.</summary>
        public static string Selector(SettingsLine line, string text)
        {
            const string all = "any，或前面各行的部位 zN、组 gN、类型\nany, or a zone zN, a group gN or a kind of zone of the lines above";
            return Numbered(text) || ZoneKinds.Parse(text) != ZoneKind.None ? all : ZoneSection.KindNear(line, text, all);
        }

        /// <summary>Where a line above is wrong, its zone, group or kind may only be missing here because of that.</summary>
        public static bool MayBeMissing(SettingsLine line, string text)
        {
            return Numbered(text) ? line.Lost || (line.Doubt && text[0] == 'g') : line.Doubt && ZoneKinds.Parse(text) != ZoneKind.None;
        }

        private static bool Numbered(string text)
        {
            int number;
            return text.Length > 1 && (text[0] == 'z' || text[0] == 'g') && SettingsLine.ParseInt(text.Substring(1), out number);
        }

        private static string NearOr(SettingsLine line, string name, string[] names, string all)
        {
            string near = line.Near(name, names);
            return near == null ? all : near + ":";
        }
    }
}
