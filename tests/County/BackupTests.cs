// Owns: that a copy of a database in use is whole, of one moment, and private.
// Must never: stop the writer for the copy.

using System.Diagnostics;
using System.Runtime.Versioning;
using Gateway.Contract;
using Gateway.County.Server;
using Gateway.County.Sql;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Gateway.County.Tests;

[SupportedOSPlatform("linux")]
public sealed class BackupTests(PostgresFixture postgres) : IDisposable
{
    private const int WithinMs = 120_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("county-").FullName;
    private readonly FakeGateway _gateway = new(330701);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Copy_made_while_the_county_writes_is_of_one_moment(bool onServer)
    {
        using Rig rig = new(onServer ? postgres : null, _gateway);
        rig.Send(_gateway.Hello());
        rig.Send(_gateway.Batch(Lane.Fire, 0, 1));
        string copy = Path.Combine(_folder, "copy");
        using Process backup = Start("backup", copy, "--db", rig.Address);
        for (uint n = 1; !backup.HasExited; n++)
        {
            rig.Send(_gateway.Batch(Lane.Fire, n, n + 1));
        }

        string error = backup.StandardError.ReadToEnd();
        Assert.True((backup.ExitCode, error) == (0, ""), error);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));
        string restored = onServer ? postgres.Server.NewDatabase() : Path.Combine(_folder, "restored");
        Assert.Equal((0, ""), await Says("restore", copy, "--check", "--db", onServer ? rig.Address : "county.db"));
        if (onServer)
        {
            Assert.Equal("0", postgres.Server.Sql("SELECT COUNT(*) FROM pg_database WHERE datname LIKE 'county_check_%'"));
        }

        Assert.Equal((0, ""), await Says("restore", copy, "--db", restored));
        (int code, string said) = await Says("restore", copy, "--db", restored);
        Assert.Equal(1, code);
        Assert.Contains(onServer ? "已有数据" : "is there already; allowed: ", said, StringComparison.Ordinal);

        using (SqlStore store = SqlStore.Open(restored))
        {
            uint held = Assert.Single(store.Lanes(330701)).State.Held;
            Assert.InRange(held, 1u, rig.Held(_gateway, Lane.Fire));
            Assert.Equal(held, (uint)store.Events(new EventQuery()).Count());
            Assert.Single(store.Stations());
        }

        if (onServer)
        {
            postgres.Server.Drop(restored);
        }
        else
        {
            File.Delete(restored);
            File.Delete(restored + ".keys");
        }

        // What is there is not overwritten.
        using Process again = Start("backup", copy, "--db", rig.Address);
        again.WaitForExit();
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("is there already; allowed: ", again.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal([copy], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Copy_that_lies_about_a_record_is_cut_or_is_none_is_told_and_leaves_nothing()
    {
        using Rig rig = new(_gateway);
        rig.Send(_gateway.Hello());
        rig.Send(_gateway.Batch(Lane.Fire, 0, 1, 2, 3));
        string copy = Path.Combine(_folder, "copy");
        SqlStore.Copy(rig.Address, copy, TestContext.Current.CancellationToken);
        Sql(copy, "UPDATE events SET raw = zeroblob(64) WHERE sequence = 2");
        await Broken(copy, "1 records are not what their rows say");
        Sql(copy, "DELETE FROM events WHERE sequence = 1");
        await Broken(copy, "1 open cases lack the event that began them");
        byte[] bytes = File.ReadAllBytes(copy);
        File.WriteAllBytes(copy, bytes[..(bytes.Length / 2)]);
        await Broken(copy, "allowed: ");
        File.WriteAllText(copy, "text");
        await Broken(copy, "is no copy of a county's database; allowed: ");
        File.WriteAllBytes(copy, [.. "PGDMP"u8]);
        (int code, string output) = await Says("restore", copy, "--db", Path.Combine(_folder, "restored"));
        Assert.Equal(2, code);
        Assert.Contains("a copy of a PostgreSQL database; allowed: ", output, StringComparison.Ordinal);
        Assert.Equal([copy], Directory.GetFiles(_folder));
    }

    private async Task Broken(string copy, string says)
    {
        foreach (string[] check in (string[][])[["--check"], []])
        {
            (int code, string output) = await Says(["restore", copy, "--db", Path.Combine(_folder, "restored"), .. check]);
            Assert.Equal(1, code);
            Assert.Contains(says, output, StringComparison.Ordinal);
            File.Delete(Path.Combine(_folder, "restored.keys"));
        }
    }

    /// <summary>What the program says, inside this process.</summary>
    private static async Task<(int Code, string Error)> Says(params string[] arguments)
    {
        using StringWriter error = new();
        int code = await CommandLine.Run(arguments, error);
        return (code, error.ToString());
    }

    [Fact]
    public void Copy_that_was_killed_hinders_the_next_one_in_nothing()
    {
        using Rig rig = new(_gateway);
        string copy = Path.Combine(_folder, "copy");
        File.WriteAllText(copy + ".part", "half a copy");
        File.WriteAllText(copy + ".part.lock", "");
        using (Process backup = Start("backup", copy, "--db", rig.Address))
        {
            backup.WaitForExit();
            Assert.Equal((0, ""), (backup.ExitCode, backup.StandardError.ReadToEnd()));
        }

        Assert.Equal([copy], Directory.GetFiles(_folder));
        using SqlStore store = SqlStore.Open(copy, create: false);
        Assert.Single(store.Stations());
    }

    [Fact]
    public async Task Second_copy_into_a_file_and_a_folder_are_refused_before_anything_is_made()
    {
        using Rig rig = new(_gateway);
        string copy = Path.Combine(_folder, "copy");
        using (new FileStream(copy + ".part.lock", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Contains("is being made; allowed: another name", await Told(copy, rig.Address), StringComparison.Ordinal);
        }

        File.Delete(copy + ".part.lock");
        Directory.CreateDirectory(copy);
        Assert.Contains($"FILE: '{copy}' is there already; allowed: ", await Told(copy, rig.Address), StringComparison.Ordinal);
        string nowhere = Path.Combine(_folder, "none", "copy");
        Assert.Contains("cannot be made", await Told(nowhere, rig.Address), StringComparison.Ordinal);
        Assert.Equal([copy], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Copy_of_an_older_database_is_as_old_and_leaves_it_so()
    {
        string old = Path.Combine(_folder, "old.db");
        SqlStore.Open(old).Dispose();
        Sql(old, "UPDATE meta SET value = 1 WHERE name = 'schema'");
        string copy = Path.Combine(_folder, "copy");
        SqlStore.Copy(old, copy, TestContext.Current.CancellationToken);
        const string Version = "SELECT value FROM meta WHERE name = 'schema'";
        Assert.Equal((1L, 1L), (Sql(old, Version), Sql(copy, Version)));
        Sql(old, "DROP TABLE meta");
        string says = Assert.Throws<StoreException>(() => SqlStore.Copy(old, copy + "2", TestContext.Current.CancellationToken)).Message;
        Assert.Contains("allowed: a database made by this program", says, StringComparison.Ordinal);
    }

    [Fact]
    public void Copy_that_is_told_to_end_leaves_nothing()
    {
        // Method: the server's program waits for a table that somebody has locked.
        string address = postgres.NewStore();
        string copy = Path.Combine(_folder, "copy");
        using (NpgsqlConnection other = (NpgsqlConnection)new PostgresDialect(address).Open())
        {
            using NpgsqlCommand command = other.CreateCommand();
            command.CommandText = "BEGIN; LOCK TABLE events IN ACCESS EXCLUSIVE MODE";
            command.ExecuteNonQuery();
            using Process backup = Start("backup", copy, "--db", address);
            // Other tests wait for locks of their own databases at the same server.
            command.CommandText = "SELECT COUNT(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database"
                + " WHERE NOT granted AND datname = current_database()";
            Stopwatch watch = Stopwatch.StartNew();
            while ((long)command.ExecuteScalar()! == 0 || !File.Exists(copy + ".part"))
            {
                Assert.False(backup.HasExited, "the copy does not wait");
                Assert.True(watch.ElapsedMilliseconds < WithinMs, "the copy does not come to wait");
                Thread.Sleep(20);
            }

            Signals.Send(backup.Id, Signals.Terminate);
            Assert.True(backup.WaitForExit(WithinMs), "does not end");
            Assert.Equal(1, backup.ExitCode);
            Assert.Empty(Directory.GetFiles(_folder));
            Assert.DoesNotContain(Process.GetProcessesByName("pg_dump"), one => File.ReadAllText($"/proc/{one.Id}/cmdline").Contains(copy));
        }

        postgres.Server.Drop(address);
    }

    [Fact]
    public async Task County_of_a_province_is_copied_by_its_own_role_beside_others()
    {
        // The script's database has this name.
        postgres.Server.Sql("CREATE DATABASE province");
        (int made, string sql, string error) = ChildProgram.Shell($"'{Repository.Path("deploy", "schemas.sh")}' 330726 330727");
        Assert.True(made == 0, error);
        postgres.Server.Sql(sql + "ALTER ROLE county_330726 PASSWORD 'one' CREATEDB; ALTER ROLE county_330727 PASSWORD 'two';", "province");
        string Address(string who, string database) => $"postgres://{who}@127.0.0.1:{postgres.Server.Port}/{database}";
        string mine = Address("county_330726:one", "province");
        string others = Address("county_330727:two", "province");
        SqlStore.Open(others).Dispose();
        using (SqlStore store = SqlStore.Open(mine))
        {
            Assert.True(store.AddStation(_gateway.Registration));
        }

        string copy = Path.Combine(_folder, "copy");
        Assert.Equal((0, ""), await Says("backup", copy, "--db", mine));
        Assert.Equal((0, ""), await Says("restore", copy, "--check", "--db", mine));
        string elsewhere = postgres.Server.NewDatabase();
        (int code, string said) = await Says("restore", copy, "--db", elsewhere);
        Assert.Equal(1, code);
        Assert.Contains("the copy is of schema county_330726, and this user's here is public; allowed: ", said, StringComparison.Ordinal);
        Assert.Contains("已有数据", (await Says("restore", copy, "--db", mine)).Error, StringComparison.Ordinal);

        // A machine later: the schema is there, and empty.
        postgres.Server.Sql(
            "DROP SCHEMA county_330726 CASCADE; CREATE SCHEMA county_330726 AUTHORIZATION county_330726", "province");
        Assert.Equal((0, ""), await Says("restore", copy, "--db", mine));
        using (SqlStore store = SqlStore.Open(mine, create: false))
        {
            Assert.Single(store.Stations());
        }

        postgres.Server.Drop(elsewhere);
        postgres.Server.Drop(mine);
        postgres.Server.Sql("DROP ROLE county_330726; DROP ROLE county_330727");
        File.Delete(copy);
    }

    private static async Task<string> Told(string copy, string database)
    {
        using StringWriter error = new();
        Assert.Equal(1, await CommandLine.Run(["backup", copy, "--db", database], error));
        return error.ToString();
    }

    private static long? Sql(string file, string statement)
    {
        using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = statement;
        return (long?)command.ExecuteScalar();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "county.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
