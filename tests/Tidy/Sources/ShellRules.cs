// Owns: what our shell scripts must not do, since it fails only now and then.
// Must never: run a script.

using System.Text.RegularExpressions;
using Gateway.Tests.Tidy.Device;

namespace Gateway.Tests.Tidy.Sources;

/// <summary>A script that sets pipefail takes a writer that meets a closed pipe for a failure.</summary>
internal static partial class ShellRules
{
    public static bool IsShell(string path, string text) =>
        path.EndsWith(".sh", StringComparison.Ordinal) || Regex.IsMatch(text, "^#!.*sh\n", RegexOptions.None, TimeSpan.FromMinutes(1));

    /// <summary>
    /// A reader that stops before its input ends, behind a pipe: what still writes is ended by SIGPIPE, and the pipeline fails although
    /// the reader found what it looked for. Let the reader take a here-string instead.
    /// </summary>
    public static IEnumerable<Finding> StopsEarly(string path, string text) =>
        from Match reader in EarlyReader().Matches(Comment().Replace(text, ""))
        select TextRules.At(path, text.AsSpan(0, text.IndexOf(reader.Value, StringComparison.Ordinal)).Count('\n'),
            $"\"{reader.Value}\" stops reading before the pipe is empty; use <<<\"$(command)\"");

    private const RegexOptions How = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Multiline;

    // grep that answers or counts no further, head, sed that quits, a single read, and awk that exits before its END.
    [GeneratedRegex(@"(?<!\|)\|&?\s*\\?\s*([ef]?grep\b[^|\n]*\s(-[A-Za-z]*[qm]|--(quiet|silent|max-count))|head\b"
        + @"|sed\b[^|\n]*[0-9$/;{ '""]q(?=[\s'"";}])|read\b|awk\b((?!\bEND\b)[^|])*?\bexit\b)", How, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex EarlyReader();

    [GeneratedRegex(@"(?<=^\s*)#.*$", How, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Comment();
}
