// Owns: the settings lines of the village's work: delay, clocks, patrol, drill, hotwork, cases, selftest.
// Must never: accept a time of day that is none.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Reads those lines into <see cref="Settings"/>.</summary>
    public sealed class VillageSection
    {
        private const int AllDays = 0x7F;
        private static readonly string[] s_readings = { "answer", "scene" };

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
            if (_delayLine > 0 && _settings.ButtonInput[Button.Answer] < 0)
            {
                string found = "delay 没有应答键\ndelay without an answer key";
                errors.Add(SettingsReason.Missing, _delayLine, 1, found, "加一行 button answer input=d..\na line button answer input=d..");
            }
        }

        /// <summary>delay t1S= t2S= from= to= days=</summary>
        public void ReadDelay()
        {
            Settings s = _settings;
            _delayLine = _line.Number;
            s.DelayT1S = _line.Int("t1S", 1, Limits.AlarmDelayMaxS, 0);
            s.DelayT2S = _line.Int("t2S", 0, Limits.AlarmDelayMaxS, 0);
            s.DelayFromMin = Time("from", 8 * 60);
            s.DelayToMin = Time("to", 18 * 60);
            s.DelayDays = Days();
            if (s.DelayT1S + s.DelayT2S > Limits.AlarmDelayMaxS)
            {
                _line.RefuseLine(
                    SettingsReason.NotAllowed,
                    "t1S + t2S = " + (s.DelayT1S + s.DelayT2S).ToString(),
                    "合计最多 " + Limits.AlarmDelayMaxS.ToString() + " 秒\ntogether at most " + Limits.AlarmDelayMaxS.ToString() + " s"
                );
            }

            NotEmpty(s.DelayFromMin, s.DelayToMin);
        }

        /// <summary>clocks answerS= sceneS= joinS= from=; 0 = not watched. In the countryside joinS=900.</summary>
        public void ReadClocks()
        {
            _settings.ClocksFromScene = _line.Choice("from", s_readings, 0) == 1;
            _settings.ClockS[0] = (short)_line.Int("answerS", 0, 3600, 60);
            _settings.ClockS[1] = (short)_line.Int("sceneS", 0, 3600, 180);
            _settings.ClockS[2] = (short)_line.Int("joinS", 0, 3600, 300);
        }

        /// <summary>patrol 1 zones= from= to= days=</summary>
        public void ReadPatrol()
        {
            Settings s = _settings;
            int number = _line.Number1("patrol", Limits.PatrolsMax);
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
            s.PatrolZones[patrol] = _zones.ReadZones("zones", out count);
            s.PatrolFromMin[patrol] = (short)Time("from", -1);
            s.PatrolToMin[patrol] = (short)Time("to", -1);
            s.PatrolDays[patrol] = (byte)Days();
            NotEmpty(s.PatrolFromMin[patrol], s.PatrolToMin[patrol]);
            for (int i = 0; i < s.ZoneCount && !_line.Doubt; i++)
            {
                if ((s.PatrolZones[patrol] & (1 << i)) != 0 && s.ZoneKind[i] != Contract.ZoneKind.PatrolButton)
                {
                    string zone = s.ZoneNumber[i].ToString();
                    string kind = Contract.ZoneKind.Code(s.ZoneKind[i]);
                    _line.Refuse(
                        "zones",
                        "巡更点 kind=patrol（" + zone + "号是 " + kind + "）\nzones of kind=patrol; zone " + zone + " is a " + kind
                    );
                }
            }
        }

        /// <summary>drill linkage=no|yes maxMin=</summary>
        public void ReadDrill()
        {
            _settings.DrillLinkage = _line.YesNo("linkage");
            _settings.DrillMaxMin = _line.Int("maxMin", 1, Limits.DrillMinutesMax, Limits.DrillMinutes);
        }

        /// <summary>remote silence=no|yes</summary>
        public void ReadRemote()
        {
            _settings.RemoteSilence = _line.YesNo("silence");
        }

        /// <summary>hotwork lookMin=</summary>
        public void ReadHotWork()
        {
            _settings.HotWorkLookMin = _line.Int("lookMin", 1, 240, 30);
        }

        /// <summary>cases afterMin= redDays=</summary>
        public void ReadCases()
        {
            _settings.CaseAfterMin = _line.Int("afterMin", 0, 1440, 5);
            _settings.CaseRedDays = _line.Int("redDays", 2, 20, 15);
        }

        /// <summary>selftest hour=</summary>
        public void ReadSelfTest()
        {
            _settings.SelfTestHour = _line.Int("hour", 0, 23, 3);
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
                        bits |= 1 << d;
                    }
                }

                bits |= 1 << day;
            }

            return bits;
        }

        private int Time(string key, int otherwise)
        {
            string text = _line.Raw(key);
            if (text == null && otherwise >= 0)
            {
                return otherwise;
            }

            int minute = ParseTime(text);
            if (minute < 0)
            {
                _line.Refuse(key, "时刻 hh:mm，00:00..23:59\na time of day hh:mm, 00:00..23:59");
                return 0;
            }

            return minute;
        }

        private int Days()
        {
            string text = _line.Raw("days");
            int days = text == null ? AllDays : ParseDays(text);
            if (days == 0)
            {
                _line.Refuse("days", "星期 1..7，如 1-5 或 6,7\ndays 1 (Monday) .. 7, as in 1-5 or 6,7");
            }

            return days;
        }

        private void NotEmpty(int from, int to)
        {
            if (from == to && _line.Clean)
            {
                _line.Refuse("to", "与 from= 不同的时刻\na time other than from=");
            }
        }
    }
}
