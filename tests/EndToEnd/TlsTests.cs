// Owns: the broker as the county's page sets it up: certificates and configuration by its scripts, who may read and write what.
// Must never: use other certificates, settings or rules than those of the page.

using System.Diagnostics;
using Gateway.Contract;
using Gateway.Mqtt;

namespace Gateway.Tests.EndToEnd;

public sealed class TlsTests : IClassFixture<TlsTests.Made>, IDisposable
{
    private const int WaitMs = 600_000;
    private const int QuietMs = 1_000;
    private readonly OwnAuthority _authority;
    private int _port;

    public TlsTests(Made made) => _authority = new OwnAuthority(made.Authority);

    [Fact]
    public void Station_is_who_its_certificate_says_and_a_township_s_reader_sees_its_own_stations_alone()
    {
        using MosquittoBroker broker = Start();
        using MqttPeer reader = Connect("fotang", "fgw/#");
        using MqttPeer county = Connect("county", Topics.AllUp);
        using MqttPeer one = Connect("st1", "fgw/#");
        using MqttPeer two = Connect("st2", "#");
        one.Send(First.Up(Lane.Fire), [1]);
        two.Send(Second.Up(Lane.Fire), [2]);

        // Not theirs: the broker drops it.
        one.Send(Second.Up(Lane.Fire), [3]);
        one.Send(Second.Down, [3]);
        two.Send(First.Down, [3]);
        two.Send(new Topics("yiwu", "fotang", "qiantang", 2).Up(Lane.Fire), [3]);
        reader.Send(First.Down, [3]);
        reader.Send(First.Up(Lane.Fire), [3]);
        county.Send(First.Down, [4]);
        Patience.Until(() => county.Count() == 2 && one.Count() == 1 && reader.Count() == 1);
        Thread.Sleep(QuietMs);
        Assert.Equal([1, 2], Heard(county).Order());
        Assert.Equal([1], Heard(reader));
        Assert.Equal([4], Heard(one));
        Assert.Empty(Heard(two));
    }

    [Fact]
    public void Certificate_is_its_own_name_and_takes_nobody_s_connection_whatever_it_calls_itself()
    {
        using MosquittoBroker broker = Start();
        using MqttPeer county = Connect("county", Topics.AllUp);
        using MqttPeer one = Connect("st1", First.Down);
        foreach (string name in (string[])["fotang", "st2"])
        {
            // By client id and by user: a reader as the county, a station as another.
            using MqttPeer asCounty = Connect(Access(_authority.Shown(name), "county", user: "county"), Topics.AllUp);
            asCounty.Send(First.Down, [3]);
            using MqttPeer asStation = Connect(Access(_authority.Shown(name), "st1", user: "st1"), First.Down);
            asStation.Send(First.Up(Lane.Fire), [3]);
            one.Send(First.Up(Lane.Fire), [1]);
            Patience.Until(() => county.Count() == 1);
            county.Send(First.Down, [4]);
            Patience.Until(() => one.Count() == 1);
            Thread.Sleep(QuietMs);
            Assert.Equal([1], Heard(county));
            Assert.Equal([4], Heard(one));
            Assert.Empty(Heard(asCounty));
            Assert.Empty(Heard(asStation));
            Assert.True(county.Connection.IsOpen && one.Connection.IsOpen);
            county.NextBytes();
            one.NextBytes();
        }
    }

    [Fact]
    public void Gateway_and_county_meet_by_TLS_and_neither_comes_to_a_broker_of_another_authority()
    {
        _authority.Make("station", $"{Stage.Station}");
        using var strangers = new TestCertificates();
        using var stage = new Stage(authority: _authority);
        string trusting = Certificates("trusting", _authority.Ca);
        stage.TlsFolder = trusting;
        using (ChildProgram county = stage.StartCounty())
        {
            using (ChildProgram gateway = stage.StartGateway(
                "wait until online within 300s\npress 1\nwait 100ms\nwait until county holds within 300s\nquit\n"))
            {
                Assert.True(gateway.Finish(WaitMs) == 0, FaultTests.Said(gateway, county));
            }

            stage.TlsFolder = Certificates("deceived", strangers.OtherCa);
            using ChildProgram deceived = stage.StartGateway("wait 5s\nquit\n");
            deceived.Finish(WaitMs);
            Assert.DoesNotContain(deceived.Lines, line => line.Contains("在线", StringComparison.Ordinal));
        }

        stage.TlsFolder = trusting;
        stage.SettleAndCompare();
        Assert.Equal(1, FaultTests.Alarms(stage));

        // The county in each wrong way: it says so and comes in nowhere.
        string[] its = ["--cert", _authority.Pem("county"), "--key", _authority.Key("county")];
        foreach (string[] wrong in (string[][])[
            ["--ca", _authority.Ca],
            ["--ca", strangers.OtherCa, .. its],
            ["--user", "county", "--password-file", stage.PathOf("county.password")],
        ])
        {
            stage.CountySays = wrong;
            using ChildProgram county = stage.StartCounty();
            Patience.Until(() => county.Lines.Any(line => line.Contains("未连接", StringComparison.Ordinal)));
            Assert.DoesNotContain(county.Lines, line => line.Contains("已连接", StringComparison.Ordinal));
        }

        stage.CountySays = ["--ca", _authority.Ca, "--cert", _authority.Pem("fotang"), "--key", _authority.Key("fotang")];
        using ChildProgram reader = stage.StartCounty();
        Assert.NotEqual(0, reader.Finish(WaitMs));
        Assert.Contains(reader.Lines, line => line.Contains("the certificate of 'fotang'; allowed: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Nobody_gets_in_in_clear_without_a_certificate_or_with_a_wrong_one()
    {
        using var strangers = new TestCertificates();
        _authority.Timed("expired", "county", fromDays: -20, toDays: -1);
        _authority.Timed("future", "county", fromDays: 1, toDays: 20);
        using MosquittoBroker broker = Start();
        Assert.Null(Refusal(_authority.Shown("st1")));
        Refused(null);
        Refused(new MqttTls { CaFile = _authority.Ca });
        Refused(new MqttTls { CaFile = _authority.Ca, CertFile = strangers.ClientCert, KeyFile = strangers.ClientKey });
        Refused(_authority.Shown("expired"));
        Refused(_authority.Shown("future"));

        // The broker's own certificate is nobody's user.
        Refused(_authority.Shown("server"));
        Assert.Contains("unknown authority", Refused(new MqttTls
        {
            CaFile = strangers.Ca, CertFile = _authority.Pem("st1"), KeyFile = _authority.Key("st1"),
        }));

        // Nothing is open in clear beside it.
        string[] open = [.. broker.Log.Split('\n').Where(line => line.Contains("listen socket on port", StringComparison.Ordinal))];
        Assert.All(open, line => Assert.EndsWith($"port {_port}.", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Broker_with_another_name_is_refused()
    {
        using var elsewhere = new OwnAuthority("broker.example");
        elsewhere.Make("station", "1");
        using MosquittoBroker broker = MosquittoBroker.Start(Stations(), extra: "", elsewhere.ForBroker);
        _port = broker.Port;
        MqttTls shown = new() { CaFile = elsewhere.Ca, CertFile = elsewhere.Pem("st1"), KeyFile = elsewhere.Key("st1") };
        Assert.Contains("certificate of another host", Refused(shown));
    }

    [Fact]
    public void Revoked_certificate_comes_in_no_more_once_the_broker_has_the_list_and_loses_its_connection_with_a_restart()
    {
        (string cert, string key) = (_authority.Pem("taken"), _authority.Key("taken"));
        File.Copy(_authority.Pem("st1"), cert);
        File.Copy(_authority.Key("st1"), key);
        MqttTls stolen = new() { CaFile = _authority.Ca, CertFile = cert, KeyFile = key };
        using MosquittoBroker broker = Start();
        using MqttPeer thief = Connect(Access(stolen, "st1"), First.Down);

        // Its files are gone from here, as after they were handed out.
        File.Delete(_authority.Pem("st1"));
        File.Delete(_authority.Key("st1"));
        _authority.Make("revoke", "st1");
        _ = _authority.ForBroker;
        Signals.Send(broker.ProcessId, Signals.Hangup);
        Patience.Until(() => Refusal(stolen, "st1") is not null);
        Assert.Null(Refusal(_authority.Shown("st2")));
        broker.Restart();
        Patience.Until(() => !thief.Connection.IsOpen);
        Refused(stolen);
        Assert.Null(Refusal(_authority.Shown("st2")));

        // The box gets a new one under its name.
        _authority.Make("station", "1");
        Assert.Null(Refusal(_authority.Shown("st1")));
    }

    [Fact]
    public void Scripts_make_everything_once_private_and_give_nobody_a_name_that_is_another_s()
    {
        Assert.NotEqual(0, _authority.Run("ca").Code);
        Assert.NotEqual(0, _authority.Run("station", "1").Code);
        foreach (string[] wrong in (string[][])[
            ["station", "0"], ["reader", "st3"], ["reader", "county"], ["reader", "server"], ["reader", "ca"], ["county", "x"],
            ["server", "a b"], ["server", "a,DNS:b"], ["revoke", "../ca"],
        ])
        {
            Assert.Equal(2, _authority.Run(wrong).Code);
        }

        Assert.Contains("has no certificate that is good; allowed: ", _authority.Run("revoke", "nobody").Error, StringComparison.Ordinal);
        foreach (string file in Directory.GetFiles(_authority.Folder, "*.key"))
        {
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    [Theory]
    [InlineData("ca.key is there; allowed: a folder without it", "tls", "/d", "mosquitto", "0.0.0.0", "8883", "FOLDER")]
    [InlineData("/none/ca.pem is missing; allowed: ", "tls-passwords", "/d", "mosquitto", "::", "8883", "/none")]
    [InlineData("ADDRESS 'broker'; allowed: ", "clear", "/d", "mosquitto", "broker", "1883")]
    [InlineData("PORT '65536'; allowed: ", "clear", "/d", "mosquitto", "127.0.0.1", "65536")]
    [InlineData("USER 'a b'; allowed: ", "clear", "/d", "a b", "127.0.0.1", "1883")]
    [InlineData("DIR 'd'; allowed: ", "clear", "d", "mosquitto", "127.0.0.1", "1883")]
    [InlineData("control character; allowed: ", "clear", "/d\nallow_anonymous true", "mosquitto", "127.0.0.1", "1883")]
    public void Configuration_is_refused_with_place_value_and_what_is_allowed(string says, params string[] arguments)
    {
        (int code, string output, string error) = ChildProgram.Run(new ProcessStartInfo(
            Repository.Path("county", "mosquitto", "configure.sh"), arguments.Select(one => one == "FOLDER" ? _authority.Folder : one)));
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    public void Dispose() => _authority.Dispose();

    private static Topics First { get; } = new("yiwu", "fotang", "qiantang", 1);

    private static Topics Second { get; } = new("yiwu", "choucheng", "chengxi", 2);

    private static BrokerUser[] Stations() =>
        [BrokerUser.Station(1) with { Place = "yiwu/fotang/qiantang" }, BrokerUser.Station(2) with { Place = "yiwu/choucheng/chengxi" }];

    private MosquittoBroker Start()
    {
        MosquittoBroker broker = MosquittoBroker.Start([BrokerUser.County, .. Stations()], extra: "", _authority.ForBroker);
        string reader = File.ReadAllText(Repository.Path("county", "mosquitto", "acl.reader.template"))
            .Replace("@READER@", "fotang").Replace("@COUNTYCODE@", "yiwu").Replace("@TOWNSHIP@", "fotang");
        File.AppendAllText(Path.Combine(broker.Folder, "acl"), reader);
        broker.Restart();
        _port = broker.Port;
        return broker;
    }

    /// <summary>A folder as a gateway wants it.</summary>
    private string Certificates(string name, string ca)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_authority.Folder, name)).FullName;
        File.Copy(ca, Path.Combine(folder, "ca.pem"));
        File.Copy(_authority.Pem($"st{Stage.Station}"), Path.Combine(folder, "client.pem"));
        File.Copy(_authority.Key($"st{Stage.Station}"), Path.Combine(folder, "client.key"));
        return folder;
    }

    private MqttAccess Access(MqttTls? tls, string clientId, string? user = null) => new()
    {
        Host = MosquittoBroker.Host, Port = _port, ClientId = clientId, User = user, Tls = tls,
    };

    private MqttPeer Connect(string name, string topic) => Connect(Access(_authority.Shown(name), name), topic);

    private static MqttPeer Connect(MqttAccess access, string topic)
    {
        MqttPeer peer = new(access);
        peer.Join(topic);
        return peer;
    }

    private string? Refusal(MqttTls? tls, string clientId = "guest")
    {
        using var client = new MqttConnection(Access(tls, clientId));
        return client.Connect(WaitMs);
    }

    private string Refused(MqttTls? tls) => Assert.IsType<string>(Refusal(tls));

    private static int[] Heard(MqttPeer peer) => [.. peer.Messages.Select(message => (int)message.Bytes[0])];

    /// <summary>What each test begins with, made once.</summary>
    public sealed class Made : IDisposable
    {
        public Made()
        {
            Authority.Make("county");
            Authority.Make("station", "1");
            Authority.Make("station", "2");
            Authority.Make("reader", "fotang");
        }

        public OwnAuthority Authority { get; } = new("127.0.0.1");

        public void Dispose() => Authority.Dispose();
    }
}
