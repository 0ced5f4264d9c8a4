// Owns: one connection of a played station to a broker.
// Must never: connect twice, or tell of its end more than once.

using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using Gateway.Contract;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Gateway.Tools.Load;

/// <param name="place">Whose.</param>
/// <param name="host">The broker.</param>
/// <param name="port">Its port.</param>
/// <param name="authorities">Who may have signed its certificate; null = no TLS.</param>
/// <param name="will">What the broker says when the connection dies.</param>
internal sealed class LoadLink(
    Place place, string host, int port, X509Certificate2Collection? authorities, (string Topic, byte[] Payload) will)
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly CancellationTokenSource _over = new();
    private Action? _gone;

    /// <summary>Connects and subscribes; false where that is refused or late.</summary>
    /// <param name="came">Whatever comes, one after the other.</param>
    /// <param name="gone">The connection ended by itself.</param>
    public async Task<bool> Open(Action<byte[], int> came, Action gone)
    {
        Topics topics = place.Topics;
        MqttClientOptionsBuilder builder = new MqttClientOptionsBuilder()
            .WithTcpServer(host, port)
            .WithClientId(place.User)
            .WithCredentials(place.User, place.Password)
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithCleanSession()
            .WithoutPacketFragmentation()
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(LoadLimits.KeepAliveS))
            .WithTimeout(TimeSpan.FromMilliseconds(LoadLimits.OpenMs))
            .WithWillTopic(will.Topic).WithWillPayload(will.Payload).WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        if (authorities is not null)
        {
            builder = builder.WithTlsOptions(tls => tls.UseTls().WithTargetHost(host).WithTrustChain(authorities)
                .WithRevocationMode(X509RevocationMode.NoCheck));
        }

        MqttClientOptions options = builder.Build();
        ((MqttClientTcpOptions)options.ChannelOptions).BufferSize = LoadLimits.SocketBytes;
        _client.ApplicationMessageReceivedAsync += arrived =>
        {
            byte[] payload = arrived.ApplicationMessage.Payload.ToArray();
            came(payload, payload.Length);
            return Task.CompletedTask;
        };
        _client.DisconnectedAsync += _ =>
        {
            Gone();
            return Task.CompletedTask;
        };
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_over.Token);
        limit.CancelAfter(LoadLimits.OpenMs);
        try
        {
            MqttClientConnectResult result = await _client.ConnectAsync(options, limit.Token).ConfigureAwait(false);
            if (result.ResultCode != MqttClientConnectResultCode.Success)
            {
                return false;
            }

            MqttClientSubscribeOptions asked = new MqttClientSubscribeOptionsBuilder()
                .WithTopicFilter(topics.Down, MqttQualityOfServiceLevel.AtMostOnce).Build();
            MqttClientSubscribeResult granted = await _client.SubscribeAsync(asked, limit.Token).ConfigureAwait(false);
            Volatile.Write(ref _gone, gone);
            return _client.IsConnected && granted.Items.All(item => item.ResultCode == MqttClientSubscribeResultCode.GrantedQoS0);
        }
        catch (Exception)
        {
            // Refused, broken or late: the station tries again whatever it was.
            return false;
        }
    }

    /// <summary>Begins to send, in the order of the calls. What fails ends the connection.</summary>
    public void Send(string topic, byte[] payload) => _ = Publish(new MqttApplicationMessage
    {
        Topic = topic, Payload = new ReadOnlySequence<byte>(payload), QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
    });

    /// <summary>Ends it in order where it stands, so that the will stays unsaid.</summary>
    public async Task Close()
    {
        Interlocked.Exchange(ref _gone, null);
        try
        {
            if (_client.IsConnected)
            {
                using CancellationTokenSource limit = new(LoadLimits.CloseMs);
                await _client.DisconnectAsync(new MqttClientDisconnectOptions(), limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // It is at its end either way.
        }

        await _over.CancelAsync().ConfigureAwait(false);
        _client.Dispose();
    }

    private async Task Publish(MqttApplicationMessage message)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_over.Token);
        limit.CancelAfter(LoadLimits.WelcomeMs);
        try
        {
            await _client.PublishAsync(message, limit.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Not at once: it may fail inside the call by which the station sends.
            _ = Task.Run(Gone);
        }
    }

    private void Gone() => Interlocked.Exchange(ref _gone, null)?.Invoke();
}
