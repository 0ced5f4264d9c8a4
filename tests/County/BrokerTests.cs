// Owns: what an account can do at a broker, with the same expectations of the county's own broker and of Mosquitto with exported rules.
// Must never: expect of one broker what the other does not hold.

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Gateway.Contract;
using Gateway.County.Broker;
using Gateway.County.Sql;
using Gateway.Mqtt;
using Gateway.Tests.Support;

namespace Gateway.County.Tests;

public sealed partial class BrokerTests : IDisposable
{
    private const int WaitMs = 30_000;
    private const int QuietMs = 700;

    // Nothing goes out for so long.
    private const int StuckMs = 3_000;
    private readonly string _folder = Directory.CreateTempSubdirectory("county-broker-").FullName;
    private readonly List<IDisposable> _open = [];
    private readonly BlockingCollection<(string Topic, byte[] Payload)> _county = [];
    private readonly SqlStore _store;
    private readonly SqlStore _registry;
    private Action<string, byte[]> _answer = (_, _) => { };
    private MosquittoBroker? _mosquitto;
    private int _port;

    public BrokerTests()
    {
        string db = Path.Combine(_folder, "county.db");
        _store = SqlStore.Open(db);
        _registry = SqlStore.Open(db);
        _store.AddStation(Station(7, "fotang"));
        _store.AddStation(Station(8, "choucheng"));
        _store.AddReader(Reader("reads-fotang", "fotang"));
    }

    [Theory]
    [InlineData("own")]
    [InlineData("mosquitto")]
    public void Each_says_and_hears_what_is_its_own_and_nothing_else(string broker)
    {
        Start(broker);
        Topics seven = Of(7, "fotang");
        Topics eight = Of(8, "choucheng");
        using Peer one = Connect("st7", "st7", seven.Down);
        using Peer two = Connect("st8", "st8", "#", eight.Down);
        using Peer reader = Connect("reads-fotang", "reads-fotang", "fgw/1/yiwu/fotang/+/+/up/#", Topics.AllUp, "#");
        two.Say(seven.Up(Lane.Fire), 3);
        two.Say(seven.Down, 3);
        two.Say(new Topics("yiwu", "fotang", "cun", 8).Up(Lane.Fire), 3);
        reader.Say(seven.Down, 3);
        reader.Say(seven.Up(Lane.Fire), 3);
        reader.Say("$SYS/x", 3);
        one.Connection.Publish(seven.Up(Lane.Fire), new byte[ContractLimits.MessageBytesMax + 1]);
        one.Say(seven.Up(Lane.Fire), 1);
        two.Say(eight.Up(Lane.Fire), 2);
        Assert.Equal([(byte)1, (byte)2], new[] { Next(), Next() }.Order());
        _answer(seven.Down, [4]);
        Assert.Equal(4, one.Next());
        Assert.Equal(1, reader.Next());
        Thread.Sleep(QuietMs);
        Assert.Empty(_county);
        Assert.Empty(one.Heard);
        Assert.Empty(two.Heard);
        Assert.Empty(reader.Heard);
    }

    [Theory]
    [InlineData("own")]
    [InlineData("mosquitto")]
    public void Nobody_comes_in_without_a_right_name_and_password(string broker)
    {
        Start(broker);
        Assert.Contains("refused", Refusal("st7", "st7", "wrong"));
        Assert.Contains("refused", Refusal("st9", "st9", Password("st9")));
        Assert.Contains("refused", Refusal(null, "st7", null));
        Assert.Null(Refusal("st7", "st7", Password("st7")));
    }

    [Theory]
    [InlineData("own")]
    [InlineData("mosquitto")]
    public void A_will_is_published_as_its_own_or_not_at_all(string broker)
    {
        Start(broker);
        Topics seven = Of(7, "fotang");
        Connect(Access("st8", "st8", will: new MqttWill { Topic = seven.Offline, Payload = [9] })).Dispose();
        Connect(Access("st7", "st7", will: new MqttWill { Topic = seven.Offline, Payload = [5] })).Dispose();
        Assert.Equal(5, Next());
        Thread.Sleep(QuietMs);
        Assert.Empty(_county);
    }

    [Theory]
    [InlineData("own")]
    [InlineData("mosquitto")]
    public void A_name_is_no_help_to_take_the_connection_of_another(string broker)
    {
        Start(broker);
        using Peer one = Connect("st7", "st7", Of(7, "fotang").Down);
        foreach (string name in (string[])["st8", "reads-fotang"])
        {
            // One broker refuses, the other calls the connection by its user's name.
            string? refusal = Refusal(name, "st7", Password(name));
            Assert.Contains(broker == "own" ? "client id" : "none", refusal ?? "none", StringComparison.Ordinal);
        }

        _answer(Of(7, "fotang").Down, [4]);
        Assert.Equal(4, one.Next());
        Assert.True(one.Connection.IsOpen);
    }

    [Theory]
    [InlineData("own")]
    [InlineData("mosquitto")]
    public void Idle_path_to_the_same_broker_leaves_the_gateways_connection_alone_and_has_no_rights(string broker)
    {
        Start(broker);
        Topics seven = Of(7, "fotang");
        using Peer one = Connect("st7", "st7", seven.Down);
        using Peer idle = Connect(Access("st7-idle", "st7-idle", Password("st7")));
        idle.Connection.Subscribe(seven.Down);
        idle.Say(seven.Up(Lane.Fire), 3);
        one.Say(seven.Up(Lane.Fire), 1);
        Assert.Equal(1, Next());
        _answer(seven.Down, [4]);
        Assert.Equal(4, one.Next());
        Thread.Sleep(QuietMs);
        Assert.Empty(_county);
        Assert.Empty(idle.Heard);
        Assert.True(one.Connection.IsOpen);
    }

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
        using Peer reader = Connect("reads-fotang", "reads-fotang", "fgw/1/yiwu/fotang/+/+/up/#");
        Thread.Sleep(QuietMs);
        Assert.Empty(reader.Heard);
        Assert.Empty(_county);
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

        using Peer reader = Connect("reads-fotang", "reads-fotang", "fgw/1/yiwu/fotang/+/+/up/#");
        Thread.Sleep(QuietMs);
        Assert.Empty(reader.Heard);
        Assert.Empty(_county);
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

        _answer(seven.Down, [3]);
        using Peer one = Connect("st7", "st7", seven.Down);
        _answer(seven.Down, [4]);
        Assert.Equal(4, one.Next());
        Thread.Sleep(QuietMs);
        Assert.Empty(one.Heard);
        Assert.Matches("(?m)^persistent_client_expiration 1h$", Template());
    }

    [Theory]
    [InlineData("own")]
    [InlineData("mosquitto")]
    public void Silent_connections_are_bounded_and_who_is_in_is_heard(string broker)
    {
        Start(broker);
        using Peer one = Connect("st7", "st7");
        List<Socket> silent = Silent(broker == "own" ? BrokerLimits.ConnectionsMax : MosquittoConnections());
        try
        {
            Until(() => silent.Any(Ended));
            one.Say(Of(7, "fotang").Up(Lane.Fire), 1);
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

        Until(() => Refusal("st8", "st8", Password("st8")) is null);
        Assert.True(one.Connection.IsOpen);
    }

    [Fact]
    public void Reader_with_the_name_of_the_county_s_user_does_not_take_its_place()
    {
        _store.AddReader(Reader("yiwu", "fotang"));
        string password = Path.Combine(_folder, "county.password");
        File.WriteAllText(password, "county's own");
        string database = Path.Combine(_folder, "county.db");
        string[] export = ["broker", "export", "--db", database, "--out", _folder, "--password-file", password];
        Assert.Equal(0, Run([.. export, "--user", "yiwu"]));
        string line = Assert.Single(
            File.ReadLines(Path.Combine(_folder, "passwords")), l => l.StartsWith("yiwu:", StringComparison.Ordinal));
        Assert.True(BrokerPassword.Fits(line["yiwu:".Length..], "county's own"));
        Assert.Single(File.ReadLines(Path.Combine(_folder, "acl")), l => l == "user yiwu");
        Assert.NotEqual(0, Run([.. export, "--user", "st7"]));
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
        using Peer other = Connect("st8", "st8");
        other.Say(Of(8, "choucheng").Up(Lane.Fire), 2);
        Assert.Equal(2, Next());
    }

    [Fact]
    public void Reader_has_no_more_filters_than_a_client_may_have()
    {
        Start("own");
        using Peer reader = Connect("reads-fotang", "reads-fotang");
        for (int i = 0; i < BrokerLimits.FiltersMax; i++)
        {
            Assert.Null(reader.Connection.Subscribe($"fgw/1/yiwu/fotang/{i}/+/up/#"));
        }

        Assert.NotNull(reader.Connection.Subscribe("fgw/1/yiwu/fotang/cun/+/up/#"));
        Assert.Null(reader.Connection.Subscribe("fgw/1/yiwu/fotang/0/+/up/#"));
    }

    [Theory]
    [InlineData("own")]
    [InlineData("mosquitto")]
    public void Station_that_is_removed_or_gets_another_password_is_cut_at_once_and_others_are_not(string broker)
    {
        void Told()
        {
            if (_mosquitto is { } mosquitto)
            {
                Export(mosquitto);
                Signals.Send(mosquitto.ProcessId, Signals.Hangup);
            }
        }

        Start(broker);
        using Peer one = Connect("st7", "st7");
        using Peer two = Connect("st8", "st8");
        _store.RemoveStation(7);
        Told();
        one.AwaitEnd();
        Assert.Contains("refused", Refusal("st7", "st7", Password("st7")));
        Assert.True(two.Connection.IsOpen);
        _store.SetPassword(8, BrokerPassword.Hash("another"));
        Told();
        two.AwaitEnd();
        Assert.Null(Refusal("st8", "st8", "another"));
        _store.AddStation(Station(9, "fotang"));
        Told();
        Until(() => Refusal("st9", "st9", Password("st9")) is null);
    }

    [Theory]
    [InlineData("own")]
    [InlineData("mosquitto")]
    public void Key_that_is_replaced_as_stolen_cuts_its_connection_and_lets_only_the_new_password_in(string broker)
    {
        Start(broker);
        using Peer thief = Connect("st7", "st7");
        using Peer other = Connect("st8", "st8");
        string database = Path.Combine(_folder, "county.db");
        string secrets = Path.Combine(_folder, "st7.secrets");
        Assert.Equal(0, Run("station", "rotate", "--id", "7", "--stolen", "--out", secrets, "--db", database));
        if (_mosquitto is { } mosquitto)
        {
            Export(mosquitto);
            Signals.Send(mosquitto.ProcessId, Signals.Hangup);
        }

        thief.AwaitEnd();
        Assert.Contains("refused", Refusal("st7", "st7", Password("st7")));
        string password = File.ReadLines(secrets).Single(l => l.StartsWith("password ", StringComparison.Ordinal))["password ".Length..];
        Assert.Null(Refusal("st7", "st7", password));
        Assert.True(other.Connection.IsOpen);
    }

    [Fact]
    public void Wrong_passwords_are_answered_later_and_later_and_a_neighbour_at_the_same_address_is_not()
    {
        Start("own");
        for (int i = 0; i < 4; i++)
        {
            Refusal("st7", "st7", "wrong");
        }

        var watch = Stopwatch.StartNew();
        Assert.NotNull(Refusal("st7", "st7", "wrong"));
        Assert.True(watch.ElapsedMilliseconds > 2_000, $"answered after {watch.ElapsedMilliseconds} ms");
        watch.Restart();
        Assert.Null(Refusal("st8", "st8", Password("st8")));
        Assert.Null(Refusal("st7", "st7", Password("st7")));
        Assert.InRange(watch.ElapsedMilliseconds, 0, 2_000);
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

    [Fact]
    public void Hash_fits_its_password_alone_and_its_form_is_mosquittos()
    {
        string hash = BrokerPassword.Hash("right");
        Assert.Matches(@"^\$7\$100\$[A-Za-z0-9+/]{16}\$[A-Za-z0-9+/]{86}==$", hash);
        Assert.True(BrokerPassword.Fits(hash, "right"));
        Assert.False(BrokerPassword.Fits(hash, "wrong"));
        Assert.NotEqual(hash, BrokerPassword.Hash("right"));
        foreach (string bad in (string[])["", "$7$", "$7$0$AA==$AA==", "$6$1$AA==$AA==", "$7$1$?$?", "right"])
        {
            Assert.False(BrokerPassword.Fits(bad, "right"));
        }
    }

    public void Dispose()
    {
        _open.Reverse<IDisposable>().ToList().ForEach(one => one.Dispose());
        _registry.Dispose();
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
