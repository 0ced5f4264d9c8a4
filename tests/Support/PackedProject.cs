// Owns: a project packed for a test, and what is in the package.
// Must never: leave files in the repository, or disturb a build beside it.

using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace Gateway.Tests.Support;

/// <summary>The package of a library, built in a folder of its own that is gone with Dispose.</summary>
public sealed class PackedProject : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-pack-");
    private readonly ZipArchive _package;

    private PackedProject(string project)
    {
        ProcessStartInfo start = new("dotnet")
        {
            ArgumentList =
            {
                "pack", project, "-o", _folder.FullName, "-v", "quiet", "-nodereuse:false", "-p:RunAnalyzers=false",
                "-p:UseArtifactsOutput=true", "-p:ArtifactsPath=" + Path.Combine(_folder.FullName, "artifacts"),
            },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new IOException(output + errors.GetAwaiter().GetResult());
        }

        _package = ZipFile.OpenRead(_folder.GetFiles("*.nupkg").Single().FullName);
    }

    /// <summary>Paths of the package's files.</summary>
    public IReadOnlyCollection<string> Names => [.. _package.Entries.Select(entry => entry.FullName)];

    /// <summary>Packs a project of this repository.</summary>
    public static PackedProject Of(params string[] project) => new(Repository.Path(project));

    public string Text(string name)
    {
        using StreamReader reader = new(_package.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>What the package says of itself: elements of this name.</summary>
    public IReadOnlyList<XElement> Said(string element)
    {
        string name = Names.Single(path => path.EndsWith(".nuspec", StringComparison.Ordinal));
        return [.. XDocument.Parse(Text(name)).Descendants().Where(e => e.Name.LocalName == element)];
    }

    public void Dispose()
    {
        _package.Dispose();
        _folder.Delete(recursive: true);
    }
}
