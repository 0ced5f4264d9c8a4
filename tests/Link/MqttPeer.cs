// Owns: one connection of the tests, joined to a broker, with all that it was told in queues.
// Must never: judge what it was told.

using System.Collections.Concurrent;
using System.Text;
using Gateway.Mqtt;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Link.Tests;

internal sealed class MqttPeer : IDisposable
{
    public const int WaitMs = 60_000;

    public MqttPeer(MosquittoBroker broker, BrokerUser user, MqttWill? will = null)
        : this(Access(broker.Port, user, will: will))
    {
    }

    public MqttPeer(MqttAccess access)
    {
        Connection = new MqttConnection(access)
        {
            Message = (topic, payload) => Messages.Add((topic, Encoding.UTF8.GetString(payload))),
            Published = () => Published.Add(1),
            Closed = Ended.Add,
        };
        Assert.Null(Connection.Connect(WaitMs));
    }

    public MqttConnection Connection { get; }

    public BlockingCollection<(string Topic, string Text)> Messages { get; } = [];

    public BlockingCollection<int> Published { get; } = [];

    public BlockingCollection<string> Ended { get; } = [];

    public CancellationTokenSource Timeout { get; } = new(WaitMs);

    public static MqttAccess Access(
        int port, BrokerUser user, string host = "127.0.0.1", string? clientId = null, MqttWill? will = null, MqttTls? tls = null) => new()
    {
        Host = host,
        Port = port,
        ClientId = clientId ?? user.Name,
        User = user.Name,
        Password = user.Password,
        Will = will,
        Tls = tls,
    };

    public void Join(string topic) => Assert.Null(Connection.Subscribe(topic));

    public (string Topic, string Text) Next() => Messages.Take(Timeout.Token);

    public void Dispose()
    {
        Connection.Dispose();
        Timeout.Dispose();
    }
}
