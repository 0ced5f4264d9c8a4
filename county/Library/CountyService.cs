// Owns: the threads between broker and store: receive, gather, commit, publish, connect again.
// Must never: acknowledge before the commit, wait for the network on the working thread, or end because broker or store failed.

using System.Collections.Concurrent;
using System.Diagnostics;

namespace Gateway.County;

/// <summary>
/// Runs a <see cref="CountyDesk"/> behind one broker or two. A broker's thread checks messages, the thread in <see cref="Run"/> stores and
/// answers them, one more a broker keeps the connection. What goes down goes to every broker: only the one that the station is at has
/// somebody for it. Messages that do not fit the queue are dropped unacknowledged: the gateways send them
/// again.
/// </summary>
public sealed class CountyService
{
    private const long Never = long.MinValue;

    private readonly IReadOnlyList<IBroker> _brokers;
    private readonly ICountyObserver _observer;
    private readonly TimeProvider _time;
    private readonly CountyDesk _desk;
    private readonly WaitingMessages _waiting = new();
    private readonly Lock _telling = new();
    private readonly ConcurrentQueue<(CommandRequest Request, TaskCompletionSource<StationCommand> Answer)> _asked = new();
    private readonly ConcurrentDictionary<IBroker, bool> _connected = new();
    private long _toldTrouble;
    private long _failedAt = Never;
    private long _turnedAt = Never;
    private long _dropped;

    /// <param name="broker">Not connected yet.</param>
    /// <param name="store">Used by the thread in <see cref="Run"/> alone from now on.</param>
    /// <param name="observer">Who watches.</param>
    /// <param name="options">Settings.</param>
    /// <param name="time">The clock; null = the system's.</param>
    public CountyService(IBroker broker, IEventStore store, ICountyObserver observer, CountyOptions options, TimeProvider? time = null)
        : this([broker], store, observer, options, time)
    {
    }

    /// <param name="brokers">The brokers between which the stations choose, not connected yet.</param>
    /// <param name="store">Used by the thread in <see cref="Run"/> alone from now on.</param>
    /// <param name="observer">Who watches.</param>
    /// <param name="options">Settings.</param>
    /// <param name="time">The clock; null = the system's.</param>
    public CountyService(
        IReadOnlyList<IBroker> brokers, IEventStore store, ICountyObserver observer, CountyOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(brokers);
        _brokers = brokers;
        _observer = new CountyMetrics(observer);
        _time = time ?? TimeProvider.System;
        _desk = new CountyDesk(store, _observer, options);

        // Who asks before the first attempt has ended reads that none is connected, not that there is no such number.
        CountyMetrics.Brokers(0);
    }

    /// <summary>How the work goes; from any thread.</summary>
    public CountyHealth Health
    {
        get
        {
            long failedAt = Volatile.Read(ref _failedAt);
            long turnedAt = Volatile.Read(ref _turnedAt);
            return new CountyHealth(
                turnedAt == Never ? null : Stopwatch.GetElapsedTime(turnedAt),
                failedAt == Never || Stopwatch.GetElapsedTime(failedAt).TotalSeconds > CountyLimits.StoreFailureS,
                _connected.Count(b => b.Value),
                _brokers.Count);
        }
    }

    private Instant Now => Instant.Now(_time);

    /// <summary>
    /// Asks something of a station; from any thread. The task ends when the command is in the store, with its number, and fails when the
    /// store does. What becomes of the command, the observer is told.
    /// </summary>
    /// <exception cref="ArgumentException">The request cannot be; the message says place, value and what is allowed.</exception>
    public Task<StationCommand> Command(CommandRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Problem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(request));
        }

        TaskCompletionSource<StationCommand> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked.Enqueue((request, answer));
        return answer.Task;
    }

    /// <summary>Ways in and out beside the brokers; set before <see cref="Run"/>.</summary>
    public IReadOnlyList<ICountyRoom> Rooms { get; set; } = [];

    /// <summary>A room has something to do; from any thread.</summary>
    public void Wake() => _waiting.Wake();

    /// <summary>Works until told to stop, then stores what is waiting and returns. Whose token it is may dispose of it then.</summary>
    public void Run(CancellationToken stop)
    {
        _desk.Rooms = Rooms;

        // Its own, and not disposed: an attempt to connect may outlive this, and looks at it. Nothing of the system hangs on it.
        CancellationTokenSource over = new();
        using CancellationTokenRegistration told = stop.Register(over.Cancel);
        List<Thread> connecting = [.. _brokers.Select(broker => StartConnecting(broker, over.Token))];
        while (!over.IsCancellationRequested)
        {
            Volatile.Write(ref _turnedAt, Stopwatch.GetTimestamp());
            CountyMetrics.Waiting(_waiting.Count);
            Work(_waiting.Take(CountyLimits.CommitMessagesMax, CountyLimits.CommitWaitMs, _time, over.Token));
            Guarded(() => _desk.Tick(Now));
            RoomsWork();
            QueueAsked();
            Guarded(() => Publish(_desk.Commands(Now)));
            TellDropped();
        }

        IReadOnlyList<SignedMessage> left;
        while ((left = _waiting.TakeNow(CountyLimits.CommitMessagesMax, long.MaxValue)).Count > 0)
        {
            Work(left);
        }

        QueueAsked();
        RoomsWork();
        Guarded(_desk.Flush);

        // An attempt may hang on a dead host; nothing depends on its end.
        connecting.ForEach(thread => thread.Join(CountyLimits.BrokerRetryFirstMs));
    }

    private void Receive(string topic, byte[] payload, Action? settled = null)
    {
        SignedMessage? message = _desk.Open(topic, payload, Now);
        if (message is not null)
        {
            // Before it is handed over: it may be stored before this thread goes on.
            message.Settled = settled;
            if (_waiting.Add(message))
            {
                return;
            }

            Interlocked.Increment(ref _dropped);
            CountyMetrics.Dropped();
        }

        settled?.Invoke();
    }

    /// <summary>
    /// One group. When its transaction fails, each message gets one of its own, so that a single bad one cannot hold up the others. Where
    /// none of them can be stored, a broker that keeps messages takes them back, for this county or another worker of it.
    /// </summary>
    private void Work(IReadOnlyList<SignedMessage> messages)
    {
        if (messages.Count == 0 || Commit(messages))
        {
            Settle(messages);
            return;
        }

        Thread.Sleep(CountyLimits.StoreRetryMs);
        bool kept = messages[0].Settled is not null;
        if (messages.Count > 1 && CommitAlone(messages, kept))
        {
            Settle(messages);
        }
        else if (kept)
        {
            foreach (IBroker broker in _brokers)
            {
                broker.GiveBack();
            }

            // What came behind comes again too: stored before, it would have overtaken what goes back. What came over a new connection
            // already is settled: its gateway sends it again.
            IReadOnlyList<SignedMessage> behind;
            while ((behind = _waiting.TakeNow(CountyLimits.CommitMessagesMax, long.MaxValue)).Count > 0)
            {
                Settle(behind);
            }
        }
    }

    /// <summary>
    /// Each for itself; true when any was stored. A kept one is tried once more before the next overtakes it, and when two of those fail
    /// and nothing was stored, it is the store that fails.
    /// </summary>
    private bool CommitAlone(IReadOnlyList<SignedMessage> messages, bool kept)
    {
        int stored = 0, failed = 0;
        foreach (SignedMessage message in messages)
        {
            bool good = Commit([message]);
            if (!good && kept && failed == 0)
            {
                Thread.Sleep(CountyLimits.StoreRetryMs);
                good = Commit([message]);
            }

            stored += good ? 1 : 0;
            failed += good ? 0 : 1;
            if (kept && stored == 0 && failed > 1)
            {
                return false;
            }
        }

        return stored > 0;
    }

    private static void Settle(IReadOnlyList<SignedMessage> messages)
    {
        foreach (SignedMessage message in messages)
        {
            message.Settled?.Invoke();
        }
    }

    private bool Commit(IReadOnlyList<SignedMessage> messages)
    {
        long began = Stopwatch.GetTimestamp();
        return Guarded(() =>
        {
            IReadOnlyList<Outgoing> answers = _desk.Commit(messages, Now);
            CountyMetrics.Committed(messages.Count, Stopwatch.GetElapsedTime(began).TotalSeconds);
            Publish(answers);
            foreach (uint station in _waiting.Charge(_desk.Worked, Now.RunMs))
            {
                _observer.HeldBack(messages.First(message => message.From.Station == station).From);
            }
        });
    }

    // What cannot be sent is no loss: the gateway sends its batch again and the county its command, and their names make that harmless.
    private void Publish(IReadOnlyList<Outgoing> messages)
    {
        foreach (Outgoing message in messages)
        {
            foreach (IBroker broker in _brokers)
            {
                broker.Publish(message.Topic, message.Payload);
            }
        }
    }

    private void RoomsWork()
    {
        foreach (ICountyRoom room in Rooms)
        {
            Guarded(() => room.Work(_desk, Now));
        }
    }

    private void QueueAsked()
    {
        while (_asked.TryDequeue(out (CommandRequest Request, TaskCompletionSource<StationCommand> Answer) asked))
        {
            try
            {
                asked.Answer.SetResult(_desk.Queue(asked.Request, Now));
            }
            catch (Exception e)
            {
                // The store is someone else's code; whoever asked learns of its failure.
                asked.Answer.SetException(e);
            }
        }
    }

    // The store is someone else's code, so every exception is its failure; the county must go on, and what failed is not acknowledged.
    private bool Guarded(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception e)
        {
            Volatile.Write(ref _failedAt, Stopwatch.GetTimestamp());
            CountyMetrics.Failed();
            TellTrouble($"store: {e.GetType().Name}: {e.Message}");
            return false;
        }
    }

    private Thread StartConnecting(IBroker broker, CancellationToken stop)
    {
        AutoResetEvent broken = new(initialState: false);
        broker.Received = (topic, payload) => Receive(topic, payload);
        broker.Numbered = (topic, payload, number) => Receive(topic, payload, () => broker.Settle(number));
        broker.Disconnected = why =>
        {
            TellBroker(broker, connected: false, why);
            broken.Set();
        };
        Thread thread = new(() => KeepConnected(broker, broken, stop)) { IsBackground = true, Name = "county-broker" };
        thread.Start();
        return thread;
    }

    private void KeepConnected(IBroker broker, AutoResetEvent broken, CancellationToken stop)
    {
        int waitMs = CountyLimits.BrokerRetryFirstMs;
        string? told = null;
        while (!stop.IsCancellationRequested)
        {
            broken.Reset();
            string? why = Connect(broker);
            if (why is null)
            {
                told = null;
                waitMs = CountyLimits.BrokerRetryFirstMs;
                TellBroker(broker, connected: true, broker.Address);
                WaitHandle.WaitAny([broken, stop.WaitHandle]);
                continue;
            }

            if (told != why)
            {
                told = why;
                TellBroker(broker, connected: false, why);
            }

            stop.WaitHandle.WaitOne(waitMs);
            waitMs = Math.Min(waitMs * 2, CountyLimits.BrokerRetryMaxMs);
        }
    }

    private static string? Connect(IBroker broker)
    {
        try
        {
            return broker.Connect(Contract.Topics.AllUp, CountyLimits.BrokerAnswerMs);
        }
        catch (Exception e)
        {
            return $"{e.GetType().Name}: {e.Message}";
        }
    }

    private void TellBroker(IBroker broker, bool connected, string text)
    {
        _connected[broker] = connected;
        CountyMetrics.Brokers(_connected.Count(b => b.Value));
        lock (_telling)
        {
            _observer.BrokerChanged(connected, text);
        }
    }

    private void TellDropped()
    {
        if (Volatile.Read(ref _dropped) > 0 && MayTellTrouble())
        {
            long dropped = Interlocked.Exchange(ref _dropped, 0);
            _observer.InTrouble($"queue full: {dropped} messages dropped unacknowledged, the gateways send them again");
        }
    }

    private void TellTrouble(string text)
    {
        if (MayTellTrouble())
        {
            _observer.InTrouble(text);
        }
    }

    private bool MayTellTrouble()
    {
        long now = Stopwatch.GetTimestamp();
        if (_toldTrouble != 0 && Stopwatch.GetElapsedTime(_toldTrouble, now).TotalSeconds < 1)
        {
            return false;
        }

        _toldTrouble = now;
        return true;
    }
}

/// <summary>How a county's work goes.</summary>
/// <param name="SinceTurn">Since the working thread last began a turn; null before the first. Seconds mean that the store hangs.</param>
/// <param name="StoreWorks">No transaction failed of late.</param>
/// <param name="BrokersConnected">Brokers that are connected.</param>
/// <param name="Brokers">Brokers that there are.</param>
public sealed record CountyHealth(TimeSpan? SinceTurn, bool StoreWorks, int BrokersConnected, int Brokers);
