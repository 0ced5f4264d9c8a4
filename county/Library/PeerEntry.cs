// Owns: how events of other makers' boxes become rows: numbered, with place and time, in one transaction.
// Must never: number an event that is not stored with it.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>
/// One transaction of boxes. What is added here is stored when <see cref="CountyDesk.Enter"/> returns, and nothing of it otherwise. The
/// county itself numbers these events, since boxes have no lanes; so they can have neither gaps nor conflicts.
/// </summary>
public sealed class PeerEntry
{
    private readonly Dictionary<LaneKey, LaneState> _lanes = [];
    private readonly Dictionary<uint, StationState> _states = [];
    private readonly uint _boot;

    internal PeerEntry(IStoreTransaction rows, IPeerRows peers, uint boot, Instant now)
    {
        Rows = rows;
        Peers = peers;
        _boot = boot;
        Now = now;
    }

    public IStoreTransaction Rows { get; }

    public IPeerRows Peers { get; }

    public Instant Now { get; }

    /// <summary>The county's run: uptimes of these events count from its start.</summary>
    public uint Boot => _boot;

    internal List<(PeerRegistration From, StoredEvent Stored)> Stored { get; } = [];

    internal Dictionary<uint, PeerRegistration> Heard { get; } = [];

    internal List<(PeerRegistration From, StationCommand Command)> Commands { get; } = [];

    internal HashSet<PeerRegistration> Twins { get; } = [];

    /// <summary>Adds an event. Kind, severity, flags, zone and details are the caller's; its name, place and receipt are added.</summary>
    /// <param name="from">Whose.</param>
    /// <param name="record">Not used again by the caller.</param>
    /// <param name="toldMs">When it happened by the box's own clock, where that can be believed; 0 = not.</param>
    /// <param name="origin">Where it came from; null where no frame says it.</param>
    public void Add(PeerRegistration from, EventRecord record, long toldMs, PeerOrigin? origin)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(record);
        record.LaneNumber = EventKinds.LaneOf(record.Kind);
        LaneKey key = new(from.Station, from.Epoch, record.LaneNumber);
        if (!_lanes.TryGetValue(key, out LaneState? lane))
        {
            lane = Rows.Lane(key) ?? new LaneState();
            _lanes.Add(key, lane);
        }

        lane.Held = lane.Highest = lane.Highest + 1;
        record.Station = from.Station;
        record.Epoch = from.Epoch;
        record.Sequence = lane.Highest;
        record.Boot = _boot;
        record.UptimeMs = Now.RunMs;
        record.UtcMs = toldMs;
        record.UtcQuality = toldMs > 0 ? UtcQuality.Synchronised : UtcQuality.Unknown;
        byte[] raw = new byte[EventRecord.Size];
        record.Encode(raw, 0);
        StoredEvent stored = new()
        {
            Record = record,
            Raw = raw,
            County = from.County,
            Township = from.Township,
            Village = from.Village,
            ReceivedMs = Now.UtcMs,
            TimeMs = toldMs > 0 ? toldMs : Now.UtcMs,
            TimeQuality = record.UtcQuality,
            Origin = origin,
        };
        Stored.Add((from, stored));
        if (origin is not null)
        {
            Peers.Add(new PeerEvent(stored.Key, origin));
        }
    }

    /// <summary>The box lives. Gives its presence row, which is written with the transaction.</summary>
    public StationState Hear(PeerRegistration from)
    {
        ArgumentNullException.ThrowIfNull(from);
        if (!_states.TryGetValue(from.Station, out StationState? state))
        {
            state = Rows.State(from.Station) ?? new StationState { Station = from.Station };
            if (!state.Online || state.Silent)
            {
                state.SinceMs = Now.UtcMs;
            }

            state.Epoch = from.Epoch;
            state.Boot = _boot;
            state.Online = true;
            state.Silent = false;
            state.LastSeenMs = Now.UtcMs;
            _states.Add(from.Station, state);
            Heard[from.Station] = from;
        }

        return state;
    }

    /// <summary>Two boxes speak under one address in turn.</summary>
    public void FoundTwins(PeerRegistration from)
    {
        Hear(from).TwinsMs = Now.UtcMs;
        Twins.Add(from);
    }

    /// <summary>Keeps what became of a command.</summary>
    public void Put(PeerRegistration from, StationCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Rows.Put(command);
        Commands.Add((from, command));
    }

    internal void Finish()
    {
        Rows.Insert([.. Stored.Select(one => one.Stored)]);
        foreach ((LaneKey key, LaneState lane) in _lanes)
        {
            Rows.Put(key, lane);
        }

        foreach (StationState state in _states.Values)
        {
            Rows.Put(state);
        }
    }
}
