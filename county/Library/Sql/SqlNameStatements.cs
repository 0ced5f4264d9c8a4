// Owns: the prepared statements about names of places.
// Must never: contain a text that only one product understands.

using System.Data;
using System.Data.Common;

namespace Gateway.County.Sql;

/// <summary>Tables of names, and which settings were in force in which start.</summary>
internal sealed class SqlNameStatements : StatementSet
{
    public static readonly Columns NameColumns = new("station, settings_crc, part, last, places");

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

    public Statement SettingsAt { get; }

    public Statement PutSettings { get; }

    public Statement ForgetSettings { get; }

    /// <summary>Gives each event the names of its own start, where they are known.</summary>
    public void Name(SqlDialect dialect, DbTransaction? transaction, IReadOnlyList<StoredEvent> events)
    {
        StoredEvent[] placed = [.. events.Where(Placed)];
        if (!dialect.HasWire)
        {
            Name(placed, boot => At(transaction, boot), (station, crc) => Parts(transaction, station, crc));
        }
        else if (placed.Length > 0)
        {
            NameTogether(dialect, transaction, placed);
        }
    }

    // Two questions for all stations, since each is a way to the server and back.
    private void NameTogether(SqlDialect dialect, DbTransaction? transaction, StoredEvent[] placed)
    {
        uint[] stations = [.. placed.Select(e => e.BootKey.Station).Distinct()];
        List<(BootKey Boot, uint Crc)> starts = [];
        Many(
            StartColumns, "settings_starts ON station = k1", [Wide(stations)],
            row => starts.Add((
                new BootKey(row.UInt32("station"), row.UInt32("epoch"), row.UInt32("boot")), row.UInt32("settings_crc"))));
        if (starts.Count == 0)
        {
            return;
        }

        ILookup<(uint, uint), (uint Boot, uint Crc)> ofLives =
            starts.ToLookup(s => (s.Boot.Station, s.Boot.Epoch), s => (s.Boot.Boot, s.Crc));
        (uint Station, uint Crc)[] tables = [.. starts.Select(s => (s.Boot.Station, s.Crc)).Distinct()];
        List<NamesRow> parts = [];
        Many(
            NameColumns, "names ON station = k1 AND settings_crc = k2",
            [Wide(tables.Select(t => t.Station)), Wide(tables.Select(t => t.Crc))],
            row => parts.Add(PartOf(row)));
        ILookup<(uint, uint), NamesRow> ofTables = parts.ToLookup(part => (part.Station, part.SettingsCrc));
        Name(
            placed,
            boot => ofLives[(boot.Station, boot.Epoch)].Where(s => s.Boot <= boot.Boot).OrderBy(s => s.Boot).LastOrDefault().Crc,
            (station, crc) => [.. ofTables[(station, crc)].OrderBy(part => part.Part)]);

        void Many(Columns columns, string join, long[][] keys, Action<NamedRow> take) =>
            dialect.ReadMany(Connection, transaction, columns.List, join, keys, reader => take(new NamedRow(reader, columns)));

        static long[] Wide(IEnumerable<uint> numbers) => [.. numbers.Select(n => (long)n)];
    }

    private static void Name(
        IReadOnlyList<StoredEvent> placed, Func<BootKey, uint> at, Func<uint, uint, IReadOnlyList<NamesRow>> parts)
    {
        Dictionary<(uint, uint), StationPlaces?> tables = [];
        foreach (IGrouping<BootKey, StoredEvent> start in placed.GroupBy(e => e.BootKey))
        {
            uint crc = at(start.Key);
            if (!tables.TryGetValue((start.Key.Station, crc), out StationPlaces? places))
            {
                IReadOnlyList<NamesRow> rows = crc == 0 ? [] : parts(start.Key.Station, crc);
                places = rows.Count == 0 ? null : new StationPlaces(rows);
                tables.Add((start.Key.Station, crc), places);
            }

            foreach (StoredEvent e in start)
            {
                e.Places = places;
            }
        }
    }

    public uint At(DbTransaction? transaction, BootKey boot) => Convert.ToUInt32(
        SettingsAt.Scalar(transaction, boot.Station, boot.Epoch, boot.Boot) ?? 0L, System.Globalization.CultureInfo.InvariantCulture);

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
