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
        int[] kinds = [.. Numbers(typeof(EventKind))];
        Assert.Equal(kinds.Length, kinds.Select(EventKind.Code).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(kinds.Length, kinds.Select(EventKind.Chinese).Distinct(StringComparer.Ordinal).Count());
        Assert.All(kinds, kind => Assert.Matches("^[a-z]+(-[a-z]+)*$", EventKind.Code(kind)));
        Assert.Equal("kind-4711", EventKind.Code(4711));
        Assert.Equal("事件4711", EventKind.Chinese(4711));
        Assert.Equal(-1, EventKind.LaneOf(0));
        Assert.Equal(-1, EventKind.LaneOf(300));
        Assert.Equal(-1, EventKind.LaneOf(-5));
        Assert.Equal([0, 0, 1, 1, 2, 2], new[] { 1, 99, 100, 199, 200, 299 }.Select(EventKind.LaneOf));
    }

    [Fact]
    public void Zone_kinds_severities_and_lanes_are_read_back_from_their_words()
    {
        for (int kind = 1; kind <= ZoneKind.Last; kind++)
        {
            Assert.Equal(kind, ZoneKind.Parse(ZoneKind.Code(kind)));
            Assert.Contains(ZoneKind.Code(kind), ZoneKind.Allowed().Split(", "));
        }

        Assert.Equal(ZoneKind.Last, ZoneKind.Allowed().Split(", ").Length);
        Assert.All(Enumerable.Range(0, Severity.Last + 1), severity => Assert.Equal(severity, Severity.Parse(Severity.Code(severity))));
        Assert.All(Enumerable.Range(0, Lane.Count), lane => Assert.Equal(lane, Lane.Parse(Lane.Name(lane))));
        Assert.All(new[] { "none", "", "Smoke", "smoke " }, word => Assert.Equal(-1, ZoneKind.Parse(word)));
        Assert.Equal(-1, Severity.Parse("worst"));
        Assert.Equal(-1, Lane.Parse("?"));
    }

    [Fact]
    public void Numbers_out_of_range_have_a_text_and_do_not_throw()
    {
        foreach (int odd in new[] { -1, 255, int.MaxValue, int.MinValue })
        {
            string[] texts =
            [
                Severity.Code(odd), Severity.Chinese(odd), ZoneKind.Code(odd), ZoneKind.Chinese(odd), Unit.Text(odd), Lane.Name(odd),
                EventKind.Code(odd), EventKind.Chinese(odd), DecodeResult.Name(odd), CommandCode.Name(odd), CommandOutcome.Name(odd),
            ];
            Assert.All(texts, Assert.NotEmpty);
            Assert.False(MessageType.Known(odd, down: true) || MessageType.Known(odd, down: false));
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

    private static IEnumerable<int> Numbers(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (int)f.GetRawConstantValue()!);
}
