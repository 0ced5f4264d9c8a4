// Owns: a county's queue at an engine that speaks AMQP: what comes up is taken from it, what goes down is published to the stations.
// Must never: acknowledge what is not settled, decide when to connect again, or have the working thread wait for the network.

using System.Diagnostics;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Gateway.County.Server;

/// <summary>An <see cref="IBroker"/> behind which is a queue: a connection object for each time.</summary>
/// <param name="engine">Where and who.</param>
/// <param name="county">Whose queue.</param>
internal sealed class AmqpLink(EngineAddress engine, string county) : IBroker
{
    // The upper bits of a number name the connection: what came over an earlier one is not settled over this one.
    private const int TagBits = 40;

    private Session? _session;
    private ulong _sessions;

    public Action<string, byte[]>? Received { get; set; }

    public Action<string, byte[], ulong>? Numbered { get; set; }

    public Action<string>? Disconnected { get; set; }

    public string Address => $"{engine.Shown} {EngineTopology.QueueOf(county)}";

    /// <summary>Whether the queue is being taken from, and gives what it has.</summary>
    public bool IsOpen => Volatile.Read(ref _session) is { IsOver: false, IsDry: false };

    /// <summary>The queue is bound to the county's topics; the filter that MQTT would ask for has no part in it.</summary>
    public string? Connect(string filter, int timeoutMs)
    {
        Interlocked.Exchange(ref _session, null)?.End();
        ulong number = ++_sessions;
        Session session = new(
            engine, EngineTopology.QueueOf(county), (topic, body, tag) => Numbered?.Invoke(topic, body, (number << TagBits) | tag));
        using CancellationTokenSource limit = new(timeoutMs);
        try
        {
            session.Open(limit.Token).GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            session.End();
            return Why(e, limit.IsCancellationRequested);
        }

        // Told from now on, and at once where it is over already.
        Volatile.Write(ref _session, session);
        session.Closed(why => Disconnected?.Invoke(why));
        return null;
    }

    public bool Publish(string topic, byte[] payload) =>
        Volatile.Read(ref _session)?.Publish(EngineTopology.KeyOf(topic), payload) ?? false;

    public void Settle(ulong number)
    {
        if (number >> TagBits == _sessions)
        {
            Volatile.Read(ref _session)?.Settle(number & ((1UL << TagBits) - 1));
        }
    }

    public void GiveBack() => Volatile.Read(ref _session)?.End();

    public void Dispose() => Interlocked.Exchange(ref _session, null)?.End();

    private string Why(Exception e, bool tooLate) => e switch
    {
        BrokerUnreachableException { InnerException: AuthenticationFailureException } =>
            $"{engine.Shown}: 用户或口令不对 refused: user or password",
        OperationInterruptedException { ShutdownReason: { } reason } => $"{Address}: {reason.ReplyText}",
        _ when tooLate => $"{engine.Shown}: 无应答 no answer in time",
        _ => $"{engine.Shown}: {(e.InnerException ?? e).Message}",
    };

    /// <summary>One connection with one channel and one consumer.</summary>
    private sealed class Session(EngineAddress engine, string queue, Action<string, byte[], ulong> received)
    {
        private readonly Channel<Work> _work = Channel.CreateBounded<Work>(
            new BoundedChannelOptions(ServerLimits.EngineUnsettledMax + ServerLimits.EngineAnswersMax) { SingleReader = true });

        private readonly CancellationTokenSource _over = new();
        private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private IConnection? _connection;
        private IChannel? _channel;
        private readonly Lock _gate = new();
        private bool _ended;
        private int _answers;
        private int _unsettled;
        private long _cameAt;
        private volatile bool _dry;

        public bool IsOver => _over.IsCancellationRequested;

        /// <summary>
        /// The queue has messages and gives none, though none is waited for. So it was with a node whose copy of the queue had stood
        /// still since all nodes were down: the messages are given out by that copy, and another node's would give them.
        /// </summary>
        public bool IsDry => _dry;

        public async Task Open(CancellationToken limit)
        {
            ConnectionFactory factory = engine.Factory();
            _connection = await factory.CreateConnectionAsync(queue, limit);
            _connection.ConnectionShutdownAsync += (_, why) => Over(why.ReplyText);
            _channel = await _connection.CreateChannelAsync(cancellationToken: limit);
            _channel.ChannelShutdownAsync += (_, why) => Over(why.ReplyText);
            await _channel.BasicQosAsync(0, ServerLimits.EngineUnsettledMax, global: false, limit);
            AsyncEventingBasicConsumer consumer = new(_channel);
            consumer.ReceivedAsync += (_, one) =>
            {
                lock (_gate)
                {
                    // The bytes are the library's again when this returns.
                    if (!_ended)
                    {
                        Volatile.Write(ref _cameAt, Stopwatch.GetTimestamp());
                        Interlocked.Increment(ref _unsettled);
                        received(EngineTopology.TopicOf(one.RoutingKey), one.Body.ToArray(), one.DeliveryTag);
                    }
                }

                return Task.CompletedTask;
            };
            consumer.UnregisteredAsync += (_, _) => Over("队列已撤 the queue is gone");
            await _channel.BasicConsumeAsync(queue, autoAck: false, consumer, limit);
            _ = Task.Run(Pump, CancellationToken.None);
            _ = Task.Run(() => Look(_connection), CancellationToken.None);
        }

        public void Closed(Action<string> told) => _ = _closed.Task.ContinueWith(
            why => told(why.Result), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

        public bool Publish(string key, byte[] body)
        {
            if (Interlocked.Increment(ref _answers) <= ServerLimits.EngineAnswersMax && _work.Writer.TryWrite(new Work(key, body, 0)))
            {
                return true;
            }

            Interlocked.Decrement(ref _answers);
            return false;
        }

        public void Settle(ulong tag)
        {
            Interlocked.Decrement(ref _unsettled);
            _work.Writer.TryWrite(new Work(null, [], tag));
        }

        /// <summary>Closes without waiting: whatever was not acknowledged goes to the next consumer.</summary>
        public void End() => _ = Over("关闭 closed");

        private async Task Over(string why)
        {
            lock (_gate)
            {
                _ended = true;
            }

            if (!_closed.TrySetResult(why))
            {
                return;
            }

            await _over.CancelAsync();
            _work.Writer.TryComplete();
            IConnection? connection = Interlocked.Exchange(ref _connection, null);
            if (connection is not null)
            {
                // Not awaited where the library itself tells of the end: it would wait for itself.
                _ = Task.Run(async () =>
                {
                    try
                    {
                        await connection.CloseAsync(
                            Constants.ReplySuccess, "closed", TimeSpan.FromMilliseconds(ServerLimits.LinkCloseMs), abort: true,
                            CancellationToken.None);
                    }
                    finally
                    {
                        await connection.DisposeAsync();
                    }
                });
            }
        }

        /// <summary>Asks now and then how much there is, on a channel of its own, since a refusal ends a channel.</summary>
        private async Task Look(IConnection connection)
        {
            IChannel? channel = null;
            long? since = null;
            try
            {
                while (true)
                {
                    await Task.Delay(ServerLimits.EngineDryLookMs, _over.Token);
                    bool waits = false;
                    try
                    {
                        channel ??= await connection.CreateChannelAsync(cancellationToken: _over.Token);
                        waits = (await channel.QueueDeclarePassiveAsync(queue, _over.Token)).MessageCount > 0;
                    }
                    catch (Exception) when (!_over.IsCancellationRequested)
                    {
                        // Nothing is known; a connection that broke tells by itself.
                        channel = null;
                    }

                    if (!waits || Volatile.Read(ref _unsettled) != 0)
                    {
                        since = null;
                    }
                    else if (since is not { } began || Volatile.Read(ref _cameAt) > began)
                    {
                        since = Stopwatch.GetTimestamp();
                    }

                    _dry = since is { } at && Stopwatch.GetElapsedTime(at).TotalMilliseconds >= ServerLimits.EngineDryMs;
                }
            }
            catch (Exception) when (_over.IsCancellationRequested)
            {
                // The channel ends with the connection.
            }
        }

        /// <summary>
        /// Sends what waits. Tags rise by one, so that all up to the first that is not settled are acknowledged at once.
        /// </summary>
        private async Task Pump()
        {
            BasicProperties kept = new() { Persistent = true };
            HashSet<ulong> settled = [];
            ulong acknowledged = 0;
            ulong through = 0;
            try
            {
                await foreach (Work one in _work.Reader.ReadAllAsync(_over.Token))
                {
                    if (one.Key is { } key)
                    {
                        Interlocked.Decrement(ref _answers);
                        await _channel!.BasicPublishAsync(EngineTopology.Exchange, key, mandatory: false, kept, one.Body, _over.Token);
                        continue;
                    }

                    settled.Add(one.Tag);
                    while (settled.Remove(through + 1))
                    {
                        through++;
                    }

                    if (through > acknowledged && _work.Reader.Count == 0)
                    {
                        await _channel!.BasicAckAsync(through, multiple: true, _over.Token);
                        acknowledged = through;
                    }
                }
            }
            catch (Exception e)
            {
                // A connection that broke tells by itself; whatever else it is ends the session too, and nothing unacknowledged is lost.
                await Over(e.Message);
            }
        }

        /// <param name="Key">Of an answer; null = a message is settled.</param>
        /// <param name="Body">The answer.</param>
        /// <param name="Tag">The message.</param>
        private readonly record struct Work(string? Key, byte[] Body, ulong Tag);
    }
}
