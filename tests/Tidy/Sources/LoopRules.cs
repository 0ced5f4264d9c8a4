// Owns: the rule that no loop counts a number down that can't go below zero.
// Must never: look at what a loop does.

using System.Text.RegularExpressions;
using Gateway.Tests.Tidy.Device;

namespace Gateway.Tests.Tidy.Sources;

/// <summary>Behind 0 a byte, and an enum over one, is 255: "down to 0" is always true, and the loop does not end.</summary>
internal static partial class LoopRules
{
    public static IEnumerable<Finding> Endless(string path, string text) =>
        from Match loop in Downwards().Matches(text)
        select new Finding(path, $"{loop.Value.Trim()}: a {loop.Groups["type"].Value} is never below 0; count an int down");

    [GeneratedRegex(
        @"for \((?<type>(?!(int|long|short|sbyte) )\w+) (?<name>\w+) = [^;]*; [^;]*\b\k<name> >=[^;]*; "
            + @"[^)]*(\k<name>--|--\k<name>|\k<name> -=)",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Downwards();
}
