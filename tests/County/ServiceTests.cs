// Owns: the rules of the threads between broker and store.
// Must never: wait for a fixed time where it can wait for what it expects.

using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

public sealed class ServiceTests
{
    private readonly FakeGateway _gateway = new(330701);
    private readonly FakeGateway _other = new(330702);

    [Fact]
    public void Answer_is_published_only_when_others_see_the_row()
    {
        using Running county = new(_gateway);
        List<int> seen = [];
        county.Broker.OnPublish = (_, _) =>
        {
            using SqlStore reader = SqlStore.Open(county.File, create: false);
            seen.Add(reader.Events(new EventQuery()).Count());
        };
        county.Broker.Deliver(_gateway.Hello());
        Assert.Equal(MessageType.Welcome, county.Broker.Next(_gateway).Type);
        county.Broker.Deliver(_gateway.Batch(Lane.Fire, 0, 1, 2));
        Assert.Equal(2u, county.Broker.Next(_gateway).Held[(int)Lane.Fire]);
        Assert.Equal([0, 2], seen);
        Assert.Equal(Topics.AllUp, county.Broker.Filter);
    }

    [Fact]
    public void Broker_that_takes_no_answer_costs_a_repeat_and_no_event()
    {
        using Running county = new(_gateway);
        county.Broker.Deliver(_gateway.Hello());
        county.Broker.Next(_gateway);
        county.Broker.TakesAnswers = false;
        using ManualResetEventSlim tried = new();
        county.Broker.OnPublish = (_, _) => tried.Set();
        county.Broker.Deliver(_gateway.Batch(Lane.Fire, 0, 1));
        Assert.True(tried.Wait(120_000, TestContext.Current.CancellationToken));
        county.Broker.TakesAnswers = true;
        county.Broker.Deliver(_gateway.Batch(Lane.Fire, 0, 1));
        Assert.Equal(1u, county.Broker.Next(_gateway).Held[(int)Lane.Fire]);
        Assert.Single(county.Stop());
    }

    [Fact]
    public void Failing_commit_is_neither_answered_nor_told_and_the_repeat_is()
    {
        using Running county = new(_gateway);
        county.Broker.Deliver(_gateway.Hello());
        county.Broker.Next(_gateway);
        county.Store.FailCommits = 1;
        county.Broker.Deliver(_gateway.Batch(Lane.Fire, 0, 1));
        Assert.True(SpinWait.SpinUntil(() => county.Store.FailCommits == 0, 120_000));
        county.Broker.Deliver(_gateway.Batch(Lane.Fire, 0, 1));
        Assert.Equal(1u, county.Broker.Next(_gateway).Held[(int)Lane.Fire]);
        Assert.Single(county.Stop());
        Assert.Empty(county.Broker.Published);
        Assert.Single(county.Told.StoredEvents);
        Assert.Contains(county.Told.Trouble, t => t.Contains("disk full", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_broker_keeps_is_settled_when_it_is_stored_or_refused_and_given_back_when_nothing_is_stored()
    {
        using Running county = new(_gateway);
        MemoryBroker broker = county.Broker;
        broker.Keep(1, _gateway.Hello());
        Assert.True(SpinWait.SpinUntil(() => broker.Settled.Contains(1UL), 120_000), "a hello is not settled");
        county.Store.FailCommits = 1;
        Sent batch = _gateway.Batch(Lane.Fire, 0, 1);
        broker.Keep(2, batch);
        Assert.True(SpinWait.SpinUntil(() => broker.GivenBack == 1, 120_000), "it is not given back");

        // As the engine does: again, under another number. One that comes before all was given back may be dropped.
        ulong number = 10;
        do
        {
            broker.Keep(number++, batch);
        }
        while (!SpinWait.SpinUntil(() => county.Told.StoredEvents.Count == 1, 200));

        broker.Keep(number, new Sent(batch.Topic, [1, 2, 3]));
        Assert.True(SpinWait.SpinUntil(() => broker.Settled.Contains(number), 120_000), "what is refused is kept");
        Assert.Single(county.Stop());
        Assert.DoesNotContain(2UL, broker.Settled);
    }

    [Fact]
    public void Message_that_cannot_be_stored_does_not_hold_up_the_others()
    {
        using Running county = new(_gateway, _other);
        county.Store.Poison = e => e.Record.Station == _other.Station;
        county.Broker.Deliver(_gateway.Hello(), _other.Hello());
        Assert.True(SpinWait.SpinUntil(() => county.Broker.Published.Count == 2, 120_000));
        county.Broker.Published.TryTake(out _);
        county.Broker.Published.TryTake(out _);
        for (uint i = 1; i <= 5; i++)
        {
            county.Broker.Deliver(_other.Batch(Lane.Fire, i - 1, i), _gateway.Batch(Lane.Fire, i - 1, i));
        }

        while (county.Broker.Next(_gateway).Held[(int)Lane.Fire] < 5)
        {
            // One answer may serve several batches.
        }

        Assert.All(county.Stop(), e => Assert.Equal(_gateway.Station, e.Record.Station));
    }

    [Fact]
    public void Broker_that_is_away_is_tried_until_it_comes_and_again_when_it_breaks()
    {
        using Running county = new(refusal: "away", _gateway);
        Assert.True(SpinWait.SpinUntil(() => county.Broker.Attempts >= 2, 120_000));
        county.Broker.Refusal = null;
        Assert.True(SpinWait.SpinUntil(() => Told(county).Contains((true, "memory")), 120_000));
        int attempts = county.Broker.Attempts;
        county.Broker.Disconnected!("cut");
        Assert.True(SpinWait.SpinUntil(() => county.Broker.Attempts > attempts, 120_000));
        Assert.True(SpinWait.SpinUntil(() => Told(county).Count >= 4, 120_000));
        Assert.Equal([(false, "away"), (true, "memory"), (false, "cut"), (true, "memory")], Told(county));
    }

    [Fact]
    public void What_waits_when_the_county_is_told_to_stop_is_stored()
    {
        using Running county = new(_gateway);
        county.Broker.Deliver(_gateway.Hello());
        county.Broker.Next(_gateway);
        for (uint i = 1; i <= 50; i++)
        {
            county.Broker.Deliver(_gateway.Batch(Lane.Routine, i - 1, i));
        }

        Assert.Equal(50, county.Stop().Count);
    }

    [Fact]
    public async Task Command_of_a_backend_gets_its_number_and_goes_down()
    {
        using Running county = new(_gateway);
        county.Broker.Deliver(_gateway.Hello());
        county.Broker.Next(_gateway);
        county.Broker.Deliver(_gateway.Heartbeat());
        county.Broker.Next(_gateway);
        StationCommand queued = await county.Service.Command(new CommandRequest(_gateway.Station, (int)CommandCode.SelfTest));
        bool came = county.Broker.Published.TryTake(out Outgoing sent, 120_000, TestContext.Current.CancellationToken);
        Assert.True(came, "no command within 120 s");
        Command body = new();
        Assert.Equal(DecodeResult.Ok, body.Decode(sent.Payload, sent.Payload.Length));
        Assert.Equal((queued.Number, CommandCode.SelfTest), (body.Number, body.Code));
        await Assert.ThrowsAsync<ArgumentException>(() => county.Service.Command(new CommandRequest(0, (int)CommandCode.SelfTest)));
        county.Stop();
    }

    [Fact]
    public void Two_brokers_are_judged_as_one_stream_and_what_goes_down_goes_to_both()
    {
        using Running county = new(refusal: null, two: true, _gateway);
        Sent hello = _gateway.Hello();
        county.Broker.Deliver(hello);
        Assert.Equal(MessageType.Welcome, Both().Type);
        Sent batch = _gateway.Batch(Lane.Fire, 0, 1);
        county.Broker.Deliver(batch);
        Assert.Equal(1u, Both().Held[(int)Lane.Fire]);

        // The other broker has the same message too: it was taken already.
        county.Second.Deliver(batch, hello);
        Answered refused = Both();
        Assert.Equal((MessageType.Refuse, DecodeResult.Replayed), (refused.Type, refused.Reason));

        // The gateway went to the other broker, in a new session; what is left of the old one comes late.
        Sent late = _gateway.Batch(Lane.Fire, 1, 2);
        county.Second.Deliver(_gateway.NextSession());
        Answered welcome = Both();
        Assert.Equal((MessageType.Welcome, 1u), (welcome.Type, welcome.Held[(int)Lane.Fire]));
        county.Broker.Deliver(late);
        county.Second.Deliver(_gateway.Batch(Lane.Fire, 1, 2));
        Assert.Equal(2u, Both().Held[(int)Lane.Fire]);
        Assert.Equal(2, county.Stop().Count);

        // One answer each, in the same order and bytes.
        Assert.Empty(county.Broker.Published);
        Assert.Empty(county.Second.Published);

        Answered Both()
        {
            Assert.True(county.Broker.Published.TryTake(out Outgoing one, 60_000, TestContext.Current.CancellationToken), "no answer");
            Assert.True(county.Second.Published.TryTake(out Outgoing two, 60_000, TestContext.Current.CancellationToken), "no answer");
            Assert.Equal((one.Topic, Convert.ToHexString(one.Payload)), (two.Topic, Convert.ToHexString(two.Payload)));
            return Answered.Read(_gateway, one);
        }
    }

    [Fact]
    public async Task A_command_goes_to_both_brokers_and_one_that_is_away_holds_up_nothing()
    {
        using Running county = new(refusal: "away", two: true, _gateway);
        county.Broker.TakesAnswers = false;
        county.Second.Deliver(_gateway.Hello());
        Assert.Equal(MessageType.Welcome, county.Second.Next(_gateway).Type);

        // A command goes to a box that is known to live; a hello alone shows that of none.
        county.Second.Deliver(_gateway.Heartbeat());
        List<string> asked = [];
        county.Broker.OnPublish = (topic, _) => asked.Add(topic);
        await county.Service.Command(new CommandRequest(_gateway.Station, (int)CommandCode.SelfTest));
        Assert.True(county.Second.Published.TryTake(out Outgoing sent, 60_000, TestContext.Current.CancellationToken), "no command");
        Assert.Equal(_gateway.Topics.Down, sent.Topic);
        county.Stop();
        Assert.Contains(_gateway.Topics.Down, asked);
    }

    [Fact]
    public void Attempt_to_connect_that_outlives_its_county_ends_in_peace()
    {
        using Running county = new(refusal: "away", _gateway);
        using ManualResetEventSlim hangs = new();
        using ManualResetEventSlim answered = new();
        Thread? attempt = null;
        county.Broker.OnConnect = () =>
        {
            attempt = Thread.CurrentThread;
            hangs.Set();
            answered.Wait(TestContext.Current.CancellationToken);
        };
        Assert.True(hangs.Wait(120_000, TestContext.Current.CancellationToken), "it does not connect again");

        // The token that told the county to end is disposed of.
        county.Stop();
        ConcurrentQueue<string> thrown = [];
        void Note(object? sender, FirstChanceExceptionEventArgs e)
        {
            // Where nobody catches it, the program ends; a runner of tests goes on, and calls no test failed for it.
            if (Thread.CurrentThread == attempt)
            {
                thrown.Enqueue(e.Exception.Message);
            }
        }

        AppDomain.CurrentDomain.FirstChanceException += Note;
        answered.Set();
        Assert.True(SpinWait.SpinUntil(() => !attempt!.IsAlive || !thrown.IsEmpty, 120_000), "it does not end");
        AppDomain.CurrentDomain.FirstChanceException -= Note;
        Assert.Empty(thrown);
    }

    [Fact]
    public void Refusals_are_in_the_table_when_the_county_has_stopped()
    {
        using Running county = new(_gateway);
        county.Broker.Deliver(new FakeGateway(9).Hello(), _gateway.Heartbeat() with { Payload = [] });
        county.Stop();
        using SqlStore store = SqlStore.Open(county.File);
        Assert.Equal(2, store.Refusals().Sum(r => r.Count));
    }

    private static List<(bool, string)> Told(Running county)
    {
        lock (county.Told.Broker)
        {
            return [.. county.Told.Broker];
        }
    }

    /// <summary>A county at work on its own thread.</summary>
    private sealed class Running : IDisposable
    {
        private readonly string _folder = MemoryFolder.Create("county-");
        private readonly RunningCounty _running;

        public Running(params FakeGateway[] gateways)
            : this(refusal: null, gateways)
        {
        }

        public Running(string? refusal, params FakeGateway[] gateways)
            : this(refusal, two: false, gateways)
        {
        }

        /// <param name="two">Whether there is a second broker.</param>
        public Running(string? refusal, bool two, params FakeGateway[] gateways)
        {
            SqlStore store = SqlStore.Open(File);
            foreach (FakeGateway gateway in gateways)
            {
                store.AddStation(gateway.Registration);
            }

            Store = new FailingStore(store);
            Broker.Refusal = refusal;
            _running = new RunningCounty(
                new CountyService(two ? [Broker, Second] : [Broker], Store, Told, new CountyOptions()), Store);
        }

        public string File => Path.Combine(_folder, "county.db");

        public MemoryBroker Broker { get; } = new();

        public MemoryBroker Second { get; } = new();

        public FailingStore Store { get; }

        public CountyService Service => _running.Service;

        public Recorder Told { get; } = new();

        /// <summary>Ends it and reads the events.</summary>
        public List<StoredEvent> Stop()
        {
            _running.Dispose();
            using SqlStore store = SqlStore.Open(File);
            return [.. store.Events(new EventQuery())];
        }

        public void Dispose()
        {
            _running.Dispose();
            Broker.Dispose();
            Second.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
