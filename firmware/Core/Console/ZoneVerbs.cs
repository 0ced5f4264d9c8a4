// Owns: the words of `zones`, `outputs` and `selftest`.
// Must never: judge a zone; it reads what the panel has decided.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>`zones`: a zone a step.</summary>
    public sealed class ZonesVerb : ConsoleVerb
    {
        private int _zone;

        public override string Name
        {
            get { return "zones"; }
        }

        public override string Meaning(bool english)
        {
            return english ? "every zone: input, kind, what it shows" : "各部位：输入、种类、现状";
        }

        public override bool Begin(ConsoleDesk desk, long nowMs)
        {
            _zone = 0;
            return desk.Loop.Settings.ZoneCount > 0;
        }

        public override bool Step(ConsoleDesk desk, long nowMs)
        {
            Settings s = desk.Loop.Settings;
            PanelState state = desk.Loop.Panel.State;
            int i = _zone++;
            string name = s.ZoneName == null ? "" : " " + s.ZoneName[i];
            int input = s.ZoneInput[i];
            string place = input < s.AnalogInputs ? "a" + (input + 1).ToString() : "d" + (input - s.AnalogInputs + 1).ToString();
            desk.Out.Line("  " + s.ZoneNumber[i].ToString() + " " + place + " " + ZoneKinds.Code(s.ZoneKind[i]) + name + "  "
                + Shown(desk, state, i));
            return _zone < s.ZoneCount;
        }

        private static string Shown(ConsoleDesk desk, PanelState s, int zone)
        {
            ConsoleText say = desk.Out;
            ZoneSet bit = Bits.Zone(zone);
            ZoneSet[] zones = s.Conditions.Zones;
            string more = Has(zones[Conditions.Fire], bit, FireOf(say, s, bit)) + Has(s.PreAlarm, bit, say.Of(" 预警", " pre-alarm"))
                + Has(zones[Conditions.Fault], bit, say.Of(" 故障", " fault"))
                + Has(zones[Conditions.Supervisory], bit, say.Of(" 监管报警", " supervisory"))
                + Has(s.Disabled, bit, say.Of(" 屏蔽", " disabled")) + Has(s.Tested, bit, say.Of(" 测试", " in test"));
            return ClassOf(say, desk.Loop.Scan.Settled(zone)) + more;
        }

        private static string FireOf(ConsoleText say, PanelState s, ZoneSet bit)
        {
            return (s.DrillLatched & bit) != 0 ? say.Of(" 演练", " drill")
                : (s.GasKinds & bit) != 0 ? say.Of(" 可燃气体报警", " GAS")
                : say.Of(" 火警", " FIRE");
        }

        private static string Has(ZoneSet zones, ZoneSet bit, string word)
        {
            return (zones & bit) != 0 ? word : "";
        }

        private static string ClassOf(ConsoleText say, InputClass settled)
        {
            switch (settled)
            {
                case InputClass.Normal:
                    return say.Of("正常", "normal");
                case InputClass.Active:
                    return say.Of("动作", "active");
                case InputClass.Short:
                    return say.Of("短路", "short");
                case InputClass.Open:
                    return say.Of("断线", "open");
                case InputClass.Unreadable:
                    return say.Of("采集失败", "unreadable");
                default:
                    return say.Of("信号不稳", "unsteady");
            }
        }
    }

    /// <summary>`outputs`: one a step.</summary>
    public sealed class OutputsVerb : ConsoleVerb
    {
        private OutputRole _role;

        public override string Name
        {
            get { return "outputs"; }
        }

        public override string Meaning(bool english)
        {
            return english ? "every output: terminal, what it does now" : "各输出：端子、现在做什么";
        }

        public override bool Begin(ConsoleDesk desk, long nowMs)
        {
            _role = OutputRole.Siren;
            return true;
        }

        public override bool Step(ConsoleDesk desk, long nowMs)
        {
            OutputRole role = _role++;
            int output = desk.Loop.Settings.OutputOf[(int)role];
            if (output >= 0)
            {
                string pattern = Patterns.Names()[(int)desk.Loop.Outputs.PatternOf(role)];
                desk.Out.Line("  " + (output + 1).ToString() + " " + OutputRoles.Names()[(int)role] + "  " + pattern);
            }

            return (int)_role < OutputRoles.Count;
        }
    }

    /// <summary>`selftest`: as the test key does.</summary>
    public sealed class SelfTestVerb : ConsoleVerb
    {
        public override string Name
        {
            get { return "selftest"; }
        }

        public override string Meaning(bool english)
        {
            return english ? "lamps and sounds show themselves, as by the test key" : "自检：灯和声音都来一遍，同自检键";
        }

        public override bool Changes(ConsoleDesk desk)
        {
            return true;
        }

        public override bool Begin(ConsoleDesk desk, long nowMs)
        {
            Panel panel = desk.Loop.Panel;
            panel.Commands.Origin = Origin.Technician;
            CommandOutcome outcome = panel.Commands.Run(CommandCode.SelfTest, 0, 0, nowMs);
            panel.Wake();
            desk.Out.Say(outcome == CommandOutcome.Done ? "自检开始；结果记入记录" : "没有做",
                outcome == CommandOutcome.Done ? "the test has begun; its result goes into the log" : "not done");
            return false;
        }
    }
}
