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

    /// <summary>Whoever calls from elsewhere; a class may reckon with numbers inside.</summary>
    public static IEnumerable<Finding> NumbersThatHaveAType(ModuleDefinition module) =>
        from method in Il.Methods(module)
        where method.IsPublic || method.IsFamily || method.IsAssembly || method.IsFamilyOrAssembly
        from parameter in method.Parameters
        where s_typed.Contains(parameter.Name) && IsNumber(parameter.ParameterType)
        select new Finding(Il.Place(method), $"{parameter.Name} is a number: there is an enum for it, or it has another name");

    private static bool IsNumber(TypeReference type) => type.MetadataType is MetadataType.Byte or MetadataType.SByte
        or MetadataType.Int16 or MetadataType.UInt16 or MetadataType.Int32 or MetadataType.UInt32;
}
