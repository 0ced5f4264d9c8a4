// Owns: where the links of our documents lead.
// Must never: follow a link over the network.

using System.Text.RegularExpressions;
using Gateway.Tests.Tidy.Device;

namespace Gateway.Tests.Tidy.Sources;

/// <summary>A link to a file or a heading that is not there is found before a reader follows it.</summary>
internal static partial class LinkRules
{
    /// <summary>Links of a Markdown document that name no file, or no heading, of this repository.</summary>
    public static IEnumerable<Finding> Broken(string path, string text, Func<string, string?> read) =>
        from link in Link().Matches(WithoutCode(text)) let target = link.Groups["target"].Value
        where !target.Contains("://", StringComparison.Ordinal)
        let problem = Problem(path, target, text, read) where problem.Length > 0 select new Finding(path, $"{target}: {problem}");

    private static string Problem(string path, string target, string text, Func<string, string?> read)
    {
        string[] parts = target.Split('#', 2);
        if (parts[0].StartsWith('/'))
        {
            return "begins at the root of a disk";
        }

        string? file = parts[0].Length == 0 ? path : Combine(Path.GetDirectoryName(path)!.Replace('\\', '/'), parts[0]);
        if (file == null)
        {
            return "leads out of the repository";
        }

        string? content = parts[0].Length == 0 ? text : read(file);
        if (content == null)
        {
            return "there is no such file";
        }

        return parts.Length == 1 || Headings(content).Contains(parts[1], StringComparer.Ordinal) ? "" : "there is no such heading";
    }

    // Null when the path climbs above the root.
    private static string? Combine(string folder, string target)
    {
        List<string> parts = [.. folder.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        foreach (string part in target.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count == 0)
            {
                return null;
            }

            if (part == "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    // A heading's anchor: lower case, spaces as hyphens, everything but letters, digits, hyphens and underscores left out.
    private static IEnumerable<string> Headings(string text) =>
        from Match heading in Heading().Matches(text.Replace("`", "", StringComparison.Ordinal))
        select string.Concat(heading.Groups["title"].Value.Trim().ToLowerInvariant().Replace(' ', '-')
            .Where(one => char.IsLetterOrDigit(one) || one is '-' or '_'));

    private static string WithoutCode(string text) => Code().Replace(text, "");

    private const RegexOptions How = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", How, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Link();

    [GeneratedRegex("^#{1,6} (?<title>.+)$", How | RegexOptions.Multiline, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Heading();

    [GeneratedRegex("```.*?```|`[^`\n]*`", How | RegexOptions.Singleline, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Code();
}
