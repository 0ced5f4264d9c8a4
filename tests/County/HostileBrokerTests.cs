// Owns: that a station with a good key, at a real broker, keeps no other station's fire waiting or away.
// Must never: judge by real time in what runs with all tests; the long form prints it and has a limit of its own.

using System.Diagnostics;
using System.Net;
using Gateway.Contract;
using Gateway.County.Broker;
using Gateway.County.Server;
using Gateway.County.Sql;
using Gateway.Mqtt;

namespace Gateway.County.Tests;

public sealed class HostileBrokerTests : IDisposable
{
    private const int WaitMs = 120_000;

    // A gateway sends anew after so long without an answer.
    private const int AgainMs = 10_000;
    private const int LongMs = 600_000;
    private const int PauseMs = 2_000;
    private const int FireLimitMs = 2_000;
    private readonly string _folder = Directory.CreateTempSubdirectory("hostile-").FullName;
    private readonly FakeGateway _other = new(330702);
    private readonly ManualResetEventSlim _heard = new();
    private uint _held;
    private uint _fires;
    private bool _welcome;
    private int _sent;

    [Theory]
    [InlineData("own")]
    [InlineData("mosquitto")]
    public void Fires_of_the_others_are_held_before_while_and_after_a_station_does_its_worst(string broker) =>
        Play(broker, FewFires);

    private void FewFires(Func<long> fire, bool during)
    {
        for (int i = 0; i < (during ? 8 : 3); i++)
        {
            int sent = Volatile.Read(ref _sent);
            Assert.True(!during || SpinWait.SpinUntil(() => Volatile.Read(ref _sent) > sent + 200, WaitMs));
            fire();
        }
    }

    [Theory(Explicit = true)]
    [InlineData("own")]
    [InlineData("mosquitto")]
    public void Ten_minutes(string broker) => Play(broker, (fire, during) =>
    {
        List<long> tookMs = [];
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.ElapsedMilliseconds < (during ? LongMs : LongMs / 10))
        {
            tookMs.Add(fire());
            Thread.Sleep(PauseMs);
        }

        long median = tookMs.Order().ElementAt(tookMs.Count / 2);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"hostile, {broker}, {(during ? "while it works" : "without it")}: {tookMs.Count} fires, held after {median} ms in the middle, "
            + $"{tookMs.Max()} ms at most (limit {FireLimitMs} in the middle); hostile messages so far {Volatile.Read(ref _sent)}");
        Assert.InRange(median, 0, FireLimitMs);
    });

    public void Dispose()
    {
        _heard.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <param name="broker">Whose.</param>
    /// <param name="act">Called before, while and after the hostile station works, with what presses and waits until that is held.</param>
    private void Play(string broker, Action<Func<long>, bool> act)
    {
        FakeGateway thief = new(330701);
        string database = Path.Combine(_folder, "county.db");
        using SqlStore registry = SqlStore.Open(database);
        foreach (FakeGateway gateway in (FakeGateway[])[thief, _other])
        {
            Assert.True(registry.AddStation(TestStation.Registered(gateway.Station, key: gateway.Key)));
        }

        using MosquittoBroker? mosquitto = broker == "own"
            ? null : MosquittoBroker.Start([BrokerUser.County, BrokerUser.Station(330701), BrokerUser.Station(330702)], extra: "");
        using EmbeddedBroker? own = mosquitto is not null ? null : new EmbeddedBroker(
            new IPEndPoint(IPAddress.Loopback, 0), null, registry.RegistryVersion,
            () => new BrokerRules(registry.Stations(), registry.Readers()));
        IBroker link = own is not null ? own : new MqttLink(BrokerUser.County.At(mosquitto!.Port, answerMs: WaitMs));
        using SqlStore store = SqlStore.Open(database);
        using ManualResetEventSlim connected = new();
        using (new RunningCounty(new CountyService(link, store, new Watch(connected), new CountyOptions()), link))
        {
            Assert.True(connected.Wait(WaitMs, TestContext.Current.CancellationToken));
            int port = own?.Port ?? mosquitto!.Port;
            using MqttConnection box = new(BrokerUser.Station(330702).At(port, answerMs: WaitMs)) { Message = Heard };
            Assert.Null(box.Connect(WaitMs));
            Assert.Null(box.Subscribe(_other.Topics.Down));
            Until(() => _welcome, () => Say(box, _other.NextSession()));
            act(() => Fire(box), false);
            using (CancellationTokenSource calm = new())
            {
                Thread worst = new(() => DoItsWorst(port, thief, calm.Token)) { IsBackground = true };
                worst.Start();
                try
                {
                    act(() => Fire(box), true);
                }
                finally
                {
                    calm.Cancel();
                    Assert.True(worst.Join(WaitMs));
                }
            }

            act(() => Fire(box), false);
        }

        StoredEvent[] events = [.. store.Events(new EventQuery { Station = _other.Station })];
        Assert.Equal(Enumerable.Range(1, (int)_fires).Select(i => (uint)i), events.Select(e => e.Record.Sequence).Order());
        Assert.InRange(store.Escalations(openOnly: true).Count, 1, 2);
        Assert.All(
            store.Gaps(330701).GroupBy(g => g.Gap.Lane), lane => Assert.InRange(lane.Count(), 1, CountyLimits.GapsOfLaneMax));
        Assert.InRange(store.Conflicts().Count, 0, 2 * CountyLimits.ConflictsOfStationMax);
    }

    /// <summary>How long it took until the county held it, ms.</summary>
    private long Fire(MqttConnection box)
    {
        uint sequence = ++_fires;
        Stopwatch watch = Stopwatch.StartNew();
        Until(() => Volatile.Read(ref _held) >= sequence, () => Say(box, _other.Batch(Lane.Fire, sequence - 1, sequence)));
        return watch.ElapsedMilliseconds;
    }

    private void Until(Func<bool> done, Action say)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!done())
        {
            Assert.True(watch.ElapsedMilliseconds < WaitMs, "not answered in time");
            _heard.Reset();
            say();
            Stopwatch again = Stopwatch.StartNew();
            while (!done() && again.ElapsedMilliseconds < AgainMs)
            {
                _heard.Wait(AgainMs / 10);
                _heard.Reset();
            }
        }
    }

    private void Heard(string topic, byte[] payload)
    {
        Answered answer = Answered.Read(_other, new Outgoing(topic, payload));
        _welcome |= answer.Type == MessageType.Welcome;
        if (answer.Type == MessageType.Held)
        {
            Volatile.Write(ref _held, Math.Max(_held, answer.Held[(int)Lane.Fire]));
        }

        _heard.Set();
    }

    private void DoItsWorst(int port, FakeGateway thief, CancellationToken calm)
    {
        HostileStation hostile = new(thief);
        using MqttConnection connection = new(BrokerUser.Station(330701).At(port, answerMs: WaitMs));
        if (connection.Connect(WaitMs) is { } problem)
        {
            throw new IOException(problem);
        }

        while (!calm.IsCancellationRequested)
        {
            Say(connection, hostile.Next());
            if (Interlocked.Increment(ref _sent) % 50 == 0)
            {
                Thread.Sleep(10);
            }
        }
    }

    private static void Say(MqttConnection connection, Sent sent) => connection.Publish(sent.Topic, sent.Payload, qos: 0);

    private sealed class Watch(ManualResetEventSlim connected) : ICountyObserver
    {
        public void BrokerChanged(bool isConnected, string text)
        {
            if (isConnected)
            {
                connected.Set();
            }
        }
    }
}
