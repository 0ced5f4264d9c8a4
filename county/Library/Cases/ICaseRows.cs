// Owns: the rows of cases, as a store has to keep them.
// Must never: contain a rule.

namespace Gateway.County;

/// <summary>
/// Rows of cases in one transaction. Sequences are those of the track's lane; after and through bound them, through included.
/// </summary>
public interface ICaseRows
{
    /// <summary>
    /// The next number of acts and steps. The first one of a transaction makes every other that changes cases wait for this one's end.
    /// </summary>
    long NextCaseNumber();

    /// <summary>Adds a mark, once.</summary>
    void Add(CaseMark mark);

    /// <summary>Adds the marks of a station's acts that are not there.</summary>
    void MarkActs(uint station);

    /// <summary>The last end on the track before a sequence; 0 = none.</summary>
    uint LastEnd(CaseTrack track, uint before);

    /// <summary>The first end on the track from a sequence on; null = none.</summary>
    uint? FirstEnd(CaseTrack track, uint from);

    /// <summary>Events of the track in their order, at most so many of the first.</summary>
    IReadOnlyList<StoredEvent> Events(CaseTrack track, uint after, uint through, int max);

    /// <summary>The clocks of the alarms in that range of the fire lane, in the order in which they came about.</summary>
    IReadOnlyList<StoredEvent> Clocks(uint station, uint epoch, uint after, uint through, int max);

    /// <summary>Clocks that name no alarm, from a moment in a start to an event of the same life or its end.</summary>
    IReadOnlyList<StoredEvent> ClocksBetween(BootKey from, long uptimeMs, StoredEvent? through, int max);

    /// <summary>The sequence of the last alarm in the fire lane before an event that stands on a track; 0 = none.</summary>
    uint AlarmBefore(CaseTrack track, uint sequence);

    /// <summary>Marks of a start's events that did not know the time when they were written.</summary>
    IReadOnlyList<CaseMark> Untimed(BootKey boot);

    /// <summary>All tracks of a station.</summary>
    IReadOnlyList<CaseTrack> Tracks(uint station);

    /// <summary>The first mark of the track behind a sequence; null = none.</summary>
    uint? FirstMark(CaseTrack track, uint after);

    void Add(CaseAct act);

    /// <summary>The act by which another program's danger was registered, or null.</summary>
    CaseAct? ActByReference(string reference);

    /// <summary>Acts on cases of the track that began in the range, in the order of their numbers.</summary>
    IReadOnlyList<CaseAct> Acts(CaseTrack track, uint after, uint through);

    Case? Case(string id);

    /// <summary>Cases of the track that begin in the range.</summary>
    IReadOnlyList<Case> Cases(CaseTrack track, uint after, uint through);

    /// <summary>Adds or replaces.</summary>
    void Put(Case one);

    /// <summary>Removes what is over of a station beyond the newest, with its steps; so many of what waits for a person stay too.</summary>
    void ForgetCases(uint station, int keep);

    /// <summary>Steps of a case by their number in it, also the withdrawn ones.</summary>
    IReadOnlyList<CaseStep> Steps(string id);

    /// <summary>Adds or replaces, by case and number in it.</summary>
    void Put(CaseStep step);

    /// <summary>Open cases of a class, the oldest first.</summary>
    IReadOnlyList<Case> OpenCases(CaseClass of);

    /// <summary>The newest alarm of the station that has not ended, or null.</summary>
    Case? StandingAlarm(uint station);

    /// <summary>Cases whose next moment has come, the oldest first.</summary>
    IReadOnlyList<Case> DueCases(long nowMs, int max);

    /// <summary>Alarms of a station that began in that time and were judged false, in the order of their beginnings.</summary>
    IReadOnlyList<Case> FalseAlarms(uint station, long fromMs, long untilMs);

    /// <summary>Whom a station's plan calls, by ring and name.</summary>
    IReadOnlyList<CalloutParty> CalloutPlan(uint station);

    /// <summary>The call-outs under way, the oldest first.</summary>
    IReadOnlyList<CalloutRun> Callouts();

    /// <summary>That of a case, or null.</summary>
    CalloutRun? Callout(string id);

    /// <summary>Adds or replaces.</summary>
    void Put(CalloutRun run);

    void EndCallout(string id);

    /// <summary>All settings of cases that were in force, in their order.</summary>
    IReadOnlyList<CaseSettingsOf> CaseSettings();

    void Add(CaseSettingsOf settings);
}
