// Owns: a broker inside the county's process: who comes in, what is taken from whom, and who hears it.
// Must never: keep a message for later, retain one, or hand a station's message to another station.

using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Gateway.County.Broker;

/// <summary>
/// An <see cref="IBroker"/> whose stations are connected to this process. Messages up go straight into the county's queue, answers straight
/// to the one session that waits for them, and only readers are looked through for the rest: the library's own way would ask every session
/// about every message.
/// </summary>
public sealed class EmbeddedBroker : IBroker
{
    private const string SessionItem = "session";

    // So that an unknown name takes as long as a wrong password.
    private static readonly string s_nobody = BrokerPassword.Hash(BrokerPassword.Create());

    private readonly Lock _gate = new();
    private readonly Lock _receiving = new();
    private readonly Lock _starting = new();
    private readonly Dictionary<string, BrokerSession> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<BrokerSession>> _byDown = new(StringComparer.Ordinal);
    private readonly List<BrokerSession> _readers = [];
    private readonly LoginBrake _brake = new(TimeProvider.System);
    private readonly CancellationTokenSource _ending = new();
    private readonly IPEndPoint _listen;
    private readonly X509Certificate2? _certificate;
    private readonly Func<long> _version;
    private readonly Func<BrokerRules> _read;
    private BrokerListener? _listener;
    private MqttServer? _server;
    private Thread? _watcher;
    private volatile BrokerRules _rules = BrokerRules.None;

    /// <param name="listen">Where; port 0 = any that is free.</param>
    /// <param name="certificate">With its key; null = without TLS.</param>
    /// <param name="version">A number that changes with the registry; asked by one thread of the broker.</param>
    /// <param name="read">The registry's rules; asked by the same thread.</param>
    public EmbeddedBroker(IPEndPoint listen, X509Certificate2? certificate, Func<long> version, Func<BrokerRules> read)
    {
        ArgumentNullException.ThrowIfNull(listen);
        _listen = listen;
        _certificate = certificate;
        _version = version;
        _read = read;
    }

    public Action<string, byte[]>? Received { get; set; }

    public Action<string>? Disconnected { get; set; }

    /// <summary>Told at the start and whenever the registry has changed.</summary>
    public Action<BrokerRules>? RulesRead { get; set; }

    /// <summary>The registry can't be read; the rules that were read before stay.</summary>
    public Action<string>? Trouble { get; set; }

    public string Address => new IPEndPoint(_listen.Address, Port).ToString();

    /// <summary>The port in use, once it listens.</summary>
    public int Port => _listener?.Port ?? _listen.Port;

    /// <summary>Clients that are connected and known.</summary>
    public int Sessions
    {
        get
        {
            lock (_gate)
            {
                return _sessions.Count;
            }
        }
    }

    /// <summary>Begins to listen; there is nothing to subscribe to, since all that the stations may say is for the county.</summary>
    public string? Connect(string filter, int timeoutMs)
    {
        lock (_starting)
        {
            if (_server is not null || _ending.IsCancellationRequested)
            {
                return _server is null ? "closed" : null;
            }

            long version = _version();
            Take(_read());
            BrokerListener listener = new(_listen, _certificate);
            MqttServerOptions options = new MqttServerOptionsBuilder()
                .WithDefaultCommunicationTimeout(TimeSpan.FromMilliseconds(BrokerLimits.LoginMs))
                .WithMaxPendingMessagesPerClient(BrokerLimits.UnansweredMax)
                .WithPendingMessagesOverflowStrategy(MqttPendingMessagesOverflowStrategy.DropNewMessage)
                .Build();
            MqttServer server = new(options, [listener], MqttNetNullLogger.Instance);
            server.ValidatingConnectionAsync += Validate;
            server.InterceptingPublishAsync += Publishing;
            server.InterceptingSubscriptionAsync += Subscribing;
            server.InterceptingUnsubscriptionAsync += Unsubscribing;
            server.ClientConnectedAsync += Connected;
            server.ClientDisconnectedAsync += Left;
            server.ClientAcknowledgedPublishPacketAsync += Acknowledged;
            try
            {
                server.StartAsync().GetAwaiter().GetResult();
            }
            catch (SocketException e)
            {
                return e.SocketErrorCode == SocketError.AddressAlreadyInUse
                    ? $"--listen: {_listen}: 端口已被占用 port in use{PortHolder.Of(_listen.Port)}; allowed: a free port"
                    : $"--listen: {_listen}: {e.Message}; allowed: an address of this machine";
            }

            _listener = listener;
            _server = server;
            _watcher = new Thread(() => Watch(version)) { IsBackground = true, Name = "county-broker-rules" };
            _watcher.Start();
            return null;
        }
    }

    /// <summary>To the station whose way down this is.</summary>
    public bool Publish(string topic, byte[] payload)
    {
        BrokerSession[] sessions;
        lock (_gate)
        {
            sessions = _byDown.TryGetValue(topic, out List<BrokerSession>? found) ? [.. found] : [];
        }

        return sessions.Count(session => session.Send(topic, payload)) > 0;
    }

    public void Dispose()
    {
        _ending.Cancel();
        lock (_starting)
        {
            _server?.StopAsync(new MqttServerStopOptions()).GetAwaiter().GetResult();
            _watcher?.Join();
            _listener?.Dispose();
            _server = null;
        }
    }

    private static BrokerSession? Of(System.Collections.IDictionary items) => items[SessionItem] as BrokerSession;

    private async Task Validate(ValidatingConnectionEventArgs asked)
    {
        string name = asked.UserName ?? "";
        string address = (asked.RemoteEndPoint as IPEndPoint)?.Address.ToString() ?? "";
        asked.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
        if (asked.ProtocolVersion != MqttProtocolVersion.V311)
        {
            asked.ReasonCode = MqttConnectReasonCode.UnsupportedProtocolVersion;
            return;
        }

        // A look is cheap here. Whoever guesses a station's name behind the address that it shares must not keep it out.
        BrokerAccount? account = _rules.Find(name);
        if (!BrokerPassword.Fits(account?.Hash ?? s_nobody, asked.Password ?? "") || account is null)
        {
            if (_brake.Admits(name, address))
            {
                await _brake.Wrong(name, address, _ending.Token).ConfigureAwait(false);
            }

            return;
        }

        _brake.Right(name, address);

        // Nothing is kept for a client that is away, and nobody has another's connection.
        if (!account.MayConnectAs(asked.ClientId) || asked.CleanSession != true)
        {
            asked.ReasonCode = MqttConnectReasonCode.ClientIdentifierNotValid;
            return;
        }

        asked.SessionItems[SessionItem] = new BrokerSession(account, asked.ClientId);
        asked.ReasonCode = MqttConnectReasonCode.Success;
    }

    private Task Connected(ClientConnectedEventArgs connected)
    {
        if (Of(connected.SessionItems) is { } session)
        {
            lock (_gate)
            {
                _sessions[session.ClientId] = session;
            }

            // The registry may have changed while the password was looked at.
            if (_rules.Find(session.Account.Name) != session.Account)
            {
                return End(session);
            }
        }

        return Task.CompletedTask;
    }

    private Task Left(ClientDisconnectedEventArgs left)
    {
        if (Of(left.SessionItems) is { } session)
        {
            lock (_gate)
            {
                if (_sessions.GetValueOrDefault(session.ClientId) == session)
                {
                    _sessions.Remove(session.ClientId);
                }

                Forget(session);
            }
        }

        return Task.CompletedTask;
    }

    private Task Publishing(InterceptingPublishEventArgs said)
    {
        said.ProcessPublish = false;
        MqttApplicationMessage message = said.ApplicationMessage;
        BrokerSession? session = Of(said.SessionItems);
        if (session is null || message.Retain)
        {
            said.CloseConnection = true;
            return Task.CompletedTask;
        }

        // As with Mosquitto, what is not allowed is dropped without a word. A will comes this way too, also that of a removed station.
        BrokerAccount? now = _rules.Find(session.Account.Name);
        if (now is null || !now.MaySay(message.Topic) || message.Payload.Length > BrokerLimits.MessageBytesMax)
        {
            return Task.CompletedTask;
        }

        byte[] payload = message.Payload.ToArray();
        BrokerSession[] readers;
        lock (_gate)
        {
            readers = _readers.Count == 0 ? [] : [.. _readers];
        }

        foreach (BrokerSession reader in readers)
        {
            reader.Send(message.Topic, payload);
        }

        lock (_receiving)
        {
            Received?.Invoke(message.Topic, payload);
        }

        return Task.CompletedTask;
    }

    private Task Subscribing(InterceptingSubscriptionEventArgs asked)
    {
        BrokerSession? session = Of(asked.SessionItems);
        string filter = asked.TopicFilter.Topic;
        bool answered = asked.TopicFilter.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce;
        MqttQualityOfServiceLevel qos = answered ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.AtMostOnce;
        if (session is null || !session.Account.MayHear(filter) || !session.Join(filter, qos, asked.Session))
        {
            asked.ProcessSubscription = false;
            asked.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
            return Task.CompletedTask;
        }

        asked.TopicFilter.QualityOfServiceLevel = qos;
        asked.Response.ReasonCode = answered ? MqttSubscribeReasonCode.GrantedQoS1 : MqttSubscribeReasonCode.GrantedQoS0;
        lock (_gate)
        {
            // A filter without wildcards is a station's way down; anything else is a reader's.
            List<BrokerSession> there = session.Account.Hears != filter || filter.Contains('+', StringComparison.Ordinal) ? _readers
                : _byDown.TryGetValue(filter, out List<BrokerSession>? found) ? found : _byDown[filter] = [];
            if (!there.Contains(session))
            {
                there.Add(session);
            }
        }

        return Task.CompletedTask;
    }

    private Task Unsubscribing(InterceptingUnsubscriptionEventArgs asked)
    {
        if (Of(asked.SessionItems) is { } session)
        {
            session.Leave(asked.Topic);
        }

        return Task.CompletedTask;
    }

    private Task Acknowledged(ClientAcknowledgedPublishPacketEventArgs acknowledged)
    {
        Of(acknowledged.SessionItems)?.Answered();
        return Task.CompletedTask;
    }

    private void Forget(BrokerSession session)
    {
        _readers.Remove(session);
        if (_byDown.TryGetValue(session.Account.Hears, out List<BrokerSession>? there) && there.Remove(session) && there.Count == 0)
        {
            _byDown.Remove(session.Account.Hears);
        }
    }

    private void Watch(long version)
    {
        while (!_ending.Token.WaitHandle.WaitOne(BrokerLimits.RegistryLookMs))
        {
            try
            {
                long now = _version();
                if (now != version)
                {
                    Take(_read());
                    version = now;
                }
            }
            catch (Exception e)
            {
                // The registry is someone else's; what was read before goes on counting.
                Trouble?.Invoke($"broker: registry: {e.GetType().Name}: {e.Message}");
            }
        }
    }

    /// <summary>Puts rules into force and ends the connections of those who are no longer who they were.</summary>
    private void Take(BrokerRules rules)
    {
        _rules = rules;
        BrokerSession[] gone;
        lock (_gate)
        {
            gone = [.. _sessions.Values.Where(session => rules.Find(session.Account.Name) != session.Account)];
        }

        foreach (BrokerSession session in gone)
        {
            End(session).GetAwaiter().GetResult();
        }

        RulesRead?.Invoke(rules);
    }

    private async Task End(BrokerSession session)
    {
        try
        {
            if (_server is { } server)
            {
                await server.DisconnectClientAsync(session.ClientId, new MqttServerClientDisconnectOptions()).ConfigureAwait(false);
            }
        }
        catch (InvalidOperationException)
        {
            // It left by itself meanwhile.
        }
    }
}
