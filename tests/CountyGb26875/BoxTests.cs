// Owns: boxes of every habit against a county that listens, over real sockets.
// Must never: depend on how quick the machine is.

using System.Net.Sockets;
using Gateway.Contract;
using Gateway.County;
using Gateway.County.Gb26875;
using Gateway.County.Sql;
using Gateway.Gb26875;
using Gateway.Tests.Support;
using Gateway.Tools.Boxes;

namespace Gateway.Tests.CountyGb26875;

public class BoxTests
{
    public static TheoryData<string> Habits => [.. BoxHabit.All.Select(habit => habit.Name)];

    [Theory]
    [MemberData(nameof(Habits))]
    public void A_box_of_each_habit_is_heard_confirmed_and_stored_once(string name)
    {
        BoxHabit habit = BoxHabit.All.Single(one => one.Name == name);
        using BoxRig rig = new(BoxRig.Peer(1, habit));
        Box box = rig.Start(1, habit);
        List<string> expected = [];
        for (uint i = 1; i <= 8; i++)
        {
            box.Report(BoxReport.OfComponent(i, ComponentBits.Fire, text: $"{i}号探测器"));
            expected.Add($"fire-alarm {i}");
            box.Report(BoxReport.OfComponent(i, ComponentBits.None));
            expected.Add($"fire-restored {i}");
        }

        Patience.Until(() => box.Waiting == 0, "all is confirmed");
        Assert.Equal(expected, rig.Of(1));
        Assert.Equal("1号探测器", Origins(rig, 1)[0].Text);
    }

    [Fact]
    public void Who_is_not_registered_or_comes_from_elsewhere_is_listed_with_its_bytes_and_not_answered()
    {
        using BoxRig rig = new(BoxRig.Peer(2, from: "10.9.8.0/24"));
        Box stranger = rig.Start(1, BoxHabit.All[0]);
        Box forged = rig.Start(2, BoxHabit.All[0]);
        stranger.Report(BoxReport.OfComponent(1, ComponentBits.Fire));
        forged.Report(BoxReport.OfComponent(1, ComponentBits.Fire));
        using SqlStore reader = SqlStore.Open(rig.Database);
        Patience.Until(
            () => reader.Strangers().Count(one => Convert.ToHexString(one.Sample).Contains("30000202", StringComparison.Ordinal)) == 2,
            "both are listed with the frame of their fire");
        Assert.Equal(
            [(1L, StrangerReason.Unregistered), (2L, StrangerReason.ForeignSource)],
            reader.Strangers().OrderBy(one => one.Address).Select(one => (one.Address, one.Reason)));
        Assert.All(reader.Strangers(), one => Assert.Equal("127.0.0.1", one.Source));
        Assert.Empty(rig.Events);
        Assert.Equal((1, 1), (stranger.Waiting, forged.Waiting));

        // Registered with one line, it is heard at its next sending.
        Assert.True(reader.AddPeer(BoxRig.Peer(1)));
        Patience.Until(() => stranger.Waiting == 0, "the box is confirmed once it is registered");
        Assert.Equal(["fire-alarm 1"], rig.Of(1));
        Assert.DoesNotContain(reader.Strangers(), one => one.Address == 1 && one.Reason == StrangerReason.ForeignSource);
    }

    [Fact]
    public void A_duty_check_the_clock_and_a_reading_are_asked_and_answered()
    {
        using BoxRig rig = new(BoxRig.Peer(1));
        Box box = rig.Start(1, BoxHabit.All[0]);
        foreach (CommandRequest request in (CommandRequest[])
            [
                new(330_801, (int)CommandCode.DutyCheck, 5), new(330_801, (int)CommandCode.Clock), new(330_801, PeerRequest.ReadCode, 85),
                new(330_801, (int)CommandCode.SelfTest),
            ])
        {
            _ = rig.Service.Command(request);
        }

        Patience.Until(() => rig.Commands.Values.Count(one => one.State == CommandState.Done) == 4, "all four came to their end");
        Assert.Equal(
            ["done", "done", "done", "not-done"], rig.Commands.Values.OrderBy(one => one.Number).Select(one => one.StateName));
        Assert.Equal([UnitType.DutyCheck, UnitType.SetBoxClock, UnitType.ReadBoxVersion], box.Asked.Distinct());
        Patience.Until(() => rig.Of(1).Contains("duty-check-answered 0"), "the person on duty answered");
        Assert.Contains("duty-check-asked ", rig.Of(1));
        using SqlStore reader = SqlStore.Open(rig.Database);
        Assert.Equal([25, 1, 2, 7], reader.PeerAnswers(330_801).Single().Unit.Select(one => (int)one));
    }

    [Fact]
    public void A_box_that_denies_is_asked_again_and_then_given_up()
    {
        using BoxRig rig = new(BoxRig.Peer(1));
        Box box = rig.Start(1, BoxHabit.All[0]);
        _ = rig.Service.Command(new CommandRequest(330_801, PeerRequest.ReadCode, 62));
        Patience.Until(() => rig.Commands.Values.Any(one => one.State == CommandState.Done), "it came to its end");
        Assert.Equal("not-done", rig.Commands.Values.Single().StateName);
        Patience.Until(() => box.Asked.Count == 1 + CountyLimits.PeerResends, "it was asked four times");
    }

    [Fact]
    public void An_answer_with_another_sequence_or_by_another_box_answers_nothing()
    {
        using BoxRig rig = new(answerMs: 4_000, [], BoxRig.Peer(1), BoxRig.Peer(2));
        using Socket one = rig.Connect(), two = rig.Connect();
        one.Send(Frame(1, 5, FrameCommand.Send, []));
        two.Send(Frame(2, 5, FrameCommand.Send, []));
        Read(one);
        Read(two);
        _ = rig.Service.Command(new CommandRequest(330_801, PeerRequest.ReadCode, 85));
        FrameHead asked = Read(one).Head;
        Assert.Equal(FrameCommand.Request, asked.Command);
        byte[] version = [25, 1, 9, 9];
        one.Send(Frame(1, (ushort)(asked.Sequence + 1), FrameCommand.Answer, version));
        two.Send(Frame(2, asked.Sequence, FrameCommand.Answer, version));
        two.Send(Frame(1, asked.Sequence, FrameCommand.Answer, version));
        one.Send(Frame(1, asked.Sequence, FrameCommand.Confirm, []));
        FrameHead again = Read(one).Head;
        Assert.Equal((asked.Sequence, FrameCommand.Request), (again.Sequence, again.Command));
        one.Send(Frame(1, asked.Sequence, FrameCommand.Answer, [25, 1, 3, 4]));
        Patience.Until(() => rig.Commands.Values.Any(c => c.StateName == "done"), "the right answer counts");
        using SqlStore reader = SqlStore.Open(rig.Database);
        Assert.Equal([25, 1, 3, 4], reader.PeerAnswers(330_801).Single().Unit.Select(b => (int)b));
    }

    [Fact]
    public void Two_boxes_with_one_address_are_told_and_both_stored()
    {
        using BoxRig rig = new(BoxRig.Peer(1));
        using Socket one = rig.Connect(), two = rig.Connect();
        for (ushort i = 0; i < 3; i++)
        {
            one.Send(Frame(1, i, FrameCommand.Send, []));
            Read(one);
            two.Send(Frame(1, i, FrameCommand.Send, []));
            Read(two);
        }

        Patience.Until(() => rig.Epochs.Contains(EpochChange.Twins), "two boxes under one address are told");
    }

    [Fact]
    public void A_wrong_sum_is_denied_and_twenty_in_a_row_end_the_connection()
    {
        using BoxRig rig = new(BoxRig.Peer(1));
        using Socket socket = rig.Connect();
        byte[] bad = Frame(1, 7, FrameCommand.Send, []);
        bad[^3]++;
        for (int i = 0; i < CountyLimits.PeerDeniesInARow - 1; i++)
        {
            socket.Send(bad);
            Assert.Equal((FrameCommand.Deny, (ushort)7), (Read(socket).Head.Command, Read(bad).Sequence));
        }

        // A good one between begins the count anew.
        socket.Send(Frame(1, 8, FrameCommand.Send, []));
        Assert.Equal(FrameCommand.Confirm, Read(socket).Head.Command);
        for (int i = 0; i < CountyLimits.PeerDeniesInARow; i++)
        {
            socket.Send(bad);
        }

        byte[] rest = new byte[4096];
        int got;
        do
        {
            got = Receive(socket, rest);
        }
        while (got > 0);
    }

    internal static byte[] Frame(uint address, ushort sequence, FrameCommand command, byte[] unit)
    {
        FrameHead head = new()
        {
            Sequence = sequence, MainVersion = 1, Time = FrameTime.Of(DateTimeOffset.UtcNow), Source = new PeerAddress(address),
            Destination = new PeerAddress(1), Command = command,
        };
        byte[] frame = new byte[FrameLayout.OverheadBytes + unit.Length];
        FrameWriter.Write(frame, head, unit);
        return frame;
    }

    /// <summary>The next frame of a socket that is read by nobody else, byte by byte.</summary>
    internal static (FrameHead Head, byte[] Unit) Read(Socket socket)
    {
        FrameReader reader = new();
        byte[] one = new byte[1];
        Frame frame;
        while (reader.Read(out frame) != ReadOutcome.Frame)
        {
            Assert.Equal(1, socket.Receive(one));
            reader.Add(one);
        }

        return (FrameHead.Of(frame), frame.Unit.ToArray());
    }

    private static FrameHead Read(byte[] frame)
    {
        byte[] good = [.. frame];
        good[^3]--;
        FrameReader reader = new();
        reader.Add(good);
        Assert.Equal(ReadOutcome.Frame, reader.Read(out Frame read));
        return FrameHead.Of(read);
    }

    private static int Receive(Socket socket, byte[] to)
    {
        try
        {
            return socket.Receive(to);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            return 0;
        }
    }

    private static List<PeerOrigin> Origins(BoxRig rig, uint number)
    {
        using SqlStore reader = SqlStore.Open(rig.Database);
        return [.. reader.Events(new EventQuery { Station = 330_800 + number }).OrderBy(e => e.Record.Sequence)
            .Select(e => reader.Origin(e.Key)!)];
    }
}
