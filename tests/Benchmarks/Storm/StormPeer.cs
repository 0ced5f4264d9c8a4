// Owns: the same load by plain means, beside ours: clients that send in the order of their queue, and mosquitto_sub.
// Must never: do what the peer does not: no lanes, no pace, no database.

using System.Diagnostics;
using Gateway.Contract;
using Gateway.Mqtt;
using Gateway.Tests.Support;

namespace Gateway.Tests.Benchmarks.Storm;

internal static class StormPeer
{
    private const int WaitMs = 120_000;
    private const int ConnectMs = 60_000;
    private const int SubscribeMs = 1_000;

    // Nobody here sends again what the broker drops.
    private const string Unbounded = "max_queued_messages 0";

    public static void Run(int stations, int eventsEach)
    {
        using MosquittoBroker broker = MosquittoBroker.Start([BrokerUser.County, .. StormBench.Users(stations)], extra: Unbounded);
        int messagesEach = eventsEach / Core.Limits.SendRecordsMax;
        byte[] payload = new byte[Batch.RecordsAt + Core.Limits.SendRecordsMax * EventRecord.Size + Mac.SignatureBytes];
        using Process sub = Process.Start(new ProcessStartInfo("mosquitto_sub",
        [
            "-h", MosquittoBroker.Host, "-p", $"{broker.Port}", "-u", BrokerUser.County.Name, "-P", BrokerUser.County.Password,
            "-i", "county", "-q", "1", "-t", Topics.AllUp, "-F", "%t", "-C", $"{stations * messagesEach + 1}",
        ])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        long fireAt = 0;
        sub.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.EndsWith("/fire", StringComparison.Ordinal) == true)
            {
                fireAt = Stopwatch.GetTimestamp();
            }
        };
        sub.BeginOutputReadLine();
        Thread.Sleep(SubscribeMs);
        long connectedAt = 0;
        List<MqttConnection> clients = [];
        Stopwatch watch = Stopwatch.StartNew();
        Parallel.For(1, stations + 1, new ParallelOptions { MaxDegreeOfParallelism = 8 }, station =>
        {
            MqttConnection client = Connect(broker, (uint)station);
            lock (clients)
            {
                clients.Add(client);
            }

            if (station == stations / 2)
            {
                connectedAt = Stopwatch.GetTimestamp();
            }

            Topics topics = new("330726", "330726101", "330726101003", (uint)station);
            for (int i = 0; i < messagesEach; i++)
            {
                client.Publish(topics.Up(Lane.Condition), payload);
            }

            if (station == stations / 2)
            {
                client.Publish(topics.Up(Lane.Fire), payload);
            }
        });
        bool all = sub.WaitForExit(WaitMs);
        sub.WaitForExit(1_000);
        watch.Stop();
        clients.ForEach(client => client.Dispose());
        if (!all)
        {
            sub.Kill();
            throw new IOException($"mosquitto_sub did not get everything within {WaitMs / 1000} s");
        }

        long fireMs = (long)Stopwatch.GetElapsedTime(connectedAt, fireAt).TotalMilliseconds;
        StormBench.Line("peer: plain clients and mosquitto_sub, unpaced, fire after its client's connect", fireMs, "ms", null);
        StormBench.Line("peer: all messages drained after", watch.ElapsedMilliseconds, "ms", null);
    }

    private static MqttConnection Connect(MosquittoBroker broker, uint station)
    {
        BrokerUser user = BrokerUser.Station(station);
        MqttConnection client = new(user.At(broker.Port, inFlightMax: 20));
        return client.Connect(ConnectMs) is null ? client : throw new IOException($"{user.Name} can't connect");
    }
}
