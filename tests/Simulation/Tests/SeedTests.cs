// Owns: the seeds that test.sh runs: those that once failed, and some dozens that are new to nobody.
// Must never: drop a seed that failed; it stands for a fault that was real.

using System.Globalization;
using Gateway.Simulation;
using Gateway.Tests.Support;

namespace Gateway.Tests.Simulation;

public sealed class SeedTests
{
    private const ulong FirstSeed = 700_000;

    [Fact]
    public void Every_seed_that_once_failed_holds_now()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "tests", "Simulation", "seeds.txt"));
        List<string> broken = [];
        foreach (string line in lines.Where(l => l.Length > 0 && !l.StartsWith('#')))
        {
            string[] words = line.Split(' ');
            bool named = words[0] is Campaign.Busy or Campaign.Attack or Campaign.Silent;
            Add(broken, named ? words[0] : Campaign.Seed, ulong.Parse(words[named ? 1 : 0], CultureInfo.InvariantCulture));
        }

        Assert.Empty(broken);
    }

    // The same ones each time: what is new comes by tests/campaign.sh. Each option of a world is drawn many times, and as many more worlds
    // hold with nothing planted.
    [Theory]
    [InlineData(Campaign.Seed, 60)]
    [InlineData(Campaign.Busy, 16)]
    [InlineData(Campaign.Attack, 10)]
    [InlineData(Campaign.Silent, 6)]
    public void Worlds_of_each_kind_hold(string kind, int worlds)
    {
        List<string> broken = [];
        Parallel.For(0, worlds, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i => Add(broken, kind, FirstSeed + (ulong)i));
        Assert.Empty(broken);
    }

    [Fact]
    public void A_seed_replays_exactly()
    {
        // Seed 2 has every part of the world in it; what it did is compared line by line.
        System.Text.StringBuilder first = new();
        System.Text.StringBuilder second = new();
        new World(2, null, first).Run();
        new World(2, null, second).Run();
        Assert.NotEqual(0, first.Length);
        Assert.Equal(first.ToString(), second.ToString());
    }

    private static void Add(List<string> broken, string kind, ulong seed)
    {
        RunResult result = Campaign.Run(kind, seed);
        if (result.Violation is not null)
        {
            lock (broken)
            {
                broken.Add($"SEED={seed} {kind} at {result.ViolationAtMs} ms: {result.Violation}; {Campaign.Options(kind, seed)}");
            }
        }
    }
}
