// Owns: the broker as the county's page sets it up: certificates by its script, TLS by its template, who may read and write what.
// Must never: use other certificates or rules than those of the page.

using System.Diagnostics;
using Gateway.Contract;
using Gateway.Mqtt;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

public sealed class TlsTests : IDisposable
{
    private const int WaitMs = 60_000;
    private const int QuietMs = 1_000;
    private readonly string _folder = Directory.CreateTempSubdirectory("certificates-").FullName;
    private readonly int _port = FreePort.Next();

    public TlsTests()
    {
        Make("ca");
        Make("server", "localhost", "127.0.0.1");
        Make("station", "1");
        Make("station", "2");
        Make("reader", "fotang");
        Make("reader", "county");
    }

    [Fact]
    public void Station_is_who_its_certificate_says_and_a_township_s_reader_sees_its_own_stations_alone()
    {
        using MosquittoBroker broker = Start();
        using Tapped reader = Connect("fotang", "fgw/#");
        using Tapped county = Connect("county", Topics.AllUp);
        using Tapped one = Connect("st1", "fgw/#");
        using Tapped two = Connect("st2", "#");
        var first = new Topics("yiwu", "fotang", "qiantang", 1);
        var second = new Topics("yiwu", "choucheng", "chengxi", 2);
        one.Client.Publish(first.Up(Lane.Fire), [1]);
        two.Client.Publish(second.Up(Lane.Fire), [2]);

        // Not theirs: the broker drops it.
        one.Client.Publish(second.Up(Lane.Fire), [3]);
        one.Client.Publish(second.Down, [3]);
        two.Client.Publish(first.Down, [3]);
        two.Client.Publish(new Topics("yiwu", "fotang", "qiantang", 2).Up(Lane.Fire), [3]);
        reader.Client.Publish(first.Down, [3]);
        reader.Client.Publish(first.Up(Lane.Fire), [3]);
        county.Client.Publish(first.Down, [4]);
        Until(() => county.Heard.Count == 2 && one.Heard.Count == 1 && reader.Heard.Count == 1);
        Thread.Sleep(QuietMs);
        Assert.Equal([1, 2], county.Heard.Select(bytes => (int)bytes[0]).Order());
        Assert.Equal([1], reader.Heard.Select(bytes => (int)bytes[0]));
        Assert.Equal([4], one.Heard.Select(bytes => (int)bytes[0]));
        Assert.Empty(two.Heard);
    }

    [Fact]
    public void Gateway_reaches_the_county_by_TLS_and_no_broker_that_its_authority_did_not_sign()
    {
        Make("station", $"{Stage.Station}");
        using var strangers = new TestCertificates();
        using var stage = new Stage(listener: Listener(), port: _port);
        string trusting = Certificates("trusting", Pem("ca"));
        stage.More = ["--tls", trusting];
        using (ChildProgram county = stage.StartCounty())
        {
            using (ChildProgram gateway = stage.StartGateway(
                "wait until online within 60s\npress 1\nwait 100ms\nwait until county holds within 60s\nquit\n"))
            {
                Assert.True(gateway.Finish(WaitMs) == 0, FaultTests.Said(gateway, county));
            }

            stage.More = ["--tls", Certificates("deceived", strangers.OtherCa)];
            using ChildProgram deceived = stage.StartGateway("wait 5s\nquit\n");
            deceived.Finish(WaitMs);
            Assert.DoesNotContain(deceived.Lines, line => line.Contains("在线", StringComparison.Ordinal));
        }

        stage.More = ["--tls", trusting];
        stage.SettleAndCompare();
        Assert.Equal(1, FaultTests.Alarms(stage));
    }

    [Fact]
    public void Without_a_certificate_of_the_authority_nobody_gets_in()
    {
        using MosquittoBroker broker = Start();
        using var strangers = new TestCertificates();
        Assert.False(Try(new MqttTls { CaFile = Pem("ca") }));
        Assert.False(Try(new MqttTls { CaFile = Pem("ca"), CertFile = strangers.ClientCert, KeyFile = strangers.ClientKey }));
        Assert.False(Try(new MqttTls { CaFile = strangers.Ca, CertFile = Pem("st1"), KeyFile = Key("st1") }));
        Assert.True(Try(new MqttTls { CaFile = Pem("ca"), CertFile = Pem("st1"), KeyFile = Key("st1") }));
    }

    [Fact]
    public void Certificates_are_made_once_and_their_keys_are_readable_to_their_owner_alone()
    {
        Assert.NotEqual(0, Run("ca"));
        Assert.NotEqual(0, Run("station", "1"));
        Assert.Equal(2, Run("station", "0"));
        Assert.Equal(2, Run("reader", "st3"));
        foreach (string file in Directory.GetFiles(_folder, "*.key"))
        {
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Until(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.ElapsedMilliseconds < WaitMs, "not everything came");
            Thread.Sleep(10);
        }
    }

    private static string Template(string name) => File.ReadAllText(Repository.Path("county", "mosquitto", name));

    private static BrokerUser[] Stations() =>
        [BrokerUser.Station(1) with { Place = "yiwu/fotang/qiantang" }, BrokerUser.Station(2) with { Place = "yiwu/choucheng/chengxi" }];

    private MosquittoBroker Start()
    {
        MosquittoBroker broker = MosquittoBroker.Start([BrokerUser.County, .. Stations()], Listener());
        string reader = Template("acl.reader.template").Replace("@READER@", "fotang").Replace("@COUNTYCODE@", "yiwu")
            .Replace("@TOWNSHIP@", "fotang");
        File.AppendAllText(Path.Combine(broker.Folder, "acl"), reader);
        broker.Restart();
        return broker;
    }

    private string Listener() => Template("mosquitto.tls.conf.template").Replace("@PORT@", $"{_port}")
        .Replace("@ADDRESS@", MosquittoBroker.Host).Replace("@CERTIFICATES@", _folder);

    /// <summary>A folder as a gateway wants it.</summary>
    private string Certificates(string name, string ca)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        File.Copy(ca, Path.Combine(folder, "ca.pem"));
        File.Copy(Pem($"st{Stage.Station}"), Path.Combine(folder, "client.pem"));
        File.Copy(Key($"st{Stage.Station}"), Path.Combine(folder, "client.key"));
        return folder;
    }

    private Tapped Connect(string name, string topic)
    {
        var heard = new List<byte[]>();
        var client = new MqttConnection(new MqttAccess
        {
            Host = MosquittoBroker.Host,
            Port = _port,
            ClientId = name,
            Tls = new MqttTls { CaFile = Pem("ca"), CertFile = Pem(name), KeyFile = Key(name) },
        })
        {
            Message = (_, payload) => heard.Add(payload),
        };
        Assert.Null(client.Connect(WaitMs));
        Assert.Null(client.Subscribe(topic));
        return new Tapped(client, heard);
    }

    private bool Try(MqttTls tls)
    {
        using var client = new MqttConnection(
            new MqttAccess { Host = MosquittoBroker.Host, Port = _port, ClientId = "guest", Tls = tls });
        return client.Connect(WaitMs) is null;
    }

    private void Make(params string[] arguments) => Assert.Equal(0, Run(arguments));

    private int Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Repository.Path("county", "mosquitto", "certificates.sh"), [_folder, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private string Pem(string name) => Path.Combine(_folder, name + ".pem");

    private string Key(string name) => Path.Combine(_folder, name + ".key");

    /// <summary>A client and what it heard.</summary>
    private sealed record Tapped(MqttConnection Client, List<byte[]> Heard) : IDisposable
    {
        public void Dispose() => Client.Dispose();
    }
}
