// Owns: which frame is a repeat and which is news, whatever a box does with its sequence and its clock.
// Must never: take news for a repeat.

using Gateway.County;
using Gateway.County.Gb26875;
using Gateway.Gb26875;

namespace Gateway.Tests.CountyGb26875;

public class RepeatTests
{
    private static FrameTime NoTime => default;

    [Fact]
    public void The_same_frame_again_is_confirmed_and_stored_once_also_over_a_restart_of_the_county()
    {
        using FrameRig rig = new();
        FrameTime time = rig.Time;
        rig.Component(7, 2, sequence: 5, time: time);
        Assert.Equal(Reply.Confirm, rig.Component(7, 2, sequence: 5, time: time));
        rig.Component(7, 0, sequence: 6, time: time);
        rig.Restart();
        Assert.Equal(Reply.Confirm, rig.Component(7, 2, sequence: 5, time: time));
        Assert.Equal(Reply.Confirm, rig.Component(7, 0, sequence: 6, time: time));
        Assert.Equal(["fire-alarm 1", "fire-restored 1"], rig.Events);
    }

    [Fact]
    public void A_box_that_starts_again_at_sequence_0_tells_news()
    {
        using FrameRig rig = new();
        rig.Component(7, 2, sequence: 0);
        rig.Component(7, 0, sequence: 1);
        rig.Component(7, 2, sequence: 0);
        rig.Component(7, 0, sequence: 1);
        Assert.Equal(["fire-alarm 1", "fire-restored 1", "fire-alarm 1", "fire-restored 1"], rig.Events);
    }

    [Fact]
    public void A_box_without_a_clock_and_with_a_sequence_that_stands_loses_no_alarm()
    {
        using FrameRig rig = new();
        for (int i = 0; i < 3; i++)
        {
            rig.Component(7, 2, sequence: 0, time: NoTime);
            rig.Component(7, 2, sequence: 0, time: NoTime);
            rig.Component(7, 0, sequence: 0, time: NoTime);
        }

        Assert.Equal(
            ["fire-alarm 1", "fire-restored 1", "fire-alarm 1", "fire-restored 1", "fire-alarm 1", "fire-restored 1"], rig.Events);
    }

    [Fact]
    public void A_sequence_that_stands_and_news_of_one_second_lose_no_alarm()
    {
        using FrameRig rig = new();
        FrameTime time = rig.Time;
        for (int i = 0; i < 3; i++)
        {
            rig.Component(7, 2, sequence: 0, time: time);
            rig.Component(7, 2, sequence: 0, time: time);
            rig.Component(7, 0, sequence: 0, time: time);
        }

        Assert.Equal(
            ["fire-alarm 1", "fire-restored 1", "fire-alarm 1", "fire-restored 1", "fire-alarm 1", "fire-restored 1"], rig.Events);
    }

    [Fact]
    public void An_operation_without_a_time_is_a_repeat_only_while_a_box_sends_again()
    {
        using FrameRig rig = new();
        byte[] unit = FrameRig.UnitOf(UnitType.BoxOperation, new UnitObject { Operation = (byte)OperationBits.Silence });
        rig.Send(unit, sequence: 3);
        rig.Send(unit, sequence: 3);
        Assert.Equal(["silenced 0"], rig.Events);
        rig.Pass(CountyLimits.PeerRepeatMs);
        rig.Send(unit, sequence: 3);
        Assert.Equal(["silenced 0", "silenced 0"], rig.Events);
    }

    [Fact]
    public void The_sequence_wraps_without_a_loss()
    {
        using FrameRig rig = new();
        for (int i = 0; i < 6; i++)
        {
            rig.Component(7, i % 2 == 0 ? 2 : 0);
        }

        Assert.Equal(6, rig.Events.Length);
    }
}
