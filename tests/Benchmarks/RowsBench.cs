// Owns: whether a county's database grows without growing slow: millions of events in one schema, and what people ask of them.
// Must never: ask before the events are committed, or call a line through two points a measurement.

using System.Diagnostics;
using System.Globalization;
using Gateway.Contract;
using Gateway.County;
using Gateway.County.Sql;
using Gateway.Tests.Support;

namespace Gateway.Tests.Benchmarks;

/// <summary>1,000 stations over as many days as it takes, on PostgreSQL, in groups as the county commits them.</summary>
internal static class RowsBench
{
    private const int Million = 1_000_000;
    private const int Stations = 1_000;
    private const int Group = 4_000;
    private const long FirstMs = 1_704_067_200_000;

    // 50 a station and day.
    private const long ApartMs = 86_400_000 / 50;
    private const int Asked = 200;

    /// <param name="millions">How many events.</param>
    public static int Run(int millions)
    {
        string folder = Directory.CreateTempSubdirectory("gateway-rows-").FullName;
        try
        {
            using PostgresServer server = PostgresServer.Start(durable: true);
            string address = server.NewDatabase();
            List<double> rates = [];
            List<double> questions = [];
            using (SqlStore store = SqlStore.Open(address))
            {
                Fill(store, 0, Million / 10);
                long at = Million / 10;
                for (int million = 0; million < millions; million++)
                {
                    Stopwatch watch = Stopwatch.StartNew();
                    Fill(store, at, Million);
                    at += Million;
                    rates.Add(Million / watch.Elapsed.TotalSeconds);
                    questions.Add(Ask(store, at));
                    Line($"million {million + 1}", $"{rates[^1]:F0} events/s, {questions[^1]:F2} ms a question");
                }

                Line("last million to first, storing", $"{rates[^1] / rates[0]:F2} ratio");
                Line("last million to first, a question", $"{questions[^1] / questions[0]:F2} ratio");
            }

            string copy = Path.Combine(folder, "copy");
            Line("copy", $"{Seconds(() => SqlStore.Copy(address, copy)):F0} s, {new FileInfo(copy).Length / Million} MB");
            using SqlStore again = SqlStore.Open(address);
            long beforeMs = FirstMs + (long)Million / Stations * ApartMs;
            OldRows? old = null;
            Line("finding what is old", $"{Seconds(() => old = again.FindOld(beforeMs)):F0} s, {old!.Lanes.Count} lanes");
            long gone = 0;
            double taken = Seconds(() => gone = old.Lanes.Sum(lane => Prune(again, lane, old.BeforeMs)));
            Line("reading and removing it", $"{taken:F0} s, {gone} events");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long Prune(SqlStore store, OldLane lane, long beforeMs)
    {
        long count = store.RowsOf(lane)[0].Rows.Count();
        return store.Remove(lane, count, beforeMs) ? count : throw new IOException($"{lane}: it changed");
    }

    private static void Fill(SqlStore store, long from, int count)
    {
        for (long at = from; at < from + count; at += Group)
        {
            List<StoredEvent> events = [];
            for (long n = at; n < Math.Min(from + count, at + Group); n++)
            {
                events.Add(Event(n));
            }

            using IStoreTransaction rows = store.Begin();
            if (rows.Insert(events).Contains(false))
            {
                throw new IOException("an event was there already");
            }

            rows.Commit();
        }
    }

    private static StoredEvent Event(long n)
    {
        uint station = 1 + (uint)(n % Stations);
        long timeMs = FirstMs + n / Stations * ApartMs;
        EventRecord record = new()
        {
            Station = station, Epoch = 7, LaneNumber = Lane.Routine, Sequence = 1 + (uint)(n / Stations), Boot = 1,
            UptimeMs = timeMs - FirstMs, UtcMs = timeMs, UtcQuality = UtcQuality.Synchronised, Kind = EventKind.PatrolMet,
        };
        byte[] raw = new byte[EventRecord.Size];
        record.Encode(raw, 0);
        return new StoredEvent
        {
            Record = record, Raw = raw, County = "330726", Township = $"{330726100 + station % 20}", Village = "330726101003",
            ReceivedMs = timeMs, TimeMs = timeMs, TimeQuality = UtcQuality.Synchronised,
        };
    }

    /// <summary>What the page asks of a station and of the newest of all; ms each in the middle.</summary>
    private static double Ask(SqlStore store, long events)
    {
        List<double> taken = [];
        for (int i = 0; i < Asked; i++)
        {
            uint station = 1 + (uint)(i * 7 % Stations);
            long untilMs = FirstMs + events / Stations * ApartMs;
            taken.Add(1000 * Seconds(() =>
            {
                int found = store.Events(new EventQuery { Station = station, NewestMax = 50 }).Count()
                    + store.Events(new EventQuery { SinceMs = untilMs - ApartMs, NewestMax = 50 }).Count();
                if (found != 100)
                {
                    throw new IOException($"{found} events of 100 were found");
                }
            }));
        }

        return taken.Order().ElementAt(Asked / 2);
    }

    private static double Seconds(Action action)
    {
        Stopwatch watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalSeconds;
    }

    private static void Line(string name, FormattableString value) =>
        Console.WriteLine($"rows, {name}: {value.ToString(CultureInfo.InvariantCulture)}");
}
