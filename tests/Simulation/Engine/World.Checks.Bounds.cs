// Owns: bounds of queues, files and memory.
// Must never: take the work of a tick that wrote or sent for a quiet one.

using Gateway.Contract;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Simulation;

public sealed partial class World
{
    /// <summary>Queues, files and memory.</summary>
    private void CheckBounds(MainLoop loop, long writes, long calls, int commits, long bytes)
    {
        int waiting = loop.Panel.State.Events.Count;
        if (waiting > Limits.EventsWaitingMax || loop.Log.At(Lane.Fire).Kept > Limits.KeptRecordsMax)
        {
            throw new ViolationException($"queues: {waiting} events wait, {loop.Log.At(Lane.Fire).Kept} alarms are kept");
        }

        // A life in memory writes unseen: room for a segment with its first record, and kept alarms anew when the lane or its cursor moves.
        EventLog log = loop.Log;
        LaneLog fire = log.At(Lane.Fire);
        long moves = fire.Durable + (long)fire.Held + fire.Oldest + fire.Kept
            + log.At(Lane.Condition).Durable + log.At(Lane.Routine).Durable;
        bool unseen = log.InMemory && moves != _memoryMoves;
        _memoryMoves = moves;

        // Now and then the runtime makes something of its own for good.
        bool quiet = !unseen && Flash.Writes == writes && _network.Calls == calls && loop.Log.Commits == commits;
        _allocations += quiet && bytes > 0 ? 1 : 0;

        if (_allocations > 3)
        {
            throw new ViolationException($"memory: {bytes} bytes were allocated in a tick that neither wrote nor sent");
        }

        if (Flash.Writes != writes && Flash.Writes % 16 == 0)
        {
            for (FlashArea area = (FlashArea)Lane.Fire; (int)area < Limits.FlashAreas; area++)
            {
                int max = (int)area < Lanes.Count ? (SegmentsMax(loop, (Lane)area) + 1) * _swarm.SegmentRecords * EventRecord.Size
                    : area == FlashArea.Journal ? 2 * (Limits.JournalEntriesMax + Limits.JournalKeysMax) * Limits.JournalEntryBytes
                    : 2 * Limits.KeptRecordsMax * EventRecord.Size;
                if (Flash.BytesIn(area) > max && !loop.Log.InMemory && !loop.Log.FlashFails)
                {
                    throw new ViolationException($"flash: area {(int)area} has {Flash.BytesIn(area)} bytes, at most {max}");
                }
            }
        }
    }

    private int SegmentsMax(MainLoop loop, Lane lane) =>
        loop.Log.At(lane).SegmentsMax + 1 + (Limits.PendingRecordsMax / _swarm.SegmentRecords);
}
