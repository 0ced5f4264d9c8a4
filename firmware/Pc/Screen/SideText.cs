// Owns: the words for outputs and the way to the county.
// Must never: blink by itself: a lamp is shown as its pin is at that moment.

using Gateway.Core;
using Gateway.Pc.Run;
using Spectre.Console;

namespace Gateway.Pc.Screen;

/// <summary>Lamps, sounders, relays, lanes, as markup.</summary>
internal static class SideText
{
    private static readonly (OutputRole Role, string Colour)[] Lamps =
    [
        (OutputRole.LampFire, "red"),
        (OutputRole.LampFault, "yellow"),
        (OutputRole.LampLink, "green"),
        (OutputRole.LampPower, "green"),
        (OutputRole.LampBattery, "green"),
        (OutputRole.LampSupervisory, "red"),
        (OutputRole.LampDisabled, "yellow"),
        (OutputRole.LampTest, "yellow"),
        (OutputRole.LampDuty, "white"),
    ];

    private static readonly OutputRole[] Sounds =
    [
        OutputRole.Siren,
        OutputRole.Strobe,
        OutputRole.Buzzer,
        OutputRole.Relay1,
        OutputRole.Relay2,
        OutputRole.Relay3,
        OutputRole.Relay4,
    ];

    /// <summary>The right column of a wide screen.</summary>
    public static IReadOnlyList<string> Column(Snapshot s, Look look)
    {
        var lines = new List<string>();
        foreach ((OutputRole Role, string Colour)[] row in Lamps.Chunk(4))
        {
            lines.Add(string.Join(' ', row.Select(lamp => Lamp(s, lamp.Role, lamp.Colour, look))));
        }

        bool Shown(OutputRole role) => role <= OutputRole.Relay2 || role == OutputRole.Buzzer || Works(s, role)
            || s.Outputs[(int)role].Name.Length > 0;
        lines.AddRange(Sounds.Where(Shown).Select(role => Sound(s, role, look)));
        lines.AddRange(County(s, look));
        return lines;
    }

    /// <summary>The same below the zones, in fewer words: lines of pieces.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Block(Snapshot s, Look look) =>
    [
        [.. Lamps.Select(lamp => Lamp(s, lamp.Role, lamp.Colour, look))],
        [.. Sounds.Where(role => role == OutputRole.Siren || Works(s, role)).Select(role => Sound(s, role, look)), .. County(s, look)],
    ];

    private static string PadCells(this string line) => line + new string(' ', Math.Max(0, Limits.DisplayLineCells - line.GetCellWidth()));

    private static bool Works(Snapshot s, OutputRole role) => s.Outputs[(int)role].Pattern != Pattern.Off;

    private static string Lamp(Snapshot s, OutputRole role, string colour, Look look)
    {
        string dot = s.Outputs[(int)role].On ? $"[bold {colour}]●[/]" : "[grey]○[/]";
        string name = look.English ? Words.OfRole(role).Code.Replace("lamp-", "", StringComparison.Ordinal)
            : Words.OfRole(role).Chinese.TrimEnd('灯');
        return $"{dot} {name}";
    }

    private static string Sound(Snapshot s, OutputRole role, Look look)
    {
        OutputView output = s.Outputs[(int)role];
        string pattern = look.Say(Words.OfPattern(role, output.Pattern));
        string state = output.Pattern == Pattern.Off ? $"[grey]{pattern}[/]" : $"[bold {(output.On ? "red" : "maroon")}]{pattern}[/]";
        string name = output.Name.Length == 0 ? "" : " " + Markup.Escape(output.Name);
        return $"{look.Say(Words.OfRole(role))}{name} {state}";
    }

    /// <summary>How the way to the county stands; numbers only for an engineer.</summary>
    private static IEnumerable<string> County(Snapshot s, Look look)
    {
        string state = look.Say(Words.OfUplink(s.Uplink));
        string colour = s.Uplink == UplinkState.Online ? "bold green" : "yellow";
        long waiting = s.Lanes.Sum(lane => Math.Max(0L, (long)lane.Last - lane.Held));
        string wait = waiting == 0 ? $"[green]{look.Say("全部已上报", "all told")}[/]"
            : $"[yellow]{look.Say($"待上报{waiting}条", $"{waiting} to be told")}[/]";
        yield return $"{look.Say("与县平台", "county")} [{colour}]{state}[/] {wait}";
        if (look.Engineer)
        {
            foreach (LaneView lane in s.Lanes)
            {
                yield return $"[grey]{look.Say(Words.OfLane(lane.Lane))} {lane.Held}/{lane.Last}[/]";
            }

            yield return $"[grey]{look.Say("连接次数", "sessions")} {s.Sessions} {look.Say("单次循环最长", "longest tick")} {s.LongestTickMs} ms[/]";
            foreach (string line in s.Display)
            {
                yield return $"[grey]{look.Say("显示屏", "display")}[/] │{Markup.Escape(line.PadCells())}│";
            }
        }
    }
}
