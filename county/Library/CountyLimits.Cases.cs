// Owns: the bounds of cases, each with its reason.
// Must never: bound a fire: a case that is too long goes on with what it has, and its events are stored all the same.

namespace Gateway.County;

public static partial class CountyLimits
{
    /// <summary>
    /// Events of a case that are gone over, the first ones and its end: 32 zones that signal anew every hour of half a day. What comes
    /// behind them is stored and listed, and changes nothing of the case.
    /// </summary>
    public const int CaseEventsMax = 512;

    /// <summary>Events of a case that cost its station as much as one statement.</summary>
    public const int CaseEventsAStatement = 8;

    /// <summary>What a case that is gone over costs in statements beside its events.</summary>
    public const int WorkOfCase = 12;

    /// <summary>
    /// Cases kept of a station that are over: as <see cref="EscalationsEndedMax"/>. Older ones go with their steps; their events and acts
    /// stay. One that waits for a person stays too, up to as many.
    /// </summary>
    public const int CasesOfStationMax = 4_096;

    /// <summary>
    /// A station that is not heard for so long is a case, s: ten minutes are longer than a restart, a new broker or a short power cut.
    /// </summary>
    public const int CaseSilentAfterS = 600;

    /// <summary>GB 50440 wants more than 5 false alarms a day of one user dealt with.</summary>
    public const int FalseAlarmsADay = 5;

    /// <summary>
    /// Times that a case has where the settings say nothing, ms: an alarm and a silent station are judged within a day, a danger is
    /// mended within the 15 days of the county plans' work order, a risk is looked into within a week.
    /// </summary>
    public const long CaseAlarmDueMs = 86_400_000;
    public const long CaseSilentDueMs = 86_400_000;
    public const long CaseDangerDueMs = 15 * 86_400_000L;
    public const long CaseRiskDueMs = 7 * 86_400_000L;

    /// <summary>Longest time that settings may give a case, ms: a year of 366 days.</summary>
    public const long CaseDueMaxMs = 366 * 86_400_000L;

    /// <summary>Between two looks for cases that are due, ms; and how many are taken up in one.</summary>
    public const int CaseLookMs = 5_000;
    public const int CasesDueMax = 100;

    /// <summary>Characters of a name, and of words, that people write on a case: as a platform's answer may have.</summary>
    public const int CaseNameMax = 60;
    public const int CaseWordsMax = 1_000;

    /// <summary>Days between two inspections of a place by its code: a month, a week, a day.</summary>
    public const int InspectGreenDays = 30;
    public const int InspectYellowDays = 7;
    public const int InspectRedDays = 1;

    /// <summary>Characters of a text in the file of a place, and persons who sleep there: a dormitory has thousands.</summary>
    public const int PlaceTextMax = 500;
    public const int SleepingMax = 9_999;

    /// <summary>By how much a county's day begins before UTC's, ms: China has one time, 8 h ahead.</summary>
    public const long DayAheadMs = 28_800_000;

    /// <summary>Messages of a hand-over of this priority and above are of no fire.</summary>
    public const int HandOverLesser = 2;
}
