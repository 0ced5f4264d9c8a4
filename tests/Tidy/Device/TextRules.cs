// Owns: the rule that no assembly of the device holds a table of texts for ever.
// Must never: count a text that a method names: that one lies in flash and takes a block only while somebody holds it.

using Mono.Cecil;

namespace Gateway.Tests.Tidy.Device;

/// <summary>Static fields are made at the start, used or not: a text there takes 24 bytes of a heap of 100,000, and hundreds did.</summary>
internal static class TextRules
{
    public static IEnumerable<Finding> Tables(ModuleDefinition module) =>
        from type in module.GetTypes()
        from field in type.Fields
        where field.IsStatic && field.FieldType is ArrayType { ElementType.MetadataType: MetadataType.String }
        select new Finding($"{type.FullName}.{field.Name}", "a table of texts, held for ever: use a switch, or make it when asked");
}
