// Owns: `gateway diff`: what a station will do otherwise under new settings.
// Must never: call two texts the same that do different things.

using Gateway.Core;

namespace Gateway.Technician.Explain;

internal static class DiffCommand
{
    public static int Run(Desk desk, string oldPath, string newPath)
    {
        StationText before = StationText.Read(desk.Tongue, oldPath), after = StationText.Read(desk.Tongue, newPath);
        foreach (StationText text in new[] { before, after })
        {
            if (text.Settings is null)
            {
                CheckCommand.Refused(desk, text);
                return ExitCodes.Unusable;
            }
        }

        Tongue tongue = desk.Tongue;
        if (before.Bytes.AsSpan().SequenceEqual(after.Bytes))
        {
            desk.Out.WriteLine(tongue.Of("两份配置一字不差，不用下发。", "The two texts are the same; there is nothing to bring."));
            return ExitCodes.Good;
        }

        List<string> changes = [];
        foreach ((Section was, Section comes) in Explanation.Of(tongue, before).Zip(Explanation.Of(tongue, after)))
        {
            Compare(tongue, was, comes, changes);
        }

        if (changes.Count == 0)
        {
            desk.Out.WriteLine(tongue.Of(
                "作用相同，只是注释或写法不同。下发后网关仍要重启一次。",
                "Both do the same; only comments or the way of writing differ. The gateway would restart all the same."));
            return ExitCodes.Good;
        }

        foreach (string change in changes)
        {
            desk.Out.WriteLine(change);
        }

        foreach (string sentence in Restart(tongue, before.Settings!, after.Settings!))
        {
            desk.Out.WriteLine(sentence);
        }

        return ExitCodes.Found;
    }

    private static void Compare(Tongue tongue, Section was, Section comes, List<string> changes)
    {
        foreach (Item item in comes.Items)
        {
            Item? old = was.Items.FirstOrDefault(i => i.Key == item.Key);
            if (old is null)
            {
                changes.Add(tongue.Of($"＋ {was.Title} 新增：{item.Title}", $"+ {was.Title}, new: {item.Title}"));
                changes.AddRange(item.Clauses.Select(c => tongue.Of($"    {c.Label}：{c.Text}", $"    {c.Label}: {c.Text}")));
                continue;
            }

            List<string> lines = [];
            foreach (string label in old.Clauses.Concat(item.Clauses).Select(c => c.Label).Distinct(StringComparer.Ordinal))
            {
                string none = tongue.Of("无", "none");
                string from = old.Clauses.FirstOrDefault(c => c.Label == label)?.Text ?? none;
                string to = item.Clauses.FirstOrDefault(c => c.Label == label)?.Text ?? none;
                if (from != to)
                {
                    lines.Add(tongue.Of($"    {label}：{from} → {to}", $"    {label}: {from} → {to}"));
                }
            }

            if (lines.Count > 0 || old.Title != item.Title)
            {
                string title = old.Title == item.Title ? item.Title : $"{old.Title} → {item.Title}";
                changes.Add(tongue.Of($"～ {was.Title} 改变：{title}", $"~ {was.Title}, changed: {title}"));
                changes.AddRange(lines);
            }
        }

        changes.AddRange(was.Items.Where(old => comes.Items.All(i => i.Key != old.Key))
            .Select(old => tongue.Of($"－ {was.Title} 删去：{old.Title}", $"- {was.Title}, gone: {old.Title}")));
    }

    private static IEnumerable<string> Restart(Tongue tongue, Settings before, Settings after)
    {
        yield return tongue.Of(
            "重启：以上都在网关重启后生效；报警锁定、屏蔽、演练、记录都保留。",
            "Restart: all of it takes one; latched fires, disablements, drills and the log live through it.");
        if (before.Station != after.Station)
        {
            yield return tongue.Of(
                "换站：站号变了，要同时换上新站的密钥；不试运行，直接生效。",
                "Another station: its key must be put in too; there is no trial.");
        }
        else
        {
            yield return tongue.Of(
                "试运行：6 分钟内连不上县平台，网关自动换回原配置。",
                "Trial: without the county's answer within 6 minutes the gateway takes the old settings again.");
        }

        if (before.BoardName != after.BoardName)
        {
            yield return tongue.Of("换主板：接线要按新主板重接。", "Another board: it is to be wired anew.");
        }

        if (before.PlansCrc != after.PlansCrc)
        {
            yield return tongue.Of(
                "规则、组或夜巡有改动：正在走的脉冲和确认窗口重新开始，已保持的输出不松开。",
                "Rules, groups or patrols differ: pulses and windows that run begin anew; held outputs are not let go.");
        }
    }
}
