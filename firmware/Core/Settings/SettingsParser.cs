// Owns: turning a settings text into Settings, whole or not at all.
// Must never: keep anything of a text that has an error.

using System.Text;
using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Reads settings texts. The grammar is one command a line; the commands are station, uplink, zone, output, button.</summary>
    public sealed class SettingsParser
    {
        private const string Commands = "station, uplink, zone, output, button";

        private readonly BoardShape _board;
        private readonly SettingsErrors _errors;
        private readonly SettingsLine _line;
        private readonly int[] _inputLine = new int[Limits.InputsMax];
        private readonly int[] _outputLine = new int[Limits.OutputsMax];
        private Settings _settings;
        private bool _station;
        private bool _uplink;
        private bool _outputs;

        private SettingsParser(BoardShape board, SettingsErrors errors)
        {
            _board = board;
            _errors = errors;
            _line = new SettingsLine(errors);
        }

        /// <summary>Reads a text; null when anything is wrong, and then <paramref name="errors"/> says what.</summary>
        /// <param name="text">UTF-8, with or without a byte order mark, lines ended by LF or CR LF.</param>
        /// <param name="count">Bytes of it, at most <see cref="Limits.SettingsBytesMax"/>.</param>
        public static Settings Parse(byte[] text, int count, BoardShape board, SettingsErrors errors)
        {
            if (count > Limits.SettingsBytesMax)
            {
                errors.Add(0, 0, count.ToString() + " bytes", "at most " + Limits.SettingsBytesMax.ToString() + " bytes");
                return null;
            }

            SettingsParser parser = new SettingsParser(board, errors);
            parser._settings = new Settings(board);
            parser._settings.TextCrc = Crc32.Of(text, 0, count);
            parser.ReadLines(text, count);
            if (errors.Total == 0)
            {
                parser.CheckWhole();
            }

            return errors.Total == 0 ? parser._settings : null;
        }

        private void ReadLines(byte[] text, int count)
        {
            int at = count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF ? 3 : 0;
            int number = 0;
            while (at < count)
            {
                int end = at;
                while (end < count && text[end] != (byte)'\n')
                {
                    end++;
                }

                number++;
                int length = end > at && text[end - 1] == (byte)'\r' ? end - 1 - at : end - at;
                ReadLine(text, at, length, number);
                at = end + 1;
            }
        }

        private void ReadLine(byte[] text, int at, int length, int number)
        {
            int bad = Utf8.FirstBad(text, at, at + length);
            if (bad >= 0)
            {
                int column = Encoding.UTF8.GetString(text, at, bad - at).Length + 1;
                _errors.Add(number, column, "byte 0x" + text[bad].ToString("X2"), "UTF-8 without control characters (save the file as UTF-8)");
                return;
            }

            if (!_line.Read(Encoding.UTF8.GetString(text, at, length), number) || _line.Command == null)
            {
                return;
            }

            switch (_line.Command)
            {
                case "station":
                    ReadStation();
                    break;
                case "uplink":
                    ReadUplink();
                    break;
                case "zone":
                    ReadZone();
                    break;
                case "output":
                    ReadOutput();
                    break;
                case "button":
                    ReadButton();
                    break;
                default:
                    _line.RefuseLine(_line.Command, Commands);
                    return;
            }

            _line.RefuseUnused();
        }

        private void ReadStation()
        {
            if (_station)
            {
                _line.RefuseLine("station a second time", "one station line");
            }

            _station = true;
            string id = _line.Raw("id");
            if (id == null || !Topics.StationOf(id, out _settings.Station))
            {
                _line.Refuse("id", "the station's number 1..4294967295");
            }

            _settings.County = Level("county");
            _settings.Township = Level("township");
            _settings.Village = Level("village");
            _settings.Name = _line.Text("name", Limits.NameBytesMax, null);
        }

        private string Level(string key)
        {
            string level = _line.Raw(key);
            if (!Topics.LevelOk(level))
            {
                _line.Refuse(key, "a code of 1.." + ContractLimits.TopicLevelMax.ToString() + " letters, digits, - or _");
            }

            return level;
        }

        private void ReadUplink()
        {
            if (_uplink)
            {
                _line.RefuseLine("uplink a second time", "one uplink line");
            }

            _uplink = true;
            _settings.Host[0] = _line.Text("host", Limits.NameBytesMax, null);
            _settings.Port[0] = _line.Int("port", 1, 65535, 1883);
            _settings.Host[1] = _line.Text("host2", Limits.NameBytesMax, "");
            _settings.Port[1] = _line.Int("port2", 1, 65535, 1883);
            _settings.User = _line.Text("user", Limits.NameBytesMax, "");
            _settings.HeartbeatS = _line.Int("heartbeatS", 5, 600, 30);
            _settings.DrainPerS = _line.Int("drainPerS", 1, 100, 10);
        }

        private void ReadZone()
        {
            string word = _line.Word("a zone number 1.." + Limits.ZonesMax.ToString());
            int number;
            if (word == null || !SettingsLine.ParseInt(word, out number) || number < 1 || number > Limits.ZonesMax)
            {
                _line.RefuseLine("zone " + word, "a zone number 1.." + Limits.ZonesMax.ToString());
                return;
            }

            Settings s = _settings;
            for (int i = 0; i < s.ZoneCount; i++)
            {
                if (s.ZoneNumber[i] == number)
                {
                    _line.RefuseLine("zone " + word + " a second time", "each zone once");
                    return;
                }
            }

            int zone = s.ZoneCount++;
            s.ZoneNumber[zone] = (byte)number;
            string kind = _line.Raw("kind");
            int kindNumber = kind == null ? -1 : Contract.ZoneKind.Parse(kind);
            if (kindNumber < 0)
            {
                _line.Refuse("kind", Contract.ZoneKind.Allowed());
            }

            s.ZoneKind[zone] = (byte)kindNumber;
            s.ZoneWiring[zone] = (byte)_line.Choice("wiring", Wiring.Names(), -1);
            s.ZoneInput[zone] = (byte)Input(s.ZoneWiring[zone] == Wiring.Line);
            s.ZoneName[zone] = _line.Text("name", Limits.NameBytesMax, null);
            ReadDebounce(zone);
            ReadBands(zone);
        }

        private void ReadDebounce(int zone)
        {
            string text = _line.Raw("debounce");
            int needed = 3;
            int of = 5;
            if (text != null)
            {
                string[] parts = text.Split('/');
                bool good = parts.Length == 2 && SettingsLine.ParseInt(parts[0], out needed) && SettingsLine.ParseInt(parts[1], out of);
                if (!good || needed < 1 || of > Limits.DebounceSamplesMax || needed > of || needed * 2 <= of)
                {
                    _line.Refuse("debounce", "n/m samples of 20 ms with m 1.." + Limits.DebounceSamplesMax.ToString() + " and n more than half of m");
                }
            }

            _settings.ZoneNeeded[zone] = (byte)needed;
            _settings.ZoneOf[zone] = (byte)of;
        }

        /// <summary>Defaults: pull-up and end-of-line resistor of 4.7 kΩ, alarm contact in series with 2.2 kΩ (hardware/README.md).</summary>
        private void ReadBands(int zone)
        {
            int shortBelow = 1061;
            int alarmBelow = 3485;
            int normalBelow = 6667;
            string text = _settings.ZoneWiring[zone] == Wiring.Line ? _line.Raw("bands") : null;
            if (text != null)
            {
                string[] parts = text.Split('/');
                bool good = parts.Length == 3 && SettingsLine.ParseInt(parts[0], out shortBelow)
                    && SettingsLine.ParseInt(parts[1], out alarmBelow) && SettingsLine.ParseInt(parts[2], out normalBelow);
                if (!good || shortBelow < 1 || alarmBelow <= shortBelow || normalBelow <= alarmBelow || normalBelow > Limits.RawMax)
                {
                    _line.Refuse("bands", "three rising numbers short/alarm/normal, 1..10000 of the reference");
                }
            }

            _settings.ZoneBands[zone * 3] = (short)shortBelow;
            _settings.ZoneBands[zone * 3 + 1] = (short)alarmBelow;
            _settings.ZoneBands[zone * 3 + 2] = (short)normalBelow;
        }

        private void ReadOutput()
        {
            int role = RoleOf(OutputRole.Names());
            if (role < 0)
            {
                return;
            }

            if (!_outputs)
            {
                // The first output line takes over from the board's defaults, all of them.
                _outputs = true;
                for (int i = 0; i < OutputRole.Count; i++)
                {
                    _settings.OutputOf[i] = -1;
                }
            }

            if (_settings.OutputOf[role] >= 0)
            {
                _line.RefuseLine("output " + OutputRole.Names()[role] + " a second time", "each output once");
            }

            int output = _line.Int("pin", 1, _board.Outputs, 0) - 1;
            _settings.OutputInverted[role] = _line.Choice("active", s_levels, 0) == 1;
            if (output < 0)
            {
                return;
            }

            if (_outputLine[output] != 0)
            {
                _line.Refuse("pin", "an output that no other line uses; line " + _outputLine[output].ToString() + " has it");
            }

            _outputLine[output] = _line.Number;
            _settings.OutputOf[role] = (sbyte)output;
        }

        private void ReadButton()
        {
            int button = RoleOf(Button.Names());
            if (button < 0)
            {
                return;
            }

            if (_settings.ButtonInput[button] >= 0)
            {
                _line.RefuseLine("button " + Button.Names()[button] + " a second time", "each button once");
            }

            _settings.ButtonInput[button] = (sbyte)Input(false);
            _settings.ButtonClosed[button] = _line.Choice("contact", s_contacts, 0) == 1;
        }

        private static readonly string[] s_levels = { "high", "low" };
        private static readonly string[] s_contacts = { "no", "nc" };

        private int RoleOf(string[] names)
        {
            string word = _line.Word("one of " + SettingsLine.Listed(names));
            int role = word == null ? -1 : SettingsLine.IndexOf(names, word);
            if (role < 0 && word != null)
            {
                _line.RefuseLine(_line.Command + " " + word, SettingsLine.Listed(names));
            }

            return role;
        }

        /// <summary>input=a1.. for an analog, d1.. for a digital input that no other line uses.</summary>
        private int Input(bool analog)
        {
            string text = _line.Raw("input");
            int number = 0;
            bool good = text != null && text.Length >= 2 && text[0] == (analog ? 'a' : 'd') && SettingsLine.ParseInt(text.Substring(1), out number);
            int most = analog ? _board.AnalogInputs : _board.DigitalInputs;
            if (!good || number < 1 || number > most)
            {
                _line.Refuse("input", (analog ? "an analog input a1..a" : "a digital input d1..d") + most.ToString());
                return 0;
            }

            int input = analog ? number - 1 : _board.AnalogInputs + number - 1;
            if (_inputLine[input] != 0)
            {
                _line.Refuse("input", "an input that no other line uses; line " + _inputLine[input].ToString() + " has it");
            }

            _inputLine[input] = _line.Number;
            return input;
        }

        private void CheckWhole()
        {
            if (!_station)
            {
                _errors.Add(0, 0, "no station line", "station id= county= township= village= name=");
            }

            if (!_uplink)
            {
                _errors.Add(0, 0, "no uplink line", "uplink host= port= user=");
            }

            if (_settings.ZoneCount == 0)
            {
                _errors.Add(0, 0, "no zone line", "at least one zone");
            }
        }
    }
}
