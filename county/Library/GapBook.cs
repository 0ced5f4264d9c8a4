// Owns: which sequences of a lane are missing, and which loss record reports them.
// Must never: forget a missing sequence before it came or was reported lost.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>
/// Keeps the gaps of a lane as intervals that do not overlap: everything from 1 to the highest stored sequence that is not stored. An
/// event that comes late cuts its own sequence out; a loss record marks what it covers, whichever of the two came first. A lane is read
/// when it first needs it and written once, so that its work is bounded by its rows, whatever a station sends.
/// </summary>
internal sealed class GapBook(IStoreTransaction rows, long nowMs, WorkBook work)
{
    private readonly Dictionary<LaneKey, LaneGaps> _lanes = [];

    /// <summary>
    /// Gaps, or parts of such, that were filled or reported lost by this transaction after an earlier one had left them open. A loss record
    /// that reports several is one entry, from the first to the last of them.
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
                if (Of(lane, state).Fill(sequence) is { } filled)
                {
                    Explain(filled, state);
                }
            }
            else
            {
                if (sequence - state.Highest > 1)
                {
                    Of(lane, state).Open(state.Highest + 1, sequence - 1, nowMs);
                }

                state.Highest = sequence;
            }

            if (stored.Record.Kind == EventKind.Loss && Of(lane, state).Own(stored.Record) is { } owned)
            {
                Explain(owned, state);
            }
        }
    }

    /// <summary>Writes what changed; asked for before the gaps are read from the rows again.</summary>
    public void Save()
    {
        foreach ((LaneKey lane, LaneGaps gaps) in _lanes)
        {
            work.Add(lane.Station, gaps.Save(rows));
        }

        _lanes.Clear();
    }

    private LaneGaps Of(LaneKey lane, LaneState state)
    {
        if (!_lanes.TryGetValue(lane, out LaneGaps? gaps))
        {
            gaps = new LaneGaps(lane, state, rows.Gaps(lane, 1, uint.MaxValue), rows.Losses(lane, state.Highest + 1, uint.MaxValue));
            _lanes.Add(lane, gaps);
        }

        return gaps;
    }

    // Only what people were told of is worth a second line: a gap before the numbers that the gateway has gone past.
    private void Explain(Gap gap, LaneState state)
    {
        if (gap.First <= state.Held)
        {
            Explained.Add(gap);
        }
    }
}
