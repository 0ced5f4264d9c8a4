// Owns: a store that lost its end: the county holds numbers that it gives again, and nothing of what it wrote since is lost or taken twice.
// Must never: look only at a run without a cut; what is noted and what is written must agree wherever the power goes.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;
using Gateway.Tests.Support;

namespace Gateway.Tests.PanelProperties;

public sealed class LostEndTests
{
    private const uint Held = 40;

    /// <summary>The power goes once at each write that follows the county's word: before it, inside it and behind it.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(int.MaxValue)]
    public void What_was_written_since_goes_up_once_under_numbers_above_wherever_the_power_goes(int bytes)
    {
        // Where the note of the move itself is not whole, the county's word has not been heard: the next start knows of no lost end.
        for (int cut = bytes < int.MaxValue ? 1 : -1; cut < 24; cut++)
        {
            CutFlash flash = new((cut, bytes)) { Safe = true };
            Store store = new(flash);
            for (int i = 0; i < 9; i++)
            {
                store.Write(100 + i);
                store.Log.Commit(store.NowMs);
            }

            SortedDictionary<uint, int> county = [];
            uint held = Held;
            flash.Safe = cut < 0;
            if (!store.Talk(ref held, county))
            {
                store.Start(2);
                Assert.True(store.Talk(ref held, county));
            }

            // A loss tells of the numbers that were skipped; all else came once, in its order.
            Assert.Equal(Enumerable.Range(100, 12), county.Values.Where(value => value >= 100));
            Assert.Equal(held, county.Keys.Max());
            Assert.True(county.Keys.Min() > Held, $"number {county.Keys.Min()} was held already; cut {cut}");
        }
    }

    [Fact]
    public void A_second_claim_moves_what_is_not_held_yet_and_what_came_since()
    {
        Store store = new(new CutFlash());
        store.Write(100);
        store.Write(101);
        store.Log.Commit(store.NowMs);
        SortedDictionary<uint, int> county = [];
        uint held = Held;
        Assert.True(store.Log.Reconcile(Lane.Condition, held, store.NowMs));
        store.Log.Commit(store.NowMs);
        store.Write(102);
        store.Log.Commit(store.NowMs);
        held = 2 * Held;
        Assert.True(store.Log.Reconcile(Lane.Condition, held, store.NowMs));
        store.Log.Commit(store.NowMs);
        store.Send(ref held, county);
        Assert.Equal([100, 101, 102], county.Values.Where(value => value >= 100));
        Assert.True(county.Keys.Min() > 2 * Held);
    }

    [Fact]
    public void A_life_in_memory_has_numbers_of_its_own()
    {
        CutFlash flash = new();
        Store store = new(flash);
        for (int i = 0; i < 9; i++)
        {
            store.Write(100 + i);
            store.Log.Commit(store.NowMs);
        }

        uint held = Held;
        Assert.True(store.Talk(ref held, []));
        flash.Refuses = true;
        store.Write(200);
        for (int tries = 0; !store.Log.InMemory; tries++)
        {
            Assert.True(tries <= Limits.FlashTriesMax);
            store.Log.Commit(tries * Limits.FlashRetryMs + store.NowMs);
        }

        SortedDictionary<uint, int> county = [];
        held = 0;
        store.Write(201);
        Assert.True(store.Log.Meet([0, 0, 0], store.NowMs));
        Assert.True(store.Talk(ref held, county));
        Assert.Equal(Enumerable.Range(1, county.Count), county.Keys.Select(number => (int)number));
        Assert.Contains(200, county.Values);
        Assert.Contains(201, county.Values);
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(9u, 9u)]
    [InlineData(10u, 10u)]
    [InlineData(25u, 10u)]
    [InlineData(40u, 10u)]
    [InlineData(41u, 11u)]
    [InlineData(44u, 14u)]
    [InlineData(45u, 45u)]
    [InlineData(46u, 46u)]
    public void What_the_county_has_is_found_in_the_moved_range(uint county, uint here)
    {
        MovedNumbers moved = new(new Journal(new Device.MemoryFlash()));
        moved.Move(Lane.Fire, 10, 15, 40);
        Assert.Equal(here, moved.FromCounty(Lane.Fire, county));
        Assert.Equal(county is >= 10 and <= 40 ? 40 : county, moved.ToCounty(Lane.Fire, here));
        Assert.Equal(here == 10 ? 10 : county, moved.Behind(Lane.Fire, here));
        Assert.Equal(county, moved.FromCounty(Lane.Condition, county));
        Assert.Equal(45u, moved.End(Lane.Fire));
    }

    private sealed class Store
    {
        private readonly CutFlash _flash;

        public Store(CutFlash flash)
        {
            _flash = flash;
            Start(1);
        }

        public EventLog Log { get; private set; } = null!;

        public long NowMs { get; private set; } = 1000;

        public void Start(uint seed)
        {
            Journal journal = new(_flash);
            journal.Recover();
            LogPlan plan = new() { SegmentRecords = 16 };
            Array.Fill(plan.Segments, 5);
            Log = new EventLog(_flash, journal, plan, new WallClock(), 7);
            Log.Recover(seed, new FireTail(0, 0, silenced: false, acknowledged: false), NowMs);
            Log.Meet([0, 0, 0], NowMs);
        }

        public void Write(int value)
        {
            EventRecord record = Log.Blank();
            record.Kind = EventKind.Fault;
            record.Value = value;
            Log.Add(record, NowMs);
        }

        /// <summary>One session of a county that holds so much, with three more events in it; false when the power went.</summary>
        public bool Talk(ref uint held, SortedDictionary<uint, int> county)
        {
            try
            {
                if (!Log.Reconcile(Lane.Condition, held, NowMs))
                {
                    return false;
                }

                for (int i = 0; i < 4; i++)
                {
                    Log.Commit(NowMs);
                    Send(ref held, county);
                    if (i < 3 && !county.ContainsValue(109 + i))
                    {
                        Write(109 + i);
                    }
                }

                return true;
            }
            catch (PowerCutException)
            {
                return false;
            }
        }

        public void Send(ref uint held, SortedDictionary<uint, int> county)
        {
            byte[] records = new byte[4 * EventRecord.Size];
            uint after = Log.At(Lane.Condition).Held;
            int count = Log.Read(Lane.Condition, after, 4, records, 0);
            while (count > 0 || Log.ReadGoesOn)
            {
                uint last = count == 0 ? 0 : EventRecord.SequenceOf(records, (count - 1) * EventRecord.Size);
                after = count == 0 ? after : Log.Moved.FromCounty(Lane.Condition, last);
                EventRecord record = new();
                for (int i = 0; i < count; i++)
                {
                    Assert.Equal(DecodeResult.Ok, record.Decode(records, i * EventRecord.Size, records.Length));
                    int value = record.Kind == EventKind.Fault ? record.Value : -record.Value;
                    Assert.True(county.TryAdd(record.Sequence, value), "a number came twice");
                    held = record.Sequence;
                }

                count = Log.Read(Lane.Condition, after, 4, records, 0);
            }

            Log.At(Lane.Condition).NoteSent(after);
            Log.SetHeld(Lane.Condition, Log.Moved.FromCounty(Lane.Condition, held), NowMs);
            Log.Tidy(NowMs += Limits.CursorSaveMs);
        }
    }
}
