// Owns: what a start does after a secure connect that never came back.
// Must never: open a connection; the factory here is a stand-in.

using Gateway.Esp32;
using Gateway.Link;

namespace Gateway.Tests.Hardware;

public sealed class SecureMarkTests : IDisposable
{
    private readonly TempDrive _drive = new();

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
        SecureMark mark = new(_drive.Root, 0, asked: true);
        Assert.False(mark.Found || mark.Froze);
        Assert.Equal(0, mark.HeldMs(1, 0));
        Assert.False(new SecureMark(_drive.Root, 0).Found);

        new SecureMark(_drive.Root, 0).Begin(1);
        new SecureMark(_drive.Root, 0).Begin(1);
        mark = new SecureMark(_drive.Root, 0, asked: true);
        Assert.True(mark.Found && !mark.Froze);
        Assert.Equal(600_000, mark.HeldMs(1, 0));
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
        SecureGate gate = new(factory, new SecureMark(_drive.Root, EspClock.NowMs()));
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
        SecureGate gate = new(factory, new SecureMark(_drive.Root, EspClock.NowMs()));
        Transport transport = gate.Create(0, "t", "w", null!);
        Assert.False(File.Exists(_drive.Full("tls.txt")));
        Assert.True(transport.Connect());
        Assert.False(File.Exists(_drive.Full("tls.txt")));

        factory.During = () => throw new IOException("refused");
        Assert.Throws<IOException>(() => gate.Create(0, "t", "w", null!).Connect());
        Assert.False(File.Exists(_drive.Full("tls.txt")));
    }

    public void Dispose() => _drive.Dispose();

    private sealed class Factory : TransportFactory
    {
        public int Made { get; private set; }

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
