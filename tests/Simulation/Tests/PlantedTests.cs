// Owns: the proof that the simulator finds faults: each planted one within a bounded number of seeds.
// Must never: leave a planted fault out, or take an untouched copy that fails for a fault found.

namespace Gateway.Tests.Simulation;

/// <summary>In one class, since one fault at a time is on.</summary>
public sealed class PlantedTests
{
    public static TheoryData<string> Names => [.. Planted.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Simulator_finds(string name) => PlantedRuns.AssertFound(name);

    [Fact]
    public void Parts_with_no_fault_on_hold() => PlantedRuns.AssertHolds();
}
