// Owns: how tables are made and grow: by numbered scripts, each once, forwards only.
// Must never: change a script that a database may have run, or leave a database between two versions.

using System.Data.Common;
using System.Globalization;
using System.Reflection;
using DbUp.Engine;

namespace Gateway.County.Sql;

/// <summary>
/// The scripts are NNNN-what.sql in Scripts; each ends by setting meta.schema to its number. All that are due run in one transaction, on
/// the connection that the store uses; a database that is up to date is only looked at.
/// </summary>
internal static class SqlUpgrade
{
    /// <summary>The table of the scripts that were run.</summary>
    private const string Journal = "scripts";

    private static readonly SqlScript[] s_scripts = Scripts();

    /// <summary>The version after the last script.</summary>
    public static int Version { get; } = int.Parse(s_scripts[^1].Name.AsSpan(0, 4), CultureInfo.InvariantCulture);

    /// <exception cref="StoreException">The database is newer than this program, or a script failed: then it is as before.</exception>
    public static void Run(SqlDialect dialect, DbConnection connection, string shown)
    {
        // Looking first keeps a reader from waiting for the writer's lock.
        long version = VersionOf(dialect, connection) ?? 0;
        if (version < Version)
        {
            Do(connection, dialect.BeginUpgrade);
            try
            {
                // Another process may have been quicker.
                version = VersionOf(dialect, connection) ?? 0;
                if (version < Version)
                {
                    version = Run(dialect, connection);
                }

                Do(connection, "COMMIT");
            }
            catch (Exception e) when (e is not StoreException)
            {
                RollBack(connection);
                throw new StoreException(
                    $"db '{shown}': tables of version {version} could not be brought to version {Version}: {e.Message}; it is as before; "
                    + "allowed: a database that this program or an earlier one made, and that this user may change", e);
            }
        }

        if (version > Version)
        {
            throw new StoreException(
                $"db '{shown}': tables of version {version}; allowed: up to version {Version}. 数据库较新 Use the newer program that made it.");
        }
    }

    /// <summary>Whether the database is a county's, of whatever version.</summary>
    public static bool HasTables(SqlDialect dialect, DbConnection connection) => VersionOf(dialect, connection) is not null;

    private static long Run(SqlDialect dialect, DbConnection connection)
    {
        DatabaseUpgradeResult result = dialect.Upgrade(connection, Journal)
            .WithScripts(s_scripts)
            .WithVariable("bytes", dialect.BytesType)
            .WithoutTransaction()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        return result.Successful ? Version : throw new InvalidOperationException(result.Error.Message, result.Error);
    }

    /// <summary>Null: no tables of ours yet.</summary>
    private static long? VersionOf(SqlDialect dialect, DbConnection connection)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = dialect.CountMetaTables;
        if (Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture) == 0)
        {
            return null;
        }

        // Another program may have a table of that name.
        command.CommandText = "SELECT value FROM meta WHERE name = 'schema'";
        return command.ExecuteScalar() is long version ? version : null;
    }

    /// <summary>SQLite has done so by itself where its disk is full; what went wrong before is what must be told.</summary>
    private static void RollBack(DbConnection connection)
    {
        try
        {
            Do(connection, "ROLLBACK");
        }
        catch (DbException)
        {
            return;
        }
    }

    private static void Do(DbConnection connection, string sql)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqlScript[] Scripts()
    {
        Assembly here = typeof(SqlUpgrade).Assembly;
        return [.. here.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => SqlScript.FromStream(name, here.GetManifestResourceStream(name)!))];
    }
}
