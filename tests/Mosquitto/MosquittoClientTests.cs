// Owns: the rules of the client, each against a real broker on loopback.
// Must never: sleep where it can wait for what it expects.

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Tests.Support;
using Xunit;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Gateway.Mosquitto.Tests;

public sealed class MosquittoClientTests
{
    internal const int WaitMs = 60_000;
    private const string Up = "fgw/1/c/t/v/7/up/fire";
    private const string Down = "fgw/1/c/t/v/7/down";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Library_of_Debian_12_loads()
    {
        Assert.True(MosquittoLibrary.Load() >= new Version(2, 0, 0));
    }

    [Fact]
    public void Message_goes_up_with_its_acknowledgement_and_comes_down()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County, BrokerUser.Station(7));
        using var county = new Peer(broker, BrokerUser.County);
        using var station = new Peer(broker, BrokerUser.Station(7));
        county.Join("fgw/1/+/+/+/+/up/#");
        station.Join(Down);

        int mid = station.Client.Publish(Up, "fire"u8, qos: 1);
        Assert.True(mid > 0);
        Assert.Equal((Up, "fire"), county.Next());
        Assert.Equal(mid, station.Published.Take(station.Timeout.Token));
        Assert.Equal(0, station.Client.Outstanding);

        county.Client.Publish(Down, "held"u8, qos: 1);
        Assert.Equal((Down, "held"), station.Next());
    }

    [Fact]
    public void Station_writes_and_reads_its_own_topics_only()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County, BrokerUser.Station(7), BrokerUser.Station(8));
        using var county = new Peer(broker, BrokerUser.County);
        using var seven = new Peer(broker, BrokerUser.Station(7));
        using var eight = new Peer(broker, BrokerUser.Station(8));
        county.Join("fgw/1/+/+/+/+/up/#");
        seven.Join(Down);
        eight.Join("#");

        eight.Client.Publish(Up, "forged"u8, qos: 1);
        eight.Client.Publish(Down, "forged"u8, qos: 1);
        county.Client.Publish(Down, "for seven"u8, qos: 1);
        Assert.Equal((Down, "for seven"), seven.Next());
        eight.Client.Publish(Up.Replace("/7/", "/8/"), "own"u8, qos: 1);
        Assert.Equal((Up.Replace("/7/", "/8/"), "own"), county.Next());
        Assert.Empty(eight.Messages);
        Assert.Empty(seven.Messages);
    }

    [Fact]
    public void Wrong_password_is_refused_with_the_brokers_code()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.Station(7));
        using var client = new MosquittoClient(Options(broker.Port, new BrokerUser("st7", "wrong")));
        MosquittoReason reason = client.Connect(WaitMs);
        Assert.Equal(MosquittoEnd.Refused, reason.End);
        Assert.Equal(5, reason.Code);
        Assert.False(client.IsConnected);
        Assert.Equal(0, client.Publish(Up, "x"u8, qos: 1));
    }

    [Fact]
    public void Nobody_comes_in_without_a_name()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.Station(7));
        using var client = new MosquittoClient(new MosquittoOptions { Host = MosquittoBroker.Host, Port = broker.Port, ClientId = "x" });
        Assert.Equal(MosquittoEnd.Refused, client.Connect(WaitMs).End);
    }

    [Fact]
    public void Closed_port_is_said_at_once_in_the_systems_words()
    {
        using var client = new MosquittoClient(Options(FreePort.Next(), BrokerUser.County));
        MosquittoReason reason = client.Connect(WaitMs);
        Assert.Equal(MosquittoEnd.Network, reason.End);
        Assert.Contains("refused", reason.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Name_with_several_addresses_finds_the_one_that_answers()
    {
        // localhost may be ::1 first, where the broker does not listen.
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County);
        using var client = new MosquittoClient(Options(broker.Port, BrokerUser.County, host: "localhost"));
        Assert.Equal(MosquittoReason.None, client.Connect(WaitMs));
    }

    [Fact]
    public void Unknown_name_is_an_end_and_not_an_exception()
    {
        using var client = new MosquittoClient(Options(1883, BrokerUser.County, host: "no-such-host.invalid"));
        MosquittoReason reason = client.Connect(WaitMs);
        Assert.Equal(MosquittoEnd.Network, reason.End);
        Assert.Contains("no-such-host.invalid", reason.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Silent_broker_ends_the_connect_at_its_time_limit()
    {
        using TcpListener silent = Silent(out int port);
        using var client = new MosquittoClient(Options(port, BrokerUser.County));
        var watch = Stopwatch.StartNew();
        Assert.Equal(MosquittoEnd.TimedOut, client.Connect(300).End);
        Assert.InRange(watch.ElapsedMilliseconds, 250, 20_000);
    }

    [Fact]
    public void Dispose_ends_a_connect_that_waits()
    {
        using TcpListener silent = Silent(out int port);
        using var client = new MosquittoClient(Options(port, BrokerUser.County));
        MosquittoReason reason = MosquittoReason.None;
        var waiting = new Thread(() => reason = client.Connect(60_000));
        waiting.Start();
        using Socket accepted = silent.AcceptSocket();
        client.Dispose();
        Assert.True(waiting.Join(20_000));
        Assert.False(reason.Ok);
    }

    [Fact]
    public void Kill_of_the_broker_is_told_once_with_the_reason()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County);
        using var county = new Peer(broker, BrokerUser.County);
        county.Join("fgw/1/+/+/+/+/up/#");
        broker.Kill();
        MosquittoReason reason = county.Ended.Take(county.Timeout.Token);
        Assert.Equal(MosquittoEnd.Network, reason.End);
        Assert.False(county.Client.IsConnected);
        Assert.Equal(0, county.Client.Publish(Down, "x"u8, qos: 1));
        Assert.Empty(county.Ended);
    }

    [Fact]
    public void Will_is_published_after_an_abrupt_end_and_not_after_an_orderly_one()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County, BrokerUser.Station(7));
        using var county = new Peer(broker, BrokerUser.County);
        county.Join("fgw/1/+/+/+/+/up/#");
        var will = new MosquittoWill { Topic = "fgw/1/c/t/v/7/up/offline", Payload = "gone"u8.ToArray() };

        using (var orderly = new Peer(broker, BrokerUser.Station(7), will))
        {
            orderly.Client.Publish(Up, "1"u8, qos: 1);
            orderly.Client.Disconnect();
            Assert.Equal(MosquittoEnd.Closed, orderly.Ended.Take(orderly.Timeout.Token).End);
        }

        Assert.Equal((Up, "1"), county.Next());
        new Peer(broker, BrokerUser.Station(7), will).Dispose();
        Assert.Equal((will.Topic, "gone"), county.Next());
        Assert.Empty(county.Messages);
    }

    [Fact]
    public void Half_open_connection_is_noticed_by_the_keepalive_even_while_publishing()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.Station(7));
        using var proxy = new TcpProxy(broker.Port);
        using var station = new Peer(proxy.Port, BrokerUser.Station(7), keepAliveS: 5);
        proxy.Hold();
        var watch = Stopwatch.StartNew();
        MosquittoReason reason;
        while (!station.Ended.TryTake(out reason, 200, Cancel))
        {
            station.Client.Publish(Up, "x"u8, qos: 1);
            Assert.True(watch.ElapsedMilliseconds < WaitMs, "still connected");
        }

        Assert.Equal(MosquittoEnd.Network, reason.End);
        Assert.True(station.Client.Outstanding > 0);
    }

    [Fact]
    public void Handler_that_throws_ends_the_connection_and_not_the_process()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County);
        using var ended = new BlockingCollection<MosquittoReason>();
        using var client = new MosquittoClient(Options(broker.Port, BrokerUser.County))
        {
            Subscribed = (_, _) => throw new InvalidOperationException("planned"),
            Disconnected = ended.Add,
        };
        Assert.True(client.Connect(WaitMs).Ok);
        client.Subscribe(Down, 1);
        Assert.True(ended.TryTake(out MosquittoReason reason, WaitMs, Cancel));
        Assert.Equal(MosquittoEnd.Handler, reason.End);
        Assert.Contains("planned", reason.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_handler_runs_after_dispose_has_returned()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County, BrokerUser.Station(7));
        using var county = new Peer(broker, BrokerUser.County);
        using var station = new Peer(broker, BrokerUser.Station(7));
        for (int round = 0; round < 20; round++)
        {
            int after = 0;
            bool disposed = false;
            using var seen = new ManualResetEventSlim();
            var reader = new MosquittoClient(Options(broker.Port, BrokerUser.County, clientId: "reader"))
            {
                Message = (_, _) =>
                {
                    seen.Set();
                    after += Volatile.Read(ref disposed) ? 1 : 0;
                },
            };
            Assert.True(reader.Connect(WaitMs).Ok);
            reader.Subscribe("fgw/1/+/+/+/+/up/#", 0);
            while (!seen.IsSet)
            {
                station.Client.Publish(Up, "x"u8, qos: 0);
            }

            reader.Dispose();
            Volatile.Write(ref disposed, true);
            for (int i = 0; i < 20; i++)
            {
                station.Client.Publish(Up, "x"u8, qos: 0);
            }

            Assert.Equal(0, after);
        }
    }

    [Fact]
    public void Dispose_from_a_handler_does_not_wait_for_itself()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County);
        using var done = new ManualResetEventSlim();
        MosquittoClient client = null!;
        client = new MosquittoClient(Options(broker.Port, BrokerUser.County))
        {
            Connected = _ =>
            {
                client.Dispose();
                done.Set();
            },
        };
        client.Connect(WaitMs);
        Assert.True(done.Wait(WaitMs, Cancel));
    }

    [Fact]
    public void Many_lives_leave_no_thread_and_no_descriptor()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County);
        Lives(5);
        int descriptors = Directory.GetFileSystemEntries("/proc/self/fd").Length;
        var watch = Stopwatch.StartNew();
        Lives(100);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 30_000);
        Assert.InRange(Directory.GetFileSystemEntries("/proc/self/fd").Length, 0, descriptors + 10);
        Assert.Equal(0, ClientThreads());

        void Lives(int count)
        {
            for (int i = 0; i < count; i++)
            {
                using (var accepted = new MosquittoClient(Options(broker.Port, BrokerUser.County, clientId: "life")))
                {
                    Assert.True(accepted.Connect(WaitMs).Ok);
                }

                using (var refused = new MosquittoClient(Options(broker.Port, new BrokerUser("county", "wrong"), clientId: "life")))
                {
                    Assert.False(refused.Connect(WaitMs).Ok);
                }

                using var never = new MosquittoClient(Options(broker.Port, BrokerUser.County, clientId: "life"));
            }
        }
    }

    [Fact]
    public void Six_hundred_clients_live_in_one_process()
    {
        // Their descriptors pass 1,024, where the library's own loop gives up.
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County);
        var clients = new List<MosquittoClient>();
        try
        {
            for (int i = 0; i < 600; i++)
            {
                clients.Add(new MosquittoClient(Options(broker.Port, BrokerUser.County, clientId: $"many{i}")));
                Assert.Equal(MosquittoReason.None, clients[^1].Connect(WaitMs));
            }

            using var acknowledged = new CountdownEvent(1);
            clients[^1].Published = _ => acknowledged.Signal();
            Assert.True(clients[^1].Publish(Down, "x"u8, qos: 1) > 0);
            Assert.True(acknowledged.Wait(WaitMs, Cancel));
        }
        finally
        {
            clients.ForEach(c => c.Dispose());
        }
    }

    [Theory]
    [InlineData("", 1883, "a", 30)]
    [InlineData("127.0.0.1", 0, "a", 30)]
    [InlineData("127.0.0.1", 65536, "a", 30)]
    [InlineData("127.0.0.1", 1883, "", 30)]
    [InlineData("127.0.0.1", 1883, "a", 4)]
    public void Option_out_of_range_is_refused_by_name(string host, int port, string clientId, int keepAliveS)
    {
        var options = new MosquittoOptions { Host = host, Port = port, ClientId = clientId, KeepAliveS = keepAliveS };
        ArgumentException e = Assert.Throws<ArgumentException>(() => new MosquittoClient(options));
        Assert.Contains("allowed", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_certificate_file_is_named()
    {
        var options = new MosquittoOptions
        {
            Host = "127.0.0.1", Port = 8883, ClientId = "a", Tls = new MosquittoTls { CaFile = "/no/such/ca.pem" },
        };
        MosquittoException e = Assert.Throws<MosquittoException>(() => new MosquittoClient(options));
        Assert.Contains("/no/such/ca.pem", e.Message, StringComparison.Ordinal);
    }

    internal static MosquittoOptions Options(
        int port, BrokerUser user, string host = "127.0.0.1", string? clientId = null, MosquittoWill? will = null, int keepAliveS = 30)
    {
        return new MosquittoOptions
        {
            Host = host,
            Port = port,
            ClientId = clientId ?? user.Name,
            User = user.Name,
            Password = user.Password,
            Will = will,
            KeepAliveS = keepAliveS,
        };
    }

    private static int ClientThreads()
    {
        int count = 0;
        foreach (string task in Directory.GetDirectories("/proc/self/task"))
        {
            try
            {
                count += File.ReadAllText(task + "/comm").Trim() == "mosquitto" ? 1 : 0;
            }
            catch (IOException)
            {
                // The thread ended while it was looked at.
            }
        }

        return count;
    }

    private static TcpListener Silent(out int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port;
        return listener;
    }
}
