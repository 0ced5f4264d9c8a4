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
    public void Each_has_its_place_in_one_file()
    {
        string[] sources = [.. PlantedParts.Sources().Select(File.ReadAllText)];
        Assert.Empty(Planted.All.Where(fault => sources.Count(source => fault.In(source) is not null) != 1).Select(fault => fault.Name));
    }

    [Fact]
    public void The_layout_of_a_place_does_not_matter()
    {
        Planted fault = new("Any", "Sender", "a = b + 1;", "a = b;");
        Assert.Equal("class Sender { void Go() { a = b; } }", fault.In("class Sender { void Go() { a =\n  b+1; } }"));
        Assert.Null(fault.In("class Other { void Go() { a = b + 1; } }"));
    }

    [Fact]
    public void Parts_with_no_fault_on_hold() => PlantedRuns.AssertHolds();
}
