// Owns: the rows of city centres in a writing transaction.
// Must never: decide what a row means.

using System.Data.Common;
using System.Globalization;

namespace Gateway.County.Sql;

internal sealed partial class SqlTransaction : ICentreRows
{
    private SqlCentreStatements CentreSql => sql.Centres;

    public CentreState? Centre(string name)
    {
        using DbDataReader row = CentreSql.Centre.Read(transaction, name);
        return row.Read() ? CentreOf(row) : null;
    }

    public void Put(CentreState state) => CentreSql.PutCentre.Run(
        transaction, state.Number, state.FrameSequence, state.LinkUp ? 1 : 0, state.SinceMs, state.Confirmed, state.Dropped, state.Name,
        state.Why);

    public long CountWaiting(string centre) =>
        Convert.ToInt64(CentreSql.Count.Scalar(transaction, centre), CultureInfo.InvariantCulture);

    public long CountWaiting(string centre, uint station, bool fires)
    {
        (int from, int to) = Lanes(fires);
        return Convert.ToInt64(CentreSql.CountOf.Scalar(transaction, centre, station, from, to), CultureInfo.InvariantCulture);
    }

    public IReadOnlyList<(uint Station, long Count)> WaitingByStation(string centre)
    {
        List<(uint, long)> stations = [];
        using DbDataReader row = CentreSql.ByStation.Read(transaction, centre);
        while (row.Read())
        {
            stations.Add(((uint)row.GetInt64(0), row.GetInt64(1)));
        }

        return stations;
    }

    public CentreWaiting? NextWaiting(string centre, uint after) =>
        Waiting(centre, CentreSql.Begun.Read(transaction, centre)) ?? InTurn(centre, CentreSql.First, after);

    public CentreWaiting? NextDenied(string centre, uint after) => InTurn(centre, CentreSql.FirstDenied, after);

    public void Add(CentreWaiting waiting) => CentreSql.AddWaiting.Run(
        transaction, waiting.Centre, waiting.Number, waiting.Lane, waiting.Failures, waiting.Event.Station, waiting.Event.Epoch,
        (int)waiting.Event.Lane, waiting.Event.Sequence, waiting.Part, waiting.TimeMs, waiting.FrameSequence,
        (object?)waiting.Conflicting ?? DBNull.Value);

    public void Put(CentreWaiting waiting) => CentreSql.PutWaiting.Run(
        transaction, waiting.Centre, waiting.Number, waiting.Failures, waiting.FrameSequence, waiting.Lane, waiting.Part);

    public void Remove(CentreWaiting waiting) => CentreSql.RemoveWaiting.Run(transaction, waiting.Centre, waiting.Number);

    public bool RemoveLeast(string centre, uint station, bool fires)
    {
        (int from, int to) = Lanes(fires);
        return CentreSql.RemoveLeast.Run(transaction, centre, station, from, to) > 0;
    }

    public CentrePart? PartOf(string centre, PeerPartKey key)
    {
        using DbDataReader row = CentreSql.Part.Read(
            transaction, centre, key.Station, (int)key.What, key.SystemType, key.SystemAddress, key.Component);
        return row.Read() ? PartOf(centre, row) : null;
    }

    public IReadOnlyList<CentrePart> PartsOf(string centre, uint station)
    {
        List<CentrePart> parts = [];
        using DbDataReader row = CentreSql.Parts.Read(transaction, centre, station);
        while (row.Read())
        {
            parts.Add(PartOf(centre, row));
        }

        return parts;
    }

    public void Put(CentrePart part) => CentreSql.PutPart.Run(
        transaction, part.Centre, part.Key.Station, (int)part.Key.What, part.Key.SystemType, part.Key.SystemAddress, part.Key.Component,
        part.ComponentType, part.Status, part.Numbers);

    public StoredEvent? Event(EventKey key)
    {
        StoredEvent? stored;
        using (DbDataReader row = CentreSql.Event.Read(transaction, key.Station, key.Epoch, (int)key.Lane, key.Sequence))
        {
            stored = row.Read() ? SqlRows.Event(row) : null;
        }

        if (stored is not null)
        {
            Name([stored]);
        }

        return stored;
    }

    internal static CentreState CentreOf(DbDataReader reader)
    {
        NamedRow row = new(reader, SqlCentreStatements.CentreColumns);
        return new CentreState
        {
            Name = row.Text("name"),
            Number = row.Int64("number"),
            FrameSequence = row.Int32("frame_sequence"),
            LinkUp = row.Flag("link_up"),
            SinceMs = row.Int64("since_ms"),
            Confirmed = row.Int64("confirmed"),
            Dropped = row.Int64("dropped"),
            Why = row.Text("why"),
        };
    }

    private static (int From, int To) Lanes(bool fires) => fires ? (0, 0) : (1, int.MaxValue);

    /// <summary>The next station after the last one, and then from the lowest on.</summary>
    private CentreWaiting? InTurn(string centre, Statement which, uint after)
    {
        int failures;
        int lane;
        using (DbDataReader first = which.Read(transaction, centre))
        {
            if (!first.Read())
            {
                return null;
            }

            (failures, lane) = ((int)first.GetInt64(0), (int)first.GetInt64(1));
        }

        return Waiting(centre, CentreSql.Next.Read(transaction, centre, failures, lane, after))
            ?? Waiting(centre, CentreSql.Next.Read(transaction, centre, failures, lane, -1));
    }

    private static CentrePart PartOf(string centre, DbDataReader reader)
    {
        NamedRow row = new(reader, SqlCentreStatements.PartColumns);
        PeerPartKey key = new(
            row.UInt32("station"), (PeerPart)row.Int32("what"), row.Int32("system_type"), row.Int32("system_address"),
            row.UInt32("component"));
        return new CentrePart(centre, key, row.Int32("component_type"), row.Int32("status"), row.Text("numbers"));
    }

    private static CentreWaiting? Waiting(string centre, DbDataReader reader)
    {
        using (reader)
        {
            NamedRow row = new(reader, SqlCentreStatements.WaitingColumns);
            return !reader.Read() ? null : new CentreWaiting
            {
                Centre = centre,
                Number = row.Int64("number"),
                Lane = row.Int32("lane"),
                Failures = row.Int32("failures"),
                Event = new EventKey(row.UInt32("station"), row.UInt32("epoch"), (Contract.Lane)row.Int32("event_lane"),
                    row.UInt32("sequence")),
                Part = row.Int32("part"),
                TimeMs = row.Int64("time_ms"),
                FrameSequence = row.Int32("frame_sequence"),
                Conflicting = row.BytesOrNull("raw"),
            };
        }
    }
}
