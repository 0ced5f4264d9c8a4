// Owns: what becomes of a box that is taken away, or whose number goes to another box, while it speaks.
// Must never: need a socket.

using System.Net;
using Gateway.Contract;
using Gateway.County;
using Gateway.County.Gb26875;
using Gateway.Gb26875;

namespace Gateway.Tests.CountyGb26875;

public class GoneTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_box_sent_and_is_taken_away_before_it_is_stored_is_neither_stored_nor_answered(bool again)
    {
        using FrameRig rig = new();
        using PeerReceiver receiver = new(new IPEndPoint(IPAddress.Loopback, 0), () => { });
        receiver.Work(rig.Desk, rig.Now);
        LoneLink link = new(receiver.Door);
        link.Take(HostileTests.Fire(889, 1, 1));
        Replace(rig, again);
        receiver.Work(rig.Desk, rig.Now);
        Assert.Empty(rig.Events);
        Assert.Empty(link.Sent);
        Assert.Equal(0, link.Waiting);
        Assert.DoesNotContain(rig.Store.States(), state => state.Station == FrameRig.Station);

        // And from then on it is a stranger.
        link.Take(HostileTests.Fire(889, 2, 1));
        Assert.Equal(889, Assert.Single(receiver.Door.TakeStrangers()).Address);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_waits_to_be_told_of_a_box_goes_with_it(bool again)
    {
        using FrameRig rig = new();
        using PeerReceiver receiver = new(new IPEndPoint(IPAddress.Loopback, 0), () => { });
        rig.Desk.Enter(entry => entry.Peers.PutDutyCheck(FrameRig.Station, 1), rig.Now);
        receiver.Work(rig.Desk, rig.Now);
        LoneLink link = new(receiver.Door);
        for (byte i = 1; i <= 2; i++)
        {
            link.Take(BoxTests.Frame(889, i, FrameCommand.Send, [200, 1, i]));
            receiver.Work(rig.Desk, rig.Now);
        }

        Assert.Equal(["fault 0"], rig.Events);
        Replace(rig, again);
        for (int i = 0; i < 3; i++)
        {
            rig.Desk.Tick(rig.Now);
            rig.Pass(PeerLimits.UnreadableApartMs);
            receiver.Work(rig.Desk, rig.Now);
        }

        Assert.Equal(["fault 0"], rig.Events);
    }

    [Fact]
    public void A_command_for_the_box_that_has_the_number_now_does_not_go_to_the_one_before()
    {
        using FrameRig rig = new();
        using PeerReceiver receiver = new(new IPEndPoint(IPAddress.Loopback, 0), () => { });
        receiver.Work(rig.Desk, rig.Now);
        LoneLink before = new(receiver.Door), after = new(receiver.Door);
        before.Take(BoxTests.Frame(889, 1, FrameCommand.Send, []));
        receiver.Work(rig.Desk, rig.Now);
        Assert.Single(before.Sent);
        Replace(rig, again: true);
        rig.Desk.Tick(rig.Now);
        rig.Desk.Queue(new CommandRequest(FrameRig.Station, (int)CommandCode.DutyCheck, 3), rig.Now);
        Turn();
        Assert.Single(before.Sent);
        after.Take(BoxTests.Frame(890, 1, FrameCommand.Send, []));
        Turn();
        Assert.Single(before.Sent);
        Assert.Contains(after.Sent, frame => frame[FrameLayout.Command] == (byte)FrameCommand.Control);

        void Turn()
        {
            for (int i = 0; i < 3; i++)
            {
                rig.Pass(1_000);
                _ = rig.Desk.Commands(rig.Now);
                receiver.Work(rig.Desk, rig.Now);
            }
        }
    }

    private static void Replace(FrameRig rig, bool again)
    {
        Assert.True(rig.Store.RemovePeer(FrameRig.Station));
        if (again)
        {
            Assert.True(rig.Store.AddPeer(FrameRig.Peer(FrameRig.Station, new PeerAddress(890), life: 8)));
        }
    }
}
