// Owns: one connection attempt of the PC, behind the seam that the device's client has too.
// Must never: hold a rule, or do better than the device's client where a test of the link would then prove nothing.

using System.Text;
using Gateway.Contract;
using Gateway.Link;
using Gateway.Mqtt;

namespace Gateway.Pc.Mqtt;

/// <summary>Makes the PC's clients.</summary>
/// <param name="access">Brokers and our name.</param>
/// <param name="tls">Certificate files, or null without TLS.</param>
public sealed class MqttTransportFactory(LinkAccess access, MqttTls? tls = null) : TransportFactory
{
    public override Transport Create(int path, string willTopic, string will, TransportSink sink)
    {
        return new MqttTransport(
            new MqttAccess
            {
                Host = access.Host[path],
                Port = access.Port[path],
                ClientId = access.ClientId,
                User = access.User,
                Password = access.Password,
                KeepAliveS = LinkLimits.KeepAliveS,
                AnswerMs = PcLimits.BrokerAnswerMs,
                InFlightMax = LinkLimits.OutstandingMax,
                WaitingMax = LinkLimits.OutstandingMax,
                Tls = tls,
                Will = will is null ? null : new MqttWill { Topic = willTopic, Payload = Encoding.UTF8.GetBytes(will) },
            },
            sink);
    }
}

/// <summary>See <see cref="Transport"/>.</summary>
internal sealed class MqttTransport : Transport
{
    private readonly MqttConnection _connection;
    private readonly TransportSink _sink;
    private string? _fault;

    public MqttTransport(MqttAccess access, TransportSink sink)
    {
        _sink = sink;
        _connection = new MqttConnection(access)
        {
            // What is too long for the contract is dropped by its length alone.
            Message = (_, payload) => sink.Message(payload.Length > ContractLimits.DownBytesMax ? [] : payload, payload.Length),
            Published = () => sink.Published(delivered: true),
            Closed = sink.Closed,
        };
    }

    public override bool Connect() => (_fault = _connection.Connect(PcLimits.BrokerAnswerMs)) is null;

    public override bool Subscribe(string topic)
    {
        _fault = _connection.Subscribe(topic, qos: 0);
        if (_fault is null)
        {
            _sink.Subscribed(granted: true);
        }

        return _fault is null;
    }

    public override bool Publish(string topic, byte[] message, int count) => _connection.Publish(topic, message.AsSpan(0, count));

    public override void Dispose() => _connection.Dispose();

    public override string? Fault() => _fault;
}
