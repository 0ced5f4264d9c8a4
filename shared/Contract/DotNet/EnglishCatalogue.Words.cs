// Owns: the English of everything that the contract numbers, for engineers and for visitors of a duty room.
// Must never: say less than the Chinese does.

using System;

namespace Gateway.Contract
{
    internal sealed partial class EnglishCatalogue : Catalogue
    {
        private static readonly string[] s_zoneKinds =
        {
            "", "manual call point", "smoke detector", "heat detector", "gas detector", "flow switch", "signal valve", "hydrant pressure",
            "sprinkler pressure", "tank level", "fire pump runs", "fire pump fault", "fire pump not in automatic", "alarm panel: fire",
            "alarm panel: fault", "residual current", "cable temperature", "mains", "battery", "enclosure open", "patrol point",
        };

        private static readonly string[] s_uses =
        {
            "", "sounder", "beacon", "relay 1", "relay 2", "relay 3", "relay 4", "buzzer", "fire lamp", "fault lamp", "link lamp",
            "mains lamp", "disablement lamp", "test lamp", "supervisory lamp", "duty lamp", "battery lamp",
        };

        private static readonly string[] s_grades = { "none", "low", "general", "larger", "major" };
        private static readonly string[] s_lanes = { "fire records", "equipment states", "operating log" };
        private static readonly string[] s_keys =
            { "", "silence", "reset", "answer", "test", "on-the-scene", "reinforced", "mute", "lock" };
        private static readonly string[] s_levels = { "", "village", "township", "county" };
        private static readonly string[] s_colours = { "not set", "green", "yellow", "red" };

        private static readonly string[] s_origins =
        {
            "", "input", "key", "county platform", "rule", "time limit", "technician", "time server",
        };

        private static readonly string[] s_commands =
        {
            "", "duty check", "drill", "hot work", "disablement", "test", "set clock", "read log", "self-test", "silence", "send settings",
            "commit settings", "call-out",
        };

        private static readonly string[] s_outcomes =
        {
            "done", "nothing to do", "a zone is still in alarm", "the station has no such zone", "a value is out of range",
            "a fire is not reset", "the station's settings do not allow it", "the station does not know it", "the station's store failed",
            "settings are incomplete", "settings are wrong",
        };

        private static readonly string[] s_refusals =
        {
            "ok", "message too short", "message too long", "not a message of this system", "unknown version", "wrong message type",
            "wrong checksum", "wrong signature", "value out of range", "reserved bits set", "out of order", "station not registered",
            "wrong station", "wrong session", "replayed", "expired", "wrong topic", "another record under the same number",
        };

        private static readonly string[] s_wrongSettings =
        {
            "not said", "form", "unknown word", "something is missing", "value not allowed", "repeated", "too many", "damaged",
            "settings of another station", "settings for another board",
        };

        protected override string Comma
        {
            get { return ", "; }
        }

        protected override string Pause
        {
            get { return ", "; }
        }

        public override string Name(EventKind kind)
        {
            switch (kind)
            {
                case EventKind.FireAlarm: return "Fire";
                case EventKind.PreAlarm: return "Pre-alarm";
                case EventKind.FireRestored: return "Input restored";
                case EventKind.Silenced: return "Sounders silenced";
                case EventKind.Reset: return "Reset";
                case EventKind.ResetRefused: return "Not reset";
                case EventKind.Linkage: return "Linkage";
                case EventKind.Acknowledged: return "Answered";
                case EventKind.FireSignalLost: return "Fire signal lost";
                case EventKind.HoldReleased: return "Hold released";
                case EventKind.Fault: return "Fault";
                case EventKind.FaultRestored: return "Fault cleared";
                case EventKind.Supervisory: return "Supervisory alarm";
                case EventKind.SupervisoryRestored: return "Supervisory alarm ended";
                case EventKind.Disabled: return "Disabled";
                case EventKind.DisablementEnded: return "Disablement ended";
                case EventKind.TestBegan: return "Test began";
                case EventKind.TestEnded: return "Test ended";
                case EventKind.TestActivation: return "Test response";
                case EventKind.Chattering: return "Chattering";
                case EventKind.NoCountyAnswer: return "No receipt of the county platform for a fire within 100 s";
                case EventKind.CountyAnswers: return "County platform has the fire";
                case EventKind.DrillBegan: return "Drill began";
                case EventKind.DrillEnded: return "Drill ended";
                case EventKind.DutyCheckAsked: return "Duty check";
                case EventKind.DutyCheckAnswered: return "Duty check answered";
                case EventKind.DutyCheckMissed: return "Duty check missed";
                case EventKind.ClockStarted: return "Clock started";
                case EventKind.ClockMet: return "Clock stopped";
                case EventKind.ClockMissed: return "Clock ran out";
                case EventKind.PatrolMet: return "Patrol done";
                case EventKind.PatrolMissed: return "Patrol missed a point";
                case EventKind.HotWorkBegan: return "Hot work began";
                case EventKind.HotWorkEnded: return "Hot work ended";
                case EventKind.HotWorkLastLook: return "Look after hot work";
                case EventKind.CaseOpened: return "Hidden danger entered";
                case EventKind.CaseAged: return "Hidden danger open";
                case EventKind.CaseClosed: return "Hidden danger closed";
                case EventKind.DelayOn: return "Alarm delay on";
                case EventKind.DelayOff: return "Alarm delay off";
                case EventKind.StationCode: return "Station code";
                case EventKind.RuleFired: return "Rule triggered";
                case EventKind.Activated: return "Active";
                case EventKind.Deactivated: return "Inactive";
                case EventKind.DrillEnding: return "Drill about to end";
                case EventKind.SignalLost: return "Signal lost";
                case EventKind.DutyCheckReplaced: return "Duty check replaced by a new one";
                case EventKind.DelayExpired: return "Alarm delay over";
                case EventKind.Started: return "Gateway started";
                case EventKind.ClockSet: return "Clock set";
                case EventKind.SettingsLoaded: return "Settings in force";
                case EventKind.SettingsRefused: return "Settings refused";
                case EventKind.NotConfigured: return "Not configured";
                case EventKind.LogLost: return "Event store rebuilt";
                case EventKind.LinkUp: return "Connected to the county platform";
                case EventKind.LinkDown: return "Disconnected from the county platform";
                case EventKind.SelfTest: return "Self-test";
                case EventKind.SelfTestOverdue: return "Self-test by a person overdue";
                case EventKind.CommandDone: return "Command answered";
                case EventKind.CommandRefused: return "Command not accepted";
                case EventKind.KeyPressed: return "Key pressed";
                case EventKind.SettingsTried: return "Settings on trial";
                case EventKind.SettingsRolledBack: return "Settings rolled back";
                case EventKind.StoreNew: return "Event store created";
                case EventKind.BoxState: return "State of the gateway";
                case EventKind.CallOutAsked: return "Called out";
                case EventKind.CallOutAnswered: return "Call-out answered";
                case EventKind.CallOutMissed: return "Call-out missed";
                case EventKind.UnsupervisedFires: return "Alarm contacts not supervised";
                case EventKind.GasOutsideRules: return "No rule for gas";
                case EventKind.CallOutEnded: return "Call-out taken back";
                case EventKind.Commissioned: return "Commissioning record";
                case EventKind.Loss: return "Records lost";
                default: return "Event " + Number((int)kind);
            }
        }

        public override string Name(ZoneKind kind)
        {
            return At(s_zoneKinds, (int)kind, "kind ");
        }

        public override string Name(Lane lane)
        {
            return At(s_lanes, (int)lane, "lane ");
        }

        public override string Grade(Severity severity)
        {
            return At(s_grades, (int)severity, "grade ");
        }

        public override string Risk(Severity severity)
        {
            return severity == Severity.None ? "" : Grade(severity) + " risk";
        }

        public override string Flag(EventFlags bit)
        {
            switch (bit)
            {
                case EventFlags.Drill: return "drill";
                case EventFlags.Test: return "test";
                case EventFlags.FirstAlarm: return "first alarm";
                case EventFlags.AfterRestart: return "again after a restart";
                case EventFlags.ByPerson: return "by hand or remote";
                case EventFlags.Damage: return "store damaged";
                case EventFlags.HeldBefore: return "the county once had them";
                default: return "flags " + Number((int)bit);
            }
        }

        public override string Cause(int cause, ZoneKind kind, BoxFault box, int key)
        {
            switch (cause)
            {
                case (int)FaultCause.Unknown: return "";
                case (int)FaultCause.Reported:
                    return kind == ZoneKind.Mains ? "mains failed" : kind == ZoneKind.Battery ? "battery faulty or low"
                        : "reported by the equipment";
                case (int)FaultCause.ShortCircuit: return "short circuit";
                case (int)FaultCause.OpenCircuit: return "open circuit";
                case (int)FaultCause.NotRead: return "not read";
                case (int)FaultCause.BelowRange: return "signal below 3.6 mA (open circuit)";
                case (int)FaultCause.AboveRange: return "signal above 21 mA (sensor faulty)";
                case (int)FaultCause.Unsteady: return "unsteady signal";
                case (int)FaultCause.Chatter: return "chattering";
                case (int)FaultCause.AfterDrill: return "not put back after a drill";
                case (int)FaultCause.Disabled: return "disabled";
                case (int)FaultCause.InTest: return "in test";
                case (int)FaultCause.Box: return BoxCause(box, key);
                default: return "cause " + Number(cause);
            }
        }

        private string BoxCause(BoxFault box, int key)
        {
            switch (box)
            {
                case BoxFault.Link: return "no way to the county platform";
                case BoxFault.NoCountyAnswer: return "no receipt of the county platform for a fire";
                case BoxFault.Flash: return "event store";
                case BoxFault.StandbyPath: return "standby path";
                case BoxFault.Key: return Key(key) + " stuck";
                case BoxFault.Part: return "expansion chip";
                case BoxFault.Display: return "display";
                default: return "box fault " + Number((int)box);
            }
        }

        public override string Key(int key)
        {
            return (key == 0 ? "0" : At(s_keys, key, "")) + " key";
        }

        public override string CommandName(int number)
        {
            return number == 0 ? "command 0" : At(s_commands, number, "command ");
        }

        public override string Outcome(int number)
        {
            return At(s_outcomes, number, "outcome ");
        }

        public override string Refusal(int number)
        {
            return At(s_refusals, number, "reason ");
        }

        public override string WrongSettings(int number)
        {
            return At(s_wrongSettings, number, "reason ");
        }

        public override string OriginName(int number)
        {
            return At(s_origins, number, "origin ");
        }

        public override string StartName(int number)
        {
            switch (number)
            {
                case (int)StartReason.Unknown: return "";
                case (int)StartReason.PowerOn: return "power-on";
                case (int)StartReason.Asked: return "as asked";
                case (int)StartReason.Watchdog: return "watchdog";
                case (int)StartReason.Renumbered: return "boot number raised";
                case (int)StartReason.Fault: return "program fault";
                default: return "reason " + Number(number);
            }
        }

        public override string TestPart(SelfTestPart bit)
        {
            switch (bit)
            {
                case SelfTestPart.Flash: return "event store";
                case SelfTestPart.Inputs: return "wiring";
                case SelfTestPart.Link: return "county platform";
                case SelfTestPart.Clock: return "clock";
                case SelfTestPart.Power: return "mains or battery";
                case SelfTestPart.Lamps: return "lamps";
                case SelfTestPart.Sounders: return "siren and strobe";
                default: return "part " + Number((uint)bit);
            }
        }

        public override string Level(int level)
        {
            return At(s_levels, level, "level ");
        }

        public override string Colour(int code)
        {
            return At(s_colours, code, "code ");
        }

        public override string Condition(ConditionBits bit)
        {
            switch (bit)
            {
                case ConditionBits.Fire: return "fire";
                case ConditionBits.PreAlarm: return "pre-alarm";
                case ConditionBits.Fault: return "fault";
                case ConditionBits.Disabled: return "disabled";
                case ConditionBits.Test: return "test";
                case ConditionBits.Supervisory: return "supervisory";
                case ConditionBits.Drill: return "drill";
                case ConditionBits.Silenced: return "silenced";
                case ConditionBits.DutyCheck: return "duty check";
                case ConditionBits.HotWork: return "hot work";
                case ConditionBits.DelayOn: return "alarm delay";
                case ConditionBits.NotConfigured: return "not configured";
                case ConditionBits.NoCountyAnswer: return "no receipt for a fire";
                case ConditionBits.Patrol: return "patrol";
                case ConditionBits.CallOut: return "called out";
                default: return "condition " + Number((int)bit);
            }
        }

        public override string Place(int zone, ZoneKind kind, PlaceNames names)
        {
            string name = names.Zone(zone);
            string what = kind == ZoneKind.None || (name.Length > 0 && !names.WithKinds) ? "" : " (" + Name(kind) + ")";
            return "zone " + Number(zone) + (name.Length == 0 ? "" : " " + name) + what;
        }

        public override string Places(uint zones)
        {
            return zones == 0 ? "" : "zones " + Numbers(zones);
        }

        public override string Output(int number, PlaceNames names)
        {
            string name = names.Output(number);
            return name.Length == 0 ? "output " + Number(number) : name;
        }

        public override string Use(OutputUse use)
        {
            return At(s_uses, (int)use, "output use ");
        }

        public override string Duration(long seconds)
        {
            long s = Math.Abs(seconds);
            string text = s < 60 ? Number(s) + " s"
                : s < 3_600 ? Two(s, 60, "min", 1, "s")
                : s < 86_400 ? Two(s, 3_600, "h", 60, "min")
                : Two(s, 86_400, "d", 3_600, "h");
            return seconds < 0 ? "-" + text : text;
        }

        protected override string Milliseconds(int ms)
        {
            return Number(ms / 1000m, "0.0") + " s";
        }

        protected override string UnknownUnit(Unit unit)
        {
            return "unit " + Number((int)unit);
        }

        protected override string InBrackets(string words)
        {
            return " (" + words + ")";
        }

        private static string Two(long s, long large, string largeWord, long small, string smallWord)
        {
            long rest = s % large / small;
            return Number(s / large) + " " + largeWord + (rest == 0 ? "" : " " + Number(rest) + " " + smallWord);
        }

        private static string At(string[] words, int number, string otherwise)
        {
            return number >= 0 && number < words.Length ? words[number] : otherwise + Number(number);
        }
    }
}
