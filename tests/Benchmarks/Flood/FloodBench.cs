// Owns: what a flood of bad messages does to a station that behaves: its fires must be held as before.
// Must never: flood with what the broker's ACL stops, since that tests only the broker.

using System.Diagnostics;
using System.Globalization;
using Gateway.Contract;
using Gateway.County;
using Gateway.County.Sql;
using Gateway.Mqtt;
using Gateway.Tests.Benchmarks.Storm;
using Gateway.Tests.Support;

namespace Gateway.Tests.Benchmarks.Flood;

internal static class FloodBench
{
    private const int PerSecond = 10_000;
    private const int Seconds = 20;
    private const int Attackers = 4;
    private const int FireLimitMs = 2_000;
    private const int CountyLimitMb = 400;
    private const int BrokerLimitMb = 100;
    private const int WaitMs = 60_000;
    private const int StepMs = 10;
    private const uint Good = 1;
    private static bool s_good = true;
    private static string s_broker = "";

    public static int Run()
    {
        string folder = Directory.CreateTempSubdirectory("gateway-flood-").FullName;
        try
        {
            Flood(folder, own: true);
            Flood(folder, own: false);
            return s_good ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Flood(string folder, bool own)
    {
        using CountySide side = new(own, folder, StormBench.Users(1 + Attackers));
        using StormStation station = new(Good, side.Port, drainPerS: 10, folder);
        using (SqlStore store = SqlStore.Open(side.Database))
        {
            store.AddStation(station.Registration);
            for (uint attacker = 2; attacker <= 1 + Attackers; attacker++)
            {
                store.AddStation(TestStation.Registered(attacker));
            }
        }

        s_broker = side.Name;
        side.Start();
        using CancellationTokenSource stop = new();
        Thread driver = StormBench.Drive([station], 0, stop.Token);
        try
        {
            side.Await("online", () => station.Online && station.HoldsAll, WaitMs);
            long quietMs = Median(Fires(station, side, Stopwatch.StartNew(), 3_000));
            using CancellationTokenSource calm = new();
            long sent = 0;
            void Count(int messages) => Interlocked.Add(ref sent, messages);
            Thread[] attackers = [.. Enumerable.Range(2, Attackers).Select(i => Attack(side.Port, (uint)i, Count, calm.Token))];
            Stopwatch watch = Stopwatch.StartNew();
            List<long> fires = Fires(station, side, watch, Seconds * 1_000);
            long rate = sent * 1_000 / watch.ElapsedMilliseconds;
            calm.Cancel();
            Array.ForEach(attackers, attacker => attacker.Join());
            side.Look();
            Line("bad messages sent", rate, "messages/s", null);
            Line("fire held without a flood, median", quietMs, "ms", null);
            Line($"fire held in the flood, median of {fires.Count}", Median(fires), "ms", FireLimitMs);
            Line("the same, slowest", fires.Max(), "ms", null);
            Line("peak memory of the county", side.CountyMb, "MB", CountyLimitMb);
            if (side.BrokerMb is { } brokerMb)
            {
                Line("peak memory of the broker", brokerMb, "MB", BrokerLimitMb);
            }

            s_good &= rate >= PerSecond * 9 / 10;
            side.Await("calm", () => station.Online && station.HoldsAll, WaitMs);
        }
        finally
        {
            stop.Cancel();
            driver.Join();
            side.End();
        }

        Check(station, side.Database);
    }

    /// <summary>Presses again and again; how long each alarm took until the county held it.</summary>
    private static List<long> Fires(StormStation station, CountySide side, Stopwatch watch, long forMs)
    {
        List<long> heldMs = [];
        while (watch.ElapsedMilliseconds < forMs)
        {
            long pressedMs = station.Station.NowMs;
            station.Press();
            side.Await("the fire is held", () => station.FireHeldMs >= 0, WaitMs);
            heldMs.Add(station.FireHeldMs - pressedMs);
            station.Reset();
            Thread.Sleep(300);
        }

        return heldMs;
    }

    private static long Median(List<long> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>A registered station whose key the attacker does not have: forged, altered, malformed and replayed in turn.</summary>
    private static Thread Attack(int port, uint number, Action<int> sent, CancellationToken calm)
    {
        Thread thread = new(() =>
        {
            BrokerUser user = BrokerUser.Station(number);
            using MqttConnection client = new(user.At(port));
            if (client.Connect(WaitMs) is not null)
            {
                throw new IOException($"{user.Name} can't connect");
            }

            Topics topics = TestStation.Registered(number).Topics;
            byte[][] bad = Bad(number);
            Stopwatch watch = Stopwatch.StartNew();
            long next = 0;
            while (!calm.IsCancellationRequested)
            {
                long due = watch.ElapsedMilliseconds * PerSecond / Attackers / 1_000;
                int count = 0;
                for (; next < due; next++, count++)
                {
                    client.Publish(topics.Up((Lane)(next % Lanes.Count)), bad[next % bad.Length], qos: 0);
                }

                sent(count);
                Thread.Sleep(StepMs);
            }
        });
        thread.Start();
        return thread;
    }

    private static byte[][] Bad(uint number)
    {
        byte[] forged = new byte[Batch.RecordsAt + 4 * EventRecord.Size + Mac.SignatureBytes];
        new MessageHeader { Version = 1, Type = MessageType.Batch, Station = number, Epoch = 1, Boot = 1, Session = 1, Counter = 1 }
            .Encode(forged);
        MessageHeader.Seal(StationKey.Create(), forged, forged.Length - Mac.SignatureBytes);
        byte[] other = [.. forged];
        other[4] ^= 1;
        byte[] noise = new byte[200];
        Random.Shared.NextBytes(noise);
        return [forged, other, noise, forged[..60], [], new byte[ContractLimits.MessageBytesMax]];
    }

    private static void Check(StormStation station, string database)
    {
        using SqlStore store = SqlStore.Open(database);
        int foreign = store.Events(new EventQuery()).Count(e => e.Record.Station != Good);
        long refused = store.Refusals().Sum(r => r.Count);
        Line("events of the attackers in the table", foreign, "events", 0);
        Line("refused and counted", refused, "messages", null);
        uint held = station.Station.Loop.Log.At(Lane.Fire).Held;
        int fires = store.Events(new EventQuery { Station = Good }).Count(e => e.Record.LaneNumber == Lane.Fire);
        if (fires != held)
        {
            throw new InvalidDataException($"{held} records of the fire lane were told as held, {fires} are");
        }
    }

    private static void Line(string name, long value, string unit, long? limit)
    {
        string bound = limit is null ? "" : string.Create(CultureInfo.InvariantCulture, $" (limit {limit})");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"flood, {s_broker}, {name}: {value} {unit}{bound}"));
        s_good &= limit is null || value <= limit;
    }
}
