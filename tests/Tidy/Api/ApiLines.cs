// Owns: writing an assembly's public members in the notation of firmware/DeviceCheck/api.
// Must never: judge them; ApiCompare does.

using System.Globalization;
using Mono.Cecil;

namespace Gateway.Tests.Tidy.Api;

/// <summary>One line a member, as in firmware/DeviceCheck/api/README.md.</summary>
internal static class ApiLines
{
    public static IEnumerable<string> Of(ModuleDefinition module) => module.Types.Where(type => type.IsPublic).SelectMany(Of);

    /// <summary>The line of the type itself: kind, base type and interfaces.</summary>
    public static string Head(TypeDefinition type)
    {
        IEnumerable<string> interfaces = type.Interfaces.Select(one => Name(one.InterfaceType));
        string kind = Kind(type);
        bool hasBase = kind.EndsWith("class", StringComparison.Ordinal) && type.BaseType is { FullName: not "System.Object" };
        IEnumerable<string> parts = kind is "enum" or "delegate" ? [kind]
            : hasBase ? [kind, Name(type.BaseType), .. interfaces]
            : [kind, .. interfaces];
        return $"T {Name(type)} : {string.Join(' ', parts)}";
    }

    private static IEnumerable<string> Of(TypeDefinition type)
    {
        yield return Head(type);
        foreach (FieldDefinition field in type.Fields.Where(IsSeen).Where(field => !field.IsRuntimeSpecialName))
        {
            string value = field.HasConstant ? " = " + Value(field) : "";
            string place = field.IsStatic && !field.IsLiteral ? "static " : "";
            yield return $"F {Name(type)}.{field.Name} : {place}{Name(field.FieldType)}{value}";
        }

        foreach (MethodDefinition method in type.Methods.Where(IsSeen))
        {
            string parameters = string.Join(", ", method.Parameters.Select(Parameter));
            yield return $"M {Name(type)}.{method.Name}({parameters}) : {(method.IsStatic ? "static " : "")}{Name(method.ReturnType)}";
        }

        foreach (EventDefinition raised in type.Events.Where(one => IsSeen(one.AddMethod)))
        {
            yield return $"E {Name(type)}.{raised.Name} : {Name(raised.EventType)}";
        }

        foreach (string line in type.NestedTypes.Where(nested => nested.IsNestedPublic || nested.IsNestedFamily).SelectMany(Of))
        {
            yield return line;
        }
    }

    private static string Kind(TypeDefinition type)
    {
        if (type.IsInterface)
        {
            return "interface";
        }

        if (type.IsEnum)
        {
            return "enum";
        }

        if (type.IsValueType)
        {
            return "struct";
        }

        if (type.BaseType?.FullName == "System.MulticastDelegate")
        {
            return "delegate";
        }

        return (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => "static class",
            (true, false) => "abstract class",
            (false, true) => "sealed class",
            _ => "class",
        };
    }

    private static bool IsSeen(FieldDefinition field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static bool IsSeen(MethodDefinition method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Parameter(ParameterDefinition parameter) =>
        parameter.IsOut ? "out " + Name(parameter.ParameterType).TrimEnd('&') : Name(parameter.ParameterType);

    private static string Name(TypeReference type) => type.FullName.Replace('/', '.');

    private static string Value(FieldDefinition field) => field.Constant switch
    {
        char code when char.IsControl(code) || code == '\uFFFF' => $"\\u{(int)code:X4}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        object other => other.ToString()!,
        null => "null",
    };
}
