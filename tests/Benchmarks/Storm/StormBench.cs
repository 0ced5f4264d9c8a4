// Owns: how soon a fire is held when a broker's restart brings all stations of a county back at once, each with a backlog.
// Must never: help the fire by anything that a station does not do by itself.

using System.Diagnostics;
using System.Globalization;
using Gateway.Contract;
using Gateway.County.Sql;
using Gateway.Tests.Support;

namespace Gateway.Tests.Benchmarks.Storm;

internal static class StormBench
{
    private const int Stations = 500;

    // Twice what it is for.
    private const int OwnStations = 200;
    private const int EventsEach = 200;
    private const int Runs = 3;
    private const int FireLimitMs = 2_000;
    private const int CountyLimitMb = 400;
    private const int BrokerLimitMb = 100;
    private const int WaitMs = 300_000;

    // Two cores: more threads would only take turns.
    private const int Drivers = 2;
    private static bool s_good = true;

    /// <param name="drainPerS">As in the stations' settings; the harder for the county the higher it is.</param>
    public static int Run(int drainPerS)
    {
        string folder = Directory.CreateTempSubdirectory("gateway-storm-").FullName;
        try
        {
            Storm(folder, drainPerS, own: true);
            Storm(folder, drainPerS, own: false);
            StormPeer.Run(Stations, EventsEach);
            return s_good ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Storm(string folder, int drainPerS, bool own)
    {
        int count = own ? OwnStations : Stations;
        using CountySide side = new(own, Directory.CreateDirectory(Path.Combine(folder, own ? "own" : "mosquitto")).FullName, Users(count));
        List<StormStation> stations =
            [.. Enumerable.Range(1, count).Select(i => new StormStation((uint)i, side.Port, drainPerS, folder))];
        using (SqlStore store = SqlStore.Open(side.Database))
        {
            stations.ForEach(station => store.AddStation(station.Registration));
        }

        side.Start();
        using CancellationTokenSource stop = new();
        Thread[] drivers = [.. Enumerable.Range(0, Drivers).Select(i => Drive(stations, i, stop.Token))];
        try
        {
            side.Await("all online", () => stations.TrueForAll(s => s.Online && s.HoldsAll), WaitMs);
            List<long> heldMs = [];
            List<double> backMs = [];
            for (int run = 0; run < Runs; run++)
            {
                (long Held, double Back) once = Once(side, stations, stations[(run * 97 + 31) % count]);
                heldMs.Add(once.Held);
                backMs.Add(once.Back);
            }

            side.Look();
            Line($"{side.Name}, {count} stations with {EventsEach} events, fire held after its station's reconnect, median of {Runs}",
                heldMs.Order().ElementAt(Runs / 2), "ms", FireLimitMs);
            Line($"{side.Name}, the same, slowest", heldMs.Max(), "ms", null);
            Line($"{side.Name}, all backlogs held after the restart, median", (long)backMs.Order().ElementAt(Runs / 2), "ms", null);
            Line($"{side.Name}, peak memory of the county", side.CountyMb, "MB", CountyLimitMb);
            if (side.BrokerMb is { } brokerMb)
            {
                Line($"{side.Name}, peak memory of the broker", brokerMb, "MB", BrokerLimitMb);
            }
        }
        finally
        {
            stop.Cancel();
            Array.ForEach(drivers, driver => driver.Join());
            stations.ForEach(station => station.BeginEnd());
            stations.ForEach(station => station.Dispose());
            side.End();
        }

        CheckEachOnce(stations, side);
    }

    private static (long Held, double Back) Once(CountySide side, List<StormStation> stations, StormStation burning)
    {
        side.KillBroker();
        side.Await("all offline", () => stations.TrueForAll(s => !s.Online), WaitMs);
        stations.ForEach(station => station.Add(EventsEach));
        side.Await("backlog", () => stations.TrueForAll(s => s.Ready), WaitMs);
        burning.Press();
        Thread.Sleep(1_000);
        Stopwatch watch = Stopwatch.StartNew();
        side.RestartBroker();
        side.Await("the fire is held", () => burning.FireHeldMs >= 0, WaitMs);
        long held = burning.FireHeldMs - burning.ConnectedMs;
        side.Await("all is held", () => stations.TrueForAll(s => s.Online && s.HoldsAll), WaitMs);
        double back = watch.Elapsed.TotalMilliseconds;
        return (held, back);
    }

    internal static Thread Drive(List<StormStation> stations, int first, CancellationToken stop)
    {
        Thread thread = new(() =>
        {
            Stopwatch watch = Stopwatch.StartNew();
            for (long tick = 1; !stop.IsCancellationRequested; tick++)
            {
                for (int i = first; i < stations.Count; i += Drivers)
                {
                    stations[i].Tick();
                }

                long restMs = tick * Core.Limits.TickMs - watch.ElapsedMilliseconds;
                if (restMs > 0)
                {
                    Thread.Sleep((int)restMs);
                }
                else
                {
                    // A machine that is too slow for so many stations gives each a longer tick, and not two at once.
                    tick = watch.ElapsedMilliseconds / Core.Limits.TickMs;
                }
            }
        });
        thread.Start();
        return thread;
    }

    /// <summary>Every number that a station was told of as held is there, each once, and so is the alarm of every button pressed.</summary>
    private static void CheckEachOnce(List<StormStation> stations, CountySide side)
    {
        using SqlStore store = SqlStore.Open(side.Database);
        long events = 0;
        long lost = 0;
        long doubled = 0;
        long fires = 0;
        foreach (StormStation station in stations)
        {
            HashSet<(Lane, uint)> held = [];
            foreach (County.StoredEvent stored in store.Events(new County.EventQuery { Station = station.Registration.Station }))
            {
                doubled += held.Add((stored.Record.LaneNumber, stored.Record.Sequence)) ? 0 : 1;
                fires += stored.Record.Kind == EventKind.FireAlarm ? 1 : 0;
            }

            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                uint last = station.Station.Loop.Log.At(lane).Held;
                lost += Enumerable.Range(1, (int)last).Count(sequence => !held.Contains((lane, (uint)sequence)));
            }

            events += held.Count;
        }

        Line($"{side.Name}, events held by the county", events, "events", null);
        Line($"{side.Name}, events lost", lost + Math.Max(0, Runs - fires), "events", 0);
        Line($"{side.Name}, events doubled", doubled + Math.Max(0, fires - Runs), "events", 0);
    }

    internal static IEnumerable<BrokerUser> Users(int count) => Enumerable.Range(1, count).Select(i => BrokerUser.Station((uint)i));

    internal static void Line(string name, long value, string unit, long? limit)
    {
        string bound = limit is null ? "" : string.Create(CultureInfo.InvariantCulture, $" (limit {limit})");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"storm, {name}: {value} {unit}{bound}"));
        s_good &= limit is null || value <= limit;
    }
}
