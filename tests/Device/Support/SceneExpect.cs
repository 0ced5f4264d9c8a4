// Owns: the words of a scene's expectations.
// Must never: take an unknown word for a fulfilled one.

using Gateway.Contract;
using Gateway.Core;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    /// <summary>
    /// Expectations, parted by spaces. Zones in a condition, exactly: fire=1,2 pre= active= fault= sup= dis= test= cases= (- = none).
    /// first=1 latest=2. Outputs by their pattern: siren=fire relay1=off lamp-fault=on; pin:relay1=on is what the terminal does.
    /// silenced=yes delay=hold result=done code=yellow drill=on duty=asked look=asked level=2; shown= has a letter a heartbeat's condition.
    /// Events: @kind must be on record, !kind must not, x2:kind exactly so often. Behind the kind, parted by '/': zone 1, r3 rule, o2 other
    /// zone, a b c details, v value, s severity, f flags, as in @fire-alarm/1/r3/s4. Lane 0 in order: fires=fire-alarm,silenced,reset.
    /// </summary>
    public static class SceneExpect
    {
        public static void All(Scene scene, string expected)
        {
            string[] words = expected.Split(' ');
            for (int i = 0; i < words.Length; i++)
            {
                if (words[i].Length > 0)
                {
                    Check(scene, words[i]);
                }
            }
        }

        public static void Check(Scene scene, string word)
        {
            if (word[0] == '@' || word[0] == '!' || word[0] == 'x')
            {
                SceneEvents.Check(scene, word);
                return;
            }

            int equals = word.IndexOf('=');
            string name = word.Substring(0, equals);
            string value = word.Substring(equals + 1);
            Assert.AreEqual(value, Value(scene, name), word);
        }

        /// <summary>Zone numbers 1,2 as bits, bit n-1 is zone n.</summary>
        public static int Bits(string numbers)
        {
            int bits = 0;
            string[] parts = numbers.Split(',');
            for (int i = 0; i < parts.Length; i++)
            {
                int number;
                if (SettingsLine.ParseInt(parts[i], out number))
                {
                    bits |= 1 << (number - 1);
                }
            }

            return bits;
        }

        private static string Value(Scene scene, string name)
        {
            Panel panel = scene.Loop.Panel;
            PanelState s = panel.State;
            switch (name)
            {
                case "fire":
                    return Zones(scene, s.Latched);
                case "pre":
                    return Zones(scene, s.Conditions.Zones[Conditions.PreAlarm]);
                case "active":
                    return Zones(scene, s.Conditions.Zones[Conditions.Active]);
                case "fault":
                    return Zones(scene, s.Conditions.Zones[Conditions.Fault]);
                case "sup":
                    return Zones(scene, s.Conditions.Zones[Conditions.Supervisory]);
                case "dis":
                    return Zones(scene, s.Conditions.Zones[Conditions.Disabled]);
                case "test":
                    return Zones(scene, s.Conditions.Zones[Conditions.Test]);
                case "first":
                    return Zone(scene, s.First);
                case "latest":
                    return Zone(scene, s.Latest);
                case "silenced":
                    return s.Silenced ? "yes" : "no";
                case "delay":
                    return PartOf.AlarmDelay(s).Holding ? "hold"
                        : PartOf.AlarmDelay(s).On ? "on"
                        : "off";
                case "result":
                    return CommandOutcomes.Name(scene.Result);
                case "code":
                    return PartOf.SelfTests(s).Code == StationCode.Green ? "green"
                        : PartOf.SelfTests(s).Code == StationCode.Yellow ? "yellow"
                        : "red";
                case "cases":
                    return Zones(scene, PartOf.Cases(s).Open);
                case "drill":
                    return PartOf.Drill(s).On ? "on" : "off";
                case "duty":
                    return PartOf.DutyCheck(s).Asked ? "asked" : "no";
                case "look":
                    return PartOf.HotWork(s).LookAsked ? "asked" : "no";
                case "level":
                    return PartOf.ResponseClocks(s).Level.ToString();
                case "shown":
                    return Shown(panel.ConditionSummary);
                case "fires":
                    return SceneEvents.FireLane(scene);
                default:
                    return Output(scene, name);
            }
        }

        private static string Output(Scene scene, string name)
        {
            bool pin = name.Length > 4 && name.Substring(0, 4) == "pin:";
            int role = SettingsLine.IndexOf(OutputRoles.Names(), pin ? name.Substring(4) : name);
            if (role < 0)
            {
                throw new System.Exception("a scene has no expectation " + name);
            }

            return pin ? (scene.Board.IsOn(role) ? "on" : "off") : Patterns.Names()[(int)scene.Loop.Outputs.PatternOf((OutputRole)role)];
        }

        /// <summary>Bits of the heartbeat's conditions as one letter each.</summary>
        private static string Shown(ConditionBits bits)
        {
            string letters = "FPfdTsDSQHyNCW";
            string shown = "";
            for (int i = 0; i < letters.Length; i++)
            {
                shown += ((int)bits & (1 << i)) != 0 ? letters.Substring(i, 1) : "";
            }

            return shown.Length == 0 ? "-" : shown;
        }

        private static string Zones(Scene scene, ZoneSet zones)
        {
            int numbers = scene.Settings.NumberBits(zones);
            string text = "";
            for (int i = 0; i < Limits.ZonesMax; i++)
            {
                if ((numbers & (1 << i)) != 0)
                {
                    text += (text.Length == 0 ? "" : ",") + (i + 1).ToString();
                }
            }

            return text.Length == 0 ? "-" : text;
        }

        private static string Zone(Scene scene, int index)
        {
            return index < 0 ? "-" : scene.Settings.ZoneNumber[index].ToString();
        }
    }
}
