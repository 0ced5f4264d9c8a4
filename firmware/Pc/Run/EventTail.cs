// Owns: the newest events with their way to the county, from this start and from before.
// Must never: grow beyond its bound.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Pc.Run;

/// <summary>The last <see cref="KeptMax"/> events, oldest first.</summary>
public sealed class EventTail
{
    /// <summary>Two batches of every lane in flight, and the screen's ten.</summary>
    public const int KeptMax = 256;

    private readonly List<EventTrace> _traces = [];

    public IReadOnlyList<EventTrace> Traces => _traces;

    /// <summary>Reads the newest records that the flash has from before this start.</summary>
    public static EventTail Load(FlashPort flash)
    {
        var tail = new EventTail();
        var found = new List<EventRecord>();
        var files = new int[Limits.SegmentFilesMax];
        var bytes = new byte[Limits.SegmentRecordsMax * EventRecord.Size];
        for (int lane = 0; lane < Lane.Count; lane++)
        {
            int count = Math.Min(flash.List(lane, files), files.Length);
            if (count <= 0)
            {
                continue;
            }

            int newest = files.Take(count).MaxBy(file => (uint)file);
            int read = flash.Read(lane, newest, 0, bytes, 0, bytes.Length);
            for (int at = 0; at + EventRecord.Size <= read; at += EventRecord.Size)
            {
                var record = new EventRecord();
                if (record.Decode(bytes, at, read) == DecodeResult.Ok)
                {
                    found.Add(record);
                }
            }
        }

        foreach (EventRecord record in found.OrderBy(r => r.Boot).ThenBy(r => r.UptimeMs).ThenBy(r => r.LaneNumber))
        {
            tail.Add(new EventTrace(record, inFlashMs: -1));
        }

        return tail;
    }

    public void Add(EventTrace trace)
    {
        if (_traces.Count == KeptMax)
        {
            _traces.RemoveAt(0);
        }

        _traces.Add(trace);
    }

    /// <summary>The events of a lane up to a sequence that had not come to a step yet; marks them.</summary>
    public IReadOnlyList<EventTrace> Advance(int lane, uint through, EventStep step, long ms)
    {
        var moved = new List<EventTrace>();
        foreach (EventTrace trace in _traces)
        {
            if (trace.Record.LaneNumber != lane || trace.Record.Sequence > through)
            {
                continue;
            }

            if (step == EventStep.Sent && trace.SentMs < 0)
            {
                trace.SentMs = ms;
                moved.Add(trace);
            }
            else if (step == EventStep.Held && trace.HeldMs < 0)
            {
                trace.HeldMs = ms;
                moved.Add(trace);
            }
        }

        return moved;
    }
}
