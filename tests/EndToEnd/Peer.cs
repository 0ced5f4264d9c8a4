// Owns: somebody else at the broker: a listener, an attacker, a broker that is not honest.
// Must never: have a station's key.

using Gateway.Mqtt;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>Somebody at the broker who listens and sends.</summary>
internal sealed class Peer : IDisposable
{
    private const int WaitMs = 120_000;

    private readonly List<(string Topic, byte[] Bytes)> _heard = [];
    private readonly MqttConnection _client;

    /// <param name="user">Whose rights it has.</param>
    /// <param name="name">Its own name at the broker, so that it ends nobody's connection.</param>
    public Peer(MosquittoBroker broker, BrokerUser user, string name, string? topic)
    {
        broker.Add(user with { Name = name, Rights = user.Name });
        _client = new MqttConnection(new MqttAccess
        {
            Host = MosquittoBroker.Host, Port = broker.Port, ClientId = name, User = name, Password = user.Password,
        })
        {
            Message = Hear,
        };
        Assert.Null(_client.Connect(WaitMs));
        if (topic is not null)
        {
            Assert.Null(_client.Subscribe(topic));
        }
    }

    public void Send(string topic, byte[] bytes) => _client.Publish(topic, bytes);

    public int Count(string? topic = null)
    {
        lock (_heard)
        {
            return _heard.Count(message => topic is null || message.Topic == topic);
        }
    }

    public (string Topic, byte[] Bytes) Heard(string topic)
    {
        lock (_heard)
        {
            return _heard.Find(message => message.Topic == topic);
        }
    }

    public byte[] Awaited(Func<byte[], bool> which, int withinMs)
    {
        for (int waitedMs = 0; waitedMs < withinMs; waitedMs += 10)
        {
            lock (_heard)
            {
                if (_heard.Find(message => which(message.Bytes)).Bytes is { } found)
                {
                    return found;
                }
            }

            Thread.Sleep(10);
        }

        throw new TimeoutException("no such message");
    }

    public void Dispose() => _client.Dispose();

    private void Hear(string topic, byte[] payload)
    {
        lock (_heard)
        {
            _heard.Add((topic, payload));
        }
    }
}
