// Owns: what a small display at the box shows: the gravest state, its place, and what is to be done next.
// Must never: say that a fire is over, name a key that the box does not have, or be looked at by the panel.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Four lines: what it is with how many and since when, where, what more there is, what next. Places are numbers with the kind, since
    /// a display has no glyphs for any name; the label at the box has the names. Anew whenever the panel has stepped.
    /// </summary>
    public sealed class DisplayText
    {
        /// <summary>A head without the time; one that is not known is -1.</summary>
        private const int NoTime = -2;

        private readonly DisplayPort _port;
        private readonly PanelState _state;
        private readonly char[] _cells = new char[Limits.DisplayCells];
        private int _at;

        /// <summary>First and latest zone as they were last seen, and the minutes at which they came; -1 = from before the start.</summary>
        private int _first;
        private int _latest;
        private int _firstMinute = -1;
        private int _latestMinute = -1;

        /// <summary>The panel has stepped since the last picture, and when the next one may be made.</summary>
        private bool _stale = true;
        private long _nextMs;

        public DisplayText(DisplayPort port, PanelState state)
        {
            _port = port;
            _state = state;
            _first = state.First;
            _latest = state.Latest;

            // What was said of it before a restart holds until it has been tried.
            port.Lost = (state.BoxFaults & BoxFault.Display) != 0;
        }

        /// <summary>When <see cref="Step"/> has something to do: a picture, or a look whether the display answers.</summary>
        public long DueMs { get; private set; }

        /// <summary>The display does not answer, as far as it was tried.</summary>
        public bool Lost
        {
            get { return _port.Lost; }
        }

        /// <summary>The panel has stepped.</summary>
        public void Stepped()
        {
            if (_first != _state.First)
            {
                _first = _state.First;
                _firstMinute = _state.Conditions.Minute;
            }

            if (_latest != _state.Latest)
            {
                _latest = _state.Latest;
                _latestMinute = _state.Conditions.Minute;
            }

            _stale = true;
            DueMs = _nextMs;
        }

        /// <summary>True when a picture was made, which is work enough for a tick.</summary>
        public bool Step(long nowMs)
        {
            bool stale = _stale;
            if (stale)
            {
                _stale = false;
                _nextMs = nowMs + Limits.PictureMs;
                Make(nowMs);
            }

            DueMs = nowMs + Limits.SecondMs;
            return stale;
        }

        private void Make(long nowMs)
        {
            for (int i = 0; i < Limits.DisplayCells; i++)
            {
                _cells[i] = (char)0;
            }

            PanelState s = _state;
            ZoneSet real = s.Latched & ~s.DrillLatched;
            bool bright = true;
            if (real != 0)
            {
                Fire(real);
            }
            else if (!(PreAlarm() || (s.DrillLatched != 0 ? Drill(s.DrillLatched, nowMs) : Asked(nowMs) || Fault() || Lesser(nowMs))))
            {
                Rest();
                bright = false;
            }

            _port.Show(_cells, bright);
        }

        private void Fire(ZoneSet real)
        {
            PanelState s = _state;
            ZoneSet fires = real & ~s.GasKinds;
            bool gas = fires == 0;
            ZoneSet shown = gas ? real : fires;
            int count = Bits.Count(shown);
            bool unheard = (s.BoxFaults & (BoxFault.NoCountyAnswer | BoxFault.Link)) != 0;
            int first = FirstOf(shown);
            int came = first == s.First ? _firstMinute : first == s.Latest ? _latestMinute : -1;
            Head(gas ? "燃气报警" : count > 1 ? "火警共" : "火警", count, came, first);
            bool both = shown != real;
            if (both && s.Silenced)
            {
                // Which is the latest was seen while it sounded.
                Line(2, "已消音 另有燃气");
            }
            else if (s.Latest != first && s.Latest >= 0 && Bits.Has(shown, s.Latest))
            {
                Line(2, "最新");
                Number(s.Settings.ZoneNumber[s.Latest], "号");
                if (both || s.Silenced)
                {
                    // Either is more than when the latest came.
                    Put(both ? " 有燃气" : " 已消音");
                }
                else
                {
                    Time(_latestMinute);
                }
            }
            else
            {
                Line(2, gas ? "不动电器不点火" : s.Silenced ? "已消音 火警还在" : both ? "另有燃气报警" : "");
            }

            ZoneSet active = real & s.Stages.Active;
            bool answer = s.Unacknowledged && HasKey(Button.Answer);
            Line(3, gas ? (unheard ? "人到室外打119" : "关阀开窗 人撤出")
                : unheard ? "县未收到 打119"
                : answer ? "按应答 派人看火"
                : s.Silenced ? (active == 0 ? "查清前不要复位" : "")
                : count > 1 ? "扩大了 马上打119"
                : "看现场 真火打119");
            if (_at == 3 * Limits.DisplayLineCells)
            {
                // Why a reset would be refused.
                Number(s.Settings.ZoneNumber[Bits.Lowest(active)], "号还在报警");
            }
        }

        private bool Drill(ZoneSet zones, long nowMs)
        {
            Head("演练 非真火", Bits.Count(zones), NoTime, FirstOf(zones));
            Line(2, "真着火喊人打119");
            Line(3, PanelView.DrillEnding(_state) ? "1分内结束 先复原"
                : PanelView.DutyLeftS(_state, nowMs) > 0 ? "查岗 按应答键"
                : PanelView.CallOutLeftS(_state, nowMs) > 0 ? "增援 按应答键"
                : HasKey(Button.Test) ? "按自检结束演练" : "");
            return true;
        }

        /// <summary>Where the first was of another sort, one that is not the latest: that one has a line of its own.</summary>
        private int FirstOf(ZoneSet zones)
        {
            ZoneSet others = _state.Latest < 0 ? zones : zones & ~Bits.Zone(_state.Latest);
            return _state.First >= 0 && Bits.Has(zones, _state.First) ? _state.First : Bits.Lowest(others != 0 ? others : zones);
        }

        /// <summary>One of a drill's own zones waits behind the drill.</summary>
        private bool PreAlarm()
        {
            return Zones(_state.PreAlarm & ~_state.Events.DrillZones, "预警", "马上派人去看");
        }

        private bool Asked(long nowMs)
        {
            if (PanelView.DutyLeftS(_state, nowMs) > 0)
            {
                return Two("县平台查岗", "按应答键");
            }

            if (PanelView.CallOutLeftS(_state, nowMs) > 0)
            {
                return Two("增援 去外村救火", "出动按应答键");
            }

            return PanelView.LookAsked(_state) && Two("动火已结束", "看余火再按应答");
        }

        private bool Fault()
        {
            PanelState s = _state;
            ZoneSet faults = s.Conditions.Zones[Conditions.Fault];
            BoxFault box = s.BoxFaults;
            if ((faults & s.Settings.ZonesOfKind(ZoneKind.Mains)) != 0)
            {
                // A power cut often takes the village's network with it.
                bool alone = (box & BoxFault.Link) != 0;
                Line(2, alone ? "县平台连不上" : "");
                return Two("停电 正用备电", alone ? "着火自己打119" : "查空开 找电工");
            }

            if ((box & BoxFault.Link) != 0)
            {
                return Two("县平台连不上", "着火自己打119");
            }

            if ((box & BoxFault.NoCountyAnswer) != 0)
            {
                return Two("县未收到报警", "打县值班电话");
            }

            if (faults != 0)
            {
                return Zones(faults, "故障", "打维保电话");
            }

            return box != BoxFault.None && Two(
                (box & BoxFault.Flash) != 0 ? "存储故障"
                    : (box & BoxFault.Key) != 0 ? "按键卡住"
                    : (box & BoxFault.StandbyPath) != 0 ? "备用线路故障"
                    : "部件故障",
                "打维保电话");
        }

        private bool Lesser(long nowMs)
        {
            PanelState s = _state;
            ZoneSet supervisory = s.Conditions.Zones[Conditions.Supervisory];
            bool pump = supervisory != 0 && s.Settings.ZoneKind[Bits.Lowest(supervisory)] == ZoneKind.PumpNotAuto;
            if (Zones(supervisory, "监管报警", pump ? "泵房转到自动" : "派人去看"))
            {
                return true;
            }

            if (PanelView.DrillLeftMin(s, nowMs) > 0)
            {
                return Zones(s.PreAlarm, "演练 预警", "真着火喊人打119") || Two("演练中", "真着火喊人打119");
            }

            return Zones(s.Conditions.Zones[Conditions.Disabled], "屏蔽", "现场留人看守")
                || Zones(s.Tested, "测试", "此处不报警");
        }

        /// <summary>One line that moves down each minute: what stands still for years burns into such a display.</summary>
        private void Rest()
        {
            int minute = _state.Conditions.Minute;
            Line(minute < 0 ? 0 : minute & (Limits.DisplayLines - 1), "监视正常");
            Time(minute);
        }

        private bool Zones(ZoneSet zones, string what, string next)
        {
            if (zones == 0)
            {
                return false;
            }

            Head(what, Bits.Count(zones), NoTime, Bits.Lowest(zones));
            Line(3, next);
            return true;
        }

        private bool Two(string what, string next)
        {
            Line(0, what);
            Line(3, next);
            return true;
        }

        private bool HasKey(Button key)
        {
            return _state.Settings.ButtonInput[(int)key] >= 0;
        }

        /// <summary>What it is, in how many places and since when, and below it the first of them.</summary>
        private void Head(string what, int count, int minute, int zone)
        {
            Line(0, what);
            Number(count > 1 ? count : 0, "处");
            if (minute != NoTime)
            {
                Time(minute);
            }

            Line(1, "");
            Number(_state.Settings.ZoneNumber[zone], "号");
            Put(KindOf(_state.Settings.ZoneKind[zone]));
        }

        private void Line(int line, string text)
        {
            _at = line * Limits.DisplayLineCells;
            Put(text);
        }

        /// <summary>0 = none, and then nothing behind it.</summary>
        private void Number(int number, string behind)
        {
            if (number != 0)
            {
                Put(number.ToString());
                Put(behind);
            }
        }

        /// <summary>At the end of the line that was begun, also that it is not known; a line that is full by then has none.</summary>
        private void Time(int minute)
        {
            const int Width = 5;
            int end = LineEnd();
            if (_at % Limits.DisplayLineCells == 0 || _at > end - Width)
            {
                return;
            }

            _at = end - Width;
            Put(minute < 0 ? "--:--" : Two(minute / 60) + ":" + Two(minute % 60));
        }

        private int LineEnd()
        {
            return (_at / Limits.DisplayLineCells + 1) * Limits.DisplayLineCells;
        }

        private static string Two(int number)
        {
            return (number < 10 ? "0" : "") + number.ToString();
        }

        /// <summary>What does not fit into the line any more is left out, a character at a time.</summary>
        private void Put(string text)
        {
            int end = LineEnd();
            for (int i = 0; i < text.Length; i++)
            {
                int width = text[i] < 128 ? 1 : 2;
                if (_at + width > end)
                {
                    return;
                }

                _cells[_at] = text[i];
                _at += width;
            }
        }

        /// <summary>At most six characters, each of the catalogue's name.</summary>
        private static string KindOf(ZoneKind kind)
        {
            switch (kind)
            {
                case ZoneKind.CallPoint: return "手动报警按钮";
                case ZoneKind.Smoke: return "感烟探测器";
                case ZoneKind.Heat: return "感温探测器";
                case ZoneKind.Gas: return "可燃气体";
                case ZoneKind.FlowSwitch: return "水流指示器";
                case ZoneKind.SignalValve: return "信号阀";
                case ZoneKind.HydrantPressure: return "消火栓水压";
                case ZoneKind.SprinklerPressure: return "喷淋压力";
                case ZoneKind.TankLevel: return "水箱液位";
                case ZoneKind.PumpRun: return "水泵运行";
                case ZoneKind.PumpFault: return "水泵故障";
                case ZoneKind.PumpNotAuto: return "水泵不在自动";
                case ZoneKind.PanelAlarm: return "主机火警";
                case ZoneKind.PanelFault: return "主机故障";
                case ZoneKind.ResidualCurrent: return "剩余电流";
                case ZoneKind.CableTemperature: return "线缆超温";
                case ZoneKind.Mains: return "主电源";
                case ZoneKind.Battery: return "备用电源";
                case ZoneKind.Tamper: return "箱门打开";
                case ZoneKind.PatrolButton: return "巡更点";
                default: return "";
            }
        }
    }
}
