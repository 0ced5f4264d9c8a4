// Owns: what a city centre asks for and commands, and how it is answered or denied.
// Must never: depend on how quick the machine is.

using System.Net;
using Gateway.County;
using Gateway.County.Gb26875;
using Gateway.County.Sql;
using Gateway.Gb26875;
using Gateway.Tests.Support;
using Gateway.Tools.Boxes;
using static Gateway.Tests.CountyGb26875.ForwardTests;

namespace Gateway.Tests.CountyGb26875;

public class CentreCommandTests
{
    [Fact]
    public void A_centres_duty_check_goes_to_the_box_and_its_answer_comes_back()
    {
        using Centre centre = new();
        using BoxRig rig = new([Profile(centre.Address)], BoxRig.Peer(1));
        Box box = rig.Start(1, BoxHabit.All[0]);
        Patience.Until(() => rig.Links.Contains(true), "the link is up");
        Assert.True(centre.Ask(FrameCommand.Control, 9, new PeerAddress(330_801), [(byte)UnitType.DutyCheck, 1, 5]));
        Patience.Until(() => centre.Answers.Any(one => one.Head is { Sequence: 9, Command: FrameCommand.Confirm }), "confirmed at once");
        Patience.Until(() => box.Asked.Contains(UnitType.DutyCheck), "the box is asked");
        Patience.Until(() => centre.Taken.Any(one => one.Unit is [24, 1, 0x20, ..]), "the answer comes as type 24, bit 5");
    }

    [Fact]
    public void A_duty_check_sent_again_is_asked_once_and_a_flood_of_them_is_denied()
    {
        using FrameRig rig = new();
        CentreAnswers answers = new(Profile(new IPEndPoint(IPAddress.Loopback, 1)), TimeProvider.System);
        FrameCommand Ask(ushort sequence)
        {
            FrameHead head = new()
            {
                Sequence = sequence, MainVersion = 1, Destination = new PeerAddress(FrameRig.Station), Command = FrameCommand.Control,
            };
            return (FrameCommand)answers.To(rig.Desk, head, [(byte)UnitType.DutyCheck, 1, 5], rig.Now)[FrameLayout.Command];
        }

        Assert.Equal([FrameCommand.Confirm, FrameCommand.Confirm, FrameCommand.Deny], new ushort[] { 7, 7, 8 }.Select(Ask));
        Assert.Single(rig.Store.Commands(FrameRig.Station));
        rig.Pass(CountyLimits.CentreDutyApartMs);
        Assert.Equal([FrameCommand.Confirm, FrameCommand.Confirm], new ushort[] { 8, 8 }.Select(Ask));
        Assert.Equal(2, rig.Store.Commands(FrameRig.Station).Count);
    }

    [Fact]
    public void Every_part_that_a_centre_asks_for_is_in_the_answer()
    {
        using FrameRig rig = new();
        CentreAnswers answers = new(Profile(new IPEndPoint(IPAddress.Loopback, 1)), TimeProvider.System);
        FrameHead head = new() { Destination = new PeerAddress(FrameRig.Station), Command = FrameCommand.Request };
        FrameReader reader = new();
        reader.Add(answers.To(rig.Desk, head, [62, 2, 1, 1, 7, 0, 0, 0, 1, 1, 8, 0, 0, 0], rig.Now));
        Assert.Equal(ReadOutcome.Frame, reader.Read(out Frame got));
        UnitReader objects = new(got.Unit);
        List<uint> parts = [];
        while (objects.Next(out UnitObject one))
        {
            parts.Add(one.ComponentAddress);
        }

        Assert.Equal([7u, 8u], parts);
    }

    [Fact]
    public void A_centres_reserved_command_and_wrong_sum_are_denied_and_nothing_of_them_is_done()
    {
        using Centre centre = new();
        using BoxRig rig = new([Profile(centre.Address)], BoxRig.Peer(1));
        Patience.Until(() => rig.Links.Contains(true), "the link is up");
        PeerAddress box = new(330_801);
        byte[] dutyCheck = [(byte)UnitType.DutyCheck, 1, 5];
        centre.Ask((FrameCommand)9, 41, box, dutyCheck);
        centre.Ask(FrameCommand.Control, 42, box, dutyCheck, wrongSum: true);
        centre.Ask((FrameCommand)130, 43, box, dutyCheck);
        centre.Ask(FrameCommand.Request, 44, box, [(byte)UnitType.ReadBoxStatus, 1, 0]);
        Patience.Until(() => centre.Answers.Any(one => one.Head.Sequence == 44), "what comes behind them is answered");
        Assert.Equal(
            [(FrameCommand.Deny, 41), (FrameCommand.Deny, 42), (FrameCommand.Answer, 44)],
            centre.Answers.Select(one => (one.Head.Command, (int)one.Head.Sequence)));
        using SqlStore reader = SqlStore.Open(rig.Database);
        Assert.Empty(reader.Commands(330_801));
    }

    [Theory]
    [InlineData(FrameCommand.Control, new byte[] { 89, 1, 0 }, FrameCommand.Deny, 0)]
    [InlineData(FrameCommand.Control, new byte[] { 90, 1, 1, 2, 3, 4, 5, 26 }, FrameCommand.Deny, 0)]
    [InlineData(FrameCommand.Control, new byte[] { 91, 1, 11 }, FrameCommand.Deny, 0)]
    [InlineData(FrameCommand.Request, new byte[] { 81, 1, 0 }, FrameCommand.Answer, 21)]
    [InlineData(FrameCommand.Request, new byte[] { 85, 1, 0 }, FrameCommand.Answer, 25)]
    [InlineData(FrameCommand.Request, new byte[] { 86, 1, 0 }, FrameCommand.Answer, 26)]
    [InlineData(FrameCommand.Request, new byte[] { 88, 1, 0 }, FrameCommand.Answer, 28)]
    [InlineData(FrameCommand.Request, new byte[] { 61, 1, 1, 1 }, FrameCommand.Answer, 1)]
    [InlineData(FrameCommand.Request, new byte[] { 62, 1, 1, 1, 7, 0, 0, 0 }, FrameCommand.Answer, 2)]
    [InlineData(FrameCommand.Request, new byte[] { 68, 1, 1, 1 }, FrameCommand.Answer, 8)]
    [InlineData(FrameCommand.Request, new byte[] { 84, 1, 5, 0, 0, 0, 1, 1, 26 }, FrameCommand.Deny, 0)]
    [InlineData(FrameCommand.Request, new byte[] { 200 }, FrameCommand.Deny, 0)]
    public void A_centres_commands_are_answered_or_denied(FrameCommand command, byte[] unit, FrameCommand answer, int type)
    {
        using FrameRig rig = new();
        CentreAnswers answers = new(Profile(new IPEndPoint(IPAddress.Loopback, 1)), TimeProvider.System);
        FrameHead head = new()
        {
            Sequence = 77, MainVersion = 1, Source = new PeerAddress(1), Destination = new PeerAddress(FrameRig.Station), Command = command,
        };
        FrameReader reader = new();
        reader.Add(answers.To(rig.Desk, head, unit, rig.Now));
        Assert.Equal(ReadOutcome.Frame, reader.Read(out Frame got));
        Assert.Equal((answer, (ushort)77, new PeerAddress(1)), (got.Command, got.Sequence, got.Destination));
        Assert.Equal(type, got.Unit.IsEmpty ? 0 : got.Unit[0]);
        UnitReader objects = new(got.Unit);
        Assert.Equal(type != 0, objects.Next(out _));
    }
}
