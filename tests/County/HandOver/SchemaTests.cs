// Owns: that the published schema and what is sent are the same.
// Must never: take the schema for right because it takes everything: what is wrong has to be refused by it.

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Contract;
using Gateway.County.HandOver;
using Gateway.County.Server;
using Json.Schema;

namespace Gateway.County.Tests.HandOver;

public class SchemaTests
{
    private static readonly string s_text = File.ReadAllText(Repository.Path("county/HandOver/hand-over.schema.json"));
    private static readonly JsonSchema s_schema = JsonSchema.FromText(s_text);

    [Fact]
    public void Every_step_of_every_class_is_as_the_schema_says()
    {
        foreach (CaseClass of in Enum.GetValues<CaseClass>())
        {
            foreach (CaseStepKind kind in Enum.GetValues<CaseStepKind>().Where(kind => kind != CaseStepKind.Platform))
            {
                foreach (bool bare in (bool[])[true, false])
                {
                    AssertGood(Raw(Facts(of, kind, bare)));
                }
            }
        }

        AssertGood(Encoding.UTF8.GetString(HandOverMessage.Ping("test-92", "330726", 92, 1_780_000_000_000)));
    }

    [Theory]
    [InlineData("data", "colour", "\"red\"")]
    [InlineData("data", "title", "\"\"")]
    [InlineData("data", "title", "null")]
    [InlineData("data", "class", "\"alarm\"")]
    [InlineData("data", "occurredAt", "\"2026-05-28 20:26:40\"")]
    [InlineData("data", "zone", "0")]
    [InlineData("", "sequence", "\"91\"")]
    [InlineData("", "type", "\"alarm.raised\"")]
    [InlineData("", "specversion", "\"0.3\"")]
    [InlineData("", "datacontentencoding", "\"base64\"")]
    public void What_is_otherwise_is_refused(string within, string name, string value)
    {
        JsonNode message = JsonNode.Parse(Raw(Facts(CaseClass.Alarm, CaseStepKind.Opened, bare: false)))!;
        (within.Length == 0 ? message : message[within]!)[name] = JsonNode.Parse(value);
        Assert.False(s_schema.Evaluate(message).IsValid);
    }

    [Fact]
    public void Names_in_the_schema_are_those_of_the_county()
    {
        using JsonDocument schema = JsonDocument.Parse(s_text);
        JsonElement fields = schema.RootElement.GetProperty("$defs").GetProperty("case").GetProperty("properties");
        Assert.Equal(Enum.GetValues<CaseTrouble>().Select(CaseNames.Of), Words(fields.GetProperty("trouble")));
        Assert.Equal(CaseNames.States, Words(fields.GetProperty("state")));
        Assert.Equal(CaseNames.Grades, Words(fields.GetProperty("grade")));
        Assert.Equal(CaseNames.Judgements, Words(fields.GetProperty("judgement")));
        JsonElement step = schema.RootElement.GetProperty("$defs").GetProperty("step").GetProperty("properties");
        Assert.Equal(Enum.GetValues<CaseStepKind>().Select(CaseNames.Of), Words(step.GetProperty("what")));
    }

    private static IEnumerable<string> Words(JsonElement of) => of.GetProperty("enum").EnumerateArray().Select(one => one.GetString()!);

    private static HandOverFacts Facts(CaseClass of, CaseStepKind kind, bool bare)
    {
        HandOverFacts all = HandOverMessageTests.Facts();
        Case one = all.Case;
        one.Class = of;
        if (bare)
        {
            (one.Zone, one.ZoneKind, one.OpenedMs, one.ReceivedMs, one.DueMs) = (0, ZoneKind.None, 0, 0, 0);
        }
        else
        {
            (one.EndedMs, one.ClosedMs, one.Judgement) = (one.OpenedMs + 1, one.OpenedMs + 2, CaseJudgement.False);
            (one.Cause, one.Owner, one.MergedInto) = ("油烟", "王", "330701-77-0-40");
        }

        CaseStep step = new()
        {
            Case = one.Id, Source = "0-1", Kind = kind, AtMs = bare ? 0 : one.OpenedMs, Zone = bare ? 0 : 3, N = 1, Number = 91,
            Level = bare ? 0 : 2, Who = bare ? "" : "王", Detail = 1, Value = 60,
        };
        return all with
        {
            Step = step, Steps = [step], StationName = bare ? "" : all.StationName, Place = bare ? null : all.Place, Contact = !bare,
        };
    }

    private static string Raw(HandOverFacts facts) => Encoding.UTF8.GetString(HandOverMessage.Body(facts, new HandOverWords()));

    internal static void AssertGood(string raw)
    {
        EvaluationResults results = s_schema.Evaluate(JsonNode.Parse(raw), new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(results.IsValid, raw + string.Concat(results.Details.Where(one => one.HasErrors)
            .Select(one => $"\n{one.InstanceLocation}: {string.Join(", ", one.Errors!.Values)}")));
    }
}
