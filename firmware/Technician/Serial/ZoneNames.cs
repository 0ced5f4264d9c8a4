// Owns: the names of a box's zones, read from the settings that it shows, and words in the place of its codes.
// Must never: guess: without a text that this tool understands a zone has its number alone.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Technician.Serial;

internal sealed class ZoneNames : PlaceNames
{
    // A line of `events`: two blanks before the time, two before the code.
    private const string Gap = "  ";

    private readonly Settings? _settings;

    private ZoneNames(Settings? settings) => _settings = settings;

    /// <summary>Whoever reads this stands before the box: the name is enough.</summary>
    public override bool WithKinds => false;

    public static ZoneNames Of(BoxConsole box) =>
        new(StationText.Of("settings show", string.Concat(box.Ask("settings show").Select(line => line + "\n"))).Settings);

    public override string Zone(int number)
    {
        int zone = _settings?.IndexOf(number) ?? -1;
        return zone < 0 ? "" : _settings!.ZoneName[zone];
    }

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
}
