// Owns: compiling a part with a fault in it and running the simulator against it.
// Must never: count a copy that does not compile, or a world that fails without the fault too, as a fault found.

using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using Gateway.Simulation;
using Gateway.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Gateway.Tests.Simulation;

/// <summary>A mutated part is compiled in memory and loaded with the simulator in a context of its own.</summary>
internal static class PlantedRuns
{
    // Most are found by the first few; a torn write of the right file among all that are written is rare.
    private const int SeedsMax = 3000;

    private static readonly string s_here = AppContext.BaseDirectory;

    // Of a part of some hundred files each fault changes one.
    private static readonly ConcurrentDictionary<string, SyntaxTree> s_trees = [];
    private static readonly ConcurrentDictionary<string, MetadataReference> s_references = [];

    public static void AssertFound(string name)
    {
        Planted planted = Planted.All.Single(p => p.Name == name);
        string? mutated = planted.In(File.ReadAllText(Repository.Path(planted.File)));
        Assert.True(mutated is not null, $"{name}: {planted.File} has no such place any more");
        byte[] part = Compile(planted, mutated);
        string? found = FirstViolation(part, PartOf(planted.File), PlantedWorlds.Of(name), planted.Busy, planted.Attacks, SeedsMax);
        Assert.True(found is not null, $"{name}: not found within {SeedsMax} seeds");
        string? sound = Campaign.Named(found).Select(w => Campaign.Run(w.Kind, w.Seed).Violation).FirstOrDefault();
        Assert.True(sound is null, $"{name}: {found}; the untouched sources fail there too: {sound}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {found}");
    }

    public static void AssertHolds(string file)
    {
        byte[] part = Compile(new Planted("nothing", file, "", ""), File.ReadAllText(Repository.Path(file)));
        Assert.Null(FirstViolation(part, PartOf(file), "", 3, 3, 20));
    }

    private static (string Folder, string Assembly) PartOf(string file) => file.Split('/')[0] switch
    {
        "firmware" => ("firmware/Core", "Gateway.Core"),
        "shared" => ("shared/Contract", "Gateway.Contract"),
        _ => ("county/Library", "Gateway.County"),
    };

    private static byte[] Compile(Planted planted, string mutated)
    {
        (string folder, string assembly) = PartOf(planted.File);
        bool device = assembly != "Gateway.County";
        CSharpParseOptions options = new(device ? LanguageVersion.CSharp9 : LanguageVersion.Latest);
        string root = Repository.Path(folder);
        List<SyntaxTree> trees = [];
        foreach (string path in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            string inside = Path.GetRelativePath(root, path);
            if (!inside.StartsWith("obj", StringComparison.Ordinal) && !inside.StartsWith("bin", StringComparison.Ordinal))
            {
                bool isIt = Path.GetFullPath(path) == Path.GetFullPath(Repository.Path(planted.File));
                trees.Add(isIt ? CSharpSyntaxTree.ParseText(mutated, options, path) : Parsed(path, options));
            }
        }

        if (!device)
        {
            string usings = string.Concat(new[] { "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading",
                "System.Threading.Tasks" }.Select(u => $"global using {u};\n"));
            trees.Add(CSharpSyntaxTree.ParseText(usings, options));
        }

        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        IEnumerable<string> references = platform.Split(Path.PathSeparator).Where(p => Path.GetFileNameWithoutExtension(p) != assembly);
        CSharpCompilation compilation = CSharpCompilation.Create(
            assembly,
            trees,
            references.Select(Reference),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: device ? NullableContextOptions.Disable : NullableContextOptions.Enable));
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
        string[] errors = [.. result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString())];
        Assert.True(result.Success, $"{planted.Name} does not compile: {string.Join("; ", errors)}");
        return image.ToArray();
    }

    private static SyntaxTree Parsed(string path, CSharpParseOptions options) =>
        s_trees.GetOrAdd(path, p => CSharpSyntaxTree.ParseText(File.ReadAllText(p), options, p));

    private static MetadataReference Reference(string path) => s_references.GetOrAdd(path, p => MetadataReference.CreateFromFile(p));

    /// <summary>Runs seeds of the simulator against the part; the first violation in words, or null.</summary>
    private static string? FirstViolation(byte[] part, (string Folder, string Assembly) of, string known, int busy, int attacks, int seeds)
    {
        PlantedContext context = new(of.Assembly, part);
        try
        {
            Assembly simulator = context.LoadFromAssemblyPath(Path.Combine(s_here, "Gateway.Simulation.dll"));
            MethodInfo find = simulator.GetType("Gateway.Simulation.Campaign")!.GetMethod("FirstViolation")!;
            return (string?)find.Invoke(null, [known, busy, attacks, 1UL, seeds]);
        }
        finally
        {
            context.Unload();
        }
    }

    /// <summary>Has the simulator and the parts under test for itself; without it they would come from the tests' own context.</summary>
    private sealed class PlantedContext(string planted, byte[] part) : AssemblyLoadContext("planted", isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name == planted)
            {
                return LoadFromStream(new MemoryStream(part));
            }

            return assemblyName.Name is "Gateway.Contract" or "Gateway.Core" or "Gateway.County" or "Gateway.Simulation"
                ? LoadFromAssemblyPath(Path.Combine(s_here, assemblyName.Name + ".dll"))
                : null;
        }
    }
}
