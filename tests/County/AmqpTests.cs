// Owns: a county's queue at a real engine: order, takeover, repeats, what matches no queue, and refusals.
// Must never: start more than one node, or depend on which of two workers is first.

using System.Collections.Concurrent;
using System.Text.Json;
using Gateway.Contract;
using Gateway.County.Server;
using Gateway.County.Sql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Gateway.County.Tests;

public sealed class EngineFixture : IDisposable
{
    public static readonly BrokerUser Worker = new("worker", "worker-secret");
    public static readonly BrokerUser Stranger = new("stranger", "stranger-secret");
    public static readonly BrokerUser Station = BrokerUser.Station(330701);

    private readonly Lazy<RabbitServer> _server = new(() => RabbitServer.Start(
        EngineTopology.Definitions([FakeGateway.County, "330727", "330728"]),
        (Worker, "county-330726|county-330728|amq\\.topic|unrouted|county-nowhere"), (Stranger, "nothing"), (Station, ".*")));

    public RabbitServer Server => _server.Value;

    internal EngineAddress Address(BrokerUser who) =>
        EngineAddress.Parse($"amqp://{who.Name}@127.0.0.1:{Server.AmqpPort}")! with { Password = who.Password };

    public void Dispose()
    {
        if (_server.IsValueCreated)
        {
            _server.Value.Dispose();
        }
    }
}

public sealed partial class AmqpTests(EngineFixture engine, PostgresFixture postgres) : IClassFixture<EngineFixture>, IDisposable
{
    private const int WaitMs = 120_000;
    private const int Batches = 40;

    private readonly string _database = postgres.NewStore();
    private readonly FakeGateway _gateway = new(330701) { UtcMs = 1_780_000_000_000 };
    private readonly ConcurrentQueue<(string Worker, uint Sequence)> _stored = new();
    private readonly ConcurrentQueue<string> _told = new();
    private readonly string _folder = MemoryFolder.Create("county-worker-");

    [Fact]
    public void Worker_stores_in_order_answers_and_another_takes_over_where_it_was()
    {
        Register();
        using MqttPeer station = new(EngineFixture.Station.At(engine.Server.MqttPort));
        station.Join(_gateway.Topics.Down, qos: 0);
        using Seat first = new(this, "first");
        using Seat second = new(this, "second");
        Assert.True(Eventually(() => first.Works != second.Works), "nobody works, or both do");
        (Seat holder, Seat other) = first.Works ? (first, second) : (second, first);
        Publish(station, _gateway.Hello());
        for (uint n = 0; n < Batches; n++)
        {
            Publish(station, _gateway.Batch(Lane.Routine, n, n + 1));
            if (n == Batches / 4)
            {
                // Ended in good order, in the middle of it.
                Assert.True(Eventually(() => !_stored.IsEmpty), "nothing is stored");
                holder.Dispose();
                Assert.True(Eventually(() => other.Works), "nobody takes over");
            }
            else if (n == Batches / 2)
            {
                // Its connection to the database, and with it the lock, are gone: whoever takes it begins another term.
                postgres.Server.Sql(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = "
                    + "(SELECT oid FROM pg_database WHERE datname = current_database())",
                    PostgresServer.NameOf(_database));
            }
        }

        // A repeat of what is stored changes nothing, and neither does a message that came twice.
        Sent again = _gateway.Batch(Lane.Routine, 0, 1, 2);
        Publish(station, again, again);
        Assert.True(Eventually(() => _stored.Count == Batches), $"{_stored.Count} of {Batches} are stored");
        Assert.Equal(Enumerable.Range(1, Batches).Select(n => (uint)n), _stored.Select(one => one.Sequence));
        Answered held;
        do
        {
            (string topic, byte[] bytes) = station.NextBytes();
            held = Answered.Read(_gateway, new Outgoing(topic, bytes));
        }
        while (held.Held is not [_, _, Batches]);

        other.Dispose();
        Empties();
        using SqlStore store = SqlStore.Open(_database);
        Assert.Equal(Batches, store.Events(new EventQuery()).Count());
        Assert.Empty(store.Conflicts());
        Assert.Empty(store.Gaps(null));
    }

    [Fact]
    public void Worker_whose_engine_is_gone_leaves_the_county_to_others()
    {
        Register();
        BrokerUser who = EngineFixture.Worker;
        EngineAddress gone = EngineAddress.Parse($"amqp://{who.Name}@127.0.0.1:{FreePort.Next()}")! with { Password = who.Password };
        using Seat alone = new(this, "alone", gone);
        Assert.True(Eventually(() => _told.Any(line => line.Contains("cannot be reached", StringComparison.Ordinal))), "it says nothing");
        Assert.False(SpinWait.SpinUntil(() => alone.Has, 4 * ServerLimits.EngineRetryMs), "it keeps a county that it cannot serve");
        using Seat good = new(this, "good");
        Assert.True(Eventually(() => good.Works), "the other does not get it");
        Assert.False(alone.Has);
    }

    [Fact]
    public void What_nobody_has_a_queue_for_is_counted_and_what_is_refused_is_told()
    {
        using (MqttPeer station = new(EngineFixture.Station.At(engine.Server.MqttPort)))
        {
            FakeGateway elsewhere = new(330701) { Topics = new Topics("999999", "1", "2", 330701) };
            uint before = Waiting("unrouted");
            station.Send(elsewhere.Topics.Hello, elsewhere.Hello().Payload);
            Assert.True(Eventually(() => Waiting("unrouted") == before + 1), "it is not counted");
        }

        string Refused(BrokerUser who, string county)
        {
            using AmqpLink link = new(engine.Address(who), county);
            return link.Connect("", WaitMs) ?? "";
        }

        BrokerUser wrong = EngineFixture.Worker with { Password = "no" };
        Assert.Contains("refused: user or password", Refused(wrong, "330726"), StringComparison.Ordinal);
        Assert.Contains("ACCESS_REFUSED", Refused(EngineFixture.Stranger, "330726"), StringComparison.Ordinal);
        Assert.Contains("ACCESS_REFUSED", Refused(EngineFixture.Worker, "330727"), StringComparison.Ordinal);
        Assert.Contains("NOT_FOUND", Refused(EngineFixture.Worker, "nowhere"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_station_hears_by_is_gone_with_its_node()
    {
        using MqttPeer station = new(EngineFixture.Station.At(engine.Server.MqttPort));
        station.Join(_gateway.Topics.Down, qos: 0);
        using IConnection connection = Wait(engine.Address(EngineFixture.Station).Factory().CreateConnectionAsync(Stop));
        using IChannel channel = Wait(connection.CreateChannelAsync(cancellationToken: Stop));

        // A queue that is not so is refused. One that lasts stands on one node, and while this is down nobody can make it elsewhere.
        Wait(channel.QueueDeclareAsync(
            "mqtt-subscription-st330701qos0", durable: false, exclusive: false, autoDelete: true, cancellationToken: Stop));
        Assert.Throws<AggregateException>(() => Wait(channel.QueueDeclarePassiveAsync("mqtt-subscription-st330701qos1", Stop)));
    }

    [Fact]
    public void What_was_not_settled_comes_again_under_another_number()
    {
        using MqttPeer station = new(EngineFixture.Station.At(engine.Server.MqttPort));
        FakeGateway another = new(330701) { Topics = new Topics("330728", "1", "2", 330701) };
        using AmqpLink link = new(Address(), "330728");
        BlockingCollection<ulong> came = [];
        BlockingCollection<string> ended = [];
        link.Numbered = (_, _, number) => came.Add(number);
        link.Disconnected = ended.Add;
        Assert.Null(link.Connect("", WaitMs));
        Publish(station, another.Hello(), another.Heartbeat());
        ulong[] numbers = [Take(came), Take(came)];
        link.Settle(numbers[0]);
        link.GiveBack();
        Take(ended);
        Assert.Null(link.Connect("", WaitMs));

        // The first was settled, if the acknowledgement went out before the end; the second comes again in any case.
        ulong next = Take(came);
        Assert.DoesNotContain(next, numbers);
        link.Settle(numbers[1]);
        link.Settle(next);
        Assert.Equal(0u, Waiting(EngineTopology.QueueOf("330728")));
    }

    [Fact]
    public void Message_is_kept_however_often_it_was_delivered()
    {
        // RabbitMQ 4 drops it after 20 times where nothing else is said, and does not know what 3.10 calls no limit.
        using JsonDocument all = JsonDocument.Parse(EngineTopology.Definitions(["330726"]));
        JsonElement policy = all.RootElement.GetProperty("policies").EnumerateArray()
            .Single(one => one.GetProperty("pattern").GetString() == "^" + EngineTopology.QueueOf(""));
        Assert.Equal("queues", policy.GetProperty("apply-to").GetString());
        Assert.InRange(policy.GetProperty("definition").GetProperty("delivery-limit").GetInt64(), 1_000_000_000, int.MaxValue);

        using MqttPeer station = new(EngineFixture.Station.At(engine.Server.MqttPort));
        FakeGateway another = new(330701) { Topics = new Topics("330728", "1", "2", 330701) };
        using IConnection connection = Wait(engine.Address(EngineFixture.Worker).Factory().CreateConnectionAsync(Stop));
        using IChannel channel = Wait(connection.CreateChannelAsync(cancellationToken: Stop));
        BlockingCollection<ulong> came = [];
        AsyncEventingBasicConsumer consumer = new(channel);
        consumer.ReceivedAsync += (_, one) =>
        {
            came.Add(one.DeliveryTag);
            return Task.CompletedTask;
        };
        Wait(channel.BasicConsumeAsync(EngineTopology.QueueOf("330728"), autoAck: false, consumer, Stop));
        Publish(station, another.Hello());
        for (int i = 0; i < 30; i++)
        {
            Await(channel.BasicNackAsync(Take(came), multiple: false, requeue: true, Stop));
        }

        Await(channel.BasicAckAsync(Take(came), multiple: false, Stop));
    }

    public void Dispose()
    {
        postgres.Server.Drop(_database);
        Directory.Delete(_folder, recursive: true);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static T Take<T>(BlockingCollection<T> from)
    {
        Assert.True(from.TryTake(out T? one, WaitMs, Stop), "nothing comes");
        return one;
    }

    private static bool Eventually(Func<bool> holds) => SpinWait.SpinUntil(
        () =>
        {
            Thread.Sleep(20);
            return holds();
        },
        WaitMs);

    private static void Publish(MqttPeer station, params Sent[] messages)
    {
        foreach (Sent one in messages)
        {
            station.Send(one.Topic, one.Payload);
            Take(station.Published);
        }
    }

    private void Register()
    {
        using SqlStore store = SqlStore.Open(_database);
        Assert.True(store.AddStation(_gateway.Registration));
    }

    /// <summary>What a worker stored, and ended before it said so to the queue, comes again; the next one says it.</summary>
    private void Empties()
    {
        using Seat last = new(this, "last");
        Assert.True(Eventually(() => last.Works), "it has no queue");
        Assert.True(Eventually(() => Waiting(EngineTopology.QueueOf(FakeGateway.County)) == 0), "something stays in the queue");
    }

    /// <summary>Messages of a queue that wait for a consumer.</summary>
    private uint Waiting(string queue)
    {
        using IConnection connection = Wait(engine.Address(EngineFixture.Worker).Factory().CreateConnectionAsync(Stop));
        using IChannel channel = Wait(connection.CreateChannelAsync(cancellationToken: Stop));
        return Wait(channel.QueueDeclarePassiveAsync(queue, Stop)).MessageCount;
    }

    private static void Await(ValueTask task)
    {
        Assert.True(SpinWait.SpinUntil(() => task.IsCompleted, WaitMs), "no answer");
        Assert.True(task.IsCompletedSuccessfully);
    }

    private static T Wait<T>(Task<T> task)
    {
        Assert.True(SpinWait.SpinUntil(() => task.IsCompleted, WaitMs), "no answer");
        return task.Result;
    }

    /// <summary>A worker of the one county, on a thread of its own.</summary>
    private sealed class Seat : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly EngineReach _reach;
        private readonly EngineSeat _seat;
        private readonly Thread _thread;

        public Seat(AmqpTests test, string name)
            : this(test, name, test.Address())
        {
        }

        public Seat(AmqpTests test, string name, EngineAddress engine)
        {
            _reach = new EngineReach(engine);
            _seat = new EngineSeat(
                FakeGateway.County, test._database, engine, _reach, (_, store, link) =>
                    new EngineWork(new CountyService(link, store, new Watcher(test, name), new CountyOptions()), [], []),
                () => 0, (_, line) => test._told.Enqueue($"{name}: {line}"));
            _thread = new Thread(() => _seat.Run(_stop.Token)) { IsBackground = true };
            _thread.Start();
        }

        /// <summary>It has the county, though perhaps no queue.</summary>
        public bool Has => _seat.Health is not null;

        public bool Works => _seat.Health is { BrokersConnected: > 0 };

        public void Dispose()
        {
            _stop.Cancel();
            Assert.True(_thread.Join(WaitMs), "it does not end");
            _reach.Dispose();
        }
    }

    private EngineAddress Address() => engine.Address(EngineFixture.Worker);

    private sealed class Watcher(AmqpTests test, string name) : ICountyObserver
    {
        public void Stored(StationRegistration station, StoredEvent stored) => test._stored.Enqueue((name, stored.Key.Sequence));
    }
}
