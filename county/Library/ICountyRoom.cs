// Owns: how another way in or out takes part in the county's work.
// Must never: let a room touch the store outside of the working thread.

namespace Gateway.County;

/// <summary>A way in or out beside the brokers. All of it is called on the county's working thread.</summary>
public interface ICountyRoom
{
    /// <summary>
    /// Does what waits; called every turn, some times a second and soon after <see cref="CountyService.Wake"/>. What it throws is the
    /// store's failure.
    /// </summary>
    void Work(CountyDesk desk, Instant now);

    /// <summary>
    /// Events are about to be committed; what the room writes now is committed with them. Fires that came under the name of another
    /// record are among them, <see cref="StoredEvent.Conflicting"/>: whoever is told of fires is told of these.
    /// </summary>
    void Storing(IStoreTransaction rows, IReadOnlyList<StoredEvent> stored)
    {
    }

    /// <summary>
    /// Cases are about to be committed with the events, acts or moments that changed them; what the room writes now is committed with them.
    /// Called on the working thread, or by a command of its own process.
    /// </summary>
    void CasesChanged(IStoreTransaction rows, IReadOnlyList<CaseChange> changes)
    {
    }
}
