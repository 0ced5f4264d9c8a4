// Owns: what a start does after a secure connect that never came back.
// Must never: speak MQTT or TLS; the factory here is a stand-in, and the broker a port.

using System.Net;
using System.Net.Sockets;
using Gateway.Esp32;
using Gateway.Link;

namespace Gateway.Tests.Hardware;

public sealed class SecureMarkTests : IDisposable
{
    private readonly TempDrive _drive = new();
    private readonly TcpListener _broker = new(IPAddress.Loopback, 0);
    private readonly LinkAccess _access = new();

    public SecureMarkTests()
    {
        _broker.Start();
        for (int path = 0; path < 2; path++)
        {
            _access.Host[path] = "127.0.0.1";
            _access.Port[path] = ((IPEndPoint)_broker.LocalEndpoint).Port;
        }
    }

    [Fact]
    public void A_drive_without_the_note_holds_nothing_back()
    {
        SecureMark mark = new(_drive.Root, 0);
        Assert.False(mark.Found);
        Assert.Equal(0, mark.HeldMs(0, 0));
        Assert.Equal(0, mark.HeldMs(1, 0));
    }

    [Fact]
    public void A_connect_that_came_back_leaves_no_note()
    {
        SecureMark mark = new(_drive.Root, 0);
        mark.Begin(0);
        Assert.True(File.Exists(_drive.Full("tls.txt")));
        mark.End(0);
        Assert.False(File.Exists(_drive.Full("tls.txt")));
        Assert.False(new SecureMark(_drive.Root, 0).Found);
    }

    [Fact]
    public void After_a_stall_that_path_waits_ten_minutes_and_the_other_does_not()
    {
        new SecureMark(_drive.Root, 0).Begin(1);
        SecureMark mark = new(_drive.Root, 5000);
        Assert.True(mark.Found);
        Assert.Equal(0, mark.HeldMs(0, 5000));
        Assert.Equal(600_000, mark.HeldMs(1, 5000));
        Assert.Equal(0, mark.HeldMs(1, 605_000));
    }

    [Fact]
    public void After_a_second_stall_it_waits_an_hour_and_never_longer()
    {
        for (int stalls = 0; stalls < 30; stalls++)
        {
            new SecureMark(_drive.Root, 0).Begin(0);
        }

        Assert.Equal(3_600_000, new SecureMark(_drive.Root, 0).HeldMs(0, 0));
    }

    [Fact]
    public void A_power_cut_while_it_waits_does_not_shorten_the_wait()
    {
        new SecureMark(_drive.Root, 0).Begin(0);
        Assert.Equal(600_000, new SecureMark(_drive.Root, 0).HeldMs(0, 0));
        Assert.Equal(600_000, new SecureMark(_drive.Root, 0).HeldMs(0, 0));
    }

    [Fact]
    public void A_restart_in_order_amid_a_connect_is_no_stall_and_forgets_none()
    {
        new SecureMark(_drive.Root, 0).Begin(1);
        SecureMark mark = new(_drive.Root, 0, inOrder: true);
        Assert.False(mark.Found || mark.Froze);
        Assert.Equal(0, mark.HeldMs(1, 0));
        Assert.False(new SecureMark(_drive.Root, 0).Found);

        new SecureMark(_drive.Root, 0).Begin(1);
        new SecureMark(_drive.Root, 0).Begin(1);
        mark = new SecureMark(_drive.Root, 0, inOrder: true);
        Assert.True(mark.Found && !mark.Froze);
        Assert.Equal(600_000, mark.HeldMs(1, 0));
    }

    // Held for longer than their trial lasts, settings that lead to a broker in place of the one that stalled could never come in force.
    [Fact]
    public void Settings_on_trial_may_try_a_broker_at_once_and_those_before_them_wait_on()
    {
        Assert.True(EspLimits.StalledFirstMs > Core.Limits.SettingsTrialMs);
        new SecureMark(_drive.Root, 0).Begin(0);
        SecureMark mark = new(_drive.Root, 0);
        mark.HoldNone();
        Assert.Equal(0, mark.HeldMs(0, 0));
        Assert.True(mark.Found);
        Assert.Equal(600_000, new SecureMark(_drive.Root, 0).HeldMs(0, 0));

        // And where the new one stalls too, the last settings find it noted.
        mark.Begin(0);
        Assert.Equal(3_600_000, new SecureMark(_drive.Root, 0).HeldMs(0, 0));
    }

    [Fact]
    public void A_good_connect_on_the_other_path_forgets_nothing_of_this_one()
    {
        new SecureMark(_drive.Root, 0).Begin(0);
        SecureMark mark = new(_drive.Root, 0);
        mark.Begin(1);
        mark.End(1);
        mark = new SecureMark(_drive.Root, 0);
        Assert.True(mark.Found);
        Assert.Equal(600_000, mark.HeldMs(0, 0));
        mark.Begin(0);
        mark.End(0);
        Assert.False(new SecureMark(_drive.Root, 0).Found);
    }

    [Fact]
    public void Two_connects_at_once_are_noted_both()
    {
        SecureMark mark = new(_drive.Root, 0);
        mark.Begin(0);
        mark.Begin(1);
        mark.End(0);
        mark = new SecureMark(_drive.Root, 0);
        Assert.Equal(0, mark.HeldMs(0, 0));
        Assert.Equal(600_000, mark.HeldMs(1, 0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("01")]
    [InlineData("0 1")]
    [InlineData("01x")]
    [InlineData("0011")]
    public void A_damaged_note_counts_as_none(string text)
    {
        File.WriteAllText(_drive.Full("tls.txt"), text);
        Assert.False(new SecureMark(_drive.Root, 0).Found);
    }

    [Fact]
    public void The_gate_refuses_the_path_that_stalled_and_says_why()
    {
        new SecureMark(_drive.Root, 0).Begin(0);
        Factory factory = new();
        SecureGate gate = new(factory, new SecureMark(_drive.Root, EspClock.NowMs()), _access);
        Transport held = gate.Create(0, "t", "w", null!);
        Assert.False(held.Connect());
        Assert.Contains("TLS", held.Fault(), StringComparison.Ordinal);
        Assert.Equal(0, factory.Made);
        Assert.True(gate.Create(1, "t", "w", null!).Connect());
    }

    [Fact]
    public void The_note_stands_exactly_while_the_connect_is_under_way()
    {
        Factory factory = new() { During = () => Assert.Equal("001", File.ReadAllText(_drive.Full("tls.txt"))) };
        SecureGate gate = new(factory, new SecureMark(_drive.Root, EspClock.NowMs()), _access);
        Transport transport = gate.Create(0, "t", "w", null!);
        Assert.False(File.Exists(_drive.Full("tls.txt")));
        Assert.True(transport.Connect());
        Assert.False(File.Exists(_drive.Full("tls.txt")));

        factory.During = () => throw new IOException("refused");
        Assert.Throws<IOException>(() => gate.Create(0, "t", "w", null!).Connect());
        Assert.False(File.Exists(_drive.Full("tls.txt")));
    }

    [Fact]
    public void A_power_cut_while_a_broker_is_away_leaves_no_note()
    {
        Factory factory = new();
        SecureMark mark = new(_drive.Root, 0);
        _broker.Stop();
        Transport transport = new SecureGate(factory, mark, _access).Create(0, "t", "w", null!);
        Assert.ThrowsAny<Exception>(() => transport.Connect());
        Assert.False(factory.Connected);
        Assert.False(File.Exists(_drive.Full("tls.txt")));
    }

    [Fact]
    public void A_broker_with_a_name_is_not_looked_up_and_noted_from_the_beginning()
    {
        _access.Host[0] = "broker.invalid";
        Factory factory = new() { During = () => Assert.True(File.Exists(_drive.Full("tls.txt"))) };
        Assert.True(new SecureGate(factory, new SecureMark(_drive.Root, 0), _access).Create(0, "t", "w", null!).Connect());
    }

    [Fact]
    public async Task An_attempt_that_is_given_up_while_the_broker_does_not_answer_ends_without_a_note()
    {
        // A full queue of connections that nobody takes answers no more.
        _broker.Stop();
        using Socket silent = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen(0);
        IPEndPoint place = (IPEndPoint)silent.LocalEndPoint!;
        _access.Port[0] = place.Port;
        List<Socket> queued = [];
        for (int i = 0; i < 8; i++)
        {
            queued.Add(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false });
            try
            {
                queued[^1].Connect(place);
            }
            catch (SocketException)
            {
                // Under way.
            }
        }

        Factory factory = new();
        Transport transport = new SecureGate(factory, new SecureMark(_drive.Root, 0), _access).Create(0, "t", "w", null!);
        Task<bool> attempt = Task.Run(() =>
        {
            try
            {
                return transport.Connect();
            }
            catch (SocketException)
            {
                return false;
            }
            catch (ObjectDisposedException)
            {
                return false;
            }
        }, TestContext.Current.CancellationToken);
        transport.Dispose();
        Assert.False(await attempt.WaitAsync(TimeSpan.FromSeconds(100), TestContext.Current.CancellationToken));
        Assert.False(factory.Connected || File.Exists(_drive.Full("tls.txt")));
        queued.ForEach(socket => socket.Dispose());
    }

    public void Dispose()
    {
        _broker.Stop();
        _drive.Dispose();
    }

    private sealed class Factory : TransportFactory
    {
        public int Made { get; private set; }

        public bool Connected { get; set; }

        public Action During { get; set; } = () => { };

        public override Transport Create(int path, string willTopic, string will, TransportSink sink)
        {
            Made++;
            return new Fake(this);
        }
    }

    private sealed class Fake(Factory factory) : Transport
    {
        public override bool Connect()
        {
            factory.Connected = true;
            factory.During();
            return true;
        }

        public override bool Subscribe(string topic) => true;

        public override bool Publish(string topic, byte[] message, int count) => true;

        public override void Dispose()
        {
            // Nothing is held.
        }

        public override string Fault() => null!;
    }
}
