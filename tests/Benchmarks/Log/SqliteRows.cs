// Owns: the same events as rows of SQLite, as durable as SQLite makes them.
// Must never: be closed in order before it is read back: the log isn't either.

using Gateway.Contract;
using Microsoft.Data.Sqlite;

namespace Gateway.Tests.Benchmarks.Log;

/// <summary>A table with the record's key and bytes; a transaction a group.</summary>
internal sealed class SqliteRows : IDisposable
{
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteParameter _lane;
    private readonly SqliteParameter _sequence;
    private readonly SqliteParameter _raw;
    private readonly long[] _next = new long[Lanes.Count];
    private int _groups;

    public SqliteRows(string path)
    {
        _path = path;
        _connection = Open(path);
        Execute("PRAGMA journal_mode=WAL");
        Execute("PRAGMA synchronous=FULL");
        Execute("CREATE TABLE events (lane INTEGER, sequence INTEGER, raw BLOB, PRIMARY KEY (lane, sequence)) WITHOUT ROWID");
        Execute("CREATE TABLE starts (number INTEGER PRIMARY KEY)");
        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT INTO events VALUES ($lane, $sequence, $raw)";
        _lane = _insert.Parameters.Add("$lane", SqliteType.Integer);
        _sequence = _insert.Parameters.Add("$sequence", SqliteType.Integer);
        _raw = _insert.Parameters.Add("$raw", SqliteType.Blob);
        _insert.Prepare();
    }

    public void Append(int events, int group)
    {
        byte[] raw = new byte[EventRecord.Size];
        EventRecord record = new();
        for (int i = 0; i < events; i += group)
        {
            using SqliteTransaction transaction = _connection.BeginTransaction();
            _insert.Transaction = transaction;
            Lane lane = (Lane)(_groups++ % Lanes.Count);
            for (int k = 0; k < group; k++)
            {
                record.Clear();
                record.Kind = EventKind.FireAlarm;
                record.LaneNumber = lane;
                record.Sequence = (uint)++_next[(int)lane];
                record.Encode(raw, 0);
                _lane.Value = (int)lane;
                _sequence.Value = _next[(int)lane];
                _raw.Value = raw;
                _insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }

    /// <summary>The files as a power cut would leave them.</summary>
    public void CopyAsAfterACut(string path)
    {
        File.Copy(_path, path);
        File.Copy(_path + "-wal", path + "-wal");
    }

    /// <summary>Opens, finds the end of each lane and makes the start's number durable, which is what the log's recovery does.</summary>
    public static void Recover(string path)
    {
        using SqliteConnection connection = Open(path);
        using SqliteCommand start = connection.CreateCommand();
        start.CommandText = "PRAGMA synchronous=FULL; INSERT INTO starts VALUES (NULL)";
        start.ExecuteNonQuery();
        using SqliteCommand select = connection.CreateCommand();
        select.CommandText = "SELECT MAX(sequence) FROM events WHERE lane = $lane";
        SqliteParameter parameter = select.Parameters.Add("$lane", SqliteType.Integer);
        for (int lane = 0; lane < Lanes.Count; lane++)
        {
            parameter.Value = lane;
            select.ExecuteScalar();
        }
    }

    /// <summary>Every row, with the record's checksum checked; how many were good.</summary>
    public static int ReadAll(string path)
    {
        using SqliteConnection connection = Open(path);
        using SqliteCommand select = connection.CreateCommand();
        select.CommandText = "SELECT raw FROM events ORDER BY lane, sequence";
        using SqliteDataReader rows = select.ExecuteReader();
        int events = 0;
        while (rows.Read())
        {
            byte[] raw = (byte[])rows.GetValue(0);
            events += Crc32.Of(raw, 0, EventRecord.Size - 4) == Bytes.U32(raw, EventRecord.Size - 4) ? 1 : 0;
        }

        return events;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
        SqliteConnection.ClearAllPools();
    }

    private static SqliteConnection Open(string path)
    {
        SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Execute(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
