// Owns: what an account, or nobody, can use up at a broker or leave behind there.
// Must never: expect of one broker what the other does not hold, where both are asked.

using System.Net;
using System.Net.Sockets;
using Gateway.Contract;
using Gateway.County.Broker;
using Gateway.Mqtt;

namespace Gateway.County.Tests;

public sealed partial class BrokerTests
{
    // Nothing goes out for so long.
    private const int StuckMs = 3_000;

    [Theory]
    [InlineData("own")]
    [InlineData("mosquitto")]
    public void Message_to_be_retained_ends_the_connection_and_reaches_nobody(string broker)
    {
        Start(broker);
        Topics seven = Of(7, "fotang");
        using TcpClient client = new();
        client.Connect(IPAddress.Loopback, _port);
        client.ReceiveTimeout = WaitMs;
        NetworkStream stream = client.GetStream();
        ComeIn(stream, "st7");
        byte[] answer = new byte[4];
        stream.Write(Packet(0x31, [.. Text(seven.Up(Lane.Fire)), 9]));
        int got = 0;
        try
        {
            got = stream.Read(answer);
        }
        catch (IOException)
        {
            // Reset is an end too.
        }

        Assert.Equal(0, got);
        NobodyIsTold();
    }

    [Theory]
    [InlineData("own")]
    [InlineData("mosquitto")]
    public void Will_to_be_retained_reaches_nobody(string broker)
    {
        Start(broker);
        Topics seven = Of(7, "fotang");
        using (TcpClient client = new())
        {
            client.Connect(IPAddress.Loopback, _port);
            client.GetStream().Write(Packet(
                0x10,
                [
                    0, 4, .. "MQTT"u8, 4, 0xEE, 0, 60, .. Text("st7"), .. Text(seven.Offline), 0, 1, 9, .. Text("st7"),
                    .. Text(Password("st7")),
                ]));

            // It is refused, or let in without its will being said; either ends with an answer or the end.
            client.ReceiveTimeout = WaitMs;
            _ = Record.Exception(() => client.GetStream().Read(new byte[4]));
            client.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        NobodyIsTold();
    }

    [Theory]
    [InlineData("own")]
    [InlineData("mosquitto")]
    public void Nothing_waits_for_who_went_away(string broker)
    {
        Start(broker);
        Topics seven = Of(7, "fotang");
        using (TcpClient client = new())
        {
            client.Connect(IPAddress.Loopback, _port);
            client.ReceiveTimeout = WaitMs;
            NetworkStream stream = client.GetStream();

            // Without a clean session: one broker refuses it, the other keeps it for the time of its template.
            stream.Write(Packet(0x10, [0, 4, .. "MQTT"u8, 4, 0xC0, 0, 60, .. Text("st7"), .. Text("st7"), .. Text(Password("st7"))]));
            byte[] answer = new byte[4];
            stream.ReadExactly(answer);
            Assert.Equal(broker == "own" ? 2 : 0, answer[3]);
            if (answer[3] == 0)
            {
                stream.Write(Packet(0x82, [0, 1, .. Text(seven.Down), 1]));
                stream.ReadExactly(new byte[5]);
            }
        }

        // The broker has seen the first answer before the station is back: another one's, sent behind it, has arrived.
        Topics eight = Of(8, "choucheng");
        using MqttPeer two = Connect("st8", "st8", eight.Down);
        _answer(seven.Down, [3]);
        _answer(eight.Down, [5]);
        Assert.Equal(5, two.NextBytes().Bytes[0]);
        using MqttPeer one = Connect("st7", "st7", seven.Down);
        _answer(seven.Down, [4]);
        Assert.Equal(4, one.NextBytes().Bytes[0]);
        Thread.Sleep(QuietMs);
        Assert.Empty(one.Messages);
        Assert.Matches("(?m)^persistent_client_expiration 1h$", Template());
    }

    [Theory]
    [InlineData("own")]
    [InlineData("mosquitto")]
    public void Silent_connections_are_bounded_and_who_is_in_is_heard(string broker)
    {
        Start(broker);
        using MqttPeer one = Connect("st7", "st7");
        List<Socket> silent = Silent(broker == "own" ? BrokerLimits.ConnectionsMax : MosquittoConnections());
        try
        {
            Patience.Until(() => silent.Any(Ended));
            one.Send(Of(7, "fotang").Up(Lane.Fire), [1]);
            Assert.Equal(1, Next());
            if (broker == "own")
            {
                // There, those who say nothing make room.
                Assert.Null(Refusal("st8", "st8", Password("st8")));
            }
        }
        finally
        {
            silent.ForEach(socket => socket.Dispose());
        }

        Patience.Until(() => Refusal("st8", "st8", Password("st8")) is null);
        Assert.True(one.Connection.IsOpen);
    }

    [Fact]
    public void Service_of_the_broker_has_descriptors_for_all_connections_of_its_template()
    {
        string unit = File.ReadAllText(Repository.Path("county", "mosquitto", "mosquitto.service.conf"));
        int descriptors = int.Parse(Number(unit, "LimitNOFILE="));
        Assert.True(descriptors >= MosquittoConnections() + 500, $"{descriptors} descriptors");
    }

    [Fact]
    public void Client_that_speaks_and_never_reads_is_no_longer_heard_and_others_are()
    {
        Start("own");
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveBufferSize = 4_096, SendBufferSize = 65_536, ReceiveTimeout = WaitMs, SendTimeout = StuckMs,
        };
        client.Connect(IPAddress.Loopback, _port);
        ComeIn(new NetworkStream(client), "st7");

        // QoS 1, of which each wants its acknowledgement, on a topic that is not its own.
        byte[] many = [.. Enumerable.Repeat(Packet(0x32, [.. Text("x"), 0, 1]), 10_000).SelectMany(packet => packet)];
        Exception? stuck = Record.Exception(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                client.Send(many);
            }
        });
        Assert.Equal(SocketError.TimedOut, Assert.IsType<SocketException>(stuck).SocketErrorCode);
        using MqttPeer other = Connect("st8", "st8");
        other.Send(Of(8, "choucheng").Up(Lane.Fire), [2]);
        Assert.Equal(2, Next());
    }

    [Fact]
    public void Reader_has_no_more_filters_than_a_client_may_have()
    {
        Start("own");
        using MqttPeer reader = Connect("reads-fotang", "reads-fotang");
        for (int i = 0; i < BrokerLimits.FiltersMax; i++)
        {
            Assert.Null(reader.Connection.Subscribe($"fgw/1/yiwu/fotang/{i}/+/up/#"));
        }

        Assert.NotNull(reader.Connection.Subscribe("fgw/1/yiwu/fotang/cun/+/up/#"));
        Assert.Null(reader.Connection.Subscribe("fgw/1/yiwu/fotang/0/+/up/#"));
    }

    [Fact]
    public void Packet_that_announces_more_than_the_contract_needs_is_cut_before_it_is_read()
    {
        Start("own");
        using TcpClient client = new();
        client.Connect(IPAddress.Loopback, _port);
        client.ReceiveTimeout = WaitMs;

        // CONNECT of 256 MB: nobody has said yet who speaks.
        client.GetStream().Write([0x10, 0xFF, 0xFF, 0xFF, 0x7F, 0, 4, (byte)'M']);
        byte[] answer = new byte[16];
        int got = 0;
        try
        {
            got = client.GetStream().Read(answer);
        }
        catch (IOException)
        {
            // Reset is an end too.
        }

        Assert.Equal(0, got);
    }
}
