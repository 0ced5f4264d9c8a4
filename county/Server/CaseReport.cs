// Owns: 一案一报: what is told of one case at a glance, and as one page for printing.
// Must never: take a text from outside into the page unencoded, or fetch anything when it is opened.

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Gateway.County.Sql;

namespace Gateway.County.Server;

internal static class CaseReport
{
    private const string Style = """
        body{font:15px/1.5 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#111;max-width:190mm;margin:10mm auto}
        h1{font-size:22px;margin:0 0 4mm}h2{font-size:17px;margin:6mm 0 2mm;border-bottom:1px solid #111}
        table{border-collapse:collapse;width:100%}th,td{border:1px solid #888;padding:1mm 2mm;text-align:left;vertical-align:top}
        th{background:#eee;white-space:nowrap;width:1%}.late{font-weight:bold;color:#b00}@page{size:A4;margin:12mm}
        """;

    private static readonly HtmlEncoder s_html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The head of a case: what, where, how grave, whose, by when, and what it turned out to be.</summary>
    public static IEnumerable<(string Head, string Text)> Heads(SqlStore store, Case c, long nowMs)
    {
        yield return ("案件", c.Id);
        yield return ("内容", CaseText.Whole(c));
        yield return ("站点", $"{c.Station} {store.Registered(c.Station)?.Name ?? "（已注销）"}　{c.County} / {c.Township} / {c.Village}");
        yield return ("等级", $"{CaseText.Grade(c.Grade)}，归{CaseNames.Chinese(c.Level)}办理");
        yield return ("状态", CaseText.State(c));
        yield return ("开始", TimeText.Local(c.OpenedMs));
        yield return ("期限", CaseText.Due(c, nowMs) + (c.ClosedMs == 0 ? "" : c.ClosedMs <= c.DueMs ? " 按期" : " 超期销号"));
        foreach (CaseStep taken in Owners(store.Steps(c.Id)))
        {
            yield return ($"受理（{CaseNames.Chinese((EscalationLevel)taken.Level)}）", $"{taken.Who} {CaseText.Time(taken)}");
        }

        if (c.Judgement != CaseJudgement.None)
        {
            yield return ("结论", CaseText.Judgement(c.Judgement, c) + (c.Cause.Length == 0 ? "" : $"：{c.Cause}"));
        }

        if (store.RelapseOf(c) is { } before)
        {
            yield return ("复发", $"{before.Id} 于 {TimeText.Local(before.ClosedMs)} 销号后再次发生");
        }

        if (store.Place(c.Station) is { } place)
        {
            foreach ((string, string) line in Lines(place))
            {
                yield return line;
            }
        }
    }

    /// <summary>Who took it last at each level, the lowest first.</summary>
    public static IEnumerable<CaseStep> Owners(IEnumerable<CaseStep> steps) => steps.Where(step => step.Kind == CaseStepKind.Taken)
        .GroupBy(step => step.Level).OrderBy(level => level.Key).Select(level => level.Last());

    public static string Page(SqlStore store, Case c, IReadOnlyList<CaseStep> steps, long nowMs)
    {
        StringBuilder page = new();
        page.Append("<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\n<title>").Append(Encoded(c.Id))
            .Append("</title>\n<style>\n").Append(Style).Append("\n</style></head><body>\n<h1>案件报告</h1>\n<table>\n");
        foreach ((string head, string text) in Heads(store, c, nowMs))
        {
            Row(page, head, text);
        }

        page.Append("</table>\n");
        if (c.Class == CaseClass.Alarm)
        {
            page.Append("<h2>应答、到场、增援</h2>\n<table>\n");
            CaseStep[] answers = [.. steps.Where(step => step.Kind == CaseStepKind.Answered)];
            Row(page, "值班应答", answers.Length == 0 ? "无" : string.Join('；', answers.Select(a => $"{CaseText.Time(a)} {CaseText.Words(a)}")));
            for (int clock = 1; clock <= 3; clock++)
            {
                CaseStep? met = steps.FirstOrDefault(s => s.Kind == CaseStepKind.ClockMet && s.Detail == clock);
                CaseStep? missed = steps.FirstOrDefault(s => s.Kind == CaseStepKind.ClockMissed && s.Detail == clock);
                string said = string.Join('；', ((CaseStep?[])[missed, met]).OfType<CaseStep>().Select(CaseText.Words));
                Row(page, CaseText.Clock(clock), said.Length == 0 ? "无记录" : said, late: missed is not null);
            }

            page.Append("</table>\n");
            CallOut(page, steps);
        }

        page.Append("<h2>经过</h2>\n<table>\n<tr><th>时间</th><th>办理人</th><td>步骤</td></tr>\n");
        foreach (CaseStep step in steps)
        {
            page.Append("<tr><th>").Append(Encoded(CaseText.Time(step))).Append("</th><th>").Append(Encoded(CaseText.Who(step)))
                .Append("</th><td>").Append(Encoded(CaseText.Words(step))).Append("</td></tr>\n");
        }

        return page.Append("</table>\n<p>").Append(Encoded($"打印 {TimeText.Local(nowMs)}；≈ 推算时间，? 时间不明（为接收时间）"))
            .Append("</p>\n</body></html>\n").ToString();
    }

    /// <summary>Who was called, set out, and was there.</summary>
    private static void CallOut(StringBuilder page, IReadOnlyList<CaseStep> steps)
    {
        ILookup<string, CaseStep> parties = steps.Where(step => step.Party.Length > 0).ToLookup(step => step.Party, StringComparer.Ordinal);
        if (parties.Count == 0)
        {
            return;
        }

        page.Append("<h2>增援</h2>\n<table>\n<tr><th>力量</th><th>呼叫</th><th>出动</th><th>到场</th></tr>\n");
        foreach (IGrouping<string, CaseStep> party in parties)
        {
            string When(params CaseStepKind[] kinds) =>
                party.FirstOrDefault(step => kinds.Contains(step.Kind)) is { } step ? CaseText.Time(step) : "无记录";
            page.Append("<tr><td>").Append(Encoded(party.Key));
            foreach (string when in (string[])
                [When(CaseStepKind.Called, CaseStepKind.Noted), When(CaseStepKind.SetOut),
                    When(CaseStepKind.Joined, CaseStepKind.ClockMet)])
            {
                page.Append("</td><td>").Append(Encoded(when));
            }

            page.Append("</td></tr>\n");
        }

        page.Append("</table>\n");
    }

    private static IEnumerable<(string Head, string Text)> Lines(PlaceFile p)
    {
        (string, string)[] lines =
        [
            ("地址", p.Address), ("联系人", $"{p.Contact} {p.Telephone}".Trim()), ("住宿", p.Sleeping == 0 ? "" : $"{p.Sleeping}人"),
            ("燃气", p.Gas), ("钥匙", p.Keys), ("备注", p.Notes),
            ("坐标", p.Longitude.Length == 0 ? "" : $"{p.Longitude}, {p.Latitude}（{p.Datum}）"),
        ];
        return lines.Where(line => line.Item2.Length > 0);
    }

    private static void Row(StringBuilder page, string head, string text, bool late = false) =>
        page.Append("<tr><th>").Append(Encoded(head)).Append(late ? "</th><td class=\"late\">" : "</th><td>").Append(Encoded(text))
            .Append("</td></tr>\n");

    private static string Encoded(string text) => s_html.Encode(PlainText.Clean(text));
}
