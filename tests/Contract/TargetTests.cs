// Owns: that these tests run against the build of the library that their project names.
// Must never: pass by running the other one.

using System.Reflection;
using System.Runtime.Versioning;
using Gateway.Contract;

namespace Gateway.Tests.Wire;

public class TargetTests
{
    [Fact]
    public void The_library_under_test_is_the_one_that_this_project_names()
    {
        string named = typeof(TargetTests).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "LibraryTarget").Value!;
        Assert.Equal(named, typeof(EventRecord).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName);
    }

    [Fact]
    public void The_library_needs_nothing_but_the_base_library()
    {
        string[] bases = ["netstandard", "System.Runtime", "System.Security.Cryptography", "System.Collections"];
        Assert.All(typeof(EventRecord).Assembly.GetReferencedAssemblies(), name => Assert.Contains(name.Name, bases));
    }
}
