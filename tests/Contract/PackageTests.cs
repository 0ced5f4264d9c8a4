// Owns: that the library packs into what a backend outside of this repository needs.
// Must never: leave files in the repository.

using Gateway.Tests.Support;

namespace Gateway.Tests.Wire;

public class PackageTests
{
    [Fact]
    public void The_package_has_both_targets_the_texts_the_vectors_the_licence_and_no_dependency()
    {
        using PackedProject package = PackedProject.Of("shared", "Contract", "Contract.csproj");
        foreach (string target in new[] { "net10.0", "netstandard2.0" })
        {
            Assert.Contains($"lib/{target}/Gateway.Contract.dll", package.Names);
            Assert.Contains($"lib/{target}/Gateway.Contract.xml", package.Names);
        }

        Assert.Equal(File.ReadAllText(Repository.Path("shared", "Contract", "CONTRACT.md")), package.Text("CONTRACT.md"));
        Assert.Equal(File.ReadAllText(Repository.Path("shared", "Contract", "README.md")), package.Text("README.md"));
        Assert.Equal(File.ReadAllText(Repository.Path("LICENSE")), package.Text("LICENSE"));
        string[] vectors = Directory.GetFiles(Repository.Path("shared", "Contract", "vectors"), "*.json");
        Assert.NotEmpty(vectors);
        Assert.All(vectors, path => Assert.Equal(File.ReadAllText(path), package.Text("vectors/" + Path.GetFileName(path))));
        Assert.Equal("README.md", Assert.Single(package.Said("readme")).Value);
        Assert.Equal("MIT", Assert.Single(package.Said("license")).Value);
        Assert.Empty(package.Said("dependency"));
    }
}
