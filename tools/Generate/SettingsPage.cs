// Owns: the tables of docs/settings.md: what each key means, beside its range and default of the gateway's own table.
// Must never: hold a number that the gateway's table or bounds hold.

using System.Globalization;
using System.Text;
using Gateway.Core;

namespace Gateway.Tests.Wire;

/// <summary>The page with its generated parts made anew: the table behind "keys of …", and the line behind "bounds".</summary>
public static class SettingsPage
{
    public const string File = "docs/settings.md";

    private const string KeysMark = "<!-- keys of ";
    private const string BoundsMark = "<!-- bounds -->";

    /// <summary>What a key means; and its range and default in words, where the table's own say too little.</summary>
    private static readonly Dictionary<SettingKey, (string What, string? Range, string? Default)> s_keys = new()
    {
        [SettingKey.StationId] = ("the station's number, given by the county", null, null),
        [SettingKey.County] = ("code of the county, a level of the station's topics", null, null),
        [SettingKey.Township] = ("code of the township, likewise", null, null),
        [SettingKey.Village] = ("code of the village, likewise", null, null),
        [SettingKey.StationName] = ("for people", null, null),
        [SettingKey.UtcOffsetMin] = ("local time ahead of UTC", null, null),
        [SettingKey.Host] = ("broker", null, null),
        [SettingKey.Port] = ("its port", null, null),
        [SettingKey.Host2] = (
            $"second broker, tried in turn; while idle it is tried every {Limits.StandbyPathMs / Limits.MinuteMs} min", "as `host`", null),
        [SettingKey.Port2] = ("its port", null, null),
        [SettingKey.User] = ("name at the broker", null, null),
        [SettingKey.HeartbeatS] = ("between signs of life: a third of what the county takes for silence", null, null),
        [SettingKey.TimeServer] = (
            "sets the device's own clock, by which it checks certificates", "as `host`", "that of the firmware image, on the internet"),
        [SettingKey.TlsWithoutWatchdog] = (
            "TLS also on a board without an external watchdog, which a stalled handshake freezes", null, null),
        [SettingKey.DrainPerS] = ("lesser records sent while a backlog drains", null, null),
        [SettingKey.Zone] = ("the zone's number, each once", null, null),
        [SettingKey.ZoneKind] = ("see above", "", null),
        [SettingKey.Wiring] = (
            "`line`: supervised with resistors; `no`, `nc`: contact; `current`: 4-20 mA", null, null),
        [SettingKey.Unsupervised] = (
            "`yes`: an alarm comes from a plain contact, `no` or `nc`, and the text says so; see below", null, null),
        [SettingKey.FlowMeans] = ("flow: `supervisory` where a flow is no proof of a fire", null, null),
        [SettingKey.ZoneInput] = ("`a1`.. for line, current and voltage; `d1`.. for contacts; each once", null, null),
        [SettingKey.ZoneName] = ("for people", null, null),
        [SettingKey.Debounce] = ($"n/m: n of the last m samples of {Limits.TickMs} ms", null, null),
        [SettingKey.DelayS] = ("active for so long before it counts; not for call points", null, null),
        [SettingKey.VerifyS] = ("active again at the end of this window; not with `delayS`, not for call points", null, null),
        [SettingKey.Chatter] = ("troubles an hour before they become one fault; a fire is never capped", null, null),
        [SettingKey.Bands] = ("line: where short, alarm and normal end, in 1/10000 of the reference", null, null),
        [SettingKey.Range] = (
            "current, voltage: values at 4 and 20 mA, or at 0 V and the reference, in the unit of the kind", null, null),
        [SettingKey.Valid] = (
            "voltage: between these values the sensor works; outside it is a fault", null,
            string.Create(CultureInfo.InvariantCulture,
                $"{AnalogScale.VoltageLeast / 100}..{AnalogScale.VoltageGreatest / 100} % of the range")),
        [SettingKey.Low] = ("active at or below", null, null),
        [SettingKey.High] = ("active at or above", null, null),
        [SettingKey.Hysteresis] = ("how far a value must come back", null, null),
        [SettingKey.Rise] = ("active when a value rises by so much within a minute", null, "0, not watched"),
        [SettingKey.Group] = ("the group's number, each once", null, null),
        [SettingKey.GroupZones] = ("its zones", null, null),
        [SettingKey.Need] = ("how many make a fire", null, null),
        [SettingKey.WithinS] = ("window", null, null),
        [SettingKey.AloneS] = ("a pre-alarm that stands alone for so long is a fire; 0 = never", null, null),
        [SettingKey.Pin] = ("output of the board, each once", null, null),
        [SettingKey.Active] = ("level at which the output is on", null, null),
        [SettingKey.OutputName] = ("for people: what hangs on it", null, "its role"),
        [SettingKey.ButtonInput] = ("`d1`.., each once", null, null),
        [SettingKey.Contact] = ("open or closed at rest", null, null),
        [SettingKey.DisplayKind] = ("128 × 64 points with an SSD1306 or SSD1309, at address 0x3C of the board's bus", null, null),
        [SettingKey.T1S] = ($"wait for an answer; together with `t2S` at most {Limits.AlarmDelayMaxS} s", null, null),
        [SettingKey.T2S] = ("and then for a look", null, null),
        [SettingKey.DelayFrom] = ("local time from which the station is manned", null, null),
        [SettingKey.DelayTo] = ("and until which", null, null),
        [SettingKey.DelayDays] = ("1 is Monday", null, null),
        [SettingKey.AnswerS] = ("until a person has answered; 0 = not watched", null, null),
        [SettingKey.SceneS] = ("until somebody is on the scene; 0 = not watched", null, null),
        [SettingKey.JoinS] = ("until others have joined; 0 = not watched", null, null),
        [SettingKey.ClocksFrom] = (
            "`answer`: answered, on the scene, joined; `scene`: own station on the scene, neighbours, brigade", null, null),
        [SettingKey.Patrol] = ("the patrol's number, in order", null, null),
        [SettingKey.PatrolZones] = ("zones of kind patrol", null, null),
        [SettingKey.PatrolFrom] = ("local time at which the window begins", null, null),
        [SettingKey.PatrolTo] = ("and at which it ends", null, null),
        [SettingKey.PatrolDays] = ("1 is Monday", null, null),
        [SettingKey.Linkage] = ("`yes`: relays act for the zones of a drill", null, null),
        [SettingKey.DrillMaxMin] = ("longest drill", null, null),
        [SettingKey.LookMin] = ("after the end for a last look", null, null),
        [SettingKey.AfterMin] = ("after which a trouble is a hidden danger", null, null),
        [SettingKey.RedDays] = ("after which an open one makes the station red", null, null),
        [SettingKey.MainsAfterMin] = ("the same for a mains supply that failed", null, null),
        [SettingKey.TestSounds] = (
            "`yes`: a test by a person sounds siren and strobe for 2 s, at a known local time inside `from`–`to`", null, null),
        [SettingKey.TestFrom] = ("local time from which it does", null, null),
        [SettingKey.TestTo] = ("and until which", null, null),
        [SettingKey.SelfTestHour] = ("local hour of the daily self-test", null, null),
        [SettingKey.TakesCallOuts] = ("`no`: nobody sets out when the county calls to a fire elsewhere (增援); it is told so", null, null),
        [SettingKey.RemoteSilence] = ("`yes`: the county may silence a fire; nobody can reset one from afar", null, null),
        [SettingKey.Rule] = ("the rule's number, each once", null, null),
    };

    /// <summary>The page as it is with its generated parts as they must be.</summary>
    public static string Make(string page)
    {
        StringBuilder text = new();
        string[] lines = page.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            text.Append(lines[i]).Append(i + 1 < lines.Length ? "\n" : "");
            string? made = lines[i] == BoundsMark ? Bounds()
                : lines[i].StartsWith(KeysMark, StringComparison.Ordinal) ? Table(lines[i][KeysMark.Length..].Split(' ')[..^1])
                : null;
            if (made != null)
            {
                text.Append('\n').Append(made);
                i++;
                while (i + 1 < lines.Length && lines[i + 1].Length > 0)
                {
                    i++;
                }
            }
        }

        return text.ToString();
    }

    /// <summary>The rows of the gateway's table, by command.</summary>
    public static IEnumerable<(SettingKey Key, SettingsTable Row)> Rows(string command)
    {
        for (SettingKey key = SettingKey.StationId; key < SettingKey.Count; key++)
        {
            SettingsTable row = new SettingsTable().Find(key);
            if (row.Command == command)
            {
                yield return (key, row);
            }
        }
    }

    private static string Bounds() => string.Create(CultureInfo.InvariantCulture,
        $"Bounds: {Limits.ZonesMax} zones, {Limits.GroupsMax} groups, {Limits.PatrolsMax} patrols, {Limits.RulesMax} rules with "
        + $"{Limits.RuleConditionsMax} conditions and {Limits.RuleActionsMax} actions, {Limits.SettingsBytesMax} bytes.\n");

    private static string Table(string[] commands)
    {
        bool several = commands.Length > 1;
        StringBuilder text = new(several ? "| command | key | what | range | default |\n|---|---|---|---|---|\n"
            : "| key | what | range | default |\n|---|---|---|---|\n");
        foreach (string command in commands)
        {
            string first = several ? $"| `{command}` " : "";
            foreach ((SettingKey key, SettingsTable row) in Rows(command))
            {
                (string what, string? range, string? standard) = s_keys[key];
                string name = row.Key.Length == 0 ? "N" : $"`{row.Key}`";
                text.Append(first).Append("| ").Append(name).Append(" | ").Append(what).Append(" | ")
                    .Append((range ?? Range(key, row)) + (range == "" ? "" : " ")).Append("| ").Append(standard ?? Default(row))
                    .Append(" |\n");
                first = several ? "| " : "";
            }
        }

        return text.ToString();
    }

    private static string Default(SettingsTable row) => row.Default switch
    {
        null => "–",
        "" => "none",
        _ when row.Value == SettingValue.OfRange => row.Default + " of the range",
        _ when row.Value == SettingValue.Days => "all",
        _ => row.Default,
    };

    private static string Range(SettingKey key, SettingsTable row)
    {
        string range = string.Create(CultureInfo.InvariantCulture, $"{row.Least}..{row.Most}");
        return row.Value switch
        {
            SettingValue.Number or SettingValue.Whole => range,
            SettingValue.PerSecond => range + " a second",
            SettingValue.Seconds => range + " s",
            SettingValue.Minutes => range + " min",
            SettingValue.Hours => range + " h",
            SettingValue.WholeDays => range + " days",
            SettingValue.Word => string.Join(", ", SettingsTable.Words(key).Select(word => $"`{word}`")),
            SettingValue.Text => range + " bytes",
            SettingValue.Station => string.Create(CultureInfo.InvariantCulture, $"{row.Least}..{uint.MaxValue}"),
            SettingValue.Level => range + " letters, digits, `-` or `_`",
            SettingValue.Host => $"name, IPv4 or IPv6 address, {range} bytes, without `[ ]` and port",
            SettingValue.Input => "the board's",
            SettingValue.Pin => string.Create(CultureInfo.InvariantCulture, $"{row.Least}..the board's"),
            SettingValue.Samples => $"m {range}, n more than half of m",
            SettingValue.Bands => "three rising numbers " + range,
            SettingValue.Span => "a..b",
            SettingValue.InRange => "inside `range`",
            SettingValue.OfRange => string.Create(CultureInfo.InvariantCulture, $"{row.Least}..the range"),
            SettingValue.Zones => "numbers of zones above, as 3,9",
            SettingValue.OfZones => string.Create(CultureInfo.InvariantCulture, $"{row.Least}..the group's zones"),
            SettingValue.Time => "hh:mm",
            SettingValue.Days => range + ", as 1-5 or 6,7",
            _ => throw new InvalidOperationException($"{row.Command} {row.Key}: no words for the range of a {row.Value}"),
        };
    }
}
