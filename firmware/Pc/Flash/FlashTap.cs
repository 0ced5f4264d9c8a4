// Owns: seeing which event records have become durable, and when.
// Must never: change a byte or an answer of the flash behind it.

using System.Diagnostics;
using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Pc.Flash;

/// <summary>Passes every call on, times the writes, and tells of each record that an append to a lane has made durable.</summary>
/// <param name="flash">The flash that keeps the bytes.</param>
/// <param name="durable">Gets a record of its own for each event.</param>
public sealed class FlashTap(FlashPort flash, Action<EventRecord> durable) : FlashPort
{
    private TimeSpan _writing;

    public override int CapacityBytes() => flash.CapacityBytes();

    public override int List(FlashArea area, int[] numbers) => flash.List(area, numbers);

    public override int Length(FlashArea area, int number) => flash.Length(area, number);

    public override int Read(FlashArea area, int number, int at, byte[] into, int intoAt, int count) =>
        flash.Read(area, number, at, into, intoAt, count);

    /// <summary>Milliseconds that writes have taken since the last call, rounded up.</summary>
    public int TakeWriteMs()
    {
        int ms = (int)Math.Ceiling(_writing.TotalMilliseconds);
        _writing = TimeSpan.Zero;
        return ms;
    }

    public override bool Append(FlashArea area, int number, byte[] data, int at, int count)
    {
        long from = Stopwatch.GetTimestamp();
        bool good = flash.Append(area, number, data, at, count);
        _writing += Stopwatch.GetElapsedTime(from);
        if (!good)
        {
            return false;
        }

        for (int i = at; (int)area < Lanes.Count && i + EventRecord.Size <= at + count; i += EventRecord.Size)
        {
            var record = new EventRecord();
            if (record.Decode(data, i, at + count) == DecodeResult.Ok)
            {
                durable(record);
            }
        }

        return true;
    }

    public override bool Delete(FlashArea area, int number)
    {
        long from = Stopwatch.GetTimestamp();
        bool good = flash.Delete(area, number);
        _writing += Stopwatch.GetElapsedTime(from);
        return good;
    }
}
