// Owns: one client of the tests, joined to a broker, with all that it was told in queues.
// Must never: judge what it was told.

using System.Collections.Concurrent;
using System.Text;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Mosquitto.Tests;

/// <summary>One client with its events in queues.</summary>
internal sealed class Peer : IDisposable
{
    public Peer(MosquittoBroker broker, BrokerUser user, MosquittoWill? will = null)
        : this(broker.Port, user, will)
    {
    }

    public Peer(int port, BrokerUser user, MosquittoWill? will = null, int keepAliveS = 30)
    {
        Client = new MosquittoClient(MosquittoClientTests.Options(port, user, will: will, keepAliveS: keepAliveS))
        {
            Message = (topic, payload) => Messages.Add((topic, Encoding.UTF8.GetString(payload))),
            Published = Published.Add,
            Subscribed = (_, granted) => Granted.Add(granted),
            Disconnected = Ended.Add,
        };
        Assert.Equal(MosquittoReason.None, Client.Connect(MosquittoClientTests.WaitMs));
    }

    public MosquittoClient Client { get; }

    public BlockingCollection<(string Topic, string Text)> Messages { get; } = [];

    public BlockingCollection<int> Published { get; } = [];

    public BlockingCollection<bool> Granted { get; } = [];

    public BlockingCollection<MosquittoReason> Ended { get; } = [];

    public CancellationTokenSource Timeout { get; } = new(MosquittoClientTests.WaitMs);

    public void Join(string topic)
    {
        Assert.True(Client.Subscribe(topic, 1) > 0);
        Assert.True(Granted.Take(Timeout.Token));
    }

    public (string Topic, string Text) Next() => Messages.Take(Timeout.Token);

    public void Dispose()
    {
        Client.Dispose();
        Timeout.Dispose();
    }
}
