// Owns: the rule that what has a type of its own is handed over as that type.
// Must never: forbid a number where a record's detail is passed on as it came; such a parameter says so by its name.

using Mono.Cecil;

namespace Gateway.Tests.Tidy.Device;

/// <summary>Two neighbouring numbers can be swapped and no compiler notices; two types can't.</summary>
internal static class TypeRules
{
    // Names of parameters for which Contract and Core have an enum.
    private static readonly HashSet<string> s_typed = new(StringComparer.Ordinal)
    {
        "kind", "zoneKind", "lane", "severity", "cause", "origin", "state", "role", "pattern", "reason", "code", "outcome", "flags", "unit",
        "quality", "result", "wiring", "button", "meaning", "action", "mode", "modes", "view", "views", "question", "answered", "sort",
        "area", "mark", "field", "conditions", "fault", "moment",
    };

    // Names of sets of zones.
    private static readonly HashSet<string> s_sets = new(StringComparer.OrdinalIgnoreCase)
    {
        "zones", "fires", "newFires", "signals", "signalled", "latched", "burning", "quiet", "unheard", "chattering", "drilled", "disabled",
        "tested", "untested", "excluded", "excused", "active", "confirmedZones", "broken", "unseen", "sinceBefore", "changedZones",
        "fromRest", "restless", "preAlarm", "notPutBack", "firesWaiting", "faultsNow", "drillZones", "drillLatched", "unsaid",
        "groupZones", "patrolZones", "standing",
    };

    /// <summary>Whoever calls from elsewhere; a class may reckon with numbers inside.</summary>
    public static IEnumerable<Finding> NumbersThatHaveAType(ModuleDefinition module) =>
        from method in Il.Methods(module)
        where method.IsPublic || method.IsFamily || method.IsAssembly || method.IsFamilyOrAssembly
        from parameter in method.Parameters
        where s_typed.Contains(parameter.Name) && IsNumber(parameter.ParameterType)
        select new Finding(Il.Place(method), $"{parameter.Name} is a number: there is an enum for it, or it has another name");

    /// <summary>The tail of the fire lane has zones by number, as the records do.</summary>
    public static IEnumerable<Finding> SetsOfZonesThatAreNumbers(ModuleDefinition module) =>
        from one in Fields(module).Concat(Parameters(module)).Concat(Properties(module))
        where s_sets.Contains(one.Name) && IsNumber(one.Type.GetElementType()) && !one.Place.Contains("FireTail", StringComparison.Ordinal)
        select new Finding(one.Place, $"{one.Name} is a number: a set of zones is a ZoneSet, and what is none has another name");

    private static IEnumerable<(string Name, TypeReference Type, string Place)> Fields(ModuleDefinition module) =>
        from type in module.GetTypes()
        from field in type.Fields
        where !field.IsPrivate && !field.IsLiteral
        select (field.Name, field.FieldType, field.FullName);

    private static IEnumerable<(string Name, TypeReference Type, string Place)> Parameters(ModuleDefinition module) =>
        from method in Il.Methods(module)
        from parameter in method.Parameters
        select (parameter.Name, parameter.ParameterType, Il.Place(method));

    private static IEnumerable<(string Name, TypeReference Type, string Place)> Properties(ModuleDefinition module) =>
        from method in Il.Methods(module)
        where method.IsGetter
        select (method.Name["get_".Length..], method.ReturnType, Il.Place(method));

    private static bool IsNumber(TypeReference type) => type.MetadataType is MetadataType.Byte or MetadataType.SByte
        or MetadataType.Int16 or MetadataType.UInt16 or MetadataType.Int32 or MetadataType.UInt32;
}
