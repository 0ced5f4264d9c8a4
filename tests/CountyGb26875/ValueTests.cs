// Owns: what becomes of measured values: the newest of each kind of a component, and no event.
// Must never: make an alarm of a number.

using System.Net;
using Gateway.County;
using Gateway.County.Gb26875;
using Gateway.Gb26875;

namespace Gateway.Tests.CountyGb26875;

public class ValueTests
{
    [Fact]
    public void The_newest_value_of_each_kind_is_kept_with_its_time_and_no_event_is_made()
    {
        using FrameRig rig = new();
        FrameTime yearsOff = FrameTime.Of(DateTimeOffset.FromUnixTimeMilliseconds(rig.NowMs).AddYears(-5));
        Assert.Equal(Reply.Confirm, rig.Send(Unit(rig.Time, (7, 5, 4_500), (7, 3, -105), (8, 200, short.MinValue))));
        long firstMs = rig.NowMs;
        rig.Send(Unit(yearsOff, (7, 5, 4_400)));
        rig.Restart();
        Assert.Empty(rig.Events);
        Assert.Equal(
            ["7 温度 -10.5 ℃ True", "7 压力 440.0 kPa False", "8 模拟量类型200（用户自定义） -32768 True"],
            rig.Store.Values(FrameRig.Station).Select(v => $"{v.Key.Component} {PartText.Value(v)} {v.ToldMs > 0}"));
        Assert.Equal([firstMs, firstMs + 1_000, firstMs], rig.Store.Values(FrameRig.Station).Select(v => v.SeenMs));
        Assert.Equal(["点型感温火灾探测器 正常 normal 1", "点型感温火灾探测器 正常 normal 2"], Parts(rig));

        // Its state is told by a status, and changes no value.
        rig.Component(7, 0b10110, type: 31);
        Assert.Equal(["点型感温火灾探测器 火警 故障 监管 1", "点型感温火灾探测器 正常 normal 2"], Parts(rig));
        Assert.Equal(3, rig.Store.Values(FrameRig.Station).Count);
        Assert.True(rig.Store.RemovePeer(FrameRig.Station));
        Assert.Empty(rig.Store.Values(FrameRig.Station));
    }

    [Fact]
    public void Values_without_end_make_a_table_with_an_end()
    {
        using FrameRig rig = new();
        PeerRegistration peer = rig.Desk.Peers[FrameRig.Station];
        rig.Desk.Enter(
            entry =>
            {
                PeerBook book = new(entry, rig.Memory);
                StationState state = entry.Hear(peer);
                int kinds = 250;
                for (uint component = 1; component * kinds <= CountyLimits.PeerValuesMax + (2 * kinds); component++)
                {
                    for (int kind = 1; kind <= kinds; kind += 50)
                    {
                        byte[] unit = Unit(rig.Time, [.. Enumerable.Range(kind, 50).Select(k => (component, (byte)k, (short)1))]);
                        book.Read(new ReceivedFrame(rig.Link, peer, default, unit), state);
                    }
                }
            },
            rig.Now);
        Assert.Equal(CountyLimits.PeerValuesMax, rig.Store.Values(FrameRig.Station).Count);
        rig.Send(Unit(rig.Time, (1, 1, 77), (9_999, 1, 78)));
        Assert.Equal(CountyLimits.PeerValuesMax, rig.Store.Values(FrameRig.Station).Count);
        Assert.Equal(77, rig.Store.Values(FrameRig.Station)[0].Value);
    }

    [Fact]
    public void A_centre_that_asks_for_values_gets_the_newest_and_a_denial_where_there_are_none()
    {
        using FrameRig rig = new();
        rig.Send(Unit(rig.Time, (7, 5, 4_500), (7, 3, -105)));
        CentreAnswers answers = new(ForwardTests.Profile(new IPEndPoint(IPAddress.Loopback, 1)), TimeProvider.System);
        FrameHead head = new() { Destination = new PeerAddress(FrameRig.Station), Command = FrameCommand.Request };
        FrameReader reader = new();
        reader.Add(answers.To(rig.Desk, head, [63, 1, 1, 1, 7, 0, 0, 0], rig.Now));
        Assert.Equal(ReadOutcome.Frame, reader.Read(out Frame got));
        Assert.Equal(FrameCommand.Answer, got.Command);
        UnitReader objects = new(got.Unit);
        Assert.True(objects.Next(out UnitObject one));
        Assert.Equal((3, -105), (one.AnalogType, one.Value));
        Assert.True(objects.Next(out one));
        Assert.Equal((5, 4_500), (one.AnalogType, one.Value));
        reader.Add(answers.To(rig.Desk, head, [63, 1, 1, 1, 8, 0, 0, 0], rig.Now));
        Assert.Equal(ReadOutcome.Frame, reader.Read(out got));
        Assert.Equal(FrameCommand.Deny, got.Command);
    }

    private static string[] Parts(FrameRig rig) =>
        [.. rig.Store.Parts(FrameRig.Station).Select(part => $"{PartText.Kind(part)} {PartText.State(part)} {part.Zone}")];

    private static byte[] Unit(FrameTime time, params (uint Component, byte Kind, short Value)[] values)
    {
        UnitWriter unit = new(new byte[FrameLayout.UnitBytesMax], UnitType.AnalogValue);
        foreach ((uint component, byte kind, short value) in values)
        {
            Assert.True(unit.TryAdd(new UnitObject
            {
                SystemType = 1, SystemAddress = 1, ComponentType = 31, ComponentAddress = component, AnalogType = kind, Value = value,
                Time = time,
            }));
        }

        return unit.Written.ToArray();
    }
}
