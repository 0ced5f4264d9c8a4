// Owns: the proof that `gateway doctor` looks for words that the box's console says.
// Must never: know a word of its own.

using System.Text.RegularExpressions;
using Gateway.Technician.Serial;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Technician.Tests;

public sealed partial class DoctorTests
{
    [Fact]
    public void Every_word_that_is_looked_for_is_one_of_the_console()
    {
        string folder = Path.Combine(Repository.Root, "firmware", "Core", "Console");
        string[] said =
            [.. Directory.GetFiles(folder, "*.cs").SelectMany(file => Quoted().Matches(File.ReadAllText(file))).Select(m => m.Value)];
        Assert.All(DoctorCommand.Ills, ill => Assert.Contains(said, text => text.Contains(ill.Chinese, StringComparison.Ordinal)));
        Assert.All(
            DoctorCommand.Ills.SelectMany(ill => ill.English.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
            word => Assert.Contains(said, text => text.Split(' ', '"', '(', ')', ':', ',').Contains(word)));
    }

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.None, 60_000)]
    private static partial Regex Quoted();
}
