// Owns: one MQTT 3.1.1 connection through MQTTnet, from connect to its end.
// Must never: connect again by itself, wait for the network other than in Connect, Subscribe and Close, or call a handler after Dispose
// has returned.

using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Diagnostics.PacketInspection;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Gateway.Mqtt;

/// <summary>
/// One object is one connection: make a new one to try again. Every member may be called from any thread. Handlers are set before
/// Connect; they run one at a time on threads of the pool, so they copy, signal and return; they may call every member but Connect and
/// Subscribe. A handler that throws ends the connection.
/// </summary>
public sealed class MqttConnection : IDisposable
{
    // Entered again by a handler that disposes its own connection.
    private readonly object _handling = new();
    private readonly Lock _gate = new();
    private readonly MqttAccess _access;
    private readonly X509Certificate2Collection _authorities;
    private readonly X509Certificate2? _own;
    private readonly IMqttClient _client;
    private readonly CancellationTokenSource _ending = new();
    private readonly Channel<MqttApplicationMessage> _waiting;
    private readonly SemaphoreSlim _slots;
    private readonly SemaphoreSlim _room = new(MqttLimits.UnhandledMax);
    private string? _certificateFault;
    private string? _end;
    private int _outstanding;
    private bool _started;
    private bool _open;
    private volatile bool _disposed;

    /// <exception cref="ArgumentException">A part of the access is missing or out of range.</exception>
    /// <exception cref="IOException">A certificate file cannot be used; the message says which.</exception>
    public MqttConnection(MqttAccess access)
    {
        ArgumentNullException.ThrowIfNull(access);
        access.Check();
        _access = access;
        _authorities = access.Tls?.Authorities() ?? [];
        _own = access.Tls?.Own();
        _slots = new SemaphoreSlim(access.InFlightMax);
        _waiting = Channel.CreateBounded<MqttApplicationMessage>(new BoundedChannelOptions(access.WaitingMax) { SingleReader = true });
        _client = new MqttClientFactory().CreateMqttClient();
        _client.ApplicationMessageReceivedAsync += Arrived;
        _client.DisconnectedAsync += Disconnected;
        _client.InspectPacketAsync += Inspect;
    }

    /// <summary>A message on a subscribed topic; the payload belongs to the receiver. The broker's QoS 1 is answered after it.</summary>
    public Action<string, byte[]>? Message { get; set; }

    /// <summary>The broker acknowledged a message of QoS 1. What is outstanding when the connection ends is lost without a word.</summary>
    public Action? Published { get; set; }

    /// <summary>A connection that stood has ended; why, in words. Raised at most once, and not after Dispose.</summary>
    public Action<string>? Closed { get; set; }

    /// <summary>Messages handed over and not yet acknowledged by the broker.</summary>
    public int Outstanding => Volatile.Read(ref _outstanding);

    public bool IsOpen
    {
        get
        {
            lock (_gate)
            {
                return _open;
            }
        }
    }

    /// <summary>
    /// Connects and waits for the broker's answer. Callable once; Dispose from another thread ends the wait. Null: connected; else why
    /// not, and only Dispose remains.
    /// </summary>
    /// <param name="timeoutMs">For name, TCP, TLS and the broker's answer together.</param>
    public string? Connect(int timeoutMs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeoutMs, 1);
        lock (_gate)
        {
            if (_started)
            {
                throw new InvalidOperationException("a connection connects once; make a new one");
            }

            _started = true;
        }

        string? why = Asked(timeoutMs, token =>
        {
            MqttClientConnectResult result = _client.ConnectAsync(Options(), token).GetAwaiter().GetResult();
            return result.ResultCode == MqttClientConnectResultCode.Success ? null : MqttFault.Refused(result.ResultCode);
        });
        lock (_gate)
        {
            why ??= _end;
            _open = why is null;
            _end ??= why;
        }

        if (why is null)
        {
            _ = Pump();
            return null;
        }

        return $"{_access.Address}: {why}";
    }

    /// <summary>Asks for a topic filter and waits for the broker's answer. Null: granted; else why not.</summary>
    /// <param name="filter">With wildcards or without.</param>
    /// <param name="qos">0 or 1; less than that is no grant.</param>
    public string? Subscribe(string filter, int qos = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(filter);
        MqttClientSubscribeOptions asked = new MqttClientSubscribeOptionsBuilder().WithTopicFilter(filter, Level(qos)).Build();
        string? why = Asked(_access.AnswerMs, token =>
        {
            MqttClientSubscribeResult result = _client.SubscribeAsync(asked, token).GetAwaiter().GetResult();
            return result.Items.All(item => (int)item.ResultCode >= qos && item.ResultCode <= MqttClientSubscribeResultCode.GrantedQoS2)
                ? null : $"订阅未成功 subscription refused: {filter}";
        });
        return why is null ? null : $"{_access.Address}: {why}";
    }

    /// <summary>Copies the payload and queues it; never waits for the network. False: no connection or no room.</summary>
    /// <param name="topic">Without wildcards.</param>
    /// <param name="payload">Copied.</param>
    /// <param name="qos">0 or 1.</param>
    public bool Publish(string topic, ReadOnlySpan<byte> payload, int qos = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        MqttApplicationMessage message = new()
        {
            Topic = topic,
            Payload = new ReadOnlySequence<byte>(payload.ToArray()),
            QualityOfServiceLevel = Level(qos),
        };
        lock (_gate)
        {
            // Counted before, since the acknowledgement may come before the return.
            Interlocked.Increment(ref _outstanding);
            if (_open && _waiting.Writer.TryWrite(message))
            {
                return true;
            }
        }

        Interlocked.Decrement(ref _outstanding);
        return false;
    }

    /// <summary>
    /// Ends the connection in order: what was handed over goes out first, within the time; the broker does not publish the will. Dispose
    /// alone is an abrupt end, after which the broker publishes it.
    /// </summary>
    public void Close(int withinMs)
    {
        long until = Environment.TickCount64 + withinMs;
        while (Outstanding > 0 && IsOpen && Environment.TickCount64 < until)
        {
            Thread.Sleep(MqttLimits.DrainStepMs);
        }

        if (IsOpen)
        {
            Asked(withinMs, token =>
            {
                _client.DisconnectAsync(new MqttClientDisconnectOptions(), token).GetAwaiter().GetResult();
                return null;
            });
        }

        Dispose();
    }

    public void Dispose()
    {
        bool entered = Monitor.TryEnter(_handling, MqttLimits.HandlerWaitMs);
        _disposed = true;
        if (entered)
        {
            Monitor.Exit(_handling);
        }

        End(MqttFault.Closed);
        _ending.Cancel();
        _client.Dispose();
        _own?.Dispose();
        foreach (X509Certificate2 authority in _authorities)
        {
            authority.Dispose();
        }
    }

    private static MqttQualityOfServiceLevel Level(int qos) =>
        qos == 0 ? MqttQualityOfServiceLevel.AtMostOnce : MqttQualityOfServiceLevel.AtLeastOnce;

    private MqttClientOptions Options()
    {
        MqttClientOptionsBuilder builder = new MqttClientOptionsBuilder()
            .WithTcpServer(_access.Host, _access.Port)
            .WithClientId(_access.ClientId)
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithCleanSession()
            .WithoutPacketFragmentation()
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(_access.KeepAliveS))
            .WithTimeout(TimeSpan.FromMilliseconds(_access.AnswerMs));
        if (_access.User is not null)
        {
            builder = builder.WithCredentials(_access.User, _access.Password);
        }

        if (_access.Will is { } will)
        {
            builder = builder.WithWillTopic(will.Topic).WithWillPayload(will.Payload)
                .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        }

        if (_access.Tls is not null)
        {
            builder = builder.WithTlsOptions(tls => tls.UseTls().WithTargetHost(_access.Host).WithTrustChain(_authorities)
                .WithClientCertificates(_own is null ? [] : [_own])
                .WithRevocationMode(X509RevocationMode.NoCheck)
                .WithCertificateValidationHandler(shown =>
                {
                    // Only the reason is taken here; the decision is the system's.
                    _certificateFault = MqttTls.FaultOf(shown.Certificate, shown.Chain, shown.SslPolicyErrors);
                    return shown.SslPolicyErrors == System.Net.Security.SslPolicyErrors.None;
                }));
        }

        MqttClientOptions options = builder.Build();
        ((MqttClientTcpOptions)options.ChannelOptions).StreamProvider = new MqttSocket();
        return options;
    }

    /// <summary>Asks the broker for something within a time; why it failed, or null.</summary>
    private string? Asked(int withinMs, Func<CancellationToken, string?> ask)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
            limit.CancelAfter(withinMs);
            try
            {
                return ask(limit.Token);
            }
            catch (Exception e)
            {
                // An end by time may look like a broken connection, so the time is asked first.
                bool late = limit.IsCancellationRequested && !_ending.IsCancellationRequested;
                return late ? MqttFault.NoAnswer(withinMs) : EndOr(_certificateFault ?? MqttFault.Of(e));
            }
        }
        catch (ObjectDisposedException)
        {
            return MqttFault.Closed;
        }
    }

    private string EndOr(string why)
    {
        lock (_gate)
        {
            return _end ?? why;
        }
    }

    /// <summary>Begins sending in the order of the queue, as many at a time as may be in flight.</summary>
    private async Task Pump()
    {
        try
        {
            await foreach (MqttApplicationMessage message in _waiting.Reader.ReadAllAsync(_ending.Token).ConfigureAwait(false))
            {
                await _slots.WaitAsync(_ending.Token).ConfigureAwait(false);
                _ = Send(message);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection has ended; what waits is lost.
        }
    }

    private async Task Send(MqttApplicationMessage message)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        limit.CancelAfter(_access.AnswerMs);
        try
        {
            await _client.PublishAsync(message, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            End(limit.IsCancellationRequested ? MqttFault.NoAnswer(_access.AnswerMs) : MqttFault.Of(e));
            return;
        }

        Interlocked.Decrement(ref _outstanding);
        _slots.Release();
        if (message.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce)
        {
            Handle(() => Published?.Invoke());
        }
    }

    /// <summary>
    /// The library's queue of messages that were read has no end, and QoS 0 has no acknowledgement that a broker would wait for. So
    /// reading waits here for the handler, and what waits behind it is the broker's to keep or to drop.
    /// </summary>
    private Task Inspect(InspectMqttPacketEventArgs inspected)
    {
        bool message = inspected.Direction == MqttPacketFlowDirection.Inbound
            && (MqttControlPacketType)(inspected.Buffer[0] >> 4) == MqttControlPacketType.Publish;
        return message ? _room.WaitAsync(_ending.Token) : Task.CompletedTask;
    }

    private Task Arrived(MqttApplicationMessageReceivedEventArgs arrived)
    {
        MqttApplicationMessage message = arrived.ApplicationMessage;
        Handle(() => Message?.Invoke(message.Topic, message.Payload.ToArray()));
        _room.Release();
        return Task.CompletedTask;
    }

    private Task Disconnected(MqttClientDisconnectedEventArgs ended)
    {
        End(ended.Exception is null ? MqttFault.Ended : MqttFault.Of(ended.Exception), ended.ClientWasConnected);
        return Task.CompletedTask;
    }

    private void Handle(Action handler)
    {
        try
        {
            lock (_handling)
            {
                if (!_disposed)
                {
                    handler();
                }
            }
        }
        catch (Exception e)
        {
            End($"a handler threw {e.GetType().Name}: {e.Message}");
        }
    }

    /// <summary>Notes the first end, lets go of whatever waits, and tells once.</summary>
    private void End(string why, bool began = true)
    {
        bool stood;
        lock (_gate)
        {
            stood = _open;
            _open = false;
            if (_end is not null)
            {
                return;
            }

            // An attempt that is under way says itself why it fails.
            _end = began ? why : null;
        }

        if (stood)
        {
            _ending.Cancel();
            Handle(() => Closed?.Invoke($"{_access.Address}: {why}"));
        }
    }
}
