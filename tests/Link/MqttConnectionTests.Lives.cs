// Owns: how connections end and what a process keeps of them: handlers, many lives, many at once.
// Must never: sleep where it can wait for what it expects.

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Gateway.Contract;
using Gateway.Mqtt;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Link.Tests;

public sealed partial class MqttConnectionTests
{
    [Fact]
    public void No_handler_runs_after_dispose_has_returned()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County, BrokerUser.Station(7));
        using var station = new MqttPeer(broker, BrokerUser.Station(7));
        for (int round = 0; round < 20; round++)
        {
            int after = 0;
            bool disposed = false;
            using var seen = new ManualResetEventSlim();
            var reader = new MqttConnection(BrokerUser.County.At(broker.Port, clientId: "reader"))
            {
                Message = (_, _) =>
                {
                    seen.Set();
                    after += Volatile.Read(ref disposed) ? 1 : 0;
                },
            };
            Assert.Null(reader.Connect(WaitMs));
            Assert.Null(reader.Subscribe(Topics.AllUp));
            while (!seen.IsSet)
            {
                station.Connection.Publish(Up, "x"u8, qos: 0);
                Thread.Yield();
            }

            reader.Dispose();
            Volatile.Write(ref disposed, true);
            for (int i = 0; i < 20; i++)
            {
                station.Connection.Publish(Up, "x"u8, qos: 0);
            }

            Assert.Equal(0, after);
        }
    }

    [Fact]
    public void Dispose_from_a_handler_does_not_wait_for_itself()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County, BrokerUser.Station(7));
        using var station = new MqttPeer(broker, BrokerUser.Station(7));
        using var done = new ManualResetEventSlim();
        MqttConnection client = null!;
        client = new MqttConnection(BrokerUser.County.At(broker.Port))
        {
            Message = (_, _) =>
            {
                client.Dispose();
                done.Set();
            },
        };
        Assert.Null(client.Connect(WaitMs));
        Assert.Null(client.Subscribe(Topics.AllUp));
        station.Connection.Publish(Up, "x"u8);
        Assert.True(done.Wait(WaitMs, Cancel));
    }

    [Fact]
    public void Many_lives_leave_no_thread_and_no_descriptor()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County);
        Lives(20);
        (int descriptors, int threads) = Leftovers.Now();
        Lives(100);
        Leftovers.AtMost(descriptors + 10, threads + 8);

        void Lives(int count)
        {
            for (int i = 0; i < count; i++)
            {
                using (var accepted = new MqttConnection(BrokerUser.County.At(broker.Port, clientId: "life")))
                {
                    Assert.Null(accepted.Connect(WaitMs));
                }

                Assert.NotNull(Refusal(new BrokerUser("county", "wrong").At(broker.Port, clientId: "life")));
                using var never = new MqttConnection(BrokerUser.County.At(broker.Port, clientId: "life"));
            }
        }
    }

    [Fact]
    public void Six_hundred_connections_live_in_one_process()
    {
        BrokerUser[] users = [.. Enumerable.Range(0, 600)
            .Select(i => new BrokerUser($"many{i}", "secret", Rights: BrokerUser.CountyName))];
        using MosquittoBroker broker = MosquittoBroker.Start(users);
        var clients = new List<MqttConnection>();
        try
        {
            foreach (BrokerUser user in users)
            {
                clients.Add(new MqttConnection(user.At(broker.Port)));
                Assert.Null(clients[^1].Connect(WaitMs));
            }

            using var acknowledged = new CountdownEvent(1);
            clients[^1].Published = () => acknowledged.Signal();
            Assert.True(clients[^1].Publish(Down, "x"u8));
            Assert.True(acknowledged.Wait(WaitMs, Cancel));
        }
        finally
        {
            clients.ForEach(c => c.Dispose());
        }
    }
}
