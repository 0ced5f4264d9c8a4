// Owns: what is asked of stations from the duty page: the question before, the command, its refusals, and its answer on the stream.
// Must never: assert an answer by the page alone: commands are looked up in the database.

using System.Text;
using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

public sealed class DutyOrderTests
{
    private const string Station = "/stations/330701/";

    [Theory]
    [InlineData("duty-check", "minutes=7", "值班室的蜂鸣器将响查岗声", (int)CommandCode.DutyCheck, 7, 0)]
    [InlineData("drill", "minutes=30&zones=1,3", "1、3号在30分钟内报警时，现场警报器将响演练声", (int)CommandCode.Drill, 30, 5)]
    [InlineData("drill", "minutes=30&zones=all", "全部部位在30分钟内", (int)CommandCode.Drill, 30, 0)]
    [InlineData("drill", "minutes=0", "演练结束", (int)CommandCode.Drill, 0, 0)]
    [InlineData("hot-work", "minutes=60&zones=1,2", "1、2号60分钟内不报火警", (int)CommandCode.HotWork, 3, 60)]
    [InlineData("hot-work", "minutes=0", "动火结束", (int)CommandCode.HotWork, 0, 0)]
    [InlineData("shield", "minutes=60&zone=7", "7号60分钟内不报火警", (int)CommandCode.Disable, 7, 60)]
    [InlineData("shield", "minutes=0&zone=7", "解除屏蔽：若仍在报警，现场警报器将立即鸣响", (int)CommandCode.Disable, 7, 0)]
    [InlineData("test", "minutes=30&zone=7", "7号部位30分钟内报警只记为测试", (int)CommandCode.Test, 7, 30)]
    [InlineData("test", "minutes=0&zone=7", "结束测试：若仍在报警，现场警报器将立即鸣响", (int)CommandCode.Test, 7, 0)]
    [InlineData("self-test", "", "蜂鸣器短响", (int)CommandCode.SelfTest, 0, 0)]
    [InlineData("silence", "", "现场警报器将停", (int)CommandCode.Silence, 0, 0)]
    [InlineData("call-out", "minutes=5&place=前塘村仓库", "蜂鸣器将响增援声", (int)CommandCode.CallOut, 5, 0)]
    [InlineData("call-out", "minutes=0", "", (int)CommandCode.CallOut, 0, 0)]
    [InlineData("clock", "", "", (int)CommandCode.Clock, 0, 0)]
    public async Task Order_says_what_will_sound_where_and_is_sent_when_it_is_meant(
        string order, string fields, string sounds, int code, int a, int b)
    {
        await using DutyRig rig = new();
        Browser here = await rig.As("here");
        Dictionary<string, string> form = Fields(fields);
        if (sounds.Length > 0)
        {
            string text = (await here.Post(Station + order, form)).Text;
            Assert.Contains("甲村<b>站（330701，", text, StringComparison.Ordinal);
            Assert.Contains(sounds, text, StringComparison.Ordinal);
            Assert.Empty(rig.Rig.Store.Commands(330701));
            form["sure"] = "yes";
        }

        (int given, string shown) = await here.Post(Station + order, form);
        Assert.Equal(200, given);
        StationCommand one = Assert.Single(rig.Rig.Store.Commands(330701));
        Assert.Equal((code, a, b), (one.Code, one.A, one.B));
        Assert.Contains(OrderText.Chinese(one), shown, StringComparison.Ordinal);
        Assert.Contains("here某", shown, StringComparison.Ordinal);
        Assert.Contains(
            rig.Rig.Store.ShiftLog(DutyRig.Here, 10),
            row => (row.Act, row.Person, row.Target, row.Words) == (order, "here某", "330701", OrderText.Chinese(one)));
        Assert.Equal("here某", rig.Rig.Store.OrderedBy(330701, null, 10)[one.Number]);
    }

    [Theory]
    [InlineData("duty-check", "minutes=11", "minutes: '11'; allowed: 1..10")]
    [InlineData("drill", "minutes=481&zones=1", "minutes: '481'; allowed: 0..480")]
    [InlineData("drill", "minutes=10", "zones: missing; allowed: zone numbers 1..32 with commas, such as 1,2, or all")]
    [InlineData("drill", "minutes=10&zones=1,33", "zones: '1,33'; allowed: zone numbers 1..32")]
    [InlineData("hot-work", "minutes=10&zones=all", "zones: 'all'; allowed: zone numbers 1..32 with commas, such as 1,2")]
    [InlineData("hot-work", "minutes=-1&zones=1", "minutes: '-1'; allowed: 0..1440")]
    [InlineData("shield", "minutes=10&zone=0", "zone: '0'; allowed: 1..255")]
    [InlineData("test", "minutes=241&zone=1", "minutes: '241'; allowed: 0..240")]
    [InlineData("read-log", "", "'read-log'; allowed: duty-check, drill, hot-work, shield, test, self-test, clock, silence, call-out")]
    [InlineData("call-out", "minutes=5", "place: ''; allowed: 1..48 bytes")]
    [InlineData("call-out", "minutes=5&place=一二三四五六七八九十一二三四五六七", "allowed: 1..48 bytes")]
    [InlineData("call-out", "minutes=31&place=x", "minutes: '31'; allowed: 0..30")]
    public async Task Order_that_cannot_be_is_refused_as_on_the_command_line(string order, string fields, string says)
    {
        await using DutyRig rig = new();
        Browser here = await rig.As("here");
        Dictionary<string, string> form = Fields(fields);
        form["sure"] = "yes";
        (int code, string text) = await here.Post(Station + order, form);
        Assert.Equal(409, code);
        Assert.Contains(says, text, StringComparison.Ordinal);
        Assert.Empty(rig.Rig.Store.Commands(330701));
    }

    [Fact]
    public async Task Of_two_who_ask_the_same_at_once_one_does_and_the_other_sees_who()
    {
        await using DutyRig rig = new();
        Browser[] both = [await rig.As("county"), await rig.As("here")];
        Dictionary<string, string> form = new() { ["minutes"] = "30", ["zones"] = "all", ["sure"] = "yes" };
        (int Code, string Text)[] told = await Task.WhenAll(both.Select(one => one.Post(Station + "drill", form)));
        Assert.Equal([200, 409], told.Select(one => one.Code).Order());
        string winner = told[0].Code == 200 ? "county某" : "here某";
        Assert.Contains(
            $"{winner} 已于 ", told.Single(one => one.Code == 409).Text, StringComparison.Ordinal);
        Assert.Single(rig.Rig.Store.Commands(330701));

        // What ends it is another thing.
        Assert.Equal(200, (await both[0].Post(Station + "drill", new() { ["minutes"] = "0", ["sure"] = "yes" })).Code);
    }

    [Fact]
    public async Task Answer_of_the_box_comes_over_the_stream_with_its_reason_and_only_to_who_may_see_the_station()
    {
        await using DutyRig rig = new();
        (Browser here, Browser county) = (await rig.As("here"), await rig.As("county"));
        await using Told second = await Told.Of(county, "/stream?only=orders");
        await using Told there = await Told.Of(await rig.As("there"), "/stream");
        await there.Next("all");
        rig.Rig.Send(rig.First.Heartbeat());
        await here.Post(Station + "drill", new() { ["minutes"] = "30", ["zones"] = "1", ["sure"] = "yes" });
        StationCommand drill = Assert.Single(rig.Rig.Store.Commands(330701));
        Assert.Contains("（here某）：待下发", await Until("queued"), StringComparison.Ordinal);
        Answer(rig, 1, EventKind.CommandDone, drill, (int)CommandOutcome.FireIsLatched);
        Assert.Contains("演练 1号 30分（here某）：未执行：有火警未复位", await Until("not-done"), StringComparison.Ordinal);

        // A duty check is over when somebody answers it, not when it rings.
        await here.Post(Station + "duty-check", new() { ["minutes"] = "5", ["sure"] = "yes" });
        StationCommand check = rig.Rig.Store.Commands(330701).Single(one => one.Code == (int)CommandCode.DutyCheck);
        Answer(rig, 2, EventKind.CommandDone, check, (int)CommandOutcome.Done);
        await Until("done");
        rig.Rig.Send(rig.First.Batch(
            Lane.Condition, 0, rig.First.Record(Lane.Condition, 1, EventKind.DutyCheckMissed, record => record.Value = 300)));
        Assert.Contains("查岗 限5分", await Until("duty-check-missed"), StringComparison.Ordinal);

        // And what nobody answers is said to be so after the command's own time.
        await here.Post(Station + "clock");
        await Until("queued");
        for (int i = 0; i < 2; i++)
        {
            rig.Rig.Desk.Commands(rig.Rig.Now);
            rig.Rig.NowMs += (CountyLimits.CommandLifeS + 60) * 1000L;
        }

        Assert.Contains("校时（here某）：超时未回复", await Until("expired"), StringComparison.Ordinal);
        await here.Post(Station + "silence", new() { ["sure"] = "yes" });
        await Until("queued");
        rig.Fire(rig.Second, zone: 9);
        await there.Next("change");
        Assert.DoesNotContain("330701", there.Everything, StringComparison.Ordinal);

        async Task<string> Until(string state)
        {
            while (true)
            {
                System.Text.Json.JsonElement news = await second.Next("order");
                if (news.GetProperty("state").GetString() == state)
                {
                    Assert.Equal(330701u, news.GetProperty("station").GetUInt32());
                    return news.GetProperty("zh").GetString()!;
                }
            }
        }
    }

    [Fact]
    public async Task Settings_are_checked_as_on_the_command_line_and_go_down_in_pieces_with_their_end_told()
    {
        await using DutyRig rig = new();
        Browser engineer = await rig.As("engineer");
        await using Told told = await Told.Of(engineer, "/stream?only=orders");
        (string Text, string Says)[] bad =
        [
            ("", "0 bytes; allowed: 1..16384 bytes"), ("station name=甲\nkey 00", "line 2: a secret; allowed: settings alone"),
            (new string('a', CountyLimits.SettingsBytesMax + 1), "16385 bytes; allowed: 1..16384 bytes"),
        ];
        foreach ((string one, string says) in bad)
        {
            (int code, string shown) = await engineer.Post(Station + "settings", new() { ["text"] = one, ["sure"] = "yes" });
            Assert.Equal(409, code);
            Assert.Contains(says, shown, StringComparison.Ordinal);
        }

        string text = string.Join("\r\n", Enumerable.Range(1, 40).Select(i => $"# 第{i}行 {new string('甲', 20)}"));
        Assert.Contains(
            "sure: missing", (await engineer.Post(Station + "settings", new() { ["text"] = text })).Text, StringComparison.Ordinal);
        Assert.Empty(rig.Rig.Store.Commands(330701));
        Assert.Equal(200, (await engineer.Post(Station + "settings", new() { ["text"] = text, ["sure"] = "yes" })).Code);
        StationCommand[] sent = [.. rig.Rig.Store.Commands(330701).OrderBy(one => one.Number)];
        Assert.Equal((int)CommandCode.SettingsCommit, sent[^1].Code);
        Assert.All(sent[..^1], one => Assert.Equal((int)CommandCode.SettingsPiece, one.Code));
        Assert.Equal(
            text.ReplaceLineEndings("\n"), Encoding.UTF8.GetString([.. sent[..^1].SelectMany(one => one.Text)]));
        rig.Rig.Send(rig.First.Batch(
            Lane.Routine, 0, rig.First.Record(
                Lane.Routine, 1, EventKind.SettingsRefused, record => (record.A, record.B, record.C, record.Value) = (3, 5, 0, 1))));
        Answer(rig, 2, EventKind.CommandDone, sent[^1], (int)CommandOutcome.WrongSettings);
        string zh = "";
        while (!zh.Contains("未执行", StringComparison.Ordinal))
        {
            zh = (await told.Next("order")).GetProperty("zh").GetString()!;
            Assert.DoesNotContain("下发配置", zh, StringComparison.Ordinal);
        }

        Assert.Contains("配置有误", zh, StringComparison.Ordinal);
        Assert.Contains("第3行第5列", zh, StringComparison.Ordinal);
        Assert.Equal(403, (await (await rig.As("here")).Post(Station + "settings", new() { ["text"] = "a" })).Code);
    }

    private static Dictionary<string, string> Fields(string fields) => fields.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(one => one.Split('=')).ToDictionary(one => one[0], one => one[1]);

    private static void Answer(DutyRig rig, uint sequence, EventKind kind, StationCommand command, int value) => rig.Rig.Send(
        rig.First.Batch(Lane.Routine, sequence - 1, rig.First.Record(
            Lane.Routine, sequence, kind, record => (record.A, record.B, record.Value) = ((int)command.Number, command.Code, value))));
}
