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
using Gateway.Tests.Support;

namespace Gateway.Tests.Benchmarks;

internal static class IngestBench
{
    private const int WaitMs = 120_000;

    // A subscription is granted long before; mosquitto_sub does not say when.
    private const int SubscribeMs = 1_000;

    /// <param name="rounds">How often each pair of broker and database is measured, in turns; the medians count.</param>
    public static int Run(int rounds)
    {
        string folder = Directory.CreateTempSubdirectory("gateway-ingest-").FullName;
        try
        {
            using PostgresServer server = PostgresServer.Start(durable: true);
            using IngestLoad load = new();
            string file = Path.Combine(folder, "county.db");
            string address = server.NewDatabase();

            // Not counted: what is compiled on its first use.
            Measured(load, own: true, Path.Combine(folder, "warm.db"));
            Measured(load, own: false, server.NewDatabase());
            Series sqlite = new("county into SQLite, Mosquitto");
            Series postgres = new("county into PostgreSQL, Mosquitto");
            Series ownSqlite = new("county into SQLite, own broker");
            Series ownPostgres = new("county into PostgreSQL, own broker");
            for (int round = 0; round < rounds; round++)
            {
                bool last = round == rounds - 1;
                sqlite.Add(Measured(load, own: false, last ? file : Path.Combine(folder, $"{round}.db")));
                ownSqlite.Add(Measured(load, own: true, Path.Combine(folder, $"own{round}.db")));
                postgres.Add(Measured(load, own: false, last ? address : server.NewDatabase()));
                ownPostgres.Add(Measured(load, own: true, server.NewDatabase()));
            }

            double drained = Drained(load);
            double import = ImportSqlite(folder, file);
            double copy = CopyPostgres(folder, server, address);
            Line("mosquitto_sub alone", drained);
            Array.ForEach([sqlite, ownSqlite, postgres, ownPostgres], series => series.Print());
            Line("sqlite3 .import", import);
            Line("psql \\copy", copy);
            Ratio("county into SQLite to mosquitto_sub", sqlite.Median / drained);
            Ratio("county into PostgreSQL to mosquitto_sub", postgres.Median / drained);
            Ratio("county into SQLite to sqlite3 .import", sqlite.Median / import);
            Ratio("county into PostgreSQL to psql \\copy", postgres.Median / copy);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Drained(IngestLoad load)
    {
        using MosquittoBroker broker = MosquittoBroker.Start([BrokerUser.County, .. IngestLoad.Users], extra: "");
        using Receiver drain = Drain(broker);
        Thread.Sleep(SubscribeMs);
        return Measure(load, drain, broker.Port).Rate;
    }

    /// <summary>A county with a fresh broker, its own or Mosquitto beside it.</summary>
    private static Sample Measured(IngestLoad load, bool own, string database)
    {
        if (!own)
        {
            using MosquittoBroker broker = MosquittoBroker.Start([BrokerUser.County, .. IngestLoad.Users], extra: "");
            using Receiver receiver = Receive(new MqttLink(BrokerUser.County.At(broker.Port)), load, database);
            return Measure(load, receiver, broker.Port);
        }

        using SqlStore registry = SqlStore.Open(database);
        using EmbeddedBroker embedded = new(
            new IPEndPoint(IPAddress.Loopback, 0), null, registry.RegistryVersion,
            () => new BrokerRules(registry.Stations(), registry.Readers()));
        using Receiver county = Receive(embedded, load, database);
        return Measure(load, county, embedded.Port);
    }

    /// <summary>From the first publish until the receiver has everything.</summary>
    private static Sample Measure(IngestLoad load, Receiver receiver, int port)
    {
        load.Connect(port);
        GC.Collect();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Stopwatch watch = Stopwatch.StartNew();
        load.Publish();
        receiver.WaitForAll();
        Sample sample = new(
            IngestLoad.Events / watch.Elapsed.TotalSeconds,
            (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / IngestLoad.Events);
        load.Dispose();
        return sample;
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

    private static Receiver Receive(IBroker link, IngestLoad load, string database)
    {
        SqlStore store = SqlStore.Open(database);
        load.Registrations.ForEach(station => store.AddStation(station));
        Counter counter = new();
        RunningCounty county = new(new CountyService(link, store, counter, new CountyOptions()), link, store);
        if (!counter.Connected.Wait(WaitMs))
        {
            throw new IOException($"the county is not connected within {WaitMs / 1000} s");
        }

        return new Receiver(() => counter.All.Wait(WaitMs), county.Dispose);
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

    /// <param name="Rate">Events a second.</param>
    /// <param name="CpuUs">What this process worked for an event, µs: the county, and its broker where it is its own.</param>
    private readonly record struct Sample(double Rate, double CpuUs);

    private sealed class Series(string name)
    {
        private readonly List<Sample> _samples = [];

        public double Median => Middle(sample => sample.Rate);

        public void Add(Sample sample) => _samples.Add(sample);

        public void Print()
        {
            Line(name, Median);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"ingest, {name}, work of the process: {Middle(sample => sample.CpuUs):F1} us/event"));
        }

        private double Middle(Func<Sample, double> value) => _samples.Select(value).Order().ElementAt(_samples.Count / 2);
    }

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

        public ManualResetEventSlim Connected { get; } = new();

        public void BrokerChanged(bool connected, string text)
        {
            if (connected)
            {
                Connected.Set();
            }
        }

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
