// Owns: one connection attempt through libmosquitto, behind the seam that the device's client has too.
// Must never: hold a rule, or do better than the device's client where a test of the link would then prove nothing.

using Gateway.Contract;
using Gateway.Link;
using Gateway.Mosquitto;

namespace Gateway.Pc.Mqtt;

/// <summary>Makes the PC's clients.</summary>
/// <param name="access">Brokers and our name.</param>
/// <param name="tls">Certificate files, or null without TLS.</param>
public sealed class MosquittoTransportFactory(LinkAccess access, MosquittoTls? tls = null) : TransportFactory
{
    public override Transport Create(int path, string willTopic, string will, TransportSink sink)
    {
        return new MosquittoTransport(
            new MosquittoOptions
            {
                Host = access.Host[path],
                Port = access.Port[path],
                ClientId = access.ClientId,
                User = access.User,
                Password = access.Password,
                KeepAliveS = LinkLimits.KeepAliveS,
                InflightMax = LinkLimits.OutstandingMax,
                Tls = tls,
                Will = will is null ? null : new MosquittoWill { Topic = willTopic, Payload = System.Text.Encoding.UTF8.GetBytes(will) },
            },
            sink);
    }
}

/// <summary>See <see cref="Transport"/>.</summary>
internal sealed class MosquittoTransport : Transport
{
    /// <summary>As long as the device's client waits for the broker's answer.</summary>
    public const int ConnectMs = 30_000;

    private readonly MosquittoClient _client;
    private string? _fault;

    public MosquittoTransport(MosquittoOptions options, TransportSink sink)
    {
        _client = new MosquittoClient(options)
        {
            // The payload is the library's memory; what is too long for the contract is dropped by its length alone.
            Message = (_, payload) => sink.Message(payload.Length > ContractLimits.DownBytesMax ? [] : payload.ToArray(), payload.Length),
            Published = _ => sink.Published(delivered: true),
            Subscribed = (_, granted) => sink.Subscribed(granted),
            Disconnected = reason => sink.Closed(reason.ToString()),
        };
    }

    public override bool Connect()
    {
        MosquittoReason reason = _client.Connect(ConnectMs);
        _fault = reason.ToString();
        return reason.Ok;
    }

    public override bool Subscribe(string topic)
    {
        _fault = "the connection ended before the subscription";
        return _client.Subscribe(topic, qos: 1) > 0;
    }

    public override bool Publish(string topic, byte[] message, int count) => _client.Publish(topic, message.AsSpan(0, count), qos: 1) > 0;

    public override void Dispose() => _client.Dispose();

    public override string? Fault() => _fault;
}
