// Owns: the words for outputs and the way to the county.
// Must never: blink by itself: a lamp is shown as its pin is at that moment.

using Gateway.Core;
using Gateway.Pc.Run;

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
        (OutputRole.LampSupervisory, "blue"),
        (OutputRole.LampDisabled, "magenta"),
        (OutputRole.LampTest, "aqua"),
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
    public static IReadOnlyList<string> Column(Snapshot s)
    {
        var lines = new List<string>();
        foreach ((OutputRole Role, string Colour)[] row in Lamps.Chunk(4))
        {
            lines.Add(string.Join(' ', row.Select(lamp => Lamp(s, lamp.Role, lamp.Colour))));
        }

        bool Shown(OutputRole role) => role <= OutputRole.Relay2 || role == OutputRole.Buzzer || Works(s, role);
        lines.AddRange(Sounds.Where(Shown).Select(role => Sound(s, role)));
        lines.Add($"上行 uplink {Uplink(s)} [grey]#{s.Sessions}[/]");
        lines.AddRange(s.Lanes.Select(lane => LaneText(lane, small: false)));
        lines.AddRange(VillageText.Pieces(s, small: false));
        lines.Add($"[grey]最长一拍 longest tick {s.LongestTickMs} ms[/]");
        return lines;
    }

    /// <summary>The same below the zones, in fewer words: lines of pieces.</summary>
    /// <param name="small">Chinese alone for the village's work.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Block(Snapshot s, bool small) =>
    [
        [.. Lamps.Select(lamp => Lamp(s, lamp.Role, lamp.Colour))],
        [.. Sounds.Where(role => role == OutputRole.Siren || Works(s, role)).Select(role => Sound(s, role))],
        [$"上行 uplink {Uplink(s)}", .. s.Lanes.Select(lane => LaneText(lane, small: true))],
        VillageText.Pieces(s, small),
    ];

    private static bool Works(Snapshot s, OutputRole role) => s.Outputs[(int)role].Pattern != Pattern.Off;

    private static string Lamp(Snapshot s, OutputRole role, string colour)
    {
        string dot = s.Outputs[(int)role].On ? $"[bold {colour}]●[/]" : "[grey]○[/]";
        return $"{dot} {Words.OfRole(role).Chinese}";
    }

    private static string Sound(Snapshot s, OutputRole role)
    {
        OutputView output = s.Outputs[(int)role];
        Word pattern = Words.OfPattern(output.Pattern);
        string state = output.Pattern == Pattern.Off ? $"[grey]{pattern}[/]" : $"[bold {(output.On ? "red" : "maroon")}]{pattern}[/]";
        return $"{Words.OfRole(role)} {state}";
    }

    private static string Uplink(Snapshot s)
    {
        Word state = Words.OfUplink(s.Uplink);
        return s.Uplink == UplinkState.Online ? $"[bold green]{state}[/]" : $"[yellow]{state}[/]";
    }

    private static string LaneText(LaneView lane, bool small)
    {
        Word name = Words.OfLane(lane.Lane);
        bool all = lane.Held >= lane.Last;
        if (small)
        {
            return $"{name.Chinese} [{(all ? "green" : "yellow")}]{lane.Held}/{lane.Last}[/]";
        }

        string word = all ? "[green]上级已收 county holds[/]" : $"[yellow]待收 waiting {lane.Last - lane.Held}[/]";
        return $"{name} {lane.Held}/{lane.Last} {word}";
    }
}
