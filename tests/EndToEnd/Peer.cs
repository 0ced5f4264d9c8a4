// Owns: somebody else at the broker: a listener, an attacker, a broker that is not honest.
// Must never: have a station's key.

using Gateway.Mosquitto;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>Somebody at the broker who listens and sends.</summary>
internal sealed class Peer : IDisposable
{
    private const int WaitMs = 120_000;

    private readonly List<(string Topic, byte[] Bytes)> _heard = [];
    private readonly MosquittoClient _client;

    public Peer(MosquittoBroker broker, BrokerUser user, string clientId, string? topic)
    {
        using var subscribed = new ManualResetEventSlim(topic is null);
        _client = new MosquittoClient(new MosquittoOptions
        {
            Host = MosquittoBroker.Host, Port = broker.Port, ClientId = clientId, User = user.Name, Password = user.Password,
        })
        {
            Message = Hear,
            Subscribed = (_, _) => subscribed.Set(),
        };
        Assert.True(_client.Connect(WaitMs).Ok);
        if (topic is not null)
        {
            _client.Subscribe(topic, 1);
            Assert.True(subscribed.Wait(WaitMs));
        }
    }

    public void Send(string topic, byte[] bytes) => _client.Publish(topic, bytes, qos: 1);

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

    private void Hear(string topic, ReadOnlySpan<byte> payload)
    {
        lock (_heard)
        {
            _heard.Add((topic, payload.ToArray()));
        }
    }
}
