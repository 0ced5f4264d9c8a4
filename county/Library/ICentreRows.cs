// Owns: the rows of city centres that are served, as a store has to keep them.
// Must never: know a protocol.

namespace Gateway.County;

/// <summary>How serving a centre goes.</summary>
public sealed class CentreState
{
    public required string Name { get; init; }

    /// <summary>The last number given to what waits, and the last one given to a frame; -1 before the first.</summary>
    public long Number { get; set; }

    public int FrameSequence { get; set; } = -1;

    public bool LinkUp { get; set; }

    /// <summary>When <see cref="LinkUp"/> last changed, ms since 1970 UTC.</summary>
    public long SinceMs { get; set; }

    /// <summary>Frames that the centre confirmed, and events that found no room and were not sent.</summary>
    public long Confirmed { get; set; }

    public long Dropped { get; set; }

    /// <summary>Why the link is down, for people.</summary>
    public string Why { get; set; } = "";
}

/// <summary>One frame that a centre is still to get.</summary>
public sealed class CentreWaiting
{
    public required string Centre { get; init; }

    public required long Number { get; init; }

    /// <summary>The lower, the sooner.</summary>
    public required int Lane { get; set; }

    public required EventKey Event { get; init; }

    /// <summary>Which of an event's frames, from 0, and what of it, as the centre's room counts.</summary>
    public int Part { get; set; }

    /// <summary>When the event happened, ms since 1970 UTC.</summary>
    public required long TimeMs { get; init; }

    /// <summary>The 64 bytes of a fire that came under the name of another record; null = the stored event is told.</summary>
    public byte[]? Conflicting { get; init; }

    /// <summary>How often the centre denied it.</summary>
    public int Failures { get; set; }

    /// <summary>The number of its exchange, once that was begun; -1 before.</summary>
    public int FrameSequence { get; set; } = -1;
}

/// <summary>What a centre was last told of a part.</summary>
/// <param name="Centre">Its name.</param>
/// <param name="Key">Which part.</param>
/// <param name="ComponentType">As told.</param>
/// <param name="Status">As told.</param>
/// <param name="Numbers">For each bit the number of the last event told of it, as the centre's room writes it.</param>
public sealed record CentrePart(string Centre, PeerPartKey Key, int ComponentType, int Status, string Numbers);

/// <summary>Rows of centres in one transaction.</summary>
public interface ICentreRows
{
    CentreState? Centre(string name);

    void Put(CentreState state);

    /// <summary>How many frames wait.</summary>
    long CountWaiting(string centre);

    /// <summary>An exchange that was begun comes first, then what was denied less often, then lane and number.</summary>
    CentreWaiting? NextWaiting(string centre);

    /// <summary>Of lane 0, the one denied least often of those denied, or null.</summary>
    CentreWaiting? NextDenied(string centre);

    void Add(CentreWaiting waiting);

    void Put(CentreWaiting waiting);

    void Remove(CentreWaiting waiting);

    /// <summary>Removes the oldest of the highest lane above 0 that is not begun; false when there is none.</summary>
    bool RemoveLeast(string centre);

    CentrePart? PartOf(string centre, PeerPartKey key);

    IReadOnlyList<CentrePart> PartsOf(string centre, uint station);

    void Put(CentrePart part);

    /// <summary>The stored event, or null.</summary>
    StoredEvent? Event(EventKey key);
}
