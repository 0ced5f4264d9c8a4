// Owns: the settings lines "zone" and "group".
// Must never: let a call point depend on another zone, or a line leave a zone half described.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Reads zones and groups into <see cref="Settings"/>.</summary>
    public sealed class ZoneSection
    {
        private readonly SettingsLine _line;
        private readonly SettingsInputs _inputs;
        private readonly Settings _settings;

        /// <summary>The text is one that a box has taken already: what only new ones must say is passed over.</summary>
        public bool Taken;

        public ZoneSection(SettingsLine line, SettingsInputs inputs, Settings settings)
        {
            _line = line;
            _inputs = inputs;
            _settings = settings;
        }

        public void ReadZone()
        {
            int number = _line.Number1(SettingKey.Zone);
            if (number < 0)
            {
                return;
            }

            Settings s = _settings;
            if (s.IndexOf(number) >= 0)
            {
                _line.RefuseLine(SettingsReason.Repeated, Twice("zone", number), "每个部位一次\neach zone once");
                return;
            }

            int zone = s.AddZone(number);
            string kind = _line.Raw(SettingKey.ZoneKind);
            ZoneKind kindNumber = kind == null ? ZoneKind.None : ZoneKinds.Parse(kind);
            if (kindNumber == ZoneKind.None)
            {
                _line.Refuse(SettingKey.ZoneKind, kind == null ? ZoneKinds.Allowed() : _line.NearOr(kind, Kinds()));
            }

            s.ZoneKind[zone] = kindNumber == ZoneKind.None ? ZoneKind.CallPoint : kindNumber;
            int wiring = _line.Choice(SettingKey.Wiring);
            s.ZoneWiring[zone] = (Wiring)wiring;
            if (wiring >= 0 || _line.Raw(SettingKey.ZoneInput) == null)
            {
                bool analog = wiring == (int)Wiring.Line || wiring >= (int)Wiring.Current;
                s.ZoneInput[zone] = (byte)_inputs.Take(_line, SettingKey.ZoneInput, analog);
                if (analog)
                {
                    _inputs.CheckTakes(_line, s.ZoneInput[zone], s.ZoneWiring[zone]);
                }
            }

            string name = _line.Text(SettingKey.ZoneName);
            if (s.ZoneName != null)
            {
                s.ZoneName[zone] = name;
            }

            s.ZoneDelayS[zone] = (short)_line.Int(SettingKey.DelayS);
            s.ZoneVerifyS[zone] = (byte)_line.Int(SettingKey.VerifyS);
            s.ZoneChatter[zone] = (byte)_line.Int(SettingKey.Chatter);
            if (s.ZoneKind[zone] == ZoneKind.CallPoint && (s.ZoneDelayS[zone] > 0 || s.ZoneVerifyS[zone] > 0))
            {
                _line.RefuseLine(
                    SettingsReason.NotAllowed,
                    "手动报警按钮带 delayS 或 verifyS\na call point with delayS or verifyS",
                    "手动报警按钮立即动作\ncall points act at once"
                );
            }

            if (s.ZoneDelayS[zone] > 0 && s.ZoneVerifyS[zone] > 0)
            {
                _line.RefuseLine(
                    SettingsReason.NotAllowed,
                    "delayS 与 verifyS 同时写\ndelayS and verifyS together",
                    "其中一个\none of them"
                );
            }

            if (s.ZoneKind[zone] == ZoneKind.FlowSwitch)
            {
                s.FlowSupervisory |= _line.Choice(SettingKey.FlowMeans) == 1 ? Bits.Zone(zone) : 0;
            }

            bool said = _line.Choice(SettingKey.Unsupervised) == 1;
            ReadDebounce(zone);
            if (wiring == (int)Wiring.Line)
            {
                ReadBands(zone);
            }
            else if (wiring >= (int)Wiring.Current)
            {
                ReadAnalog(zone, wiring == (int)Wiring.Current, kindNumber != ZoneKind.None);
            }

            if (_line.Clean)
            {
                AlarmContact.Check(_line, s, zone, said, Taken);
            }
        }

        public void ReadGroup()
        {
            int number = _line.Number1(SettingKey.Group);
            if (number < 0)
            {
                return;
            }

            Settings s = _settings;
            for (int g = 0; g < s.GroupCount; g++)
            {
                if (s.GroupNumber[g] == number)
                {
                    _line.RefuseLine(SettingsReason.Repeated, Twice("group", number), "每个组一次\neach group once");
                    return;
                }
            }

            if (s.GroupCount == Limits.GroupsMax)
            {
                _line.RefuseLine(
                    SettingsReason.TooMany,
                    "组太多\none more group",
                    "最多 " + Limits.GroupsMax.ToString() + " 个组\nat most " + Limits.GroupsMax.ToString() + " groups"
                );
                return;
            }

            int group = s.GroupCount++;
            s.GroupNumber[group] = (byte)number;
            int count;
            ZoneSet zones = ReadZones(SettingKey.GroupZones, out count);
            s.GroupZones[group] = zones;
            int need = _line.Int(SettingKey.Need);
            s.GroupNeed[group] = (byte)need;
            s.GroupWithinS[group] = (short)_line.Int(SettingKey.WithinS);
            s.GroupAloneS[group] = (short)_line.Int(SettingKey.AloneS);
            if (count > 0 && need > count)
            {
                _line.Refuse(SettingKey.Need, "最多 " + count.ToString() + "（组内部位数）\nat most the group's " + count.ToString() + " zones");
            }

            for (int i = 0; need > 1 && i < s.ZoneCount && !_line.Doubt; i++)
            {
                if (
                    Bits.Has(zones, i)
                    && (s.ZoneKind[i] == ZoneKind.CallPoint || s.MeaningOf(i) != ZoneMeaning.Fire)
                )
                {
                    string zone = s.ZoneNumber[i].ToString();
                    string kind = ZoneKinds.Code(s.ZoneKind[i]);
                    _line.Refuse(
                        SettingKey.GroupZones,
                        "need 大于 1 时只能是火灾探测器（" + zone + "号是 " + kind + "）\nwith need above 1 only detectors of fire: zone " + zone
                            + " is a " + kind
                    );
                }
            }
        }

        /// <summary>A list of zone numbers, 1,2,3, of zones in lines above.</summary>
        public ZoneSet ReadZones(SettingKey key, out int count)
        {
            count = 0;
            string text = _line.Raw(key);
            ZoneSet bits = 0;
            string[] parts = text == null ? new string[0] : text.Split(',');
            for (int i = 0; i < parts.Length; i++)
            {
                int number;
                bool right = SettingsLine.ParseInt(parts[i], out number);
                int index = right ? _settings.IndexOf(number) : -1;
                if (right && index < 0 && _line.Lost)
                {
                    // Its own line is what is wrong.
                    count = 0;
                    return bits;
                }

                if (index < 0 || Bits.Has(bits, index))
                {
                    count = 0;
                    _line.Refuse(key, "前面各行的部位编号，每个一次，如 1,2,3\nzone numbers of lines above, each once, as in 1,2,3");
                    return 0;
                }

                bits |= Bits.Zone(index);
                count++;
            }

            if (count == 0)
            {
                _line.Refuse(key, "前面各行的部位编号，如 1,2,3\nzone numbers of lines above, as in 1,2,3");
            }

            return bits;
        }

        /// <summary>The kind that was meant, or <paramref name="otherwise"/>.</summary>
        public static string KindNear(SettingsLine line, string kind, string otherwise)
        {
            string near = line.Near(kind, Kinds());
            return near == null ? otherwise : near;
        }

        /// <summary>All kinds of zones, by number from 1.</summary>
        public static string[] Kinds()
        {
            string[] kinds = new string[ZoneKinds.Last];
            for (int i = 0; i < kinds.Length; i++)
            {
                kinds[i] = ZoneKinds.Code((ZoneKind)(i + 1));
            }

            return kinds;
        }

        private static string Twice(string what, int number)
        {
            return SettingsWords.Twice(what + " " + number.ToString());
        }

        private void ReadDebounce(int zone)
        {
            int needed = 0;
            int of = 0;
            string[] parts = _line.RawOrDefault(SettingKey.Debounce).Split('/');
            bool good = parts.Length == 2 && SettingsLine.ParseInt(parts[0], out needed) && SettingsLine.ParseInt(parts[1], out of);
            if (!good || needed < 1 || of > Limits.DebounceSamplesMax || needed > of || needed * 2 <= of)
            {
                string most = Limits.DebounceSamplesMax.ToString();
                _line.Refuse(
                    SettingKey.Debounce,
                    "n/m 次采样（每次 20 ms），m 为 1.." + most + "，n 大于 m 的一半\nn/m samples of 20 ms with m 1.." + most
                        + " and n more than half of m"
                );
            }

            _settings.ZoneDebounce[zone] = (byte)(needed | of << Settings.DebounceShift);
        }

        private void ReadBands(int zone)
        {
            int shortBelow = 0;
            int alarmBelow = 0;
            int normalBelow = 0;
            string[] parts = _line.RawOrDefault(SettingKey.Bands).Split('/');
            bool good =
                parts.Length == 3
                && SettingsLine.ParseInt(parts[0], out shortBelow)
                && SettingsLine.ParseInt(parts[1], out alarmBelow)
                && SettingsLine.ParseInt(parts[2], out normalBelow);
            if (!good || shortBelow < 1 || alarmBelow <= shortBelow || normalBelow <= alarmBelow || normalBelow > Limits.RawMax)
            {
                string most = Limits.RawMax.ToString();
                _line.Refuse(
                    SettingKey.Bands,
                    "三个递增的数 短路/报警/正常，1.." + most + "\nthree rising numbers short/alarm/normal, 1.." + most + " of the reference"
                );
            }

            Limit(zone, shortBelow, alarmBelow, normalBelow, Limits.RawMax);
        }

        /// <summary>range=a..b in the kind's unit, low= and/or high= or rise=, hysteresis=, valid=a..b for voltages.</summary>
        private void ReadAnalog(int zone, bool current, bool kindKnown)
        {
            Settings s = _settings;
            if (kindKnown && AnalogScale.UnitOf(s.ZoneKind[zone]) == Unit.None)
            {
                string kind = ZoneKinds.Code(s.ZoneKind[zone]);
                _line.Refuse(SettingKey.Wiring, kind + " 用 line、no 或 nc\nline, no or nc for a " + kind);
            }

            int from;
            int to;
            if (!Range(SettingKey.Range, out from, out to) || from >= to)
            {
                _line.Refuse(SettingKey.Range, "a..b，a 小于 b：传感器量程两端的值\na..b with a below b: the values at both ends of the sensor's range");
                return;
            }

            s.ZoneFrom[zone] = from;
            s.ZoneTo[zone] = to;
            int least = current ? AnalogScale.CurrentLeast : AnalogScale.VoltageLeast;
            int greatest = current ? AnalogScale.CurrentGreatest : AnalogScale.VoltageGreatest;
            int a;
            int b;
            if (!current && _line.Raw(SettingKey.Valid) != null)
            {
                if (!Range(SettingKey.Valid, out a, out b))
                {
                    _line.Refuse(SettingKey.Valid, "a..b：传感器正常时的值\na..b: the values between which a working sensor stays");
                }

                least = AnalogScale.Raw(false, from, to, a);
                greatest = AnalogScale.Raw(false, from, to, b);
            }

            int low = Threshold(SettingKey.Low, current, from, to, -1);
            int high = Threshold(SettingKey.High, current, from, to, Limits.RawMax + 1);
            int span = AnalogScale.Raw(current, from, to, to) - AnalogScale.Raw(current, from, to, from);
            int hysteresis = _line.Int(SettingKey.Hysteresis, to - from, (to - from) / Limits.HysteresisShare);
            int rise = _line.Int(SettingKey.Rise, to - from, 0);
            s.ZoneHysteresis[zone] = (short)((long)hysteresis * span / (to - from));
            s.ZoneRise[zone] = (short)((long)rise * span / (to - from));
            if (rise > 0 && s.ZoneRise[zone] == 0)
            {
                string least1 = ((to - from) / span + 1).ToString();
                _line.Refuse(SettingKey.Rise, "输入能分辨的升幅：至少 " + least1 + "\na rise that the input can tell apart: at least " + least1);
            }

            if (low < 0 && high > Limits.RawMax && rise == 0 && _line.Clean)
            {
                _line.RefuseLine(
                    SettingsReason.Missing,
                    "模拟量部位缺 low=、high= 或 rise=\nan analog zone without low=, high= or rise=",
                    "至少其中一个\nat least one of them"
                );
            }

            bool order =
                least >= 0
                && greatest <= Limits.RawMax
                && least < greatest
                && (low < 0 || low >= least)
                && (high > Limits.RawMax || high <= greatest);
            bool both = low >= 0 && high <= Limits.RawMax;
            if (!order || (both && low + s.ZoneHysteresis[zone] >= high - s.ZoneHysteresis[zone]))
            {
                const string allowed = "valid < low + hysteresis < high - hysteresis < valid";
                _line.RefuseLine(SettingsReason.NotAllowed, "阈值超出量程或互相矛盾\nthresholds outside the range or of each other", allowed);
            }

            Limit(zone, least, low < 0 ? AnalogScale.NoLow : low, high > Limits.RawMax ? AnalogScale.NoHigh : high, greatest);
        }

        private int Threshold(SettingKey key, bool current, int from, int to, int otherwise)
        {
            string text = _line.Raw(key);
            int value;
            if (text == null)
            {
                return otherwise;
            }

            if (!SettingsLine.ParseInt(text, out value) || value < from || value > to)
            {
                string range = from.ToString() + ".." + to.ToString();
                _line.Refuse(key, "量程 " + range + " 内的整数\na whole number inside the range " + range);
                return otherwise;
            }

            return AnalogScale.Raw(current, from, to, value);
        }

        private bool Range(SettingKey key, out int from, out int to)
        {
            from = 0;
            to = 0;
            string text = _line.Raw(key);
            int dots = text == null ? -1 : text.IndexOf("..");
            return dots > 0
                && SettingsLine.ParseInt(text.Substring(0, dots), out from)
                && SettingsLine.ParseInt(text.Substring(dots + 2), out to);
        }

        private void Limit(int zone, int a, int b, int c, int d)
        {
            int at = zone * 4;
            _settings.ZoneLimits[at] = (short)a;
            _settings.ZoneLimits[at + 1] = (short)b;
            _settings.ZoneLimits[at + 2] = (short)c;
            _settings.ZoneLimits[at + 3] = (short)d;
        }
    }
}
