// Owns: the settings lines of the village's work: delay, clocks, patrol, drill, hotwork, cases, selftest, callout.
// Must never: accept a time of day that is none.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Reads those lines into <see cref="Settings"/>.</summary>
    public sealed class VillageSection
    {
        private readonly SettingsLine _line;
        private int _delayLine;
        private readonly ZoneSection _zones;
        private readonly Settings _settings;

        public VillageSection(SettingsLine line, ZoneSection zones, Settings settings)
        {
            _line = line;
            _zones = zones;
            _settings = settings;
        }

        /// <summary>For the whole text, since keys may stand below: within t1 somebody must be able to answer.</summary>
        public void CheckDelay(SettingsErrors errors)
        {
            if (_delayLine > 0 && _settings.ButtonInput[(int)Button.Answer] < 0)
            {
                string found = "delay 没有应答键\ndelay without an answer key";
                errors.Add(SettingsReason.Missing, _delayLine, 1, found, "加一行 button answer input=d..\na line button answer input=d..");
            }
        }

        /// <summary>Reads the line; false when its command is none of these.</summary>
        public bool Read()
        {
            Settings s = _settings;
            switch (_line.Command)
            {
                case "delay":
                    ReadDelay();
                    return true;
                case "clocks":
                    s.ClocksFromScene = _line.Choice(SettingKey.ClocksFrom) == 1;
                    s.SetClockS(0, _line.Int(SettingKey.AnswerS));
                    s.SetClockS(1, _line.Int(SettingKey.SceneS));
                    s.SetClockS(2, _line.Int(SettingKey.JoinS));
                    return true;
                case "patrol":
                    ReadPatrol();
                    return true;
                case "drill":
                    s.DrillLinkage = _line.Choice(SettingKey.Linkage) == 1;
                    s.DrillMaxMin = _line.Int(SettingKey.DrillMaxMin);
                    return true;
                case "remote":
                    s.RemoteSilence = _line.Choice(SettingKey.RemoteSilence) == 1;
                    return true;
                case "callout":
                    s.TakesCallOuts = _line.Choice(SettingKey.TakesCallOuts) == 1;
                    return true;
                case "hotwork":
                    s.HotWorkLookMin = _line.Int(SettingKey.LookMin);
                    return true;
                case "cases":
                    s.CaseAfterMin = _line.Int(SettingKey.AfterMin);
                    s.CaseRedDays = _line.Int(SettingKey.RedDays);
                    s.MainsAfterMin = _line.Int(SettingKey.MainsAfterMin);
                    return true;
                case "selftest":
                    s.SelfTestHour = _line.Int(SettingKey.SelfTestHour);
                    s.TestSounds = _line.Choice(SettingKey.TestSounds) == 1;
                    s.TestFromMin = Time(SettingKey.TestFrom);
                    s.TestToMin = Time(SettingKey.TestTo);
                    NotEmpty(SettingKey.TestTo, s.TestFromMin, s.TestToMin);
                    return true;
                default:
                    return false;
            }
        }

        private void ReadDelay()
        {
            Settings s = _settings;
            _delayLine = _line.Number;
            s.DelayT1S = _line.Int(SettingKey.T1S);
            s.DelayT2S = _line.Int(SettingKey.T2S);
            s.DelayFromMin = Time(SettingKey.DelayFrom);
            s.DelayToMin = Time(SettingKey.DelayTo);
            s.DelayDays = Days(SettingKey.DelayDays);
            if (s.DelayT1S + s.DelayT2S > Limits.AlarmDelayMaxS)
            {
                _line.RefuseLine(
                    SettingsReason.NotAllowed,
                    "t1S + t2S = " + (s.DelayT1S + s.DelayT2S).ToString(),
                    "合计最多 " + Limits.AlarmDelayMaxS.ToString() + " 秒\ntogether at most " + Limits.AlarmDelayMaxS.ToString() + " s"
                );
            }

            NotEmpty(SettingKey.DelayTo, s.DelayFromMin, s.DelayToMin);
        }

        private void ReadPatrol()
        {
            Settings s = _settings;
            int number = _line.Number1(SettingKey.Patrol);
            if (number < 0)
            {
                return;
            }

            if (number != s.PatrolCount + 1)
            {
                string after = (s.PatrolCount + 1).ToString();
                string next = "按顺序编号，下一个是 " + after + "\npatrols in order, the next is " + after;
                _line.RefuseLine(SettingsReason.NotAllowed, "patrol " + number.ToString(), next);
                return;
            }

            int patrol = s.PatrolCount++;
            int count;
            s.PatrolZones[patrol] = _zones.ReadZones(SettingKey.PatrolZones, out count);
            s.PatrolFromMin[patrol] = (short)Time(SettingKey.PatrolFrom);
            s.PatrolToMin[patrol] = (short)Time(SettingKey.PatrolTo);
            s.PatrolDays[patrol] = (byte)Days(SettingKey.PatrolDays);
            NotEmpty(SettingKey.PatrolTo, s.PatrolFromMin[patrol], s.PatrolToMin[patrol]);
            for (int i = 0; i < s.ZoneCount && !_line.Doubt; i++)
            {
                if (Bits.Has(s.PatrolZones[patrol], i) && s.ZoneKind[i] != Contract.ZoneKind.PatrolButton)
                {
                    string zone = s.ZoneNumber[i].ToString();
                    string kind = Contract.ZoneKinds.Code(s.ZoneKind[i]);
                    _line.Refuse(
                        SettingKey.PatrolZones,
                        "巡更点 kind=patrol（" + zone + "号是 " + kind + "）\nzones of kind=patrol; zone " + zone + " is a " + kind
                    );
                }
            }
        }

        /// <summary>Reads hh:mm; -1 when it is none.</summary>
        public static int ParseTime(string text)
        {
            int hour;
            int minute;
            bool good =
                text != null
                && text.Length == 5
                && text[2] == ':'
                && SettingsLine.ParseInt(text.Substring(0, 2), out hour)
                && hour >= 0
                && hour < 24;
            if (!good || !SettingsLine.ParseInt(text.Substring(3), out minute) || minute < 0 || minute > 59)
            {
                return -1;
            }

            SettingsLine.ParseInt(text.Substring(0, 2), out hour);
            return hour * 60 + minute;
        }

        /// <summary>Reads 1-5 or 1,3,7 as bits, Monday = 1 = bit 0; 0 when it is none.</summary>
        public static int ParseDays(string text)
        {
            int bits = 0;
            for (int i = 0; i < text.Length; i += 2)
            {
                int day = text[i] - '1';
                if (day < 0 || day > 6 || (i + 1 < text.Length && text[i + 1] != ',' && text[i + 1] != '-') || i + 2 == text.Length)
                {
                    return 0;
                }

                if (i > 0 && text[i - 1] == '-')
                {
                    int from = text[i - 2] - '1';
                    if (day < from)
                    {
                        return 0;
                    }

                    for (int d = from; d <= day; d++)
                    {
                        bits |= Bits.Of(d);
                    }
                }

                bits |= Bits.Of(day);
            }

            return bits;
        }

        private int Time(SettingKey key)
        {
            int minute = ParseTime(_line.RawOrDefault(key));
            if (minute < 0)
            {
                _line.Refuse(key, "时刻 hh:mm，00:00..23:59\na time of day hh:mm, 00:00..23:59");
                return 0;
            }

            return minute;
        }

        private int Days(SettingKey key)
        {
            int days = ParseDays(_line.RawOrDefault(key));
            if (days == 0)
            {
                _line.Refuse(key, "星期 1..7，如 1-5 或 6,7\ndays 1 (Monday) .. 7, as in 1-5 or 6,7");
            }

            return days;
        }

        private void NotEmpty(SettingKey key, int from, int to)
        {
            if (from == to && _line.Clean)
            {
                _line.Refuse(key, "与 from= 不同的时刻\na time other than from=");
            }
        }
    }
}
