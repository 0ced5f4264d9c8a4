// Owns: the words of a scene's steps.
// Must never: pass over a word that it does not know.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Tests.Device
{
    /// <summary>
    /// Steps, parted by spaces. Wires: on1 off1 cut1 short1 lost1 noise1 raw1=5000, blip1 (on for two samples). Time: +40ms +5s +3m +2h
    /// +4d, at=1T08:30 (Monday 08:30), reboot. Keys: silence reset answer scene joined test, each 200 ms; hold=silence free=silence,
    /// reboot=silence with that key held, reboot=off1 with a wire changed while the power is off. Commands: shield1=60 try1=5 (test of a
    /// zone) hot1,2=30 drill1,2=20 drill=20 (every zone) duty=10; 0 minutes end a state. county=off, flash=off. A word with ? is an
    /// expectation at this moment. Each step but time itself lets 200 ms pass.
    /// </summary>
    public static class SceneSteps
    {
        private const int StepMs = 200;
        private static readonly char[] s_digits = { '1', '2', '3', '4', '5', '6', '7', '8', '9' };

        public static void Play(Scene scene, string steps)
        {
            string[] words = steps.Split(' ');
            bool noisy = false;
            for (int i = 0; i < words.Length; i++)
            {
                string word = words[i];
                if (word.Length == 0)
                {
                    continue;
                }

                if (word[0] == '?')
                {
                    SceneExpect.Check(scene, word.Substring(1));
                    continue;
                }

                noisy |= word.IndexOf("noise") == 0;
                if (word[0] == '+')
                {
                    scene.Pass(Duration(word), noisy);
                    continue;
                }

                Step(scene, word);
                scene.Pass(StepMs, true);
            }
        }

        private static void Step(Scene scene, string word)
        {
            int key = SettingsLine.IndexOf(Buttons.Names(), word);
            if (key >= 0)
            {
                int input = scene.Settings.ButtonInput[key];
                scene.Board.Set(input, 0);
                scene.Pass(StepMs, true);
                scene.Board.Set(input, 1);
                return;
            }

            int equals = word.IndexOf('=');
            string name = equals < 0 ? word : word.Substring(0, equals);
            string value = equals < 0 ? "" : word.Substring(equals + 1);
            int digits = 0;
            while (digits < name.Length && (name[digits] < '0' || name[digits] > '9'))
            {
                digits++;
            }

            string what = name.Substring(0, digits);
            string numbers = name.Substring(digits);
            PanelCommands commands = scene.Loop.Panel.Commands;
            commands.Origin = Origin.County;
            switch (what)
            {
                case "on":
                case "off":
                case "cut":
                case "short":
                case "lost":
                    Wire(scene, what, numbers);
                    break;
                case "blip":
                    Wire(scene, "on", numbers);
                    scene.Pass(Limits.TickMs * 2, true);
                    Wire(scene, "off", numbers);
                    break;
                case "noise":
                    scene.Board.MakeNoise(scene.Settings.ZoneInput[scene.Settings.IndexOf(Number(numbers))]);
                    break;
                case "raw":
                    scene.Board.Set(scene.Settings.ZoneInput[scene.Settings.IndexOf(Number(numbers))], Number(value));
                    break;
                case "shield":
                    scene.Result = (int)commands.Run(CommandCode.Disable, Number(numbers), Number(value), scene.NowMs);
                    break;
                case "try":
                    scene.Result = (int)commands.Run(CommandCode.Test, Number(numbers), Number(value), scene.NowMs);
                    break;
                case "hot":
                    scene.Result = (int)commands.Run(CommandCode.HotWork, SceneExpect.Bits(numbers), Number(value), scene.NowMs);
                    break;
                case "drill":
                    scene.Result = (int)commands.Run(CommandCode.Drill, Number(value), SceneExpect.Bits(numbers), scene.NowMs);
                    break;
                case "duty":
                    scene.Result = (int)commands.Run(CommandCode.DutyCheck, Number(value), 0, scene.NowMs);
                    break;
                case "at":
                    scene.SetClock(value[0] - '0', VillageSection.ParseTime(value.Substring(2)));
                    break;
                case "county":
                    scene.County.Answers = value == "on";
                    break;
                case "flash":
                    scene.Flash.Refuses = value == "off";
                    break;
                case "hold":
                case "free":
                    Key(scene, value, what == "hold");
                    break;
                case "reboot":
                    if (SettingsLine.IndexOf(Buttons.Names(), value) >= 0)
                    {
                        Key(scene, value, true);
                    }
                    else if (value.Length > 0)
                    {
                        digits = value.IndexOfAny(s_digits);
                        Wire(scene, value.Substring(0, digits), value.Substring(digits));
                    }

                    scene.Start();
                    break;
                default:
                    throw new System.Exception("a scene has no step " + word);
            }
        }

        private static void Key(Scene scene, string name, bool down)
        {
            scene.Board.Set(scene.Settings.ButtonInput[SettingsLine.IndexOf(Buttons.Names(), name)], down ? 0 : 1);
        }

        private static void Wire(Scene scene, string word, string numbers)
        {
            string[] zones = numbers.Split(',');
            for (int i = 0; i < zones.Length; i++)
            {
                int zone = scene.Settings.IndexOf(Number(zones[i]));
                scene.Board.Set(scene.Settings.ZoneInput[zone], SceneWires.Level(scene.Settings.ZoneWiring[zone], word));
            }
        }

        private static long Duration(string word)
        {
            int unit = 1;
            while (unit < word.Length && word[unit] >= '0' && word[unit] <= '9')
            {
                unit++;
            }

            long number = Number(word.Substring(1, unit - 1));
            switch (word.Substring(unit))
            {
                case "ms":
                    return number;
                case "s":
                    return number * 1000;
                case "m":
                    return number * 60 * 1000;
                case "h":
                    return number * 60 * 60 * 1000;
                case "d":
                    return number * 24 * 60 * 60 * 1000;
                default:
                    throw new System.Exception("a scene has no time " + word);
            }
        }

        private static int Number(string text)
        {
            int number;
            if (!SettingsLine.ParseInt(text, out number))
            {
                throw new System.Exception("a scene wants a number, not " + text);
            }

            return number;
        }
    }
}
