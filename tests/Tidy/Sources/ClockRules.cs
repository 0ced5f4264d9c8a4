// Owns: that no duration is reckoned from a wall clock.
// Must never: allow a place without its reason.

using System.Text.RegularExpressions;
using Gateway.Tests.Tidy.Device;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gateway.Tests.Tidy.Sources;

/// <summary>
/// A wall clock is set by people and time servers. Names on it end in one of these words; a clock that never steps has names that end
/// in RunMs. What is refused: a difference with a moment of the wall clock in it, and two such moments compared.
/// </summary>
internal static partial class ClockRules
{
    private static readonly string[] s_allowed =
    [
        // A moment of boot is a name: told time less uptime.
        "county/Library/StoredEvent.cs StartMs",

        // A number that rises, not a duration.
        "county/Library/RisingNumber.cs AtLeast",

        // Days until an old key ends are a date that a person chose.
        "county/Library/Gate.cs KeyOf",

        // After a restart there is nothing but what was stored; bounded on both sides.
        "county/Library/Instant.cs SinceRunMs",

        // The life that a command was given: two moments that were stored together.
        "county/Library/CommandWaits.cs LeftMs",

        // Two stored moments, which may lie many restarts apart: a clock set back between them keeps the answers of two boxes apart.
        "county/Library/EscalationBook.cs Twins",

        // An hour that began at a stored moment, for a count in lists; bounded on both sides, and nothing waits for it.
        "county/Library/PresenceBook.cs CountRenewed",

        // Whether the wall clock can be right at all; nothing waits for it.
        "county/Library/ClockTrust.cs Plausible",

        // Moments between which a person doubts what was received.
        "county/Library/StoredEvent.cs Covers",

        // A person reads since when the oldest message waits; nothing waits for it.
        "county/HandOver/HandOverMetrics.cs Waiting",

        // A receiver may ask for time by naming a moment; what it gets is bounded on both sides.
        "county/HandOver/HandOverSender.cs RetryAfterMs",

        // How far the moment that a request was signed at is from now.
        "county/examples/Adapter.cs Signed",

        // "24h" on a command line names the moment a day ago.
        "county/Library/Words/TimeText.cs TryParse",
    ];

    public static IEnumerable<Finding> WallClockDurations(string path, string text)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(text).GetRoot();
        foreach (SyntaxNode node in root.DescendantNodes())
        {
            bool bad = node switch
            {
                BinaryExpressionSyntax b when b.IsKind(SyntaxKind.SubtractExpression) => IsWall(b.Left) || IsWall(b.Right),
                BinaryExpressionSyntax b when IsComparison(b) => IsWall(b.Left) && IsWall(b.Right),
                AssignmentExpressionSyntax a when a.IsKind(SyntaxKind.SubtractAssignmentExpression) => IsWall(a.Left) || IsWall(a.Right),
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Subtract" } m } =>
                    IsWall(m.Expression),
                _ => false,
            };
            if (bad && !s_allowed.Contains($"{path} {Member(node)}", StringComparer.Ordinal))
            {
                int line = node.GetLocation().GetLineSpan().StartLinePosition.Line;
                yield return TextRules.At(path, line, $"reckons a duration from a wall clock: {node}");
            }
        }
    }

    private static bool IsComparison(BinaryExpressionSyntax b) => b.Kind() is SyntaxKind.LessThanExpression
        or SyntaxKind.LessThanOrEqualExpression or SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression;

    // Any name within the operand: a moment plus a span is a moment still.
    private static bool IsWall(ExpressionSyntax operand) =>
        operand.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => Wall().IsMatch(name.Identifier.Text));

    private static string Member(SyntaxNode node) => node.FirstAncestorOrSelf<MemberDeclarationSyntax>() switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        _ => "",
    };

    [GeneratedRegex(
        "^(DateTime|DateTimeOffset|UtcNow|GetUtcNow|GetLocalNow|ToUnixTimeMilliseconds|_?(\\w*[uU]tc|now|(\\w*[rR]eceived)|\\w*[sS]een|"
        + "[sS]tarted|[sS]ent|[eE]xpires|[qQ]ueued|[sS]ince|[oO]ldKeyUntil|[lL]evel|[eE]nded|[aA]nswered|[aA]dded)Ms)$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Wall();
}
