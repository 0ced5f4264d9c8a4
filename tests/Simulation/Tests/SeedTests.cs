// Owns: the seeds that test.sh runs: those that once failed, and some hundreds that are new to nobody.
// Must never: drop a seed that failed; it stands for a fault that was real.

using System.Globalization;
using Gateway.Simulation;
using Gateway.Tests.Support;

namespace Gateway.Tests.Simulation;

public sealed class SeedTests
{
    private const ulong FirstSeed = 700_000;
    private const int Seeds = 360;
    private const int Busy = 40;
    private const int Silences = 10;

    [Fact]
    public void Every_seed_that_once_failed_holds_now()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "tests", "Simulation", "seeds.txt"));
        List<string> broken = [];
        foreach (string line in lines.Where(l => l.Length > 0 && !l.StartsWith('#')))
        {
            ulong seed = ulong.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture);
            Add(broken, seed, Campaign.RunSeed(seed), Swarm.From(seed));
        }

        Assert.Empty(broken);
    }

    [Fact]
    public void Some_hundreds_of_worlds_hold()
    {
        List<string> broken = [];
        Parallel.For(0, Seeds + Busy, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            ulong seed = FirstSeed + (ulong)i;
            Swarm swarm = i < Seeds ? Swarm.From(seed) : Swarm.Busy(seed);
            RunResult result = Campaign.RunSeed(seed, swarm);
            lock (broken)
            {
                Add(broken, seed, result, swarm);
            }
        });
        Assert.Empty(broken);
    }

    [Fact]
    public void Long_silences_hold()
    {
        List<string> broken = [];
        for (ulong seed = FirstSeed; seed < FirstSeed + Silences; seed++)
        {
            Add(broken, seed, Campaign.Silence(seed), Swarm.LongSilence());
        }

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

    private static void Add(List<string> broken, ulong seed, RunResult result, Swarm swarm)
    {
        if (result.Violation is not null)
        {
            broken.Add($"SEED={seed} at {result.ViolationAtMs} ms: {result.Violation}; {swarm}");
        }
    }
}
