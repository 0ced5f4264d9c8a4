// Owns: the English sentence of each kind of event.
// Must never: say less than the Chinese does.

namespace Gateway.Contract
{
    internal sealed partial class EnglishCatalogue
    {
        protected override string What(EventRecord r, PlaceNames names)
        {
            string name = Name(r.Kind);
            string place = PlaceOf(r, names);
            string value = ValueOf(r);
            switch (r.Kind)
            {
                case EventKind.FireAlarm:
                    name = r.ZoneKind == ZoneKind.Gas ? "Combustible gas alarm" : name;
                    return Join(name, place, r.B == 0 ? "" : "again", With(r, names), value, ByRule(r));
                case EventKind.PreAlarm:
                    return Join(name, place, value) + " (one detector alone, to be looked at)";
                case EventKind.FireRestored:
                    return Join(name, place, value) + " (the fire stays until reset)";
                case EventKind.Reset:
                    return name + (r.A == 0 ? "" : " (fire was in " + Places((uint)r.A) + ")");
                case EventKind.ResetRefused:
                    return r.C == 1 ? name + ": the key switch is off"
                        : name + (r.Zone == 0 ? "" : ": " + Join(place, value) + (r.B == 0 ? " still in alarm"
                        : " still active, rule " + Number(r.Rule) + " goes on to hold " + Output(r.B, names)));
                case EventKind.Linkage:
                    return Join(name + (r.B == 0 ? " stopped:" : " started:"), r.A == 0 ? "broadcast " + Number(r.C) : Output(r.A, names),
                        place, ByRule(r));
                case EventKind.Acknowledged:
                    return name + Bracketed(Taken(r), Places((uint)r.A));
                case EventKind.FireSignalLost:
                    return Join(name, place) + Bracketed(CauseOf(r), "the fire stays until reset");
                case EventKind.HoldReleased:
                    return Join(name, Output(r.A, names), place) + Bracketed(Cause(r.B, r.ZoneKind, BoxFault.None, 0));
                case EventKind.GasOutsideRules:
                    return name + ": " + Places((uint)r.A) + " not in fire: of any rule; use gas:";
                case EventKind.UnsupervisedFires:
                    return name + ": " + Places((uint)r.A) + ": a cut wire is no fault there; wire supervised lines";
                case EventKind.Fault:
                    return Join(name, place, CauseOf(r), value);
                case EventKind.FaultRestored:
                    return Join(name, place) + (r.A == 0 ? "" : " (was: " + CauseOf(r) + ")");
                case EventKind.Disabled:
                    return Join(name, place) + Bracketed(value, "raises no alarm");
                case EventKind.TestBegan:
                    return Join(name, place) + Bracketed(value);
                case EventKind.Chattering:
                    return Join(name, place) + " (" + Number(r.Value) + " times this hour)";
                case EventKind.NoCountyAnswer:
                case EventKind.CountyAnswers:
                    return name;
                case EventKind.DrillBegan:
                    return name + Bracketed(Places((uint)r.B), value, r.C == 1 ? "with outside linkage" : "");
                case EventKind.DrillEnded:
                    return name + Bracketed(DrillEnding(r, place));
                case EventKind.DrillEnding:
                    return name + (r.Unit == Unit.None ? "" : " (" + value + " left)");
                case EventKind.DutyCheckAsked:
                case EventKind.CallOutAsked:
                    return name + (r.Unit == Unit.None ? "" : " (within " + value + ")");
                case EventKind.DutyCheckAnswered:
                case EventKind.CallOutAnswered:
                    return name + Bracketed(Taken(r));
                case EventKind.CallOutEnded:
                    return name + Bracketed(r.B == (int)CallOutEnd.Replaced ? "for another one" : "", OriginName(r.A));
                case EventKind.CallOutMissed:
                case EventKind.DutyCheckMissed:
                case EventKind.DutyCheckReplaced:
                    return name + (r.Unit == Unit.None ? "" : " (waited " + value + ")");
                case EventKind.ClockStarted:
                    return Join(name, ClockName(r.A)) + (r.Unit == Unit.None ? "" : " (within " + value + ")");
                case EventKind.ClockMet:
                    return Join(ClockDone(r.A), r.B > 0 && r.Value > r.B ? "late" : "", Taken(r))
                        + (r.B > 0 ? " (limit " + Duration(r.B) + ")" : "");
                case EventKind.ClockMissed:
                    return (r.A == 3 ? "Not reinforced in " + value : r.A == 2 ? "Nobody on the scene in " + value
                        : "Nobody answered in " + value)
                        + " → " + Level(r.B);
                case EventKind.PatrolMet:
                    return name + " round " + Number(r.A) + Bracketed(Taken(r));
                case EventKind.PatrolMissed:
                    return name + " round " + Number(r.A) + (place.Length == 0 ? "" : ": " + place) + More(r);
                case EventKind.HotWorkBegan:
                    return name + Bracketed(r.B == 0 ? "" : Places((uint)r.B) + " disabled", value);
                case EventKind.HotWorkEnded:
                    return name + ", watching again" + Bracketed(Places((uint)r.B));
                case EventKind.HotWorkLastLook:
                    return name + (r.A == 0 ? " due" : r.A == 1 ? " done" : r.A == 2 ? " missed" : " " + Number(r.A));
                case EventKind.CaseOpened:
                    return Join(name, place, Risk(r.Severity));
                case EventKind.CaseAged:
                    return Join(name, Aged(r.Value), place, Risk(r.Severity));
                case EventKind.CaseClosed:
                    return Join(name, place) + " (open for " + (r.Value < 3_600 ? "less than 1 h" : Duration(r.Value)) + ")";
                case EventKind.DelayOn:
                    return name + (r.Unit == Unit.None ? "" : " (at most " + value + ")");
                case EventKind.DelayExpired:
                    return name + Bracketed(value, r.A == 1 ? "nobody answered" : r.A == 2 ? "not reset" : "", Places((uint)r.B));
                case EventKind.StationCode:
                    return Join(name, Colour(r.B) + " → " + Colour(r.A))
                        + (r.Value <= 0 ? "" : " (" + Number(r.Value) + (r.Value == 1 ? " open danger)" : " open dangers)"));
                case EventKind.RuleFired:
                    return Join("Rule " + Number(r.Rule) + " triggered", Places((uint)r.A), Risk(r.Severity));
                case EventKind.Activated:
                    return Join(r.ZoneKind == ZoneKind.PatrolButton ? "Visited" : r.ZoneKind == ZoneKind.PumpRun ? "Started" : name, place,
                        value);
                case EventKind.Deactivated:
                    return Join(r.ZoneKind == ZoneKind.PumpRun ? "Stopped" : name, place, value);
                case EventKind.SignalLost:
                    return Join(name, place) + Bracketed(CauseOf(r), r.B == 0 ? "" : "was: " + Name((EventKind)r.B));
                case EventKind.Started:
                    return r.A == 0 ? name : name + " (" + StartName(r.A) + ")";
                case EventKind.ClockSet:
                    return name + Bracketed(r.B == 1 ? "first time since the start" : "by " + Step(r), OriginName(r.C));
                case EventKind.SettingsLoaded:
                case EventKind.SettingsRolledBack:
                    return name + Bracketed("checksum " + Checksum(r.A), OriginName(r.B));
                case EventKind.SettingsTried:
                    return name + Bracketed("checksum " + Checksum(r.A), OriginName(r.B), value.Length == 0 ? "" : "within " + value);
                case EventKind.SettingsRefused:
                    return name + ": " + (r.A == 0 ? "whole text" : "line " + Number(r.A) + " column " + Number(r.B)) + ": "
                        + WrongSettings(r.C >> 8)
                        + (r.Value > 1 ? " (" + Number(r.Value) + " errors)" : "");
                case EventKind.LogLost:
                    return r.B == 1 ? "Event store fails, records are kept in memory" : "Event store was damaged and rebuilt";
                case EventKind.LinkUp:
                    return name + Bracketed(r.Value > 0 ? "gone for " + value : "", r.A == 1 ? "standby path" : "");
                case EventKind.LinkDown:
                    return name + Bracketed(r.A == 1 ? "standby path" : "");
                case EventKind.SelfTest:
                    return (r.A == 0 ? name + " passed" : name + " failed: " + TestParts(r.A))
                        + Bracketed(Labelled("passed: ", r.B & ~r.A & Judged), Labelled("look and listen: ", r.B & ~Judged));
                case EventKind.Commissioned:
                    return name + Bracketed("zones tested: " + Number(r.Value),
                        (r.A & ~r.B) == 0 ? "" : "not tested: " + Places((uint)(r.A & ~r.B)), "outputs tested: " + Ones(r.C >> 8),
                        Ones(r.C) == "0" ? "" : "not tested: " + Ones(r.C));
                case EventKind.SelfTestOverdue:
                    return Join(name, value);
                case EventKind.CommandDone:
                    return name + ": " + CommandName(r.B) + (r.Value == (int)CommandOutcome.Done
                        ? r.B == (int)CommandCode.DutyCheck || r.B == (int)CommandCode.CallOut ? ", delivered" : ", done"
                        : ", not done (" + Outcome(r.Value) + ")");
                case EventKind.CommandRefused:
                    return name + ":" + (r.B == 0 ? "" : " " + CommandName(r.B)) + " (" + Refusal(r.Value) + ")";
                case EventKind.KeyPressed:
                    return "Pressed the " + Key(r.A) + Bracketed(Pressed(r.A));
                case EventKind.BoxState:
                    return Join(name, r.Value > 0 ? "longest pause " + Milliseconds(r.Value) : "", Kilobytes("free", r.A),
                        Kilobytes("free in the runtime", r.B), r.C > 0 ? "longest write " + Milliseconds(r.C) : "");
                case EventKind.Loss:
                    return name + ": " + ((r.Flags & EventFlags.Damage) != 0 ? "at least " : "") + Number(r.Value)
                        + Bracketed(r.A == 0 && r.B == 0 ? "before they had numbers"
                            : "numbers " + Number((uint)r.A) + "–" + Number((uint)r.B),
                            r.C == 0 ? "" : "over " + Duration(r.C));
                default:
                    return Join(name, place, value, ByRule(r));
            }
        }

        private string With(EventRecord r, PlaceNames names)
        {
            return r.OtherZone == 0 ? "" : "with " + Place(r.OtherZone, ZoneKind.None, names);
        }

        private static string ByRule(EventRecord r)
        {
            return r.Rule == 0 ? "" : "by rule " + Number(r.Rule);
        }

        private string Taken(EventRecord r)
        {
            return r.Unit == Unit.None ? "" : "after " + ValueOf(r);
        }

        private string More(EventRecord r)
        {
            uint others = r.Zone < 1 || r.Zone > 32 ? (uint)r.B : (uint)r.B & ~(1u << (r.Zone - 1));
            return others == 0 ? "" : ", and " + Places(others);
        }

        private static string ClockName(int clock)
        {
            return clock == 1 ? "to answer" : clock == 2 ? "to be on the scene" : clock == 3 ? "to be reinforced" : "";
        }

        private static string ClockDone(int clock)
        {
            return clock == 1 ? "Answered" : clock == 2 ? "On the scene" : clock == 3 ? "Reinforced" : "Clock stopped";
        }

        private string Aged(int seconds)
        {
            int days = seconds / 86_400;
            return days == 1 || days == 7 ? "for " + Number(days) + " d" : "beyond its time (" + Duration(seconds) + ")";
        }

        private static string DrillEnding(EventRecord r, string place)
        {
            switch (r.B)
            {
                case (int)DrillEnd.Unknown: return "";
                case (int)DrillEnd.Time: return "time over";
                case (int)DrillEnd.Command: return "by the county platform";
                case (int)DrillEnd.TestKey: return "by the test key";
                case (int)DrillEnd.Fire: return "broken off by a fire in " + place;
                case (int)DrillEnd.Replaced: return "another drill began";
                default: return "way " + Number(r.B);
            }
        }

        private static string Step(EventRecord r)
        {
            bool clamped = r.Value == int.MaxValue || r.Value == int.MinValue;
            return (clamped ? Number(r.A) : Number(r.Value / 1000m, "0.0")) + " s";
        }

        private static string Pressed(int key)
        {
            switch (key)
            {
                case 1: return "no fire, stops the buzzer alone";
                case 2: return "no fire to reset";
                case 3: return "no fire or duty check to answer";
                case 5:
                case 6: return "no clock of a fire runs";
                case 7: return "stops the buzzer alone";
                case 8: return "turned on";
                default: return "";
            }
        }

        private static string Kilobytes(string what, int bytes)
        {
            return bytes > 0 ? what + " " + Number(bytes / 1024) + " K" : "";
        }
    }
}
