// Owns: the words of `status`, `clock`, `link` and `limits`.
// Must never: change anything, or reckon what Core has reckoned.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>`status`: a line a step.</summary>
    public sealed class StatusVerb : ConsoleVerb
    {
        private int _line;

        public override string Name
        {
            get { return "status"; }
        }

        public override bool WithoutSettings
        {
            get { return true; }
        }

        public override string Meaning(bool english)
        {
            return english ? "how the box is, in seven lines" : "箱子现在怎样，七行";
        }

        public override bool Begin(ConsoleDesk desk, long nowMs)
        {
            _line = 0;
            if (!desk.Loop.Configured)
            {
                desk.Out.Say("  没有配置：只有灯工作", "  no settings: only the lamps work");
                Program(desk, "-");
            }

            return desk.Loop.Configured;
        }

        public override bool Step(ConsoleDesk desk, long nowMs)
        {
            ConsoleText say = desk.Out;
            MainLoop loop = desk.Loop;
            PanelState state = loop.Panel.State;
            switch (_line++)
            {
                case 0:
                    Settings s = loop.Settings;
                    string crc = s.TextCrc.ToString("X8");
                    say.Line("  " + say.Of("站点 ", "station ") + s.Station.ToString() + " " + s.Name + say.Of("，配置 ", ", settings ") + crc
                        + (desk.Trial != null && desk.Trial.OnTrial ? say.Of("（试运行）", " (on trial)") : ""));
                    return true;
                case 1:
                    say.Line("  " + say.Of("运行 ", "up ") + ConsoleTime.Span(nowMs) + say.Of("，第 ", ", start ")
                        + loop.Log.Boot.ToString() + say.Of(" 次启动", ""));
                    return true;
                case 2:
                    Program(desk, loop.Settings.BoardName);
                    return true;
                case 3:
                    ZoneSet real = state.Latched & ~state.DrillLatched;
                    say.Line("  " + say.Of("火警 ", "fire ") + Zones(loop, real & ~state.GasKinds)
                        + More(loop, say.Of("，可燃气体报警 ", ", gas "), real & state.GasKinds)
                        + More(loop, say.Of("，演练 ", ", drill "), state.DrillLatched) + say.Of("，故障 ", ", fault ")
                        + Zones(loop, loop.Panel.Faults) + say.Of("，监管报警 ", ", supervisory ") + Zones(loop, loop.Panel.Supervisory));
                    return true;
                case 4:
                    say.Line("  " + say.Of("屏蔽 ", "disabled ") + Zones(loop, state.Disabled) + say.Of("，测试 ", ", in test ")
                        + Zones(loop, state.Tested));
                    return true;
                case 5:
                    say.Line("  " + say.Of("箱子本身 ", "the box itself ") + Box(say, loop));
                    return true;
                default:
                    LinkVerb.Tell(desk);
                    return false;
            }
        }

        /// <summary>What runs, on what, and how it fares: a board that stands still or runs out of memory will fail.</summary>
        private static void Program(ConsoleDesk desk, string board)
        {
            ConsoleText say = desk.Out;
            ConsolePort port = desk.Port;
            say.Line("  " + say.Of("程序 ", "program ") + port.Firmware + say.Of("，主板 ", ", board ") + (board ?? "-")
                + say.Of("，最长一轮 ", ", longest pass ") + port.LongestMs.ToString() + " ms" + say.Of("，内存余 ", ", memory left ")
                + Kb(port.FreeKb()) + say.Of("，系统余 ", ", the system's ") + Kb(port.SystemFreeKb()));
        }

        private static string Kb(int kb)
        {
            return kb == 0 ? "-" : kb.ToString() + " K";
        }

        /// <summary>Their numbers; "-" for none.</summary>
        public static string Zones(MainLoop loop, ZoneSet zones)
        {
            string text = "";
            for (int i = 0; zones != 0; zones &= ~Bits.Zone(i++))
            {
                text += !Bits.Has(zones, i) ? "" : text.Length == 0 ? loop.Settings.ZoneNumber[i].ToString()
                    : " " + loop.Settings.ZoneNumber[i].ToString();
            }

            return text.Length == 0 ? "-" : text;
        }

        private static string More(MainLoop loop, string what, ZoneSet bits)
        {
            return bits == 0 ? "" : what + Zones(loop, bits);
        }

        private static string Box(ConsoleText say, MainLoop loop)
        {
            string text = "";
            text += (loop.Panel.PanelFaults & BoxFault.Link) != 0 ? say.Of("通信故障 ", "link ") : "";
            text += (loop.Panel.PanelFaults & BoxFault.NoCountyAnswer) != 0 ? say.Of("县平台未收到 ", "no county answer ") : "";
            text += (loop.Panel.PanelFaults & BoxFault.Flash) != 0 ? say.Of("存储故障 ", "flash ") : "";
            text += (loop.Panel.PanelFaults & BoxFault.StandbyPath) != 0 ? say.Of("备用线路故障 ", "standby path ") : "";
            text += (loop.Panel.PanelFaults & BoxFault.Key) != 0 ? say.Of("按键卡住 ", "a held key ") : "";
            text += (loop.Panel.PanelFaults & BoxFault.Part) != 0 ? say.Of("部件不应答 ", "a silent part ") : "";
            text += (loop.Panel.PanelFaults & BoxFault.Display) != 0 ? say.Of("显示屏故障 ", "display ") : "";
            return text.Length == 0 ? say.Of("正常", "good") : text;
        }
    }

    /// <summary>`clock`.</summary>
    public sealed class ClockVerb : ConsoleVerb
    {
        public override string Name
        {
            get { return "clock"; }
        }

        public override string Meaning(bool english)
        {
            return english ? "the time of day, and whose it is" : "时间，以及从哪里来";
        }

        public override bool Begin(ConsoleDesk desk, long nowMs)
        {
            WallClock clock = desk.Loop.Clock;
            int offsetMin = desk.Loop.Settings.UtcOffsetMin;
            long utcMs = clock.UtcMs(nowMs);
            string time = ConsoleTime.Text(utcMs, offsetMin) + (utcMs <= 0 ? "" : " " + ConsoleTime.Offset(offsetMin));
            string whose = clock.Quality == UtcQuality.Unknown ? desk.Out.Of("还不知道：等县平台校时", "not known: the county sets it")
                : clock.Quality == UtcQuality.Synchronised ? desk.Out.Of("县平台的时间", "the county's")
                : desk.Out.Of("箱子自己保持的时间", "kept by the box");
            desk.Out.Line("  " + time + "  " + whose);
            return false;
        }
    }

    /// <summary>`link`.</summary>
    public sealed class LinkVerb : ConsoleVerb
    {
        public override string Name
        {
            get { return "link"; }
        }

        public override string Meaning(bool english)
        {
            return english ? "the way to the county" : "到县平台的通道";
        }

        public override bool Begin(ConsoleDesk desk, long nowMs)
        {
            Tell(desk);
            Settings s = desk.Loop.Settings;
            for (int path = 0; path < (s.TwoPaths ? 2 : 1); path++)
            {
                desk.Out.Line("  " + (path + 1).ToString() + " " + s.Host[path] + ":" + s.Port[path].ToString());
            }

            Uplink up = desk.Loop.Uplink;
            desk.Out.Line("  " + desk.Out.Of("上线次数 ", "sessions ") + up.Sessions.ToString() + desk.Out.Of("，重发 ", ", resends ")
                + up.Resends.ToString() + desk.Out.Of("，未受理 ", ", refused ") + up.Refused.ToString());
            return false;
        }

        /// <summary>One line: where the connection stands, and what the county does not hold yet.</summary>
        public static void Tell(ConsoleDesk desk)
        {
            ConsoleText say = desk.Out;
            int pending = 0;
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                LaneLog log = desk.Loop.Log.At(lane);
                pending += log.Last > log.Held ? (int)(log.Last - log.Held) : 0;
            }

            say.Line("  " + say.Of("县平台 ", "county ") + StateOf(say, desk.Loop.Uplink.State) + say.Of("，未存 ", ", not held yet ")
                + pending.ToString());
        }

        private static string StateOf(ConsoleText say, UplinkState state)
        {
            switch (state)
            {
                case UplinkState.Waiting:
                    return say.Of("待重连", "waiting");
                case UplinkState.Opening:
                    return say.Of("连接中", "opening");
                case UplinkState.Greeting:
                    return say.Of("登录中", "greeting");
                case UplinkState.Online:
                    return say.Of("在线", "online");
                default:
                    return say.Of("断开中", "closing");
            }
        }
    }

    /// <summary>`limits`.</summary>
    public sealed class LimitsVerb : ConsoleVerb
    {
        public override string Name
        {
            get { return "limits"; }
        }

        public override bool WithoutSettings
        {
            get { return true; }
        }

        public override string Meaning(bool english)
        {
            return english ? "how much the box takes" : "箱子的上限";
        }

        public override bool Begin(ConsoleDesk desk, long nowMs)
        {
            ConsoleText say = desk.Out;
            int bytes = desk.Trial == null ? Limits.SettingsBytesMax : desk.Trial.BytesMax;
            say.Line("  " + say.Of("部位 ", "zones ") + Limits.ZonesMax.ToString() + say.Of("，规则 ", ", rules ") + Limits.RulesMax.ToString()
                + say.Of("，分组 ", ", groups ") + Limits.GroupsMax.ToString());
            say.Line("  " + say.Of("配置字节 ", "bytes of settings ") + bytes.ToString() + say.Of("，命令行字节 ", ", of a line ")
                + ConsoleLimits.LineBytes.ToString());
            say.Line("  " + say.Of("试运行秒数 ", "seconds of a trial ")
                + ((desk.Trial == null ? Limits.SettingsTrialMs : desk.Trial.LimitMs) / 1000).ToString());
            return false;
        }
    }
}
