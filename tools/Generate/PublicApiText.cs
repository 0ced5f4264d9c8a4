// Owns: the public members of the contract's library as text, one a line, sorted: a change of the public face is a line of a diff.
// Must never: depend on the target framework or on the order in which reflection answers.

using System.Reflection;
using System.Text;

namespace Gateway.Tests.Wire;

/// <summary>The listing that shared/Contract/PublicApi.txt holds.</summary>
public static class PublicApiText
{
    public const string File = "shared/Contract/PublicApi.txt";

    private const BindingFlags Own =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            string kind = type.IsInterface ? "interface" : type.IsValueType ? "struct" : type.IsAbstract && type.IsSealed ? "static class"
                : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
            string bases = type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType) ? " : " + Name(b) : "";
            text.Append(kind).Append(' ').Append(type.FullName).Append(bases).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("  ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Members(Type type)
    {
        foreach (FieldInfo field in type.GetFields(Own).Where(f => f.IsPublic || f.IsFamily))
        {
            string how = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
            string value = field.IsLiteral ? " = " + field.GetRawConstantValue() : "";
            yield return $"{field.Name}: {how}{Name(field.FieldType)}{value}";
        }

        foreach (PropertyInfo property in type.GetProperties(Own))
        {
            string get = property.GetMethod is { } g && Seen(g) ? " get;" : "";
            string set = property.SetMethod is { } s && Seen(s) ? " set;" : "";
            if (get.Length + set.Length > 0)
            {
                yield return $"{property.Name}: {Name(property.PropertyType)} {{{get}{set} }}";
            }
        }

        foreach (ConstructorInfo constructor in type.GetConstructors(Own).Where(c => !c.IsStatic && Seen(c)))
        {
            yield return $"new({Parameters(constructor)})";
        }

        foreach (MethodInfo method in type.GetMethods(Own).Where(m => !m.IsSpecialName && Seen(m)))
        {
            string how = method.IsStatic ? "static " : method.IsAbstract ? "abstract " : method.GetBaseDefinition() != method ? "override "
                : method.IsVirtual && !method.IsFinal ? "virtual " : "";
            yield return $"{method.Name}({Parameters(method)}): {how}{Name(method.ReturnType)}";
        }
    }

    private static bool Seen(MethodBase method) => method.IsPublic || method.IsFamily;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        string how = parameter.IsOut ? "out " : type.IsByRef ? "ref " : "";
        return $"{how}{Name(type.IsByRef ? type.GetElementType()! : type)} {parameter.Name}";
    }

    private static string Name(Type type) => type.IsArray ? Name(type.GetElementType()!) + "[]" : type.FullName switch
    {
        "System.Void" => "void",
        "System.Boolean" => "bool",
        "System.Byte" => "byte",
        "System.Int32" => "int",
        "System.UInt32" => "uint",
        "System.Int64" => "long",
        "System.String" => "string",
        _ => type.Name,
    };
}
