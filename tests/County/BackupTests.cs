// Owns: that a copy of a database in use is whole, of one moment, and private.
// Must never: stop the writer for the copy.

using System.Diagnostics;
using System.Runtime.Versioning;
using Gateway.Contract;
using Gateway.County.Sql;
using Gateway.Tests.Support;

namespace Gateway.County.Tests;

[SupportedOSPlatform("linux")]
public sealed class BackupTests(PostgresFixture postgres) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("county-").FullName;
    private readonly FakeGateway _gateway = new(330701);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Copy_made_while_the_county_writes_is_of_one_moment(bool onServer)
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

        Assert.Equal((0, ""), (backup.ExitCode, backup.StandardError.ReadToEnd()));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));
        string restored = copy;
        if (onServer)
        {
            restored = postgres.Server.NewDatabase();
            using Process restore = Process.Start("pg_restore", ["--no-owner", "-d", restored, copy]);
            restore.WaitForExit();
            Assert.Equal(0, restore.ExitCode);
        }

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

        // What is there is not overwritten.
        using Process again = Start("backup", copy, "--db", rig.Address);
        again.WaitForExit();
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("is there already; allowed: ", again.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_folder, "copy*.part").Append("none"));
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
