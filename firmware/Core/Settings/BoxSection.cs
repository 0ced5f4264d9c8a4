// Owns: the settings lines "board", "output", "button" and "display": what the box is, and what stands on its front and at its terminals.
// Must never: change the board once a line has named an input or output of it.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Reads the box into <see cref="Settings"/>.</summary>
    public sealed class BoxSection
    {
        private readonly SettingsLine _line;
        private readonly SettingsInputs _inputs;
        private readonly Settings _settings;
        private readonly BoardShape _unnamed;
        private bool _began;
        private bool _outputs;

        public BoxSection(SettingsLine line, SettingsInputs inputs, Settings settings, BoardShape unnamed)
        {
            _line = line;
            _inputs = inputs;
            _settings = settings;
            _unnamed = unnamed;
        }

        /// <summary>A line names an input or output.</summary>
        public void Began()
        {
            // The PC's own board has no name and more of all; a chip without a carrier has no board that a text may leave unnamed.
            if (!_began && _settings.BoardName == null && _unnamed.Family != null && _unnamed.Outputs == 0)
            {
                string names = SettingsLine.Listed(_unnamed.Names());
                _line.RefuseLine(SettingsReason.Missing, "前面没有 board 行\nno board line before it", "board " + names + "\nboard " + names);
            }

            _began = true;
        }

        /// <summary>False where boards have no names, so that there is no such line.</summary>
        public bool ReadBoard()
        {
            if (_unnamed.Family == null)
            {
                return false;
            }

            string name = _line.Next();
            BoardShape board = name == null ? null : _unnamed.Named(name);
            if (board == null)
            {
                _line.RefuseName(name, _unnamed.Names());
            }
            else if (_began)
            {
                _line.RefuseLine(
                    SettingsReason.NotAllowed,
                    "board 写在输入输出之后\nboard after a zone, output or button",
                    "写在 zone、output、button 各行之前\nbefore every zone, output and button line"
                );
            }
            else
            {
                _settings.Use(board);
                _inputs.Use(board);
            }

            return true;
        }

        public void ReadOutput()
        {
            Began();
            int role = RoleOf(OutputRoles.Names());
            if (role < 0)
            {
                return;
            }

            if (!_outputs)
            {
                // The first output line takes over from the board's defaults, all of them.
                _outputs = true;
                for (int i = 0; i < OutputRoles.Count; i++)
                {
                    _settings.OutputOf[i] = -1;
                }
            }

            if (_settings.OutputOf[role] >= 0)
            {
                string twice = SettingsWords.Twice("output " + OutputRoles.Names()[role]);
                _line.RefuseLine(SettingsReason.Repeated, twice, "每个输出一次\neach output once");
            }

            _settings.OutputsInverted |= _line.Choice(SettingKey.Active) << role;
            string name = _line.Text(SettingKey.OutputName);
            if (_settings.OutputName != null)
            {
                _settings.OutputName[role] = name;
            }

            int output = _inputs.TakeOutput(_line);
            if (output >= 0)
            {
                _settings.OutputOf[role] = (sbyte)output;
            }
        }

        public void ReadButton()
        {
            Began();
            int button = RoleOf(Buttons.Names());
            if (button < 0)
            {
                return;
            }

            if (_settings.ButtonInput[button] >= 0)
            {
                string twice = SettingsWords.Twice("button " + Buttons.Names()[button]);
                _line.RefuseLine(SettingsReason.Repeated, twice, "每个按键一次\neach button once");
            }

            _settings.ButtonInput[button] = (sbyte)_inputs.Take(_line, SettingKey.ButtonInput, false);
            _settings.ButtonsClosed |= _line.Choice(SettingKey.Contact) << button;
        }

        /// <summary>The one kind of display that there is a driver for.</summary>
        public void ReadDisplay()
        {
            _settings.Display = _line.Choice(SettingKey.DisplayKind) == 0;
        }

        private int RoleOf(string[] names)
        {
            string word = _line.Next();
            int role = word == null ? -1 : SettingsLine.IndexOf(names, word);
            if (role < 0)
            {
                _line.Lost |= word == null;
                _line.RefuseName(word, names);
            }

            return role;
        }
    }
}
