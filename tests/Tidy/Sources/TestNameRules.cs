// Owns: that a test which a document names is there, and that what is said of attacks has a test.
// Must never: run a test.

using System.Text.RegularExpressions;
using Gateway.Tests.Tidy.Device;

namespace Gateway.Tests.Tidy.Sources;

/// <summary>A claim whose test was renamed or taken away is found before somebody relies on it.</summary>
internal static partial class TestNameRules
{
    /// <summary>Names of tests in a document that no class of tests has.</summary>
    public static IEnumerable<Finding> Missing(string path, string text, ILookup<string, string> tests) =>
        from Match name in Named().Matches(text)
        let of = name.Groups["class"].Value
        let method = name.Groups["method"].Value
        where !tests.Contains(of) || (method.Length > 0 && !tests[of].Contains(method))
        select new Finding(path, $"{name.Value}: there is no such test");

    /// <summary>Rows of the list of attacks that name no test and are not by design.</summary>
    public static IEnumerable<Finding> Untested(string path, string text) =>
        from Match row in Row().Matches(text)
        where !Held().IsMatch(row.Value)
        select new Finding(path, $"{row.Groups["what"].Value}: names no test");

    /// <summary>The methods of each class in sources of tests.</summary>
    public static ILookup<string, string> Tests(IEnumerable<string> sources) => (
        from source in sources
        from Match of in Class().Matches(source)
        from Match method in Method().Matches(source)
        select (Class: of.Groups["name"].Value, Method: method.Groups["name"].Value)).ToLookup(one => one.Class, one => one.Method);

    private const RegexOptions How = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"`(?<class>[A-Z]\w*Tests)(\.(?<method>\w+))?`", How, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Named();

    // Up to the next row or heading.
    [GeneratedRegex(@"^- \*\*(?<what>.+?)\*\* .*?(?=^- \*\*|^#|\z)", How | RegexOptions.Multiline | RegexOptions.Singleline, 60_000)]
    private static partial Regex Row();

    [GeneratedRegex(@"Test:\s+(`[A-Z]\w*Tests[.`]|by design)", How, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Held();

    [GeneratedRegex(@"\bclass (?<name>\w+Tests)\b", How, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Class();

    [GeneratedRegex(@"^ +public (async )?(void|Task) (?<name>\w+)\(", How | RegexOptions.Multiline, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Method();
}
