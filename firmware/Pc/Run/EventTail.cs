// Owns: the newest events with their way to the county, from this start and from before.
// Must never: grow beyond its bound.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Pc.Run;

/// <summary>
/// The last <see cref="PcLimits.EventsKeptMax"/> events, oldest first; the fires since the last reset stay, whatever comes behind them.
/// </summary>
public sealed class EventTail
{
    private readonly List<EventTrace> _traces = [];

    public IReadOnlyList<EventTrace> Traces => _traces;

    /// <summary>Reads the newest records that the flash has from before this start.</summary>
    public static EventTail Load(FlashPort flash)
    {
        var tail = new EventTail();
        var found = new List<EventRecord>();
        var files = new int[Limits.SegmentFilesMax];
        var bytes = new byte[Limits.SegmentRecordsMax * EventRecord.Size];
        for (int lane = 0; lane < Lanes.Count; lane++)
        {
            int count = Math.Min(flash.List((FlashArea)lane, files), files.Length);
            if (count <= 0)
            {
                continue;
            }

            int newest = files.Take(count).MaxBy(file => (uint)file);
            int read = flash.Read((FlashArea)lane, newest, 0, bytes, 0, bytes.Length);
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
        if (_traces.Count == PcLimits.EventsKeptMax)
        {
            int reset = _traces.FindLastIndex(one => one.Record.Kind == EventKind.Reset);
            int goes = reset > 0 ? 0 : _traces.FindIndex(one => one.Record.Kind != EventKind.FireAlarm);
            _traces.RemoveAt(Math.Max(0, goes));
        }

        _traces.Add(trace);
    }

    /// <summary>
    /// The events of a batch that were not sent before, as far as this process knows; marks them. What the county holds was sent in an
    /// earlier life.
    /// </summary>
    public IReadOnlyList<EventTrace> Sent(Lane lane, uint first, uint last, long ms)
    {
        EventTrace[] moved = [.. Of(lane, first, last).Where(trace => trace is { SentMs: < 0, HeldMs: < 0 })];
        Array.ForEach(moved, trace => trace.SentMs = ms);
        return moved;
    }

    /// <summary>The events of a lane up to a sequence that the county was not known to hold; marks them.</summary>
    public IReadOnlyList<EventTrace> Held(Lane lane, uint through, long ms)
    {
        EventTrace[] moved = [.. Of(lane, 0, through).Where(trace => trace.HeldMs < 0)];
        Array.ForEach(moved, trace => trace.HeldMs = ms);
        return moved;
    }

    private IEnumerable<EventTrace> Of(Lane lane, uint first, uint last) =>
        _traces.Where(trace => trace.Record.LaneNumber == lane && trace.Record.Sequence >= first && trace.Record.Sequence <= last);
}
