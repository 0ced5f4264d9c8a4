// Owns: somebody at a broker, with all that he was told: a listener, an attacker, a broker that is not honest.
// Must never: judge what it was told, or have a station's key.

using System.Collections.Concurrent;
using System.Text;
using Gateway.Mqtt;
using Xunit;

namespace Gateway.Tests.Support;

internal sealed class MqttPeer : IDisposable
{
    public const int WaitMs = 120_000;

    public MqttPeer(MosquittoBroker broker, BrokerUser user, MqttWill? will = null)
        : this(user.At(broker.Port, will: will))
    {
    }

    /// <summary>A name of its own at the broker, so that it ends nobody's connection.</summary>
    /// <param name="broker">Gets the name.</param>
    /// <param name="user">Whose rights it has.</param>
    /// <param name="name">Its own.</param>
    /// <param name="topic">What it listens to; null = nothing.</param>
    public MqttPeer(MosquittoBroker broker, BrokerUser user, string name, string? topic)
        : this(Named(broker, user, name))
    {
        if (topic is not null)
        {
            Join(topic);
        }
    }

    public MqttPeer(MqttAccess access)
    {
        Connection = new MqttConnection(access)
        {
            Message = (topic, payload) => Messages.Add((topic, payload)),
            Published = () => Published.Add(1),
            Closed = Ended.Add,
        };
        Assert.Null(Connection.Connect(WaitMs));
    }

    public MqttConnection Connection { get; }

    public BlockingCollection<(string Topic, byte[] Bytes)> Messages { get; } = [];

    public BlockingCollection<int> Published { get; } = [];

    public BlockingCollection<string> Ended { get; } = [];

    public CancellationTokenSource Timeout { get; } = new(WaitMs);

    public void Join(string topic, int qos = 1) => Assert.Null(Connection.Subscribe(topic, qos));

    public void Send(string topic, byte[] bytes) => Connection.Publish(topic, bytes);

    /// <summary>Takes the next message.</summary>
    public (string Topic, byte[] Bytes) NextBytes()
    {
        Assert.True(Messages.TryTake(out (string Topic, byte[] Bytes) message, WaitMs), $"no message within {WaitMs / 1000} s");
        return message;
    }

    public (string Topic, string Text) Next()
    {
        (string topic, byte[] bytes) = NextBytes();
        return (topic, Encoding.UTF8.GetString(bytes));
    }

    public void AwaitEnd() => Assert.True(Ended.TryTake(out _, WaitMs), "the connection goes on");

    /// <summary>How many messages wait to be taken.</summary>
    public int Count(string? topic = null) => Messages.ToArray().Count(message => topic is null || message.Topic == topic);

    /// <summary>The first of a topic, which stays.</summary>
    public (string Topic, byte[] Bytes) Heard(string topic) => Array.Find(Messages.ToArray(), message => message.Topic == topic);

    /// <summary>Waits for a message, which stays.</summary>
    public byte[] Awaited(Func<byte[], bool> which)
    {
        byte[]? found = null;
        Patience.Until(() => (found = Array.Find(Messages.ToArray(), one => which(one.Bytes)).Bytes) is not null, "such a message");
        return found!;
    }

    public void Dispose()
    {
        Connection.Dispose();
        Timeout.Dispose();
    }

    private static MqttAccess Named(MosquittoBroker broker, BrokerUser user, string name)
    {
        broker.Add(user with { Name = name, Rights = user.Name });
        return (user with { Name = name }).At(broker.Port);
    }
}
