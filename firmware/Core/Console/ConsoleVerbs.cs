// Owns: the list of the console's commands, and help and language.
// Must never: do what a command does; each has a class of its own.

namespace Gateway.Core
{
    /// <summary>A command is one class and one line here.</summary>
    public static class ConsoleVerbs
    {
        /// <summary>In the order in which `help` shows them.</summary>
        public static ConsoleVerb[] All()
        {
            return new ConsoleVerb[]
            {
                new HelpVerb(),
                new StatusVerb(),
                new ZonesVerb(),
                new EventsVerb(),
                new LogVerb(),
                new SettingsVerb(),
                new WalkTestVerb(),
                new SelfTestVerb(),
                new OutputsVerb(),
                new ClockVerb(),
                new LinkVerb(),
                new LimitsVerb(),
                new PinVerb(),
                new LangVerb(),
            };
        }
    }

    /// <summary>`help`: a command a step.</summary>
    public sealed class HelpVerb : ConsoleVerb
    {
        private ConsoleVerb _at;

        public override string Name
        {
            get { return "help"; }
        }

        public override bool WithoutSettings
        {
            get { return true; }
        }

        public override string Meaning(bool english)
        {
            return english ? "what can be typed here; Ctrl-C stops a command" : "能输入什么；Ctrl-C 中止";
        }

        public override bool Begin(ConsoleDesk desk, long nowMs)
        {
            _at = desk.Verbs;
            return true;
        }

        public override bool Step(ConsoleDesk desk, long nowMs)
        {
            string left = _at.Words.Length == 0 ? _at.Name : _at.Name + " " + _at.Words;
            desk.Out.Line("  " + left + "  " + _at.Meaning(desk.Out.English));
            _at = _at.Next;
            return _at != null;
        }
    }

    /// <summary>`lang zh|en`.</summary>
    public sealed class LangVerb : ConsoleVerb
    {
        public override string Name
        {
            get { return "lang"; }
        }

        public override string Words
        {
            get { return "zh|en"; }
        }

        public override bool WithoutSettings
        {
            get { return true; }
        }

        public override string Meaning(bool english)
        {
            return english ? "the console's language" : "控制台的语言";
        }

        public override bool Begin(ConsoleDesk desk, long nowMs)
        {
            if (desk.Word(1) != "zh" && desk.Word(1) != "en")
            {
                return desk.Wrong(desk.Word(1), Words);
            }

            desk.Out.English = desk.Word(1) == "en";
            desk.Out.Say("说中文", "English it is");
            return false;
        }
    }
}
