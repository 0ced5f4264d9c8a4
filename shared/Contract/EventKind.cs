// Owns: the numbers of the kinds of event, their lanes and their codes. What people read is in the catalogues.
// Must never: reuse or renumber a kind; a kind that is no longer written keeps its number.

namespace Gateway.Contract
{
    /// <summary>
    /// What happened. 1-99 belong to the fire lane, 100-199 to the condition lane, 200-299 to the routine lane;
    /// <see cref="Loss"/> stands in whichever lane lost records.
    /// </summary>
    public enum EventKind : ushort
    {
        // Fire lane.
        FireAlarm = 1,
        PreAlarm = 2,
        FireRestored = 3,
        Silenced = 4,
        Reset = 5,
        ResetRefused = 6,
        Linkage = 7,

        /// <summary>A person at the box answered the fire.</summary>
        Acknowledged = 8,
        FireSignalLost = 9,
        HoldReleased = 10,

        // Condition lane.
        Fault = 100,
        FaultRestored = 101,
        Supervisory = 102,
        SupervisoryRestored = 103,
        Disabled = 104,
        DisablementEnded = 105,
        TestBegan = 106,
        TestEnded = 107,
        TestActivation = 108,
        Chattering = 109,
        NoCountyAnswer = 110,
        CountyAnswers = 111,
        DrillBegan = 112,
        DrillEnded = 113,
        DutyCheckAsked = 114,
        DutyCheckAnswered = 115,
        DutyCheckMissed = 116,
        ClockStarted = 117,
        ClockMet = 118,
        ClockMissed = 119,
        PatrolMet = 120,
        PatrolMissed = 121,
        HotWorkBegan = 122,
        HotWorkEnded = 123,
        HotWorkLastLook = 124,
        CaseOpened = 125,
        CaseAged = 126,
        CaseClosed = 127,
        DelayOn = 128,
        DelayOff = 129,
        StationCode = 130,
        RuleFired = 131,
        Activated = 132,
        Deactivated = 133,
        DrillEnding = 134,
        SignalLost = 135,
        DutyCheckReplaced = 136,
        /// <summary>A phase of the outputs' delay ran out: nobody answered, or nobody reset.</summary>
        DelayExpired = 137,

        /// <summary>Alarms come from plain contacts, where a cut wire is no fault, and the settings do not say so yet.</summary>
        UnsupervisedFires = 138,

        /// <summary>Rules ask for fires and none for gas, which is no fire in a rule.</summary>
        GasOutsideRules = 139,

        // Routine lane.
        Started = 200,
        ClockSet = 201,
        SettingsLoaded = 202,
        SettingsRefused = 203,
        NotConfigured = 204,
        LogLost = 205,
        LinkUp = 206,
        LinkDown = 207,
        SelfTest = 208,
        SelfTestOverdue = 209,
        CommandDone = 210,
        CommandRefused = 211,
        KeyPressed = 212,
        SettingsTried = 213,
        SettingsRolledBack = 214,
        StoreNew = 215,

        /// <summary>How the box itself fares: how long it looked away from its inputs, and the memory that is left.</summary>
        BoxState = 216,

        /// <summary>The county calls for somebody to set out for a fire elsewhere.</summary>
        CallOutAsked = 217,
        CallOutAnswered = 218,
        CallOutMissed = 219,

        /// <summary>Taken back before anybody answered, or another took its place.</summary>
        CallOutEnded = 220,

        /// <summary>What a technician's walk test has shown of zones and outputs: the record of commissioning.</summary>
        Commissioned = 221,

        // Any lane.
        Loss = 900,
    }

    /// <summary>Lanes and codes of <see cref="EventKind"/>.</summary>
    public static class EventKinds
    {
        /// <summary>
        /// The lane in which a kind is kept; <see cref="EventKind.Loss"/> and unknown kinds give <see cref="Lane.None"/>.
        /// </summary>
        public static Lane LaneOf(EventKind kind)
        {
            if ((int)kind >= 1 && (int)kind <= 99)
            {
                return Lane.Fire;
            }

            if ((int)kind >= 100 && (int)kind <= 199)
            {
                return Lane.Condition;
            }

            return (int)kind >= 200 && (int)kind <= 299 ? Lane.Routine : Lane.None;
        }

        /// <summary>
        /// How grave a kind is by itself. Where its details decide, or a rule, it is None here: alarms, rules' events, clocks, aged cases,
        /// the station's code, last looks and self-tests.
        /// </summary>
        public static Severity SeverityOf(EventKind kind)
        {
            switch (kind)
            {
                case EventKind.PreAlarm:
                case EventKind.Supervisory:
                case EventKind.UnsupervisedFires:
                case EventKind.GasOutsideRules:
                case EventKind.SelfTestOverdue:
                    return Severity.Low;
                case EventKind.Fault:
                case EventKind.Chattering:
                case EventKind.NoCountyAnswer:
                case EventKind.DutyCheckMissed:
                case EventKind.CallOutMissed:
                case EventKind.PatrolMissed:
                case EventKind.CaseOpened:
                case EventKind.DelayExpired:
                case EventKind.LogLost:
                case EventKind.Loss:
                    return Severity.General;
                default:
                    return Severity.None;
            }
        }

        /// <summary>The kind's code, such as fire-alarm; an unknown number gives kind-N, since a newer gateway may send it.</summary>
        public static string Code(EventKind kind)
        {
            return kind switch
            {
                EventKind.FireAlarm => "fire-alarm",
                EventKind.PreAlarm => "pre-alarm",
                EventKind.FireRestored => "fire-restored",
                EventKind.Silenced => "silenced",
                EventKind.Reset => "reset",
                EventKind.ResetRefused => "reset-refused",
                EventKind.Linkage => "linkage",
                EventKind.Acknowledged => "acknowledged",
                EventKind.Fault => "fault",
                EventKind.FaultRestored => "fault-restored",
                EventKind.Supervisory => "supervisory",
                EventKind.SupervisoryRestored => "supervisory-restored",
                EventKind.Disabled => "shielded",
                EventKind.DisablementEnded => "shield-ended",
                EventKind.TestBegan => "test-began",
                EventKind.TestEnded => "test-ended",
                EventKind.TestActivation => "test-activation",
                EventKind.Chattering => "chattering",
                EventKind.NoCountyAnswer => "no-county-answer",
                EventKind.CountyAnswers => "county-answers",
                EventKind.DrillBegan => "drill-began",
                EventKind.DrillEnded => "drill-ended",
                EventKind.DutyCheckAsked => "duty-check-asked",
                EventKind.DutyCheckAnswered => "duty-check-answered",
                EventKind.DutyCheckMissed => "duty-check-missed",
                EventKind.ClockStarted => "clock-started",
                EventKind.ClockMet => "clock-met",
                EventKind.ClockMissed => "clock-missed",
                EventKind.PatrolMet => "patrol-met",
                EventKind.PatrolMissed => "patrol-missed",
                EventKind.HotWorkBegan => "hot-work-began",
                EventKind.HotWorkEnded => "hot-work-ended",
                EventKind.HotWorkLastLook => "hot-work-last-look",
                EventKind.CaseOpened => "case-opened",
                EventKind.CaseAged => "case-aged",
                EventKind.CaseClosed => "case-closed",
                EventKind.DelayOn => "delay-on",
                EventKind.DelayOff => "delay-off",
                EventKind.StationCode => "station-code",
                EventKind.RuleFired => "rule-fired",
                EventKind.Activated => "activated",
                EventKind.Deactivated => "deactivated",
                EventKind.DelayExpired => "delay-expired",
                EventKind.Started => "started",
                EventKind.ClockSet => "clock-set",
                EventKind.SettingsLoaded => "settings-loaded",
                EventKind.SettingsRefused => "settings-refused",
                EventKind.NotConfigured => "not-configured",
                EventKind.LogLost => "log-lost",
                EventKind.LinkUp => "link-up",
                EventKind.LinkDown => "link-down",
                EventKind.SelfTest => "self-test",
                EventKind.SelfTestOverdue => "self-test-overdue",
                EventKind.CommandDone => "command-done",
                EventKind.CommandRefused => "command-refused",
                EventKind.KeyPressed => "key-pressed",
                EventKind.SettingsTried => "settings-tried",
                EventKind.SettingsRolledBack => "settings-rolled-back",
                EventKind.Loss => "loss",
                EventKind.FireSignalLost => "fire-signal-lost",
                EventKind.HoldReleased => "hold-released",
                EventKind.DrillEnding => "drill-ending",
                EventKind.SignalLost => "signal-lost",
                EventKind.DutyCheckReplaced => "duty-check-replaced",
                EventKind.StoreNew => "store-new",
                EventKind.BoxState => "box-state",
                EventKind.CallOutAsked => "call-out-asked",
                EventKind.CallOutAnswered => "call-out-answered",
                EventKind.CallOutMissed => "call-out-missed",
                EventKind.CallOutEnded => "call-out-ended",
                EventKind.UnsupervisedFires => "unsupervised-fires",
                EventKind.GasOutsideRules => "gas-outside-rules",
                EventKind.Commissioned => "commissioned",
                _ => "kind-" + ((int)kind).ToString(),
            };
        }
    }
}
