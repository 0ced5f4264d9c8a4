// Owns: what people may ask of a station, with the bounds of each field: the one form of command lines and pages.
// Must never: judge what only the station can: which zones it has, and whether it is allowed there.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Gateway.Contract;

namespace Gateway.County;

/// <summary>Fields are minutes, zones and zone, as the code has them.</summary>
public static class OrderForm
{
    /// <summary>In the place of a drill's list of zones: every zone of the station.</summary>
    public const int AllZones = -1;

    public const string All = "all";

    /// <summary>What a page may ask; the rest is for command lines.</summary>
    public static ImmutableArray<CommandCode> Codes { get; } =
    [
        CommandCode.DutyCheck, CommandCode.Drill, CommandCode.HotWork, CommandCode.Disable, CommandCode.Test, CommandCode.SelfTest,
        CommandCode.Clock, CommandCode.Silence, CommandCode.CallOut,
    ];

    public static bool HasMinutes(CommandCode code) =>
        code is CommandCode.DutyCheck or CommandCode.Drill or CommandCode.CallOut || HasZones(code) || HasZone(code);

    public static bool HasPlace(CommandCode code) => code is CommandCode.CallOut;

    /// <summary>Bytes of a place that boxes show.</summary>
    public static string PlaceAllowed { get; } =
        $"1..{ContractLimits.PlaceBytesMax} bytes of UTF-8, {ContractLimits.PlaceBytesMax / 3} Chinese characters, no control characters";

    public static bool HasZones(CommandCode code) => code is CommandCode.Drill or CommandCode.HotWork;

    public static bool HasZone(CommandCode code) => code is CommandCode.Disable or CommandCode.Test;

    public static (int Least, int Most) Minutes(CommandCode code) => code switch
    {
        CommandCode.DutyCheck => (1, CountyLimits.DutyCheckMinutesMax),
        CommandCode.Drill => (0, CountyLimits.DrillMinutesMax),
        CommandCode.Test => (0, CountyLimits.TestMinutesMax),
        CommandCode.CallOut => (0, CountyLimits.CallOutMinutesMax),
        _ => (0, CountyLimits.OrderMinutesMax),
    };

    /// <summary>What a list of zones may be.</summary>
    public static string ZonesAllowed(CommandCode code) =>
        $"zone numbers 1..{CountyLimits.ListedZoneMax} with commas, such as 1,2" + (code == CommandCode.Drill ? $", or {All}" : "");

    /// <summary>A list of zones as bits; 0 when it is none.</summary>
    public static int Zones(CommandCode code, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (code == CommandCode.Drill && text == All)
        {
            return AllZones;
        }

        int bits = 0;
        foreach (string part in text.Split(','))
        {
            if (!Number(part, 1, CountyLimits.ListedZoneMax, out int zone))
            {
                return 0;
            }

            bits |= 1 << (zone - 1);
        }

        return bits;
    }

    /// <summary>True when boxes show a place as it is.</summary>
    public static bool GoodPlace(string place) => !string.IsNullOrWhiteSpace(place) && PlainText.FirstBad(place) is null
        && Encoding.UTF8.GetByteCount(place) <= ContractLimits.PlaceBytesMax;

    /// <summary>As much of a name as boxes show.</summary>
    public static string PlaceOf(string name)
    {
        StringBuilder place = new();
        int bytes = 0;
        foreach (Rune rune in PlainText.Clean(name).EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > ContractLimits.PlaceBytesMax)
            {
                break;
            }

            place.Append(rune);
        }

        return place.ToString().Trim();
    }

    /// <summary>What is missing; null when nothing is. Minutes 0 end what runs, and need no list and no place.</summary>
    public static string? Missing(CommandCode code, int minutes, int zones, string place) =>
        HasZones(code) && zones == 0 && minutes > 0 ? $"zones: missing; allowed: {ZonesAllowed(code)}"
        : HasPlace(code) && minutes > 0 && !GoodPlace(place) ? $"place: '{PlainText.Clean(place)}'; allowed: {PlaceAllowed}"
        : null;

    public static CommandRequest Request(uint station, CommandCode code, int minutes, int zones, int zone, string place) => code switch
    {
        CommandCode.CallOut => new(station, (int)code, minutes) { Text = minutes == 0 ? [] : Encoding.UTF8.GetBytes(place) },
        CommandCode.DutyCheck => new(station, (int)code, minutes),
        CommandCode.Drill => new(station, (int)code, minutes, zones == AllZones ? 0 : zones),
        CommandCode.HotWork => new(station, (int)code, zones, minutes),
        CommandCode.Disable or CommandCode.Test => new(station, (int)code, zone, minutes),
        _ => new(station, (int)code),
    };

    /// <summary>As a page's form has it; null when something in it cannot be.</summary>
    /// <param name="station">Of which station.</param>
    /// <param name="word">What: the word of its code.</param>
    /// <param name="field">A field by its name; empty = not there.</param>
    /// <param name="problem">Place, value and what is allowed; empty when nothing is wrong.</param>
    public static CommandRequest? Of(uint station, string word, Func<string, string> field, out string problem)
    {
        ArgumentNullException.ThrowIfNull(field);
        CommandCode code = Codes.FirstOrDefault(one => CommandCodes.Name(one) == word);
        (int minutes, int zones, int zone) = (0, 0, 0);
        (int least, int most) = Minutes(code);
        string list = HasZones(code) ? field("zones") : "";
        string where = HasPlace(code) ? field("place").Trim() : "";
        IEnumerable<string> words = Codes.Select(one => CommandCodes.Name(one));
        problem = code == default ? $"'{PlainText.Clean(word)}'; allowed: {string.Join(", ", words)}"
            : HasMinutes(code) && !Number(field("minutes"), least, most, out minutes) ? Wrong("minutes", $"{least}..{most}")
            : HasZone(code) && !Number(field("zone"), 1, byte.MaxValue, out zone) ? Wrong("zone", $"1..{byte.MaxValue}")
            : list.Length > 0 && (zones = Zones(code, list)) == 0 ? Wrong("zones", ZonesAllowed(code))
            : Missing(code, minutes, zones, where) ?? "";
        return problem.Length > 0 ? null : Request(station, code, minutes, zones, zone, where);

        string Wrong(string place, string allowed) => $"{place}: '{PlainText.Clean(field(place))}'; allowed: {allowed}";
    }

    private static bool Number(string text, int least, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most;
}
