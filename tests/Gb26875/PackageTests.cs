// Owns: that the library packs into what an integrator outside of this repository needs.
// Must never: leave files in the repository.

using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using Gateway.Tests.Support;

namespace Gateway.Tests.Frames;

public class PackageTests
{
    [Fact]
    public void The_package_has_both_targets_the_readme_the_page_and_the_vectors()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("gateway-pack-");
        try
        {
            Pack(folder.FullName);
            using ZipArchive package = ZipFile.OpenRead(Assert.Single(folder.GetFiles("*.nupkg")).FullName);
            string[] names = [.. package.Entries.Select(entry => entry.FullName)];
            foreach (string target in new[] { "net10.0", "netstandard2.0" })
            {
                Assert.Contains($"lib/{target}/Gateway.Gb26875.dll", names);
                Assert.Contains($"lib/{target}/Gateway.Gb26875.xml", names);
            }

            Assert.Equal(File.ReadAllText(Repository.Path("shared", "Gb26875", "GB26875.md")), Text(package, "GB26875.md"));
            Assert.Equal(File.ReadAllText(Repository.Path("shared", "Gb26875", "README.md")), Text(package, "README.md"));
            Assert.Equal(
                File.ReadAllText(Repository.Path("shared", "Gb26875", "vectors", "frames.json")), Text(package, "vectors/frames.json"));
            XElement nuspec = XDocument.Parse(Text(package, "Gateway.Gb26875.nuspec")).Root!;
            Assert.Equal("README.md", nuspec.Descendants().Single(e => e.Name.LocalName == "readme").Value);
            XElement modern = nuspec.Descendants().Single(e =>
                e.Name.LocalName == "group" && e.Attribute("targetFramework")!.Value == "net10.0");
            Assert.Empty(modern.Elements());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Builds in a folder of its own, so that no build beside it is disturbed.</summary>
    private static void Pack(string folder)
    {
        ProcessStartInfo start = new("dotnet")
        {
            ArgumentList =
            {
                "pack", Repository.Path("shared", "Gb26875", "Gb26875.csproj"), "-o", folder, "-v", "quiet", "-nodereuse:false",
                "-p:UseArtifactsOutput=true", "-p:ArtifactsPath=" + Path.Combine(folder, "artifacts"),
            },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + errors.GetAwaiter().GetResult());
    }

    private static string Text(ZipArchive package, string name)
    {
        using StreamReader reader = new(package.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
