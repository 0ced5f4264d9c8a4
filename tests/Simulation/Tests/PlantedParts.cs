// Owns: the parts with every fault in them, compiled and loaded once, and the switch that says which fault is on.
// Must never: let a world see a part with a fault that was not asked for.

using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Gateway.Simulation;
using Gateway.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Gateway.Tests.Simulation;

/// <summary>Has the simulator and the parts for itself, beside those that the other tests run.</summary>
internal sealed class PlantedParts : AssemblyLoadContext
{
    private const int None = -1;

    private static readonly string s_here = AppContext.BaseDirectory;

    private static readonly (string Folder, string Assembly, bool Device)[] s_parts =
    [
        ("shared/Contract", "Gateway.Contract", true),
        ("firmware/Core", "Gateway.Core", true),
        ("county/Library", "Gateway.County", false),
    ];

    private readonly Dictionary<string, byte[]> _images = [];
    private readonly FieldInfo[] _switches;
    private readonly Assembly _simulator;
    private readonly MethodInfo _find;

    public PlantedParts()
        : base("planted")
    {
        foreach ((string folder, string assembly, bool device) in s_parts)
        {
            _images[assembly] = Compiled(folder, assembly, device);
        }

        _simulator = LoadFromAssemblyPath(Path.Combine(s_here, "Gateway.Simulation.dll"));
        _find = _simulator.GetType("Gateway.Simulation.Campaign")!.GetMethod("FirstViolation")!;
        _switches = [.. s_parts.Select(p => LoadFromAssemblyName(new AssemblyName(p.Assembly)))
            .Select(a => a.GetType(PlantedText.SwitchType)!.GetField("On")!)];
        Array.ForEach(_switches, s => s.SetValue(null, None));
    }

    /// <summary>Runs worlds with one fault, or with none for null; the first violation in words, or null.</summary>
    public string? FirstViolation(Planted? fault, string known, int busy, int attacks, int seeds)
    {
        int number = fault is null ? None : Array.IndexOf(Planted.All, fault);
        Array.ForEach(_switches, s => s.SetValue(null, number));
        try
        {
            // The search takes the known world first itself, and the cuts of the day only behind some hundred worlds and cuts.
            return CutOf(known) ?? (string?)_find.Invoke(null, [known, busy, attacks, 1UL, seeds]);
        }
        finally
        {
            Array.ForEach(_switches, s => s.SetValue(null, None));
        }
    }

    /// <summary>What is wrong with no fault on in one world or cut as <see cref="PlantedWorlds"/> names it, in words; or null.</summary>
    public string? Violation(string world)
    {
        if (Campaign.Named(world).ToArray() is not [(string kind, ulong seed)])
        {
            return CutOf(world);
        }

        string? wrong = Wrong(Of("Campaign").GetMethod("Run", [typeof(string), typeof(ulong)])!.Invoke(null, [kind, seed])!);
        return wrong is null ? null : $"{world}: {wrong}";
    }

    /// <summary>What is wrong with the smallest scripted day when the power goes at that write, in the search's words; or null.</summary>
    private string? CutOf(string known)
    {
        if (known.Split(' ') is not ["cut", string at, string mode])
        {
            return null;
        }

        int write = int.Parse(at, CultureInfo.InvariantCulture);
        Type cut = Of("PlannedCut");
        Array cuts = Array.CreateInstance(cut, 1);
        cuts.SetValue(Activator.CreateInstance(cut, write, Enum.Parse(Of("CutMode"), mode), 64), 0);
        MethodInfo run = Of("Day").GetMethod("Run", [typeof(int), typeof(int), typeof(int), cuts.GetType()])!;
        string? wrong = Wrong(run.Invoke(null, [4, 3, 12, cuts])!);
        return wrong is null ? null : $"cut at write {write} ({mode}): {wrong}";
    }

    private string? Wrong(object result) => (string?)Of("RunResult").GetProperty("Violation")!.GetValue(result);

    private Type Of(string name) => _simulator.GetType("Gateway.Simulation." + name, throwOnError: true)!;

    protected override Assembly? Load(AssemblyName assemblyName) =>
        _images.TryGetValue(assemblyName.Name!, out byte[]? image) ? LoadFromStream(new MemoryStream(image)) : null;

    /// <summary>Sources of all parts.</summary>
    public static IEnumerable<string> Sources() => s_parts.SelectMany(part => Sources(part.Folder));

    private static IEnumerable<string> Sources(string folder)
    {
        string root = Repository.Path(folder);
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(path => Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar)[0] is not ("obj" or "bin"));
    }

    private static byte[] Compiled(string folder, string assembly, bool device)
    {
        CSharpParseOptions options = new(device ? LanguageVersion.CSharp9 : LanguageVersion.Latest);
        string root = Repository.Path(folder);
        (int Index, Planted Item)[] faults = [.. Planted.All.Index()];
        List<SyntaxTree> trees = [CSharpSyntaxTree.ParseText(PlantedText.SwitchSource, options)];
        foreach (string path in Sources(folder))
        {
            string source = File.ReadAllText(path);
            (int, Planted)[] its = [.. faults.Where(f => f.Item.In(source) is not null)];
            trees.Add(CSharpSyntaxTree.ParseText(its.Length == 0 ? source : PlantedText.Woven(source, options, its), options, path));
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
            references.Select(r => MetadataReference.CreateFromFile(r)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: device ? NullableContextOptions.Disable : NullableContextOptions.Enable));
        IEnumerable<ResourceDescription> scripts = Directory.EnumerateFiles(root, "*.sql", SearchOption.AllDirectories)
            .Select(path => new ResourceDescription(Path.GetFileName(path), () => File.OpenRead(path), isPublic: true));
        using MemoryStream image = new();
        EmitResult result = compilation.Emit(image, manifestResources: scripts);
        string[] errors = [.. result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString())];
        Assert.True(result.Success, $"{assembly} does not compile with its faults: {string.Join("; ", errors)}");
        return image.ToArray();
    }
}
