// Owns: turning a settings text into Settings, whole or not at all.
// Must never: keep anything of a text that has an error.

using System.Text;
using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Reads settings texts. The grammar is one command a line; its list names the commands.</summary>
    public sealed class SettingsParser
    {
        private readonly byte[] _text;
        private readonly int _count;
        private readonly SettingsErrors _errors;
        private readonly int _before;
        private readonly SettingsLine _line;
        private readonly SettingsInputs _inputs;
        private readonly BoxSection _box;
        private readonly Settings _settings;
        private readonly ZoneSection _zones;
        private readonly VillageSection _village;
        private readonly RuleParser _rules;
        private readonly RuleCheck _ruleCheck;

        private readonly string[] _commands =
        {
            "station", "board", "uplink", "zone", "group", "output", "button", "display", "delay", "clocks", "patrol", "drill", "hotwork",
            "remote", "cases", "selftest", "callout", "rule",
        };

        /// <summary>Commands with one word behind them.</summary>
        private readonly string[] _words = { "board", "zone", "group", "output", "button", "patrol" };

        /// <summary>Commands of one line, and which of them were there.</summary>
        private readonly string[] _onceNames =
        {
            "station", "uplink", "board", "display", "delay", "clocks", "drill", "hotwork", "remote", "cases", "selftest", "callout",
        };
        private readonly bool[] _once;
        private bool _otherText;
        private int _at;
        private int _number;

        /// <param name="text">UTF-8, with or without a byte order mark, lines ended by LF or CR LF.</param>
        /// <param name="count">Bytes of it, at most <see cref="Limits.SettingsBytesMax"/>.</param>
        public SettingsParser(byte[] text, int count, BoardShape board, SettingsErrors errors)
        {
            _text = text;
            _count = count;
            _errors = errors;
            _once = new bool[_onceNames.Length];

            // The list may hold errors of other texts that were passed over; only this text's own count.
            _before = errors.Total;
            _line = new SettingsLine(errors);
            _settings = new Settings(board);
            _inputs = new SettingsInputs(board);
            _box = new BoxSection(_line, _inputs, _settings, board);
            _zones = new ZoneSection(_line, _inputs, _settings);
            _village = new VillageSection(_line, _zones, _settings);
            _rules = new RuleParser(_line, _settings);
            _ruleCheck = new RuleCheck(_settings);
            _at = count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF ? 3 : 0;
        }

        /// <summary>The settings once <see cref="Step"/> has come to the end; null when anything is wrong.</summary>
        public Settings Result { get; private set; }

        /// <summary>CRC-32 of the lines read so far, at the end of the whole text.</summary>
        public uint TextCrc { get; private set; }

        /// <summary>Reads a new text; null when anything is wrong, and then <paramref name="errors"/> says what.</summary>
        public static Settings Parse(byte[] text, int count, BoardShape board, SettingsErrors errors)
        {
            return Parse(text, count, board, errors, false);
        }

        /// <summary>Reads a text, also one that a box has taken already: no update leaves a box without its settings.</summary>
        public static Settings Parse(byte[] text, int count, BoardShape board, SettingsErrors errors, bool taken)
        {
            SettingsParser parser = new SettingsParser(text, count, board, errors);
            parser._zones.Taken = taken;
            parser._rules.Taken = taken;
            while (parser.Step())
            {
            }

            return parser.Result;
        }

        /// <summary>
        /// Reads one line, so that a whole text can be checked beside the loop's work. False when the text is at its end and judged.
        /// </summary>
        public bool Step()
        {
            if (_count > Limits.SettingsBytesMax)
            {
                string most = Limits.SettingsBytesMax.ToString();
                string found = "全文 " + _count.ToString() + " 字节\n" + _count.ToString() + " bytes";
                _errors.Add(SettingsReason.TooMany, 0, 0, found, "最多 " + most + " 字节\nat most " + most + " bytes");
                return false;
            }

            if (_at < _count)
            {
                int from = _number == 0 ? 0 : _at;
                int end = _at;
                while (end < _count && _text[end] != (byte)'\n')
                {
                    end++;
                }

                _number++;
                int length = end > _at && _text[end - 1] == (byte)'\r' ? end - 1 - _at : end - _at;
                ReadLine(_text, _at, length, _number);
                if (_line.Command == "rule" || _line.Command == "group" || _line.Command == "patrol")
                {
                    _settings.PlansCrc = Crc32.Continue(_settings.PlansCrc, _text, _at, length);
                }

                _at = end < _count ? end + 1 : end;
                TextCrc = Crc32.Continue(TextCrc, _text, from, _at - from);
                return true;
            }

            if (_errors.Total == _before)
            {
                CheckWhole();
            }

            if (_errors.Total == _before)
            {
                _settings.TextCrc = TextCrc;
                _settings.Fit();
                Result = _settings;
            }

            return false;
        }

        private void ReadLine(byte[] text, int at, int length, int number)
        {
            int bad = SettingsBytes.FirstBad(text, at, at + length);
            if (bad >= 0)
            {
                RefuseByte(text, at, bad, number);
                return;
            }

            int errors = _errors.Total;
            if (!_line.Read(Encoding.UTF8.GetString(text, at, length), number))
            {
                _line.Lost = true;
            }
            else if (_line.Command != null && !_line.RefuseStrays(_commands, _words))
            {
                if (ReadCommand())
                {
                    _line.End();
                }
                else
                {
                    _line.RefuseCommand(_commands);
                }
            }

            _line.Doubt |= _errors.Total > errors;
        }

        /// <summary>A text in another encoding, or with other line ends, is one fault, and its first byte tells it.</summary>
        private void RefuseByte(byte[] text, int at, int bad, int number)
        {
            _line.Lost = true;
            _line.Doubt = true;
            if (!_otherText)
            {
                _otherText = SettingsBytes.SpoilsAll(text[bad]);
                int column = Encoding.UTF8.GetString(text, at, bad - at).Length + 1;
                _errors.Add(SettingsReason.Form, number, column, SettingsBytes.Found(text[bad]), SettingsBytes.Allowed(text[bad]));
            }
        }

        private bool ReadCommand()
        {
            int once = SettingsLine.IndexOf(_onceNames, _line.Command);
            if (once >= 0)
            {
                if (_once[once])
                {
                    _line.RefuseLine(SettingsReason.Repeated, SettingsWords.Twice(_line.Command), "只写一行\none such line");
                }

                _once[once] = true;
            }

            switch (_line.Command)
            {
                case "station":
                    ReadStation();
                    return true;
                case "board":
                    return _box.ReadBoard();
                case "uplink":
                    ReadUplink();
                    return true;
                case "zone":
                    _box.Began();
                    _zones.ReadZone();
                    return true;
                case "group":
                    _zones.ReadGroup();
                    return true;
                case "output":
                    _box.ReadOutput();
                    return true;
                case "button":
                    _box.ReadButton();
                    return true;
                case "display":
                    _box.ReadDisplay();
                    return true;
                case "rule":
                    ReadRule();
                    return true;
                default:
                    return _village.Read();
            }
        }

        private void ReadRule()
        {
            int rules = _settings.Rules.Count;
            _rules.Read();
            if (_settings.Rules.Count > rules && !_line.Doubt && _line.Clean)
            {
                string allowed;
                string wrong = _ruleCheck.Last(out allowed);
                if (wrong != null)
                {
                    _line.RefuseLine(SettingsReason.NotAllowed, wrong, allowed);
                }
            }
        }

        private void ReadStation()
        {
            string id = _line.Raw(SettingKey.StationId);
            if (id == null || !Topics.StationOf(id, out _settings.Station))
            {
                _line.Refuse(SettingKey.StationId, "站点编号 1..4294967295，不带前导零\nthe station's number 1..4294967295 without leading zeros");
            }

            _settings.County = Level(SettingKey.County);
            _settings.Township = Level(SettingKey.Township);
            _settings.Village = Level(SettingKey.Village);
            _settings.Name = _line.Text(SettingKey.StationName);
            _settings.UtcOffsetMin = _line.Int(SettingKey.UtcOffsetMin);
        }

        private string Level(SettingKey key)
        {
            string level = _line.Raw(key);
            if (!Topics.LevelOk(level))
            {
                string most = "1.." + ContractLimits.TopicLevelMax.ToString();
                _line.Refuse(key, most + " 位字母、数字、- 或 _\na code of " + most + " letters, digits, - or _");
            }

            return level;
        }

        private void ReadUplink()
        {
            _settings.Host[0] = Host(SettingKey.Host);
            _settings.Port[0] = _line.Int(SettingKey.Port);
            _settings.Host[1] = Host(SettingKey.Host2);
            _settings.Port[1] = _line.Int(SettingKey.Port2);
            _settings.User = _line.Text(SettingKey.User);
            _settings.HeartbeatS = _line.Int(SettingKey.HeartbeatS);
            _settings.DrainPerS = _line.Int(SettingKey.DrainPerS);
            _settings.TimeServer = Host(SettingKey.TimeServer);
            _settings.TlsWithoutWatchdog = _line.Choice(SettingKey.TlsWithoutWatchdog) == 1;
        }

        private string Host(SettingKey key)
        {
            string host = _line.Text(key);
            if (host.Length > 0 && !BrokerHost.Ok(host))
            {
                _line.Refuse(key, BrokerHost.AllowedChinese + "\n" + BrokerHost.AllowedEnglish);
            }

            return host;
        }

        private void CheckWhole()
        {
            if (!_once[0])
            {
                _errors.Add(SettingsReason.Missing, 0, 0, "缺 station 行\nno station line", "station id= county= township= village= name=");
            }

            if (!_once[1])
            {
                _errors.Add(SettingsReason.Missing, 0, 0, "缺 uplink 行\nno uplink line", "uplink host= port= user=");
            }

            _village.CheckDelay(_errors);
            if (_settings.ZoneCount == 0)
            {
                _errors.Add(SettingsReason.Missing, 0, 0, "缺 zone 行\nno zone line", "至少一个部位\nat least one zone");
            }
        }
    }
}
