// Owns: the gaps of one lane in one transaction, and the loss records that are ahead of it.
// Must never: show less as missing than is missing; where there are too many gaps, neighbours become one that spans them.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>Gaps in rising order, as they were read and as they are now.</summary>
internal sealed class LaneGaps
{
    private readonly LaneKey _lane;
    private readonly LaneState _state;
    private readonly IReadOnlyList<Gap> _read;
    private readonly IReadOnlyList<Loss> _readAhead;
    private readonly List<Gap> _gaps;
    private readonly List<Loss> _ahead;

    /// <param name="lane">Which.</param>
    /// <param name="state">Its row, whose highest sequence rises.</param>
    /// <param name="gaps">All of its gaps, in rising order.</param>
    /// <param name="ahead">What loss records say of sequences above the highest stored one; no two overlap.</param>
    public LaneGaps(LaneKey lane, LaneState state, IReadOnlyList<Gap> gaps, IReadOnlyList<Loss> ahead)
    {
        _lane = lane;
        _state = state;
        _read = gaps;
        _readAhead = ahead;
        _gaps = [.. gaps];
        _ahead = [.. ahead];
    }

    /// <summary>A sequence came late. Gives its part of a gap that nobody had reported, or null.</summary>
    public Gap? Fill(uint sequence)
    {
        int at = FirstEndingAt(sequence);
        if (at == _gaps.Count || _gaps[at].First > sequence)
        {
            return null;
        }

        Gap gap = _gaps[at];
        _gaps.RemoveAt(at);
        at = Insert(at, gap, gap.First, (long)sequence - 1);
        Insert(at, gap, (long)sequence + 1, gap.Last);
        return gap.OwnedBy == 0 ? gap with { First = sequence, Last = sequence } : null;
    }

    /// <summary>Adds a gap above all others, in parts where loss records already report some of it.</summary>
    public void Open(uint first, uint last, long nowMs)
    {
        Gap gap = new(_lane, first, last, nowMs, 0);
        long next = first;
        foreach (Loss loss in _ahead.Where(l => l.First <= last && l.Last >= first).OrderBy(l => l.First))
        {
            Insert(_gaps.Count, gap, next, Math.Min((long)loss.First - 1, last));
            long from = Math.Max(next, loss.First);
            long to = Math.Min(loss.Last, last);
            Insert(_gaps.Count, gap with { OwnedBy = loss.Sequence }, from, to);
            next = Math.Max(next, (long)loss.Last + 1);
        }

        Insert(_gaps.Count, gap, next, last);
    }

    /// <summary>Works a loss record in. Gives what it reports that nobody had, from the first to the last, or null.</summary>
    public Gap? Own(EventRecord loss)
    {
        (uint first, uint last) = ((uint)loss.A, (uint)loss.B);
        if (first == 0 || first > last)
        {
            return null;
        }

        Gap? owned = null;
        for (int i = FirstEndingAt(first); i < _gaps.Count && _gaps[i].First <= last; i++)
        {
            Gap gap = _gaps[i];
            if (gap.OwnedBy != 0)
            {
                continue;
            }

            uint from = Math.Max(gap.First, first);
            uint to = Math.Min(gap.Last, last);
            _gaps.RemoveAt(i);
            i = Insert(i, gap, gap.First, (long)from - 1);
            i = Insert(i, gap with { OwnedBy = loss.Sequence }, from, to) - 1;
            Insert(i + 1, gap, (long)to + 1, gap.Last);
            owned = gap with
            {
                First = owned?.First ?? from, Last = to, OwnedBy = loss.Sequence, Merged = gap.Merged || owned is not null,
            };
        }

        if (last > _state.Highest)
        {
            Ahead(new Loss(_lane, loss.Sequence, Math.Max(first, _state.Highest + 1), last));
        }

        return owned;
    }

    /// <summary>Writes the differences, a range at a time; gives how many statements that and the reading were.</summary>
    public int Save(IStoreTransaction rows)
    {
        Merge();
        _ahead.RemoveAll(l => l.Last <= _state.Highest);
        GapChanges changes = new(_read, _gaps);
        foreach ((uint first, uint last, uint ownedBy) in changes.Owned)
        {
            rows.Own(_lane, first, last, ownedBy);
        }

        foreach ((uint first, uint last) in changes.Removed)
        {
            rows.RemoveGaps(_lane, first, last);
        }

        changes.Added.ForEach(rows.Add);
        Loss[] gone = [.. _readAhead.Except(_ahead)];
        Array.ForEach(gone, rows.Remove);
        Loss[] ahead = [.. _ahead.Except(_readAhead)];
        Array.ForEach(ahead, rows.Add);
        int written = changes.Owned.Count + changes.Removed.Count + changes.Added.Count + gone.Length + ahead.Length;
        return written + (_read.Count + _readAhead.Count) / CountyLimits.RowsAStatement;
    }

    /// <summary>
    /// What is ahead and touches becomes one. What finds no place is shown as a gap when it is passed, reported lost or not.
    /// </summary>
    private void Ahead(Loss loss)
    {
        foreach (Loss other in _ahead.Where(l => l.First <= (long)loss.Last + 1 && l.Last >= (long)loss.First - 1).ToArray())
        {
            _ahead.Remove(other);
            loss = loss with { First = Math.Min(loss.First, other.First), Last = Math.Max(loss.Last, other.Last) };
        }

        if (_ahead.Count < CountyLimits.LossesAheadMax)
        {
            _ahead.Add(loss);
        }
    }

    /// <summary>
    /// The lowest become fewer: first neighbours that are reported lost or not alike; where these take turns, one that nobody reports.
    /// </summary>
    private void Merge()
    {
        if (_gaps.Count <= CountyLimits.GapsOfLaneMax)
        {
            return;
        }

        const int Left = CountyLimits.GapsOfLaneMax / 2;
        int over = _gaps.Count - Left;
        List<Gap> merged = [];
        foreach (Gap gap in _gaps)
        {
            if (over > 0 && merged.Count > 0 && (merged[^1].OwnedBy == 0) == (gap.OwnedBy == 0))
            {
                merged[^1] = merged[^1] with { Last = gap.Last, OwnedBy = gap.OwnedBy, Merged = true };
                over--;
            }
            else
            {
                merged.Add(gap);
            }
        }

        if (over > 0)
        {
            merged[over] = merged[0] with { Last = merged[over].Last, OwnedBy = 0, Merged = true };
            merged.RemoveRange(0, over);
        }

        _gaps.Clear();
        _gaps.AddRange(merged);
    }

    private int Insert(int at, Gap gap, long first, long last)
    {
        if (first > last)
        {
            return at;
        }

        _gaps.Insert(at, gap with { First = (uint)first, Last = (uint)last });
        return at + 1;
    }

    /// <summary>The place of the lowest gap that ends at the sequence or above it.</summary>
    private int FirstEndingAt(uint sequence)
    {
        int low = 0;
        int high = _gaps.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _gaps[middle].Last < sequence ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
