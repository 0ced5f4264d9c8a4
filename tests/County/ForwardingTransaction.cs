// Owns: a store's transaction that hands everything on, for tests that change one thing of it.
// Must never: change anything by itself. Escalations are left to the interface, which keeps none.

using Gateway.Contract;
using Gateway.County;

namespace Gateway.Tests.Support;

internal abstract class ForwardingTransaction(IStoreTransaction inner) : IStoreTransaction
{
    public virtual bool[] Insert(IReadOnlyList<StoredEvent> events) => inner.Insert(events);

    public byte[]? RawOf(EventKey key) => inner.RawOf(key);

    public void UpdateTime(StoredEvent stored) => inner.UpdateTime(stored);

    public bool AddConflict(EventKey key, byte[] raw, long nowMs) => inner.AddConflict(key, raw, nowMs);

    public LaneState? Lane(LaneKey key) => inner.Lane(key);

    public void Put(LaneKey key, LaneState state) => inner.Put(key, state);

    public IReadOnlyList<Gap> Gaps(LaneKey key, uint first, uint last) => inner.Gaps(key, first, last);

    public void Add(Gap gap) => inner.Add(gap);

    public void RemoveGaps(LaneKey key, uint first, uint last) => inner.RemoveGaps(key, first, last);

    public void Own(LaneKey key, uint first, uint last, uint ownedBy) => inner.Own(key, first, last, ownedBy);

    public IReadOnlyList<Loss> Losses(LaneKey key, uint first, uint last) => inner.Losses(key, first, last);

    public void Add(Loss loss) => inner.Add(loss);

    public void Remove(Loss loss) => inner.Remove(loss);

    public BootClock? Clock(BootKey key) => inner.Clock(key);

    public void Put(BootClock clock) => inner.Put(clock);

    public int BackFill(BootKey key, long startMs, int max) => inner.BackFill(key, startMs, max);

    public StationState? State(uint station) => inner.State(station);

    public void Put(StationState state) => inner.Put(state);

    public SessionState? Session(uint station, uint epoch) => inner.Session(station, epoch);

    public void Put(SessionState session) => inner.Put(session);

    public void Put(NamesRow part, long nowMs) => inner.Put(part, nowMs);

    public IReadOnlyList<NamesRow> Names(uint station, uint settingsCrc) => inner.Names(station, settingsCrc);

    public void ForgetNames(uint station, int keep) => inner.ForgetNames(station, keep);

    public uint SettingsAt(BootKey boot) => inner.SettingsAt(boot);

    public void PutSettings(BootKey boot, uint settingsCrc, long nowMs) => inner.PutSettings(boot, settingsCrc, nowMs);

    public void ForgetSettings(uint station, int keep) => inner.ForgetSettings(station, keep);

    public void Name(IReadOnlyList<StoredEvent> events) => inner.Name(events);

    public void Name(IReadOnlyList<Case> cases) => inner.Name(cases);

    public void Name(IReadOnlyList<CaseStep> steps) => inner.Name(steps);

    public IReadOnlyList<StationCommand> OpenCommands() => inner.OpenCommands();

    public uint LastCommand(uint station) => inner.LastCommand(station);

    public StationCommand? Command(uint station, uint number) => inner.Command(station, number);

    public bool Add(StationCommand command) => inner.Add(command);

    public void Put(StationCommand command) => inner.Put(command);

    public ICaseRows? Cases => inner.Cases;

    public IHandOverRows? HandOver => inner.HandOver;

    public virtual void Commit() => inner.Commit();

    public void Dispose() => inner.Dispose();
}
