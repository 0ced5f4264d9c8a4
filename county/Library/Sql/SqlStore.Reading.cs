// Owns: what people ask of the store.
// Must never: write.

using System.Data;
using System.Data.Common;
using Gateway.Contract;

namespace Gateway.County.Sql;

public sealed partial class SqlStore
{
    private const string EventOrder = "time_ms, station, epoch, lane, sequence";

    public IEnumerable<StoredEvent> Events(EventQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        List<string> wanted = [];
        List<DbType> types = [];
        List<object> values = [];
        void Want(string condition, DbType type, object? value)
        {
            if (value is not null)
            {
                wanted.Add($"{condition} @p{values.Count}");
                types.Add(type);
                values.Add(value);
            }
        }

        Want("station =", DbType.Int64, (long?)query.Station);
        Want("township =", DbType.String, query.Township);
        Want("lane =", DbType.Int64, (long?)query.Lane);
        Want("time_ms >=", DbType.Int64, query.SinceMs);
        Want("time_ms <", DbType.Int64, query.UntilMs);
        Want("received_ms >=", DbType.Int64, query.ReceivedFromMs);
        if (query.Kinds is { } kinds)
        {
            wanted.Add($"kind IN ({string.Join(',', kinds.Select(kind => (int)kind))})");
        }

        return Pages(wanted, types, values, query.NewestMax);
    }

    public IReadOnlyList<GapReport> Gaps(uint? station) => Rows(
        "SELECT g.station, g.epoch, g.lane, g.first, g.last, g.seen_ms, g.owned_by, g.merged, "
        + "CASE WHEN g.last <= l.held THEN 1 ELSE 0 END AS behind_held FROM gaps g "
        + "JOIN lanes l ON l.station = g.station AND l.epoch = g.epoch AND l.lane = g.lane "
        + "WHERE (@p0 = 0 OR g.station = @p0) ORDER BY g.station, g.epoch, g.lane, g.first",
        [DbType.Int64],
        [(long)(station ?? 0)],
        row => new GapReport(
            new Gap(
                LaneOf(row), (uint)row.GetInt64("first"), (uint)row.GetInt64("last"), row.GetInt64("seen_ms"),
                (uint)row.GetInt64("owned_by"), row.GetInt32("merged") != 0),
            row.GetInt32("behind_held") != 0)).ToList();

    public IReadOnlyList<StationState> States() =>
        Rows($"SELECT {SqlSchema.StateColumns} FROM presence ORDER BY station", [], [], SqlRows.State).ToList();

    public IReadOnlyList<(LaneKey Key, LaneState State)> Lanes(uint? station) => Rows(
        "SELECT station, epoch, lane, held, highest FROM lanes WHERE (@p0 = 0 OR station = @p0) ORDER BY station, epoch, lane",
        [DbType.Int64],
        [(long)(station ?? 0)],
        row => (LaneOf(row), new LaneState { Held = (uint)row.GetInt64("held"), Highest = (uint)row.GetInt64("highest") })).ToList();

    public IReadOnlyList<RefusalCount> Refusals() => Rows(
        "SELECT station, reason, count, first_ms, last_ms, sample FROM refusals ORDER BY count DESC, station, reason",
        [],
        [],
        row => new RefusalCount(
            (uint)row.GetInt64("station"), (DecodeResult)row.GetInt32("reason"), row.GetInt64("count"), row.GetInt64("first_ms"),
            row.GetInt64("last_ms"), row.GetString("sample"))).ToList();

    public IReadOnlyList<Conflict> Conflicts() => Rows(
        "SELECT c.station, c.epoch, c.lane, c.sequence, c.raw, c.first_ms, c.last_ms, c.times, COALESCE(e.received_ms, 0) AS stored_ms "
        + "FROM conflicts c LEFT JOIN events e "
        + "ON e.station = c.station AND e.epoch = c.epoch AND e.lane = c.lane AND e.sequence = c.sequence "
        + "ORDER BY c.station, c.epoch, c.lane, c.sequence, c.version",
        [],
        [],
        row => new Conflict(
            new EventKey(
                (uint)row.GetInt64("station"), (uint)row.GetInt64("epoch"), (Lane)row.GetInt32("lane"), (uint)row.GetInt64("sequence")),
            (byte[])row.GetValue("raw"),
            row.GetInt64("first_ms"),
            row.GetInt64("last_ms"),
            row.GetInt64("times"),
            row.GetInt64("stored_ms"))).ToList();

    public IReadOnlyList<StoredEvent> ConflictingFires(EventQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        const string Columns = "c.raw, c.first_ms, e.county, e.township, e.village";
        IEnumerable<StoredEvent> all = Rows(
            $"SELECT {Columns} FROM conflicts c JOIN events e ON e.station = c.station AND e.epoch = c.epoch AND e.lane = c.lane "
            + "AND e.sequence = c.sequence WHERE (@p0 = 0 OR c.station = @p0)",
            [DbType.Int64],
            [(long)(query.Station ?? 0)],
            ConflictingEvent);
        return [.. all.Where(e => EventBook.IsFire(e.Record)
                && (query.Township is null || e.Township == query.Township) && (query.Lane is null || e.Record.LaneNumber == query.Lane)
                && (query.SinceMs is null || e.TimeMs >= query.SinceMs) && (query.UntilMs is null || e.TimeMs < query.UntilMs)
                && (query.ReceivedFromMs is null || e.ReceivedMs >= query.ReceivedFromMs))
            .OrderBy(e => e.TimeMs)];
    }

    private static StoredEvent ConflictingEvent(DbDataReader row)
    {
        byte[] raw = (byte[])row.GetValue("raw");
        EventRecord record = new();
        record.Decode(raw, 0, raw.Length);
        bool told = record.UtcQuality != UtcQuality.Unknown;
        return new StoredEvent
        {
            Record = record,
            Raw = raw,
            County = row.GetString("county"),
            Township = row.GetString("township"),
            Village = row.GetString("village"),
            ReceivedMs = row.GetInt64("first_ms"),
            TimeMs = told ? record.UtcMs : row.GetInt64("first_ms"),
            TimeQuality = record.UtcQuality,
        };
    }

    public IReadOnlyList<Doubt> Doubts() => Rows(
        "SELECT station, since_ms, until_ms FROM doubts ORDER BY station, until_ms",
        [],
        [],
        row => new Doubt((uint)row.GetInt64("station"), row.GetInt64("since_ms"), row.GetInt64("until_ms"))).ToList();

    public IReadOnlyList<StationCommand> Commands(uint? station) => Rows(
        $"SELECT {SqlSchema.CommandColumns} FROM commands WHERE (@p0 = 0 OR station = @p0) ORDER BY queued_ms, station, number",
        [DbType.Int64],
        [(long)(station ?? 0)],
        SqlRows.Command).ToList();

    public IReadOnlyList<Escalation> Escalations(bool openOnly) => Rows(
        $"SELECT {SqlSchema.EscalationColumns} FROM escalations WHERE (@p0 = 0 OR ended_ms = 0) ORDER BY started_ms, station, sequence",
        [DbType.Int64],
        [openOnly ? 1L : 0L],
        SqlRows.Escalation).ToList();

    /// <summary>
    /// Each page is read whole and closed before its first row is handed over, and the next one begins behind the last row. So the list
    /// is not one picture of one moment: what comes while it is read may be in it.
    /// </summary>
    private IEnumerable<StoredEvent> Pages(List<string> wanted, List<DbType> types, List<object> values, int? newestMax)
    {
        const string Falling = "time_ms DESC, station DESC, epoch DESC, lane DESC, sequence DESC";
        object[]? behind = null;
        string sign = ">";
        if (newestMax is { } max)
        {
            string oldest = $"SELECT {EventOrder} FROM events{Where(wanted)} ORDER BY {Falling} LIMIT 1 OFFSET {max - 1}";
            behind = Rows(oldest, [.. types], [.. values], Place).SingleOrDefault();
            sign = ">=";
        }

        long left = newestMax ?? long.MaxValue;
        for (bool more = true; more && left > 0; sign = ">")
        {
            string[] all = behind is null ? [.. wanted] : [.. wanted, $"({EventOrder}) {sign} ({Parameters(values.Count, behind.Length)})"];
            string sql = $"SELECT {SqlSchema.EventColumns} FROM events{Where(all)} ORDER BY {EventOrder} LIMIT {CountyLimits.PageRows}";
            DbType[] allTypes = [.. types, .. Enumerable.Repeat(DbType.Int64, behind?.Length ?? 0)];
            List<StoredEvent> page = Rows(sql, allTypes, [.. values, .. behind ?? []], SqlRows.Event).ToList();
            more = page.Count == CountyLimits.PageRows;
            Names.Name(_dialect, null, page);
            foreach (StoredEvent e in page.Take((int)Math.Min(left, page.Count)))
            {
                yield return e;
            }

            left -= page.Count;
            if (page.Count > 0)
            {
                EventKey key = page[^1].Key;
                behind = [page[^1].TimeMs, (long)key.Station, (long)key.Epoch, (long)key.Lane, (long)key.Sequence];
            }
        }
    }

    /// <summary>Of this connection; made at its first use.</summary>
    private SqlNameStatements Names => _names ??= new SqlNameStatements(_connection);

    private static string Where(IReadOnlyCollection<string> wanted) => wanted.Count == 0 ? "" : " WHERE " + string.Join(" AND ", wanted);

    private static string Parameters(int first, int count) => string.Join(", ", Enumerable.Range(first, count).Select(i => $"@p{i}"));

    private static object[] Place(DbDataReader row) =>
        [.. EventOrder.Split(", ").Select(name => (object)row.GetInt64(name))];

    private static LaneKey LaneOf(DbDataReader row) =>
        new((uint)row.GetInt64("station"), (uint)row.GetInt64("epoch"), (Lane)row.GetInt32("lane"));

    private IEnumerable<T> Rows<T>(
        string sql, DbType[] types, object[] values, Func<DbDataReader, T> read, DbTransaction? transaction = null)
    {
        using Statement select = new(_connection, sql, types);
        using DbDataReader row = select.Read(transaction, values);
        while (row.Read())
        {
            yield return read(row);
        }
    }
}
