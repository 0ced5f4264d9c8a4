// Owns: what is asked of a PostgreSQL address and of a server's connection.
// Must never: print a password, not even when a test fails.

using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

public sealed class PostgresTests(PostgresFixture postgres)
{
    private const string Password = "s3cret";
    private readonly FakeGateway _gateway = new(330701);

    [Theory]
    [InlineData("postgres://user:s3cret@127.0.0.1:1/county")]
    [InlineData("postgres://user:s3cret@/county")]
    [InlineData("postgres://user:s3cret@host")]
    [InlineData("postgres://user:s3cret@host/")]
    [InlineData("postgres://user:s3cret@host:99999/county")]
    [InlineData("postgres://user:s3cret@host/county?sslmode=off")]
    [InlineData("postgres://host/county")]
    [InlineData("mysql://user:s3cret@host/county")]
    public void Address_that_cannot_be_used_is_refused_without_its_password(string address)
    {
        StoreException error = Assert.Throws<StoreException>(() => SqlStore.Open(address));
        Assert.Contains("allowed: ", error.Message, StringComparison.Ordinal);
        Assert.False(error.Message.Contains(Password, StringComparison.Ordinal), "the password was shown");
    }

    [Theory]
    [InlineData("postgres://user:s3cret@host:5433/county", "postgres://user@host:5433/county")]
    [InlineData("postgresql://user:s3%2Fcret@[::1]/county", "postgres://user@[::1]/county")]
    [InlineData("postgres://user@host/county", "postgres://user@host/county")]
    [InlineData("county.db", "county.db")]
    public void Address_is_shown_without_its_password(string address, string shown) => Assert.Equal(shown, SqlStore.Shown(address));

    [Fact]
    public void Wrong_password_is_refused_by_the_server_and_not_shown()
    {
        string address = postgres.Server.Address("postgres").Replace("@", Password + "@", StringComparison.Ordinal);
        string message = Assert.Throws<StoreException>(() => SqlStore.Open(address)).Message;
        Assert.Contains("allowed: ", message, StringComparison.Ordinal);
        Assert.False(message.Contains(Password, StringComparison.Ordinal), "the password was shown");
    }

    [Fact]
    public void Database_whose_encoding_cannot_hold_the_text_is_refused()
    {
        string message = Assert.Throws<StoreException>(() => SqlStore.Open(postgres.Server.NewDatabase("LATIN1"))).Message;
        string says = "encoding LATIN1; allowed: a database made with ENCODING 'UTF8' TEMPLATE template0";
        Assert.Contains(says, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_only_reads_makes_no_tables_in_a_database_of_others()
    {
        string address = postgres.Server.NewDatabase();
        string message = Assert.Throws<StoreException>(() => SqlStore.Open(address, create: false)).Message;
        Assert.Contains("not a county's; allowed: ", message, StringComparison.Ordinal);
        SqlStore.Open(address).Dispose();
        SqlStore.Open(address, create: false).Dispose();
    }

    [Fact]
    public void Server_that_says_nothing_is_told_as_such()
    {
        using System.Net.Sockets.TcpListener deaf = new(System.Net.IPAddress.Loopback, 0);
        deaf.Start();
        string message = Assert.Throws<StoreException>(() => SqlStore.Open($"postgres://u@{deaf.LocalEndpoint}/county")).Message;
        Assert.Contains("no answer within 5 s; allowed: a server that answers", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Server_that_comes_back_gets_the_next_transaction_on_a_new_connection()
    {
        // A server of its own, since it is killed.
        using PostgresServer server = PostgresServer.Start(durable: true);
        using Rig rig = new(server, _gateway);
        rig.Send(_gateway.Hello());
        Assert.Equal(1u, rig.SendOne(_gateway, _gateway.Batch(Lane.Fire, 0, 1)).Held[(int)Lane.Fire]);
        server.Crash();
        Sent batch = _gateway.Batch(Lane.Fire, 1, 2, 3);
        Assert.ThrowsAny<Exception>(() => rig.Send(batch));
        Assert.Equal(3u, rig.SendOne(_gateway, batch).Held[(int)Lane.Fire]);
        Assert.Equal([1u, 2u, 3u], rig.Sequences(_gateway, Lane.Fire));
        Assert.Equal("3", server.Sql("SELECT COUNT(*) FROM events", PostgresServer.NameOf(rig.Address)));
    }

    [Fact]
    public void Server_that_comes_back_is_asked_for_stations_on_a_new_connection_without_any_message()
    {
        using PostgresServer server = PostgresServer.Start(durable: true);
        using SqlStore store = SqlStore.Open(server.NewDatabase());
        long before = store.RegistryVersion();
        server.Crash();
        Assert.ThrowsAny<Exception>(() => store.RegistryVersion());
        Assert.Equal(before, store.RegistryVersion());
    }

    [Fact]
    public void Commits_wait_for_the_disk()
    {
        string address = postgres.Server.NewDatabase();
        using (SqlStore.Open(address))
        {
            string name = PostgresServer.NameOf(address);
            postgres.Server.Sql($"ALTER DATABASE {name} SET synchronous_commit = off");
            using System.Data.Common.DbConnection connection = new PostgresDialect(address).Open();
            using System.Data.Common.DbCommand command = connection.CreateCommand();
            command.CommandText = "SHOW synchronous_commit";
            Assert.Equal("on", command.ExecuteScalar());
        }

        postgres.Server.Drop(address);
    }
}
