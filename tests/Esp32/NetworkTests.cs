// Owns: cable and radio behind one seam, and that nobody waits for them.
// Must never: touch this machine's network.

using Gateway.Esp32;
using Gateway.Link;
using nanoFramework.Networking;

namespace Gateway.Tests.Hardware;

public sealed class NetworkTests
{
    private readonly SimPath _cable = new();
    private readonly SimPath _radio = new();

    [Fact]
    public void The_cable_comes_first_and_the_radio_is_left_alone_while_it_has_an_address()
    {
        EspNetwork network = Made();
        _cable.Comes = true;
        network.Step();
        Assert.True(network.Up);
        Assert.Equal((1, 0), (_cable.Tried, _radio.Tried));
        network.Step();
        Assert.Equal((1, 0), (_cable.Tried, _radio.Tried));
    }

    [Fact]
    public void Without_an_address_by_the_cable_the_radio_is_tried_in_the_same_look()
    {
        EspNetwork network = Made();
        _radio.Comes = true;
        network.Step();
        Assert.True(network.Up);
        Assert.Equal((1, 1), (_cable.Tried, _radio.Tried));

        // The cable that comes back has its address from the runtime; nothing is asked for.
        _cable.Address = true;
        _radio.Address = false;
        network.Step();
        Assert.True(network.Up);
        Assert.Equal((1, 1), (_cable.Tried, _radio.Tried));
    }

    [Fact]
    public void A_board_with_the_radio_alone_never_asks_for_a_cable()
    {
        EspNetwork network = Made();
        _cable.Here = false;
        _radio.Comes = true;
        network.Step();
        Assert.True(network.Up);
        Assert.Equal(0, _cable.Tried);
    }

    [Fact]
    public void A_path_that_throws_keeps_no_other_from_being_tried()
    {
        EspNetwork network = Made();
        _cable.Throws = true;
        _radio.Comes = true;
        network.Step();
        Assert.True(network.Up);
        _radio.Comes = _radio.Address = false;
        _radio.Throws = true;
        network.Step();
        Assert.False(network.Up);
        Assert.Equal("it broke", network.Fault);
        Assert.Equal(2, network.Progress);
    }

    [Fact]
    public void An_image_without_a_network_says_so()
    {
        EspNetwork network = Made();
        _cable.Here = _radio.Here = false;
        network.Step();
        Assert.Equal("the firmware image has no network interface", network.Fault);
    }

    [Fact]
    public async Task While_a_path_hangs_an_attempt_is_refused_at_once_and_the_network_shows_no_progress()
    {
        EspNetwork network = Made();
        using ManualResetEventSlim let = new();
        using ManualResetEventSlim begun = new();
        _cable.Hangs = () =>
        {
            begun.Set();
            let.Wait(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        };
        Task look = Task.Run(network.Step, TestContext.Current.CancellationToken);
        Assert.True(begun.Wait(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));
        int progress = network.Progress;
        Transport refused = new NetworkGate(new NoFactory(), network).Create(0, "t", "w", null!);
        Assert.IsType<NoTransport>(refused);
        Assert.False(network.Up);
        Assert.Equal(progress, network.Progress);
        let.Set();
        await look;
    }

    [Fact]
    public void The_time_server_is_named_once_and_only_with_an_address()
    {
        int before = Sntp.Starts;
        EspNetwork network = new([_cable, _radio], "10.1.2.9");
        network.Step();
        Assert.Equal(before, Sntp.Starts);
        _radio.Comes = true;
        network.Step();
        network.Step();
        Assert.Equal(before + 1, Sntp.Starts);
        Assert.Equal("10.1.2.9", Sntp.Server1);
        EspNetwork other = Made();
        other.Step();
        Assert.Equal(before + 1, Sntp.Starts);
    }

    private EspNetwork Made() => new([_cable, _radio], "");

    private sealed class SimPath : NetworkPath
    {
        public bool Here { get; set; } = true;

        public bool Address { get; set; }

        /// <summary>An address comes when it is asked for.</summary>
        public bool Comes { get; set; }

        public bool Throws { get; set; }

        public Action? Hangs { get; set; }

        public int Tried { get; private set; }

        public override bool Present() => Here;

        public override bool HasAddress() => Address;

        public override void BringUp()
        {
            Tried++;
            Hangs?.Invoke();
            if (Throws)
            {
                throw new InvalidOperationException("it broke");
            }

            Address = Comes;
        }
    }

    private sealed class NoFactory : TransportFactory
    {
        public override Transport Create(int path, string willTopic, string will, TransportSink sink) =>
            throw new InvalidOperationException("a client was made without an address");
    }
}
