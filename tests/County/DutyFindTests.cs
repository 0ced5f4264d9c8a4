// Owns: search, the lists of the night, what waits to be handed over, the history's filters, and case words in English.
// Must never: find for one township what belongs to another.

using Gateway.Contract;
using Gateway.County.Duty;

namespace Gateway.County.Tests;

public sealed class DutyFindTests
{
    [Theory]
    [InlineData("330701")]
    [InlineData("甲村<b>")]
    [InlineData("<SCRIPT>")]
    [InlineData("057911112222")]
    [InlineData("王甲")]
    public async Task Station_is_found_by_number_name_address_contact_and_telephone_by_who_may_see_it(string words)
    {
        await using DutyRig rig = new();
        string path = $"/search?q={Uri.EscapeDataString(words)}";
        foreach (string who in (string[])["county", "here", "engineer", "reader"])
        {
            (int code, string text) = await (await rig.As(who)).Get(path);
            Assert.Equal(200, code);
            Assert.Contains("/stations/330701", text, StringComparison.Ordinal);
            Assert.DoesNotContain("/stations/330702", text, StringComparison.Ordinal);
        }

        foreach (string who in (string[])["there", "reader-there"])
        {
            string text = (await (await rig.As(who)).Get(path)).Text;
            Assert.DoesNotContain("/stations/330701", text, StringComparison.Ordinal);
            Assert.Contains("没有找到", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Case_is_found_by_its_name_text_and_owner_and_signs_of_a_pattern_mean_themselves()
    {
        await using DutyRig rig = new();
        Case found = CaseDesk.Found(
            rig.Rig.Store, new FoundDanger(rig.Rig.Store.Stations()[0], CaseGrade.Low, "通道堵塞100%", "李", EscalationLevel.County),
            rig.Rig.NowMs);
        CaseDesk.Act(rig.Rig.Store, new CaseRequest { Case = found.Id, Kind = CaseActKind.Take, By = "赵甲" }, rig.Rig.NowMs);
        Browser here = await rig.As("here");
        foreach (string words in (string[])[found.Id, "堵塞100%", "赵甲", "塞100"])
        {
            string text = (await here.Get($"/search?q={Uri.EscapeDataString(words)}")).Text;
            Assert.Contains($"/?case={found.Id}", text, StringComparison.Ordinal);
            Assert.DoesNotContain(
                found.Id, (await (await rig.As("there")).Get($"/search?q={Uri.EscapeDataString(words)}")).Text
                    .Replace($"value=\"{words}\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        foreach (string words in (string[])["_", "%%", "!%", "塞_00", "' OR 1=1 --"])
        {
            Assert.Contains(
                "没有找到", (await here.Get($"/search?q={Uri.EscapeDataString(words)}")).Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("没有找到", (await here.Get("/search")).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await here.Get("/search?q=" + new string('x', 5_000))).Code);
    }

    [Fact]
    public async Task Night_lists_what_was_asked_and_walked_and_what_goes_on_with_its_end()
    {
        await using DutyRig rig = new();
        rig.Rig.NowMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        rig.First.UtcMs = rig.Rig.NowMs - 1_000;
        rig.Rig.Send(rig.First.Batch(
            Lane.Condition, 0,
            rig.First.Record(Lane.Condition, 1, EventKind.Disabled, r => (r.Zone, r.Value) = (4, 86_000)),
            rig.First.Record(Lane.Condition, 2, EventKind.Disabled, r => (r.Zone, r.Value) = (5, 86_000)),
            rig.First.Record(Lane.Condition, 3, EventKind.DisablementEnded, r => r.Zone = 5),
            rig.First.Record(Lane.Condition, 4, EventKind.HotWorkBegan, r => (r.B, r.Value) = (1 << 5, 0)),
            rig.First.Record(Lane.Condition, 5, EventKind.DutyCheckMissed),
            rig.First.Record(Lane.Condition, 6, EventKind.PatrolMissed, r => r.Zone = 7)));
        string text = (await (await rig.As("here")).Get("/night")).Text;
        string running = text[..text.IndexOf("以下自", StringComparison.Ordinal)];
        Assert.Contains("自动结束</span><span lang=\"en\">Going on, until it ends by itself</span> (2)", running, StringComparison.Ordinal);
        Assert.Contains("屏蔽 4号", running, StringComparison.Ordinal);
        Assert.Contains(TimeText.Local(rig.First.UtcMs)[..10], running, StringComparison.Ordinal);
        Assert.Contains("动火作业开始（6号屏蔽）", running, StringComparison.Ordinal);
        Assert.DoesNotContain("屏蔽 5号", running, StringComparison.Ordinal);
        foreach (string words in (string[])["查岗无人应答", "夜巡漏点", "屏蔽解除 5号", "Patrol missed a point round 0: zone 7", "甲村<b>站"])
        {
            Assert.Contains(words, text, StringComparison.Ordinal);
        }

        string there = (await (await rig.As("there")).Get("/night")).Text;
        Assert.DoesNotContain("330701", there, StringComparison.Ordinal);
        Assert.DoesNotContain("查岗无人应答", there, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_to_be_handed_over_is_counted_by_receiver_and_leads_to_its_case()
    {
        await using DutyRig rig = new();
        using (IStoreTransaction rows = rig.Rig.Store.Begin())
        {
            rows.HandOver!.Put(new HandOverTarget
            {
                Name = "platform", FailedMs = rig.Rig.NowMs, FailedStatus = 503, FailedWords = "busy with 甲村",
            });
            long number = 900;
            foreach ((string id, HandOverState state) in ((string, HandOverState)[])
                [
                    (rig.HereFire, HandOverState.Waiting), (rig.HereFire, HandOverState.GivenUp), (rig.ThereFire, HandOverState.Waiting),
                    (rig.HereFire, HandOverState.Delivered), ("test-1", HandOverState.Waiting),
                ])
            {
                rows.HandOver.Add(new HandOverRow
                {
                    Target = "platform", Number = ++number, MessageId = $"m{number}", Case = id, Type = "case.opened", Priority = 1,
                    Body = [1], State = state, CreatedMs = rig.Rig.NowMs, LastWords = $"answer {number}",
                });
            }

            rows.Commit();
        }

        string county = (await (await rig.As("county")).Get("/waiting")).Text;
        Assert.Contains("<td>platform</td><td>3</td>", county, StringComparison.Ordinal);
        Assert.Contains("busy with 甲村", county, StringComparison.Ordinal);
        foreach (string words in (string[])[$"/?case={rig.HereFire}", $"/?case={rig.ThereFire}", "test-1", "answer 902"])
        {
            Assert.Contains(words, county, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("answer 904", county, StringComparison.Ordinal);
        string there = (await (await rig.As("there")).Get("/waiting")).Text;
        Assert.Contains("<td>platform</td><td>1</td>", there, StringComparison.Ordinal);
        Assert.Contains(rig.ThereFire, there, StringComparison.Ordinal);
        foreach (string words in (string[])[rig.HereFire, "test-1", "answer 901", "甲村"])
        {
            Assert.DoesNotContain(words, there, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task History_is_narrowed_by_kind_and_township_and_the_table_with_it()
    {
        await using DutyRig rig = new();
        rig.Fire(rig.First, kind: EventKind.Reset);
        Browser county = await rig.As("county");
        const string Days = "since=2026-05-01&until=2026-06-30";
        string text = (await county.Get($"/history?{Days}&kind=reset")).Text;
        Assert.Contains("/stations/330701", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/stations/330702", text, StringComparison.Ordinal);
        text = (await county.Get($"/history?{Days}&township={DutyRig.There}")).Text;
        Assert.Contains("/stations/330702", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/stations/330701", text, StringComparison.Ordinal);
        string[] lines = (await county.Get($"/history.csv?{Days}&kind=fire-alarm&township={DutyRig.Here}")).Text
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        foreach (string bad in (string[])["kind=feuer", "township=%2B"])
        {
            Assert.Equal(400, (await county.Get($"/history?{bad}")).Code);
            Assert.Contains("; allowed: ", (await county.Get($"/history.csv?{bad}")).Text, StringComparison.Ordinal);
        }

        // Who sees one township sees that one, whatever is asked.
        text = (await (await rig.As("there")).Get($"/history?{Days}&township={DutyRig.Here}")).Text;
        Assert.Contains("/stations/330702", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/stations/330701", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_is_told_in_both_languages()
    {
        await using DutyRig rig = new();
        Browser county = await rig.As("county");
        string text = (await county.Get($"/?case={rig.HereFire}")).Text;
        foreach (string words in (string[])["<span lang=\"en\">Began in zone 3", "· not taken</span>", "lang=\"zh-CN\">火警 3号"])
        {
            Assert.Contains(words, text, StringComparison.Ordinal);
        }

        rig.Rig.Send(rig.First.Heartbeat(ConditionBits.Drill | ConditionBits.Supervisory));
        text = (await county.Get("/stations/330701")).Text;
        foreach (string words in (string[])
            ["Fire zone 3", "<dt><span lang=\"zh-CN\">状况</span><span lang=\"en\">Also</span></dt>", "<span lang=\"en\">drill</span>"])
        {
            Assert.Contains(words, text, StringComparison.Ordinal);
        }

        Assert.Equal("Passed up to the county: 人手不够", CaseEnglish.Words(new CaseStep
        {
            Case = rig.HereFire, Source = "act-1", Kind = CaseStepKind.PassedUp, Value = (int)EscalationLevel.County, Words = "人手不够",
        }));
    }
}
