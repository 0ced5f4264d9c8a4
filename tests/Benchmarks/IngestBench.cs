// Owns: how many events a second a county stores, beside what the broker's and the databases' own tools do with the same.
// Must never: compare figures of different runs, or let a commit go without its flush.

using System.Diagnostics;
using System.Diagnostics.Metrics;
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

    // With one, the compiler's thread works a third as much as the county in the first round that counts.
    private const int WarmRounds = 4;

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

            // Not counted: what is compiled at its first use, and once more when it was used often.
            for (int warm = 0; warm < WarmRounds; warm++)
            {
                Measured(load, own: true, Path.Combine(folder, $"warm{warm}.db"), null);
                Measured(load, own: false, server.NewDatabase(), null);
            }

            Series drained = new("mosquitto_sub alone");
            Series sqlite = new("county into SQLite, Mosquitto");
            Series postgres = new("county into PostgreSQL, Mosquitto");
            Series ownSqlite = new("county into SQLite, own broker");
            Series ownPostgres = new("county into PostgreSQL, own broker");
            Series import = new("sqlite3 .import");
            Series copy = new("psql \\copy");
            Series gate = new("signatures and records of messages, one thread");
            for (int round = 0; round < rounds; round++)
            {
                string file = Path.Combine(folder, $"{round}.db");
                string address = server.NewDatabase();
                drained.Add(Drained(load));
                gate.Add(Opened(load));
                sqlite.Add(Measured(load, own: false, file, null));
                import.Add(ImportSqlite(folder, file, sqlite.Last.Commits));
                ownSqlite.Add(Measured(load, own: true, Path.Combine(folder, $"own{round}.db"), null));
                postgres.Add(Measured(load, own: false, address, server));
                copy.Add(CopyPostgres(folder, server, address, postgres.Last.Commits));
                ownPostgres.Add(Measured(load, own: true, server.NewDatabase(), server));
            }

            Array.ForEach([drained, gate, sqlite, ownSqlite, import, postgres, ownPostgres, copy], series => series.Print());
            Ratio("county into SQLite to mosquitto_sub", sqlite, drained);
            Ratio("county into PostgreSQL to mosquitto_sub", postgres, drained);
            Ratio("county into SQLite to sqlite3 .import", sqlite, import);
            Ratio("county into PostgreSQL to psql \\copy", postgres, copy);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Sample Drained(IngestLoad load)
    {
        using MosquittoBroker broker = MosquittoBroker.Start([BrokerUser.County, .. IngestLoad.Users], extra: "");
        using Receiver drain = Drain(broker);
        Thread.Sleep(SubscribeMs);
        return Measure(load, drain, broker.Port, null) with { CpuUs = 0, Commits = 0 };
    }

    /// <summary>A county with a fresh broker, its own or Mosquitto beside it.</summary>
    private static Sample Measured(IngestLoad load, bool own, string database, PostgresServer? server)
    {
        if (!own)
        {
            using MosquittoBroker broker = MosquittoBroker.Start([BrokerUser.County, .. IngestLoad.Users], extra: "");
            using Receiver receiver = Receive(new MqttLink(BrokerUser.County.At(broker.Port)), load, database);
            return Measure(load, receiver, broker.Port, server);
        }

        using SqlStore registry = SqlStore.Open(database);
        using EmbeddedBroker embedded = new(
            new IPEndPoint(IPAddress.Loopback, 0), null, registry.RegistryVersion,
            () => new BrokerRules(registry.Stations(), registry.Readers()));
        using Receiver county = Receive(embedded, load, database);
        return Measure(load, county, embedded.Port, server);
    }

    /// <summary>What the broker's thread does before a message waits for the store.</summary>
    private static Sample Opened(IngestLoad load)
    {
        Gate gate = new();
        gate.Admit(load.Registrations);
        (string Topic, byte[] Payload)[] messages = [.. load.InTurn()];
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Stopwatch watch = Stopwatch.StartNew();
        foreach ((string topic, byte[] payload) in messages)
        {
            if (gate.Open(topic, payload, 0, out _, out _) != DecodeResult.Ok)
            {
                throw new IOException($"{topic}: refused");
            }
        }

        return new Sample(
            IngestLoad.Events / watch.Elapsed.TotalSeconds, Us(Environment.CpuUsage.TotalTime - before), ServerUs: 0, Commits: 0);
    }

    /// <summary>From the first publish until the receiver has everything.</summary>
    private static Sample Measure(IngestLoad load, Receiver receiver, int port, PostgresServer? server)
    {
        load.Connect(port);
        GC.Collect();
        using CommitCount commits = new();
        TimeSpan serverBefore = server?.Worked() ?? TimeSpan.Zero;
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Stopwatch watch = Stopwatch.StartNew();
        load.Publish();
        receiver.WaitForAll();
        Sample sample = new(
            IngestLoad.Events / watch.Elapsed.TotalSeconds,
            Us(Environment.CpuUsage.TotalTime - before),
            Us((server?.Worked() ?? TimeSpan.Zero) - serverBefore),
            commits.Count);
        load.Dispose();
        return sample;
    }

    private static double Us(TimeSpan worked) => worked.TotalMicroseconds / IngestLoad.Events;

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

    /// <summary>The same rows, by SQLite's own tool, into the same empty tables, with the same flush and as many commits.</summary>
    private static Sample ImportSqlite(string folder, string file, int commits)
    {
        string fresh = Path.Combine(folder, $"fresh{Guid.NewGuid():N}.db");
        SqlStore.Open(fresh).Dispose();
        List<string> export = [".mode csv"];
        List<string> import = ["PRAGMA synchronous=FULL", ".mode csv"];
        foreach ((int first, int count) in Parts(commits))
        {
            string rows = Path.Combine(folder, $"rows{first}.csv");
            export.AddRange([$".once {rows}", $"SELECT * FROM events ORDER BY rowid LIMIT {count} OFFSET {first}"]);
            import.Add($".import {rows} events");
        }

        Run("sqlite3", [file, .. export]);
        return Copied(
            commits, null, () => Run("sqlite3", [fresh, .. import]), () => Run("sqlite3", [fresh, "SELECT COUNT(*) FROM events"]));
    }

    /// <summary>The same rows, by PostgreSQL's own tool, with as many commits.</summary>
    private static Sample CopyPostgres(string folder, PostgresServer server, string address, int commits)
    {
        string fresh = server.NewDatabase();
        SqlStore.Open(fresh).Dispose();
        List<string> export = [];
        List<string> import = [];
        foreach ((int first, int count) in Parts(commits))
        {
            string rows = Path.Combine(folder, $"rows{first}.bin");
            export.AddRange(["-c", $"\\copy (SELECT * FROM events OFFSET {first} LIMIT {count}) TO '{rows}' (FORMAT binary)"]);
            import.AddRange(["-c", $"\\copy events FROM '{rows}' (FORMAT binary)"]);
        }

        Run("psql", ["-X", "-q", "-d", address, .. export]);
        return Copied(
            commits, server, () => Run("psql", ["-X", "-q", "-d", fresh, .. import]),
            () => Run("psql", ["-X", "-q", "-A", "-t", "-d", fresh, "-c", "SELECT COUNT(*) FROM events"]));
    }

    private static IEnumerable<(int First, int Count)> Parts(int parts)
    {
        int each = (IngestLoad.Events + parts - 1) / parts;
        for (int first = 0; first < IngestLoad.Events; first += each)
        {
            yield return (first, Math.Min(each, IngestLoad.Events - first));
        }
    }

    private static Sample Copied(int commits, PostgresServer? server, Func<(string, double)> copy, Func<(string Said, double)> count)
    {
        TimeSpan serverBefore = server?.Worked() ?? TimeSpan.Zero;
        Stopwatch watch = Stopwatch.StartNew();
        (_, double cpuS) = copy();
        TimeSpan taken = watch.Elapsed;
        TimeSpan worked = (server?.Worked() ?? TimeSpan.Zero) - serverBefore;
        string rows = count().Said;
        return rows == IngestLoad.Events.ToString(CultureInfo.InvariantCulture)
            ? new Sample(IngestLoad.Events / taken.TotalSeconds, Us(TimeSpan.FromSeconds(cpuS)), Us(worked), commits)
            : throw new IOException($"{rows} rows of {IngestLoad.Events} were copied");
    }

    /// <summary>What a program said, and the seconds that it worked: a shell of its own tells, since .NET does not.</summary>
    private static (string Said, double CpuS) Run(string program, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(
            "/bin/bash", ["-c", "TIMEFORMAT='%U %S'; time \"$@\"", "bash", program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        string told = errors.GetAwaiter().GetResult().Trim();
        if (process.ExitCode != 0)
        {
            throw new IOException($"{program} ended with {process.ExitCode}: {told}");
        }

        string last = told[(told.LastIndexOf('\n') + 1)..];
        return (said, last.Split(' ').Sum(s => double.Parse(s, CultureInfo.InvariantCulture)));
    }

    private static void Line(string name, string value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ingest, {name}: {value}"));

    private static void Ratio(string name, Series of, Series to) =>
        Line(name, string.Create(CultureInfo.InvariantCulture, $"{of.Median / to.Median:F2} ratio"));

    /// <param name="Rate">Events a second.</param>
    /// <param name="CpuUs">What the process worked for an event, µs: the county, and its broker where it is its own; or the tool.</param>
    /// <param name="ServerUs">What the database server worked for an event, µs.</param>
    /// <param name="Commits">Transactions.</param>
    private readonly record struct Sample(double Rate, double CpuUs, double ServerUs, int Commits);

    private sealed class Series(string name)
    {
        private readonly List<Sample> _samples = [];

        public double Median => Middle(sample => sample.Rate);

        public Sample Last => _samples[^1];

        public void Add(Sample sample) => _samples.Add(sample);

        public void Print()
        {
            Line(name, string.Create(CultureInfo.InvariantCulture, $"{Median:F0} events/s"));
            Work("work of the process", sample => sample.CpuUs, "us/event");
            Work("work of the server", sample => sample.ServerUs, "us/event");
            Work("transactions", sample => sample.Commits, "");
        }

        private void Work(string of, Func<Sample, double> value, string unit)
        {
            if (Middle(value) is > 0 and var middle)
            {
                Line($"{name}, {of}", string.Create(CultureInfo.InvariantCulture, $"{middle:F1} {unit}").TrimEnd());
            }
        }

        private double Middle(Func<Sample, double> value) => _samples.Select(value).Order().ElementAt(_samples.Count / 2);
    }

    /// <summary>Counts the county's transactions by its own instrument.</summary>
    private sealed class CommitCount : IDisposable
    {
        private readonly MeterListener _listener = new();
        private int _count;

        public CommitCount()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == CountyMetrics.MeterName && instrument.Name == "gateway.county.commit_seconds")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref _count));
            _listener.Start();
        }

        public int Count => Volatile.Read(ref _count);

        public void Dispose() => _listener.Dispose();
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
