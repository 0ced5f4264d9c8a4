// Owns: what people read of a case: its page, its lists and its JSON, of what boxes told.
// Must never: compare with what the same code wrote before.

using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

[SupportedOSPlatform("linux")]
public sealed class CaseReportTests : ProgramRig
{
    private const uint Station = 330701;
    private const long NowMs = 1_780_000_100_000;
    private readonly FakeGateway _gateway = new(Station) { UtcMs = 1_780_000_000_000 };
    private readonly uint[] _last = new uint[Lanes.Count];

    [Fact]
    public void Page_says_who_answered_when_which_clocks_were_met_and_missed_and_what_it_was()
    {
        Play(
            Event(EventKind.FireAlarm),
            Event(EventKind.Acknowledged, r => r.Value = 42),
            Event(EventKind.Reset),
            Event(EventKind.ClockMet, r => (r.A, r.C, r.Value) = (1, 1, 42)),
            Event(EventKind.ClockMissed, r => (r.A, r.B, r.C, r.Value) = (2, 2, 1, 180)));
        using (SqlStore store = SqlStore.Open(In("county.db")))
        {
            CaseRequest judged = new()
            {
                Case = "330701-77-0-1", Kind = CaseActKind.Judge, By = "王", Judgement = CaseJudgement.False, Cause = "粉尘",
            };
            CaseDesk.Act(store, judged, NowMs + 60_000);
        }

        Assert.Equal(0, Run("case", "330701-77-0-1", "--report", "page.html").Code);
        string page = File.ReadAllText(In("page.html"), Encoding.UTF8);
        string[] rows = [.. page.Split("<tr>")];
        Assert.Contains(rows, row => row.Contains("<th>值班应答</th>", StringComparison.Ordinal)
            && row.Contains("已应答 用时42秒", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("<th>应答</th><td>已应答 用时42秒</td>", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("<th>到场</th><td class=\"late\">3分未到场→乡镇</td>", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("<th>增援到场</th><td>无记录</td>", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("<th>结论</th><td>误报：粉尘</td>", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("<th>状态</th><td>已销号</td>", StringComparison.Ordinal));

        // The timeline has each step once, in the order of its moments.
        Assert.Equal(
            ["登记 3号", "已应答 用时42秒", "已复位／已消除", "已应答 用时42秒", "3分未到场→乡镇", "结论 误报：粉尘", "销号"],
            rows.Where(row => row.Contains("</th><th>", StringComparison.Ordinal))
                .Select(row => row.Split("<td>")[^1].Split("</td>")[0]).Where(words => words != "步骤"));
    }

    [Fact]
    public void Same_trouble_behind_an_end_says_that_it_is_a_relapse_wherever_it_is_read()
    {
        Play(Event(EventKind.CaseOpened), Event(EventKind.CaseClosed), Event(EventKind.CaseOpened));
        const string First = "330701-77-1-1";
        const string Again = "330701-77-1-3";
        Assert.Contains("[复发]", Assert.Single(Lines("cases"), line => line.StartsWith(Again, StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.DoesNotContain("[复发]", Assert.Single(Lines("cases", "--all"), line => line.StartsWith(First, StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Contains(Lines("case", Again), line => line.StartsWith($"复发：{First} 于 ", StringComparison.Ordinal));
        using JsonDocument json = JsonDocument.Parse(Run("case", Again, "--json").Output);
        Assert.Equal(First, json.RootElement[0].GetProperty("relapseOf").GetString());
    }

    private string[] Lines(params string[] command) => Run(command).Output.Split('\n');

    private EventRecord Event(EventKind kind, Action<EventRecord>? change = null)
    {
        Lane lane = EventKinds.LaneOf(kind);
        _gateway.UptimeMs += 1_000;
        _gateway.UtcMs += 1_000;
        return _gateway.Record(lane, ++_last[(int)lane], kind, r =>
        {
            r.Zone = 3;
            change?.Invoke(r);
        });
    }

    /// <summary>A county takes events in, in their order.</summary>
    private void Play(params EventRecord[] events)
    {
        using SqlStore store = SqlStore.Open(In("county.db"));
        Assert.True(store.AddStation(_gateway.Registration));
        CountyDesk desk = new(store, new Recorder(), new CountyOptions());
        Instant now = new(NowMs, 0);
        foreach (Sent sent in (Sent[])[_gateway.Hello(), .. events.Select(r => _gateway.Batch(r.LaneNumber, r.Sequence - 1, r))])
        {
            desk.Commit([desk.Open(sent.Topic, sent.Payload, now)!], now);
        }
    }
}
