// Owns: the rule that the panel knows no part by name.
// Must never: take a part's own code, or the list, for the panel's.

using Mono.Cecil;

namespace Gateway.Tests.Tidy.Device;

/// <summary>So that a feature is one class and one line: parts stand in one list, and are drawn by the panel's view.</summary>
internal static class PartRules
{
    private static readonly string[] s_list = ["VillageParts", "PanelView", "PartOf"];

    public static IEnumerable<Finding> Named(ModuleDefinition module) =>
        from one in Il.Instructions(module)
        where !IsPart(one.Method.DeclaringType) && !s_list.Contains(one.Method.DeclaringType.Name, StringComparer.Ordinal)
        from type in Types(one.At.Operand)
        let named = type?.Resolve()
        where named is { IsAbstract: false } && IsPart(named)
        select new Finding(Il.Place(one.Method, one.At), $"names the part {named.Name}: ask all parts by a hook of PanelPart");

    private static TypeReference?[] Types(object operand) => operand switch
    {
        FieldReference field => [field.FieldType, field.DeclaringType],
        MethodReference method => [method.ReturnType, method.DeclaringType],
        TypeReference type => [type],
        _ => [],
    };

    private static bool IsPart(TypeDefinition type)
    {
        for (TypeDefinition? up = type; up != null; up = up.BaseType?.Resolve())
        {
            if (up.Name == "PanelPart")
            {
                return true;
            }
        }

        return false;
    }
}
