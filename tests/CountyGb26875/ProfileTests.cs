// Owns: that boxes and centres are spoken to in their own ways, as they are read.
// Must never: use the code under test as the other side.

using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Contract;
using Gateway.County;
using Gateway.County.Gb26875;
using Gateway.Gb26875;
using Gateway.Tests.Support;

namespace Gateway.Tests.CountyGb26875;

public class ProfileTests
{
    // 2026-09-21 22:13:20 in Beijing.
    private const long Moment = 1_790_000_000_000;

    [Theory]
    [InlineData(PeerFlags.None, "140D1615091A")]
    [InlineData(PeerFlags.BcdTime, "201322210926")]
    public void A_box_that_writes_decimal_times_has_its_clock_set_and_is_answered_in_them(PeerFlags flags, string time)
    {
        StationCommand command = new()
        {
            Station = 1, Number = 1, Code = (int)CommandCode.Clock, QueuedMs = Moment, ExpiresMs = Moment + 1,
        };
        PeerRequest clock = PeerRequest.Of(command, Moment, flags)!;
        Assert.Equal("5A01" + time, Convert.ToHexString(clock.Unit));
        PeerDoor door = new(new Stopped(), () => { });
        byte[] answer = door.Answer(default, FrameCommand.Confirm, [], flags);
        Assert.Equal(time, Convert.ToHexString(answer, FrameLayout.Time, FrameTime.Bytes));
        Assert.True(PeerTimes.ToFrame(4_102_444_800_000, PeerFlags.BcdTime).IsEmpty);
    }

    [Theory]
    [InlineData(PeerFlags.None, UtcQuality.Unknown)]
    [InlineData(PeerFlags.BcdTime, UtcQuality.Synchronised)]
    public void Decimal_times_are_read_where_the_profile_says_so(PeerFlags flags, UtcQuality quality)
    {
        using FrameRig rig = new(flags) { NowMs = Moment };
        rig.Component(7, 2, time: FrameTime.Of(DateTimeOffset.FromUnixTimeMilliseconds(Moment), bcd: true));
        StoredEvent one = Assert.Single(rig.All);
        Assert.Equal(quality, one.TimeQuality);
        Assert.Equal(quality == UtcQuality.Unknown ? one.ReceivedMs : Moment, one.TimeMs);
    }

    [Theory]
    [InlineData(PeerFlags.None, "", FrameCommand.Deny)]
    [InlineData(PeerFlags.IgnoreAnswerSum, "duty-check-asked 0", FrameCommand.Control)]
    public void A_confirm_that_carries_another_sum_counts_where_the_profile_says_so(PeerFlags flags, string told, FrameCommand said)
    {
        using FrameRig rig = new(flags);
        using PeerReceiver receiver = new(new IPEndPoint(IPAddress.Loopback, 0), () => { });
        receiver.Work(rig.Desk, rig.Now);
        LoneLink link = new(receiver.Door);
        link.Take(BoxTests.Frame(889, 1, FrameCommand.Send, []));
        rig.Desk.Queue(new CommandRequest(FrameRig.Station, (int)CommandCode.DutyCheck, 3), rig.Now);
        for (int i = 0; i < 3; i++)
        {
            rig.Pass(1_000);
            _ = rig.Desk.Commands(rig.Now);
            receiver.Work(rig.Desk, rig.Now);
        }

        byte[] asked = link.Sent.Single(frame => frame[FrameLayout.Command] == (byte)FrameCommand.Control);
        byte[] confirm = BoxTests.Frame(889, (ushort)(asked[2] | (asked[3] << 8)), FrameCommand.Confirm, []);
        confirm[^3]++;
        link.Take(confirm);
        receiver.Work(rig.Desk, rig.Now);
        Assert.Equal(told, string.Join(' ', rig.Events));
        Assert.Equal(said, (FrameCommand)link.Sent[^1][FrameLayout.Command]);
    }

    [Fact]
    public void A_centre_of_digits_decimal_times_and_one_byte_beats_is_served_in_them()
    {
        using TcpListener centre = new(IPAddress.Loopback, 0);
        centre.Start();
        CentreProfile profile = ForwardTests.Profile((IPEndPoint)centre.LocalEndpoint) with
        {
            Flags = PeerFlags.AsciiHex | PeerFlags.BcdTime | PeerFlags.OneByteHeartbeat,
        };
        using BoxRig rig = new([profile]);
        using Socket socket = centre.AcceptSocket();
        byte[] digits = new byte[2 * (FrameLayout.OverheadBytes + 1)];
        for (int got = 0; got < digits.Length;)
        {
            int some = socket.Receive(digits.AsSpan(got));
            Assert.NotEqual(0, some);
            got += some;
        }

        byte[] beat = Convert.FromHexString(Encoding.ASCII.GetString(digits));
        Assert.Equal(Heartbeats.OneByte, beat[FrameLayout.Unit]);
        Assert.True(FrameTime.Read(beat.AsSpan(FrameLayout.Time)).TryGetMoment(out DateTimeOffset moment, bcd: true));
        Assert.InRange(moment, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        FrameReader reader = new();
        reader.Add(beat);
        Assert.Equal(ReadOutcome.Frame, reader.Read(out Frame frame));
        byte[] answer = new byte[FrameLayout.FrameBytesMax];
        int bytes = FrameWriter.Write(answer, FrameHead.Of(frame).Answer(FrameCommand.Confirm, default), [Heartbeats.OneByteAnswer]);
        socket.Send(Encoding.ASCII.GetBytes(Convert.ToHexString(answer, 0, bytes)));
        Patience.Until(() => rig.Links.Contains(true), "the link is told up");
    }

    private sealed class Stopped : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Moment);
    }
}
