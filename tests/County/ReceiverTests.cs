// Owns: the rules of who may receive into a database.
// Must never: leave a frozen server behind.

using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

public sealed class ReceiverTests(PostgresFixture postgres) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("county-").FullName;

    [Theory]
    [InlineData("link.db")]
    [InlineData("folder/county.db")]
    [InlineData("./../{0}/county.db")]
    public void Second_receiver_is_refused_whatever_name_it_gives_the_file(string other)
    {
        File.CreateSymbolicLink(In("link.db"), "county.db");
        Directory.CreateSymbolicLink(In("folder"), _folder);
        using SqlStore first = SqlStore.Open(In("county.db"));
        Assert.False(first.HasReceiver());
        first.BecomeReceiver();
        using (SqlStore second = SqlStore.Open(In(string.Format(other, Path.GetFileName(_folder)))))
        {
            Assert.True(second.HasReceiver());
            string said = Assert.Throws<StoreException>(second.BecomeReceiver).Message;
            Assert.Contains($"user {Environment.UserName}, process {Environment.ProcessId}", said, StringComparison.Ordinal);
            Assert.Contains("allowed: one at a time", said, StringComparison.Ordinal);
        }

        first.Dispose();
        using SqlStore third = SqlStore.Open(In("link.db"));
        third.BecomeReceiver();
    }

    [Fact]
    public void Server_has_one_receiver_a_schema_and_it_stays_that_over_a_broken_connection()
    {
        string address = postgres.Server.NewDatabase();
        string name = PostgresServer.NameOf(address);
        using (SqlStore first = SqlStore.Open(address))
        using (SqlStore second = SqlStore.Open(address))
        {
            Assert.False(second.HasReceiver());
            first.BecomeReceiver();
            Assert.True(second.HasReceiver());
            string said = Assert.Throws<StoreException>(second.BecomeReceiver).Message;
            Assert.Contains("allowed: one at a time", said, StringComparison.Ordinal);
            Break(name);
            Assert.ThrowsAny<Exception>(() => first.RegistryVersion());
            first.RegistryVersion();
            using SqlStore third = SqlStore.Open(address);
            Assert.Throws<StoreException>(third.BecomeReceiver);

            // Another one was quicker: whoever lost the lock commits nothing any more.
            Break(name);
            using SqlStore fourth = SqlStore.Open(address);
            fourth.BecomeReceiver();
            Assert.ThrowsAny<Exception>(() => first.RegistryVersion());
            Assert.Contains("allowed: one at a time", Assert.Throws<StoreException>(first.Begin).Message, StringComparison.Ordinal);
        }

        postgres.Server.Drop(address);

        void Break(string database)
        {
            postgres.Server.Sql($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");
            Assert.True(SpinWait.SpinUntil(
                () => postgres.Server.Sql($"SELECT COUNT(*) FROM pg_stat_activity WHERE datname = '{database}'").Trim() == "0", 120_000));
        }
    }

    [Fact]
    public void Server_that_stands_still_is_told_within_30_s()
    {
        using PostgresServer server = PostgresServer.Start(durable: false);
        using SqlStore store = SqlStore.Open(server.NewDatabase());
        store.BecomeReceiver();
        using MemoryBroker broker = new();
        Recorder told = new();
        using RunningCounty county = new(new CountyService(broker, store, told, new CountyOptions()));
        server.Freeze();
        try
        {
            double ranMs = Patience.RunMsUntil(() => Told() is not null, "what is told of the server");
            TestContext.Current.TestOutputHelper?.WriteLine($"told after {ranMs / 1000:0.0} s: {Told()}");
            Assert.InRange(ranMs, 1_000, 30_000);
        }
        finally
        {
            server.Thaw();
        }

        string? Told()
        {
            lock (told.Trouble)
            {
                return told.Trouble.Count == 0 ? null : told.Trouble[0];
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string In(string name) => Path.Combine(_folder, name);
}
