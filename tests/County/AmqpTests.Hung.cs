// Owns: what becomes of a county whose worker hangs, and of the worker when it goes on.
// Must never: end the worker that hangs: its connections have to stand as those of a process that does nothing.

using System.Collections.Concurrent;
using Gateway.Contract;
using Gateway.County.Server;
using Gateway.County.Sql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Gateway.County.Tests;

public sealed partial class AmqpTests
{
    /// <summary>Two processes and a minute of waiting; each run has what it stands on, that such a store loses its term.</summary>
    [Fact(Explicit = true)]
    public void Worker_that_hangs_loses_the_county_and_stores_nothing_when_it_goes_on()
    {
        Register();
        using MqttPeer station = new(EngineFixture.Station.At(engine.Server.MqttPort));
        station.Join(_gateway.Topics.Down, qos: 0);
        using ChildProgram first = Worker();
        first.Await("接管 taken", WaitMs);
        using ChildProgram second = Worker();
        Publish(station, _gateway.Hello());
        uint next = 0;
        Send(station, Batches);
        Assert.True(Eventually(() => Events() == Batches), $"{Events()} of {Batches} are stored");

        // It stops with messages that it has taken and not stored, or stored and not acknowledged.
        Send(station, Batches);
        first.Freeze();
        Send(station, Batches);
        second.Await("接管 taken", WaitMs);
        Assert.True(Eventually(() => Events() == 3 * Batches), $"{Events()} of {3 * Batches} are stored");
        first.Thaw();
        first.Await("放手 let go", WaitMs);
        Send(station, Batches);
        Assert.True(Eventually(() => Events() == 4 * Batches), $"{Events()} of {4 * Batches} are stored");

        // A third term would be one that the first has begun since.
        using SqlStore store = SqlStore.Open(_database);
        StoredEvent[] all = [.. store.Events(new EventQuery()).OrderBy(one => one.Key.Sequence)];
        Assert.Equal(Enumerable.Range(1, 4 * Batches).Select(n => (uint)n), all.Select(one => one.Key.Sequence));
        Assert.Equal(all.Select(one => one.ReceivedMs).Order(), all.Select(one => one.ReceivedMs));
        Assert.Empty(store.Conflicts());
        Assert.Empty(store.Gaps(null));
        Assert.Equal("2", postgres.Server.Sql("SELECT value FROM meta WHERE name = 'term'", PostgresServer.NameOf(_database)).Trim());
        Assert.True(first.Running);
        Assert.Equal(0, first.Stop());
        Assert.Equal(0, second.Stop());

        void Send(MqttPeer from, int count)
        {
            for (int i = 0; i < count; i++, next++)
            {
                Publish(from, _gateway.Batch(Lane.Routine, next, next + 1));
            }
        }

        int Events()
        {
            using SqlStore look = SqlStore.Open(_database);
            return look.Events(new EventQuery()).Count();
        }
    }

    [Fact]
    public void Worker_to_whom_the_queue_gives_nothing_of_what_it_has_leaves_the_county_to_others()
    {
        Register();
        using MqttPeer station = new(EngineFixture.Station.At(engine.Server.MqttPort));
        using (IConnection connection = Wait(engine.Address(EngineFixture.Worker).Factory().CreateConnectionAsync(Stop)))
        {
            // Somebody else is active, and does nothing with the one message that it has.
            IChannel channel = Wait(connection.CreateChannelAsync(cancellationToken: Stop));
            BlockingCollection<ulong> came = [];
            AsyncEventingBasicConsumer consumer = new(channel);
            consumer.ReceivedAsync += (_, one) =>
            {
                came.Add(one.DeliveryTag);
                return Task.CompletedTask;
            };
            Await(new ValueTask(channel.BasicQosAsync(0, 1, global: false, Stop)));
            Wait(channel.BasicConsumeAsync(EngineTopology.QueueOf(FakeGateway.County), autoAck: false, consumer, Stop));
            Publish(station, _gateway.Hello(), _gateway.Batch(Lane.Routine, 0, 1));
            Take(came);
            using Seat dry = new(this, "dry");
            Assert.True(Eventually(() => dry.Works), "it has no queue");
            Assert.True(Eventually(() => _told.Any(line => line.Contains("no queue for", StringComparison.Ordinal))), "it keeps it");
        }

        using Seat good = new(this, "good");
        Assert.True(Eventually(() => !_stored.IsEmpty), "nothing is stored");
        good.Dispose();
        Empties();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Store_that_asks_nothing_any_more_loses_its_term_and_what_it_had_begun(bool inTransaction)
    {
        Register();
        using SqlStore hangs = SqlStore.Open(_database);
        Assert.True(hangs.BeginTerm());
        IStoreTransaction? begun = inTransaction ? hangs.Begin() : null;
        begun?.Put(new StationState { Station = _gateway.Registration.Station, Online = true });
        using SqlStore other = SqlStore.Open(_database);
        Assert.False(other.BeginTerm());
        Assert.True(Eventually(() => other.BeginTerm()), "the database keeps the lock of who does nothing");
        Assert.NotNull(Record.Exception(() => (begun ?? hangs.Begin()).Commit()));
        Assert.NotNull(Record.Exception(() => hangs.Begin().Dispose()));
        Assert.True(hangs.TermOver);
        using IStoreTransaction rows = other.Begin();
        Assert.NotEqual(true, rows.State(_gateway.Registration.Station)?.Online);
    }

    /// <summary>A process that works at the county.</summary>
    private ChildProgram Worker(params string[] besides) => ChildProgram.Beside(
        "county.dll",
        [
            "run", "--engine", $"amqp://{EngineFixture.Worker.Name}@127.0.0.1:{engine.Server.AmqpPort}", "--county", FakeGateway.County,
            "--password-file", In("password", EngineFixture.Worker.Password), "--db", _database, .. besides,
        ]);

    private string In(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
