// Owns: the registry in the database: stations with their keys and passwords, readers, and what is noted of keys beside it.
// Must never: show a key, or change one without raising the registry's number.

using System.Data;
using System.Data.Common;

namespace Gateway.County.Sql;

public sealed partial class SqlStore
{
    private const string StationColumns = "station, county, township, village, name, key, added_ms";

    /// <summary>
    /// Keys that came back, or are missing, because the database is an older copy. Known for a SQLite file, from what is noted beside it.
    /// </summary>
    public IReadOnlyList<RestoredKey> RestoredKeys() => _dialect.Keys?.Compare(Stations()) ?? [];

    /// <summary>Why such keys may not be told; null = nothing is in the way.</summary>
    public string? RestoredKeysProblem() => _dialect.Keys?.Problem();

    public IReadOnlyList<StationRegistration> Stations()
    {
        List<StationRegistration> stations = [];
        using Statement select = new(
            _connection,
            "SELECT s.station, county, township, village, s.name, s.key, s.added_ms, n.key AS next_key, n.until_ms, p.hash, "
            + "COALESCE(t.name, '') AS township_name FROM stations s LEFT JOIN next_keys n ON n.station = s.station "
            + "LEFT JOIN passwords p ON p.station = s.station LEFT JOIN townships t ON t.code = s.township ORDER BY s.station");
        using DbDataReader row = select.Read(null);
        while (row.Read())
        {
            stations.Add(new StationRegistration
            {
                Station = (uint)row.GetInt64("station"),
                County = row.GetString("county"),
                Township = row.GetString("township"),
                TownshipName = row.GetString("township_name"),
                Village = row.GetString("village"),
                Name = row.GetString("name"),
                Key = new StationKey((byte[])row.GetValue("key")),
                AddedMs = row.GetInt64("added_ms"),
                NextKey = row.IsDBNull("next_key") ? null : new StationKey((byte[])row.GetValue("next_key")),
                OldKeyUntilMs = row.IsDBNull("until_ms") ? 0 : row.GetInt64("until_ms"),
                PasswordHash = row.IsDBNull("hash") ? null : row.GetString("hash"),
            });
        }

        return stations;
    }

    public bool AddStation(StationRegistration station)
    {
        ArgumentNullException.ThrowIfNull(station);
        return AddStations([station]).Count == 0;
    }

    /// <summary>All of them or none; gives the numbers that are taken, for which none was added.</summary>
    /// <param name="stations">They.</param>
    /// <param name="divisions">Names by codes, for the townships of stations and boxes; null = names stay as they are.</param>
    public IReadOnlyList<uint> AddStations(
        IReadOnlyList<StationRegistration> stations, IReadOnlyDictionary<string, string>? divisions = null)
    {
        ArgumentNullException.ThrowIfNull(stations);
        if (stations.Select(s => s.Problem()).FirstOrDefault(p => p is not null) is { } problem)
        {
            throw new StoreException(problem);
        }

        using Statement insert = new(
            _connection,
            $"INSERT INTO stations ({StationColumns}) SELECT @p0, @p1, @p2, @p3, @p4, @p5, @p6 "
            + "WHERE NOT EXISTS (SELECT 1 FROM peers WHERE station = @p0) ON CONFLICT DO NOTHING",
            DbType.Int64, DbType.String, DbType.String, DbType.String, DbType.String, DbType.Binary, DbType.Int64);
        using Statement password = PutPassword();
        using Statement presence = Forget("presence");
        using Statement sessions = Forget("sessions");
        List<uint> taken = [];
        try
        {
            ChangeRegistry([.. stations.Select(s => s.Station)], transaction =>
            {
                foreach (StationRegistration station in stations)
                {
                    if (insert.Run(transaction, station.Station, station.County, station.Township, station.Village, station.Name,
                        station.Key.CopyForStorage(), station.AddedMs) == 0)
                    {
                        taken.Add(station.Station);
                        continue;
                    }

                    // What came of a former one under this number while it was removed.
                    presence.Run(transaction, station.Station);
                    sessions.Run(transaction, station.Station);
                    if (station.PasswordHash is { } hash)
                    {
                        password.Run(transaction, station.Station, hash);
                    }
                }

                if (taken.Count > 0)
                {
                    throw new TakenException();
                }

                if (divisions is not null)
                {
                    PutTownships(transaction, divisions);
                }

                return stations.Count;
            });
        }
        catch (TakenException)
        {
            // The transaction took all of it back.
        }

        return taken;
    }

    public bool SetPassword(uint station, string hash)
    {
        using Statement put = PutPassword();
        return ChangeRegistry(transaction => put.Run(transaction, station, hash));
    }

    public bool AddReader(TownshipReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (reader.Problem() is { } problem)
        {
            throw new StoreException(problem);
        }

        using Statement insert = new(
            _connection,
            "INSERT INTO readers (name, county, township, hash, added_ms) VALUES (@p0, @p1, @p2, @p3, @p4) ON CONFLICT DO NOTHING",
            DbType.String, DbType.String, DbType.String, DbType.String, DbType.Int64);
        return ChangeRegistry(transaction => insert.Run(
            transaction, reader.Name, reader.County, reader.Township, reader.PasswordHash, reader.AddedMs));
    }

    public bool RemoveReader(string name)
    {
        using Statement delete = new(_connection, "DELETE FROM readers WHERE name = @p0", DbType.String);
        return ChangeRegistry(transaction => delete.Run(transaction, name));
    }

    public IReadOnlyList<TownshipReader> Readers()
    {
        List<TownshipReader> readers = [];
        using Statement select = new(_connection, "SELECT name, county, township, hash, added_ms FROM readers ORDER BY name");
        using DbDataReader row = select.Read(null);
        while (row.Read())
        {
            readers.Add(new TownshipReader
            {
                Name = row.GetString("name"),
                County = row.GetString("county"),
                Township = row.GetString("township"),
                PasswordHash = row.GetString("hash"),
                AddedMs = row.GetInt64("added_ms"),
            });
        }

        return readers;
    }

    public bool RemoveStation(uint station) => Remove(station, "stations", "next_keys", "passwords", "presence", "sessions");

    public bool RotateKey(uint station, StationKey next, long oldUntilMs)
    {
        ArgumentNullException.ThrowIfNull(next);
        using Statement put = new(
            _connection,
            "INSERT INTO next_keys (station, key, until_ms) SELECT station, @p1, @p2 FROM stations WHERE station = @p0 "
            + "ON CONFLICT (station) DO UPDATE SET key = excluded.key, until_ms = excluded.until_ms",
            DbType.Int64, DbType.Binary, DbType.Int64);
        return ChangeRegistry(station, transaction => put.Run(transaction, station, next.CopyForStorage(), oldUntilMs));
    }

    public void TakeNextKey(uint station)
    {
        using Statement take = new(
            _connection,
            "UPDATE stations SET key = (SELECT key FROM next_keys WHERE station = @p0) "
            + "WHERE station = @p0 AND EXISTS (SELECT 1 FROM next_keys WHERE station = @p0)",
            DbType.Int64);
        using Statement forget = Forget("next_keys");
        ChangeRegistry(station, transaction => take.Run(transaction, station) + forget.Run(transaction, station));
    }

    public bool ReplaceKey(uint station, StationKey key, string passwordHash, long nowMs, long? sinceMs)
    {
        ArgumentNullException.ThrowIfNull(key);
        using Statement put = new(_connection, "UPDATE stations SET key = @p1 WHERE station = @p0", DbType.Int64, DbType.Binary);
        using Statement next = Forget("next_keys");
        using Statement sessions = Forget("sessions");
        using Statement twins = new(
            _connection, "UPDATE presence SET twins_ms = 0, epoch_returned = 0 WHERE station = @p0", DbType.Int64);
        using Statement doubt = new(
            _connection, "INSERT INTO doubts (station, since_ms, until_ms) VALUES (@p0, @p1, @p2) ON CONFLICT DO NOTHING",
            DbType.Int64, DbType.Int64, DbType.Int64);
        using Statement password = PutPassword();
        return ChangeRegistry(station, transaction =>
        {
            int changed = put.Run(transaction, station, key.CopyForStorage());
            if (changed > 0)
            {
                next.Run(transaction, station);
                sessions.Run(transaction, station);

                // What looked like a second box may have been whoever had the key.
                twins.Run(transaction, station);
                password.Run(transaction, station, passwordHash);
                if (sinceMs is { } since)
                {
                    doubt.Run(transaction, station, since, nowMs);
                }
            }

            return changed;
        });
    }

    private Statement PutPassword() => new(
        _connection,
        "INSERT INTO passwords (station, hash) SELECT station, @p1 FROM stations WHERE station = @p0 "
        + "ON CONFLICT (station) DO UPDATE SET hash = excluded.hash",
        DbType.Int64, DbType.String);

    private Statement Forget(string table) => new(_connection, $"DELETE FROM {table} WHERE station = @p0", DbType.Int64);

    /// <summary>Takes one out of the registry, with what belongs to its registration; what it sent stays.</summary>
    private bool Remove(uint station, string registered, params string[] belonging)
    {
        using Statement delete = Forget(registered);
        Statement[] others = [.. belonging.Select(Forget)];
        try
        {
            return ChangeRegistry(station, transaction =>
            {
                int removed = delete.Run(transaction, station);
                if (removed > 0)
                {
                    Array.ForEach(others, table => table.Run(transaction, station));
                }

                return removed;
            });
        }
        finally
        {
            Array.ForEach(others, statement => statement.Dispose());
        }
    }

    private bool ChangeRegistry(Func<DbTransaction, int> change)
    {
        using Statement raise = new(_connection, "UPDATE meta SET value = value + 1 WHERE name = 'registry'");
        using DbTransaction transaction = _dialect.Begin(_connection);
        bool changed = change(transaction) > 0;
        raise.Run(transaction);
        transaction.Commit();
        return changed;
    }

    /// <summary>A change that may give a station another key, or end one; that is noted beside the database.</summary>
    private bool ChangeRegistry(uint station, Func<DbTransaction, int> change) => ChangeRegistry([station], change);

    private bool ChangeRegistry(IReadOnlyList<uint> stations, Func<DbTransaction, int> change)
    {
        if (_dialect.Keys is not { } history)
        {
            return ChangeRegistry(change);
        }

        using Statement keys = new(
            _connection, "SELECT key FROM stations WHERE station = @p0 UNION ALL SELECT key FROM next_keys WHERE station = @p0",
            DbType.Int64);
        (uint, long)[] began = [];
        (uint, long)[] ended = [];
        long nowMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        try
        {
            return ChangeRegistry(transaction =>
            {
                (uint, long)[] before = [.. stations.SelectMany(station => Named(keys, transaction, station))];
                int changed = change(transaction);
                (uint, long)[] after = [.. stations.SelectMany(station => Named(keys, transaction, station))];
                (began, ended) = ([.. after.Except(before)], [.. before.Except(after)]);
                history.Note(began, ended, nowMs);
                return changed;
            });
        }
        catch
        {
            history.Note(ended, began, nowMs);
            throw;
        }
    }

    private static (uint Station, long Key)[] Named(Statement keys, DbTransaction transaction, uint station)
    {
        List<(uint, long)> named = [];
        using DbDataReader row = keys.Read(transaction, station);
        while (row.Read())
        {
            named.Add((station, new StationKey((byte[])row.GetValue(0)).Id));
        }

        return [.. named];
    }

    /// <summary>Ends a transaction that would add some stations and not others.</summary>
    private sealed class TakenException : Exception
    {
    }
}
