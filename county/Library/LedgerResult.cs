// Owns: what a group of messages came to.
// Must never: be told or published before its transaction is committed.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>What a group of messages came to; told and published after the commit.</summary>
internal sealed class LedgerResult
{
    public List<(StationRegistration From, StoredEvent Stored)> Stored { get; } = [];

    public List<(StationRegistration From, EventKey Key)> Conflicts { get; } = [];

    /// <summary>Fires among the conflicts, each when its content first came.</summary>
    public List<(StationRegistration From, StoredEvent Stored)> ConflictingFires { get; } = [];

    /// <summary>What heartbeats said of fires, whether the county lacks it, and what is held of the fire lane.</summary>
    public List<(FireBeat Beat, bool Hidden, uint Held)> FireBeats { get; } = [];

    /// <summary>How many records sessions that were never opened have stored, by station.</summary>
    public IReadOnlyDictionary<uint, int> Unopened { get; set; } = new Dictionary<uint, int>();

    public List<(StationRegistration From, Gap Gap)> GapsFound { get; } = [];

    public List<(StationRegistration From, Gap Gap)> GapsExplained { get; } = [];

    public List<(StationRegistration From, PresenceChange Change)> Presence { get; } = [];

    public List<(StationRegistration From, Escalation Escalation)> Escalations { get; } = [];

    public List<(StationRegistration From, StationCommand Command)> Commands { get; } = [];

    public IReadOnlyList<CaseChange> Cases { get; set; } = [];

    /// <summary>Stations of which a message was accepted.</summary>
    public HashSet<StationRegistration> Heard { get; } = [];

    /// <summary>Stations that spoke under another epoch than before.</summary>
    public IReadOnlyDictionary<StationRegistration, EpochChange> OtherEpoch { get; set; } =
        new Dictionary<StationRegistration, EpochChange>();

    /// <summary>Messages that their session or their content refuses, each with a <see cref="DecodeResult"/>.</summary>
    public List<(SignedMessage Message, DecodeResult Reason)> Refused { get; } = [];

    public List<Answer> Answers { get; } = [];

    /// <summary>Which settings a start has.</summary>
    public List<(BootKey Boot, uint Crc)> SettingsLearnt { get; } = [];

    /// <summary>Stations of which a part of a table of names came, those asked for one, and tables found whole.</summary>
    public List<uint> NamesCame { get; } = [];

    public List<(uint Station, uint Crc)> NamesAsked { get; } = [];

    public List<(uint Station, uint Crc)> NamesWhole { get; } = [];

    /// <summary>What each station's messages cost, in statements or what costs as much.</summary>
    public IReadOnlyDictionary<uint, int> Work { get; set; } = new Dictionary<uint, int>();
}
