// Owns: what a loss record says of time: from the first to the last record that it reports, also for a loss record lost in its turn.
// Must never: judge one whose lost records are not all known.

using Gateway.Contract;

namespace Gateway.Simulation;

public sealed partial class Truth
{
    /// <summary>
    /// In the order in which they were written, each loss record takes up what none before it had, and what a loss record among that had
    /// taken up. Where it counts exactly those, its span is theirs.
    /// </summary>
    private void JudgeSpans()
    {
        if (!swarm.Duty)
        {
            return;
        }

        foreach (IGrouping<(uint, Lane), EventRecord> lane in _durable.Select(WrittenAs).OfType<EventRecord>()
            .Where(r => r.Kind == EventKind.Loss && (uint)r.A != 0).GroupBy(r => (r.Epoch, r.LaneNumber)))
        {
            HashSet<uint> owned = [];
            Dictionary<uint, TakenUp> losses = [];
            foreach (EventRecord loss in lane.OrderBy(r => r.Sequence))
            {
                losses[loss.Sequence] = TakeUp(loss, owned, losses);
                JudgeSpan(loss, losses[loss.Sequence]);
            }
        }
    }

    private TakenUp TakeUp(EventRecord loss, HashSet<uint> owned, Dictionary<uint, TakenUp> losses)
    {
        TakenUp taken = new();
        for (uint sequence = (uint)loss.A; sequence <= (uint)loss.B && sequence < loss.Sequence; sequence++)
        {
            if (!owned.Add(sequence))
            {
                continue;
            }

            EventRecord? record = WrittenAs((loss.Epoch, loss.LaneNumber, sequence));
            taken.Known &= record is not null;
            taken.Records.AddRange(record is null ? [] : [record]);
            if (losses.TryGetValue(sequence, out TakenUp? older))
            {
                taken.Known &= older.Known;
                taken.Records.AddRange(older.Records);
                taken.Depth = Math.Max(taken.Depth, older.Depth + 1);
            }
        }

        return taken;
    }

    private static void JudgeSpan(EventRecord loss, TakenUp taken)
    {
        List<EventRecord> lost = taken.Records;
        bool counted = taken.Known && lost.Count >= 2 && lost.Count == loss.Value && loss.Flags == EventFlags.None;
        if (!counted || lost.Exists(r => r.Boot != lost[0].Boot))
        {
            return;
        }

        // How old a lost loss record was is kept in whole seconds.
        long spanS = (lost.Max(r => r.UptimeMs) - lost.Min(r => r.UptimeMs)) / 1_000;
        if (loss.C < spanS || loss.C > spanS + taken.Depth)
        {
            throw new ViolationException($"span: {Text(loss)} says {loss.C} s for {loss.Value} records over {spanS} s");
        }
    }

    /// <summary>The record as it was written; null where it was not, or in more ways than one.</summary>
    private EventRecord? WrittenAs((uint, Lane, uint) key)
    {
        if (!_written.TryGetValue(key, out List<byte[]>? versions) || versions.Count != 1)
        {
            return null;
        }

        EventRecord record = new();
        record.Decode(versions[0], 0, EventRecord.Size);
        return record;
    }

    private sealed class TakenUp
    {
        public List<EventRecord> Records { get; } = [];

        /// <summary>All that it reports lost is known.</summary>
        public bool Known { get; set; } = true;

        /// <summary>Loss records within loss records.</summary>
        public int Depth { get; set; } = 1;
    }
}
