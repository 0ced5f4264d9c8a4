// Owns: how many events a second a county stores, beside what the broker's and the databases' own tools do with the same.
// Must never: compare figures of different runs, or let a commit go without its flush.

using System.Diagnostics;
using System.Globalization;
using System.Net;
using Gateway.Contract;
using Gateway.County;
using Gateway.County.Broker;
using Gateway.County.Server;
using Gateway.County.Sql;
using Gateway.Mqtt;
using Gateway.Tests.Support;

namespace Gateway.Tests.Benchmarks;

internal static class IngestBench
{
    private const int WaitMs = 120_000;

    // A subscription is granted long before; mosquitto_sub does not say when.
    private const int SubscribeMs = 1_000;

    public static int Run()
    {
        string folder = Directory.CreateTempSubdirectory("gateway-ingest-").FullName;
        try
        {
            using PostgresServer server = PostgresServer.Start(durable: true);
            using IngestLoad load = new();
            string file = Path.Combine(folder, "county.db");
            string address = server.NewDatabase();
            double drained = Rate(load, Drain);
            double sqlite = Rate(load, broker => Receive(broker, load, file));
            double ownSqlite = RateOfOwn(load, Path.Combine(folder, "own.db"));
            double ownPostgres = RateOfOwn(load, server.NewDatabase());
            double postgres = Rate(load, broker => Receive(broker, load, address));
            double import = ImportSqlite(folder, file);
            double copy = CopyPostgres(folder, server, address);
            Line("mosquitto_sub alone", drained);
            Line("county into SQLite, Mosquitto", sqlite);
            Line("county into PostgreSQL, Mosquitto", postgres);
            Line("county into SQLite, own broker", ownSqlite);
            Line("county into PostgreSQL, own broker", ownPostgres);
            Line("sqlite3 .import", import);
            Line("psql \\copy", copy);
            Ratio("county into SQLite to mosquitto_sub", sqlite / drained);
            Ratio("county into PostgreSQL to mosquitto_sub", postgres / drained);
            Ratio("county into SQLite to sqlite3 .import", sqlite / import);
            Ratio("county into PostgreSQL to psql \\copy", postgres / copy);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Events a second from the first publish until the receiver has everything, at a fresh broker.</summary>
    private static double Rate(IngestLoad load, Func<MosquittoBroker, Receiver> receive)
    {
        using MosquittoBroker broker = MosquittoBroker.Start([BrokerUser.County, .. IngestLoad.Users], extra: "");
        return Measure(load, receive(broker), broker.Port);
    }

    /// <summary>The same with the county as its own broker.</summary>
    private static double RateOfOwn(IngestLoad load, string database)
    {
        using SqlStore registry = SqlStore.Open(database);
        int port = FreePort.Next();
        EmbeddedBroker broker = new(
            new IPEndPoint(IPAddress.Loopback, port), null, registry.RegistryVersion,
            () => new BrokerRules(registry.Stations(), registry.Readers()));
        return Measure(load, Receive(broker, load, database), port);
    }

    private static double Measure(IngestLoad load, Receiver receiver, int port)
    {
        using Receiver ended = receiver;
        load.Connect(port);
        Thread.Sleep(SubscribeMs);
        Stopwatch watch = Stopwatch.StartNew();
        load.Publish();
        receiver.WaitForAll();
        double rate = IngestLoad.Events / watch.Elapsed.TotalSeconds;
        load.Dispose();
        return rate;
    }

    private static Receiver Drain(MosquittoBroker broker)
    {
        Process process = Process.Start(new ProcessStartInfo("/bin/sh",
        [
            "-c", "exec \"$@\" >/dev/null", "sh", "mosquitto_sub", "-h", MosquittoBroker.Host, "-p", $"{broker.Port}",
            "-u", BrokerUser.County.Name, "-P", BrokerUser.County.Password, "-i", "county", "-q", "1", "-t", Topics.AllUp,
            "-C", $"{IngestLoad.Messages}",
        ]))!;
        return new Receiver(
            () => process.WaitForExit(WaitMs) && process.ExitCode == 0,
            () =>
            {
                process.Kill();
                process.Dispose();
            });
    }

    private static Receiver Receive(MosquittoBroker broker, IngestLoad load, string database) => Receive(
        new MqttLink(new MqttAccess
        {
            Host = MosquittoBroker.Host,
            Port = broker.Port,
            ClientId = "county",
            User = BrokerUser.County.Name,
            Password = BrokerUser.County.Password,
        }),
        load,
        database);

    private static Receiver Receive(IBroker link, IngestLoad load, string database)
    {
        SqlStore store = SqlStore.Open(database);
        load.Registrations.ForEach(station => store.AddStation(station));
        Counter counter = new();
        CountyService service = new(link, store, counter, new CountyOptions());
        CancellationTokenSource stop = new();
        Thread thread = new(() => service.Run(stop.Token));
        thread.Start();
        return new Receiver(
            () => counter.All.Wait(WaitMs),
            () =>
            {
                stop.Cancel();
                thread.Join();
                link.Dispose();
                store.Dispose();
                stop.Dispose();
            });
    }

    /// <summary>The same rows, by SQLite's own tool, into the same empty tables, with the same flush.</summary>
    private static double ImportSqlite(string folder, string file)
    {
        string rows = Path.Combine(folder, "rows.csv");
        string fresh = Path.Combine(folder, "fresh.db");
        SqlStore.Open(fresh).Dispose();
        Run("sqlite3", file, ".mode csv", $".once {rows}", "SELECT * FROM events");
        Stopwatch watch = Stopwatch.StartNew();
        Run("sqlite3", fresh, "PRAGMA synchronous=FULL", ".mode csv", $".import {rows} events");
        return Checked(Run("sqlite3", fresh, "SELECT COUNT(*) FROM events"), watch.Elapsed);
    }

    /// <summary>The same rows, by PostgreSQL's own tool.</summary>
    private static double CopyPostgres(string folder, PostgresServer server, string address)
    {
        string rows = Path.Combine(folder, "rows.bin");
        string fresh = server.NewDatabase();
        SqlStore.Open(fresh).Dispose();
        Run("psql", "-X", "-q", "-d", address, "-c", $"\\copy events TO '{rows}' (FORMAT binary)");
        Stopwatch watch = Stopwatch.StartNew();
        Run("psql", "-X", "-q", "-d", fresh, "-c", $"\\copy events FROM '{rows}' (FORMAT binary)");
        TimeSpan taken = watch.Elapsed;
        return Checked(Run("psql", "-X", "-q", "-A", "-t", "-d", fresh, "-c", "SELECT COUNT(*) FROM events"), taken);
    }

    private static double Checked(string count, TimeSpan taken) =>
        count == IngestLoad.Events.ToString(CultureInfo.InvariantCulture)
            ? IngestLoad.Events / taken.TotalSeconds
            : throw new IOException($"{count} rows of {IngestLoad.Events} were copied");

    private static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        string said = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? said : throw new IOException($"{program} ended with {process.ExitCode}");
    }

    private static void Line(string name, double rate) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ingest, {name}: {rate:F0} events/s"));

    private static void Ratio(string name, double ratio) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ingest, {name}: {ratio:F2} ratio"));

    /// <summary>Somebody who takes the messages.</summary>
    private sealed class Receiver(Func<bool> wait, Action end) : IDisposable
    {
        public void WaitForAll()
        {
            if (!wait())
            {
                throw new IOException($"not everything came within {WaitMs / 1000} s");
            }
        }

        public void Dispose() => end();
    }

    private sealed class Counter : ICountyObserver
    {
        private int _stored;

        public ManualResetEventSlim All { get; } = new();

        public void Stored(StationRegistration station, StoredEvent stored)
        {
            if (++_stored == IngestLoad.Events)
            {
                All.Set();
            }
        }

        public void InTrouble(string text) => Console.Error.WriteLine(text);
    }
}
