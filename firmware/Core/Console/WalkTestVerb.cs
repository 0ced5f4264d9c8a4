// Owns: the words of `walktest`: beginning, watching, outputs one by one, what was not tested.
// Must never: judge a zone; the walk test does.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>`walktest begin all 30` goes on saying what was set off until Ctrl-C, which leaves the test on.</summary>
    public sealed class WalkTestVerb : ConsoleVerb
    {
        private ZoneSet _shown;

        public override string Name
        {
            get { return "walktest"; }
        }

        public override string Words
        {
            get { return "begin ZONES|all MINUTES | watch | try OUTPUT | yes OUTPUT | no OUTPUT | end"; }
        }

        public override bool Waits
        {
            get { return true; }
        }

        public override string Meaning(bool english)
        {
            return english ? "zones from detector to detector, outputs one by one; alone: how far it is"
                : "逐点测试部位，逐个试输出；不带参数看进度";
        }

        public override bool Changes(ConsoleDesk desk)
        {
            return desk.Count > 1 && desk.Word(1) != "watch";
        }

        public override bool Begin(ConsoleDesk desk, long nowMs)
        {
            PanelState state = desk.Loop.Panel.State;
            WalkTest test = PartOf.WalkTest(state);
            switch (desk.Word(1))
            {
                case "":
                    Summary(desk, test, nowMs);
                    return false;
                case "begin":
                    return Start(desk, test, nowMs);
                case "watch":
                    _shown = 0;
                    return test.Zones != 0 || Told(desk, CommandOutcome.NothingToDo);
                case "end":
                    if (test.End(state, Origin.Technician, nowMs) != CommandOutcome.Done)
                    {
                        return Told(desk, CommandOutcome.NothingToDo);
                    }

                    Summary(desk, test, nowMs);
                    return false;
                default:
                    return Output(desk, test, nowMs);
            }
        }

        public override bool Step(ConsoleDesk desk, long nowMs)
        {
            WalkTest test = PartOf.WalkTest(desk.Loop.Panel.State);
            ZoneSet fresh = test.Seen & ~_shown;
            if (fresh != 0)
            {
                int zone = Bits.Lowest(fresh);
                _shown |= Bits.Zone(zone);
                Settings s = desk.Loop.Settings;
                string name = s.ZoneName == null ? "" : " " + s.ZoneName[zone];
                desk.Out.Line("  + " + s.ZoneNumber[zone].ToString() + name + "  " + Bits.Count(_shown & test.Asked).ToString() + "/"
                    + Bits.Count(test.Asked).ToString());
                return true;
            }

            if (test.Zones != 0)
            {
                return true;
            }

            Summary(desk, test, nowMs);
            return false;
        }

        private bool Start(ConsoleDesk desk, WalkTest test, long nowMs)
        {
            ZoneSet zones = ZonesOf(desk, desk.Word(2));
            int minutes = desk.Number(3, Limits.WalkTestMinutesMax);
            if (zones == 0 || minutes < 1)
            {
                string what = zones == 0 ? desk.Word(2) : desk.Word(3);
                return desk.Wrong(what, "all 1.." + Limits.WalkTestMinutesMax.ToString() + ", 1,3,5-8 30");
            }

            _shown = 0;
            CommandOutcome outcome = test.Zones != 0 ? CommandOutcome.NotAllowed : test.Begin(desk.Loop.Panel.State, zones, minutes, nowMs);
            if (outcome != CommandOutcome.Done)
            {
                return Told(desk, outcome);
            }

            desk.Out.Say("逐点测试开始，" + minutes.ToString() + " 分钟后自动结束；一次只试一处，一处不超过 60 秒，否则按火警处理",
                "the test is on for " + minutes.ToString() + " min; one zone at a time, none for over 60 s, or it is taken for a fire");
            return true;
        }

        private static bool Output(ConsoleDesk desk, WalkTest test, long nowMs)
        {
            string what = desk.Word(1);
            int role = SettingsLine.IndexOf(OutputRoles.Names(), desk.Word(2));
            if ((what != "try" && what != "yes" && what != "no") || role < 0)
            {
                string wrong = role < 0 && desk.Count > 2 ? desk.Word(2) : what;
                return desk.Wrong(wrong, "begin ZONES|all MINUTES, watch, end, try|yes|no siren|relay1|…");
            }

            if (what == "try")
            {
                CommandOutcome outcome = test.Try(desk.Loop.Panel.State, (OutputRole)role, nowMs);
                if (outcome != CommandOutcome.Done)
                {
                    return Told(desk, test.Zones == 0 ? CommandOutcome.NothingToDo : outcome);
                }

                desk.Out.Say(desk.Word(2) + " 动作 5 秒；看到听到了就输入 walktest yes " + desk.Word(2),
                    desk.Word(2) + " works for 5 s; if you saw or heard it, type walktest yes " + desk.Word(2));
                return false;
            }

            if (test.Zones == 0)
            {
                return Told(desk, CommandOutcome.NothingToDo);
            }

            test.Judged((OutputRole)role, what == "yes");
            desk.Out.Say("已记下", "noted");
            return false;
        }

        /// <summary>Says why not; false, so that the command ends.</summary>
        private static bool Told(ConsoleDesk desk, CommandOutcome outcome)
        {
            switch (outcome)
            {
                case CommandOutcome.FireIsLatched:
                    desk.Out.Say("有火警或预警，先处理并复位", "there is a fire or a pre-alarm; see to it and reset first");
                    break;
                case CommandOutcome.ZoneStillActive:
                    desk.Out.Say("有部位正在动作，先恢复正常", "a zone is active; bring it to rest first");
                    break;
                case CommandOutcome.NotAllowed:
                    desk.Out.Say("逐点测试已在进行", "a test is on already");
                    break;
                case CommandOutcome.NothingToDo:
                    desk.Out.Say("没有进行中的逐点测试", "no test is on");
                    break;
                default:
                    desk.Out.Say("这个站没有这个输出", "the station has no such output");
                    break;
            }

            return false;
        }

        /// <summary>What was tested, and what was not.</summary>
        private static void Summary(ConsoleDesk desk, WalkTest test, long nowMs)
        {
            ConsoleText say = desk.Out;
            if (test.Zones != 0)
            {
                say.Say("  进行中，还剩 " + ConsoleTime.Span(test.LeftS(nowMs) * 1000L), "  on, " + ConsoleTime.Span(test.LeftS(nowMs) * 1000L)
                    + " left");
            }
            else if (test.EndedByFire)
            {
                say.Say("  测试中出现两处同时动作或一处超过 60 秒：测试已结束，按火警处理",
                    "  two zones at once, or one for over 60 s: the test is over, and it is taken for a fire");
            }

            say.Line("  " + say.Of("部位已试 ", "zones tested ") + StatusVerb.Zones(desk.Loop, test.Seen));
            say.Line("  " + say.Of("部位未试 ", "zones not tested ") + StatusVerb.Zones(desk.Loop, test.Asked & ~test.Seen));
            say.Line("  " + say.Of("输出已试 ", "outputs tested ") + Outputs(desk.Loop, test, true));
            say.Line("  " + say.Of("输出未试 ", "outputs not tested ") + Outputs(desk.Loop, test, false));
        }

        private static string Outputs(MainLoop loop, WalkTest test, bool worked)
        {
            string text = "";
            for (OutputRole role = OutputRole.Siren; role <= OutputRole.Buzzer; role++)
            {
                bool has = loop.Settings.OutputOf[(int)role] >= 0 && ((test.Worked >> (int)role) & 1) == (worked ? 1 : 0);
                text += has ? OutputRoles.Names()[(int)role] + " " : "";
            }

            return text.Length == 0 ? "-" : text;
        }

        /// <summary>Zones by index of "all", or of numbers and spans such as 1,3,5-8; 0 for none, or one that is not there.</summary>
        private static ZoneSet ZonesOf(ConsoleDesk desk, string word)
        {
            Settings s = desk.Loop.Settings;
            if (word == "all")
            {
                return s.IndexBits(-1);
            }

            ZoneSet zones = 0;
            int from = -1;
            int number = 0;
            for (int i = 0; i <= word.Length; i++)
            {
                char c = i < word.Length ? word[i] : ',';
                if (c >= '0' && c <= '9' && number <= Limits.ZonesMax)
                {
                    number = number * 10 + c - '0';
                    continue;
                }

                if (c == '-' && from < 0)
                {
                    from = number;
                    number = 0;
                    continue;
                }

                bool good = c == ',' && s.IndexOf(number) >= 0 && (from < 0 || (from > 0 && from <= number));
                for (int one = from < 0 ? number : from; good && one <= number; one++)
                {
                    zones |= s.IndexOf(one) < 0 ? 0 : (ZoneSet)(1 << s.IndexOf(one));
                }

                if (!good)
                {
                    return 0;
                }

                from = -1;
                number = 0;
            }

            return zones;
        }
    }
}
