// Owns: what a message says of a case, field by field, and what it never says.
// Must never: compare with what the same code wrote before.

using System.Text;
using System.Text.Json;
using Gateway.Contract;
using Gateway.County.HandOver;
using Gateway.County.Server;

namespace Gateway.County.Tests.HandOver;

public class HandOverMessageTests
{
    private const long OpenedMs = 1_780_000_000_250;

    [Fact]
    public void Fire_is_an_event_with_all_that_is_known_and_nothing_that_is_not()
    {
        JsonElement message = Message(Facts());
        Assert.Equal("1.0", Text(message, "specversion"));
        Assert.Equal("330701-77-0-41-1", Text(message, "id"));
        Assert.Equal("/fgw/330726", Text(message, "source"));
        Assert.Equal("cn.fgw.alarm.raised", Text(message, "type"));
        Assert.Equal("330701-77-0-41", Text(message, "subject"));
        Assert.Equal("2026-05-28T20:26:40.250Z", Text(message, "time"));
        Assert.Equal("000000000091", Text(message, "sequence"));
        JsonElement data = message.GetProperty("data");
        Assert.Equal(
            ["event", "fire", "open", "larger", "village", "synchronised"],
            ((string[])["class", "trouble", "state", "grade", "level", "timeQuality"]).Select(name => Text(data, name)));
        Assert.Equal("火警 3号（感烟探测器）", Text(data, "title"));
        Assert.Equal("金塘村微型消防站 文化礼堂：火警 3号（感烟探测器）；登记 3号；未受理", Text(data, "text"));
        Assert.Equal("2026-05-28T20:26:40.250Z", Text(data, "occurredAt"));
        Assert.Equal((330701, "金塘村微型消防站"),
            (data.GetProperty("station").GetProperty("number").GetInt32(), Text(data.GetProperty("station"), "name")));
        JsonElement place = data.GetProperty("place");
        Assert.Equal(("330726101003", "文化礼堂", "CGCS2000"), (Text(place, "village"), Text(place, "address"), Text(place, "datum")));
        Assert.Equal(119.9123456m, place.GetProperty("longitude").GetDecimal());
        Assert.False(data.GetProperty("test").GetBoolean());
        foreach (string absent in (string[])["endedAt", "closedAt", "judgement", "cause", "owner", "mergedInto"])
        {
            Assert.False(data.TryGetProperty(absent, out _), absent);
        }
    }

    /// <summary>What is 119's and what a group's robot says: the title and the text.</summary>
    [Fact]
    public void Gas_is_handed_over_by_its_name_and_as_urgent_as_a_fire()
    {
        HandOverFacts facts = Facts();
        facts.Case.ZoneKind = ZoneKind.Gas;
        JsonElement message = Message(facts);
        Assert.Equal("cn.fgw.alarm.raised", Text(message, "type"));
        JsonElement data = message.GetProperty("data");
        Assert.Equal(("fire", "larger"), (Text(data, "trouble"), Text(data, "grade")));
        Assert.Equal("可燃气体报警 3号（可燃气体探测器）", Text(data, "title"));
        Assert.Equal("金塘村微型消防站 文化礼堂：可燃气体报警 3号（可燃气体探测器）；登记 3号；未受理", Text(data, "text"));
        Assert.Equal("可燃气体探测器", Text(data, "zoneKindName"));
        Assert.DoesNotContain("火警", Raw(facts), StringComparison.Ordinal);
    }

    [Fact]
    public void Persons_go_with_it_only_where_the_county_says_so()
    {
        Assert.DoesNotContain("13800000000", Raw(Facts()), StringComparison.Ordinal);
        Assert.Contains("13800000000", Raw(Facts() with { Contact = true }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CaseClass.Alarm, CaseStepKind.Opened, "alarm.raised", 0)]
    [InlineData(CaseClass.Alarm, CaseStepKind.More, "alarm.more", 0)]
    [InlineData(CaseClass.Alarm, CaseStepKind.Escalated, "alarm.escalated", 0)]
    [InlineData(CaseClass.Alarm, CaseStepKind.PassedUp, "alarm.passed-up", 0)]
    [InlineData(CaseClass.Alarm, CaseStepKind.Called, "alarm.called", 0)]
    [InlineData(CaseClass.Alarm, CaseStepKind.SetOut, "alarm.set-out", 1)]
    [InlineData(CaseClass.Alarm, CaseStepKind.Answered, "alarm.answered", 1)]
    [InlineData(CaseClass.Alarm, CaseStepKind.Silenced, "alarm.silenced", 1)]
    [InlineData(CaseClass.Alarm, CaseStepKind.Ended, "alarm.ended", 1)]
    [InlineData(CaseClass.Alarm, CaseStepKind.Judged, "alarm.judged", 1)]
    [InlineData(CaseClass.Danger, CaseStepKind.Opened, "danger.opened", 2)]
    [InlineData(CaseClass.Danger, CaseStepKind.Aged, "danger.aged", 2)]
    [InlineData(CaseClass.Danger, CaseStepKind.Closed, "danger.closed", 2)]
    [InlineData(CaseClass.Silent, CaseStepKind.Opened, "station.silent", 2)]
    [InlineData(CaseClass.Silent, CaseStepKind.Ended, "station.back", 2)]
    [InlineData(CaseClass.Risk, CaseStepKind.Opened, "risk.raised", 2)]
    [InlineData(CaseClass.Risk, CaseStepKind.Ended, "risk.ended", 2)]
    public void Type_says_what_happened_and_fires_go_first(CaseClass of, CaseStepKind kind, string type, int priority)
    {
        Assert.Equal("cn.fgw." + type, HandOverMessage.Type(of, kind));
        Assert.Equal(priority, HandOverMessage.Priority(of, kind));
    }

    [Fact]
    public void Every_step_of_every_class_has_a_type_of_its_own()
    {
        string[] types = [.. Enum.GetValues<CaseClass>().SelectMany(of => Enum.GetValues<CaseStepKind>()
            .Select(kind => HandOverMessage.Type(of, kind)))];
        Assert.Equal(types.Length, types.Distinct(StringComparer.Ordinal).Count());
        Assert.All(types, type => Assert.Matches("^cn\\.fgw\\.[a-z]+\\.[a-z-]+$", type));
    }

    [Fact]
    public void Longest_case_stays_below_20_kB_and_no_character_is_cut_in_two()
    {
        string words = string.Concat(Enumerable.Repeat("火𠮷", CountyLimits.CaseWordsMax / 3));
        string name = new('名', CountyLimits.CaseNameMax);
        string text = new('地', CountyLimits.PlaceTextMax);
        HandOverFacts facts = Facts() with { Contact = true, StationName = name };
        facts.Case.Text = words;
        (facts.Case.Cause, facts.Case.Owner) = (name, name);
        facts = facts with
        {
            Place = facts.Place! with { Address = text, Gas = text, Contact = text, Telephone = text },
            Steps = [.. Enumerable.Range(1, 200).Select(n => Step(n, CaseStepKind.Noted, words, name))],
        };
        string raw = Raw(facts);
        Assert.InRange(Encoding.UTF8.GetByteCount(raw), 1, 20_000);
        Assert.DoesNotContain('\uFFFD', raw);
        JsonElement data = Parse(raw).GetProperty("data");
        Assert.InRange(Text(data, "title").Length, 1, 50);
        Assert.InRange(Text(data, "text").Length, 1, 500);
        Assert.Equal(Enumerable.Range(181, 20), data.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("number").GetInt32()));
    }

    [Fact]
    public void Any_text_makes_a_message_so_that_no_word_can_stop_a_fire()
    {
        Random random = new(1);
        string Any() => string.Concat(Enumerable.Range(0, random.Next(1, 80)).Select(_ => (char)random.Next(char.MaxValue + 1)));
        for (int i = 0; i < 2_000; i++)
        {
            HandOverFacts facts = Facts() with { Contact = true, StationName = Any() };
            (facts.Case.Text, facts.Case.Cause, facts.Case.Owner, facts.Case.Village) = (Any(), Any(), Any(), Any());
            CaseStep step = Step(1, CaseStepKind.Noted, Any(), Any());
            facts = facts with
            {
                Step = step, Steps = [step],
                Place = facts.Place! with { Address = Any(), Gas = Any(), Contact = Any(), Telephone = Any(), Longitude = Any() },
            };
            Assert.Equal("330701-77-0-41-1", Text(Message(facts), "id"));
        }
    }

    [Fact]
    public void Test_of_the_connection_tells_nothing()
    {
        JsonElement ping = Parse(Encoding.UTF8.GetString(HandOverMessage.Ping("test-92", "330726", 92, OpenedMs)));
        Assert.Equal(("cn.fgw.test.ping", "test-92"), (Text(ping, "type"), Text(ping, "id")));
        Assert.True(ping.GetProperty("data").GetProperty("test").GetBoolean());
    }

    internal static HandOverFacts Facts()
    {
        CaseStep step = Step(1, CaseStepKind.Opened, "", "");
        return new HandOverFacts
        {
            Case = new Case
            {
                Id = step.Case,
                Track = new CaseTrack(330701, 77, Lane.Fire, TrackKind.Fire, 0),
                Sequence = 41,
                Class = CaseClass.Alarm,
                Trouble = CaseTrouble.Fire,
                State = CaseState.Open,
                Grade = CaseGrade.Larger,
                Level = EscalationLevel.Village,
                Zone = 3,
                ZoneKind = ZoneKind.Smoke,
                Zones = 0b100,
                OpenedMs = OpenedMs,
                TimeQuality = UtcQuality.Synchronised,
                ReceivedMs = OpenedMs + 700,
                DueMs = OpenedMs + 86_400_000,
                County = "330726",
                Township = "330726101",
                Village = "330726101003",
            },
            Step = step,
            Steps = [step],
            StationName = "金塘村微型消防站",
            Place = new PlaceFile
            {
                Station = 330701, Address = "文化礼堂", Contact = "王芳", Telephone = "13800000000", Longitude = "119.9123456",
                Latitude = "29.4", Datum = "CGCS2000",
            },
        };
    }

    private static CaseStep Step(int n, CaseStepKind kind, string words, string who) => new()
    {
        Case = "330701-77-0-41", Source = $"0-{n}", Kind = kind, AtMs = OpenedMs, Zone = 3, N = n, Number = 90 + n, Words = words,
        Who = who, Level = who.Length > 0 ? 2 : 0,
    };

    private static JsonElement Message(HandOverFacts facts) => Parse(Raw(facts));

    private static string Raw(HandOverFacts facts) => Encoding.UTF8.GetString(HandOverMessage.Body(facts, new HandOverWords()));

    private static JsonElement Parse(string raw)
    {
        using JsonDocument document = JsonDocument.Parse(raw);
        return document.RootElement.Clone();
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
