// Owns: the row in which the rooms of Core stand.
// Must never: let two rooms know each other, or a room stand outside of the row.

using System.Text.RegularExpressions;
using Mono.Cecil;

namespace Gateway.Tests.Tidy.Device;

/// <summary>A room is a folder of Core; what stands in no folder, units and bounds, is known to all.</summary>
internal static partial class RoomRules
{
    private const string Core = "firmware/Core/";
    private const string Common = "";

    /// <summary>Each knows only those before it.</summary>
    public static readonly string[] Row =
        [Common, "Ports", "Log", "Settings", "Zones", "Events", "Rules", "Panel", "Village", "View", "Uplink", "Loop", "Console"];

    private static readonly Dictionary<string, string> s_roomOf = Repo.FilesUnder(Core[..^1], ".cs")
        .SelectMany(path => Declared().Matches(Repo.Text(path)).Select(one => (Type: one.Groups["name"].Value, Room: RoomOf(path))))
        .Distinct().ToDictionary(one => one.Type, one => one.Room, StringComparer.Ordinal);

    /// <summary>Folders of Core; each has a place in the row.</summary>
    public static IEnumerable<string> Rooms => s_roomOf.Values.Distinct(StringComparer.Ordinal);

    public static IEnumerable<Finding> Backwards(ModuleDefinition module) =>
        from type in module.GetTypes()
        let room = RoomOf(type)
        where room != null
        from mention in Il.Mentions(type)
        from part in Il.Parts(mention.Type)
        let other = RoomOf(part)
        where other != null && Array.IndexOf(Row, other) > Array.IndexOf(Row, room)
        select new Finding(mention.Place, $"{room} knows {part.Name}, which is of {other}; the row is {string.Join(", ", Row[1..])}");

    private static string? RoomOf(TypeReference type) =>
        s_roomOf.GetValueOrDefault((type.DeclaringType ?? type).Name);

    private static string RoomOf(string path)
    {
        string[] parts = path[Core.Length..].Split('/');
        return parts.Length == 1 ? Common : parts[0];
    }

    [GeneratedRegex(@"^    (public|internal) [a-z ]*(class|enum|struct|interface) (?<name>\w+)",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Declared();
}
