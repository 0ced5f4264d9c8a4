// Owns: what a store that refuses a frame and a clock that is years off do to boxes and centres: nothing that is good waits.
// Must never: break a real store.

using System.Net;
using System.Net.Sockets;
using Gateway.Contract;
using Gateway.County;
using Gateway.County.Gb26875;
using Gateway.Gb26875;
using Gateway.Tests.Support;

namespace Gateway.Tests.CountyGb26875;

public class TroubleTests
{
    [Fact]
    public void A_frame_that_cannot_be_stored_holds_up_no_other()
    {
        using FrameRig rig = new();
        rig.Desk.Rooms = [new Refusing(4)];
        using PeerReceiver receiver = new(new IPEndPoint(IPAddress.Loopback, 0), () => { });
        receiver.Work(rig.Desk, rig.Now);
        LoneLink link = new(receiver.Door);
        for (ushort i = 4; i <= 6; i++)
        {
            link.Take(HostileTests.Fire(889, i, i));
        }

        Assert.Equal("4", Assert.Throws<InvalidOperationException>(() => receiver.Work(rig.Desk, rig.Now)).Message);
        Assert.Equal(["fire-alarm 1", "fire-alarm 2"], rig.Events);
        Assert.Equal([5, 6], link.Sent.Select(frame => (int)frame[FrameLayout.Sequence]));
        Assert.Equal(0, link.Waiting);
    }

    [Fact]
    public void A_store_that_does_not_answer_keeps_no_connection_from_being_read_later()
    {
        using FrameRig rig = new();
        using PeerReceiver receiver = new(new IPEndPoint(IPAddress.Loopback, 0), () => { });
        using DeafStore store = new(rig.Store);
        CountyDesk desk = new(store, rig, new CountyOptions());
        receiver.Work(desk, rig.Now);
        LoneLink link = new(receiver.Door);
        link.Take(HostileTests.Fire(889, 4, 4));
        store.Deaf = true;
        Assert.Throws<TimeoutException>(() => receiver.Work(desk, rig.Now));
        Assert.Empty(link.Sent);

        // What is counted as waiting does wait.
        Assert.Equal(receiver.Door.Queue.Count, link.Waiting);
    }

    [Fact]
    public void A_store_that_fails_in_the_first_turn_leaves_no_box_unheard()
    {
        using FrameRig rig = new();
        using PeerReceiver receiver = new(new IPEndPoint(IPAddress.Loopback, 0), () => { });
        using DeafStore store = new(rig.Store);
        CountyDesk desk = new(store, rig, new CountyOptions());
        store.Deaf = true;
        Assert.Throws<TimeoutException>(() => receiver.Work(desk, rig.Now));
        store.Deaf = false;
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(receiver.Address);
        socket.Send(HostileTests.Fire(889, 1, 1));
        Patience.Until(
            () =>
            {
                receiver.Work(desk, rig.Now);
                return rig.Events.Length == 1;
            },
            "the box is heard");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(946_655_999_999)]
    [InlineData(9_100_000_000_000)]
    [InlineData(long.MaxValue)]
    public void A_moment_that_six_bytes_cannot_say_is_left_out(long utcMs) => Assert.True(PeerTimes.ToFrame(utcMs, PeerFlags.None).IsEmpty);

    [Fact]
    public void A_county_whose_clock_is_years_off_stores_and_confirms_and_sets_no_boxs_clock()
    {
        using FrameRig rig = new();
        rig.Desk.Tick(rig.Now);
        rig.NowMs = 1_000;
        using PeerReceiver receiver = new(new IPEndPoint(IPAddress.Loopback, 0), () => { }, new StoppedClock(DateTimeOffset.UnixEpoch));
        receiver.Work(rig.Desk, rig.Now);
        LoneLink link = new(receiver.Door);
        link.Take(HostileTests.Fire(889, 7, 1));
        rig.Desk.Queue(new CommandRequest(FrameRig.Station, (int)CommandCode.Clock), rig.Now);
        rig.Desk.Queue(new CommandRequest(FrameRig.Station, (int)CommandCode.DutyCheck, 3), rig.Now);
        for (int i = 0; i < 3; i++)
        {
            rig.Pass(1_000);
            rig.Desk.Tick(rig.Now);
            _ = rig.Desk.Commands(rig.Now);
            receiver.Work(rig.Desk, rig.Now);
        }

        Assert.Equal(["fire-alarm 1"], rig.Events);
        Assert.Equal(
            [FrameCommand.Confirm, FrameCommand.Control], link.Sent.Select(frame => (FrameCommand)frame[FrameLayout.Command]));
        Assert.Equal((byte)UnitType.DutyCheck, link.Sent[1][FrameLayout.Unit]);
    }

    /// <summary>A store that for a while does not answer.</summary>
    private sealed class DeafStore(IEventStore store) : IEventStore
    {
        public bool Deaf { get; set; }

        private IEventStore Store => Deaf ? throw new TimeoutException() : store;

        public long RegistryVersion() => Store.RegistryVersion();

        public IReadOnlyList<StationRegistration> Stations() => Store.Stations();

        public IReadOnlyList<PeerRegistration> Peers() => Store.Peers();

        public IReadOnlyList<StationState> States() => Store.States();

        public IStoreTransaction Begin() => Store.Begin();

        public void AddRefusals(IReadOnlyList<RefusalCount> counts) => Store.AddRefusals(counts);

        public void Dispose()
        {
            // The store is the rig's.
        }
    }

    private sealed class Refusing(uint component) : ICountyRoom
    {
        public void Work(CountyDesk desk, Instant now)
        {
        }

        public void Storing(IStoreTransaction rows, IReadOnlyList<StoredEvent> stored)
        {
            if (stored.Any(one => one.Origin?.Part.Component == component))
            {
                throw new InvalidOperationException($"{component}");
            }
        }
    }

    private sealed class StoppedClock(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}
