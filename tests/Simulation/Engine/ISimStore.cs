// Owns: what the simulated county needs of a store beyond the county's own interface: to fail, to die, to be copied and read.
// Must never: be known to the code under test.

using Gateway.County;

namespace Gateway.Simulation;

/// <summary>A store that can be hurt and looked into.</summary>
public interface ISimStore : IEventStore
{
    /// <summary>True: the next commit throws and keeps nothing.</summary>
    bool FailNextCommit { get; set; }

    /// <summary>True: the process dies inside the next commit, which throws.</summary>
    bool DieInCommit { get; set; }

    IReadOnlyCollection<StoredEvent> Events { get; }

    IReadOnlyList<Gap> AllGaps { get; }

    IReadOnlyList<Loss> AllLosses { get; }

    /// <summary>How often a known key came with other bytes.</summary>
    long Conflicts { get; }

    /// <summary>What a lane's row says that is held; 0 without a row. Only what was committed.</summary>
    uint Held(LaneKey lane);

    /// <summary>The cases of a station, and how many changed when all of them were gone over anew; null = it keeps none.</summary>
    (IReadOnlyList<Case> Cases, int Changed)? GoneOver(uint station) => null;

    /// <summary>A copy as a backup would be.</summary>
    ISimStore Copy();

    /// <summary>The process dies and another opens what lies on the disk.</summary>
    void Die();
}
