// Owns: the names of a box's zones, read from the settings that it shows, and words in the place of its codes.
// Must never: guess: without a name in that text a zone has its number alone.

using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Contract;

namespace Gateway.Technician.Serial;

internal sealed partial class ZoneNames : PlaceNames
{
    // A line of `events`: two blanks before the time, two before the code.
    private const string Gap = "  ";

    private readonly Dictionary<int, string> _names = [];

    /// <summary>Whoever reads this stands before the box: the name is enough.</summary>
    public override bool WithKinds => false;

    /// <summary>The box has judged its text, by its own board, which may be another than those that this tool knows.</summary>
    public static ZoneNames Of(BoxConsole box)
    {
        ZoneNames names = new();
        foreach (string line in box.Ask("settings show"))
        {
            if (ZoneLine().Match(line) is { Success: true } zone)
            {
                names._names[int.Parse(zone.Groups["number"].Value, CultureInfo.InvariantCulture)] = zone.Groups["name"].Value.Trim('"');
            }
        }

        return names;
    }

    public override string Zone(int number) => _names.GetValueOrDefault(number, "");

    /// <summary>A line that the box's `events` says, with the event's name for its code; any other line as it is.</summary>
    public static string WithName(Tongue tongue, string line)
    {
        string[] parts = line.Split(Gap);
        EventKind kind = parts.Length < 3 ? default : Enum.GetValues<EventKind>().FirstOrDefault(one => EventKinds.Code(one) == parts[2]);
        if (kind == default)
        {
            return line;
        }

        parts[2] = tongue.Words.Name(kind);
        return string.Join(Gap, parts);
    }

    [GeneratedRegex("""^\s*zone\s+(?<number>\d{1,3})\s.*\bname=(?<name>"[^"]*"|\S+)""", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex ZoneLine();
}
