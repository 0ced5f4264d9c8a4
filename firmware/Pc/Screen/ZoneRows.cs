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
    /// <param name="chosen">Number of the zone that keys act on.</param>
    /// <param name="rowsMax">Zones that have room: the chosen one, then those in the gravest condition.</param>
    /// <param name="density">How much a line has room for.</param>
    public static IReadOnlyList<string> Build(Snapshot snapshot, int chosen, int rowsMax, Density density)
    {
        bool wide = density >= Density.Wide;
        var table = new MarkupTable(gap: 1);
        string[] kind = wide ? ["[grey]类型 kind[/]"] : [];
        table.Add([" ", "[grey]防区 zone[/]", .. kind, "[grey]输入 input[/]", "[grey]状态 state[/]"]);

        bool all = snapshot.Zones.Count <= rowsMax;
        IEnumerable<ZoneView> shown = all
            ? snapshot.Zones
            : snapshot.Zones
                .OrderBy(zone => zone.Number == chosen ? 0 : Gravity(zone))
                .Take(Math.Max(1, rowsMax - 1))
                .OrderBy(zone => zone.Number);
        foreach (ZoneView zone in shown)
        {
            string mark = zone.Number == chosen ? "[bold]>[/]" : " ";
            var cells = new List<string> { mark, $"{zone.Number,2} {Markup.Escape(zone.Name)}" };
            if (wide)
            {
                string code = density == Density.Full ? $" {ZoneKinds.Code(zone.Kind)}" : "";
                cells.Add($"[grey]{ZoneKinds.Chinese(zone.Kind)}{code}[/]");
            }

            cells.Add(Input(zone, density));
            cells.Add(State(zone));
            table.Add([.. cells]);
        }

        if (!all)
        {
            table.Add(["", $"[grey]… 共 {snapshot.Zones.Count} 个 in all[/]", .. wide ? [""] : (string[])[], "", ""]);
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

    private static string Input(ZoneView zone, Density density)
    {
        string reading = zone.Analog ? $"{zone.Raw / 100m,5:0.0}%" : zone.Raw == 0 ? "  闭合" : "  断开";
        string terminal = density >= Density.Wide ? $"[grey]{zone.Terminal,-3} {reading}[/] " : "";
        string move = density == Density.Small ? Words.Of(zone.Move).Chinese : Words.Of(zone.Move).ToString();
        return zone.Move == HandMove.Release ? $"{terminal}[grey]{move}[/]" : $"{terminal}[bold]{move}[/]";
    }

    private static string State(ZoneView zone)
    {
        var words = new List<string>();
        if (zone.In(Conditions.Fire))
        {
            words.Add(zone.OfDrill ? "[bold white on magenta] 演练火警 drill fire [/]" : "[bold white on red] 火警 fire [/]");
        }

        if (zone.In(Conditions.PreAlarm))
        {
            words.Add("[bold red]预警 pre-alarm[/]");
        }

        if (zone.In(Conditions.Fault) || zone.Settled >= InputClass.Short)
        {
            words.Add($"[bold yellow]故障 {Words.OfClass(zone.Settled)}[/]");
        }

        if (zone.In(Conditions.Supervisory))
        {
            words.Add("[bold blue]监管 supervisory[/]");
        }

        if (zone.In(Conditions.Disabled))
        {
            words.Add($"[magenta]屏蔽 disabled{Left(zone)}[/]");
        }

        if (zone.In(Conditions.Test))
        {
            words.Add($"[aqua]测试 test{Left(zone)}[/]");
        }

        if (words.Count == 0)
        {
            words.Add(zone.Settled == InputClass.Active ? "[white]动作 active[/]" : "[green]正常 normal[/]");
        }

        return string.Join(' ', words);
    }

    private static string Left(ZoneView zone) => zone.LeftMin == 0 ? "" : $" {zone.LeftMin} min";
}
