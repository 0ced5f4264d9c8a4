// Owns: what the event log costs on a real disk, beside SQLite and beside a plain file that does as little as can be done.
// Must never: compare figures of different runs, or durable writes with others.

using System.Diagnostics;
using System.Globalization;

namespace Gateway.Tests.Benchmarks.Log;

/// <summary>
/// The three take turns, so that what else the disk does meets all of them. Each group of events is made durable before the next: by the
/// log with a file closed, by SQLite with a transaction (WAL, synchronous=FULL), by the plain file with a flush and a close.
/// </summary>
internal static class LogBench
{
    private const int Events = 100_000;
    private const int Rounds = 10;
    private const int Group = 8;
    private const int Starts = 5;

    // Limits leave room for a noisy disk; what they guard against is another order of work, such as two closes for one.
    private const double PlainLimit = 1.8;
    private const double SqliteLimit = 2.0;
    private const double ReadyLimit = 1.0;
    private const double ReadLimit = 2.5;

    public static int Run()
    {
        string folder = Directory.CreateTempSubdirectory("gateway-log-").FullName;
        try
        {
            LogUnderTest log = new(Path.Combine(folder, "log"));
            using SqliteRows sqlite = new(Path.Combine(folder, "rows.db"));
            PlainFile plain = new(Path.Combine(folder, "plain"));
            double logS = 0;
            double sqliteS = 0;
            double plainS = 0;
            for (int round = 0; round < Rounds; round++)
            {
                int closes = log.Closes;
                long bytes = log.Bytes;
                logS += Seconds(() => log.Append(Events / Rounds, Group));
                sqliteS += Seconds(() => sqlite.Append(Events / Rounds, Group));
                plainS += Seconds(() => plain.Append(log.Closes - closes, log.Bytes - bytes));
            }

            Line("log: append", Events / logS, "events/s");
            Line("SQLite: append", Events / sqliteS, "events/s");
            Line("plain file: append", Events / plainS, "events/s");
            Line("log: file closes", log.Closes, "closes");
            Line("log: bytes written", log.Bytes / (double)Events, "bytes an event");

            // As after a power cut: neither was closed in order, and every start begins from that.
            string[] cuts = [.. Enumerable.Range(0, 2 * Starts).Select(i => Path.Combine(folder, $"cut{i}.db"))];
            foreach (string cut in cuts)
            {
                sqlite.CopyAsAfterACut(cut);
            }

            double logReadyS = Median(_ => log.Recover());
            double sqliteReadyS = Median(i => SqliteRows.Recover(cuts[i]));
            double logReadS = Median(_ => Check(log.ReadAll()));
            double sqliteReadS = Median(i => Check(SqliteRows.ReadAll(cuts[Starts + i])));
            Line("log: ready after a start", logReadyS * 1000, "ms");
            Line("SQLite: ready after a start", sqliteReadyS * 1000, "ms");
            Line("log: read all", Events / logReadS, "events/s");
            Line("SQLite: read all", Events / sqliteReadS, "events/s");
            bool good = Ratio("time to append, log to plain file", logS / plainS, PlainLimit);
            good &= Ratio("time to append, log to SQLite", logS / sqliteS, SqliteLimit);
            good &= Ratio("time to be ready, log to SQLite", logReadyS / sqliteReadyS, ReadyLimit);
            good &= Ratio("time to read all, log to SQLite", logReadS / sqliteReadS, ReadLimit);
            return good ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Seconds(Action work)
    {
        long from = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(from).TotalSeconds;
    }

    private static double Median(Action<int> work)
    {
        double[] times = [.. Enumerable.Range(0, Starts).Select(i => Seconds(() => work(i)))];
        Array.Sort(times);
        return times[times.Length / 2];
    }

    private static void Check(int events)
    {
        if (events != Events)
        {
            throw new InvalidOperationException($"{events} events came back of {Events}");
        }
    }

    private static void Line(string name, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {value:0.#} {unit}"));

    private static bool Ratio(string name, double value, double limit)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {value:0.00} times (limit {limit:0.0})"));
        return value <= limit;
    }
}
