// Owns: what a store must be able to do, so that a backend can bring its own.
// Must never: ask a store to decide anything; duplicates, gaps, clocks and what is held are decided by the ledger above it.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>
/// Where the county keeps what it receives. One thread calls it at a time. Every method may throw when the store is out of order: the
/// messages of that transaction are then not acknowledged, and the gateways send them again.
/// </summary>
public interface IEventStore : IDisposable
{
    /// <summary>A number that changes when a station is added, changed or removed; asked twice a second.</summary>
    long RegistryVersion();

    /// <summary>All registered stations with their keys.</summary>
    IReadOnlyList<StationRegistration> Stations();

    /// <summary>All registered boxes of other makers. A store that keeps none leaves this as it is.</summary>
    IReadOnlyList<PeerRegistration> Peers() => [];

    /// <summary>Adds to the list of senders that are not registered; at most once a second.</summary>
    void AddStrangers(IReadOnlyList<PeerStranger> strangers)
    {
    }

    /// <summary>How many senders that list has.</summary>
    int CountStrangers() => 0;

    /// <summary>
    /// The station has used its next key: from now on that is its key, and the old one is forgotten. Changes the registry's version.
    /// </summary>
    void TakeNextKey(uint station) => throw new NotSupportedException("this store gives no station a next key");

    /// <summary>The presence rows of all stations, read once at the start.</summary>
    IReadOnlyList<StationState> States();

    /// <summary>
    /// Begins a transaction that is durable when <see cref="IStoreTransaction.Commit"/> returns and leaves nothing otherwise.
    /// </summary>
    IStoreTransaction Begin();

    /// <summary>
    /// The last moment at which the county trusted its wall clock, ms since 1970 UTC; 0 = none is known, and any clock is believed.
    /// </summary>
    long TrustedMs() => 0;

    /// <summary>Notes such a moment, at most once a minute.</summary>
    void NoteTrusted(long utcMs)
    {
    }

    /// <summary>Adds to the counters of refused messages, in a transaction of its own; at most once a second.</summary>
    void AddRefusals(IReadOnlyList<RefusalCount> counts);
}

/// <summary>One transaction: rows in, rows out. Disposing it without a commit undoes all of it.</summary>
public interface IStoreTransaction : INameRows, IDisposable
{
    /// <summary>
    /// Lanes, sessions, presence and clocks of these starts will be asked for. A store at the end of a wire may read them together, so
    /// that a group of messages does not wait for an answer a row; any other leaves this as it is.
    /// </summary>
    void Expect(IReadOnlyCollection<BootKey> boots)
    {
    }

    /// <summary>Inserts the events whose keys are not there yet; keys in the list differ. Tells per event whether it was new.</summary>
    bool[] Insert(IReadOnlyList<StoredEvent> events);

    /// <summary>The stored bytes of a key, or null.</summary>
    byte[]? RawOf(EventKey key);

    /// <summary>Replaces raw bytes, told UTC and time of a stored event by this better-timed copy of it; nothing else differs.</summary>
    void UpdateTime(StoredEvent stored);

    /// <summary>
    /// Keeps other bytes of a stored key apart. The same bytes again raise the row's count; beyond
    /// <see cref="CountyLimits.ConflictsPerKeyMax"/> versions of a key, they take the place of the newest row's, and its count rises.
    /// </summary>
    /// <returns>True when no row of the key had these bytes.</returns>
    bool AddConflict(EventKey key, byte[] raw, long nowMs);

    /// <summary>How many versions are kept of a station. A store that bounds them by itself leaves these two as they are.</summary>
    int CountConflicts(uint station) => 0;

    /// <summary>Removes the version of the station that came last the longest ago.</summary>
    void ForgetOldestConflict(uint station)
    {
    }

    /// <summary>What is held of a lane, or null when nothing was ever stored there.</summary>
    LaneState? Lane(LaneKey key);

    void Put(LaneKey key, LaneState state);

    /// <summary>As <see cref="LaneState.Pruned"/>, of a lane without a row. A store from which nothing goes leaves it as it is.</summary>
    uint PrunedThrough(LaneKey key) => 0;

    /// <summary>Each lane once. A store at the end of a wire may write them together.</summary>
    void PutAll(IReadOnlyCollection<KeyValuePair<LaneKey, LaneState>> lanes)
    {
        foreach ((LaneKey key, LaneState state) in lanes)
        {
            Put(key, state);
        }
    }

    /// <summary>The gaps that overlap first..last, in rising order.</summary>
    IReadOnlyList<Gap> Gaps(LaneKey key, uint first, uint last);

    /// <summary>The gaps of each range, in the order of the ranges. A store at the end of a wire may read them together.</summary>
    IReadOnlyList<Gap> Gaps(IReadOnlyList<LaneRange> ranges) => [.. ranges.SelectMany(r => Gaps(r.Lane, r.First, r.Last))];

    /// <summary>Adds a gap; it overlaps no other.</summary>
    void Add(Gap gap);

    /// <summary>Removes the gaps that begin in first..last.</summary>
    void RemoveGaps(LaneKey key, uint first, uint last);

    /// <summary>Of the gaps that begin in first..last, those that no loss record reports are reported lost by this one.</summary>
    void Own(LaneKey key, uint first, uint last, uint ownedBy);

    /// <summary>
    /// What loss records say of sequences that are still ahead of the lane, where it overlaps first..last, in rising order of their own
    /// sequence.
    /// </summary>
    IReadOnlyList<Loss> Losses(LaneKey key, uint first, uint last);

    /// <summary>Keeps what a loss record says of what is ahead; its own sequence is its key.</summary>
    void Add(Loss loss);

    /// <summary>The lane has come past it, or another one has taken it over.</summary>
    void Remove(Loss loss);

    /// <summary>The moment known of a boot, or null.</summary>
    BootClock? Clock(BootKey key);

    /// <summary>Adds or replaces the moment known of a boot.</summary>
    void Put(BootClock clock);

    /// <summary>
    /// Gives every stored event of the boot whose told quality is Unknown the time startMs + uptime and the quality BackFilled, unless
    /// that time is not above 0; at most so many, the lowest lane and sequence first. Gives how many.
    /// </summary>
    int BackFill(BootKey key, long startMs, int max);

    /// <summary>Keeps of a life the clocks of its highest boots, so many.</summary>
    void ForgetClocks(uint station, uint epoch, int keep)
    {
    }

    /// <summary>The presence row, or null.</summary>
    StationState? State(uint station);

    void Put(StationState state);

    /// <summary>Each station once. A store at the end of a wire may write them together.</summary>
    void PutAll(IReadOnlyCollection<StationState> states)
    {
        foreach (StationState state in states)
        {
            Put(state);
        }
    }

    /// <summary>The newest session of a life of a station's store, or null.</summary>
    SessionState? Session(uint station, uint epoch);

    void Put(SessionState session);

    /// <summary>Each life of a station's store once. A store at the end of a wire may write them together.</summary>
    void PutAll(IReadOnlyCollection<SessionState> sessions)
    {
        foreach (SessionState session in sessions)
        {
            Put(session);
        }
    }

    /// <summary>How many lives of a station's store have a session row. A store that forgets none leaves these four as they are.</summary>
    int CountEpochs(uint station) => 0;

    /// <summary>
    /// Keeps of a station the lives that were heard last, so many; of the others sessions, lanes, gaps, losses and clocks go, never events.
    /// </summary>
    void ForgetEpochs(uint station, int keep)
    {
    }

    /// <summary>The highest sequence of the lane's events, 0 = none: asked of a life that was forgotten.</summary>
    uint HighestOf(LaneKey key) => 0;

    /// <summary>The boot of the newest event of each lane, the highest of them; 0 = none.</summary>
    uint NewestBoot(uint station, uint epoch) => 0;

    /// <summary>
    /// All commands that are queued or sent, in rising order of station and number. A store whose county sends no commands leaves these
    /// five as they are.
    /// </summary>
    IReadOnlyList<StationCommand> OpenCommands() => [];

    /// <summary>The highest number given to a command for the station, open or not; 0 = none.</summary>
    uint LastCommand(uint station) => 0;

    /// <summary>A command by its number, or null.</summary>
    StationCommand? Command(uint station, uint number) => null;

    /// <summary>Adds a command; false when the number is taken.</summary>
    bool Add(StationCommand command) => throw new NotSupportedException("this store keeps no commands");

    /// <summary>Replaces what changes of a command: state, result, sending and answer.</summary>
    void Put(StationCommand command) => throw new NotSupportedException("this store keeps no commands");

    /// <summary>
    /// Alarms that nobody has answered yet. A store whose county does not watch answers leaves these five as they are.
    /// </summary>
    IReadOnlyList<Escalation> OpenEscalations() => [];

    /// <summary>The newest Acknowledged or Reset of the fire lane before a sequence, or null. What is doubtful is no answer.</summary>
    StoredEvent? LastAnswer(uint station, uint epoch, uint before) => null;

    /// <summary>The newest FireAlarm or Reset of the fire lane by sequence, or null; a store that cannot say throws nothing.</summary>
    /// <param name="station">Which.</param>
    /// <param name="epoch">Of which life of its store.</param>
    /// <param name="known">False when the store cannot say.</param>
    StoredEvent? LastFire(uint station, uint epoch, out bool known)
    {
        known = false;
        return null;
    }

    /// <summary>The escalation that began with this alarm, or null.</summary>
    Escalation? Escalation(EventKey alarm) => null;

    /// <summary>Keeps of the ended escalations of a station the newest, so many.</summary>
    void ForgetEscalations(uint station, int keep)
    {
    }

    /// <summary>Adds or replaces an escalation by its alarm.</summary>
    void Put(Escalation escalation)
    {
    }

    /// <summary>The rows of cases; null of a store that keeps none.</summary>
    ICaseRows? Cases => null;

    /// <summary>The rows of what is handed over of cases; null of a store that keeps none.</summary>
    IHandOverRows? HandOver => null;

    void Commit();
}

/// <summary>Who may speak. A backend with its own list of stations need not implement this.</summary>
public interface IStationRegistry
{
    /// <summary>Registers a station. False when its number is taken.</summary>
    bool AddStation(StationRegistration station);

    /// <summary>
    /// Gives a station a second key, which takes the place of the first when the station first uses it. Another one that waits is
    /// forgotten. False when there is no such station.
    /// </summary>
    /// <param name="station">Which.</param>
    /// <param name="next">The new key.</param>
    /// <param name="oldUntilMs">When the old key ends also without that, ms since 1970 UTC; 0 = never.</param>
    bool RotateKey(uint station, StationKey next, long oldUntilMs);

    /// <summary>
    /// Gives a station another key and password because the old key was stolen: the old one ends at once, a next one that waits is
    /// forgotten, and so are the sessions that the old one signed. False when there is no such station.
    /// </summary>
    /// <param name="station">Which.</param>
    /// <param name="key">The new key.</param>
    /// <param name="passwordHash">Of the new password.</param>
    /// <param name="nowMs">ms since 1970 UTC.</param>
    /// <param name="sinceMs">What was received from this moment on is marked as doubtful; null = nothing.</param>
    bool ReplaceKey(uint station, StationKey key, string passwordHash, long nowMs, long? sinceMs) =>
        throw new NotSupportedException("this registry replaces no keys");

    /// <summary>Gives a station another password at the broker. False when there is no such station.</summary>
    bool SetPassword(uint station, string hash) => throw new NotSupportedException("this registry keeps no passwords");

    /// <summary>Adds somebody who reads for a township. False when the name is taken.</summary>
    bool AddReader(TownshipReader reader) => throw new NotSupportedException("this registry keeps no readers");

    /// <summary>False when there was none.</summary>
    bool RemoveReader(string name) => throw new NotSupportedException("this registry keeps no readers");

    IReadOnlyList<TownshipReader> Readers() => [];

    /// <summary>Registers another maker's box. False when its number or its address is taken.</summary>
    bool AddPeer(PeerRegistration peer) => throw new NotSupportedException("this registry keeps no boxes");

    /// <summary>Takes a box away; what it sent stays. False when there was none.</summary>
    bool RemovePeer(uint station) => throw new NotSupportedException("this registry keeps no boxes");

    /// <summary>Takes the registration away; what the station sent stays. False when there was none.</summary>
    bool RemoveStation(uint station);

    IReadOnlyList<StationRegistration> Stations();
}

/// <summary>What people ask of the store. A backend with its own screens need not implement this.</summary>
public interface IEventReader
{
    /// <summary>Events in the order of <see cref="StoredEvent.TimeMs"/>, then station, lane and sequence.</summary>
    IEnumerable<StoredEvent> Events(EventQuery query);

    /// <summary>Gaps of one station or of all, each with whether the gateway has gone past it.</summary>
    IReadOnlyList<GapReport> Gaps(uint? station);

    IReadOnlyList<StationState> States();

    /// <summary>What is held of every lane of a station.</summary>
    IReadOnlyList<(LaneKey Key, LaneState State)> Lanes(uint? station);

    IReadOnlyList<RefusalCount> Refusals();

    IReadOnlyList<Conflict> Conflicts();

    /// <summary>
    /// Fires that came under the name of another record, oldest first: whoever lists events lists these too. <see
    /// cref="EventQuery.NewestMax"/> does not bound them.
    /// </summary>
    IReadOnlyList<StoredEvent> ConflictingFires(EventQuery query) => [];

    /// <summary>What came of a station under a key that was stolen meanwhile.</summary>
    IReadOnlyList<Doubt> Doubts() => [];

    /// <summary>Alarms and how far they went up, the oldest first.</summary>
    /// <param name="openOnly">Only those that nobody has answered.</param>
    IReadOnlyList<Escalation> Escalations(bool openOnly);

    /// <summary>Senders of frames that are not registered, the newest first.</summary>
    IReadOnlyList<PeerStranger> Strangers() => [];

    /// <summary>Commands of one station or of all, in the order in which they were asked for.</summary>
    IReadOnlyList<StationCommand> Commands(uint? station);
}

/// <summary>Which events to read. What is null does not narrow.</summary>
public sealed record EventQuery
{
    public uint? Station { get; init; }

    public string? Township { get; init; }

    public Contract.Lane? Lane { get; init; }

    /// <summary>Only these kinds; null = all. A store that can't narrow by kind may give more.</summary>
    public IReadOnlyList<EventKind>? Kinds { get; init; }

    /// <summary>First moment, ms since 1970 UTC.</summary>
    public long? SinceMs { get; init; }

    /// <summary>First moment that is no longer asked for.</summary>
    public long? UntilMs { get; init; }

    /// <summary>First moment of receipt, ms since 1970 UTC.</summary>
    public long? ReceivedFromMs { get; init; }

    /// <summary>At most so many of the newest; null = all.</summary>
    public int? NewestMax { get; init; }
}

/// <summary>A gap, and whether the gateway has gone past it.</summary>
/// <param name="Gap">Where and how large.</param>
/// <param name="Past">True: the gateway said that it has no more of these. False: they may still come.</param>
public readonly record struct GapReport(Gap Gap, bool Past);
