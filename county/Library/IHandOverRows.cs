// Owns: the rows of what is handed over of cases, as a store has to keep them.
// Must never: know a protocol, or say what becomes of a message.

namespace Gateway.County;

/// <summary>To whom cases are handed over, and how that goes.</summary>
public sealed class HandOverTarget
{
    public required string Name { get; init; }

    /// <summary>The last step of which it was decided whether there is a message: a <see cref="CaseStep.Number"/>.</summary>
    public long LastStep { get; set; }

    /// <summary>How many were delivered, and when the last one was, ms since 1970 UTC; 0 = none yet.</summary>
    public long Delivered { get; set; }

    public long DeliveredMs { get; set; }

    /// <summary>The last attempt that failed: when, the answer's number, and its words; 0 and empty = none.</summary>
    public long FailedMs { get; set; }

    public int FailedStatus { get; set; }

    public string FailedWords { get; set; } = "";
}

/// <summary>What became of a message; the numbers stand in databases.</summary>
public enum HandOverState
{
    Waiting = 0,
    Delivered = 1,

    /// <summary>The receiver does not take this message, and will not.</summary>
    Refused = 2,
    GivenUp = 3,
}

/// <summary>One message.</summary>
public sealed class HandOverRow
{
    public required string Target { get; init; }

    /// <summary>Of the step that it tells, or one given to it alone.</summary>
    public required long Number { get; init; }

    /// <summary>The same at each attempt.</summary>
    public required string MessageId { get; init; }

    /// <summary>Messages of one case go one after the other.</summary>
    public required string Case { get; init; }

    public required string Type { get; init; }

    /// <summary>The lower, the sooner; below <see cref="CountyLimits.HandOverLesser"/> it is of a fire.</summary>
    public required int Priority { get; init; }

    public required byte[] Body { get; init; }

    public HandOverState State { get; set; }

    public int Tries { get; set; }

    /// <summary>Not before, on the clock of the process that sends.</summary>
    public long DueRunMs { get; set; }

    public long CreatedMs { get; init; }

    /// <summary>When it was delivered, refused or given up; 0 = it waits.</summary>
    public long EndedMs { get; set; }

    /// <summary>The last answer; 0 = none.</summary>
    public int LastStatus { get; set; }

    public string LastWords { get; set; } = "";

    public bool OfFire => Priority < CountyLimits.HandOverLesser;
}

/// <summary>A case as the platform has it.</summary>
public sealed record PlatformCase
{
    public required string Case { get; init; }

    /// <summary>The platform's own number, the first that it told.</summary>
    public string Number { get; init; } = "";

    /// <summary>The state that holds there, and since when, ms since 1970 UTC; empty = none was told.</summary>
    public string State { get; init; } = "";

    public long StateAtMs { get; init; }
}

/// <summary>What waits of a target.</summary>
/// <param name="All">How many messages.</param>
/// <param name="Fires">How many of them are of alarms.</param>
/// <param name="OldestMs">Since when the oldest waits, ms since 1970 UTC; 0 = none.</param>
/// <param name="FireTries">Most attempts that one of those of alarms had.</param>
public readonly record struct HandOverWaiting(long All, long Fires, long OldestMs, long FireTries);

/// <summary>Rows of the hand-over in one transaction.</summary>
public interface IHandOverRows
{
    HandOverTarget? Target(string name);

    void Put(HandOverTarget target);

    /// <summary>The highest number that a step has.</summary>
    long LastStepNumber();

    /// <summary>Steps of all cases above a number, in the order of their numbers, also withdrawn ones.</summary>
    IReadOnlyList<CaseStep> StepsAfter(long number, int max);

    /// <summary>The name of a station or box; empty = not registered.</summary>
    string NameOf(uint station);

    /// <summary>The file of a station's place, or null.</summary>
    PlaceFile? PlaceOf(uint station);

    void Add(HandOverRow row);

    /// <summary>Keeps what became of it: all but its body.</summary>
    void Put(HandOverRow row);

    /// <summary>Of each case the first that waits, when it is due: the lowest priority first, then in the order of their numbers.</summary>
    IReadOnlyList<HandOverRow> Due(string target, long runMs, int max);

    /// <summary>All that waits is due at once: the clock of its due times is that of a process that has ended.</summary>
    void DueAnew(string target);

    HandOverWaiting Waiting(string target);

    /// <summary>
    /// Gives the oldest up that wait and are of no fire, and forgets the oldest that ended, so that so many stay of each.
    /// </summary>
    /// <returns>How many were given up.</returns>
    int MakeRoom(string target, int keepWaiting, int keepEnded, long nowMs);

    HandOverRow? Row(string target, string messageId);

    /// <summary>What ended so waits anew.</summary>
    /// <returns>How many messages.</returns>
    int Again(string target, HandOverState ended);

    /// <summary>Messages behind a number, in the order of their numbers, whatever became of them.</summary>
    IReadOnlyList<HandOverRow> After(string target, long number, int max);

    /// <summary>What waits up to a number was fetched.</summary>
    /// <returns>How many messages.</returns>
    int Acknowledge(string target, long through, long nowMs);

    /// <summary>What the platform said of a case, or null.</summary>
    PlatformCase? PlatformCase(string id);

    void Put(PlatformCase one);

    /// <summary>Whether a message of the platform with this name was taken.</summary>
    bool Seen(string messageId);

    /// <summary>It was taken now; the oldest beyond so many are forgotten.</summary>
    void NoteSeen(string messageId, long number, int keep);
}
