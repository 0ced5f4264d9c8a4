// Owns: what a new station is made of, and the settings text that comes of it.
// Must never: hold a key or password of the broker.

using System.Text;
using System.Text.RegularExpressions;
using Gateway.Start;

namespace Gateway.Technician.Make;

/// <summary>Everything that a person says of a station. What is empty comes from the template.</summary>
internal sealed partial record StationDraft(uint Number, string County, string Township, string Village, string Name)
{
    /// <summary>The broker as the station sees it.</summary>
    public string Host { get; init; } = "";

    public string Port { get; init; } = "";

    public string Board { get; init; } = "";

    /// <summary>A settings text whose other lines are taken over; null = that of the board.</summary>
    public string? Template { get; init; }

    public string Wifi { get; init; } = "";

    public string WifiPassword { get; init; } = "";

    /// <summary>The station's text: its own lines, then the template's.</summary>
    public string Text(Tongue tongue)
    {
        string board = Board.Length > 0 ? Board : BoardOf(Template) ?? BoardList.Unnamed;
        string template = Template ?? Templates.Of(board);
        string uplink = LineOf(template, "uplink") ?? "uplink";
        uplink = Host.Length > 0 ? With(uplink, "host", Host) : uplink;
        uplink = Port.Length > 0 ? With(uplink, "port", Port) : uplink;
        uplink = With(uplink, "user", $"st{Number}");
        StringBuilder text = new();
        text.Append(tongue.Of($"# {Number} 号站 {Name}。改动后先用 gateway check 检查。\n",
            $"# Station {Number} {Name}. Look at changes with gateway check.\n"));
        text.Append($"station id={Number} county={County} township={Township} village={Village} name=\"{Name}\"");
        string extra = LineOf(template, "station") is { } old && Offset().Match(old) is { Success: true } offset
            ? $" {offset.Value}" : "";
        text.Append($"{extra}\n");
        if (board != BoardList.Unnamed)
        {
            text.Append($"board {board}\n");
        }

        text.Append($"{uplink}\n\n");
        IEnumerable<string> rest = Lines(template).Where(l => Command(l) is not ("station" or "board" or "uplink"));
        text.Append(string.Join('\n', rest).Trim('\n')).Append('\n');
        return text.ToString();
    }

    /// <summary>The board that a text names; null = none.</summary>
    public static string? BoardOf(string? template) => LineOf(template, "board")
        ?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1);

    /// <summary>The first line of a command in a text; null = none.</summary>
    public static string? LineOf(string? template, string command) => Lines(template ?? "").FirstOrDefault(l => Command(l) == command);

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    private static string Command(string line) => line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault("");

    private static string With(string line, string key, string value)
    {
        string kept = string.Concat(Pair().Split(line).Where(part => !part.TrimStart().StartsWith(key + "=", StringComparison.Ordinal)));
        return $"{kept.TrimEnd()} {key}={value}";
    }

    // Keeps each pair as a part of its own, with the blanks before it.
    [GeneratedRegex("""(?<pair>\s+\w+=(?:"[^"]*"|\S*))""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pair();

    [GeneratedRegex(@"utcOffsetMin=\S+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Offset();
}
