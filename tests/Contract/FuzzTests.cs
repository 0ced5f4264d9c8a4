// Owns: a bounded share of the fuzz for every run of the tests, and the corners that fuzz finds late.
// Must never: print a pass that reached nothing.

using Gateway.Contract;
using Gateway.Tests.Support;

namespace Gateway.Tests.Wire;

public class FuzzTests
{
    private const int Rounds = 40_000;

    [Theory]
    [InlineData(1)]
    [InlineData(20261122)]
    public void No_input_makes_a_decoder_throw_or_read_too_far(int seed)
    {
        DecoderFuzz fuzz = DecoderFuzz.Run(seed, Rounds);
        Assert.Equal(Rounds, fuzz.Answers.Values.Sum());

        // Random bytes alone stop at the magic or the signature: show that the fuzz came through to every body and to most refusals.
        foreach (IReadOnlyDictionary<string, string> row in MarkdownTable.Under("What each decoder refuses", "decoder").Rows
            .Where(row => row["decoder"] is not ("session" or "versions")))
        {
            Assert.True(fuzz.Answers.ContainsKey((row["decoder"], "ok")), row["decoder"]);
            foreach (string reason in row["refusals"].Split(", "))
            {
                Assert.True(fuzz.Answers.ContainsKey((row["decoder"], reason)), $"{row["decoder"]} never gave {reason}");
            }
        }
    }

    [Fact]
    public void A_seed_plays_the_same_again() =>
        Assert.Equal(DecoderFuzz.Run(7, 500).Answers.OrderBy(a => a.Key), DecoderFuzz.Run(7, 500).Answers.OrderBy(a => a.Key));

    [Fact]
    public void A_count_beyond_the_buffer_is_too_short_and_not_a_throw()
    {
        byte[] good = VectorFile.Load("batch").Cases[0].Bytes;
        MessageHeader head = new();
        Assert.Equal(DecodeResult.TooShort, head.DecodeUp(good, good.Length + 1));
        Assert.Equal(DecodeResult.TooShort, head.DecodeDown(good, int.MaxValue));
        Assert.Equal(DecodeResult.TooShort, head.DecodeUp(good, -1));
        Assert.Equal(DecodeResult.TooShort, head.DecodeUp(good, int.MinValue));
        Assert.False(MessageHeader.Verify(new DotNetMac(new byte[32]), good, good.Length + 1, new byte[32]));
        Assert.False(MessageHeader.Verify(new DotNetMac(new byte[32]), good, 71, new byte[32]));
        Assert.Equal(DecodeResult.TooShort, Batch.Check(good, good.Length + 1, head, new EventRecord()));
        Assert.Equal(DecodeResult.TooShort, EventRecord.Check(good, good.Length - 10, good.Length + 60));
        Assert.Equal(DecodeResult.TooShort, new EventRecord().Decode(good, good.Length, good.Length));
        Assert.Equal(DecodeResult.TooShort, Offline.FromText(good, good.Length + 100, new byte[72]));
    }

    [Fact]
    public void A_refused_held_or_welcome_leaves_the_callers_numbers_alone()
    {
        foreach (string name in new[] { "held", "welcome" })
        {
            string[] ofBody = ["out-of-range", "reserved-not-zero", "too-short", "too-long"];
            IEnumerable<VectorCase> cases = VectorFile.Load(name).Cases.Where(one => ofBody.Contains(one.Reason, StringComparer.Ordinal));
            foreach (byte[] bad in cases.Select(one => one.Bytes))
            {
                uint[] numbers = [7, 8, 9];
                DecodeResult result = name == "held"
                    ? HeldThrough.Decode(bad, bad.Length, numbers)
                    : Welcome.Decode(bad, bad.Length, numbers);
                Assert.NotEqual(DecodeResult.Ok, result);
                Assert.Equal([7u, 8u, 9u], numbers);
            }
        }
    }
}
