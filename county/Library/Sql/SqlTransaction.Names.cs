// Owns: the rows of names of places in a writing transaction.
// Must never: decide which table an event has but by its own start.

namespace Gateway.County.Sql;

internal sealed partial class SqlTransaction
{
    public void Put(NamesRow part, long nowMs) => sql.Names.Put.Run(
        transaction, part.Station, part.SettingsCrc, part.Part, part.Last ? 1 : 0, part.Places, nowMs);

    public IReadOnlyList<NamesRow> Names(uint station, uint settingsCrc) => sql.Names.Parts(transaction, station, settingsCrc);

    public void ForgetNames(uint station, int keep) => sql.Names.Forget.Run(transaction, station, keep);

    public uint SettingsAt(BootKey boot) => sql.Names.At(transaction, boot);

    public void PutSettings(BootKey boot, uint settingsCrc, long nowMs) =>
        sql.Names.PutSettings.Run(transaction, boot.Station, boot.Epoch, boot.Boot, settingsCrc, nowMs);

    public void ForgetSettings(uint station, int keep) => sql.Names.ForgetSettings.Run(transaction, station, keep);

    public void Name(IReadOnlyList<StoredEvent> events)
    {
        if (!dialect.HasWire)
        {
            sql.Names.Name(transaction, events);
            return;
        }

        // Two questions for all stations of a group, since each is a way to the server and back.
        uint[] stations = [.. events.Where(SqlNameStatements.Placed).Select(e => e.BootKey.Station).Distinct()];
        if (stations.Length == 0)
        {
            return;
        }

        List<(BootKey Boot, uint Crc)> starts = [];
        Each(
            SqlNameStatements.StartColumns, "settings_starts ON station = k1", [Wide(stations)],
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
        Each(
            SqlNameStatements.NameColumns, "names ON station = k1 AND settings_crc = k2",
            [Wide(tables.Select(t => t.Station)), Wide(tables.Select(t => t.Crc))],
            row => parts.Add(SqlNameStatements.PartOf(row)));
        ILookup<(uint, uint), NamesRow> ofTables = parts.ToLookup(part => (part.Station, part.SettingsCrc));
        SqlNameStatements.Name(
            events,
            boot => ofLives[(boot.Station, boot.Epoch)].Where(s => s.Boot <= boot.Boot).OrderBy(s => s.Boot).LastOrDefault().Crc,
            (station, crc) => [.. ofTables[(station, crc)].OrderBy(part => part.Part)]);
    }
}
