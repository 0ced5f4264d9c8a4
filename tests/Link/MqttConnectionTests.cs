// Owns: the rules of the connection that PC and county share, each against a real broker on loopback.
// Must never: sleep where it can wait for what it expects.

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Gateway.Contract;
using Gateway.Mqtt;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Link.Tests;

public sealed partial class MqttConnectionTests
{
    private const int WaitMs = MqttPeer.WaitMs;

    // Beside a bound of ours, for the threads that have to take their turn.
    private const int SlackMs = 5_000;
    private const string Up = "fgw/1/c/t/v/7/up/fire";
    private const string Down = "fgw/1/c/t/v/7/down";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Message_goes_up_with_its_acknowledgement_and_comes_down()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County, BrokerUser.Station(7));
        using var county = new MqttPeer(broker, BrokerUser.County);
        using var station = new MqttPeer(broker, BrokerUser.Station(7));
        county.Join(Topics.AllUp);
        station.Join(Down);
        Assert.True(station.Connection.Publish(Up, "fire"u8));
        Assert.Equal((Up, "fire"), county.Next());
        station.Published.Take(station.Timeout.Token);
        Assert.Equal(0, station.Connection.Outstanding);
        county.Connection.Publish(Down, "held"u8);
        Assert.Equal((Down, "held"), station.Next());
    }

    [Fact]
    public void Twenty_thousand_messages_pass_one_connection_both_ways_in_order()
    {
        const int Count = 20_000;
        using MosquittoBroker broker = MosquittoBroker.Start([BrokerUser.Station(7)], extra: "max_queued_messages 0");
        string own = Path.Combine(broker.Folder, "acl");
        File.AppendAllText(own, $"\nuser st7\ntopic read {Up}\n");
        broker.Restart();
        using var all = new CountdownEvent(Count);
        int next = 0;
        bool ordered = true;
        using var station = new MqttConnection(BrokerUser.Station(7).At(broker.Port));
        station.Message = (_, payload) =>
        {
            ordered &= BitConverter.ToInt32(payload) == next++;
            all.Signal();
        };
        Assert.Null(station.Connect(WaitMs));
        Assert.Null(station.Subscribe(Up));
        var watch = Stopwatch.StartNew();
        byte[] payload = new byte[ContractLimits.MessageBytesMax];
        for (int i = 0; i < Count; i++)
        {
            BitConverter.TryWriteBytes(payload, i);
            while (!station.Publish(Up, payload))
            {
                Assert.True(station.IsOpen);
                Thread.Sleep(1);
            }
        }

        Assert.True(all.Wait(WaitMs, Cancel), $"{all.CurrentCount} of {Count} did not come");
        TestContext.Current.SendDiagnosticMessage($"{Count} messages of {payload.Length} B in {watch.ElapsedMilliseconds} ms");

        // A second quietly; a wait of a timer at each message would take minutes.
        Assert.InRange(watch.ElapsedMilliseconds, 0, WaitMs);
        Assert.True(ordered);
    }

    [Theory]
    [InlineData("with space and \"quotes\"")]
    [InlineData("口令 пароль 🔑")]
    [InlineData("a#d=e\\f'g$7$")]
    [InlineData("a:b::c:")]
    [InlineData("256")]
    public void Odd_passwords_pass_as_they_are(string password)
    {
        var user = new BrokerUser("st7", password == "256" ? new string('x', 256) : password);
        using MosquittoBroker broker = MosquittoBroker.Start(user);
        using var right = new MqttPeer(broker, user);
        Assert.NotNull(Refusal((user with { Password = user.Password + " " }).At(broker.Port)));
    }

    [Fact]
    public void Wrong_password_is_told_as_that_and_without_it()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.Station(7));
        using var client = new MqttConnection(new BrokerUser("st7", "no-such-secret").At(broker.Port));
        string? why = client.Connect(WaitMs);
        Assert.Contains("refused: 用户名或口令", why);
        Assert.DoesNotContain("no-such-secret", why);
        Assert.False(client.IsOpen);
        Assert.False(client.Publish(Up, "x"u8));
        Assert.NotNull(Refusal(new MqttAccess { Host = MosquittoBroker.Host, Port = broker.Port, ClientId = "nameless" }));
    }

    [Fact]
    public void Closed_port_unknown_name_and_silence_are_told_apart()
    {
        string? closed = Refusal(BrokerUser.County.At(FreePort.Next()));
        Assert.Contains("connection refused", closed);
        string? unknown = Refusal(BrokerUser.County.At(1883, host: "no-such-host.invalid"));
        Assert.Contains("no such host", unknown);
        Assert.Contains("no-such-host.invalid", unknown);
        using TcpListener silent = Silent(out int port);
        using var client = new MqttConnection(BrokerUser.County.At(port));
        var watch = Stopwatch.StartNew();
        Assert.Contains("no answer within 300 ms", client.Connect(300));
        Assert.True(watch.ElapsedMilliseconds >= 250, "it did not wait");
    }

    [Fact]
    public void Name_with_several_addresses_finds_the_one_that_answers()
    {
        // localhost may be ::1 first, where the broker does not listen.
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County);
        using var client = new MqttConnection(BrokerUser.County.At(broker.Port, host: "localhost"));
        Assert.Null(client.Connect(WaitMs));
    }

    [Fact]
    public void Address_of_version_6_is_reached()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        int port = FreePort.Next();
        using MosquittoBroker broker = MosquittoBroker.Start([BrokerUser.County], $"listener {port} ::1");
        using var client = new MqttConnection(BrokerUser.County.At(port, host: "::1"));
        Assert.Null(client.Connect(WaitMs));
    }

    [Fact]
    public void Dispose_ends_a_connect_that_waits()
    {
        using TcpListener silent = Silent(out int port);
        using var client = new MqttConnection(BrokerUser.County.At(port));
        string? why = null;
        var waiting = new Thread(() => why = client.Connect(10 * WaitMs));
        waiting.Start();
        using Socket accepted = silent.AcceptSocket();
        client.Dispose();
        Assert.True(waiting.Join(WaitMs));
        Assert.Contains("closed by this side", why);
    }

    [Fact]
    public void Flood_of_messages_without_acknowledgement_waits_at_the_broker_while_the_handler_is_busy()
    {
        const int Count = 20_000;
        const int Bytes = 1_100;
        const int FloodMs = 3_000;
        using TcpListener fake = Silent(out int port);
        using ManualResetEventSlim busy = new();
        using ManualResetEventSlim gone = new();
        using ManualResetEventSlim all = new();
        int heard = 0;

        // Its pings are never answered, so that is not waited for either.
        using var client = new MqttConnection(BrokerUser.County.At(port, answerMs: 10 * WaitMs))
        {
            Message = (_, _) =>
            {
                busy.Wait(WaitMs);
                if (++heard == Count)
                {
                    all.Set();
                }
            },
        };
        var flood = new Thread(() =>
        {
            using Socket line = fake.AcceptSocket();
            line.SendBufferSize = 65_536;
            line.Receive(new byte[1_024]);
            line.Send([0x20, 2, 0, 0]);
            byte[] message = new byte[Bytes];
            message[0] = 0x30;
            message[1] = (Bytes - 3) & 0x7F | 0x80;
            message[2] = (Bytes - 3) >> 7;
            message[4] = 1;
            message[5] = (byte)'x';
            for (int i = 0; i < Count; i++)
            {
                line.Send(message);
            }

            gone.Set();

            // Held open until the last is heard.
            all.Wait(WaitMs, Cancel);
        });
        flood.Start();
        Assert.Null(client.Connect(WaitMs));
        Assert.False(gone.Wait(FloodMs, Cancel), "22 MB lie in this process");
        busy.Set();
        Assert.True(all.Wait(WaitMs, Cancel));
        Assert.True(flood.Join(WaitMs));
    }

    [Fact]
    public void Kill_of_the_broker_is_told_once_with_a_reason()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County);
        using var county = new MqttPeer(broker, BrokerUser.County);
        county.Join(Topics.AllUp);
        broker.Kill();
        Assert.Contains("ended the connection", county.Ended.Take(county.Timeout.Token));
        Assert.False(county.Connection.IsOpen);
        Assert.False(county.Connection.Publish(Down, "x"u8));
        Assert.Empty(county.Ended);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Stopped_broker_is_told_within_ten_seconds_busy_or_idle(bool busy)
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.Station(7));
        using var station = new MqttPeer(broker, BrokerUser.Station(7));
        broker.Freeze();
        string? why = null;
        double ranMs = Patience.RunMsUntil(
            () =>
            {
                if (busy)
                {
                    station.Connection.Publish(Up, "x"u8);
                }

                return station.Ended.TryTake(out why);
            },
            "the end of the connection");
        Assert.InRange(ranMs, 0, 1_000 * MqttLimits.KeepAliveS + MqttLimits.AnswerMs + SlackMs);
        Assert.Equal(busy, station.Connection.Outstanding > 0);
        Assert.NotNull(why);
        TestContext.Current.SendDiagnosticMessage($"told after {ranMs:0} ms: {why}");
    }

    [Fact]
    public void Half_open_line_is_noticed_even_while_publishing()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.Station(7));
        using var proxy = new TcpProxy(broker.Port);
        using var station = new MqttPeer(BrokerUser.Station(7).At(proxy.Port));
        proxy.Hold();
        var watch = Stopwatch.StartNew();
        string? why;
        while (!station.Ended.TryTake(out why, 200, Cancel))
        {
            station.Connection.Publish(Up, "x"u8);
            Assert.True(watch.ElapsedMilliseconds < WaitMs, "still connected");
        }

        Assert.Contains("no answer", why);
        Assert.True(station.Connection.Outstanding > 0);
    }

    [Fact]
    public void Will_is_published_after_an_abrupt_end_and_not_after_an_orderly_one()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County, BrokerUser.Station(7));
        using var county = new MqttPeer(broker, BrokerUser.County);
        county.Join(Topics.AllUp);
        var will = new MqttWill { Topic = "fgw/1/c/t/v/7/up/offline", Payload = "gone"u8.ToArray() };
        using (var orderly = new MqttPeer(broker, BrokerUser.Station(7), will))
        {
            orderly.Connection.Publish(Up, "1"u8);
            orderly.Connection.Close(WaitMs);
        }

        Assert.Equal((Up, "1"), county.Next());
        new MqttPeer(broker, BrokerUser.Station(7), will).Dispose();
        Assert.Equal((will.Topic, "gone"), county.Next());
        Assert.Empty(county.Messages);
    }

    [Fact]
    public void Filter_that_the_rules_forbid_is_granted_and_stays_silent()
    {
        // Mosquitto's way: a wrong rule looks like silence, and a refused publish like success; only the county's own answer proves.
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County, BrokerUser.Station(7), BrokerUser.Station(8));
        using var county = new MqttPeer(broker, BrokerUser.County);
        using var eight = new MqttPeer(broker, BrokerUser.Station(8));
        county.Join(Topics.AllUp);
        eight.Join("#");
        eight.Connection.Publish(Up, "forged"u8);
        eight.Published.Take(eight.Timeout.Token);
        county.Connection.Publish(Down, "for seven"u8);
        eight.Connection.Publish(Up.Replace("/7/", "/8/"), "own"u8);
        Assert.Equal((Up.Replace("/7/", "/8/"), "own"), county.Next());
        Assert.Empty(eight.Messages);
    }

    [Fact]
    public void Handler_that_throws_ends_the_connection_and_not_the_process()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County, BrokerUser.Station(7));
        using var ended = new BlockingCollection<string>();
        using var station = new MqttPeer(broker, BrokerUser.Station(7));
        using var client = new MqttConnection(BrokerUser.County.At(broker.Port))
        {
            Message = (_, _) => throw new InvalidOperationException("planned"),
            Closed = ended.Add,
        };
        Assert.Null(client.Connect(WaitMs));
        Assert.Null(client.Subscribe(Topics.AllUp));
        station.Connection.Publish(Up, "x"u8);
        Assert.True(ended.TryTake(out string? why, WaitMs, Cancel));
        Assert.Contains("planned", why);
    }

    [Theory]
    [InlineData("", 1883, "a", 30)]
    [InlineData("127.0.0.1", 0, "a", 30)]
    [InlineData("127.0.0.1", 65536, "a", 30)]
    [InlineData("127.0.0.1", 1883, "", 30)]
    [InlineData("127.0.0.1", 1883, "a", 0)]
    public void Option_out_of_range_is_refused_by_name(string host, int port, string clientId, int keepAliveS)
    {
        var access = new MqttAccess { Host = host, Port = port, ClientId = clientId, KeepAliveS = keepAliveS };
        ArgumentException e = Assert.Throws<ArgumentException>(() => new MqttConnection(access));
        Assert.Contains("allowed", e.Message, StringComparison.Ordinal);
    }

    private static string? Refusal(MqttAccess access)
    {
        using var client = new MqttConnection(access);
        return client.Connect(WaitMs);
    }

    private static TcpListener Silent(out int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port;
        return listener;
    }
}
