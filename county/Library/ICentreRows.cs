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

    /// <summary>Frames that the centre confirmed, and frames that found no room and were not sent.</summary>
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

/// <summary>What of a station a centre is not told, since it found no room.</summary>
/// <param name="Centre">Its name.</param>
/// <param name="Station">Whose it was.</param>
/// <param name="Fires">How many frames of old fires and resets.</param>
/// <param name="Others">How many of all else.</param>
public readonly record struct CentreLoss(string Centre, uint Station, int Fires, int Others);

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

    /// <summary>How many of a station wait: fires, which are of lane 0, or all others.</summary>
    long CountWaiting(string centre, uint station, bool fires);

    /// <summary>The stations of which anything but fires waits, with how much, most first.</summary>
    IReadOnlyList<(uint Station, long Count)> WaitingByStation(string centre);

    /// <summary>
    /// An exchange that was begun comes first. Then of what was denied least often and has the lowest lane, the oldest of the station that
    /// has its turn after another.
    /// </summary>
    CentreWaiting? NextWaiting(string centre, uint after);

    /// <summary>As the other, of those of lane 0 that were denied, or null.</summary>
    CentreWaiting? NextDenied(string centre, uint after);

    void Add(CentreWaiting waiting);

    void Put(CentreWaiting waiting);

    void Remove(CentreWaiting waiting);

    /// <summary>
    /// Removes the oldest of a station that is not begun, of its fires or of the highest of all other lanes; false when there is none.
    /// </summary>
    bool RemoveLeast(string centre, uint station, bool fires);

    CentrePart? PartOf(string centre, PeerPartKey key);

    IReadOnlyList<CentrePart> PartsOf(string centre, uint station);

    void Put(CentrePart part);

    /// <summary>The stored event, or null.</summary>
    StoredEvent? Event(EventKey key);
}
