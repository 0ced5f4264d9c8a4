// Owns: whether a database holds what it should: every record read and compared with its row.
// Must never: write.

using Gateway.Contract;

namespace Gateway.County.Sql;

/// <summary>What is in a database.</summary>
/// <param name="Version">Of its tables.</param>
/// <param name="Stations">Registered.</param>
/// <param name="Events">Stored.</param>
/// <param name="Fires">Among them, drills too.</param>
/// <param name="OpenCases">Not closed.</param>
/// <param name="NewestMs">When the newest was received, ms since 1970 UTC.</param>
/// <param name="Problems">What is broken, in words; none is good.</param>
public sealed record StoreContent(
    long Version, int Stations, long Events, long Fires, long OpenCases, long NewestMs, IReadOnlyList<string> Problems);

public sealed partial class SqlStore
{
    /// <summary>Goes over everything.</summary>
    public StoreContent Look(CancellationToken stop)
    {
        long events = 0, fires = 0, broken = 0, newestMs = 0;
        foreach (StoredEvent stored in Events(new EventQuery()))
        {
            stop.ThrowIfCancellationRequested();
            EventRecord record = new();
            bool good = record.Decode(stored.Raw, 0, stored.Raw.Length) == DecodeResult.Ok
                && stored.With(stored.Raw).Key == stored.Key && record.Kind == stored.Record.Kind;
            events++;
            fires += stored.Record.Kind == EventKind.FireAlarm ? 1 : 0;
            broken += good ? 0 : 1;
            newestMs = Math.Max(newestMs, stored.ReceivedMs);
        }

        long lost = Count(
            $"SELECT COUNT(*) FROM cases WHERE closed_ms = 0 AND track < {(int)TrackKind.Found} AND NOT EXISTS (SELECT 1 FROM events e "
            + "WHERE e.station = cases.station AND e.epoch = cases.epoch AND e.lane = cases.lane AND e.sequence = cases.sequence)",
            []);
        List<string> problems = [.. _dialect.Problems(_connection)];
        if (broken > 0)
        {
            problems.Add($"记录损坏 {broken} records are not what their rows say");
        }

        if (lost > 0)
        {
            problems.Add($"缺首条记录 {lost} open cases lack the event that began them");
        }

        return new StoreContent(
            Count("SELECT value FROM meta WHERE name = 'schema'", []), Stations().Count, events, fires,
            Count("SELECT COUNT(*) FROM cases WHERE closed_ms = 0", []), newestMs, problems);
    }
}
