// Owns: the form of messages to group robots, what their answers mean, and who is told what.
// Must never: take a form that the real one would refuse.

using System.Text;
using System.Text.Json;
using Gateway.Contract;
using Gateway.County.HandOver;

namespace Gateway.County.Tests.HandOver;

public class RobotTests
{
    // What the groups' pages say: a text of WeCom has at most 2048 bytes, 20 messages a minute each.
    private const int WeComTextBytes = 2_048;

    [Fact]
    public void DingTalk_gets_each_request_signed_and_others_their_address_as_it_is()
    {
        Uri url = new("https://oapi.dingtalk.com/robot/send?access_token=abc");
        Assert.Equal(
            "https://oapi.dingtalk.com/robot/send?access_token=abc&timestamp=1795701162000"
            + "&sign=CtTi6pz%2BqdtyaHJ0HH3dze0hkZt9riHPTosUFoMlvVQ%3D",
            RobotMessage.Address(RobotKind.DingTalk, url, "SEC0123456789abcdef", 1_795_701_162_000).AbsoluteUri);
        Assert.Equal(url, RobotMessage.Address(RobotKind.DingTalk, url, "", 1));
        Assert.Equal(url, RobotMessage.Address(RobotKind.WeCom, url, "SEC", 1));
    }

    [Theory]
    [InlineData("火警 3号（感烟）\n\"金塘村\"")]
    [InlineData("")]
    public void Text_goes_as_it_is_in_each_form(string text)
    {
        foreach (RobotKind kind in (RobotKind[])[RobotKind.DingTalk, RobotKind.WeCom])
        {
            using JsonDocument json = JsonDocument.Parse(RobotMessage.Body(kind, text));
            Assert.Equal("text", json.RootElement.GetProperty("msgtype").GetString());
            Assert.Equal(text, json.RootElement.GetProperty("text").GetProperty("content").GetString());
        }

        using JsonDocument sms = JsonDocument.Parse(
            RobotMessage.Body(RobotKind.Template, text, """{"to":["duty"],"params":{"content":"{text}"}}"""));
        Assert.Equal(text, sms.RootElement.GetProperty("params").GetProperty("content").GetString());
    }

    [Fact]
    public void Longest_text_fits_and_no_character_is_cut_in_two()
    {
        using JsonDocument json = JsonDocument.Parse(
            RobotMessage.Body(RobotKind.WeCom, string.Concat(Enumerable.Repeat("火𠮷a", 2_000))));
        string text = json.RootElement.GetProperty("text").GetProperty("content").GetString()!;
        Assert.InRange(Encoding.UTF8.GetByteCount(text), WeComTextBytes - 8, WeComTextBytes);
        Assert.DoesNotContain('\uFFFD', text);
        Assert.EndsWith("…", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "{\"errcode\":0,\"errmsg\":\"ok\"}", 200)]
    [InlineData(200, "{\"errcode\":130101,\"errmsg\":\"send too fast\"}", 429)]
    [InlineData(200, "{\"errcode\":45009}", 429)]
    [InlineData(200, "{\"errcode\":310000,\"errmsg\":\"sign not match\"}", 422)]
    [InlineData(200, "{\"errcode\":93000}", 422)]
    [InlineData(200, "{\"errcode\":-1}", 503)]
    [InlineData(200, "<html>", 503)]
    [InlineData(200, "", 503)]
    [InlineData(200, "[]", 503)]
    [InlineData(200, "{\"errcode\":410100}", 429)]
    [InlineData(200, "{\"errcode\":45033}", 429)]
    [InlineData(200, "{\"errcode\":0,\"\\ud800aaaaaaaaaaaaaaaaaaaa\":1}", 503)]
    [InlineData(200, "{\"errcode\":1e99}", 503)]
    [InlineData(503, "", 503)]
    public void Answer_of_a_robot_is_what_its_errcode_says(int http, string body, int counts)
    {
        Attempt attempt = RobotMessage.Outcome(RobotKind.DingTalk, new Attempt(http, ""), Encoding.UTF8.GetBytes(body));
        Assert.Equal(counts, attempt.Status);
        Assert.Equal(counts == 429, attempt.RetryAfterMs is not null);
        Assert.Equal(http, RobotMessage.Outcome(RobotKind.Template, new Attempt(http, ""), Encoding.UTF8.GetBytes(body)).Status);
    }

    [Theory]
    [InlineData("""{"content":"{text}"}""", true)]
    [InlineData("""{"content":"text"}""", false)]
    [InlineData("""{"content":{text}}""", false)]
    [InlineData("", false)]
    public void Template_is_JSON_with_a_place_for_the_text(string template, bool good) =>
        Assert.Equal(good, RobotMessage.ProblemOfTemplate(template) is null);

    [Fact]
    public void Storm_is_one_text_with_its_count()
    {
        Assert.Equal("a", RobotMessage.Text(["a"]));
        string storm = RobotMessage.Text([.. Enumerable.Range(1, 200).Select(n => $"火警 {n}")]);
        Assert.StartsWith("共200条消息：\n火警 1\n", storm, StringComparison.Ordinal);
        Assert.EndsWith("……另有190条", storm, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "alarm general village 330726101 03:00", true)]
    [InlineData("class=danger,risk", "alarm general village 330726101 12:00", false)]
    [InlineData("class=danger,risk", "risk low village 330726101 12:00", true)]
    [InlineData("grade=larger", "danger general county 330726101 12:00", false)]
    [InlineData("grade=larger", "danger major village 330726101 12:00", true)]
    [InlineData("level=township", "danger low village 330726101 12:00", false)]
    [InlineData("level=township; township=330726101", "danger low county 330726101 12:00", true)]
    [InlineData("township=330726102", "danger low county 330726101 12:00", false)]
    [InlineData("hours=08:00-20:00", "danger low county 330726101 07:59", false)]
    [InlineData("hours=08:00-20:00", "danger low county 330726101 08:00", true)]
    [InlineData("hours=08:00-20:00", "danger low county 330726101 20:00", false)]
    [InlineData("hours=20:00-08:00", "danger low county 330726101 03:00", true)]
    [InlineData("hours=08:00-20:00", "alarm low county 330726101 03:00", true)]
    public void Rule_tells_what_it_names_and_a_fire_at_any_hour(string rule, string one, bool told)
    {
        (RobotRule? parsed, string? problem) = RobotRule.Parse(rule);
        Assert.Null(problem);
        string[] parts = one.Split(' ');
        Case of = new()
        {
            Id = "1-2-0-3",
            Track = new CaseTrack(1, 2, Lane.Fire, TrackKind.Fire, 0),
            Sequence = 3,
            Class = (CaseClass)(CaseNames.Classes.IndexOf(parts[0]) + 1),
            Grade = (CaseGrade)(CaseNames.Grades.IndexOf(parts[1]) + 1),
            Level = (EscalationLevel)(CaseNames.Levels.IndexOf(parts[2]) + 1),
            Township = parts[3],
        };
        int[] time = [.. parts[4].Split(':').Select(int.Parse)];
        Assert.Equal(told, parsed!.Tells(of, (time[0] * 60) + time[1]));
    }

    [Theory]
    [InlineData("class")]
    [InlineData("class=fire")]
    [InlineData("grade=red")]
    [InlineData("level=")]
    [InlineData("township=../x")]
    [InlineData("hours=8-20")]
    [InlineData("hours=08:00-08:00")]
    [InlineData("hours=08:00-24:01")]
    [InlineData("class=alarm;class=risk")]
    [InlineData("colour=red")]
    public void Rule_that_cannot_be_is_refused_with_what_is_allowed(string rule) =>
        Assert.Contains("allowed: each once: class=", RobotRule.Parse(rule).Problem!, StringComparison.Ordinal);
}
