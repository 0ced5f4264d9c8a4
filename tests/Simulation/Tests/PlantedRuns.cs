// Owns: running the simulator against the parts with a fault that is on.
// Must never: count a world that fails without the fault too as a fault found.

using Gateway.Simulation;

namespace Gateway.Tests.Simulation;

internal static class PlantedRuns
{
    // Most are found by the first few; a torn write of the right file among all that are written is rare.
    private const int SeedsMax = 3000;

    private static readonly Lazy<PlantedParts> s_parts = new(() => new PlantedParts());

    // Many faults are found in the same world, which need hold only once without them.
    private static readonly Dictionary<string, string?> s_sound = [];

    public static void AssertFound(string name)
    {
        Planted planted = Planted.All.Single(p => p.Name == name);
        string? found = s_parts.Value.FirstViolation(planted, PlantedWorlds.Of(name), planted.Busy, planted.Attacks, SeedsMax);
        Assert.True(found is not null, $"{name}: not found within {SeedsMax} seeds");
        string? sound = Campaign.Named(found).Select(w => Sound($"{w.Kind} {w.Seed}")).FirstOrDefault();
        Assert.True(sound is null, $"{name}: {found}; it fails there with no fault on too: {sound}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {found}");
    }

    /// <summary>Every world and every cut that finds a fault, and a world on the real database, with no fault on.</summary>
    public static void AssertHolds()
    {
        string onDatabase = $"{Campaign.Seed} {Swarm.SqliteEvery}";
        foreach (string world in Planted.All.Select(p => PlantedWorlds.Of(p.Name)).Append(onDatabase).Distinct())
        {
            Assert.Null(Sound(world));
        }
    }

    private static string? Sound(string world)
    {
        if (!s_sound.TryGetValue(world, out string? violation))
        {
            s_sound[world] = violation = s_parts.Value.Violation(world);
        }

        return violation;
    }
}
