// Owns: from where a box may speak, and which box that is.
// Must never: take what a person did not mean.

using Gateway.County;
using Gateway.County.Gb26875;
using Gateway.Gb26875;

namespace Gateway.Tests.CountyGb26875;

public class SourcesTests
{
    [Theory]
    [InlineData("any", true)]
    [InlineData("10.1.2.3, 10.2.0.0/16", true)]
    [InlineData("fe80::/10,::1", true)]
    [InlineData("0.0.0.0/0", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3/16", false)]
    [InlineData("10.1.2.3/33", false)]
    [InlineData("::ffff:10.1.2.3", false)]
    [InlineData("010.1.2.3", false)]
    [InlineData("10.1", false)]
    [InlineData("10.1.2.3,", false)]
    [InlineData("any,10.1.2.3", false)]
    public void Sources_are_taken_where_they_are_what_they_look_like(string sources, bool taken) =>
        Assert.Equal(taken, FrameRig.Peer(7, default, from: sources).Problem() is null);

    [Fact]
    public void Boxes_whose_maker_gives_all_of_them_one_address_are_told_by_where_they_are()
    {
        PeerRegistration one = FrameRig.Peer(7, default, from: "10.1.0.1"), two = FrameRig.Peer(8, default, from: "10.1.0.2,10.2.0.0/16");
        Assert.Null(one.Problem());
        Assert.True(two.MeetsSources("10.2.3.4"));
        Assert.True(two.MeetsSources("any"));
        Assert.False(two.MeetsSources(one.Sources));
        PeerDoor door = new(TimeProvider.System, () => { });
        door.Admit([one, two]);
        new LoneLink(door, "10.1.0.1").Take(HostileTests.Fire(0, 1, 1));
        new LoneLink(door, "10.2.200.1").Take(HostileTests.Fire(0, 2, 1));
        new LoneLink(door, "10.1.0.3").Take(HostileTests.Fire(0, 3, 1));
        new LoneLink(door, "10.1.0.4").Take(HostileTests.Fire(0, 4, 1));
        Assert.Equal([7u, 8u], door.Queue.Take(10).Select(frame => frame.Peer.Station));
        Assert.Equal(
            ["10.1.0.3 ForeignSource", "10.1.0.4 ForeignSource"],
            door.TakeStrangers().Select(stranger => $"{stranger.Source} {stranger.Reason}").Order());
        using FrameRig rig = new();
        Assert.True(rig.Store.AddPeer(one));
        Assert.True(rig.Store.AddPeer(two));
        Assert.False(rig.Store.AddPeer(FrameRig.Peer(9, default, from: "10.1.0.0/24")));
        string[] sources = ["10.1.0.3", "10.1.0.4"];
        rig.Store.AddStrangers([.. sources.Select(from => new PeerStranger(0, from, StrangerReason.ForeignSource, 1, 1, 1, [1]))]);
        Assert.True(rig.Store.AddPeer(FrameRig.Peer(9, default, from: "10.1.0.3")));
        Assert.Equal("10.1.0.4", Assert.Single(rig.Store.Strangers()).Source);
        Assert.Equal(1, rig.Store.CountStrangers());
    }
}
