// Owns: how a SQLite file is opened: private to its owner, write-ahead log, every commit flushed to the disk.
// Must never: relax synchronous=FULL: an acknowledgement rests on it.

using System.Data.Common;
using DbUp;
using DbUp.Builder;
using DbUp.Sqlite.Helpers;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Gateway.County.Sql;

/// <summary>SQLite in one file.</summary>
/// <param name="path">The file.</param>
/// <param name="create">Whether a missing file is made.</param>
public sealed class SqliteDialect(string path, bool create) : SqlDialect
{
    // SQLite and its binding take these names for something else than a file: kept in memory, or with options in them.
    private static readonly string[] s_notFiles = [":", "file:", "|"];

    private static readonly string s_insert =
        $"INSERT INTO events ({SqlSchema.EventColumns}) VALUES ({SqlSchema.Parameters(SqlSchema.EventColumnCount)}) ON CONFLICT DO NOTHING";

    private ReceiverFile? _receiver;
    private KeyHistory? _keys;

    internal override KeyHistory Keys => _keys ??= new KeyHistory(path);

    public override string BytesType => "BLOB";

    public override string BeginUpgrade => "BEGIN IMMEDIATE";

    public override DbConnection Open()
    {
        if (s_notFiles.Any(start => path.StartsWith(start, StringComparison.OrdinalIgnoreCase)) || string.IsNullOrWhiteSpace(path))
        {
            throw new StoreException(
                $"db '{path}': a name with a meaning of its own; allowed: the path of a file, not beginning with ':', '|', 'file:'");
        }

        if (!create && !File.Exists(path))
        {
            string what = Directory.Exists(path) ? "文件夹 a folder" : "no such file";
            throw new StoreException($"db '{path}': {what}; allowed: a database that `county station add` or `county run` made");
        }

        SqliteConnection? connection = null;
        try
        {
            string file = Path.GetFullPath(path);
            Make(file);

            // The binding tries again by itself, for 30 s unless it is told when SQLite has waited long enough.
            connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = path, Pooling = false, DefaultTimeout = CountyLimits.SqliteBusyMs / 1000,
            }.ToString());
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"PRAGMA busy_timeout={CountyLimits.SqliteBusyMs}";
            command.ExecuteNonQuery();
            command.CommandText = "SELECT COUNT(*) FROM sqlite_master";

            // Nothing of what belongs to somebody else is changed, also not its mode, before this says whose it is.
            if ((long)command.ExecuteScalar()! > 0 && !SqlUpgrade.HasTables(this, connection))
            {
                throw new StoreException($"db '{path}': 别的程序的数据库 another program's database; allowed: a database made by this program");
            }

            KeepPrivate(file);
            command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";
            command.ExecuteNonQuery();
            return connection;
        }
        catch (StoreException)
        {
            connection?.Dispose();
            throw;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            connection?.Dispose();
            throw new StoreException(
                $"db '{path}': {e.Message}; allowed: a SQLite file, new or made by this program, in a folder that can be written", e);
        }
    }

    public override string CountMetaTables => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'meta'";

    public override UpgradeEngineBuilder Upgrade(DbConnection connection, string journal) =>
        DeployChanges.To.SqliteDatabase(new SharedConnection(connection)).JournalToSqliteTable(journal);

    public override void Backup(DbConnection connection, string file, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(connection);
        sqlite3 database = ((SqliteConnection)connection).Handle!;
        using CancellationTokenRegistration told = stop.Register(() => raw.sqlite3_interrupt(database));
        stop.ThrowIfCancellationRequested();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO @file";
        command.CommandTimeout = 0;
        command.Parameters.Add(new SqliteParameter("@file", Path.GetFullPath(file)));
        try
        {
            command.ExecuteNonQuery();
        }
        catch (SqliteException) when (stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(stop);
        }
    }

    /// <summary>Whether a file is SQLite's.</summary>
    internal static bool IsFile(string file) => Begins(file, "SQLite format 3\0"u8);

    public override IReadOnlyList<string> Problems(DbConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check(3)";
        command.CommandTimeout = 0;
        using DbDataReader row = command.ExecuteReader();
        List<string> said = [];
        while (row.Read())
        {
            said.Add(row.GetString(0));
        }

        return said is ["ok"] ? [] : said;
    }

    public override string? BecomeReceiver(DbConnection connection) => (_receiver ??= new ReceiverFile(path)).Take();

    public override bool HasReceiver(DbConnection connection) => (_receiver ??= new ReceiverFile(path)).IsHeld();

    public override void EndReceiving() => _receiver?.Dispose();

    /// <summary>
    /// One statement for all rows, below the library's commands: those look up each of 27 parameters by its name for each row.
    /// </summary>
    public override bool[] InsertEvents(DbConnection connection, DbTransaction transaction, IReadOnlyList<object[]> rows)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(rows);
        sqlite3 database = ((SqliteConnection)connection).Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, s_insert, out sqlite3_stmt insert), database);
        using (insert)
        {
            bool[] isNew = new bool[rows.Count];
            for (int i = 0; i < rows.Count; i++)
            {
                for (int column = 0; column < SqlSchema.EventColumnCount; column++)
                {
                    SqliteException.ThrowExceptionForRC(Bind(insert, column + 1, rows[i][column]), database);
                }

                int result = raw.sqlite3_step(insert);
                if (result != raw.SQLITE_DONE)
                {
                    SqliteException.ThrowExceptionForRC(result, database);
                }

                isNew[i] = raw.sqlite3_changes(database) > 0;
                SqliteException.ThrowExceptionForRC(raw.sqlite3_reset(insert), database);
            }

            return isNew;
        }
    }

    private static int Bind(sqlite3_stmt statement, int place, object value) => value switch
    {
        long number => raw.sqlite3_bind_int64(statement, place, number),
        string text => raw.sqlite3_bind_text(statement, place, text),
        _ => raw.sqlite3_bind_blob(statement, place, (byte[])value),
    };

    /// <summary>
    /// The file holds the stations' keys, so it is made readable to its owner alone; SQLite gives its side files the same mode. A file
    /// that is there is never opened here: closing it would release the locks that SQLite holds on it for other connections of this
    /// process.
    /// </summary>
    private static void Make(string file)
    {
        try
        {
            if (!File.Exists(file))
            {
                PrivateFile.Open(file, FileMode.CreateNew, FileAccess.Write, FileShare.None).Dispose();
            }
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another process made it at the same moment.
        }
    }

    /// <summary>A database of an earlier version, or one that was copied there, becomes its owner's alone.</summary>
    private static void KeepPrivate(string file)
    {
        foreach (string part in (string[])["", "-wal", "-shm"])
        {
            try
            {
                PrivateFile.Keep(file + part);
            }
            catch (FileNotFoundException)
            {
                // The side files come and go with other processes.
            }
        }
    }
}
