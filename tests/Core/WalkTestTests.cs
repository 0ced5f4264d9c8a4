// Owns: the walk test as a technician does it from the console: detector to detector, outputs, what is a fire all the same.
// Must never: look into the part; it reads the console, the outputs and the log.

using System.Globalization;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

public sealed class WalkTestTests
{
    private static ConsoleRig Rig(out TrialScene scene)
    {
        BoardShape shape = SceneBoard.Shape();
        shape.ShowsNames = true;
        scene = new TrialScene(new Device.MemoryFlash(), shape);
        scene.Start(TrialScene.Text("good", "1 2 3"));
        ConsoleRig rig = new(scene);
        rig.Pass(3000);
        rig.Unlock();
        return rig;
    }

    private static string Newest(TrialScene scene, EventKind kind)
    {
        EventRecord record = new();
        int value = scene.Newest(kind, record);
        return string.Create(CultureInfo.InvariantCulture, $"{value} a={record.A} b={record.B} c={record.C:X}");
    }

    private static int Of(TrialScene scene, EventKind kind)
    {
        int count = 0;
        EventRecord record = new();
        byte[] bytes = new byte[EventRecord.Size];
        Lane lane = EventKinds.LaneOf(kind);
        for (uint after = 0; after < scene.Loop.Log.At(lane).Durable; after++)
        {
            count += scene.Loop.Log.Read(lane, after, 1, bytes, 0) == 1 && record.Decode(bytes, 0, bytes.Length) == DecodeResult.Ok
                && record.Kind == kind ? 1 : 0;
        }

        return count;
    }

    [Fact]
    public void Zones_are_ticked_off_and_the_record_says_what_was_not_tested()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        Assert.Contains("逐点测试开始", rig.Say("walktest begin all 30"), StringComparison.Ordinal);
        scene.Press(2);
        rig.Pass(500);
        Assert.Contains("+ 2 z2  1/3", rig.Port.TakeSaid(), StringComparison.Ordinal);
        scene.Press(1);
        rig.Pass(500);
        Assert.Contains("+ 1 z1  2/3", rig.Port.TakeSaid(), StringComparison.Ordinal);
        Assert.Equal(ZoneSet.None, scene.Loop.Panel.Latched);
        rig.Port.Type(3);
        rig.Pass(100);
        string end = rig.Say("walktest end");
        Assert.Contains("部位已试 1 2\n", end, StringComparison.Ordinal);
        Assert.Contains("部位未试 3\n", end, StringComparison.Ordinal);
        rig.Pass(2000);
        Assert.Equal("2 a=7 b=3", Newest(scene, EventKind.Commissioned)[..9]);
        Assert.Equal(2, Of(scene, EventKind.TestActivation));
        Assert.Equal(3, Of(scene, EventKind.TestEnded));
        Assert.Equal(0, Of(scene, EventKind.FireAlarm));
        scene.Press(2);
        Assert.NotEqual(ZoneSet.None, scene.Loop.Panel.Latched);
    }

    [Fact]
    public void Each_activation_chirps_once()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        _ = rig.Say("walktest begin 1-2 30");
        int buzzer = SceneBoard.Shape().OutputOf[(int)OutputRole.Buzzer];
        scene.Board.Set(SceneBoard.Analog, 0);
        int sounded = 0;
        bool before = false;
        for (int at = 0; at < 20_000; at += Limits.TickMs)
        {
            rig.Pass(Limits.TickMs);
            bool on = scene.Loop.Outputs.IsOn(OutputRole.Buzzer);
            sounded += on && !before ? 1 : 0;
            before = on;
        }

        Assert.True(buzzer >= 0);
        Assert.InRange(sounded, 1, 2);
        Assert.False(before);
        Assert.Equal(ZoneSet.None, scene.Loop.Panel.Latched);
    }

    [Fact]
    public void Second_zone_at_once_is_a_fire()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        _ = rig.Say("walktest begin all 30");
        scene.Board.Set(SceneBoard.Analog, 0);
        rig.Pass(2000);
        Assert.Equal(ZoneSet.None, scene.Loop.Panel.Latched);
        scene.Board.Set(SceneBoard.Analog + 2, 0);
        rig.Pass(400);
        Assert.Equal(Bits.Zone(0) | Bits.Zone(2), scene.Loop.Panel.Latched);
        Assert.Contains("按火警处理", rig.Port.TakeSaid(), StringComparison.Ordinal);
        rig.Pass(3000);
        Assert.Equal(1, Of(scene, EventKind.Commissioned));
    }

    [Fact]
    public void Activation_of_over_a_minute_is_a_fire()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        _ = rig.Say("walktest begin 1 30");
        scene.Board.Set(SceneBoard.Analog, 0);
        rig.Pass(59_000);
        Assert.Equal(ZoneSet.None, scene.Loop.Panel.Latched);
        rig.Pass(2000);
        Assert.Equal(Bits.Zone(0), scene.Loop.Panel.Latched);
    }

    [Fact]
    public void Zone_that_is_not_named_is_real_throughout()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        _ = rig.Say("walktest begin 1,3 30");
        scene.Press(2);
        Assert.Equal(Bits.Zone(1), scene.Loop.Panel.Latched);
    }

    [Fact]
    public void It_ends_by_itself_and_with_a_restart()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        _ = rig.Say("walktest begin 1 1");
        rig.Pass(61_000);
        Assert.Equal("0 a=1 b=0", Newest(scene, EventKind.Commissioned)[..9]);
        scene.Press(1);
        Assert.Equal(Bits.Zone(0), scene.Loop.Panel.Latched);
        scene.Reset();
        _ = rig.Say("walktest begin 1 30", 4000);
        int ended = Of(scene, EventKind.TestEnded);
        scene.Start(null);
        rig.Pass(4000);
        Assert.Equal(ended + 1, Of(scene, EventKind.TestEnded));
        Assert.Equal(ZoneSet.None, scene.Loop.Panel.State.Tested);
        scene.Start(null);
        rig.Pass(4000);
        Assert.Equal(ended + 1, Of(scene, EventKind.TestEnded));
    }

    [Fact]
    public void Outputs_work_for_some_seconds_and_count_when_somebody_says_so()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        Assert.Contains("没有进行中", rig.Say("walktest try siren"), StringComparison.Ordinal);
        _ = rig.Say("walktest begin all 30");
        rig.Port.Type(3);
        rig.Pass(100);
        Assert.Contains("walktest yes siren", rig.Say("walktest try siren", 400), StringComparison.Ordinal);
        Assert.True(scene.Loop.Outputs.IsOn(OutputRole.Siren));
        rig.Pass(Limits.OutputTryMs);
        Assert.False(scene.Loop.Outputs.IsOn(OutputRole.Siren));
        _ = rig.Say("walktest yes siren");
        _ = rig.Say("walktest try relay2");
        _ = rig.Say("walktest no relay2");
        string end = rig.Say("walktest end");
        Assert.Contains("输出已试 siren \n", end, StringComparison.Ordinal);
        Assert.Contains("relay2", end[end.IndexOf("输出未试", StringComparison.Ordinal)..], StringComparison.Ordinal);
        rig.Pass(2000);
        Assert.EndsWith("c=17E", Newest(scene, EventKind.Commissioned), StringComparison.Ordinal);
    }

    [Fact]
    public void Output_that_is_tried_stops_for_a_fire_elsewhere()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        _ = rig.Say("walktest begin 1 30");
        rig.Port.Type(3);
        rig.Pass(100);
        _ = rig.Say("walktest try relay4", 200);
        Assert.True(scene.Loop.Outputs.IsOn(OutputRole.Relay4));
        scene.Press(2);
        Assert.True(scene.Loop.Outputs.IsOn(OutputRole.Siren));
        Assert.False(scene.Loop.Outputs.IsOn(OutputRole.Relay4));
    }

    [Theory]
    [InlineData("walktest begin all", "不认识")]
    [InlineData("walktest begin 4 30", "不认识 4")]
    [InlineData("walktest begin 3-1 30", "不认识 3-1")]
    [InlineData("walktest begin 1,,2 30", "不认识 1,,2")]
    [InlineData("walktest begin all 721", "不认识 721")]
    [InlineData("walktest tr siren", "不认识 tr")]
    [InlineData("walktest try horn", "不认识 horn")]
    [InlineData("walktest end", "没有进行中")]
    [InlineData("walktest watch", "没有进行中")]
    public void What_cannot_be_done_is_said(string line, string told)
    {
        ConsoleRig rig = Rig(out _);
        Assert.Contains(told, rig.Say(line), StringComparison.Ordinal);
    }

    [Fact]
    public void It_does_not_begin_beside_a_fire_or_an_active_zone()
    {
        ConsoleRig rig = Rig(out TrialScene scene);
        scene.Press(3);
        Assert.Contains("先处理并复位", rig.Say("walktest begin 1 30"), StringComparison.Ordinal);
    }
}
