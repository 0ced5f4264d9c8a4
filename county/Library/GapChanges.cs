// Owns: what has to be written so that a lane's rows become its gaps: ranges that are reported lost, ranges that go, single ones that come.
// Must never: write what did not change.

namespace Gateway.County;

/// <summary>The differences of two lists of gaps in rising order. Written in the order owned, removed, added.</summary>
internal sealed class GapChanges
{
    private (uint First, uint Last, uint OwnedBy)? _owned;
    private (uint First, uint Last)? _removed;

    public GapChanges(IReadOnlyList<Gap> before, IReadOnlyList<Gap> after)
    {
        int b = 0;
        foreach (Gap gap in after)
        {
            for (; b < before.Count && before[b].First < gap.First; b++)
            {
                Remove(before[b]);
            }

            if (b == before.Count || before[b].First != gap.First)
            {
                Added.Add(gap);
                continue;
            }

            Gap was = before[b++];
            if (was == gap)
            {
                Stays(gap.OwnedBy == 0);
            }
            else if (was.OwnedBy == 0 && was with { OwnedBy = gap.OwnedBy } == gap)
            {
                Own(gap);
            }
            else
            {
                Remove(was);
                Added.Add(gap);
            }
        }

        for (; b < before.Count; b++)
        {
            Remove(before[b]);
        }

        Stays(unowned: true);
    }

    /// <summary>Of the gaps that begin in this range, those that nobody reports are reported lost by this loss record.</summary>
    public List<(uint First, uint Last, uint OwnedBy)> Owned { get; } = [];

    /// <summary>All gaps that begin in this range go.</summary>
    public List<(uint First, uint Last)> Removed { get; } = [];

    public List<Gap> Added { get; } = [];

    private void Own(Gap gap)
    {
        Stays(_owned is { } run && run.OwnedBy != gap.OwnedBy);
        _owned = (_owned?.First ?? gap.First, gap.First, gap.OwnedBy);
    }

    private void Remove(Gap gap) => _removed = (_removed?.First ?? gap.First, gap.First);

    /// <summary>A row that stays ends a range of rows that go, and, where nobody reports it, one of rows that are reported lost.</summary>
    private void Stays(bool unowned)
    {
        if (_removed is { } removed)
        {
            Removed.Add(removed);
            _removed = null;
        }

        if (unowned && _owned is { } owned)
        {
            Owned.Add(owned);
            _owned = null;
        }
    }
}
