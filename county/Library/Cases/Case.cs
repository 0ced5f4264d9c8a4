// Owns: what a case is: its row, its steps, and the words for class, trouble, state and judgement.
// Must never: contain a rule; how a case follows from events and acts is the case builder's work.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>What the county's platform takes a case for: an event, a task, or a risk warning. The numbers stand in databases.</summary>
public enum CaseClass
{
    /// <summary>An alarm with everything that follows (事件).</summary>
    Alarm = 1,

    /// <summary>A hidden danger (隐患, 任务).</summary>
    Danger = 2,

    /// <summary>A station that is not heard (失联).</summary>
    Silent = 3,

    /// <summary>A risk warning (风险预警).</summary>
    Risk = 4,
}

/// <summary>What a case is about; the numbers stand in databases.</summary>
public enum CaseTrouble
{
    Fire = 1,

    /// <summary>Heartbeats tell of a fire, and its records do not come.</summary>
    HiddenFire = 2,

    /// <summary>A fire that came under the name of another record.</summary>
    ConflictingFire = 3,

    /// <summary>A fault or supervisory state that lasts, as the box tells it.</summary>
    Fault = 10,

    /// <summary>A danger that people found.</summary>
    Found = 11,
    Silent = 20,

    /// <summary>More alarms of a day were judged false than are allowed.</summary>
    FalseAlarms = 30,
    DutyCheck = 31,
    Patrol = 32,

    /// <summary>A pump that does not start by itself.</summary>
    Pump = 33,
    Chatter = 34,
}

/// <summary>How far a case is; the numbers stand in databases, and everything from <see cref="Closed"/> on is over.</summary>
public enum CaseState
{
    Open = 1,

    /// <summary>Somebody at a desk took it.</summary>
    Taken = 2,

    /// <summary>What it is about has ended; a person has not yet judged or closed it.</summary>
    Ended = 3,

    /// <summary>Struck off (销号).</summary>
    Closed = 4,

    /// <summary>What came late showed that it is part of another one.</summary>
    Merged = 5,
}

/// <summary>What an alarm turned out to be.</summary>
public enum CaseJudgement
{
    None = 0,
    Real = 1,
    False = 2,
    Test = 3,
    Drill = 4,
}

/// <summary>How grave a case is, in the four grades of the counties; the numbers are those of the events' severities.</summary>
public enum CaseGrade
{
    None = 0,
    Low = 1,
    General = 2,
    Larger = 3,
    Major = 4,
}

/// <summary>One case. All of it but the last two fields follows from events, acts and the settings of then.</summary>
public sealed class Case
{
    /// <summary>Station, epoch, lane and sequence of its first event, or station, a word and a number; no dot in it.</summary>
    public required string Id { get; init; }

    public required CaseTrack Track { get; init; }

    /// <summary>Of its first event or act.</summary>
    public required uint Sequence { get; init; }

    public CaseClass Class { get; set; }

    public CaseTrouble Trouble { get; set; }

    public CaseState State { get; set; }

    public CaseGrade Grade { get; set; }

    /// <summary>Who has to see to it and may close it.</summary>
    public EscalationLevel Level { get; set; }

    public CaseJudgement Judgement { get; set; }

    /// <summary>Everything in it came of zones in test.</summary>
    public bool Test { get; set; }

    /// <summary>Zone of its first event, 0 = none; and what that watches.</summary>
    public int Zone { get; set; }

    public ZoneKind ZoneKind { get; set; }

    /// <summary>Bit n-1 is zone n of the first 32.</summary>
    public uint Zones { get; set; }

    /// <summary>How many events are in it, no more than <see cref="CountyLimits.CaseEventsMax"/>.</summary>
    public int Events { get; set; }

    /// <summary>When it began, ms since 1970 UTC, and how well that is known: a <see cref="Contract.UtcQuality"/>.</summary>
    public long OpenedMs { get; set; }

    public UtcQuality TimeQuality { get; set; }

    /// <summary>When the county first knew of it.</summary>
    public long ReceivedMs { get; set; }

    /// <summary>When what it is about was gone; 0 = not yet.</summary>
    public long EndedMs { get; set; }

    /// <summary>0 = open.</summary>
    public long ClosedMs { get; set; }

    /// <summary>By when it has to be closed.</summary>
    public long DueMs { get; set; }

    /// <summary>When it goes up a level, or is listed as overdue at the highest; 0 = it does not.</summary>
    public long NextMs { get; set; }

    /// <summary>When somebody took it, and who; 0 and empty = nobody.</summary>
    public long TakenMs { get; set; }

    public string Owner { get; set; } = "";

    /// <summary>Why an alarm was false, as the person who judged it says.</summary>
    public string Cause { get; set; } = "";

    /// <summary>What the person who found a danger says.</summary>
    public string Text { get; set; } = "";

    /// <summary>The case of which it is part, when its state is merged.</summary>
    public string MergedInto { get; set; } = "";

    /// <summary>Codes of the station's place then.</summary>
    public string County { get; set; } = "";

    public string Township { get; set; } = "";

    public string Village { get; set; } = "";

    /// <summary>The highest number given to a step of it; rises for ever, and a rebuilding leaves it.</summary>
    public int LastStep { get; set; }

    /// <summary>Rises with every change, so that two people do not change one case unseen by each other.</summary>
    public int Version { get; set; }

    public uint Station => Track.Station;

    public bool IsOpen => ClosedMs == 0;

    /// <summary>The names of the start of its first event, where they are known; not stored.</summary>
    public StationPlaces? Places { get; set; }

    /// <summary>Null of a case that no event began.</summary>
    public EventKey? FirstEvent => CaseNames.EventOf(Id.Split('-'));

    public Case Copy() => (Case)MemberwiseClone();

    /// <summary>Whether all that follows from events and acts is the same.</summary>
    public bool Says(Case other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Said().Equals(other.Said());
    }

    private object Said() => (
        (Id, Track, Sequence, Class, Trouble, State, Grade, Level, Judgement, Test),
        (Zone, ZoneKind, Zones, Events, OpenedMs, TimeQuality, ReceivedMs, EndedMs, ClosedMs, DueMs, NextMs, TakenMs),
        (Owner, Cause, Text, MergedInto, County, Township, Village));
}

/// <summary>What happened in a case; the numbers stand in databases.</summary>
public enum CaseStepKind
{
    Opened = 1,

    /// <summary>A further zone of the same alarm.</summary>
    More = 2,
    Answered = 3,
    Silenced = 4,
    ResetRefused = 5,
    ClockMet = 6,
    ClockMissed = 7,

    /// <summary>The level rose, since nobody answered.</summary>
    Escalated = 8,

    /// <summary>What it is about is gone: reset, restored, heard again.</summary>
    Ended = 9,
    Aged = 10,

    /// <summary>The same once more, in the same case.</summary>
    Again = 11,
    Taken = 20,
    Judged = 21,
    Noted = 22,
    Closed = 23,
    Graded = 24,

    /// <summary>It was not closed in time, and went up a level where there is one.</summary>
    Overdue = 25,
    Merged = 26,

    /// <summary>A person passed it to the next level; the value says to which.</summary>
    PassedUp = 27,

    /// <summary>Reinforcements were called, set out, and are there; the first who are there meet the third clock.</summary>
    Called = 30,
    SetOut = 31,
    Joined = 32,
    StoodDown = 33,

    /// <summary>The platform above the county says how far the case is there; it changes nothing here.</summary>
    Platform = 60,
}

/// <summary>
/// One step of a case. What it says follows from events and acts; its two numbers are given once, in the order in which the county learned
/// of steps, and are what a hand-over goes by.
/// </summary>
public sealed class CaseStep
{
    public required string Case { get; init; }

    /// <summary>What it comes from: lane and sequence of an event, or the number of an act; once a case.</summary>
    public required string Source { get; init; }

    public required CaseStepKind Kind { get; init; }

    public long AtMs { get; init; }

    public UtcQuality TimeQuality { get; init; }

    public int Zone { get; init; }

    /// <summary>Seconds taken or allowed, or a count, as the kind says.</summary>
    public long Value { get; init; }

    /// <summary>Which clock, 1 to 3; or a judgement, or a grade.</summary>
    public int Detail { get; init; }

    /// <summary>The level of the person who acted, or to which it went up; 0 = none.</summary>
    public int Level { get; init; }

    public string Who { get; init; } = "";

    public string Words { get; init; } = "";

    /// <summary>Who was called, set out, is there; empty = nobody.</summary>
    public string Party { get; init; } = "";

    /// <summary>The names of the start of its event, where they are known; not stored.</summary>
    public StationPlaces? Places { get; set; }

    /// <summary>What it comes from; null of an act.</summary>
    public EventKey? Event => CaseNames.EventOf([.. Case.Split('-').Take(2), .. Source.Split('-')]);

    /// <summary>From 1 in its case.</summary>
    public int N { get; set; }

    /// <summary>Rising over all cases.</summary>
    public long Number { get; set; }

    /// <summary>Something that came late showed that it does not belong here.</summary>
    public bool Withdrawn { get; set; }

    /// <summary>Whether it says the same.</summary>
    public bool Says(CaseStep other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Kind, AtMs, TimeQuality, Zone, Value, Detail, Level, Who, Words, Party)
            == (other.Kind, other.AtMs, other.TimeQuality, other.Zone, other.Value, other.Detail, other.Level, other.Who, other.Words,
                other.Party);
    }
}

/// <summary>A case that changed, with what is new of it, to be told after the commit or written with it.</summary>
/// <param name="Case">As it is now.</param>
/// <param name="Steps">The new ones, in the order of their numbers; none when only something known changed.</param>
public sealed record CaseChange(Case Case, IReadOnlyList<CaseStep> Steps);
