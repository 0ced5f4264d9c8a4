// Owns: what a client can try that keeps to no rule of the protocol, or to another's name, and that nobody else feels it.
// Must never: expect an answer to it: what counts is what the others hear.

using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Contract;

namespace Gateway.County.Tests;

public sealed partial class BrokerTests
{
    private const int Takeovers = 1_000;

    [Theory]
    [InlineData("own")]
    [InlineData("mosquitto")]
    public void A_thousand_takeovers_under_others_names_stop_neither_a_fire_nor_its_answer(string broker)
    {
        Start(broker);
        Topics seven = Of(7, "fotang");
        using MqttPeer one = Connect("st7", "st7", seven.Down);
        string[] names = ["st7", "county", "st7-idle", "reads-fotang", ""];
        for (int i = 0; i < Takeovers; i++)
        {
            string user = i % 2 == 0 ? "st8" : "reads-fotang";
            using Socket client = Raw();
            client.Send(ConnectPacket(4, 0xCE, names[i % names.Length], user, will: seven.Offline));
            Answered(client, 1);
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            if (i % 100 == 0)
            {
                byte what = (byte)(1 + i / 100);
                one.Send(seven.Up(Lane.Fire), [what]);
                Assert.Equal(what, Next());
                _answer(seven.Down, [what]);
                Assert.Equal(what, one.NextBytes().Bytes[0]);
            }
        }

        Assert.True(one.Connection.IsOpen);
        Thread.Sleep(QuietMs);
        Assert.Empty(_county);
    }

    [Theory]
    [InlineData("own")]
    [InlineData("mosquitto")]
    public void Packets_that_keep_to_no_rule_reach_nobody_and_hear_nothing(string broker)
    {
        Start(broker);
        Topics seven = Of(7, "fotang");
        using MqttPeer one = Connect("st7", "st7", seven.Down);
        string fire = seven.Up(Lane.Fire);
        byte[] comesIn = ConnectPacket(4, 0xC2, "st8", "st8");
        byte[] comesInAsFive = ConnectPacket(5, 0xC2, "st8", "st8");
        List<byte[]> attacks =
        [
            // Before anybody said who it is.
            Long(0x32, [.. Text(fire), 0, 1, 9]), Long(0x30, [.. Text(fire), 9]), Long(0x82, [0, 1, .. Text("#"), 1]), [0xC0, 0], [0xE0, 0],
            comesIn[..10], comesIn[..^1], [0xF0, 0], [0, 0], Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\n"),
            ConnectPacket(3, 0xC2, "st8", "st8"), ConnectPacket(4, 0xC3, "st8", "st8"), ConnectPacket(4, 0xFE, "st8", "st8", will: fire),
            ConnectPacket(4, 0x02, "st7", user: null),

            // As somebody else: another's topics, in every form.
            .. ((byte[])[0x30, 0x32, 0x34, 0x36, 0x38, 0x3A]).Select(head => (byte[])
                [.. comesIn, .. Long(head, [.. Text(fire), .. head == 0x30 ? (byte[])[] : [0, 1], 9])]),
            .. ((string[])
                [
                    "fgw/1/+/fotang/cun/7/up/fire", "fgw/1/#", "", "/" + fire, fire + "/", fire + "\0", "$share/g/" + fire, "$SYS/" + fire,
                    seven.Down,
                ]).Select(topic => (byte[])[.. comesIn, .. Long(0x32, [.. Text(topic), 0, 1, 9])]),
            [.. comesIn, .. Long(0x30, [0xFF, 0xFF, .. new byte[65_535], 9])],
            [.. comesIn, .. Long(0x32, [.. Text(fire), 0, 0, 9])],
            [.. comesIn, .. comesIn, .. Long(0x32, [.. Text(fire), 0, 1, 9])],
            [.. comesIn, 0x62, 2, 0, 7, 0x50, 2, 0, 7, 0x40, 2, 0, 7, 0x70, 2, 0, 7, 0x90, 3, 0, 7, 0],

            // And to hear what is not its own.
            .. ((string[])
                [
                    "#", "+/#", "$SYS/#", Topics.AllUp, seven.Down, "$share/g/" + Topics.AllUp, "$share/g/" + seven.Down, "$share/g/#",
                    "+/+/+/+/+/+/down", "fgw/1/yiwu/+/cun/7/down", "", "/", "#/#", "fgw/#/down",
                ]).Select(filter => (byte[])[.. comesIn, .. Long(0x82, [0, 1, .. Text(filter), 1])]),
            [.. comesIn, .. Long(0x82, [0, 1, .. Enumerable.Range(0, 40).SelectMany(i => (byte[])[.. Text($"fgw/{i}/#"), 1])])],
            [.. comesIn, .. Long(0xA2, [0, 1, .. Text(seven.Down)])],
            [.. comesInAsFive, .. Long(0x82, [0, 1, 0, .. Text("$share/g/" + seven.Down), 1])],
            [.. comesInAsFive, .. Long(0x32, [.. Text(fire), 0, 1, 3, 0x23, 0, 1, 9])],
            [.. comesInAsFive, .. Long(0x32, [0, 0, 0, 1, 3, 0x23, 0, 1, 9])],
        ];
        byte sign = 1;
        foreach (byte[] attack in attacks)
        {
            using Socket client = Raw();
            try
            {
                client.Send(attack);
            }
            catch (SocketException)
            {
                // It was cut off before it had said all.
            }

            one.Send(fire, [sign]);
            Assert.Equal(sign, Next());
            _answer(seven.Down, [sign]);
            Assert.Equal(sign, one.NextBytes().Bytes[0]);
            sign++;
            string packet = Convert.ToHexString(attack.AsSpan(0, Math.Min(60, attack.Length)));
            Assert.False(Published(Answered(client, 4_096)), $"{packet} is told what is another's");
        }

        Thread.Sleep(QuietMs);
        Assert.Empty(_county);
        Assert.Empty(one.Messages);
        Assert.True(one.Connection.IsOpen);
    }

    /// <summary>A packet of any length.</summary>
    private static byte[] Long(byte head, byte[] body)
    {
        List<byte> length = [];
        for (int left = body.Length; length.Count == 0 || left > 0; left >>= 7)
        {
            length.Add((byte)(left >= 0x80 ? (left & 0x7F) | 0x80 : left));
        }

        return [head, .. length, .. body];
    }

    private static byte[] ConnectPacket(byte version, byte flags, string client, string? user, string? will = null) => Long(
        0x10,
        [
            .. version == 3 ? (byte[])[0, 6, .. "MQIsdp"u8] : [0, 4, .. "MQTT"u8], version, flags, 0, 60,
            .. version == 5 ? (byte[])[5, 0x11, 0xFF, 0xFF, 0xFF, 0xFF] : [],
            .. Text(client), .. will is null ? [] : (byte[])[.. Text(will), 0, 1, 9],
            .. user is null ? [] : (byte[])[.. Text(user), .. Text(Password(user))],
        ]);

    /// <summary>What comes until the end, or until nothing has come for a moment.</summary>
    private static byte[] Answered(Socket client, int most)
    {
        byte[] answer = new byte[most];
        int got = 0;
        client.ReceiveTimeout = most == 1 ? WaitMs : QuietMs / 5;
        try
        {
            int more;
            while (got < most && (more = client.Receive(answer, got, most - got, SocketFlags.None)) > 0)
            {
                got += more;
            }
        }
        catch (SocketException)
        {
            // Reset is an end too.
        }

        return answer[..got];
    }

    private static bool Published(byte[] packets)
    {
        for (int at = 0; at + 1 < packets.Length; at += 2 + packets[at + 1])
        {
            if (packets[at] >> 4 == 3)
            {
                return true;
            }
        }

        return false;
    }

    private Socket Raw()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { SendTimeout = WaitMs, NoDelay = true };
        socket.Connect(IPAddress.Loopback, _port);
        return socket;
    }
}
