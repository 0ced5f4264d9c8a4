// Owns: that a database of an earlier version grows in place, whole or not at all.
// Must never: make the old database with the code of today; it is kept as it was written.

using Gateway.Contract;
using Gateway.County.Sql;
using Microsoft.Data.Sqlite;

namespace Gateway.County.Tests;

public sealed class UpgradeTests(PostgresFixture postgres) : IDisposable
{
    private static readonly string s_data = Path.Combine(AppContext.BaseDirectory, "Data");
    private readonly string _folder = Directory.CreateTempSubdirectory("county-").FullName;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Database_of_version_1_grows_with_all_that_is_in_it(bool onServer)
    {
        string address = Old(onServer);
        for (int again = 0; again < 2; again++)
        {
            using SqlStore store = SqlStore.Open(address);
            Assert.Equal([330701u, 330702u], store.Stations().Select(s => s.Station));
            Assert.Equal(5 + again, store.Events(new EventQuery()).Count());
            StationState state = Assert.Single(store.States());
            Assert.Equal((true, again == 0), (state.Online, state.Silent));
            Assert.Equal(EscalationLevel.County, Assert.Single(store.Escalations(openOnly: true)).Level);
            Assert.Equal((int)CommandCode.Drill, Assert.Single(store.Commands(330701)).Code);
            Assert.NotEmpty(store.Refusals());
            if (again == 0)
            {
                FakeGateway gateway = new(330701) { Boot = 2 };
                CountyDesk desk = new(store, new Recorder(), new CountyOptions());
                Instant now = new(1_780_002_000_000, 0);
                foreach (Sent sent in (Sent[])[gateway.Hello(), gateway.Batch(Lane.Fire, 2, 3)])
                {
                    desk.Commit([desk.Open(sent.Topic, sent.Payload, now)!], now);
                }
            }
        }

        Drop(address);
    }

    [Fact]
    public void Grown_database_has_the_tables_of_a_new_one()
    {
        using (SqlStore.Open(OldFile()))
        using (SqlStore.Open(In("new.db")))
        {
            Assert.NotEmpty(Columns(In("new.db")));
            Assert.Equal(Columns(In("new.db")), Columns(In("old.db")));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Database_that_was_brought_over_is_only_looked_at_from_then_on(bool onServer)
    {
        // One that says less than the last script's number is locked anew by everybody who opens it.
        string address = Old(onServer);
        using (SqlStore.Open(address))
        {
            Assert.Equal($"{SqlUpgrade.Version}", Sql(address, "SELECT value FROM meta WHERE name = 'schema'").Trim());
        }

        Drop(address);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Newer_database_is_refused_with_a_sentence_and_left_alone(bool onServer)
    {
        string address = Old(onServer);
        Sql(address, "UPDATE meta SET value = 99 WHERE name = 'schema'");
        string said = Assert.Throws<StoreException>(() => SqlStore.Open(address)).Message;
        Assert.Contains("tables of version 99; allowed: up to version ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("scripts", Tables(address));
        Drop(address);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Script_that_fails_leaves_the_database_as_it_was(bool onServer)
    {
        string address = Old(onServer);
        Sql(address, "ALTER TABLE presence ADD COLUMN silent INTEGER");
        string said = Assert.Throws<StoreException>(() => SqlStore.Open(address)).Message;
        Assert.Contains("tables of version 1 could not be brought to version ", said, StringComparison.Ordinal);
        Assert.Contains("it is as before; allowed: ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("scripts", Tables(address));
        Drop(address);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Many_that_open_an_old_database_at_once_bring_it_over_once(bool onServer)
    {
        string address = Old(onServer);
        Parallel.For(0, 6, new ParallelOptions { MaxDegreeOfParallelism = 6 }, _ =>
        {
            using SqlStore store = SqlStore.Open(address);
            Assert.Equal(2, store.Stations().Count);
        });
        Drop(address);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string[] Columns(string file)
    {
        List<string> columns = [];
        using SqliteConnection connection = new($"Data Source={file};Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            "SELECT m.type, m.name, c.name, c.type FROM sqlite_master m LEFT JOIN pragma_table_info(m.name) c ORDER BY 1, 2, 3";
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            columns.Add(string.Join(' ', Enumerable.Range(0, 4).Select(i => row.IsDBNull(i) ? "" : row.GetString(i))));
        }

        return [.. columns];
    }

    private string In(string name) => Path.Combine(_folder, name);

    private string Old(bool onServer) => onServer ? OldOnServer() : OldFile();

    private void Drop(string address)
    {
        if (address.Contains("://", StringComparison.Ordinal))
        {
            postgres.Server.Drop(address);
        }
    }

    private string OldFile()
    {
        File.Copy(Path.Combine(s_data, "version1.db"), In("old.db"));
        return In("old.db");
    }

    private string OldOnServer()
    {
        string address = postgres.Server.NewDatabase();
        Sql(address, File.ReadAllText(Path.Combine(s_data, "version1.sql")));
        return address;
    }

    private string[] Tables(string address) => Sql(
        address,
        address.Contains("://", StringComparison.Ordinal)
            ? "SELECT string_agg(table_name, ' ') FROM information_schema.tables WHERE table_schema = 'public'"
            : "SELECT group_concat(name, ' ') FROM sqlite_master").Trim().Split(' ');

    private string Sql(string address, string sql)
    {
        if (address.Contains("://", StringComparison.Ordinal))
        {
            return postgres.Server.Sql(sql, PostgresServer.NameOf(address));
        }

        using SqliteConnection connection = new($"Data Source={address};Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString() ?? "";
    }
}
