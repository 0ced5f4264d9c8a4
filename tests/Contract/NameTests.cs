// Owns: the names of numbers: each its own, and read back where they can be.
// Must never: list the numbers again; it asks the code for them.

using System.Reflection;
using Gateway.Contract;

namespace Gateway.Tests.Wire;

public class NameTests
{
    [Fact]
    public void Every_kind_has_a_code_and_a_Chinese_name_of_its_own()
    {
        EventKind[] kinds = Enum.GetValues<EventKind>();
        Assert.Equal(kinds.Length, kinds.Select(EventKinds.Code).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(kinds.Length, kinds.Select(Catalogue.Chinese.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(kinds, kind => Assert.Matches("^[a-z]+(-[a-z]+)*$", EventKinds.Code(kind)));
        Assert.Equal("kind-4711", EventKinds.Code((EventKind)4711));
        Assert.Equal("事件4711", Catalogue.Chinese.Name((EventKind)4711));
        Assert.Equal(Lane.None, EventKinds.LaneOf(default));
        Assert.Equal(Lane.None, EventKinds.LaneOf((EventKind)300));
        Assert.Equal(Lane.None, EventKinds.LaneOf((EventKind)ushort.MaxValue));
        Assert.Equal([Lane.Fire, Lane.Fire, Lane.Condition, Lane.Condition, Lane.Routine, Lane.Routine],
            new[] { 1, 99, 100, 199, 200, 299 }.Select(kind => EventKinds.LaneOf((EventKind)kind)));
    }

    [Fact]
    public void Zone_kinds_severities_and_lanes_are_read_back_from_their_words()
    {
        for (ZoneKind kind = ZoneKind.CallPoint; (int)kind <= ZoneKinds.Last; kind++)
        {
            Assert.Equal(kind, ZoneKinds.Parse(ZoneKinds.Code(kind)));
            Assert.Contains(ZoneKinds.Code(kind), ZoneKinds.Allowed().Split(", "));
        }

        Assert.Equal(ZoneKinds.Last, ZoneKinds.Allowed().Split(", ").Length);
        Assert.All(Enum.GetValues<Severity>().Where(grade => grade != Severity.Unknown), severity =>
             Assert.Equal(severity, Severities.Parse(Severities.Code(severity))));
        Assert.All(Enum.GetValues<Lane>().Where(lane => lane != Lane.None), lane => Assert.Equal(lane, Lanes.Parse(Lanes.Name(lane))));
        Assert.All(new[] { "none", "", "Smoke", "smoke " }, word => Assert.Equal(ZoneKind.None, ZoneKinds.Parse(word)));
        Assert.Equal(Severity.Unknown, Severities.Parse("worst"));
        Assert.Equal(Lane.None, Lanes.Parse("?"));
    }

    [Fact]
    public void Numbers_out_of_range_have_a_text_and_do_not_throw()
    {
        foreach (int odd in new[] { -1, 200, 255, int.MaxValue })
        {
            string[] texts =
            [
                Severities.Code((Severity)odd), Catalogue.Chinese.Grade((Severity)odd), ZoneKinds.Code((ZoneKind)odd),
                    Catalogue.Chinese.Name((ZoneKind)odd), Units.Text((Unit)odd), Lanes.Name((Lane)odd),
                EventKinds.Code((EventKind)odd), Catalogue.Chinese.Name((EventKind)odd), DecodeResults.Name(odd),
                CommandCodes.Name((CommandCode)odd), CommandOutcomes.Name(odd),
            ];
            Assert.All(texts, Assert.NotEmpty);
            Assert.False(MessageTypes.Known((MessageType)odd, down: true) || MessageTypes.Known((MessageType)odd, down: false));
        }
    }

    [Fact]
    public void A_level_of_a_topic_is_checked_before_a_topic_is_made_of_it()
    {
        string longest = new('x', ContractLimits.TopicLevelMax);
        Assert.All(new[] { "a", "330683", "v-017", longest }, level => Assert.True(Topics.LevelOk(level)));
        Assert.All(new[] { null, "", "+", "#", "a/b", "a b", "村", "a\0", longest + "x" }, level => Assert.False(Topics.LevelOk(level!)));
        Assert.Equal(DecodeResult.WrongTopic, Topics.ParseUp(null!, new string[4], out _));
        Assert.False(Topics.StationOf(null!, out _));
    }

    [Fact]
    public void A_key_of_another_length_is_refused_without_being_shown()
    {
        foreach (byte[]? key in new[] { null, [], new byte[31], new byte[33] })
        {
            ArgumentException error = Assert.Throws<ArgumentException>(() => new DotNetMac(key!));
            Assert.Contains("32 bytes", error.Message, StringComparison.Ordinal);
        }
    }
}
