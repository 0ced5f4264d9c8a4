// Owns: that the committed page of what the firmware takes of a board is what the compiled code says.
// Must never: write the page.

using System.Reflection;
using Gateway.Tests.Support;
using Gateway.Tests.Wire;

namespace Gateway.Tests.Hardware;

public sealed class BudgetTests
{
    /// <summary>Where the device check leaves what it has compiled.</summary>
    internal static string DeviceFolder { get; } = typeof(BudgetTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(one => one.Key == "DeviceCheckFolder").Value!;

    [Fact]
    public void The_committed_page_is_what_the_compiled_code_says()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, BudgetText.File));
        bool same = string.Equals(page, BudgetText.Make(DeviceFolder), StringComparison.Ordinal);
        Assert.True(same, $"{BudgetText.File} is out of date: dotnet run --project tools/Generate -c Release");
    }
}
