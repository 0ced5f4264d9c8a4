// Owns: the proof that the store in memory, on which most seeds run, does what the county's real store does.
// Must never: compare anything but what comes out.

using System.Text;
using Gateway.Contract;
using Gateway.County;
using Gateway.Simulation;

namespace Gateway.Tests.Simulation;

public sealed class StoreTests
{
    private static readonly StationRegistration s_station = new()
    {
        Station = 7,
        County = "c",
        Township = "t",
        Village = "v",
        Name = "store",
        Key = new StationKey([.. Enumerable.Range(1, 32).Select(i => (byte)i)]),
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Store_in_memory_and_real_store_answer_alike(ulong seed)
    {
        ISimStore fast = new FastStore(s_station);
        ISimStore real = new SqliteStore(s_station);
        (ISimStore Fast, ISimStore Real)? backup = null;
        Rng rng = new(seed);
        for (int transaction = 0; transaction < 300; transaction++)
        {
            ulong draw = rng.Next();
            int end = rng.Below(6);
            fast.FailNextCommit = real.FailNextCommit = end == 1;
            fast.DieInCommit = real.DieInCommit = end == 2;
            Assert.Equal(Play(fast, new Rng(draw), end), Play(real, new Rng(draw), end));
            fast.DieInCommit = real.DieInCommit = false;
            if (end is 2 or 3)
            {
                fast.Die();
                real.Die();
            }

            if (end == 4 && rng.OneIn(8))
            {
                backup?.Fast.Dispose();
                backup?.Real.Dispose();
                backup = (fast.Copy(), real.Copy());
            }
            else if (end == 4 && rng.OneIn(8) && backup is { } old)
            {
                fast.Dispose();
                real.Dispose();
                (fast, real) = (old.Fast.Copy(), old.Real.Copy());
            }

            if (transaction % 20 == 0)
            {
                Assert.Equal(All(fast), All(real));
            }
        }

        Assert.Equal(All(fast), All(real));
        Assert.NotEmpty(real.Events);
        fast.Dispose();
        real.Dispose();
        backup?.Fast.Dispose();
        backup?.Real.Dispose();
    }

    [Theory]
    [InlineData(50)]
    [InlineData(100)]
    [InlineData(150)]
    [InlineData(200)]
    public void A_world_on_the_real_store_goes_as_it_goes_in_memory(ulong seed)
    {
        StringBuilder[] traces = [new(), new()];
        for (int i = 0; i < 2; i++)
        {
            Swarm swarm = Swarm.From(seed);
            swarm.Sqlite = i == 1;
            using World world = new(seed, swarm, traces[i]);
            Assert.Null(world.Run().Violation);
        }

        Assert.NotEqual(0, traces[0].Length);
        Assert.Equal(traces[0].ToString(), traces[1].ToString());
    }

    /// <summary>One transaction of random calls; everything that they returned, as text.</summary>
    private static string Play(ISimStore store, Rng rng, int end)
    {
        StringBuilder said = new();
        try
        {
            using IStoreTransaction rows = store.Begin();
            for (int calls = rng.Range(1, 12); calls > 0; calls--)
            {
                said.Append(Call(rows, rng)).Append('\n');
            }

            if (end != 0)
            {
                rows.Commit();
            }
        }
        catch (IOException e)
        {
            said.Append(e.GetType().Name);
        }

        return said.ToString();
    }

    private static string Call(IStoreTransaction rows, Rng rng)
    {
        EventKey key = new(7, 1 + (uint)rng.Below(2), (Lane)rng.Below(Lanes.Count), 1 + (uint)rng.Below(40));
        uint last = key.Sequence + (uint)rng.Below(10);
        BootKey boot = new(7, key.Epoch, 1 + (uint)rng.Below(3));
        if (rows.Lane(key.InLane) is null)
        {
            // As in the county, where nothing of a lane comes before its row.
            rows.Put(key.InLane, new LaneState { Held = 0, Highest = 1 });
        }

        switch (rng.Below(20))
        {
            case < 5:
                IEnumerable<uint> numbers = Enumerable.Range(0, rng.Range(1, 4)).Select(i => key.Sequence + (uint)i);
                StoredEvent[] events = [.. numbers.Select(n => Event(key with { Sequence = n }, rng))];
                return string.Join(' ', rows.Insert(events));
            case 5:
                return Convert.ToHexString(rows.RawOf(key) ?? []);
            case 6 when rows.RawOf(key) is { } raw:
                rows.UpdateTime(Event(key, rng, raw));
                return "updated";
            case 7:
                rows.AddConflict(key, [(byte)rng.Below(12)], rng.Below(1000));
                return "conflict";
            case 8:
                rows.Put(key.InLane, new LaneState { Held = key.Sequence, Highest = last });
                return "lane";
            case 9:
                return rows.Lane(key.InLane) is { } lane ? $"{lane.Held} {lane.Highest}" : "no lane";
            case 10:
                if (rows.Gaps(key.InLane, key.Sequence, last).Count == 0)
                {
                    rows.Add(new Gap(key.InLane, key.Sequence, last, rng.Below(1000), (uint)rng.Below(2)));
                }

                return string.Join(' ', rows.Gaps(key.InLane, 0, uint.MaxValue));
            case 11:
                if (rng.OneIn(2))
                {
                    rows.Own(key.InLane, key.Sequence, last, 9);
                }
                else
                {
                    rows.RemoveGaps(key.InLane, key.Sequence, last);
                }

                return string.Join(' ', rows.Gaps(key.InLane, 1, 20));
            case 12:
                if (!rows.Losses(key.InLane, 0, uint.MaxValue).Any(l => l.Sequence == key.Sequence))
                {
                    rows.Add(new Loss(key.InLane, key.Sequence, 1 + (uint)rng.Below(20), last));
                }
                else if (rng.OneIn(2))
                {
                    rows.Remove(new Loss(key.InLane, key.Sequence, 0, 0));
                }

                return string.Join(' ', rows.Losses(key.InLane, 3, 30));
            case 13:
                rows.Put(new BootClock(boot, (ClockSource)rng.Range(1, 3), rng.Below(9_000), 1_800_000_000_000 + rng.Below(9_000)));
                return "clock";
            case 14:
                int filled = rows.BackFill(boot, rng.OneIn(5) ? -1_000_000 : 1_800_000_000_000 + rng.Below(9_000), 1 + rng.Below(4));
                return $"{filled} {rows.Clock(boot)}";
            case 15:
                rows.Put(new SessionState { Station = 7, Epoch = key.Epoch, Boot = boot.Boot, Session = last, Counter = 9, WillBoot = 1 });
                return rows.Session(7, key.Epoch) is { } s ? $"{s.Boot} {s.Session} {s.Counter} {s.WillBoot} {s.WillSession}" : "none";
            case 16:
                StationState state = rows.State(7) ?? new StationState { Station = 7 };
                state.Online = rng.OneIn(2);
                state.AnswerCounter = last;
                state.Last[1] = key.Sequence;
                rows.Put(state);
                return rows.State(7) is { } now ? $"{now.Online} {now.AnswerCounter} {now.Last[1]} {now.Firmware}" : "none";
            case 17:
                bool added = rows.Add(Command(last, CommandState.Queued));
                return $"{added} {rows.LastCommand(7)} {rows.LastCommand(8)}";
            case 18:
                rows.Put(Command(last, (CommandState)rng.Below(5)));
                return string.Join(' ', rows.OpenCommands().Select(Text));
            default:
                return rows.Command(7, last) is { } command ? Text(command) : "no command";
        }
    }

    /// <summary>A new event, or one that is known with another time.</summary>
    private static StoredEvent Event(EventKey key, Rng rng, byte[]? known = null)
    {
        EventRecord record = new()
        {
            Station = key.Station,
            Epoch = key.Epoch,
            LaneNumber = key.Lane,
            Sequence = key.Sequence,
            Boot = 1 + (uint)rng.Below(3),
            UptimeMs = rng.Below(9_000),
            Kind = EventKind.FireAlarm,
        };
        if (known is not null)
        {
            record.Decode(known, 0, known.Length);
        }

        record.UtcQuality = (UtcQuality)rng.Below(3);
        record.UtcMs = record.UtcQuality == UtcQuality.Unknown ? 0 : 1_800_000_000_000 + rng.Below(9_000);
        byte[] raw = new byte[EventRecord.Size];
        record.Encode(raw, 0);
        return new StoredEvent
        {
            Record = record,
            Raw = raw,
            County = "c",
            Township = "t",
            Village = "v",
            ReceivedMs = 1_800_000_000_000 + rng.Below(9_000),
            TimeMs = 1_800_000_000_000 + rng.Below(9_000),
            TimeQuality = record.UtcQuality,
        };
    }

    private static StationCommand Command(uint number, CommandState state) => new()
    {
        Station = 7,
        Number = number,
        Code = 3,
        QueuedMs = number,
        ExpiresMs = number + 5,
        State = state,
        Result = (int)state,
        Times = 2,
    };

    private static string Text(StationCommand c) => $"{c.Number}/{c.Code}/{c.State}/{c.Result}/{c.QueuedMs}/{c.ExpiresMs}/{c.Times}";

    /// <summary>All rows, as text, in an order of their own.</summary>
    private static string All(ISimStore store)
    {
        IEnumerable<string> lines = store.Events
            .Select(e => $"{e.Key} {Convert.ToHexString(e.Raw)} {e.TimeMs} {(int)e.TimeQuality} {e.ReceivedMs} {e.Record.UtcMs}")
            .Concat(store.AllGaps.Select(g => g.ToString()))
            .Concat(store.AllLosses.Select(l => l.ToString()))
            .Concat(store.States().Select(s => $"{s.Station} {s.Online} {s.AnswerCounter} {s.Last[1]}"))
            .Append($"conflicts {store.Conflicts}");
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }
}
