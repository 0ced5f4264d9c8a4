// Owns: how a PostgreSQL database is opened, and how many events go into it at once.
// Must never: show a password, or relax synchronous_commit: an acknowledgement rests on it.

using System.Data.Common;
using DbUp;
using DbUp.Builder;
using DbUp.Engine.Transactions;
using DbUp.Sqlite.Helpers;
using Npgsql;
using NpgsqlTypes;

namespace Gateway.County.Sql;

/// <summary>PostgreSQL 15 or newer, at an address such as postgres://user:password@host:port/name.</summary>
public sealed partial class PostgresDialect : SqlDialect
{
    /// <summary>What an address must look like, for messages.</summary>
    public const string Allowed = "postgres://USER:PASSWORD@HOST:PORT/NAME, with what is no letter or digit in them percent-encoded";

    private const int StandardPort = 5432;

    // The first of the two numbers of the receiver's lock; the second is the schema's. "fgw".
    private const int ReceiverLock = 0x666777;
    private const int UpgradeLock = ReceiverLock + 1;
    private const string SchemaNumber = "hashtext(current_schema())";

    private int _receiverProcess;

    // In the order of SqlSchema.EventColumns: 23 numbers, of which these are of 64 bits, three texts and the raw bytes.
    private static readonly NpgsqlDbType[] s_types = EventTypes();

    private readonly NpgsqlConnectionStringBuilder _address;

    /// <exception cref="StoreException">The address is none; the message does not hold it, since it may hold a password.</exception>
    public PostgresDialect(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        bool good = Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "postgres" or "postgresql"
            && uri is { Query: "", Fragment: "" } && uri.Host.Length > 0 && uri.AbsolutePath.Length > 1 && uri.UserInfo.Length > 0;
        if (!good)
        {
            throw new StoreException($"db: not an address of a PostgreSQL database; allowed: {Allowed}");
        }

        string[] user = uri!.UserInfo.Split(':', 2);
        _address = new NpgsqlConnectionStringBuilder
        {
            Host = uri.IdnHost.Trim('[', ']'),
            Port = uri.Port > 0 ? uri.Port : StandardPort,
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
            Timeout = CountyLimits.PostgresConnectS,
            CommandTimeout = CountyLimits.PostgresStatementS,
            CancellationTimeout = CountyLimits.PostgresCancelMs,
            Pooling = false,
            MaxAutoPrepare = CountyLimits.PostgresPreparedMax,
            AutoPrepareMinUsages = 2,
            ApplicationName = "county",
            PersistSecurityInfo = false,
        };
        Shown = $"postgres://{user[0]}@{uri.Authority[(uri.Authority.LastIndexOf('@') + 1)..]}{uri.AbsolutePath}";
    }

    /// <summary>The address without its password.</summary>
    public string Shown { get; }

    public override string BytesType => "BYTEA";

    public override string BeginUpgrade => $"BEGIN; SELECT pg_advisory_xact_lock({UpgradeLock}, {SchemaNumber})";

    public override DbConnection Open()
    {
        try
        {
            NpgsqlConnection connection = new(_address.ConnectionString);
            connection.Open();
            using NpgsqlCommand command = connection.CreateCommand();
            command.CommandText = "SET synchronous_commit = on; SET client_min_messages = warning; "
                + "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;";
            command.ExecuteNonQuery();
            command.CommandText = "SHOW server_encoding";
            string encoding = (string)command.ExecuteScalar()!;
            if (encoding != "UTF8")
            {
                connection.Dispose();
                throw new StoreException(
                    $"db '{Shown}': 编码 encoding {encoding}; allowed: a database made with ENCODING 'UTF8' TEMPLATE template0");
            }

            return connection;
        }
        catch (Exception e) when (e is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException or ArgumentException)
        {
            // The server's own words name user and database, never the password.
            string why = (e as TimeoutException ?? e.InnerException) is TimeoutException
                ? $"无应答 no answer within {CountyLimits.PostgresConnectS} s; allowed: a server that answers"
                : $"{e.Message}; allowed: a PostgreSQL database that this user may make tables in";
            throw new StoreException($"db '{Shown}': {why}", e);
        }
    }

    public override string CountMetaTables =>
        "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'meta'";

    public override UpgradeEngineBuilder Upgrade(DbConnection connection, string journal) => DeployChanges.To
        .PostgresqlDatabase(new OneConnection(connection))
        .JournalToPostgresqlTable((string)Scalar(connection, "SELECT current_schema()"), journal);

    /// <summary>
    /// A lock of the schema on the connection that commits: it ends with that connection, and so do the commits. After a broken
    /// connection the server may not have seen its end yet; then this process ends its own old one.
    /// </summary>
    public override string? BecomeReceiver(DbConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (!(bool)Scalar(connection, $"SELECT pg_try_advisory_lock({ReceiverLock}, {SchemaNumber})"))
        {
            object[] holder = Row(
                connection,
                "SELECT a.pid, a.usename, COALESCE(host(a.client_addr), 'local') FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
                + $"WHERE {IsReceiverLock} LIMIT 1");
            if (holder.Length > 0 && _receiverProcess != 0 && (int)holder[0] == _receiverProcess)
            {
                Scalar(connection, $"SELECT pg_terminate_backend({_receiverProcess})");
            }

            string who = holder.Length > 0 ? $"user {holder[1]} from {holder[2]}, server process {holder[0]}" : "it has just ended";
            return $"已有接收端在运行 another `county run` receives for it ({who}); allowed: one at a time";
        }

        _receiverProcess = ((NpgsqlConnection)connection).ProcessID;
        return null;
    }

    /// <summary>A process that hangs keeps its connection: the system answers for it. By name, since older servers lack one.</summary>
    public override void EndWhenSilent(DbConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        using DbCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT set_config(name, '{CountyLimits.PostgresSilentS}s', false) FROM pg_settings "
            + "WHERE name IN ('idle_session_timeout', 'idle_in_transaction_session_timeout')";
        command.ExecuteNonQuery();
    }

    public override bool HasReceiver(DbConnection connection) =>
        (bool)Scalar(connection, $"SELECT EXISTS (SELECT 1 FROM pg_locks l WHERE {IsReceiverLock})");

    private const string IsReceiverLockText =
        "l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.database = (SELECT oid FROM pg_database "
        + "WHERE datname = current_database())";

    private static string IsReceiverLock =>
        $"{IsReceiverLockText} AND l.classid::bigint = {ReceiverLock} AND l.objid::bigint = ({SchemaNumber}::bigint & 4294967295)";

    /// <summary>Runs the scripts on the connection that is open, and leaves it open.</summary>
    private sealed class OneConnection(DbConnection connection) : DatabaseConnectionManager(_ => new SharedConnection(connection))
    {
        public override IEnumerable<string> SplitScriptIntoCommands(string scriptContents) => [scriptContents];
    }

    private static object Scalar(DbConnection connection, string sql) => Row(connection, sql)[0];

    private static object[] Row(DbConnection connection, string sql)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using DbDataReader row = command.ExecuteReader();
        if (!row.Read())
        {
            return [];
        }

        object[] values = new object[row.FieldCount];
        row.GetValues(values);
        return values;
    }

    public override bool HasWire => true;

    public override void ReadMany(
        DbConnection connection, DbTransaction? transaction, string columns, string join, IReadOnlyList<long[]> keys,
        Action<DbDataReader> take)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(take);
        string names = string.Join(", ", Enumerable.Range(1, keys.Count).Select(i => $"k{i}"));
        using NpgsqlCommand command = new(
            $"SELECT {columns} FROM {Unnest(keys.Count)} WITH ORDINALITY AS k ({names}, place) JOIN {join}",
            (NpgsqlConnection)connection, (NpgsqlTransaction?)transaction);
        foreach (long[] key in keys)
        {
            Add(command, NpgsqlDbType.Bigint, key);
        }

        using NpgsqlDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            take(row);
        }
    }

    public override void InsertMany(DbTransaction transaction, string before, string after, IReadOnlyList<object[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using NpgsqlCommand command = Command(transaction, $"{before} SELECT * FROM {Unnest(rows[0].Length)} {after}");
        AddRows(command, [.. rows[0].Select(TypeOf)], rows);
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Few rows go in one statement with one array a column, and the keys of the new ones come back. Of many it is asked first which are
    /// there, and the others go by the server's way for bulk. Nobody else adds events: the receiver's lock is on this
    /// connection, and who came between all the same fails this transaction and not the next.
    /// </summary>
    public override bool[] InsertEvents(DbConnection connection, DbTransaction transaction, IReadOnlyList<object[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count < CountyLimits.PostgresCopyMin)
        {
            HashSet<(long, long, long, long)> added = KeysOf(transaction, s_insert, s_types, rows);
            return [.. rows.Select(row => added.Contains(Key(row)))];
        }

        HashSet<(long, long, long, long)> known = KeysOf(transaction, s_known, s_types[..KeyColumns], rows);
        bool[] isNew = [.. rows.Select(row => !known.Contains(Key(row)))];
        using NpgsqlRawCopyStream copy = ((NpgsqlTransaction)transaction).Connection!.BeginRawBinaryCopy(s_copy);
        copy.Write(CopyText.Of(s_types, rows.Where((_, i) => isNew[i])));
        return isNew;
    }

    private const int KeyColumns = 4;

    private static (long, long, long, long) Key(object[] row) => ((long)row[0], (long)row[1], (long)row[2], (long)row[3]);

    private static HashSet<(long, long, long, long)> KeysOf(
        DbTransaction transaction, string text, NpgsqlDbType[] types, IReadOnlyList<object[]> rows)
    {
        using NpgsqlCommand command = Command(transaction, text);
        AddRows(command, types, rows);
        HashSet<(long, long, long, long)> keys = [];
        using NpgsqlDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            keys.Add((row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), row.GetInt64(3)));
        }

        return keys;
    }

    private static readonly string s_copy = $"COPY events ({SqlSchema.EventColumns}) FROM STDIN (FORMAT binary)";

    // With an OFFSET the server can make no join of it, which for a prepared statement it would plan while the table is small: each key
    // is looked up in the index.
    private static readonly string s_known =
        $"SELECT k1, k2, k3, k4 FROM {Unnest(KeyColumns)} AS k (k1, k2, k3, k4) WHERE EXISTS (SELECT 1 FROM events "
        + "WHERE station = k1 AND epoch = k2 AND lane = k3 AND sequence = k4 OFFSET 0)";

    private static readonly string s_insert =
        $"INSERT INTO events ({SqlSchema.EventColumns}) SELECT * FROM {Unnest(SqlSchema.EventColumnCount)} "
        + "ON CONFLICT DO NOTHING RETURNING station, epoch, lane, sequence";

    private static NpgsqlCommand Command(DbTransaction transaction, string text)
    {
        NpgsqlTransaction open = (NpgsqlTransaction)transaction;
        return new NpgsqlCommand(text, open.Connection, open);
    }

    private static string Unnest(int columns) => $"unnest({string.Join(", ", Enumerable.Range(1, columns).Select(i => $"${i}"))})";

    private static void AddRows(NpgsqlCommand command, NpgsqlDbType[] types, IReadOnlyList<object[]> rows)
    {
        for (int column = 0; column < types.Length; column++)
        {
            Add(command, types[column], Column(types[column], rows, column));
        }
    }

    private static void Add(NpgsqlCommand command, NpgsqlDbType type, Array values) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values });

    private static NpgsqlDbType TypeOf(object value) => value switch
    {
        long => NpgsqlDbType.Bigint,
        string => NpgsqlDbType.Text,
        _ => NpgsqlDbType.Bytea,
    };

    private static Array Column(NpgsqlDbType type, IReadOnlyList<object[]> rows, int column) => type switch
    {
        NpgsqlDbType.Bigint => rows.Select(r => (long)r[column]).ToArray(),
        NpgsqlDbType.Integer => rows.Select(r => (int)(long)r[column]).ToArray(),
        NpgsqlDbType.Text => rows.Select(r => (string)r[column]).ToArray(),
        _ => rows.Select(r => (byte[])r[column]).ToArray(),
    };

    private static NpgsqlDbType[] EventTypes()
    {
        string[] wide = ["station", "epoch", "sequence", "boot", "uptime_ms", "utc_ms", "time_ms", "received_ms"];
        return [.. SqlSchema.EventColumns.Split(", ").Select(name => name switch
        {
            "county" or "township" or "village" => NpgsqlDbType.Text,
            "raw" => NpgsqlDbType.Bytea,
            _ => wide.Contains(name, StringComparer.Ordinal) ? NpgsqlDbType.Bigint : NpgsqlDbType.Integer,
        })];
    }
}
