// Owns: random and bent inputs for everything that decodes: records, messages, settings text, the files of the store.
// Must never: let an exception, a second of thought or a megabyte of garbage pass for one input.

using System.Diagnostics;
using System.Text;
using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Simulation;

/// <summary>Each input is drawn from a seed and its number, so that a failing one can be made again.</summary>
public static class Fuzz
{
    private const long BytesMax = 1 << 20;
    private const int SettingsEvery = 100;
    private const int StoreEvery = 200;

    private static readonly byte[] s_settings = Encoding.UTF8.GetBytes(SimInputs.Settings(6, 7));

    /// <summary>Runs so many inputs on all cores; 0 when none failed.</summary>
    public static int Run(ulong seed, long inputs)
    {
        long started = Stopwatch.GetTimestamp();
        long next = 0;
        long failures = 0;
        long worstTicks = 0;
        long worstBytes = 0;
        Lock gate = new();
        Thread[] workers = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Work))];
        foreach (Thread worker in workers)
        {
            worker.Start();
        }

        foreach (Thread worker in workers)
        {
            worker.Join();
        }

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine($"fuzz: {inputs} inputs from seed {seed} in {seconds:0.0} s; "
            + $"slowest {worstTicks * 1000.0 / Stopwatch.Frequency:0.0} ms; "
            + $"most allocated by one {worstBytes} bytes; failures: {failures}");
        return failures == 0 ? 0 : 1;

        void Work()
        {
            byte[] buffer = new byte[2048];
            long i;
            while ((i = Interlocked.Increment(ref next) - 1) < inputs)
            {
                long bytes = GC.GetAllocatedBytesForCurrentThread();
                long from = Stopwatch.GetTimestamp();
                string? failure = One(seed, i, buffer);
                long ticks = Stopwatch.GetTimestamp() - from;
                bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
                failure ??= ticks > 5 * Stopwatch.Frequency ? "took more than five seconds" : null;
                failure ??= bytes > BytesMax ? $"allocated {bytes} bytes" : null;
                lock (gate)
                {
                    worstTicks = Math.Max(worstTicks, ticks);
                    worstBytes = Math.Max(worstBytes, bytes);
                    if (failure is not null)
                    {
                        failures++;
                        Console.WriteLine($"FUZZ seed {seed} input {i}: {failure}");
                    }
                }
            }
        }
    }

    /// <summary>One input; what went wrong, or null.</summary>
    public static string? One(ulong seed, long number, byte[] buffer)
    {
        Rng rng = new(seed ^ ((ulong)number * 0x9E3779B97F4A7C15));
        try
        {
            if (number % StoreEvery == 0)
            {
                return Store(rng);
            }

            if (number % SettingsEvery == 1)
            {
                return SettingsText(rng);
            }

            return Message(rng, buffer);
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }

    private static string? Message(Rng rng, byte[] buffer)
    {
        int count = Valid(rng, buffer);
        int bends = rng.Below(5);
        for (int i = 0; i < bends; i++)
        {
            count = Bend(rng, buffer, count);
        }

        uint[] held = new uint[Lane.Count];
        MessageHeader header = new();
        EventRecord record = new();
        int[] results =
        [
            header.DecodeDown(buffer, count),
            header.DecodeUp(buffer, count),
            Batch.Check(buffer, count, header, record),
            new Hello().Decode(buffer, count),
            new Heartbeat().Decode(buffer, count),
            new Refuse().Decode(buffer, count),
            new Command().Decode(buffer, count),
            Welcome.Decode(buffer, count, held),
            HeldThrough.Decode(buffer, count, held),
            record.Decode(buffer, 0, Math.Min(count, buffer.Length)),
            Offline.FromText(buffer, count, new byte[Offline.MessageBytes]),
        ];
        return Array.Find(results, r => r is < 0 or > byte.MaxValue) is var odd && odd != 0 ? $"a result of {odd}" : null;
    }

    /// <summary>Something valid to begin with, or noise; the checksum of a record is often made right again.</summary>
    private static int Valid(Rng rng, byte[] buffer)
    {
        MessageHeader header = new()
        {
            Version = 1,
            Station = 7,
            Epoch = 1 + (uint)rng.Below(3),
            Boot = 1,
            Session = 1,
            Counter = 1,
            Type = rng.OneIn(2) ? rng.Range(1, 4) : rng.Range(0x81, 0x84),
        };
        header.Counter = MessageType.Uncounted(header.Type) ? 0u : 1u;
        switch (rng.Below(4))
        {
            case 0:
                for (int i = 0; i < 200; i++)
                {
                    buffer[i] = (byte)rng.Next();
                }

                return rng.Below(200);
            case 1:
                Record(rng, header.Epoch, 1 + (uint)rng.Below(9), buffer, 0);
                return EventRecord.Size;
            case 2:
                int records = rng.Range(1, ContractLimits.BatchRecordsMax);
                for (int i = 0; i < records; i++)
                {
                    Record(rng, header.Epoch, (uint)i + 1, buffer, Batch.RecordsAt + (i * EventRecord.Size));
                }

                header.Type = MessageType.Batch;
                header.Encode(buffer);
                Batch.EncodeHead(buffer, rng.Below(4), records, 0);
                return Batch.RecordsAt + (records * EventRecord.Size) + Mac.SignatureBytes;
            default:
                header.Encode(buffer);
                return MessageHeader.Size + rng.Below(200) + Mac.SignatureBytes;
        }
    }

    private static void Record(Rng rng, uint epoch, uint sequence, byte[] buffer, int at)
    {
        EventRecord record = new()
        {
            Station = 7,
            Epoch = epoch,
            Sequence = sequence,
            Boot = 1,
            Kind = rng.OneIn(3) ? EventKind.Loss : EventKind.FireAlarm,
            Zone = rng.Below(40),
            A = (int)rng.Next(),
            B = (int)rng.Next(),
            Value = (int)rng.Next(),
        };
        record.Encode(buffer, at);
    }

    private static int Bend(Rng rng, byte[] buffer, int count)
    {
        switch (rng.Below(4))
        {
            case 0:
                return rng.Below(count + 40);
            case 1:
                buffer[rng.Below(buffer.Length)] = (byte)rng.Next();
                return count;
            case 2:
                int at = rng.Below(Math.Max(1, count));
                buffer[at] ^= (byte)(1 << rng.Below(8));
                return count;
            default:
                // A field of all ones, with a checksum that fits again.
                buffer.AsSpan(rng.Below(60), 4).Fill(0xFF);
                Bytes.PutU32(buffer, 60, Crc32.Of(buffer, 0, 60));
                return count;
        }
    }

    private static string? SettingsText(Rng rng)
    {
        List<byte> text = [.. s_settings];
        int bends = rng.Below(12);
        for (int i = 0; i < bends; i++)
        {
            int at = rng.Below(text.Count + 1);
            switch (rng.Below(4))
            {
                case 0 when at < text.Count:
                    text.RemoveRange(at, Math.Min(rng.Below(20), text.Count - at));
                    break;
                case 1:
                    text.Insert(at, (byte)rng.Next());
                    break;
                case 2:
                    text.InsertRange(at, "rule when zone 1 and count all >= 99999999999 then \""u8.ToArray().Take(rng.Below(50)));
                    break;
                default:
                    text.InsertRange(at, text.GetRange(0, rng.Below(Math.Min(200, text.Count + 1))));
                    break;
            }
        }

        byte[] bytes = [.. text];
        SettingsErrors errors = new();
        Settings? settings = SettingsParser.Parse(bytes, bytes.Length, SimBoard.Shape(), errors);
        return settings is null && errors.Total == 0 ? "refused without a reason" : null;
    }

    /// <summary>Bends the files of a store that ran, and starts on them.</summary>
    private static string? Store(Rng rng)
    {
        SimFlash flash = new(rng);
        LogPlan plan = new() { SegmentRecords = 4 };
        Array.Fill(plan.Segments, 3);
        Write(flash, plan, rng.Range(0, 40));
        int bends = rng.Range(1, 6);
        for (int i = 0; i < bends; i++)
        {
            flash.Bend(rng);
        }

        Journal journal = new(flash);
        journal.Recover();
        EventLog log = new(flash, journal, plan, new WallClock(), 7);
        log.Recover(99, new FireTail((uint)journal.Get(JournalKey.Panel, 0), 0, false), 0);
        byte[] into = new byte[ContractLimits.BatchRecordsMax * EventRecord.Size];
        log.Commit(0);
        for (int lane = 0; lane < Lane.Count; lane++)
        {
            uint after = 0;
            int steps = 0;
            int read;
            while ((read = log.At(lane).Read(after, 4, into, 0)) > 0)
            {
                uint last = EventRecord.SequenceOf(into, (read - 1) * EventRecord.Size);
                if (last <= after || last > log.At(lane).Durable || ++steps > 200)
                {
                    return $"lane {lane} reads {last} after {after}";
                }

                after = last;
            }
        }

        return log.Epoch == 0 || log.Boot == 0 ? "no identity" : null;
    }

    private static void Write(SimFlash flash, LogPlan plan, int events)
    {
        Journal journal = new(flash);
        journal.Recover();
        EventLog log = new(flash, journal, plan, new WallClock(), 7);
        log.Recover(5, new FireTail(0, 0, false), 0);
        EventRecord record = new();
        for (int i = 0; i < events; i++)
        {
            record.Clear();
            record.Kind = (i % 3) switch { 0 => EventKind.FireAlarm, 1 => EventKind.Fault, _ => EventKind.Started };
            record.Zone = 1 + (i % 5);
            log.Add(record, i);
            log.Commit(i);
        }
    }
}
