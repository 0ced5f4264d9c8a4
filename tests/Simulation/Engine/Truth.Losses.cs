// Owns: what a loss record says of time: from the first to the last record that it owns up to.
// Must never: judge one whose lost records are not all known.

using Gateway.Contract;
using Gateway.County;

namespace Gateway.Simulation;

public sealed partial class Truth
{
    /// <summary>Where a loss counts exactly the records that are missing in its range, its span is theirs.</summary>
    private void JudgeSpans()
    {
        if (!swarm.Duty)
        {
            return;
        }

        HashSet<(uint, int, uint)> held = [.. _events.Select(e => (e.Record.Epoch, e.Record.LaneNumber, e.Record.Sequence))];
        foreach (EventRecord loss in _events.Select(e => e.Record).Where(r => r.Kind == EventKind.Loss && r.Flags == 0 && (uint)r.A != 0))
        {
            List<EventRecord> lost = LostIn(loss, held);
            if (lost.Count < 2 || lost.Count != loss.Value || lost.Exists(r => r.Boot != lost[0].Boot))
            {
                continue;
            }

            // What a lost loss record owned up to is older than the record itself; its own part stands in its range.
            long spanS = (lost.Max(r => r.UptimeMs) - lost.Min(r => r.UptimeMs)) / 1_000;
            if (loss.C < spanS || loss.C > spanS + 1)
            {
                throw new ViolationException($"span: {Text(loss)} says {loss.C} s for {loss.Value} records over {spanS} s");
            }
        }
    }

    private List<EventRecord> LostIn(EventRecord loss, HashSet<(uint, int, uint)> held)
    {
        List<EventRecord> lost = [];
        for (uint sequence = (uint)loss.A; sequence <= (uint)loss.B && lost.Count <= loss.Value; sequence++)
        {
            (uint, int, uint) key = (loss.Epoch, loss.LaneNumber, sequence);
            if (!held.Contains(key) && _written.TryGetValue(key, out List<byte[]>? versions) && versions.Count == 1)
            {
                EventRecord record = new();
                record.Decode(versions[0], 0, EventRecord.Size);
                lost.Add(record);
            }
        }

        return lost;
    }
}
