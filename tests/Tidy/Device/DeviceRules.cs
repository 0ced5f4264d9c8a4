// Owns: what the C# compiler lets through although the device cannot run it, found in compiled code.
// Must never: depend on how a source is laid out; that is SourceTests' matter.

using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Gateway.Tests.Tidy.Device;

/// <summary>Each rule names what it found; nothing found means that the code may run on the device.</summary>
internal static partial class DeviceRules
{
    public static IEnumerable<Finding> MultidimensionalArrays(ModuleDefinition module) =>
        from mention in Il.Mentions(module) from part in Il.Parts(mention.Type) where part is ArrayType { Rank: > 1 }
        select new Finding(mention.Place, part.FullName);

    public static IEnumerable<Finding> TypeParameters(ModuleDefinition module)
    {
        IEnumerable<Finding> declared = from type in module.GetTypes() where type.HasGenericParameters
            select new Finding(type.FullName, "has type parameters");
        IEnumerable<Finding> methods = from method in Il.Methods(module) where method.HasGenericParameters
            select new Finding(Il.Place(method), "has type parameters");
        IEnumerable<Finding> used =
            from mention in Il.Mentions(module) from part in Il.Parts(mention.Type) where part is GenericInstanceType
            select new Finding(mention.Place, part.FullName);
        IEnumerable<Finding> called =
            from one in Il.Instructions(module) where one.At.Operand is GenericInstanceMethod
            select new Finding(Il.Place(one.Method, one.At), one.At.Operand.ToString()!);
        return [.. declared, .. methods, .. used, .. called];
    }

    /// <summary>Default implementations, static and private members of an interface: what an interface says is never done in it.</summary>
    public static IEnumerable<Finding> InterfaceBodies(ModuleDefinition module) =>
        from method in Il.Methods(module) where method.DeclaringType.IsInterface && method.HasBody
        select new Finding(Il.Place(method), "an interface member with a body");

    /// <summary>The device prints an enum value as its number. Boxing is where text, formats and concatenations ask for a name.</summary>
    public static IEnumerable<Finding> EnumNames(ModuleDefinition module)
    {
        IEnumerable<Finding> boxed = from one in Il.Instructions(module)
            where one.At.OpCode.Code == Code.Box && Il.IsEnum((TypeReference)one.At.Operand)
            select new Finding(Il.Place(one.Method, one.At), $"{one.At.Operand} becomes an object");
        IEnumerable<Finding> untyped = from use in Il.Uses(module) from part in Il.Parts(use.Type) where part.FullName == "System.Enum"
            select new Finding(use.Place, "an enum value of any type");
        return [.. EnumToString(module), .. boxed, .. untyped];
    }

    public static IEnumerable<Finding> EnumToString(ModuleDefinition module) =>
        from one in Il.Instructions(module)
        where one.At.OpCode.Code is Code.Call or Code.Callvirt && one.At.Operand is MethodReference { Name: "ToString" } called
            && (called.DeclaringType.FullName == "System.Enum" || IsConstrainedToEnum(one.At) || IsBoxedEnum(one.At))
        select new Finding(Il.Place(one.Method, one.At), "the name of an enum value");

    public static IEnumerable<Finding> Pointers(ModuleDefinition module)
    {
        IEnumerable<Finding> types = from mention in Il.Mentions(module) from part in Il.Parts(mention.Type)
            where part is PointerType or PinnedType or FunctionPointerType select new Finding(mention.Place, part.FullName);
        IEnumerable<Finding> stack = from one in Il.Instructions(module) where one.At.OpCode.Code == Code.Localloc
            select new Finding(Il.Place(one.Method, one.At), "stackalloc");
        return types.Concat(stack);
    }

    /// <summary>
    /// The format of an assembly on the device has 16 bits for the place of a text: literals, names, and what attributes say. The last 860
    /// places mean texts of the runtime's own. The rest up to the bound is for the names that the compiler and the converter add.
    /// </summary>
    public static IEnumerable<Finding> TooManyTexts(ModuleDefinition module)
    {
        IEnumerable<string> literals =
            from one in Il.Instructions(module) where one.At.OpCode.Code == Code.Ldstr select (string)one.At.Operand;
        IEnumerable<string> names = module.GetTypes().SelectMany(type => new[] { type.Name, type.Namespace }
            .Concat(type.Fields.Select(field => field.Name)).Concat(type.Methods.Select(method => method.Name)));
        IEnumerable<string> used = module.GetTypeReferences().SelectMany(type => new[] { type.Name, type.Namespace })
            .Concat(module.GetMemberReferences().Select(member => member.Name));
        IEnumerable<string> said = from method in Il.Methods(module) from attribute in method.CustomAttributes
            from argument in attribute.ConstructorArguments from text in Texts(argument.Value) select text;
        int bytes = literals.Concat(names).Concat(used).Concat(said).Distinct(StringComparer.Ordinal)
            .Sum(text => System.Text.Encoding.UTF8.GetByteCount(text) + 1);
        return bytes <= TextBytesMax ? [] : [new Finding(module.Name, $"{bytes} bytes of texts of at most {TextBytesMax}")];
    }

    private const int TextBytesMax = 60 * 1024;

    private static IEnumerable<string> Texts(object value) => value switch
    {
        string text => [text],
        CustomAttributeArgument one => Texts(one.Value),
        CustomAttributeArgument[] many => many.SelectMany(one => Texts(one.Value)),
        _ => [],
    };

    public static IEnumerable<Finding> CheckedArithmetic(ModuleDefinition module) =>
        from one in Il.Instructions(module) where one.At.OpCode.Code.ToString().Contains("_Ovf", StringComparison.Ordinal)
        select new Finding(Il.Place(one.Method, one.At), $"checked arithmetic ({one.At.OpCode.Name}), which does not throw on the device");

    public static IEnumerable<Finding> FloatingPoint(ModuleDefinition module)
    {
        IEnumerable<Finding> types = from mention in Il.Mentions(module) from part in Il.Parts(mention.Type)
            where part.MetadataType is MetadataType.Single or MetadataType.Double select new Finding(mention.Place, part.FullName);
        IEnumerable<Finding> steps = from one in Il.Instructions(module)
            where one.At.OpCode.Code is Code.Ldc_R4 or Code.Ldc_R8 or Code.Conv_R4 or Code.Conv_R8 or Code.Conv_R_Un
            select new Finding(Il.Place(one.Method, one.At), one.At.OpCode.Name);
        return types.Concat(steps);
    }

    /// <summary>Returned, held or kept in an array: each costs heap blocks. As an <c>in</c> or <c>ref</c> argument it costs none.</summary>
    public static IEnumerable<Finding> CostlyStructs(ModuleDefinition module)
    {
        IEnumerable<Finding> fields = from type in module.GetTypes() where !Il.IsCompilers(type) from field in type.Fields
            where IsOurStruct(field.FieldType) select new Finding(field.FullName, "a struct as a field");
        IEnumerable<Finding> signatures = from method in Il.Methods(module) from type in Il.Signature(method)
            where IsOurStruct(type) select new Finding(Il.Place(method), $"{type.FullName} returned or passed by value");
        IEnumerable<Finding> arrays = from mention in Il.Mentions(module) from part in Il.Parts(mention.Type)
            where part is ArrayType array && IsOurStruct(array.ElementType) select new Finding(mention.Place, $"{part.FullName}");
        return [.. fields, .. signatures, .. arrays];
    }

    public static IEnumerable<Finding> Throws(ModuleDefinition module) =>
        from one in Il.Instructions(module)
        where one.At.OpCode.Code is Code.Throw or Code.Rethrow && !one.Method.IsConstructor
        select new Finding(Il.Place(one.Method, one.At), "throws outside a constructor");

    /// <summary>The device knows the formats D, F, G, N and X; it takes a custom one and prints something else.</summary>
    public static IEnumerable<Finding> CustomFormats(ModuleDefinition module)
    {
        IEnumerable<Finding> direct = from one in Il.Instructions(module)
            where one.At.Operand is MethodReference { Name: "ToString", Parameters.Count: 1 } called
                && called.Parameters[0].ParameterType.FullName == "System.String"
            let format = one.At.Previous?.Operand as string where format == null || !IsKnownFormat(format)
            let what = format == null ? "a format that is not a literal" : $"the format \"{format}\""
            select new Finding(Il.Place(one.Method, one.At), what);
        IEnumerable<Finding> holes = from one in Il.Instructions(module) where one.At.OpCode.Code == Code.Ldstr
            from Match hole in FormatHole().Matches((string)one.At.Operand) where !IsKnownFormat(hole.Groups["format"].Value)
            select new Finding(Il.Place(one.Method, one.At), $"the format \"{hole.Groups["format"].Value}\"");
        return direct.Concat(holes);
    }

    public static IEnumerable<Finding> InstanceStateInTests(ModuleDefinition module) =>
        from type in module.GetTypes() where type.CustomAttributes.Any(one => one.AttributeType.Name == "TestClassAttribute")
        from field in type.Fields where !field.IsStatic
        select new Finding(field.FullName, "the device calls tests without an object, so a test class has no instance field");

    private static bool IsKnownFormat(string format) => KnownFormat().IsMatch(format) || format is "o" or "yyyy-MM-ddTHH:mm:ss";

    private static bool IsOurStruct(TypeReference type) => Il.IsStruct(type) && !Il.IsCompilers(type);

    private static bool IsConstrainedToEnum(Instruction call) =>
        call.Previous is { OpCode.Code: Code.Constrained } before && Il.IsEnum((TypeReference)before.Operand);

    private static bool IsBoxedEnum(Instruction call) =>
        call.Previous is { OpCode.Code: Code.Box } before && Il.IsEnum((TypeReference)before.Operand);

    [GeneratedRegex(@"\{\d+(?:,-?\d+)?:(?<format>[^{}]*)\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex FormatHole();

    [GeneratedRegex("^[DdFfGgNnXx][0-9]{0,2}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex KnownFormat();
}
