// Owns: one open SQL database as the county's store: opening, the counters, the trusted clock.
// Must never: be used by two threads at once, or show a key.

using System.Data;
using System.Data.Common;

namespace Gateway.County.Sql;

/// <summary>
/// The county's store in a SQL database. The registry is in SqlStore.Registry.cs, reading for people in SqlStore.Reading.cs, writing in
/// SqlTransaction.cs.
/// </summary>
public sealed partial class SqlStore : IEventStore, IStationRegistry, IEventReader
{
    private readonly SqlDialect _dialect;
    private DbConnection _connection;
    private readonly string _shown;
    private SqlStatements? _statements;
    private SqlNameStatements? _names;
    private bool _receiver;
    private long _term;
    private bool _termOver;

    private SqlStore(SqlDialect dialect, DbConnection connection, string shown)
    {
        _shown = shown;
        _dialect = dialect;
        _connection = connection;
    }

    /// <summary>What messages and screens may show of a database's name: an address without its password.</summary>
    public static string Shown(string database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return IsAddress(database) ? new PostgresDialect(database).Shown : database;
    }

    /// <summary>Whether a database's name is an address on a server; otherwise it is the path of a file.</summary>
    public static bool IsAddress(string database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.Contains("://", StringComparison.Ordinal);
    }

    /// <summary>Opens the database, and brings its tables up to date.</summary>
    /// <param name="database">The path of a SQLite file, or the address of a PostgreSQL database.</param>
    /// <param name="create">Whether a missing file, and tables in an empty database, are made.</param>
    /// <exception cref="StoreException">It cannot be used; the message says why.</exception>
    public static SqlStore Open(string database, bool create = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(database);
        if (IsAddress(database))
        {
            PostgresDialect postgres = new(database);
            return Open(postgres, postgres.Shown, create);
        }

        return Open(new SqliteDialect(database, create), database, create);
    }

    /// <summary>Opens a database of any product.</summary>
    /// <param name="dialect">The product.</param>
    /// <param name="shown">What messages call it; without a password.</param>
    public static SqlStore Open(SqlDialect dialect, string shown) => Open(dialect, shown, create: true);

    private static SqlStore Open(SqlDialect dialect, string shown, bool create)
    {
        ArgumentNullException.ThrowIfNull(dialect);
        DbConnection connection = dialect.Open();
        try
        {
            // Who only looks makes no tables in a database that was named by mistake.
            if (!create && !SqlUpgrade.HasTables(dialect, connection))
            {
                throw new StoreException(
                    $"db '{shown}': not a county's; allowed: a database that `county station add` or `county run` made");
            }

            SqlStore store = new(dialect, connection, shown);
            SqlUpgrade.Run(dialect, connection, shown);
            return store;
        }
        catch (DbException e)
        {
            connection.Dispose();
            throw new StoreException($"db '{shown}': {e.Message}; allowed: a new database, or one made by this program", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Makes this store the one that receives into the database, until it is disposed. Two receivers would take the name at the broker
    /// from each other for ever, and no station would be served.
    /// </summary>
    /// <exception cref="StoreException">Another process receives; the message says who and what is allowed.</exception>
    public void BecomeReceiver()
    {
        _receiver = true;
        if (_dialect.BecomeReceiver(_connection) is { } problem)
        {
            throw new StoreException($"db '{_shown}': {problem}");
        }
    }

    /// <summary>
    /// As the other, for one of several workers that take the county from each other: begins a new term, by which each commit is checked.
    /// What this process remembers of the stations is worth nothing once another has had a term.
    /// </summary>
    /// <returns>False: another receives.</returns>
    public bool BeginTerm()
    {
        if (_dialect.BecomeReceiver(_connection) is not null)
        {
            return false;
        }

        _receiver = true;
        _dialect.EndWhenSilent(_connection);
        _term = Convert.ToInt64(
            Scalar(
                "INSERT INTO meta (name, value) VALUES ('term', 1) ON CONFLICT (name) DO UPDATE SET value = meta.value + 1 "
                + "RETURNING value"),
            System.Globalization.CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>The term is over: another worker receives, or has received meanwhile. From any thread.</summary>
    public bool TermOver => Volatile.Read(ref _termOver);

    /// <summary>Whether any process receives into the database. Where none does, what it says of stations is old.</summary>
    public bool HasReceiver() => _dialect.HasReceiver(_connection);

    /// <summary>
    /// Copies a database as it is at one moment, also into a file that is there and empty. Its tables stay at the version that they have:
    /// who copies before an upgrade wants the old ones.
    /// </summary>
    /// <exception cref="StoreException">It cannot be copied; the message says why.</exception>
    public static void Copy(string database, string file, CancellationToken stop = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(database);
        SqlDialect dialect = IsAddress(database)
            ? new PostgresDialect(database) : new SqliteDialect(database, create: false);
        using DbConnection connection = dialect.Open();
        if (!SqlUpgrade.HasTables(dialect, connection))
        {
            throw new StoreException($"db '{Shown(database)}': not a county's; allowed: a database made by this program");
        }

        dialect.Backup(connection, file, stop);
    }

    public long RegistryVersion()
    {
        // Asked twice a second, so it is the first to meet a server that came back while no message came.
        Reopen();
        return Convert.ToInt64(Scalar("SELECT value FROM meta WHERE name = 'registry'"));
    }

    public long TrustedMs() => Convert.ToInt64(
        Scalar("SELECT value FROM meta WHERE name = 'clock'")

        // Of before it was noted: nothing was received or registered later than this.
        ?? Scalar("SELECT MAX(m) FROM (SELECT MAX(last_seen_ms) AS m FROM presence UNION ALL SELECT MAX(added_ms) FROM stations) AS t")
        ?? 0L);

    public void NoteTrusted(long utcMs)
    {
        using Statement note = new(
            _connection,
            "INSERT INTO meta (name, value) VALUES ('clock', @p0) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            DbType.Int64);
        note.Run(null, utcMs);
    }

    public IStoreTransaction Begin()
    {
        Reopen();
        _statements ??= new SqlStatements(_connection);
        return new SqlTransaction(_dialect, _dialect.Begin(_connection), _statements, _term == 0 ? null : CheckTerm);
    }

    public void AddRefusals(IReadOnlyList<RefusalCount> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        using Statement add = new(
            _connection,
            "INSERT INTO refusals (station, reason, count, first_ms, last_ms, sample) VALUES (@p0, @p1, @p2, @p3, @p4, @p5) "
            + "ON CONFLICT (station, reason) DO UPDATE SET count = refusals.count + excluded.count, "
            + "last_ms = excluded.last_ms, sample = excluded.sample",
            DbType.Int64, DbType.Int64, DbType.Int64, DbType.Int64, DbType.Int64, DbType.String);
        using DbTransaction transaction = _dialect.Begin(_connection);
        foreach (RefusalCount c in counts)
        {
            add.Run(transaction, c.Station, (int)c.Reason, c.Count, c.FirstMs, c.LastMs, c.Sample);
        }

        transaction.Commit();
    }

    public void Dispose()
    {
        _statements?.Dispose();
        _names?.Dispose();
        _connection.Dispose();
        _dialect.EndReceiving();
    }

    /// <summary>A server may end a connection at any time; the next look or transaction begins on a new one.</summary>
    private void Reopen()
    {
        if (_connection.State == ConnectionState.Open)
        {
            return;
        }

        _statements?.Dispose();
        _names?.Dispose();
        _statements = null;
        _names = null;
        _connection.Dispose();
        _connection = _dialect.Open();
        if (_receiver && _dialect.BecomeReceiver(_connection) is { } problem)
        {
            Volatile.Write(ref _termOver, _term != 0);
            _connection.Dispose();
            throw new StoreException($"db '{_shown}': {problem}");
        }

        if (_term != 0)
        {
            _dialect.EndWhenSilent(_connection);
            CheckTerm(null);
        }
    }

    /// <summary>Asked on the connection that has the lock; a server between that shares connections would lose it unseen.</summary>
    private void CheckTerm(DbTransaction? transaction)
    {
        using Statement select = new(_connection, "SELECT value FROM meta WHERE name = 'term'");
        if (_termOver || Convert.ToInt64(select.Scalar(transaction), System.Globalization.CultureInfo.InvariantCulture) != _term)
        {
            Volatile.Write(ref _termOver, true);
            throw new StoreException($"db '{_shown}': 另一工作进程已接收 another worker has received since; allowed: one at a time");
        }
    }

    private object? Scalar(string sql)
    {
        using Statement select = new(_connection, sql);
        return select.Scalar(null);
    }
}
