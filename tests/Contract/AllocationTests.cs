// Owns: that what runs in the gateway's loop leaves no garbage.
// Must never: measure before the code was compiled.

using Gateway.Contract;

namespace Gateway.Tests.Wire;

public class AllocationTests
{
    [Fact]
    public void Encoding_and_decoding_records_and_batches_allocates_nothing()
    {
        EventRecord record = new();
        MessageHeader head = new() { Version = 1, Type = MessageType.Batch, Station = 1001, Epoch = 5, Boot = 1, Session = 1, Counter = 1 };
        byte[] buffer = new byte[ContractLimits.MessageBytesMax];
        Assert.Equal(0, Allocated(() =>
        {
            for (int i = 0; i < ContractLimits.BatchRecordsMax; i++)
            {
                record.Clear();
                record.Station = 1001;
                record.Epoch = 5;
                record.Sequence = (uint)i + 1;
                record.Boot = 1;
                record.Kind = EventKind.FireAlarm;
                record.Encode(buffer, Batch.RecordsAt + i * EventRecord.Size);
            }

            Batch.EncodeHead(buffer, Lane.Fire, ContractLimits.BatchRecordsMax, 0);
            head.Encode(buffer);
            DecodeResult result = head.DecodeUp(buffer, buffer.Length);
            result |= Batch.Check(buffer, buffer.Length, head, record);
            return (int)(result | SessionRule.Up(head, 5, 1, 1, 0));
        }));
    }

    [Fact]
    public void The_other_messages_allocate_nothing_but_the_hellos_text()
    {
        byte[] buffer = new byte[ContractLimits.MessageBytesMax];
        Hello hello = new() { VersionMin = 1, VersionMax = 1, Firmware = "0.1.0" };
        Heartbeat beat = new();
        Refuse refuse = new() { Reason = (DecodeResult)13, VersionMin = 1, VersionMax = 1 };
        Command command = new() { Number = 1, Code = CommandCode.Drill };
        uint[] held = [1, 2, 3];
        Assert.Equal(0, Allocated(() =>
        {
            int result = hello.Encode(buffer) - hello.Encode(buffer);
            result |= (int)beat.Decode(buffer, beat.Encode(buffer) + Mac.SignatureBytes);
            result |= (int)refuse.Decode(buffer, refuse.Encode(buffer) + Mac.SignatureBytes);
            result |= (int)command.Decode(buffer, command.Encode(buffer) + Mac.SignatureBytes);
            result |= (int)Welcome.Decode(buffer, Welcome.Encode(buffer, 1, held) + Mac.SignatureBytes, held);
            return result | (int)HeldThrough.Decode(buffer, HeldThrough.Encode(buffer, held) + Mac.SignatureBytes, held);
        }));
    }

    [Fact]
    public void A_refused_record_allocates_nothing()
    {
        EventRecord record = new();
        byte[][] bad = [.. VectorFile.Load("record").Cases.Where(one => !one.Valid).Select(one => one.Bytes)];
        Assert.Equal(0, Allocated(() =>
        {
            int refused = 0;
            for (int i = 0; i < bad.Length; i++)
            {
                refused += record.Decode(bad[i], 0, bad[i].Length) == DecodeResult.Ok ? 0 : 1;
            }

            return refused - bad.Length;
        }));
    }

    [Fact]
    public void The_measure_sees_a_single_small_object_a_call()
    {
        object? kept = null;
        Assert.InRange(Allocated(() => (kept = new object()) is null ? 1 : 0), 24_000, 25_000);
        Assert.NotNull(kept);
    }

    /// <summary>
    /// Bytes that a thousand calls allocate: the least of five rounds, since the runtime's own work (compiling anew what runs often) is
    /// counted for the thread that it interrupts. The work returns 0 when it went well.
    /// </summary>
    private static long Allocated(Func<int> work)
    {
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            int result = 0;
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
            {
                result |= work();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(0, result);
        }

        return least;
    }
}
