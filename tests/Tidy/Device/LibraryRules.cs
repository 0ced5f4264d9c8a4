// Owns: what Contract and Core may use of the device's libraries, so that they have no clock, thread, file, network or chance of their own.
// Must never: grow by a type that lets one of those in.

using Mono.Cecil;

namespace Gateway.Tests.Tidy.Device;

/// <summary>An allow-list: what is not named here is refused, so that a new library type is a decision and not an accident.</summary>
internal static class LibraryRules
{
    private static readonly HashSet<string> s_allowed = new(StringComparer.Ordinal)
    {
        // The language itself.
        "System.Object", "System.String", "System.Array", "System.ValueType", "System.Enum", "System.Void", "System.Boolean", "System.Char",
        "System.Byte", "System.SByte", "System.Int16", "System.UInt16", "System.Int32", "System.UInt32", "System.Int64", "System.UInt64",
        "System.Attribute", "System.FlagsAttribute", "System.ParamArrayAttribute", "System.ObsoleteAttribute",
        "System.AttributeUsageAttribute",
        "System.AttributeTargets", "System.Reflection.DefaultMemberAttribute", "System.Runtime.CompilerServices.ExtensionAttribute",
        "System.Runtime.CompilerServices.RuntimeHelpers", "System.RuntimeFieldHandle", "System.Runtime.CompilerServices.IsExternalInit",
        "System.Diagnostics.DebuggableAttribute", "System.Diagnostics.DebuggableAttribute/DebuggingModes",
        "System.Diagnostics.ConditionalAttribute",
        "System.IDisposable",

        // Delegates of our own.
        "System.Delegate", "System.MulticastDelegate", "System.IntPtr", "System.AsyncCallback", "System.IAsyncResult", "System.Action",

        // Constructors may refuse what they are given; a switch expression without a match throws.
        "System.Exception", "System.ArgumentException", "System.ArgumentNullException", "System.ArgumentOutOfRangeException",
        "System.InvalidOperationException",

        // Bytes and text.
        "System.BitConverter", "System.Convert", "System.Text.Encoding", "System.Text.UTF8Encoding", "System.Text.StringBuilder",

        // Collections for load time.
        "System.Collections.ArrayList", "System.Collections.Hashtable", "System.Collections.IEnumerator", "System.Collections.IEnumerable",
    };

    public static IEnumerable<Finding> ForbiddenLibraryTypes(ModuleDefinition module)
    {
        IEnumerable<Finding> mentioned = from mention in Il.Mentions(module) from part in Il.Parts(mention.Type)
            where part is not TypeSpecification && IsForeign(part) && !s_allowed.Contains(part.FullName) && !IsNumber(part)
            select new Finding(mention.Place, part.FullName);
        return mentioned.DistinctBy(finding => finding.ToString());
    }

    /// <summary>These obey the culture of the process on .NET and none on the device; a server may run in any.</summary>
    public static IEnumerable<Finding> CultureSensitiveCalls(ModuleDefinition module) =>
        from one in Il.Instructions(module)
        where one.At.Operand is MethodReference { DeclaringType.FullName: "System.String" } called && ObeysCulture(called)
        select new Finding(Il.Place(one.Method, one.At), $"string.{((MethodReference)one.At.Operand).Name} obeys the culture on .NET");

    /// <summary>The assemblies that a part refers to and may not.</summary>
    public static IEnumerable<Finding> References(ModuleDefinition module, params string[] allowed) =>
        from reference in module.AssemblyReferences where !allowed.Contains(reference.Name)
        select new Finding(module.Name, $"refers to {reference.Name}");

    // FloatingPoint judges these two.
    private static bool IsNumber(TypeReference type) => type.MetadataType is MetadataType.Single or MetadataType.Double;

    private static bool IsForeign(TypeReference type) => type.Scope != type.Module
        && type.Scope is AssemblyNameReference { Name: var name } && !name.StartsWith("Gateway.", StringComparison.Ordinal);

    private static bool ObeysCulture(MethodReference called) => called.Name switch
    {
        "Compare" or "CompareTo" or "ToLower" or "ToUpper" => true,
        "StartsWith" or "EndsWith" or "IndexOf" or "LastIndexOf" => called.Parameters[0].ParameterType.FullName == "System.String",
        _ => false,
    };
}
