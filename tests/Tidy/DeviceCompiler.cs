// Owns: compiling a few lines in the way of the device check, so that a rule can be shown a sample that it must refuse.
// Must never: see .NET's own libraries.

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Mono.Cecil;

namespace Gateway.Tests.Tidy;

/// <summary>C# 9 against the device's libraries: the real mscorlib, and signatures of the others.</summary>
internal static class DeviceCompiler
{
    private static readonly MetadataReference[] s_libraries =
        [.. DeviceAssemblies.LibraryFiles.Select(file => MetadataReference.CreateFromFile(file))];

    /// <summary>The numbers of the errors, for example CS0246; empty when it compiles.</summary>
    public static IReadOnlyList<string> Errors(string source)
    {
        // Some of what the language needs (async, yield, volatile) is only looked for when code is written.
        using MemoryStream image = new();
        EmitResult result = Compile("Sample", source).Emit(image);
        IEnumerable<Diagnostic> errors = result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error);
        return [.. errors.Select(one => one.Id).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The compiled sample; a sample that does not compile fails the test that brought it.</summary>
    public static ModuleDefinition Assembly(string name, string source)
    {
        using MemoryStream image = new();
        EmitResult result = Compile(name, source).Emit(image);
        Assert.True(result.Success, $"The planted sample does not compile: {string.Join(Environment.NewLine, result.Diagnostics)}");
        return DeviceAssemblies.Read(image.ToArray());
    }

    private static CSharpCompilation Compile(string name, string source)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp9));
        CSharpCompilationOptions options = new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true,
            optimizationLevel: OptimizationLevel.Debug);
        return CSharpCompilation.Create(name, [tree], s_libraries.Where(one => !IsSameAssembly(one, name)), options);
    }

    private static bool IsSameAssembly(MetadataReference reference, string name) =>
        string.Equals(Path.GetFileNameWithoutExtension(reference.Display), name, StringComparison.Ordinal);
}
