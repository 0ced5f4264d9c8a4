// Owns: the only source of chance in a simulation.
// Must never: be seeded from a clock or shared between runs.

namespace Gateway.Simulation;

/// <summary>SplitMix64: small, fast, and the same on every machine.</summary>
public sealed class Rng(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0..below-1.</summary>
    public int Below(int below) => (int)(Next() % (ulong)below);

    /// <summary>from..to, both included.</summary>
    public int Range(int from, int to) => from + Below(to - from + 1);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    public bool Percent(int percent) => Below(100) < percent;

    /// <summary>A pause of about <paramref name="meanMs"/>, at least 1, with the long tail of rare events.</summary>
    public long Pause(long meanMs)
    {
        double u = ((Next() >> 11) + 1) * (1.0 / (1UL << 53));
        return Math.Max(1, (long)(-Math.Log(u) * meanMs));
    }

    /// <summary>A generator of its own for a part of the world, so that one part's draws don't shift another's.</summary>
    public Rng Split() => new(Next());
}
