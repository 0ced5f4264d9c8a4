// Owns: which sequences of a lane are missing, and which loss record owns up to them.
// Must never: forget a missing sequence before it came or was owned up to.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>
/// Keeps the gaps of a lane as intervals that do not overlap: everything from 1 to the highest stored sequence that is not stored. An
/// event that comes late cuts its own sequence out; a loss record marks what it covers, whichever of the two came first.
/// </summary>
internal sealed class GapBook(IStoreTransaction rows, long nowMs)
{
    /// <summary>
    /// Gaps, or parts of such, that were filled or owned up to by this transaction after an earlier one had left them open.
    /// </summary>
    public List<Gap> Explained { get; } = [];

    /// <summary>Works new events of a lane in.</summary>
    /// <param name="lane">Which lane.</param>
    /// <param name="state">Its row; the highest sequence is raised.</param>
    /// <param name="added">Events that were not stored before, in rising sequence.</param>
    public void Arrived(LaneKey lane, LaneState state, IEnumerable<StoredEvent> added)
    {
        foreach (StoredEvent stored in added)
        {
            uint sequence = stored.Record.Sequence;
            if (sequence < state.Highest)
            {
                Fill(lane, state, sequence);
            }
            else
            {
                if (sequence - state.Highest > 1)
                {
                    Open(new Gap(lane, state.Highest + 1, sequence - 1, nowMs, 0));
                }

                state.Highest = sequence;
            }

            if (stored.Record.Kind == EventKind.Loss)
            {
                Own(lane, state, sequence, (uint)stored.Record.A, (uint)stored.Record.B);
            }
        }
    }

    private void Fill(LaneKey lane, LaneState state, uint sequence)
    {
        foreach (Gap gap in rows.Gaps(lane, sequence, sequence))
        {
            rows.Remove(gap);
            Keep(gap, gap.First, (long)sequence - 1);
            Keep(gap, (long)sequence + 1, gap.Last);
            if (gap.OwnedBy == 0)
            {
                Explain(gap with { First = sequence, Last = sequence }, state);
            }
        }
    }

    /// <summary>Adds a new gap, in parts where loss records already own up to some of it.</summary>
    private void Open(Gap gap)
    {
        long next = gap.First;
        foreach (Loss loss in rows.Losses(gap.Lane, gap.First, gap.Last).OrderBy(l => l.First))
        {
            Keep(gap, next, Math.Min((long)loss.First - 1, gap.Last));
            long from = Math.Max(next, loss.First);
            long to = Math.Min(loss.Last, gap.Last);
            Keep(gap with { OwnedBy = loss.Sequence }, from, to);
            next = Math.Max(next, (long)loss.Last + 1);
        }

        Keep(gap, next, gap.Last);
    }

    private void Own(LaneKey lane, LaneState state, uint sequence, uint first, uint last)
    {
        if (first == 0 || first > last)
        {
            return;
        }

        rows.Add(new Loss(lane, sequence, first, last));
        foreach (Gap gap in rows.Gaps(lane, first, last))
        {
            if (gap.OwnedBy != 0)
            {
                continue;
            }

            uint from = Math.Max(gap.First, first);
            uint to = Math.Min(gap.Last, last);
            rows.Remove(gap);
            Keep(gap, gap.First, (long)from - 1);
            Keep(gap with { OwnedBy = sequence }, from, to);
            Keep(gap, (long)to + 1, gap.Last);
            Explain(gap with { First = from, Last = to, OwnedBy = sequence }, state);
        }
    }

    private void Keep(Gap gap, long first, long last)
    {
        if (first <= last)
        {
            rows.Add(gap with { First = (uint)first, Last = (uint)last });
        }
    }

    // Only what people were told of is worth a second line: a gap before the numbers that the gateway has gone past.
    private void Explain(Gap gap, LaneState state)
    {
        if (gap.Last <= state.Held)
        {
            Explained.Add(gap);
        }
    }
}
