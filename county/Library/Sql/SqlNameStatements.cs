// Owns: the prepared statements about names of places.
// Must never: contain a text that only one product understands.

using System.Data;
using System.Data.Common;
using System.Globalization;

namespace Gateway.County.Sql;

/// <summary>Tables of names, and which settings were in force in which start.</summary>
internal sealed class SqlNameStatements : StatementSet
{
    public static readonly Columns NameColumns = new("station, settings_crc, part, last, places");

    public static readonly Columns KeyColumns = new("station, epoch, lane, sequence, boot");

    public static readonly Columns StartColumns = new("station, epoch, boot, settings_crc");

    public SqlNameStatements(DbConnection connection)
        : base(connection)
    {
        Put = Make(
            new Upsert("names", "station, settings_crc, part, last, places, received_ms", keys: 3).OfOne,
            [.. Numbers(4), DbType.Binary, DbType.Int64]);
        Names = Make($"SELECT {NameColumns.List} FROM names WHERE station = @p0 AND settings_crc = @p1 ORDER BY part", Numbers(2));
        Forget = Make(
            "DELETE FROM names WHERE station = @p0 AND settings_crc NOT IN (SELECT settings_crc FROM names WHERE station = @p0 "
            + "GROUP BY settings_crc ORDER BY MAX(received_ms) DESC, settings_crc LIMIT @p1)",
            Numbers(2));
        BootOf = Make("SELECT boot FROM events WHERE station = @p0 AND epoch = @p1 AND lane = @p2 AND sequence = @p3", Numbers(4));
        SettingsAt = Make(
            "SELECT settings_crc FROM settings_starts WHERE station = @p0 AND epoch = @p1 AND boot <= @p2 ORDER BY boot DESC LIMIT 1",
            Numbers(3));
        PutSettings = Make(new Upsert("settings_starts", "station, epoch, boot, settings_crc, seen_ms", keys: 3).OfOne, Numbers(5));
        ForgetSettings = Make(
            "DELETE FROM settings_starts WHERE station = @p0 AND (epoch, boot) NOT IN (SELECT epoch, boot FROM settings_starts "
            + "WHERE station = @p0 ORDER BY seen_ms DESC, boot DESC LIMIT @p1)",
            Numbers(2));
    }

    public Statement Put { get; }

    public Statement Names { get; }

    public Statement Forget { get; }

    /// <summary>The start of an event.</summary>
    public Statement BootOf { get; }

    public Statement SettingsAt { get; }

    public Statement PutSettings { get; }

    public Statement ForgetSettings { get; }

    /// <summary>Gives each event the names of its own start, where they are known.</summary>
    public void Name(SqlDialect dialect, DbTransaction? transaction, IReadOnlyList<StoredEvent> events)
    {
        StoredEvent[] placed = [.. events.Where(Placed)];
        Dictionary<BootKey, StationPlaces> tables = Tables(dialect, transaction, [.. placed.Select(e => e.BootKey).Distinct()]);
        Array.ForEach(placed, e => e.Places = tables.GetValueOrDefault(e.BootKey));
    }

    /// <summary>Gives each case the names of the start of its first event; one that people began has none.</summary>
    public void Name(SqlDialect dialect, DbTransaction? transaction, IReadOnlyList<Case> cases) =>
        Give(dialect, transaction, [.. cases.Where(c => c.Zone != 0)], c => c.FirstEvent, (c, places) => c.Places = places);

    /// <summary>The same of steps.</summary>
    public void Name(SqlDialect dialect, DbTransaction? transaction, IReadOnlyList<CaseStep> steps) =>
        Give(dialect, transaction, [.. steps.Where(s => s.Zone != 0)], s => s.Event, (s, places) => s.Places = places);

    private void Give<T>(
        SqlDialect dialect, DbTransaction? transaction, T[] ones, Func<T, EventKey?> eventOf, Action<T, StationPlaces?> give)
    {
        EventKey[] keys = [.. ones.Select(eventOf).OfType<EventKey>().Distinct()];
        Dictionary<EventKey, BootKey> boots = Boots(dialect, transaction, keys);
        Dictionary<BootKey, StationPlaces> tables = Tables(dialect, transaction, [.. boots.Values.Distinct()]);
        foreach (T one in ones)
        {
            give(one, eventOf(one) is { } key && boots.TryGetValue(key, out BootKey boot) ? tables.GetValueOrDefault(boot) : null);
        }
    }

    private Dictionary<EventKey, BootKey> Boots(SqlDialect dialect, DbTransaction? transaction, EventKey[] keys)
    {
        Dictionary<EventKey, BootKey> boots = [];
        if (!dialect.HasWire)
        {
            foreach (EventKey key in keys)
            {
                if (BootOf.Scalar(transaction, key.Station, key.Epoch, (int)key.Lane, key.Sequence) is { } boot)
                {
                    boots.Add(key, new BootKey(key.Station, key.Epoch, Convert.ToUInt32(boot, CultureInfo.InvariantCulture)));
                }
            }
        }
        else if (keys.Length > 0)
        {
            Many(
                dialect, transaction, KeyColumns, "events ON station = k1 AND epoch = k2 AND lane = k3 AND sequence = k4",
                [
                    Wide(keys.Select(k => k.Station)), Wide(keys.Select(k => k.Epoch)), [.. keys.Select(k => (long)k.Lane)],
                    Wide(keys.Select(k => k.Sequence)),
                ],
                row => boots[new EventKey(
                    row.UInt32("station"), row.UInt32("epoch"), (Contract.Lane)row.Int32("lane"), row.UInt32("sequence"))] =
                    new BootKey(row.UInt32("station"), row.UInt32("epoch"), row.UInt32("boot")));
        }

        return boots;
    }

    /// <summary>The names that were in force in these starts, where they are known.</summary>
    private Dictionary<BootKey, StationPlaces> Tables(SqlDialect dialect, DbTransaction? transaction, BootKey[] boots)
    {
        if (!dialect.HasWire)
        {
            return Tables(boots, boot => At(transaction, boot), (station, crc) => Parts(transaction, station, crc));
        }

        return boots.Length == 0 ? [] : TablesTogether(dialect, transaction, boots);
    }

    // Two questions for all stations, since each is a way to the server and back.
    private Dictionary<BootKey, StationPlaces> TablesTogether(SqlDialect dialect, DbTransaction? transaction, BootKey[] boots)
    {
        uint[] stations = [.. boots.Select(boot => boot.Station).Distinct()];
        List<(BootKey Boot, uint Crc)> starts = [];
        Many(
            dialect, transaction, StartColumns, "settings_starts ON station = k1", [Wide(stations)],
            row => starts.Add((
                new BootKey(row.UInt32("station"), row.UInt32("epoch"), row.UInt32("boot")), row.UInt32("settings_crc"))));
        if (starts.Count == 0)
        {
            return [];
        }

        ILookup<(uint, uint), (uint Boot, uint Crc)> ofLives =
            starts.ToLookup(s => (s.Boot.Station, s.Boot.Epoch), s => (s.Boot.Boot, s.Crc));
        (uint Station, uint Crc)[] tables = [.. starts.Select(s => (s.Boot.Station, s.Crc)).Distinct()];
        List<NamesRow> parts = [];
        Many(
            dialect, transaction, NameColumns, "names ON station = k1 AND settings_crc = k2",
            [Wide(tables.Select(t => t.Station)), Wide(tables.Select(t => t.Crc))],
            row => parts.Add(PartOf(row)));
        ILookup<(uint, uint), NamesRow> ofTables = parts.ToLookup(part => (part.Station, part.SettingsCrc));
        return Tables(
            boots,
            boot => ofLives[(boot.Station, boot.Epoch)].Where(s => s.Boot <= boot.Boot).OrderBy(s => s.Boot).LastOrDefault().Crc,
            (station, crc) => [.. ofTables[(station, crc)].OrderBy(part => part.Part)]);
    }

    private void Many(
        SqlDialect dialect, DbTransaction? transaction, Columns columns, string join, long[][] keys, Action<NamedRow> take) =>
        dialect.ReadMany(Connection, transaction, columns.List, join, keys, reader => take(new NamedRow(reader, columns)));

    private static long[] Wide(IEnumerable<uint> numbers) => [.. numbers.Select(n => (long)n)];

    private static Dictionary<BootKey, StationPlaces> Tables(
        BootKey[] boots, Func<BootKey, uint> at, Func<uint, uint, IReadOnlyList<NamesRow>> parts)
    {
        Dictionary<(uint, uint), StationPlaces?> tables = [];
        Dictionary<BootKey, StationPlaces> ofStarts = [];
        foreach (BootKey boot in boots)
        {
            uint crc = at(boot);
            if (!tables.TryGetValue((boot.Station, crc), out StationPlaces? places))
            {
                IReadOnlyList<NamesRow> rows = crc == 0 ? [] : parts(boot.Station, crc);
                places = rows.Count == 0 ? null : new StationPlaces(rows);
                tables.Add((boot.Station, crc), places);
            }

            if (places is not null)
            {
                ofStarts.Add(boot, places);
            }
        }

        return ofStarts;
    }

    /// <summary>The names that were in force in a start; null where they are not known.</summary>
    public StationPlaces? Of(SqlDialect dialect, BootKey boot) => Tables(dialect, null, [boot]).GetValueOrDefault(boot);

    public uint At(DbTransaction? transaction, BootKey boot) => Convert.ToUInt32(
        SettingsAt.Scalar(transaction, boot.Station, boot.Epoch, boot.Boot) ?? 0L, CultureInfo.InvariantCulture);

    public IReadOnlyList<NamesRow> Parts(DbTransaction? transaction, uint station, uint settingsCrc)
    {
        List<NamesRow> parts = [];
        using DbDataReader reader = Names.Read(transaction, station, settingsCrc);
        NamedRow row = new(reader, NameColumns);
        while (reader.Read())
        {
            parts.Add(PartOf(row));
        }

        return parts;
    }

    private static NamesRow PartOf(NamedRow row) =>
        new(row.UInt32("station"), row.UInt32("settings_crc"), row.Int32("part"), row.Flag("last"), row.Bytes("places"));

    /// <summary>What names a zone or an output.</summary>
    private static bool Placed(StoredEvent e) =>
        e.Record.Zone != 0 || e.Record.Kind is Contract.EventKind.Linkage or Contract.EventKind.HoldReleased
            or Contract.EventKind.ResetRefused;
}
