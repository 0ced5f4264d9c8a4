// Owns: the rows of other makers' boxes, as a store has to keep them.
// Must never: know a protocol: numbers of systems, components and bits are what the peer's room says they are.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>What of a box has a state of its own.</summary>
public enum PeerPart
{
    /// <summary>The box itself.</summary>
    Box = 0,

    /// <summary>A fire system behind it.</summary>
    System = 1,

    /// <summary>A component of such a system.</summary>
    Component = 2,
}

/// <summary>Names a part of a box; the kind of component is no part of the name, since some panels omit or change it.</summary>
public readonly record struct PeerPartKey(uint Station, PeerPart What, int SystemType, int SystemAddress, uint Component)
{
    /// <summary>Whether it is that system or one of its components; the box itself is of none.</summary>
    public bool IsOfSystem(PeerPartKey system) => What != PeerPart.Box && Station == system.Station
        && SystemType == system.SystemType && SystemAddress == system.SystemAddress;
}

/// <summary>What is known of a part.</summary>
public sealed class PeerComponent
{
    public required PeerPartKey Key { get; init; }

    public int ComponentType { get; set; }

    /// <summary>The bits of its last status.</summary>
    public int Status { get; set; }

    /// <summary>Its zone in events, given in the order in which components were first seen; 0 = none.</summary>
    public int Zone { get; set; }

    /// <summary>Its description.</summary>
    public string Text { get; set; } = "";

    /// <summary>When it was last told of, ms since 1970 UTC.</summary>
    public long SeenMs { get; set; }

    /// <summary>It is in the store; a new one has to find room first.</summary>
    public bool Kept { get; init; }
}

/// <summary>The newest measured value of one kind of a component.</summary>
/// <param name="Key">The component.</param>
/// <param name="AnalogType">What was measured, as the peer's room numbers it.</param>
/// <param name="Value">As told.</param>
/// <param name="ToldMs">When it was measured by the box's clock, where that can be believed; 0 = not.</param>
/// <param name="SeenMs">When it came.</param>
public readonly record struct PeerValue(PeerPartKey Key, int AnalogType, int Value, long ToldMs, long SeenMs);

/// <summary>A frame that was stored, by which a repeat is known.</summary>
/// <param name="Station">Whose.</param>
/// <param name="Number">Rises with each frame kept of this box.</param>
/// <param name="Sequence">The frame's own number.</param>
/// <param name="Hash">Of what it said.</param>
/// <param name="Timed">Whether what it said has times of its own, so that the same again is the same event.</param>
/// <param name="Boot">The county's run in which it came.</param>
/// <param name="RunMs">When in that run.</param>
public readonly record struct PeerFrame(uint Station, long Number, int Sequence, long Hash, bool Timed, uint Boot, long RunMs);

/// <summary>Where an event came from: what a record of the contract has no room for.</summary>
public sealed record PeerOrigin
{
    public required PeerPartKey Part { get; init; }

    public int ComponentType { get; init; }

    /// <summary>The bit that changed; -1 = none.</summary>
    public int Bit { get; init; } = -1;

    public int Status { get; init; }

    public string Text { get; init; } = "";

    public int FrameSequence { get; init; }

    /// <summary>When the box said that it sent the frame, and that it happened, ms since 1970 UTC; 0 = not said, or no date.</summary>
    public long SentMs { get; init; }

    public long ToldMs { get; init; }

    /// <summary>What the frame said, where it could not be read; else empty.</summary>
    public byte[] Unit { get; init; } = [];
}

/// <summary>An open hidden danger of a box.</summary>
/// <param name="Station">Whose.</param>
/// <param name="Zone">Of which zone; 0 = of what has none.</param>
/// <param name="Kind">Of what has no zone: of which kind.</param>
/// <param name="ZoneKind">What is watched there.</param>
/// <param name="Hours">How long it is open, while the county ran.</param>
/// <param name="Fault">Sequence of the event with which the trouble began; 0 = not known.</param>
public readonly record struct PeerDanger(uint Station, int Zone, ZoneKind Kind, ZoneKind ZoneKind, int Hours, uint Fault);

/// <summary>An event of a box with where it came from.</summary>
public readonly record struct PeerEvent(EventKey Key, PeerOrigin Origin);

/// <summary>Rows of boxes in one transaction; a store that keeps boxes brings it with its <see cref="IStoreTransaction"/>.</summary>
public interface IPeerRows
{
    /// <summary>The newest frame kept of a box, or null.</summary>
    PeerFrame? LastFrame(uint station);

    /// <summary>The newest kept frame with this sequence, or null.</summary>
    PeerFrame? Frame(uint station, int sequence);

    /// <summary>Keeps a frame, and now and then forgets those <see cref="CountyLimits.PeerFramesKept"/> or more before it.</summary>
    void Add(PeerFrame frame);

    PeerComponent? Component(PeerPartKey key);

    /// <summary>How many parts are known of a box, and the highest zone given.</summary>
    (int Count, int Zone) Components(uint station);

    /// <summary>Parts of a box whose status has any of these bits.</summary>
    IReadOnlyList<PeerComponent> ComponentsWith(uint station, int bits);

    /// <summary>Whether any part of a sort that has no zone has any of these bits.</summary>
    bool AnyWithoutZone(uint station, PeerPart what, int bits);

    void Put(PeerComponent component);

    /// <summary>Open dangers of all boxes.</summary>
    IReadOnlyList<PeerDanger> Dangers();

    /// <summary>Adds or replaces.</summary>
    void Put(PeerDanger danger);

    void EndDanger(uint station, int zone, ZoneKind kind);

    /// <summary>How many values are kept of a box.</summary>
    int Values(uint station);

    /// <summary>The values of a component, by kind.</summary>
    IReadOnlyList<PeerValue> ValuesOf(PeerPartKey component);

    /// <summary>Takes the place of the value of the same kind before it; false where there was none.</summary>
    bool Replace(PeerValue value);

    /// <summary>Adds the first value of its kind.</summary>
    void Add(PeerValue value);

    void Add(PeerEvent origin);

    PeerOrigin? Origin(EventKey key);

    /// <summary>Duty checks that wait for an answer: station and minutes.</summary>
    IReadOnlyList<(uint Station, int Minutes)> DutyChecks();

    /// <summary>Keeps a duty check that waits; 0 minutes take it away.</summary>
    void PutDutyCheck(uint station, int minutes);

    /// <summary>Keeps what a box answered to a command.</summary>
    void AddAnswer(uint station, uint number, byte[] unit, long receivedMs);
}
