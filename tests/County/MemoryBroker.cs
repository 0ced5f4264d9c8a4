// Owns: a broker in memory that a test breaks and mends.
// Must never: behave better than a real one: publishing may fail, and a connection may end at any moment.

using System.Collections.Concurrent;

namespace Gateway.County.Tests;

internal sealed class MemoryBroker : IBroker
{
    private int _attempts;
    private int _givenBack;

    public Action<string, byte[]>? Received { get; set; }

    public Action<string, byte[], ulong>? Numbered { get; set; }

    public Action<string>? Disconnected { get; set; }

    /// <summary>Numbers of kept messages that need not come again, in the order in which that was told.</summary>
    public ConcurrentQueue<ulong> Settled { get; } = new();

    /// <summary>How often kept messages were given back.</summary>
    public int GivenBack => Volatile.Read(ref _givenBack);

    /// <summary>Null = connections work; else why not.</summary>
    public string? Refusal { get; set; }

    /// <summary>Called inside each attempt to connect, by its thread.</summary>
    public Action? OnConnect { get; set; }

    /// <summary>False = answers are not taken.</summary>
    public bool TakesAnswers { get; set; } = true;

    /// <summary>Called inside each publish, before the answer is taken.</summary>
    public Action<string, byte[]>? OnPublish { get; set; }

    public BlockingCollection<Outgoing> Published { get; } = [];

    public int Attempts => Volatile.Read(ref _attempts);

    public string? Filter { get; private set; }

    public string Address => "memory";

    public string? Connect(string filter, int timeoutMs)
    {
        Interlocked.Increment(ref _attempts);
        Filter = filter;
        OnConnect?.Invoke();
        return Refusal;
    }

    public bool Publish(string topic, byte[] payload)
    {
        OnPublish?.Invoke(topic, payload);
        if (TakesAnswers)
        {
            Published.Add(new Outgoing(topic, payload));
        }

        return TakesAnswers;
    }

    public void Deliver(params Sent[] messages)
    {
        // The service listens on a thread of its own, which may come later than the test.
        Assert.True(SpinWait.SpinUntil(() => Received is not null, 120_000), "nobody listens within 20 s");
        foreach (Sent message in messages)
        {
            Received!(message.Topic, message.Payload);
        }
    }

    /// <summary>Delivers a message that is kept until it is settled.</summary>
    public void Keep(ulong number, Sent message)
    {
        Assert.True(SpinWait.SpinUntil(() => Numbered is not null, 120_000), "nobody listens");
        Numbered!(message.Topic, message.Payload, number);
    }

    public void Settle(ulong number) => Settled.Enqueue(number);

    public void GiveBack() => Interlocked.Increment(ref _givenBack);

    /// <summary>The next answer; fails the test when none comes.</summary>
    public Answered Next(FakeGateway gateway)
    {
        Assert.True(Published.TryTake(out Outgoing answer, 120_000, TestContext.Current.CancellationToken), "no answer within 120 s");
        return Answered.Read(gateway, answer);
    }

    public void Dispose() => Published.Dispose();
}

/// <summary>A real store that a test makes fail.</summary>
internal sealed class FailingStore(IEventStore inner) : IEventStore
{
    /// <summary>True for events whose transaction is to fail.</summary>
    public Predicate<StoredEvent> Poison { get; set; } = _ => false;

    /// <summary>So many commits fail from now on.</summary>
    public int FailCommits { get; set; }

    /// <summary>With this.</summary>
    public Exception Failure { get; set; } = new IOException("disk full");

    public long RegistryVersion() => inner.RegistryVersion();

    public IReadOnlyList<StationRegistration> Stations() => inner.Stations();

    public IReadOnlyList<StationState> States() => inner.States();

    public IStoreTransaction Begin() => new Transaction(this, inner.Begin());

    public void AddRefusals(IReadOnlyList<RefusalCount> counts) => inner.AddRefusals(counts);

    public void Dispose() => inner.Dispose();

    private sealed class Transaction(FailingStore store, IStoreTransaction rows) : ForwardingTransaction(rows)
    {
        public override bool[] Insert(IReadOnlyList<StoredEvent> events) =>
            events.Any(e => store.Poison(e)) ? throw new IOException("poisoned") : base.Insert(events);

        public override void Commit()
        {
            if (store.FailCommits > 0)
            {
                store.FailCommits--;
                throw store.Failure;
            }

            base.Commit();
        }
    }
}
