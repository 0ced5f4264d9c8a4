// Owns: the table of zones.
// Must never: show a fault in the colour of fire.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Board;
using Gateway.Pc.Run;
using Spectre.Console;

namespace Gateway.Pc.Screen;

/// <summary>One line a zone: what is done to it, and what the panel makes of it.</summary>
internal static class ZoneRows
{
    /// <param name="snapshot">The station.</param>
    /// <param name="look">The chosen zone has a mark.</param>
    /// <param name="rowsMax">Zones that have room: the chosen one, then those in the gravest condition.</param>
    /// <param name="density">How much a line has room for.</param>
    public static IReadOnlyList<string> Build(Snapshot snapshot, Look look, int rowsMax, Density density)
    {
        bool wide = density >= Density.Wide;
        var table = new MarkupTable(gap: 1);
        string[] kind = wide ? [$"[grey]{look.Say("类型", "kind")}[/]"] : [];
        table.Add([" ", $"[grey]{look.Say("部位", "zone")}[/]", .. kind,
            $"[grey]{look.Say("接线", "wiring")}[/]", $"[grey]{look.Say("状态", "state")}[/]"]);

        bool all = snapshot.Zones.Count <= rowsMax;
        IEnumerable<ZoneView> shown = all
            ? snapshot.Zones
            : snapshot.Zones
                .OrderBy(zone => zone.Number == look.Chosen ? 0 : Gravity(zone))
                .Take(Math.Max(1, rowsMax - 1))
                .OrderBy(zone => zone.Number);
        foreach (ZoneView zone in shown)
        {
            string mark = zone.Number == look.Chosen ? "[bold]>[/]" : " ";
            var cells = new List<string> { mark, Markup.Escape(look.Say($"{zone.Number,2}号 {zone.Name}", $"{zone.Number,2} {zone.Name}")) };
            if (wide)
            {
                cells.Add($"[grey]{look.Catalogue.Name(zone.Kind)}[/]");
            }

            cells.Add(Input(zone, look));
            cells.Add(State(zone, look));
            table.Add([.. cells]);
        }

        if (!all)
        {
            int left = snapshot.Zones.Count - Math.Max(1, rowsMax - 1);
            table.Add(["", $"[grey]{look.Say($"…另有{left}处，共{snapshot.Zones.Count}处", $"… {left} more of {snapshot.Zones.Count}")}[/]",
                .. wide ? [""] : (string[])[], "", ""]);
        }

        return table.Lines();
    }

    /// <summary>Lower is shown first.</summary>
    private static int Gravity(ZoneView zone)
    {
        int[] order =
            [Conditions.Fire, Conditions.PreAlarm, Conditions.Fault, Conditions.Supervisory, Conditions.Disabled, Conditions.Test];
        int at = Array.FindIndex(order, zone.In);
        return at < 0 ? order.Length + 1 : at + 1;
    }

    private static string Input(ZoneView zone, Look look)
    {
        string reading = zone.Analog ? $"{zone.Raw / 100m,5:0.0}%"
            : zone.Raw == 0 ? look.Say("  闭合", "closed") : look.Say("  断开", "  open");
        string terminal = look.Engineer ? $"[grey]{zone.Terminal,-3} {reading}[/] " : "";
        string move = look.Say(Words.Of(zone.Move));
        return zone.Move == HandMove.Release ? $"{terminal}[grey]{move}[/]" : $"{terminal}[bold]{move}[/]";
    }

    private static string State(ZoneView zone, Look look)
    {
        var words = new List<string>();
        if (zone.In(Conditions.Fire))
        {
            words.Add(zone.OfDrill ? $"[bold white on magenta] {look.Say("演练火警", "drill fire")} [/]"
                : zone.Kind == ZoneKind.Gas ? $"[bold white on red] {look.Say("燃气报警", "gas")} [/]"
                : $"[bold white on red] {look.Say("火警", "fire")} [/]");
        }

        if (zone.In(Conditions.PreAlarm))
        {
            words.Add($"[bold red]{look.Say("预警", "pre-alarm")}[/]");
        }

        if (zone.In(Conditions.Fault) || zone.Settled >= InputClass.Short)
        {
            words.Add($"[bold yellow]{look.Say("故障", "fault")} {Banner.Cause(zone, look)}[/]");
        }

        if (zone.In(Conditions.Supervisory))
        {
            words.Add($"[bold red]{look.Say("监管报警", "supervisory")}[/]");
        }

        if (zone.In(Conditions.Disabled))
        {
            string left = zone.LeftMin == 0 ? "" : look.Say($"剩{zone.LeftMin}分，", $"{zone.LeftMin} min, ");
            words.Add($"[yellow]{look.Say($"屏蔽（{left}此处不报警）", $"disabled ({left}raises no alarm)")}[/]");
        }

        if (zone.In(Conditions.Test))
        {
            string left = zone.LeftMin == 0 ? "" : look.Say($"（剩{zone.LeftMin}分）", $" ({zone.LeftMin} min)");
            words.Add($"[yellow]{look.Say("测试", "in test")}{left}[/]");
        }

        if (words.Count == 0)
        {
            words.Add(zone.Settled == InputClass.Active ? $"[white]{look.Say("动作", "active")}[/]"
                : $"[green]{look.Say("正常", "normal")}[/]");
        }

        return string.Join(' ', words);
    }
}
