// Owns: the proof by random orders that the table of gaps is what is missing in the table of events.
// Must never: repeat with another seed than the one it prints.

using Gateway.Contract;

namespace Gateway.County.Tests;

public abstract class RandomGaps(PostgresFixture? postgres) : StoreTests(postgres)
{
    private readonly FakeGateway _gateway = new(330701);

    private protected void Play(int seed)
    {
        // Goal: the table of gaps equals a count over the stored rows. Method: single records and losses in random order, compared after
        // each.
        Random random = new(seed);
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello());
        HashSet<uint> stored = [];
        List<(uint First, uint Last)> losses = [];
        for (int i = 0; i < 120; i++)
        {
            uint sequence = (uint)random.Next(1, 80);
            if (!stored.Add(sequence))
            {
                continue;
            }

            EventRecord record = _gateway.Record(Lane.Condition, sequence);
            if (random.Next(5) == 0)
            {
                uint first = (uint)random.Next(1, 80);
                uint last = first + (uint)random.Next(0, 10);
                record = _gateway.Loss(Lane.Condition, sequence, first, last);
                losses.Add((first, last));
            }

            rig.Send(_gateway.Batch(Lane.Condition, sequence - 1, record));
            HashSet<uint> missing = [];
            HashSet<uint> owned = [];
            for (uint s = 1; s < stored.Max(); s++)
            {
                if (!stored.Contains(s))
                {
                    (losses.Exists(l => l.First <= s && s <= l.Last) ? owned : missing).Add(s);
                }
            }

            List<Gap> gaps = [.. rig.Store.Gaps(null).Select(g => g.Gap)];
            Assert.Equal(missing.Order(), All(gaps.Where(g => g.OwnedBy == 0)));
            Assert.Equal(owned.Order(), All(gaps.Where(g => g.OwnedBy != 0)));
        }
    }

    private static IEnumerable<uint> All(IEnumerable<Gap> gaps) =>
        gaps.SelectMany(g => Enumerable.Range((int)g.First, (int)(g.Last - g.First + 1))).Select(s => (uint)s).Order();
}

public sealed class RandomGapTests() : RandomGaps(null)
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 4)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Gaps_are_exactly_what_is_missing_whatever_the_order(int seed) => Play(seed);
}

/// <summary>What decides is the same text; the server shows only that its statements say the same. Each costs a second.</summary>
public sealed class RandomGapTestsOnPostgres(PostgresFixture postgres) : RandomGaps(postgres)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Gaps_are_exactly_what_is_missing_whatever_the_order(int seed) => Play(seed);
}
