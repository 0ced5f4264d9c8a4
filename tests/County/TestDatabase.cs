// Owns: the databases that the rules of the store are tested on, and that each rule is tested on all of them.
// Must never: let a test know which one it has.

using System.Collections.Concurrent;
using Gateway.County.Sql;
using Gateway.County.Tests;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

// Much of a test here is waiting for programs and servers, so more of them go at a time than a small machine has processors.
[assembly: CollectionBehavior(MaxParallelThreads = 8)]

namespace Gateway.County.Tests;

/// <summary>The server that all tests of a run share; started by the first that needs it.</summary>
public sealed class PostgresFixture : IDisposable
{
    // More than tests of a run have at a time; each takes some ten megabytes.
    private const int IdleMax = 16;

    private const string Shape = """
        SELECT md5(string_agg(concat_ws(' ', c.relname, c.relkind, a.attnum, a.attname, a.atttypid, a.attnotnull, a.attisdropped), ','
          ORDER BY c.relname, a.attnum))
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relnamespace = 'public'::regnamespace
        """;

    private readonly Lazy<PostgresServer> _server = new(() => PostgresServer.Start(durable: false));

    private readonly Lazy<(string Address, string Shape, string Rows)> _empty;
    private readonly ConcurrentBag<string> _idle = [];

    public PostgresFixture() => _empty = new Lazy<(string, string, string)>(Empty);

    public PostgresServer Server => _server.Value;

    /// <summary>
    /// A database with the county's tables and nothing in them: one that was given back, or a copy, since making tables anew for each test
    /// takes longer.
    /// </summary>
    public string NewStore() => _idle.TryTake(out string? idle) ? idle : Server.CopyOf(_empty.Value.Address);

    /// <summary>A database that was <see cref="NewStore"/> or a copy of one, and that nobody needs any more.</summary>
    public void GiveBack(string address)
    {
        if (_idle.Count < IdleMax && IsEmptied(address))
        {
            _idle.Add(address);
        }
        else
        {
            Server.Drop(address);
        }
    }

    public void Dispose()
    {
        if (_server.IsValueCreated)
        {
            _server.Value.Dispose();
        }
    }

    /// <summary>Whether all that a test stored is gone; not where it left somebody who holds a table, or changed the tables.</summary>
    private bool IsEmptied(string address)
    {
        try
        {
            return Server.Sql(
                $"""
                SET lock_timeout = '1s'; SET client_min_messages = warning;
                DO $$
                DECLARE one TEXT; filled BOOLEAN;
                BEGIN
                  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'scripts' LOOP
                    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', one) INTO filled;
                    IF filled THEN EXECUTE format('TRUNCATE %I', one); END IF;
                  END LOOP;
                  INSERT INTO meta (name, value) VALUES {_empty.Value.Rows};
                END $$;
                {Shape}
                """,
                PostgresServer.NameOf(address)) == _empty.Value.Shape;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private (string Address, string Shape, string Rows) Empty()
    {
        string address = Server.NewDatabase();
        SqlStore.Open(address).Dispose();
        string name = PostgresServer.NameOf(address);
        string rows = string.Join(", ", Server.Sql("SELECT format('(%L, %L)', name, value) FROM meta", name).Split('\n'));
        return (address, Server.Sql(Shape, name), rows);
    }
}

/// <summary>A class of rules that hold on SQLite; a subclass with a server has them hold on PostgreSQL.</summary>
public abstract class StoreTests(PostgresFixture? postgres)
{
    private protected Rig NewRig(params FakeGateway[] gateways) => new(postgres, gateways);
}

public sealed class ClockTestsOnPostgres(PostgresFixture postgres) : ClockTests(postgres);

public sealed class CommandTestsOnPostgres(PostgresFixture postgres) : CommandTests(postgres);

public sealed class ConflictTestsOnPostgres(PostgresFixture postgres) : ConflictTests(postgres);

public sealed class DeliveryTestsOnPostgres(PostgresFixture postgres) : DeliveryTests(postgres);

public sealed class GapTestsOnPostgres(PostgresFixture postgres) : GapTests(postgres);

public sealed class GateTestsOnPostgres(PostgresFixture postgres) : GateTests(postgres);

public sealed class ReadingTestsOnPostgres(PostgresFixture postgres) : ReadingTests(postgres);

public sealed class PresenceTestsOnPostgres(PostgresFixture postgres) : PresenceTests(postgres);

public sealed class StolenKeyTestsOnPostgres(PostgresFixture postgres) : StolenKeyTests(postgres);

public sealed class CountyClockTestsOnPostgres(PostgresFixture postgres) : CountyClockTests(postgres);

public sealed class HiddenFireTestsOnPostgres(PostgresFixture postgres) : HiddenFireTests(postgres);

public sealed class DutyRowsTestsOnPostgres(PostgresFixture postgres) : DutyRowsTests(postgres);
