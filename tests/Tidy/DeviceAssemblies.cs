// Owns: reading what the device check compiled and compiled against: the device's libraries and our own parts.
// Must never: load that code to run it; it is read as data.

using System.Reflection;
using Mono.Cecil;

namespace Gateway.Tests.Tidy;

/// <summary>The assemblies of the device check, by name.</summary>
internal static class DeviceAssemblies
{
    /// <summary>Our own parts that run on the device.</summary>
    public static readonly string[] Parts =
        ["Gateway.Contract", "Gateway.Store", "Gateway.Core", "Gateway.Console", "Gateway.Link", "Gateway.Start", "Gateway.Esp32",
            "Gateway.Esp32S3", "Gateway.Esp32Classic", "NFUnitTest"];

    /// <summary>The parts that a power of arithmetic alone must decide: no clock, no thread, no library of the board.</summary>
    public static readonly string[] Pure = ["Gateway.Contract", "Gateway.Store", "Gateway.Core", "Gateway.Console"];

    public static string Folder { get; } = Setting("DeviceCheckFolder");

    // Stands below Folder, which it needs.
    private static readonly DefaultAssemblyResolver s_resolver = MakeResolver();

    /// <summary>The signature assemblies: each has a folder under firmware/DeviceCheck/Signatures.</summary>
    public static IReadOnlyList<string> Signatures { get; } =
        [.. Repo.FilesUnder("firmware/DeviceCheck/Signatures", ".cs").Select(path => path.Split('/')[3])
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>All that the device's sources are compiled against: the real mscorlib, and the signatures.</summary>
    public static IReadOnlyList<string> LibraryFiles { get; } = [FileOf("mscorlib"), .. Signatures.Select(FileOf)];

    public static ModuleDefinition Read(string name)
    {
        string file = FileOf(name);
        // Only our own text has lines to name.
        bool isOurs = Parts.Contains(name, StringComparer.Ordinal);
        ReaderParameters how = new() { AssemblyResolver = s_resolver, InMemory = true, ReadSymbols = isOurs };
        return ModuleDefinition.ReadModule(file, how);
    }

    public static ModuleDefinition Read(byte[] image) =>
        ModuleDefinition.ReadModule(new MemoryStream(image), new ReaderParameters { AssemblyResolver = s_resolver });

    /// <summary>The host that runs the device's tests on .NET, with its shim of the device's test framework.</summary>
    public static ModuleDefinition ReadTestHost() =>
        ModuleDefinition.ReadModule(
            Path.Combine(Setting("DeviceTestHostFolder"), "Gateway.Tests.Device.Host.dll"), new ReaderParameters { InMemory = true });

    public static string FileOf(string name) => Path.Combine(Folder, name + ".dll");

    // Written into this assembly by its project file.
    private static string Setting(string key) => Path.GetFullPath(typeof(DeviceAssemblies).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == key).Value!);

    private static DefaultAssemblyResolver MakeResolver()
    {
        DefaultAssemblyResolver resolver = new();
        foreach (string folder in resolver.GetSearchDirectories())
        {
            resolver.RemoveSearchDirectory(folder);
        }

        resolver.AddSearchDirectory(Folder);
        return resolver;
    }
}
