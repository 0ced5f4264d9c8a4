// Owns: the proof that the simulator finds faults: each planted one within a bounded number of seeds.
// Must never: leave a planted fault out of both halves, or take an untouched copy that fails for a fault found.

namespace Gateway.Tests.Simulation;

/// <summary>Faults in the event log. In two halves, since the runner takes classes side by side.</summary>
public sealed class PlantedInLogTests
{
    public static TheoryData<string> Names => [.. Planted.All.Where(p => p.InLog).Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Simulator_finds(string name) => PlantedRuns.AssertFound(name);
}

/// <summary>Faults everywhere else: county, contract, uplink, panel, zones.</summary>
public sealed class PlantedElsewhereTests
{
    public static TheoryData<string> Names => [.. Planted.All.Where(p => !p.InLog).Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Simulator_finds(string name) => PlantedRuns.AssertFound(name);

    [Theory]
    [InlineData("firmware/Core/Log/LaneLog.cs")]
    [InlineData("shared/Contract/EventRecord.cs")]
    [InlineData("county/Library/Ledger.cs")]
    public void Untouched_copy_holds(string file) => PlantedRuns.AssertHolds(file);
}
