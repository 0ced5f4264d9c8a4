// Owns: storing each event once: new, the same again, the same with a better time, or another under the same name.
// Must never: overwrite an event with another.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>The events of one transaction.</summary>
internal sealed class EventBook(IStoreTransaction rows, ClockBook clocks, long nowMs, WorkBook work)
{
    private readonly Dictionary<uint, int> _conflicts = [];

    /// <summary>Keys that came with other content.</summary>
    public List<EventKey> Conflicts { get; } = [];

    /// <summary>Fires among them, each when its content first came: a record that stands in its place must not hide it.</summary>
    public List<StoredEvent> ConflictingFires { get; } = [];

    /// <summary>Stored before, and timed better by a copy that came now.</summary>
    public List<StoredEvent> Retimed { get; } = [];

    /// <summary>Whether people have to be alarmed by it.</summary>
    public static bool IsFire(EventRecord record) => record.Kind == EventKind.FireAlarm && !record.Flags.HasFlag(EventFlags.Drill);

    /// <summary>Stores the events; returns those that were new.</summary>
    public List<StoredEvent> Enter(IEnumerable<StoredEvent> events)
    {
        HashSet<EventKey> seen = [];
        List<StoredEvent> first = [];
        List<StoredEvent> again = [];
        foreach (StoredEvent stored in events)
        {
            clocks.Time(stored);
            (seen.Add(stored.Key) ? first : again).Add(stored);
        }

        bool[] isNew = rows.Insert(first);
        List<StoredEvent> added = [];
        List<StoredEvent> known = [];
        for (int i = 0; i < first.Count; i++)
        {
            (isNew[i] ? added : known).Add(first[i]);
        }

        foreach (StoredEvent stored in known.Concat(again))
        {
            Compare(stored);
        }

        return added;
    }

    /// <summary>A gateway may complete the time of a record before it sends it again; nothing else of a record ever changes.</summary>
    private void Compare(StoredEvent stored)
    {
        work.Add(stored.Key.Station, 1);
        byte[]? raw = rows.RawOf(stored.Key);
        if (raw is not null && raw.AsSpan().SequenceEqual(stored.Raw))
        {
            return;
        }

        EventRecord kept = new();
        if (raw is null || kept.Decode(raw, 0, raw.Length) != DecodeResult.Ok || !Timeless(raw).SequenceEqual(Timeless(stored.Raw)))
        {
            work.Add(stored.Key.Station, CountyLimits.WorkOfConflict);
            bool isNew = AddConflict(stored);
            Conflicts.Add(stored.Key);
            if (isNew && IsFire(stored.Record))
            {
                stored.Conflicting = true;
                ConflictingFires.Add(stored);
            }
        }
        else if (stored.Record.UtcQuality > kept.UtcQuality)
        {
            rows.UpdateTime(stored);
            Retimed.Add(stored);
        }
    }

    /// <summary>Whether its bytes are new among those kept. A fire always finds a place.</summary>
    private bool AddConflict(StoredEvent stored)
    {
        uint station = stored.Key.Station;
        if (!_conflicts.TryGetValue(station, out int kept))
        {
            kept = rows.CountConflicts(station);
        }

        if (kept >= CountyLimits.ConflictsOfStationMax && !IsFire(stored.Record))
        {
            return false;
        }

        bool isNew = rows.AddConflict(stored.Key, stored.Raw, nowMs);
        if (isNew && kept >= 2 * CountyLimits.ConflictsOfStationMax)
        {
            rows.ForgetOldestConflict(station);
            kept--;
        }

        _conflicts[station] = isNew ? kept + 1 : kept;
        return isNew;
    }

    private static ReadOnlySpan<byte> Timeless(byte[] raw)
    {
        EventRecord record = new();
        record.Decode(raw, 0, raw.Length);
        record.UtcMs = 0;
        record.UtcQuality = UtcQuality.Unknown;
        byte[] bytes = new byte[EventRecord.Size];
        record.Encode(bytes, 0);
        return bytes;
    }
}
