// Owns: that these tests run against the build of the library that their project names.
// Must never: pass by running the other one.

using System.Reflection;
using System.Runtime.Versioning;
using Gateway.Gb26875;

namespace Gateway.Tests.Frames;

public class TargetTests
{
    [Fact]
    public void The_library_under_test_is_the_one_that_this_project_names()
    {
        string named = typeof(TargetTests).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "LibraryTarget").Value!;
        Assert.Equal(named, typeof(FrameTime).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName);
    }
}
