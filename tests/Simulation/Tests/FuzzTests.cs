// Owns: a bounded share of the fuzz for every run of the tests.
// Must never: pass without every kind of input having been tried.

using Gateway.Simulation;

namespace Gateway.Tests.Simulation;

public sealed class FuzzTests
{
    private const int Inputs = 30_000;

    [Theory]
    [InlineData(1)]
    [InlineData(20261122)]
    public void No_input_throws_hangs_or_eats_memory(ulong seed)
    {
        Fuzz.Warm();
        FuzzSum sum = new(Fuzz.Kinds.Count);
        byte[] buffer = new byte[2048];
        List<string> failures = [];
        for (int i = 0; i < Inputs; i++)
        {
            if (Fuzz.One(seed, i, buffer, sum) is { } failure)
            {
                failures.Add($"seed {seed} input {i}: {failure}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures.Take(5)));
        Assert.All(Enumerable.Range(0, Fuzz.Kinds.Count), kind => Assert.True(sum.Inputs(kind) > 50, Fuzz.Kinds[kind]));
    }

    /// <summary>Alarms that a full lane had kept, of segments that are gone, lay beyond what was said to be durable.</summary>
    [Theory]
    [InlineData(1, 185_233)]
    [InlineData(1, 5_506_209)]
    public void Input_that_failed_once_fails_no_more(ulong seed, long number) =>
        Assert.Null(Fuzz.One(seed, number, new byte[2048], new FuzzSum(Fuzz.Kinds.Count)));
}
