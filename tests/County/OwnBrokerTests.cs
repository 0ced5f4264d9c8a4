// Owns: `county run` without --broker and `county broker export --watch`, as programs.
// Must never: listen on another address than loopback.

using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Gateway.Contract;
using Gateway.County.Broker;
using Gateway.County.Sql;
using Gateway.Mqtt;

namespace Gateway.County.Tests;

[SupportedOSPlatform("linux")]
public sealed partial class OwnBrokerTests : IDisposable
{
    private const int WaitMs = 120_000;
    private readonly string _folder = MemoryFolder.Create("county-own-");

    private string Database => Path.Combine(_folder, "county.db");

    [Fact]
    public void Program_is_the_broker_with_tls_and_takes_a_station_that_is_added_while_it_runs()
    {
        using TestCertificates certificates = new();
        using SqlStore store = SqlStore.Open(Database);
        using ChildProgram program = ChildProgram.Beside(
            "county.dll", "run", "--listen", "127.0.0.1:0", "--cert", certificates.ServerCert, "--key", certificates.ServerKey,
            "--db", Database);
        program.Await("own broker at", WaitMs);
        int port = int.Parse(Address().Match(program.Said).Groups[1].Value);
        store.AddStation(TestStation.Registered(7));
        using MqttConnection station = Until(() => Open(port, new MqttTls { CaFile = certificates.Ca }));
        Assert.True(station.Publish(TestStation.Registered(7).Topics.Hello, "no hello at all"u8));
        Until(() => store.Refusals().Any(r => r.Station == 7) ? "refused" : null);

        // Neither in clear nor under an authority that did not sign it.
        Assert.Null(Open(port, null));
        Assert.Null(Open(port, new MqttTls { CaFile = certificates.OtherCa }));
        Assert.Equal(0, program.Stop());
    }

    [Theory]
    [InlineData(BrokerLimits.StationsWarned, false)]
    [InlineData(BrokerLimits.StationsWarned + 1, true)]
    public void Program_warns_when_it_is_broker_for_more_stations_than_a_pilot_has(int stations, bool warned)
    {
        using (SqlStore store = SqlStore.Open(Database))
        {
            for (uint number = 1; number <= stations; number++)
            {
                store.AddStation(TestStation.Registered(number));
            }
        }

        using ChildProgram program = ChildProgram.Beside("county.dll", "run", "--listen", "127.0.0.1:0", "--db", Database);

        // Before that line a signal ends the program by itself, as it does any program that is not up yet.
        program.Await("已连接", WaitMs);
        Assert.Equal(0, program.Stop());
        Assert.Equal(warned, program.Said.Contains("county broker export", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Exported_files_follow_the_registry_and_are_whole_at_every_look()
    {
        using SqlStore store = SqlStore.Open(Database);
        string password = Path.Combine(_folder, "county.password");
        File.WriteAllText(password, "county's own");
        string passwords = Path.Combine(_folder, "passwords");
        string rules = Path.Combine(_folder, "acl");
        using ChildProgram program = ChildProgram.Beside(
            "county.dll", "broker", "export", "--watch", "--out", _folder, "--password-file", password, "--db", Database);
        program.Await("站点 0 stations", WaitMs);
        using CancellationTokenSource stop = new();
        Task<int> looks = Task.Run(() => Look(passwords, stop.Token), CancellationToken.None);
        for (uint number = 1; number <= 5; number++)
        {
            store.AddStation(TestStation.Registered(number));
            string user = $"user st{number}\n";
            Until(() => File.ReadAllText(rules).Contains(user, StringComparison.Ordinal) ? user : null);

            // The rules come last: who has them is let in.
            Assert.Contains($"\nst{number}:$7$", File.ReadAllText(passwords), StringComparison.Ordinal);
        }

        store.RemoveStation(3);
        Until(() => File.ReadAllText(rules).Contains("user st3\n", StringComparison.Ordinal) ? null : "gone");
        Assert.DoesNotContain("\nst3:", File.ReadAllText(passwords), StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.True(await looks > 0);
        Assert.Equal(0, program.Stop());
    }

    [Fact]
    public void Export_that_cannot_write_or_waits_for_another_goes_on_when_it_can()
    {
        using SqlStore store = SqlStore.Open(Database);
        string password = Path.Combine(_folder, "county.password");
        File.WriteAllText(password, "county's own");
        string rules = Path.Combine(_folder, "acl");
        using ChildProgram program = ChildProgram.Beside(
            "county.dll", "broker", "export", "--watch", "--out", _folder, "--password-file", password, "--db", Database);
        program.Await("站点 0 stations", WaitMs);

        // Where the rules were is something that no file is put in the place of.
        File.Delete(rules);
        Directory.CreateDirectory(rules);
        store.AddStation(TestStation.Registered(1));
        program.Await("county: ", WaitMs);
        Directory.Delete(rules);
        program.Await("站点 1 stations", WaitMs);
        Assert.Contains("user st1\n", File.ReadAllText(rules), StringComparison.Ordinal);

        // Another export has the lock; one that was killed has left half a file.
        using (new FileStream(Path.Combine(_folder, "export.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            File.WriteAllText(rules + ".new", "half");
            store.AddStation(TestStation.Registered(2));
            program.Await("one export into it at a time", WaitMs);
        }

        program.Await("站点 2 stations", WaitMs);
        Assert.Contains("user st2\n", File.ReadAllText(rules), StringComparison.Ordinal);
        Assert.Equal(0, program.Stop());
    }

    [Fact]
    public void Export_that_waited_for_another_writes_what_is_in_the_registry_by_then()
    {
        string password = Path.Combine(_folder, "county.password");
        File.WriteAllText(password, "county's own");
        using SqlStore store = SqlStore.Open(Database);
        for (uint number = 1; ; number++)
        {
            ChildProgram program;
            using (new FileStream(Path.Combine(_folder, "export.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
            {
                program = ChildProgram.Beside(
                    "county.dll", "broker", "export", "--out", _folder, "--password-file", password, "--db", Database);
                program.Await(() => HasOpen(program.Id, Database), WaitMs);

                // As long as it takes to read a registry of none; a machine that takes longer proves nothing, and fails nothing.
                Thread.Sleep(500);
                store.AddStation(TestStation.Registered(number));
            }

            using (program)
            {
                if (program.Finish(WaitMs) == 0)
                {
                    Assert.Contains($"user st{number}\n", File.ReadAllText(Path.Combine(_folder, "acl")), StringComparison.Ordinal);
                    return;
                }

                // On a very slow machine the lock was held for longer than an export waits.
                Assert.Contains("one export into it at a time", program.Said, StringComparison.Ordinal);
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static bool HasOpen(int process, string file)
    {
        try
        {
            return Directory.GetFiles($"/proc/{process}/fd").Any(fd => new FileInfo(fd).LinkTarget == file);
        }
        catch (IOException)
        {
            // A descriptor was closed meanwhile.
            return false;
        }
    }

    /// <summary>Reads again and again; each time every line has a name and a hash.</summary>
    private static int Look(string path, CancellationToken stop)
    {
        int looks = 0;
        for (; !stop.IsCancellationRequested; looks++)
        {
            string text = File.ReadAllText(path);
            Assert.EndsWith("\n", text, StringComparison.Ordinal);
            Assert.StartsWith("county:$7$", text, StringComparison.Ordinal);
            Assert.All(text[..^1].Split('\n'), line => Assert.Matches(@"^[a-z0-9-]+:\$7\$100\$[^$]{16}\$[^$]{88}$", line));
            Thread.Sleep(1);
        }

        return looks;
    }

    private static T Until<T>(Func<T?> look)
        where T : class
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (true)
        {
            if (look() is { } found)
            {
                return found;
            }

            Assert.True(watch.ElapsedMilliseconds < WaitMs, "not in time");
            Thread.Sleep(20);
        }
    }

    private static MqttConnection? Open(int port, MqttTls? tls)
    {
        MqttConnection connection = new(BrokerUser.Station(7).At(port, tls: tls));
        if (connection.Connect(WaitMs) is null)
        {
            return connection;
        }

        connection.Dispose();
        return null;
    }

    [GeneratedRegex(@"own broker at \S*?:(?<port>\d+)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Address();
}
