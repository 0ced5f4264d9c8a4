// Owns: where the links of our documents lead.
// Must never: follow a link over the network.

using System.Text.RegularExpressions;
using Gateway.Tests.Unit.Tidy.Device;

namespace Gateway.Tests.Unit.Tidy.Sources;

/// <summary>A reader far from any network must be able to follow every link.</summary>
internal static partial class LinkRules
{
    private static readonly string[] s_here = ["localhost", "127.0.0.1", "0.0.0.0", "[::1]"];

    /// <summary>Addresses outside: only this machine's own and made-up example names are allowed.</summary>
    public static IEnumerable<Finding> LeadsOut(string path, string text) =>
        from line in TextRules.Numbered(text) from Match address in Address().Matches(line.Text)
        let host = address.Groups["host"].Value where !IsHere(host)
        select TextRules.At(path, line.Index, $"leads to {address.Value}");

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

    private static bool IsHere(string host) => s_here.Any(one => host.StartsWith(one, StringComparison.Ordinal))
        || host.Contains("example", StringComparison.Ordinal) || host.StartsWith('<') || host.StartsWith('{') || host.StartsWith('$')
        || PrivateAddress().IsMatch(host);

    private const RegexOptions How = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\b(https?|ftp|mqtts?)://(?<host>[^\s/""'`)>]*)", How, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", How, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex("^#{1,6} (?<title>.+)$", How | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("```.*?```|`[^`\n]*`", How | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"^(10\.|192\.168\.|172\.(1[6-9]|2[0-9]|3[01])\.)", How, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PrivateAddress();
}
