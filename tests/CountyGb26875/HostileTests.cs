// Owns: what boxes and strangers may do to the county without keeping a good box out.
// Must never: wait for the real limits; those are minutes.

using System.Net.Sockets;
using Gateway.County;
using Gateway.County.Gb26875;
using Gateway.Gb26875;
using Gateway.Tests.Support;
using Gateway.Tools.Boxes;

namespace Gateway.Tests.CountyGb26875;

public class HostileTests
{
    [Fact]
    public void A_thousand_connections_that_say_nothing_keep_no_box_out()
    {
        using BoxRig rig = new(BoxRig.Peer(1));
        List<Socket> silent = [];
        try
        {
            for (int i = 0; i < CountyLimits.PeerConnectionsMax + 20; i++)
            {
                silent.Add(rig.Connect());
            }

            Box box = rig.Start(1, BoxHabit.All[0]);
            box.Report(BoxReport.OfComponent(1, ComponentBits.Fire));
            Patience.Until(() => box.Waiting == 0, "the box is confirmed");
            Assert.Equal(["fire-alarm 1"], rig.Of(1));
        }
        finally
        {
            silent.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public void A_frame_in_single_bytes_with_rubbish_around_it_is_read()
    {
        using BoxRig rig = new(BoxRig.Peer(1));
        using Socket socket = rig.Connect();
        byte[] rubbish = [0x40, 0, 0x23, 0x23, 0x40, 0x40, 0xFF];
        foreach (byte one in (byte[])[.. rubbish, .. Fire(1, 5, 7), .. rubbish, 0x40, .. Fire(1, 6, 8)])
        {
            socket.Send([one]);
        }

        Assert.Equal((FrameCommand.Confirm, (ushort)5), Said(socket));
        Assert.Equal((FrameCommand.Confirm, (ushort)6), Said(socket));
        Assert.Equal(["fire-alarm 7", "fire-alarm 8"], rig.Of(1));
    }

    [Fact]
    public Task More_frames_than_the_pace_allows_are_all_stored_and_confirmed() => Flood(frames: 120);

    /// <summary>A minute; run by tests/boxes.sh.</summary>
    [Fact(Explicit = true)]
    public Task A_minute_of_more_frames_than_the_pace_allows_is_all_stored_and_confirmed() => Flood(frames: 3_000);

    /// <summary>Half a minute; run by tests/boxes.sh.</summary>
    [Fact(Explicit = true)]
    public async Task A_connection_of_a_byte_a_second_is_put_out_and_hinders_nobody()
    {
        using BoxRig rig = new(BoxRig.Peer(1));
        using Socket slow = rig.Connect();
        byte[] frame = Fire(1, 1, 1);
        Box box = rig.Start(1, BoxHabit.All[0]);
        bool ended = false;
        for (int i = 0; i < frame.Length && !ended; i++)
        {
            box.Report(BoxReport.OfComponent((uint)i + 10, ComponentBits.Fault));
            try
            {
                slow.Send(frame.AsSpan(i, 1));
                ended = slow.Poll(TimeSpan.FromSeconds(1), SelectMode.SelectRead) && slow.Receive(new byte[1]) == 0;
            }
            catch (SocketException)
            {
                ended = true;
            }

            await Task.Yield();
        }

        Assert.True(ended, "the connection is ended before its frame is whole");
        Patience.Until(() => box.Waiting == 0, "the box is confirmed all the while");
        Assert.DoesNotContain("fire-alarm 1", rig.Of(1));
    }

    private static async Task Flood(int frames)
    {
        using BoxRig rig = new(BoxRig.Peer(1));
        using Socket socket = rig.Connect();
        byte[] all = [.. Enumerable.Range(0, frames).SelectMany(i => Fire(1, (ushort)i, (uint)i))];
        Task<int> sending = Task.Run(() => socket.Send(all), TestContext.Current.CancellationToken);
        HashSet<ushort> confirmed = [];
        while (confirmed.Count < frames)
        {
            confirmed.Add(Said(socket).Sequence);
        }

        await sending;
        Assert.Equal(Enumerable.Range(0, frames).Select(i => $"fire-alarm {i}"), rig.Of(1));
    }

    [Fact]
    public void Random_bytes_and_frames_without_an_end_store_nothing_and_hinder_nobody()
    {
        using BoxRig rig = new(BoxRig.Peer(1));
        Random random = new(26875);
        Box box = rig.Start(1, BoxHabit.All[0]);
        for (int i = 0; i < 60; i++)
        {
            using Socket socket = rig.Connect();
            byte[] bytes = new byte[random.Next(1, 4000)];
            random.NextBytes(bytes);
            Fire(1, 1, 1).AsSpan(0, FrameLayout.Unit).CopyTo(bytes.Length > 100 ? bytes : new byte[FrameLayout.Unit]);
            socket.Send(bytes);
        }

        box.Report(BoxReport.OfComponent(9, ComponentBits.Fire));
        Patience.Until(() => box.Waiting == 0, "the box is confirmed");
        Assert.Equal(["fire-alarm 9"], rig.Of(1));
    }

    [Fact]
    public void A_frame_that_stops_is_given_up_after_a_pause_and_the_next_one_is_read()
    {
        PeerDoor door = new(TimeProvider.System, () => { });
        door.Admit([BoxRig.Peer(1)]);
        LoneLink link = new(door);

        // The head announces 1,024 bytes, which never come; a good frame stands in them.
        byte[] endless = Fire(1, 3, 3);
        endless[FrameLayout.UnitLength] = 0;
        endless[FrameLayout.UnitLength + 1] = 4;
        link.Take([.. endless, .. Fire(1, 4, 4)]);
        Assert.True(link.MidFrame);
        Assert.Empty(door.Queue.Take(10));
        link.Stalled();
        Assert.Equal([(ushort)4], door.Queue.Take(10).Select(frame => frame.Head.Sequence));
        Assert.False(link.MidFrame);
    }

    [Fact]
    public void A_good_frame_behind_a_false_start_waits_for_a_short_pause_only()
    {
        PeerDoor door = new(TimeProvider.System, () => { });
        door.Admit([BoxRig.Peer(1)]);
        LoneLink link = new(door);
        byte[] endless = Fire(1, 3, 3);
        endless[FrameLayout.UnitLength + 1] = 4;
        endless[FrameLayout.UnitLength] = 0;
        byte[] behind = Fire(1, 5, 5);
        link.Take([.. endless.AsSpan(0, 40), .. Fire(1, 4, 4), .. behind.AsSpan(0, 50)]);
        Assert.Empty(door.Queue.Take(10));
        link.Paused();
        Assert.Equal([(ushort)4], door.Queue.Take(10).Select(frame => frame.Head.Sequence));
        link.Take(behind.AsSpan(50));
        Assert.Equal([(ushort)5], door.Queue.Take(10).Select(frame => frame.Head.Sequence));
    }

    [Fact]
    public void A_good_frame_behind_a_cut_one_in_a_datagram_is_read()
    {
        PeerDoor door = new(TimeProvider.System, () => { });
        door.Admit([BoxRig.Peer(1)]);
        LoneLink link = new(door);
        byte[] cut = Fire(1, 3, 3);
        (cut[FrameLayout.UnitLength], cut[FrameLayout.UnitLength + 1]) = (0, 4);
        link.Take([.. cut.AsSpan(0, 60), .. Fire(1, 4, 4)]);
        link.EndOfDatagram();
        Assert.Equal([(ushort)4], door.Queue.Take(10).Select(frame => frame.Head.Sequence));
        Assert.False(link.MidFrame);
    }

    [Fact]
    public void What_comes_behind_the_end_of_a_connection_is_left_and_its_reading_ends()
    {
        PeerDoor door = new(TimeProvider.System, () => { });
        door.Admit([BoxRig.Peer(1)]);
        LoneLink link = new(door);
        byte[] small = Fire(1, 1, 1), large = BoxTests.Frame(1, 2, FrameCommand.Send, new byte[FrameLayout.UnitBytesMax]);
        small[^3]++;
        large[^3]++;
        for (int i = 1; i < CountyLimits.PeerDeniesInARow; i++)
        {
            link.Take(small);
        }

        // The last denial comes while its reader is full and most of a piece is still to be taken.
        link.Take(large.AsSpan(0, 1_000));
        Assert.False(link.Closed);
        Task rest = Task.Run(
            () => link.Take([.. large.AsSpan(1_000), .. new byte[FrameReader.BufferBytesMin]]), TestContext.Current.CancellationToken);
        Patience.Until(() => rest.IsCompleted, "the reading ends");
        Assert.True(link.Closed);
        Assert.Empty(door.Queue.Take(10));
    }

    [Fact]
    public void A_forged_datagram_of_bytes_keeps_no_box_out_that_sends_digits()
    {
        PeerDoor door = new(TimeProvider.System, () => { });
        door.Admit([FrameRig.Peer(7, new PeerAddress(1), PeerFlags.AsciiHex)]);
        LoneLink link = new(door);
        foreach (byte[] datagram in (byte[][])
            [
                Fire(1, 3, 3), System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(Fire(1, 4, 4))), Fire(1, 5, 5),
                System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(Fire(1, 6, 6))),
            ])
        {
            link.Take(datagram);
            link.EndOfDatagram();
        }

        Assert.Equal([(ushort)4, (ushort)6], door.Queue.Take(10).Select(frame => frame.Head.Sequence));
        Assert.Equal(2, Assert.Single(door.TakeStrangers()).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("4")]
    [InlineData("0F3")]
    public void Digits_are_heard_one_at_a_time_and_behind_rubbish(string before)
    {
        PeerDoor door = new(TimeProvider.System, () => { });
        door.Admit([FrameRig.Peer(7, new PeerAddress(1), PeerFlags.AsciiHex)]);
        LoneLink link = new(door);
        foreach (byte one in System.Text.Encoding.ASCII.GetBytes(before + Convert.ToHexString(Fire(1, 4, 4))))
        {
            link.Take([one]);
        }

        Assert.Equal([(ushort)4], door.Queue.Take(10).Select(frame => frame.Head.Sequence));
        Assert.Empty(door.TakeStrangers());
    }

    [Fact]
    public void Strangers_without_end_make_a_list_with_an_end()
    {
        PeerDoor door = new(TimeProvider.System, () => { });
        LoneLink link = new(door);
        for (uint i = 1; i <= CountyLimits.StrangersMax * 3; i++)
        {
            link.Take(Fire(i, 0, 1));
        }

        Assert.Equal(CountyLimits.StrangersMax, door.TakeStrangers().Count);
        using FrameRig rig = new();
        for (int round = 0; round < 3; round++)
        {
            rig.Desk.AddStrangers(
                [.. Enumerable.Range(1 + (round * 200), 200).Select(i => new PeerStranger(i, "10.1.1.1", default, 1, i, i, [1]))]);
        }

        Assert.Equal(CountyLimits.StrangersMax, rig.Store.Strangers().Count);
        Assert.Equal(600, rig.Store.Strangers()[0].Address);
    }

    [Fact]
    public void A_connection_with_a_fire_goes_before_those_with_lesser_news_and_keeps_its_order()
    {
        PeerDoor door = new(TimeProvider.System, () => { });
        door.Admit([BoxRig.Peer(1), BoxRig.Peer(2)]);
        LoneLink one = new(door), two = new(door);
        for (ushort i = 0; i < 5; i++)
        {
            one.Take(BoxTests.Frame(1, i, FrameCommand.Send, []));
        }

        two.Take(BoxTests.Frame(2, 0, FrameCommand.Send, []));
        two.Take(Fire(2, 1, 1));
        two.Take(BoxTests.Frame(2, 2, FrameCommand.Send, []));
        Assert.Equal(
            ["2-0", "2-1", "1-0", "2-2", "1-1", "1-2", "1-3", "1-4"],
            door.Queue.Take(100).Select(frame => $"{frame.Head.Source.Number}-{frame.Head.Sequence}"));
    }

    [Fact]
    public void A_box_with_very_many_connections_has_one_turn()
    {
        PeerDoor door = new(TimeProvider.System, () => { });
        door.Admit([BoxRig.Peer(1), BoxRig.Peer(2)]);
        for (int i = 0; i < 100; i++)
        {
            LoneLink one = new(door);
            for (ushort sequence = 0; sequence < 10; sequence++)
            {
                one.Take(Fire(1, sequence, 1));
            }
        }

        new LoneLink(door).Take(Fire(2, 1, 1));
        List<ReceivedFrame> group = door.Queue.Take(CountyLimits.CommitMessagesMax);
        Assert.Contains(group, frame => frame.Peer.Station == 330_802);
        Assert.InRange(group.Sum(frame => frame.Units), 1, CountyLimits.GroupUnitsOfStationMax + 20);
    }

    [Fact]
    public void A_box_that_has_all_connections_keeps_no_other_out()
    {
        using BoxRig rig = new(BoxRig.Peer(1), BoxRig.Peer(2));
        List<Socket> many = [];
        try
        {
            for (ushort i = 0; i < CountyLimits.PeerConnectionsMax + 20; i++)
            {
                Socket socket = rig.Connect();
                many.Add(socket);
                socket.Send(Fire(1, i, 1));
                Assert.Equal((FrameCommand.Confirm, i), Said(socket));
            }

            using Socket other = rig.Connect();
            other.Send(Fire(2, 7, 9));
            Assert.Equal((FrameCommand.Confirm, (ushort)7), Said(other));
            Assert.Equal(["fire-alarm 9"], rig.Of(2));
        }
        finally
        {
            many.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public void A_box_whose_flags_do_not_fit_is_listed_and_not_heard()
    {
        PeerDoor door = new(TimeProvider.System, () => { });
        door.Admit([BoxRig.Peer(1), FrameRig.Peer(7, new PeerAddress(2), PeerFlags.StrictVersion)]);
        LoneLink digits = new(door);
        digits.Take(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(Fire(1, 0, 1))));
        Assert.Equal(StrangerReason.ForeignSource, Assert.Single(door.TakeStrangers()).Reason);

        LoneLink version = new(door);
        byte[] wrong = Fire(2, 0, 1);
        wrong[FrameLayout.MainVersion] = 2;
        wrong[^3]++;
        version.Take(wrong);
        Assert.Empty(door.Queue.Take(10));
        Assert.Equal((byte)FrameCommand.Deny, Assert.Single(version.Sent)[FrameLayout.Command]);
    }

    internal static byte[] Fire(uint address, ushort sequence, uint component) => BoxTests.Frame(
        address, sequence, FrameCommand.Send, FrameRig.UnitOf(UnitType.ComponentStatus, new UnitObject
        {
            SystemType = 1, SystemAddress = 1, ComponentType = 40, ComponentAddress = component, Status = 2,
            Time = FrameTime.Of(DateTimeOffset.UtcNow),
        }));

    private static (FrameCommand Command, ushort Sequence) Said(Socket socket)
    {
        FrameHead head = BoxTests.Read(socket).Head;
        return (head.Command, head.Sequence);
    }
}
