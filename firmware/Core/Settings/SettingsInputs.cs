// Owns: which inputs and outputs of the board the lines have taken.
// Must never: give one input to two lines.

namespace Gateway.Core
{
    /// <summary>Reads input=a1 or input=d1 and pin=1, each for one line only.</summary>
    public sealed class SettingsInputs
    {
        private readonly int[] _inputLine = new int[Limits.InputsMax];
        private readonly int[] _outputLine = new int[Limits.OutputsMax];
        private BoardShape _board;

        public SettingsInputs(BoardShape board)
        {
            _board = board;
        }

        /// <summary>From here on the text is about this board; no line has taken an input or output yet.</summary>
        public void Use(BoardShape board)
        {
            _board = board;
        }

        /// <summary>Refuses a wiring that the board's input can't read.</summary>
        public void CheckTakes(SettingsLine line, int input, Wiring wiring)
        {
            if (input >= _board.AnalogInputs || _board.Takes(input, wiring))
            {
                return;
            }

            string[] names = Wirings.Names();
            string takes = "";
            for (int w = 0; w < names.Length; w++)
            {
                if (_board.Takes(input, (Wiring)w))
                {
                    takes += (takes.Length == 0 ? "" : ", ") + names[w];
                }
            }

            string place = "a" + (input + 1).ToString();
            string chinese = takes + "（" + _board.Name + " 板的 " + place + "）\n";
            line.Refuse(SettingKey.Wiring, chinese + takes + " on " + place + " of board " + _board.Name);
        }

        /// <summary>The input of a line; 0 after an error.</summary>
        /// <param name="key">The key whose value names the input.</param>
        /// <param name="analog">Analog inputs a1.., else digital inputs d1...</param>
        public int Take(SettingsLine line, SettingKey key, bool analog)
        {
            string text = line.Raw(key);
            int number = 0;
            bool good =
                text != null && text.Length >= 2 && text[0] == (analog ? 'a' : 'd') && SettingsLine.ParseInt(text.Substring(1), out number);
            int most = analog ? _board.AnalogInputs : _board.DigitalInputs;
            if (!good || number < 1 || number > most)
            {
                string range = (analog ? "a1..a" : "d1..d") + most.ToString();
                line.Refuse(key, (analog ? "模拟输入 " : "开关输入 ") + range + (analog ? "\nan analog input " : "\na digital input ") + range);
                return 0;
            }

            int input = analog ? number - 1 : _board.AnalogInputs + number - 1;
            if (_inputLine[input] != 0)
            {
                line.Refuse(key, Other("输入", "input", _inputLine[input]));
            }

            _inputLine[input] = line.Number;
            return input;
        }

        /// <summary>The output of a line, 0..; -1 after an error.</summary>
        public int TakeOutput(SettingsLine line)
        {
            int output = line.Int(SettingKey.Pin, _board.Outputs, 0) - 1;
            if (output < 0)
            {
                return -1;
            }

            if (_outputLine[output] != 0)
            {
                line.Refuse(SettingKey.Pin, Other("输出", "output", _outputLine[output]));
            }

            _outputLine[output] = line.Number;
            return output;
        }

        private static string Other(string chinese, string english, int line)
        {
            string by = line.ToString();
            return "别的行未用的" + chinese + "（第" + by + "行已用）\nan " + english + " that no other line uses; line " + by + " has it";
        }
    }
}
