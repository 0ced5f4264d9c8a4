// Owns: the registry of other makers' boxes, and the list of those who are in none.
// Must never: let the list of strangers grow beyond its bound.

using System.Data;
using System.Data.Common;
using System.Globalization;

namespace Gateway.County.Sql;

public sealed partial class SqlStore
{
    private static readonly Columns s_peer = new("station, address, county, township, village, name, profile, sources, epoch, added_ms");
    private static readonly Columns s_stranger = new("address, source, reason, count, first_ms, last_ms, sample");

    public IReadOnlyList<PeerRegistration> Peers() => Rows(
        $"SELECT {s_peer.List}, COALESCE((SELECT t.name FROM townships t WHERE t.code = peers.township), '') AS township_name "
        + "FROM peers ORDER BY station",
        [],
        [],
        reader =>
        {
            NamedRow row = new(reader, s_peer);
            return new PeerRegistration
            {
                Station = row.UInt32("station"),
                Address = row.Int64("address"),
                County = row.Text("county"),
                Township = row.Text("township"),
                TownshipName = reader.GetString("township_name"),
                Village = row.Text("village"),
                Name = row.Text("name"),
                Profile = row.Int32("profile"),
                Sources = row.Text("sources"),
                Epoch = row.UInt32("epoch"),
                AddedMs = row.Int64("added_ms"),
            };
        }).ToList();

    public bool AddPeer(PeerRegistration peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        if (peer.Problem() is { } problem)
        {
            throw new StoreException(problem);
        }

        using Statement same = new(_connection, "SELECT sources FROM peers WHERE address = @p0", DbType.Int64);
        using Statement insert = new(
            _connection,
            $"INSERT INTO peers ({s_peer.List}) SELECT @p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9 "
            + "WHERE NOT EXISTS (SELECT 1 FROM stations WHERE station = @p0) ON CONFLICT DO NOTHING",
            DbType.Int64, DbType.Int64, DbType.String, DbType.String, DbType.String, DbType.String, DbType.Int64, DbType.String,
            DbType.Int64, DbType.Int64);
        using Statement strangers = new(_connection, "SELECT source FROM peer_unregistered WHERE address = @p0", DbType.Int64);
        using Statement known = new(
            _connection, "DELETE FROM peer_unregistered WHERE address = @p0 AND source = @p1", DbType.Int64, DbType.String);
        return ChangeRegistry(transaction =>
        {
            if (Texts(same, transaction, peer.Address).Any(peer.MeetsSources))
            {
                return 0;
            }

            int added = insert.Run(
                transaction, peer.Station, peer.Address, peer.County, peer.Township, peer.Village, peer.Name, peer.Profile, peer.Sources,
                peer.Epoch, peer.AddedMs);
            if (added > 0)
            {
                foreach (string source in Texts(strangers, transaction, peer.Address).Where(peer.MeetsSources))
                {
                    known.Run(transaction, peer.Address, source);
                }
            }

            return added;
        });
    }

    private static List<string> Texts(Statement statement, DbTransaction transaction, long key)
    {
        List<string> texts = [];
        using DbDataReader row = statement.Read(transaction, key);
        while (row.Read())
        {
            texts.Add(row.GetString(0));
        }

        return texts;
    }

    public bool RemovePeer(uint station) =>
        Remove(station, "peers", "peer_components", "peer_frames", "peer_values", "peer_duty", "peer_dangers", "presence");

    public void AddStrangers(IReadOnlyList<PeerStranger> strangers)
    {
        ArgumentNullException.ThrowIfNull(strangers);
        using Statement add = new(
            _connection,
            $"INSERT INTO peer_unregistered ({s_stranger.List}) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6) "
            + "ON CONFLICT (address, source) DO UPDATE SET reason = excluded.reason, "
            + "count = peer_unregistered.count + excluded.count, last_ms = excluded.last_ms, sample = excluded.sample",
            DbType.Int64, DbType.String, DbType.Int64, DbType.Int64, DbType.Int64, DbType.Int64, DbType.Binary);
        using Statement bound = new(
            _connection,
            "DELETE FROM peer_unregistered WHERE (address, source) NOT IN (SELECT address, source FROM peer_unregistered "
            + $"ORDER BY last_ms DESC, address, source LIMIT {CountyLimits.StrangersMax})");
        using DbTransaction transaction = _dialect.Begin(_connection);
        foreach (PeerStranger s in strangers)
        {
            add.Run(transaction, s.Address, s.Source, (int)s.Reason, s.Count, s.FirstMs, s.LastMs, s.Sample);
        }

        bound.Run(transaction);
        transaction.Commit();
    }

    public IReadOnlyList<PeerStranger> Strangers() => Rows(
        $"SELECT {s_stranger.List} FROM peer_unregistered ORDER BY last_ms DESC, address, source",
        [],
        [],
        reader =>
        {
            NamedRow row = new(reader, s_stranger);
            return new PeerStranger(
                row.Int64("address"), row.Text("source"), (StrangerReason)row.Int32("reason"), row.Int64("count"), row.Int64("first_ms"),
                row.Int64("last_ms"), row.Bytes("sample"));
        }).ToList();

    public int CountStrangers()
    {
        using Statement count = new(_connection, "SELECT COUNT(*) FROM peer_unregistered");
        return Convert.ToInt32(count.Scalar(null), CultureInfo.InvariantCulture);
    }

    /// <summary>What is known of the parts of a box: itself, its systems, their components.</summary>
    public IReadOnlyList<PeerComponent> Parts(uint station) => Rows(
        $"SELECT {SqlPeerStatements.ComponentColumns.List} FROM peer_components WHERE station = @p0 "
        + "ORDER BY what, system_type, system_address, component",
        [DbType.Int64],
        [(long)station],
        SqlTransaction.Component).ToList();

    /// <summary>The newest measured values of a box, by component and kind.</summary>
    public IReadOnlyList<PeerValue> Values(uint station) => Rows(
        $"SELECT {SqlPeerStatements.ValueColumns.List} FROM peer_values WHERE station = @p0 "
        + "ORDER BY system_type, system_address, component, analog_type",
        [DbType.Int64],
        [(long)station],
        SqlTransaction.Value).ToList();

    /// <summary>Where an event of a box came from; null where that is not known.</summary>
    public PeerOrigin? Origin(EventKey key) => Rows(
        $"SELECT {SqlPeerStatements.OriginColumns.List} FROM peer_events "
        + "WHERE station = @p0 AND epoch = @p1 AND lane = @p2 AND sequence = @p3",
        [DbType.Int64, DbType.Int64, DbType.Int64, DbType.Int64],
        [(long)key.Station, (long)key.Epoch, (long)key.Lane, (long)key.Sequence],
        row => SqlTransaction.OriginOf(key.Station, row)).SingleOrDefault();

    /// <summary>City centres that are or were served, with how many frames wait for each.</summary>
    public IReadOnlyList<(CentreState Centre, long Waiting)> Centres() => Rows(
        $"SELECT {SqlCentreStatements.CentreColumns.List}, "
        + "(SELECT COUNT(*) FROM centre_waiting w WHERE w.centre = centres.name) AS waiting FROM centres ORDER BY name",
        [],
        [],
        row => (SqlTransaction.CentreOf(row), row.GetInt64("waiting"))).ToList();

    /// <summary>What boxes answered to commands, in the order in which it came.</summary>
    public IReadOnlyList<(uint Number, long ReceivedMs, byte[] Unit)> PeerAnswers(uint station) => Rows(
        "SELECT number, received_ms, unit FROM peer_answers WHERE station = @p0 ORDER BY received_ms, number",
        [DbType.Int64],
        [(long)station],
        row => ((uint)row.GetInt64("number"), row.GetInt64("received_ms"), (byte[])row.GetValue("unit"))).ToList();
}
