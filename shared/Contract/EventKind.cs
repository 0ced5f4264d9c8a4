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
        // Numbers and codes side by side; the code is the word in tables, JSON and rules.
        private static readonly EventKind[] s_numbers =
        {
            EventKind.FireAlarm, EventKind.PreAlarm, EventKind.FireRestored, EventKind.Silenced, EventKind.Reset, EventKind.ResetRefused,
            EventKind.Linkage, EventKind.Acknowledged, EventKind.Fault, EventKind.FaultRestored, EventKind.Supervisory,
            EventKind.SupervisoryRestored, EventKind.Disabled, EventKind.DisablementEnded, EventKind.TestBegan, EventKind.TestEnded,
            EventKind.TestActivation, EventKind.Chattering, EventKind.NoCountyAnswer, EventKind.CountyAnswers, EventKind.DrillBegan,
            EventKind.DrillEnded, EventKind.DutyCheckAsked, EventKind.DutyCheckAnswered, EventKind.DutyCheckMissed, EventKind.ClockStarted,
            EventKind.ClockMet, EventKind.ClockMissed, EventKind.PatrolMet, EventKind.PatrolMissed, EventKind.HotWorkBegan,
            EventKind.HotWorkEnded, EventKind.HotWorkLastLook, EventKind.CaseOpened, EventKind.CaseAged, EventKind.CaseClosed,
            EventKind.DelayOn, EventKind.DelayOff, EventKind.StationCode, EventKind.RuleFired, EventKind.Activated, EventKind.Deactivated,
            EventKind.DelayExpired, EventKind.Started, EventKind.ClockSet, EventKind.SettingsLoaded, EventKind.SettingsRefused,
            EventKind.NotConfigured, EventKind.LogLost, EventKind.LinkUp, EventKind.LinkDown, EventKind.SelfTest, EventKind.SelfTestOverdue,
            EventKind.CommandDone, EventKind.CommandRefused, EventKind.KeyPressed, EventKind.SettingsTried, EventKind.SettingsRolledBack,
            EventKind.Loss, EventKind.FireSignalLost, EventKind.HoldReleased, EventKind.DrillEnding, EventKind.SignalLost,
            EventKind.DutyCheckReplaced, EventKind.StoreNew, EventKind.BoxState, EventKind.CallOutAsked, EventKind.CallOutAnswered,
            EventKind.CallOutMissed, EventKind.CallOutEnded, EventKind.UnsupervisedFires,
            EventKind.GasOutsideRules, EventKind.Commissioned,
        };

        private static readonly string[] s_codes =
        {
            "fire-alarm", "pre-alarm", "fire-restored", "silenced", "reset", "reset-refused",
            "linkage", "acknowledged", "fault", "fault-restored", "supervisory", "supervisory-restored", "shielded",
            "shield-ended", "test-began", "test-ended", "test-activation", "chattering", "no-county-answer",
            "county-answers", "drill-began", "drill-ended", "duty-check-asked", "duty-check-answered", "duty-check-missed",
            "clock-started", "clock-met", "clock-missed", "patrol-met", "patrol-missed", "hot-work-began",
            "hot-work-ended", "hot-work-last-look", "case-opened", "case-aged", "case-closed", "delay-on",
            "delay-off", "station-code", "rule-fired", "activated", "deactivated", "delay-expired", "started",
            "clock-set", "settings-loaded", "settings-refused", "not-configured", "log-lost", "link-up",
            "link-down", "self-test", "self-test-overdue", "command-done", "command-refused", "key-pressed",
            "settings-tried", "settings-rolled-back", "loss", "fire-signal-lost", "hold-released", "drill-ending",
            "signal-lost", "duty-check-replaced", "store-new", "box-state", "call-out-asked", "call-out-answered",
            "call-out-missed", "call-out-ended", "unsupervised-fires",
            "gas-outside-rules", "commissioned",
        };

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
            int i = Find(kind);
            return i < 0 ? "kind-" + ((int)kind).ToString() : s_codes[i];
        }

        private static int Find(EventKind kind)
        {
            for (int i = 0; i < s_numbers.Length; i++)
            {
                if (s_numbers[i] == kind)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
