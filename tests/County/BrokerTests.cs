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

namespace Gateway.County.Tests;

public sealed partial class BrokerTests : IDisposable
{
    private const int WaitMs = 120_000;
    private const int QuietMs = 700;

    private readonly string _folder = MemoryFolder.Create("county-broker-");
    private readonly List<IDisposable> _open = [];
    private readonly BlockingCollection<(string Topic, byte[] Payload)> _county = [];
    private readonly SqlStore _store;
    private readonly SqlStore _registry;
    private Action<string, byte[]> _answer = (_, _) => { };
    private MosquittoBroker? _mosquitto;
    private int _port;

    public BrokerTests()
    {
        string db = EmptyStore.At(Path.Combine(_folder, "county.db"));
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
        using MqttPeer one = Connect("st7", "st7", seven.Down);
        using MqttPeer two = Connect("st8", "st8", "#", eight.Down);
        using MqttPeer reader = Connect("reads-fotang", "reads-fotang", "fgw/1/yiwu/fotang/+/+/up/#", Topics.AllUp, "#");
        two.Send(seven.Up(Lane.Fire), [3]);
        two.Send(seven.Down, [3]);
        two.Send(new Topics("yiwu", "fotang", "cun", 8).Up(Lane.Fire), [3]);
        reader.Send(seven.Down, [3]);
        reader.Send(seven.Up(Lane.Fire), [3]);
        reader.Send("$SYS/x", [3]);
        one.Connection.Publish(seven.Up(Lane.Fire), new byte[ContractLimits.MessageBytesMax + 1]);
        one.Send(seven.Up(Lane.Fire), [1]);
        two.Send(eight.Up(Lane.Fire), [2]);
        Assert.Equal([(byte)1, (byte)2], new[] { Next(), Next() }.Order());
        _answer(seven.Down, [4]);
        Assert.Equal(4, one.NextBytes().Bytes[0]);
        Assert.Equal(1, reader.NextBytes().Bytes[0]);
        Thread.Sleep(QuietMs);
        Assert.Empty(_county);
        Assert.Empty(one.Messages);
        Assert.Empty(two.Messages);
        Assert.Empty(reader.Messages);
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
        new MqttPeer(Access("st8", "st8", will: new MqttWill { Topic = seven.Offline, Payload = [9] })).Dispose();
        new MqttPeer(Access("st7", "st7", will: new MqttWill { Topic = seven.Offline, Payload = [5] })).Dispose();
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
        using MqttPeer one = Connect("st7", "st7", Of(7, "fotang").Down);
        foreach (string name in (string[])["st8", "reads-fotang"])
        {
            // One broker refuses, the other calls the connection by its user's name.
            string? refusal = Refusal(name, "st7", Password(name));
            Assert.Contains(broker == "own" ? "client id" : "none", refusal ?? "none", StringComparison.Ordinal);
        }

        _answer(Of(7, "fotang").Down, [4]);
        Assert.Equal(4, one.NextBytes().Bytes[0]);
        Assert.True(one.Connection.IsOpen);
    }

    [Theory]
    [InlineData("own")]
    [InlineData("mosquitto")]
    public void Standby_path_to_the_same_broker_leaves_the_gateways_connection_alone_and_has_no_rights(string broker)
    {
        Start(broker);
        Topics seven = Of(7, "fotang");
        using MqttPeer one = Connect("st7", "st7", seven.Down);
        using MqttPeer idle = new(Access("st7-idle", "st7-idle", Password("st7")));
        idle.Connection.Subscribe(seven.Down);
        idle.Send(seven.Up(Lane.Fire), [3]);
        one.Send(seven.Up(Lane.Fire), [1]);
        Assert.Equal(1, Next());
        _answer(seven.Down, [4]);
        Assert.Equal(4, one.NextBytes().Bytes[0]);
        Thread.Sleep(QuietMs);
        Assert.Empty(_county);
        Assert.Empty(idle.Messages);
        Assert.True(one.Connection.IsOpen);
    }

    [Theory]
    [InlineData("own", 0)]
    [InlineData("own", 1)]
    [InlineData("mosquitto", 0)]
    [InlineData("mosquitto", 1)]
    public void Station_hears_as_it_asked_to(string broker, byte qos)
    {
        Start(broker);
        string down = Of(7, "fotang").Down;
        using TcpClient client = new();
        client.Connect(IPAddress.Loopback, _port);
        client.ReceiveTimeout = WaitMs;
        ComeIn(client.GetStream(), "st7");
        client.GetStream().Write(Packet(0x82, [0, 1, .. Text(down), qos]));
        byte[] granted = new byte[5];
        client.GetStream().ReadExactly(granted);
        Assert.Equal([0x90, 3, 0, 1, qos], granted);

        // Without an acknowledgement more than may wait for one.
        for (int i = 0; qos == 0 && i < 2 * BrokerLimits.UnansweredMax; i++)
        {
            _answer(down, [4]);
            Read();
        }

        _answer(down, [4]);
        Read();

        void Read()
        {
            byte[] came = new byte[2 + 2 + down.Length + 2 * qos + 1];
            client.GetStream().ReadExactly(came);
            Assert.Equal((0x30 | (qos << 1), 4), (came[0], came[^1]));
        }
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
        using MqttPeer one = Connect("st7", "st7");
        using MqttPeer two = Connect("st8", "st8");
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
        Patience.Until(() => Refusal("st9", "st9", Password("st9")) is null);
    }

    [Theory]
    [InlineData("own")]
    [InlineData("mosquitto")]
    public void Key_that_is_replaced_as_stolen_cuts_its_connection_and_lets_only_the_new_password_in(string broker)
    {
        Start(broker);
        using MqttPeer thief = Connect("st7", "st7");
        using MqttPeer other = Connect("st8", "st8");
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
        foreach (string name in (string[])["st8", "st7"])
        {
            string? refusal = "not answered";
            Thread right = new(() => refusal = Refusal(name, name, Password(name)));
            right.Start();
            Assert.InRange(Patience.RunMsUntil(() => !right.IsAlive, "the answer to a right password"), 0, 2_000);
            Assert.Null(refusal);
        }
    }

    [Fact]
    public void Right_password_is_taken_while_many_wrong_ones_of_its_name_wait_at_its_address()
    {
        Start("own");
        Thread[] guessers = [.. Enumerable.Range(0, 2 * CountyLimits.WrongPendingMax).Select(i => new Thread(() =>
        {
            for (int guess = 0; guess < 3; guess++)
            {
                Refusal("st7", "st7", $"wrong {i} {guess}");
            }
        }))];
        foreach (Thread guesser in guessers)
        {
            guesser.Start();
        }

        Thread.Sleep(500);
        Assert.Null(Refusal("st7", "st7", Password("st7")));
        foreach (Thread guesser in guessers)
        {
            guesser.Join();
        }
    }

    [Fact]
    public void Second_county_at_a_port_is_refused()
    {
        Start("own");
        using EmbeddedBroker second = new(
            new IPEndPoint(IPAddress.Loopback, _port), null, _registry.RegistryVersion,
            () => new BrokerRules(_registry.Stations(), _registry.Readers()));
        Assert.Contains("in use", second.Connect(Topics.AllUp, WaitMs), StringComparison.Ordinal);
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
