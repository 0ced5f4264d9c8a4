// Owns: the databases that the rules of the store are tested on, and that each rule is tested on all of them.
// Must never: let a test know which one it has.

using Gateway.County.Sql;
using Gateway.County.Tests;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

// Much of a test here is waiting for programs and servers, so more of them go at a time than a small machine has processors.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]

namespace Gateway.County.Tests;

/// <summary>The server that all tests of a run share; started by the first that needs it.</summary>
public sealed class PostgresFixture : IDisposable
{
    private readonly Lazy<PostgresServer> _server = new(() => PostgresServer.Start(durable: false));

    private readonly Lazy<string> _empty;

    public PostgresFixture() => _empty = new Lazy<string>(Empty);

    public PostgresServer Server => _server.Value;

    /// <summary>A new database with the county's tables: a copy, since making them anew for each test takes longer.</summary>
    public string NewStore() => Server.CopyOf(_empty.Value);

    public void Dispose()
    {
        if (_server.IsValueCreated)
        {
            _server.Value.Dispose();
        }
    }

    private string Empty()
    {
        string address = Server.NewDatabase();
        SqlStore.Open(address).Dispose();
        return address;
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
