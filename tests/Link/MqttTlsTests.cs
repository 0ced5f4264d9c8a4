// Owns: who gets through TLS and who does not, and in which words, against a real broker that asks for a client's certificate.
// Must never: switch a check of certificates off.

using System.Net;
using System.Net.Sockets;
using Gateway.Mqtt;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Link.Tests;

public sealed class MqttTlsTests : IDisposable
{
    private const int WaitMs = 120_000;

    private readonly TestCertificates _files = new();
    private readonly int _port = FreePort.Next();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Right_certificates_on_both_sides_connect_and_carry_messages()
    {
        using MosquittoBroker broker = Broker(_files.ServerCert, _files.ServerKey);
        using var published = new ManualResetEventSlim();
        using MqttConnection client = Client(_files.Ca, _files.ClientCert, _files.ClientKey);
        client.Published = published.Set;
        Assert.Null(client.Connect(WaitMs));
        Assert.True(client.Publish("fgw/1/c/t/v/7/up/fire", new byte[1000]));
        Assert.True(published.Wait(WaitMs, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Broker_of_another_authority_is_refused_as_that()
    {
        using MosquittoBroker broker = Broker(_files.ServerCert, _files.ServerKey);
        Assert.Contains("unknown authority", Refusal(_files.OtherCa));
    }

    [Fact]
    public void Broker_with_the_certificate_of_another_host_is_refused_as_that()
    {
        using MosquittoBroker broker = Broker(_files.WrongNameCert, _files.WrongNameKey);
        Assert.Contains("another host", Refusal(_files.Ca));
    }

    [Fact]
    public void Certificate_out_of_its_time_is_refused_as_expired_or_not_yet_valid()
    {
        using (MosquittoBroker broker = Broker(_files.ExpiredCert, _files.ExpiredKey))
        {
            Assert.Contains("expired", Refusal(_files.Ca));
        }

        using MosquittoBroker future = Broker(_files.FutureCert, _files.FutureKey);
        Assert.Contains("not yet valid", Refusal(_files.Ca));
    }

    [Fact]
    public void Client_without_a_certificate_or_with_a_strangers_is_refused()
    {
        using MosquittoBroker broker = Broker(_files.ServerCert, _files.ServerKey);
        using MqttConnection none = Client(_files.Ca, null, null);
        Assert.NotNull(none.Connect(WaitMs));
        using MqttConnection stranger = Client(_files.Ca, _files.StrangerCert, _files.StrangerKey);
        Assert.NotNull(stranger.Connect(WaitMs));
    }

    [Fact]
    public void Handshake_that_stalls_is_ended_by_dispose()
    {
        using var silent = new TcpListener(IPAddress.Loopback, _port);
        silent.Start();
        using MqttConnection client = Client(_files.Ca, null, null);
        string? why = null;
        var waiting = new Thread(() => why = client.Connect(10 * WaitMs));
        waiting.Start();
        using Socket accepted = silent.AcceptSocket();
        accepted.Receive(new byte[100]);
        client.Dispose();
        Assert.True(waiting.Join(WaitMs));
        Assert.Contains("closed by this side", why);
    }

    [Fact]
    public void Wrong_file_is_named_with_what_is_allowed()
    {
        Assert.Contains("/no/such/ca.pem", new MqttTls { CaFile = "/no/such/ca.pem" }.Problem());
        Assert.Contains(_files.ClientKey, new MqttTls { CaFile = _files.ClientKey }.Problem());
        Assert.Contains("half a pair", new MqttTls { CaFile = _files.Ca, CertFile = _files.ClientCert }.Problem());
        MqttTls mixed = new() { CaFile = _files.Ca, CertFile = _files.ClientCert, KeyFile = _files.StrangerKey };
        Assert.Contains("allowed", mixed.Problem());
        Assert.Null(new MqttTls { CaFile = _files.Ca, CertFile = _files.ClientCert, KeyFile = _files.ClientKey }.Problem());
    }

    private MosquittoBroker Broker(string cert, string key) =>
        MosquittoBroker.Start([BrokerUser.Station(7)], _files.Listener(_port, cert, key));

    private string? Refusal(string ca)
    {
        using MqttConnection client = Client(ca, _files.ClientCert, _files.ClientKey);
        return client.Connect(WaitMs);
    }

    private MqttConnection Client(string ca, string? cert, string? key) => new(BrokerUser.Station(7).At(
        _port, tls: new MqttTls { CaFile = ca, CertFile = cert, KeyFile = key }));
}
