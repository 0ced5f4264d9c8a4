// Owns: the first lines of the screen: the station, its fires, its other conditions side by side.
// Must never: let one condition hide another, or let a fire go for lesser news.

using System.Globalization;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Run;
using Spectre.Console;

namespace Gateway.Pc.Screen;

/// <summary>Lines and pieces of markup.</summary>
internal static class Banner
{
    private const string RealFire = "bold white on red";
    private const string DrillFire = "bold white on magenta";

    private static readonly BoxFault[] BoxFaults =
        [BoxFault.Link, BoxFault.Flash, BoxFault.StandbyPath, BoxFault.Key, BoxFault.Part, BoxFault.Display];

    /// <summary>Who, when, and whether the county hears.</summary>
    public static IReadOnlyList<string> Head(Snapshot s, Look look)
    {
        if (!s.Configured)
        {
            return [$"[bold]{look.Say("消防网关", "Fire-alarm gateway")}[/]",
                $"[bold black on yellow] {look.Say("未配置", "NOT CONFIGURED")} [/]"];
        }

        string uplink = s.Uplink == UplinkState.Online
            ? $"[green]{look.Say("县平台在线", "county online")}[/]"
            : $"[bold black on yellow] {look.Say("县平台未连接", "county not connected")} [/]";
        return [$"[bold]{Markup.Escape(s.StationName)}[/] [grey]{s.StationNumber}[/]", Time(s, look), uplink];
    }

    /// <summary>The fires that are latched, the oldest first and the latest always among them; real ones before those of a drill.</summary>
    public static IEnumerable<string> Fires(Snapshot s, Look look, int width, int rowsMax)
    {
        FireView[] fires = [.. s.Fires.Where(fire => !fire.Zone.OfDrill && fire.Zone.Kind != ZoneKind.Gas)];
        FireView[] gas = [.. s.Fires.Where(fire => !fire.Zone.OfDrill && fire.Zone.Kind == ZoneKind.Gas)];
        FireView[] drilled = [.. s.Fires.Where(fire => fire.Zone.OfDrill)];
        return Rows(fires, look.Say("火警", "FIRE"), RealFire, s, look, width, rowsMax)
            .Concat(Rows(gas, look.Say("可燃气体报警", "GAS"), RealFire, s, look, width, fires.Length > 0 ? 1 : rowsMax))
            .Concat(Rows(drilled, look.Say("演练（非真火）", "DRILL, no real fire"), DrillFire, s, look, width,
                fires.Length + gas.Length > 0 ? 1 : rowsMax));
    }

    /// <summary>All other conditions, the gravest first.</summary>
    public static IReadOnlyList<string> Others(Snapshot s, Look look)
    {
        var shown = new List<string>();
        void Add(ConditionBits bit, string style, string text)
        {
            if ((s.Summary & bit) != ConditionBits.None)
            {
                shown.Add($"[{style}] {text} [/]");
            }
        }

        Add(ConditionBits.Silenced, "bold red", look.Say(
            $"警报已消音·{Alarm(s, look)}未解除", $"sounders silenced, not over: {Alarm(s, look)}"));
        Add(ConditionBits.NoCountyAnswer, "bold red", look.Say(
            $"县平台未收到{Alarm(s, look)}", $"the county has no word of the {Alarm(s, look)}"));
        Add(ConditionBits.PreAlarm, "bold red", Where(s, look, Conditions.PreAlarm, look.Say("预警", "pre-alarm"), false));
        Add(ConditionBits.Fault, "bold black on yellow", Faults(s, look));
        Add(ConditionBits.Supervisory, "bold red", Where(s, look, Conditions.Supervisory, look.Say("监管报警", "supervisory"), false));
        Add(ConditionBits.Disabled, "yellow", Where(s, look, Conditions.Disabled, look.Say("屏蔽", "disabled"), false));
        Add(ConditionBits.Test, "yellow", Where(s, look, Conditions.Test, look.Say("测试", "in test"), false));
        Add(ConditionBits.DelayOn, "yellow", look.Say("报警延时", "alarm delay on"));
        Add(ConditionBits.Patrol, "aqua", look.Say("夜巡时段", "patrol hours"));
        if (s.Configured && shown.Count == 0 && s.Fires.Count == 0)
        {
            shown.Add($"[bold white on green] {look.Say("正常", "normal")} [/]");
        }

        return shown;
    }

    /// <summary>What a zone in fault suffers from, in words; "" when its input says nothing.</summary>
    public static string Cause(ZoneView zone, Look look)
    {
        bool other = zone.Settled == InputClass.Active && ZoneMeanings.OfKind(zone.Kind) != ZoneMeaning.Fault;
        return other || zone.Settled == InputClass.Normal ? "" : look.Catalogue.Cause((int)zone.Settled, zone.Kind, BoxFault.None, 0);
    }

    /// <summary>Number and name.</summary>
    public static string Place(ZoneView zone, Look look) => look.Say($"{zone.Number}号 {zone.Name}", $"zone {zone.Number} {zone.Name}");

    /// <summary>What is wrong with the box itself.</summary>
    public static IEnumerable<string> OfBox(Snapshot s, Look look) =>
        BoxFaults.Where(fault => (s.PanelFaults & fault) != BoxFault.None).Select(fault => fault == BoxFault.Key
            ? look.Say("按键卡住", "a key is stuck")
            : look.Catalogue.Cause((int)FaultCause.Box, ZoneKind.None, fault, 0));

    private static IEnumerable<string> Rows(FireView[] fires, string head, string style, Snapshot s, Look look, int width, int rowsMax)
    {
        string indent = new(' ', head.GetCellWidth());
        for (int i = 0; i < fires.Length; i++)
        {
            bool last = i == fires.Length - 1;
            if (!last && i >= rowsMax - 1 && i > 0)
            {
                continue;
            }

            string which = fires.Length == 1 ? ""
                : i == 0 ? look.Say("首警 ", "first ")
                : last ? look.Say("最新 ", "latest ")
                : look.Say($"第{i + 1}处 ", $"{i + 1}. ");
            string total = i == 0 && fires.Length > 1 ? look.Say($" 共{fires.Length}处", $" {fires.Length} places")
                : fires.Length > 1 ? new string(' ', look.Say($" 共{fires.Length}处", $" {fires.Length} places").GetCellWidth()) : "";
            string place = Markup.Escape(Place(fires[i].Zone, look));
            string when = fires[i].Alarm is { } alarm ? $" {EventRows.When(s, alarm, look)}" : "";
            string held = fires[i].Held ? look.Say(" 县平台已存", " county has it") : look.Say(" 尚未报到县平台", " not with the county yet");
            string line = $" {(i == 0 ? head : indent)}{total} {which}{place}{when}{held}";
            yield return $"[{style}]{MarkupTable.Pad(line, width)}[/]";
        }
    }

    /// <summary>What goes on, as whoever stands there has to call it.</summary>
    private static string Alarm(Snapshot s, Look look)
    {
        bool gas = s.Fires.Any(fire => fire.Zone.Kind == ZoneKind.Gas);
        bool fire = s.Fires.Any(fire => fire.Zone.Kind != ZoneKind.Gas);
        return !gas ? look.Say("火警", "fire")
            : fire ? look.Say("火警、可燃气体报警", "fire and gas alarm")
            : look.Say("可燃气体报警", "gas alarm");
    }

    private static string Where(Snapshot s, Look look, int condition, string what, bool cause)
    {
        ZoneView[] zones = [.. s.Zones.Where(zone => zone.In(condition))];
        if (zones.Length == 0)
        {
            return what;
        }

        string why = cause ? " " + Cause(zones[0], look) : "";
        string all = zones.Length > 1 ? look.Say($"（共{zones.Length}处）", $" ({zones.Length} places)") : "";
        return $"{what} {Markup.Escape(Place(zones[0], look))}{why.TrimEnd()}{all}";
    }

    private static string Faults(Snapshot s, Look look)
    {
        string zones = Where(s, look, Conditions.Fault, look.Say("故障", "fault"), true);
        string box = string.Join(look.Say("、", ", "), OfBox(s, look));
        return box.Length == 0 ? zones : $"{zones} {box}";
    }

    private static string Time(Snapshot s, Look look) =>
        s.UtcMs == 0 ? $"[yellow]{look.Say("时钟未校", "clock not set")}[/]"
            : s.Local(s.UtcMs).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
