// Owns: that the page for the person who installs a box names commands and options that there are.
// Must never: judge what the page says of wires.

using System.Text.RegularExpressions;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Technician.Tests;

public sealed partial class InstallPageTests
{
    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void Commands_of_the_page_are_there_in_both_halves(string half)
    {
        string[] halves = File.ReadAllText(Repository.Path("hardware", "INSTALL.md")).Split("## English");
        string page = halves[half == "zh" ? 0 : 1];
        string[][] named = [.. Command().Matches(page).Select(match => match.Groups["words"].Value.Split(' '))];
        foreach (string[] words in named)
        {
            Told told = Told.Of(words[0], "--help", "--lang", half);
            Assert.True(told.Code == ExitCodes.Good && told.Said.Contains(" " + words[0] + " ", StringComparison.Ordinal), words[0]);
            Assert.All(words.Where(w => w.StartsWith("--", StringComparison.Ordinal)),
                option => Assert.Contains(option, told.Said, StringComparison.Ordinal));
        }

        string[] needed = ["kit", "new", "check", "explain", "label", "flash", "deploy", "doctor", "console", "walktest", "log", "load"];
        Assert.Empty(needed.Except(named.Select(words => words[0])));
    }

    [GeneratedRegex("`gateway (?<words>[^`]+)`", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Command();
}
