// Owns: reading what the device check compiled: the signatures of the device's libraries and our own parts.
// Must never: load that code to run it; it is read as data.

using System.Reflection;
using Mono.Cecil;

namespace Gateway.Tests.Tidy;

/// <summary>The assemblies of the device check, by name.</summary>
internal static class DeviceAssemblies
{
    /// <summary>Our own parts that run on the device.</summary>
    public static readonly string[] Parts = ["Gateway.Contract", "Gateway.Core", "Gateway.Link", "Gateway.Esp32", "NFUnitTest"];

    /// <summary>The parts that a power of arithmetic alone must decide: no clock, no thread, no library of the board.</summary>
    public static readonly string[] Pure = ["Gateway.Contract", "Gateway.Core"];

    public static string Folder { get; } = Setting("DeviceCheckFolder");

    // Stands below Folder, which it needs.
    private static readonly DefaultAssemblyResolver s_resolver = MakeResolver();

    /// <summary>The signature assemblies: each has a project under firmware/DeviceCheck/Signatures.</summary>
    public static IReadOnlyList<string> Signatures { get; } =
        [.. Directory.GetDirectories(Repo.Full("firmware/DeviceCheck/Signatures")).Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> SignatureFiles { get; } = [.. Signatures.Select(FileOf)];

    public static ModuleDefinition Read(string name)
    {
        string file = FileOf(name);
        bool hasSymbols = File.Exists(Path.ChangeExtension(file, ".pdb"));
        ReaderParameters how = new() { AssemblyResolver = s_resolver, InMemory = true, ReadSymbols = hasSymbols };
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
