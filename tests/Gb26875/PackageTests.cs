// Owns: that the library packs into what an integrator outside of this repository needs.
// Must never: leave files in the repository.

using Gateway.Tests.Support;

namespace Gateway.Tests.Frames;

public class PackageTests
{
    [Fact]
    public void The_package_has_both_targets_the_texts_the_vectors_and_the_licence()
    {
        using PackedProject package = PackedProject.Of("shared", "Gb26875", "Gb26875.csproj");
        foreach (string target in new[] { "net10.0", "netstandard2.0" })
        {
            Assert.Contains($"lib/{target}/Gateway.Gb26875.dll", package.Names);
            Assert.Contains($"lib/{target}/Gateway.Gb26875.xml", package.Names);
        }

        Assert.Equal(File.ReadAllText(Repository.Path("shared", "Gb26875", "GB26875.md")), package.Text("GB26875.md"));
        Assert.Equal(File.ReadAllText(Repository.Path("shared", "Gb26875", "README.md")), package.Text("README.md"));
        Assert.Equal(File.ReadAllText(Repository.Path("LICENSE")), package.Text("LICENSE"));
        string vectors = Repository.Path("shared", "Gb26875", "vectors", "frames.json");
        Assert.Equal(File.ReadAllText(vectors), package.Text("vectors/frames.json"));
        Assert.Equal("README.md", Assert.Single(package.Said("readme")).Value);
        Assert.Equal("MIT", Assert.Single(package.Said("license")).Value);
        Assert.Empty(Assert.Single(package.Said("group"), e => e.Attribute("targetFramework")!.Value == "net10.0").Elements());
    }
}
