// Owns: walking compiled code: its methods, its instructions, and every type that it mentions.
// Must never: know a rule.

using System.Globalization;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Gateway.Tests.Tidy.Device;

/// <summary>Something that a rule found: where, and what.</summary>
internal sealed record Finding(string Place, string What)
{
    public override string ToString() => $"{Place}: {What}";
}

/// <summary>Small questions about compiled code.</summary>
internal static class Il
{
    public static IEnumerable<MethodDefinition> Methods(ModuleDefinition module) => module.GetTypes().SelectMany(type => type.Methods);

    public static IEnumerable<(MethodDefinition Method, Instruction At)> Instructions(ModuleDefinition module) =>
        from method in Methods(module) where method.HasBody from at in method.Body.Instructions select (method, at);

    /// <summary>Every type that the code mentions, with where: bases, fields, signatures, locals and operands.</summary>
    public static IEnumerable<(TypeReference Type, string Place)> Mentions(ModuleDefinition module)
    {
        IEnumerable<(TypeReference?, string)> heads = from type in module.GetTypes()
            from head in type.Interfaces.Select(one => one.InterfaceType).Append(type.BaseType) select (head, type.FullName);
        return heads.Where(one => one.Item1 != null).Select(one => (one.Item1!, one.Item2)).Concat(Uses(module));
    }

    /// <summary>As <see cref="Mentions"/>, without what a type is derived from.</summary>
    public static IEnumerable<(TypeReference Type, string Place)> Uses(ModuleDefinition module)
    {
        foreach (FieldDefinition field in module.GetTypes().SelectMany(type => type.Fields))
        {
            yield return (field.FieldType, field.FullName);
        }

        foreach (MethodDefinition method in Methods(module))
        {
            foreach (TypeReference type in Signature(method))
            {
                yield return (type, Place(method));
            }

            foreach (VariableDefinition local in method.HasBody ? method.Body.Variables : [])
            {
                yield return (local.VariableType, Place(method));
            }
        }

        foreach ((MethodDefinition method, Instruction at) in Instructions(module))
        {
            foreach (TypeReference type in Operand(at))
            {
                yield return (type, Place(method, at));
            }
        }
    }

    /// <summary>Every type that one type mentions, with where.</summary>
    public static IEnumerable<(TypeReference Type, string Place)> Mentions(TypeDefinition type)
    {
        foreach (TypeReference head in type.Interfaces.Select(one => one.InterfaceType).Append(type.BaseType).Where(one => one != null))
        {
            yield return (head, type.FullName);
        }

        foreach (FieldDefinition field in type.Fields)
        {
            yield return (field.FieldType, field.FullName);
        }

        foreach (MethodDefinition method in type.Methods)
        {
            IEnumerable<TypeReference> locals = method.HasBody ? method.Body.Variables.Select(local => local.VariableType) : [];
            foreach (TypeReference one in Signature(method).Concat(locals))
            {
                yield return (one, Place(method));
            }

            foreach (Instruction at in method.HasBody ? method.Body.Instructions : [])
            {
                foreach (TypeReference one in Operand(at))
                {
                    yield return (one, Place(method, at));
                }
            }
        }
    }

    public static IEnumerable<TypeReference> Signature(MethodReference method) =>
        [method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)];

    /// <summary>The type itself and all that it is built from: elements, pointees, type arguments.</summary>
    public static IEnumerable<TypeReference> Parts(TypeReference type)
    {
        yield return type;
        IEnumerable<TypeReference> inner = type switch
        {
            GenericInstanceType generic => generic.GenericArguments,
            TypeSpecification built => [built.ElementType],
            _ => [],
        };
        foreach (TypeReference part in inner.SelectMany(Parts))
        {
            yield return part;
        }
    }

    public static bool IsEnum(TypeReference type) => type.IsValueType && type.Resolve() is { IsEnum: true };

    /// <summary>A value type that is no number, character, truth value, handle or enum: on the device each one is a heap block.</summary>
    public static bool IsStruct(TypeReference type) =>
        type is not TypeSpecification && type.IsValueType && !type.IsPrimitive && type.MetadataType != MetadataType.Void
        && !type.FullName.StartsWith("System.Runtime", StringComparison.Ordinal) && type.Resolve() is { IsEnum: false };

    /// <summary>Written by the compiler, not by us: tables for array initialisers, its own attributes.</summary>
    public static bool IsCompilers(TypeReference type) =>
        type.FullName.Contains('<', StringComparison.Ordinal) || type.Namespace.StartsWith("Microsoft.", StringComparison.Ordinal)
        || (type.Scope == type.Module && type.Namespace.StartsWith("System.Runtime.CompilerServices", StringComparison.Ordinal));

    public static bool IsCall(Instruction at, string type, string method) =>
        at.Operand is MethodReference called && called.Name == method && called.DeclaringType.FullName == type;

    /// <summary>File and line where the compiler wrote them down, else the method.</summary>
    public static string Place(MethodDefinition method, Instruction? at = null)
    {
        SequencePoint? point = method.DebugInformation.SequencePoints
            .LastOrDefault(one => !one.IsHidden && one.Offset <= (at?.Offset ?? int.MaxValue));
        if (point == null)
        {
            return method.FullName;
        }

        string file = Path.GetRelativePath(Repo.Root, point.Document.Url).Replace('\\', '/');
        return string.Create(CultureInfo.InvariantCulture, $"{file}({point.StartLine}) in {method.DeclaringType.Name}.{method.Name}");
    }

    private static IEnumerable<TypeReference> Operand(Instruction at) => at.Operand switch
    {
        TypeReference type => [type],
        MethodReference method => [method.DeclaringType, .. Signature(method)],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };
}
