// Owns: who gets through TLS and who does not, against a real broker that asks for a client's certificate.
// Must never: switch a check of certificates off.

using System.Net;
using System.Net.Sockets;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Mosquitto.Tests;

public sealed class MosquittoTlsTests : IDisposable
{
    private const int WaitMs = 60_000;

    private readonly TestCertificates _files = new();
    private readonly int _port = FreePort.Next();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Right_certificates_on_both_sides_connect_and_carry_messages()
    {
        using MosquittoBroker broker = Broker(wrongName: false);
        using var published = new ManualResetEventSlim();
        using MosquittoClient client = Client(_files.Ca, _files.ClientCert, _files.ClientKey);
        client.Published = _ => published.Set();
        Assert.Equal(MosquittoReason.None, client.Connect(WaitMs));
        Assert.True(client.Publish("fgw/1/c/t/v/7/up/fire", new byte[1000], qos: 1) > 0);
        Assert.True(published.Wait(WaitMs, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Broker_of_another_authority_is_refused()
    {
        using MosquittoBroker broker = Broker(wrongName: false);
        using MosquittoClient client = Client(_files.OtherCa, _files.ClientCert, _files.ClientKey);
        Assert.Equal(MosquittoEnd.Network, client.Connect(WaitMs).End);
    }

    [Fact]
    public void Broker_with_the_certificate_of_another_host_is_refused()
    {
        using MosquittoBroker broker = Broker(wrongName: true);
        using MosquittoClient client = Client(_files.Ca, _files.ClientCert, _files.ClientKey);
        Assert.Equal(MosquittoEnd.Network, client.Connect(WaitMs).End);
    }

    [Fact]
    public void Client_without_a_certificate_or_with_a_strangers_is_refused()
    {
        using MosquittoBroker broker = Broker(wrongName: false);
        using MosquittoClient none = Client(_files.Ca, null, null);
        Assert.False(none.Connect(WaitMs).Ok);
        using MosquittoClient stranger = Client(_files.Ca, _files.StrangerCert, _files.StrangerKey);
        Assert.False(stranger.Connect(WaitMs).Ok);
    }

    [Fact]
    public void Handshake_that_stalls_is_ended_by_dispose()
    {
        using var silent = new TcpListener(IPAddress.Loopback, _port);
        silent.Start();
        using MosquittoClient client = Client(_files.Ca, null, null);
        MosquittoReason reason = MosquittoReason.None;
        var waiting = new Thread(() => reason = client.Connect(60_000));
        waiting.Start();
        using Socket accepted = silent.AcceptSocket();
        accepted.Receive(new byte[100]);
        client.Dispose();
        Assert.True(waiting.Join(20_000));
        Assert.Equal(MosquittoEnd.Closed, reason.End);
    }

    private MosquittoBroker Broker(bool wrongName) => MosquittoBroker.Start([BrokerUser.Station(7)], _files.Listener(_port, wrongName));

    private MosquittoClient Client(string ca, string? cert, string? key)
    {
        BrokerUser user = BrokerUser.Station(7);
        return new MosquittoClient(new MosquittoOptions
        {
            Host = MosquittoBroker.Host,
            Port = _port,
            ClientId = user.Name,
            User = user.Name,
            Password = user.Password,
            Tls = new MosquittoTls { CaFile = ca, CertFile = cert, KeyFile = key },
        });
    }
}
