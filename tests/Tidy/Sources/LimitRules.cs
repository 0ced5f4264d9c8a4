// Owns: that every bound, count and time stands in the one file of bounds of its room, with its reason.
// Must never: allow a number outside without saying what it is instead of a bound.

using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Tests.Tidy.Device;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gateway.Tests.Tidy.Sources;

/// <summary>
/// A room that may not know another has a file of bounds of its own. What is refused elsewhere: a constant, field or property whose name
/// says that it is a time or a bound and whose value is a number; a number beside a quantity with a unit; and a wait of a number.
/// </summary>
internal static partial class LimitRules
{
    /// <summary>The rooms, and where each has its bounds.</summary>
    private static readonly (string Folder, string[] Files)[] s_rooms =
    [
        ("firmware/Core", ["firmware/Core/Limits.cs", "firmware/Core/Limits.Log.cs", "firmware/Core/Limits.Tick.cs",
            "firmware/Core/Console/ConsoleLimits.cs",
            "firmware/Core/Settings/SettingsTable.cs"]),
        ("firmware/Link", ["firmware/Link/LinkLimits.cs"]),
        ("firmware/Start", ["firmware/Start/StartLimits.cs"]),
        ("firmware/Esp32", ["firmware/Esp32/EspLimits.cs"]),
        ("firmware/Pc", ["firmware/Pc/PcLimits.cs", "firmware/Pc/Script/ScriptLimits.cs"]),
        ("firmware/Technician", ["firmware/Technician/TechnicianLimits.cs"]),
        ("shared/Sheets", ["shared/Sheets/SheetLimits.cs"]),
        ("shared/Mqtt", ["shared/Mqtt/MqttLimits.cs"]),
        ("county/Library", ["county/Library/CountyLimits.cs", "county/Library/CountyLimits.Cases.cs",
            "county/Library/CountyLimits.Callouts.cs", "county/Library/CountyLimits.Duty.cs",
            "county/Library/CountyLimits.Api.cs", "county/Library/CountyLimits.Names.cs"]),
        ("county/Duty", []),
        ("county/Broker", ["county/Broker/BrokerLimits.cs"]),
        ("county/Gb26875", ["county/Gb26875/PeerLimits.cs"]),
        ("county/HandOver", ["county/HandOver/HandOverLimits.cs"]),
        ("county/Server", ["county/Server/ServerLimits.cs"]),
    ];

    /// <summary>Sizes of what is laid down elsewhere, and no bounds of ours.</summary>
    private static readonly string[] s_structure =
    [
        // Places and lengths in a file, a message, a structure of another's.
        "firmware/Core/Log/Journal.cs PayloadBytes",
        "firmware/Core/Log/LogIdentity.cs WorstWriteMs",
        "firmware/Core/Settings/SettingsStore.cs HeadBytes",
        "firmware/Esp32/EspEntropy.cs RandomBytes",
        "firmware/Esp32/EspEntropy.cs NoiseBytes",
        "firmware/Esp32/EspEntropy.cs AddressBytes",
        "firmware/Esp32/EspFlash.cs NumberChars",
        "firmware/Esp32/EspFlash.cs NameChars",
        "county/Library/BrokerPassword.cs SaltBytes",
        "county/Library/BrokerPassword.cs HashBytes",
        "county/Broker/PacketGuard.cs LengthShiftMax",
        "county/Gb26875/BitNumbers.cs BitsMax",
        "county/Server/FileOwner.cs StatxBytes",
        "firmware/Pc/Board/TerminalPort.cs NameBytes",
        "firmware/Pc/Board/TerminalPort.cs ModeBytes",

        // What littlefs, a board, a converter and a table of Spectre are like.
        "firmware/Core/Log/LogPlan.cs BlockBytes",
        "firmware/Core/Log/LogPlan.cs SmallTextBytes",
        "firmware/Start/Boards/CarrierS3.cs FlashBytes",
        "firmware/Start/Boards/CountScale.cs CountMax",
        "firmware/Pc/Screen/ScreenView.cs FrameLines",
        "county/Server/ReportTable.cs FrameCells",

        // How much of a drive littlefs keeps its name in.
        "firmware/Technician/Flash/FlashCommand.cs DriveHeadBytes",

        // Where numbers begin that are counted from a date.
        "county/Library/RisingNumber.cs FromMs",
        "county/Library/RisingNumber.cs EndMs",
        "county/Gb26875/PeerTimes.cs s_firstMs",
        "county/Gb26875/PeerTimes.cs s_endMs",
        "county/Gb26875/PeerTimes.cs s_bcdEndMs",
    ];

    /// <summary>Sources of the rooms, and none of their files of bounds.</summary>
    public static IEnumerable<string> Sources => s_rooms.SelectMany(room =>
        Repo.FilesUnder(room.Folder, ".cs").Where(path => !room.Files.Contains(path, StringComparer.Ordinal)));

    public static IEnumerable<string> Files => s_rooms.SelectMany(room => room.Files);

    public static IEnumerable<Finding> Elsewhere(string path, string text)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(text).GetRoot();
        foreach (SyntaxNode node in root.DescendantNodes(within => !IsLaidDown(path, within)))
        {
            string? wrong = node switch
            {
                VariableDeclaratorSyntax { Initializer.Value: { } value } one when IsFixed(one) && Bound().IsMatch(one.Identifier.Text)
                    && HasNumber(value) && !IsLaidDown(path, one) => one.Identifier.Text,
                PropertyDeclarationSyntax { Initializer.Value: { } value } one when Bound().IsMatch(one.Identifier.Text)
                    && HasNumber(value) => one.Identifier.Text,
                BinaryExpressionSyntax b when IsComparedOrAdded(b) && ((IsNumber(b.Right) && IsQuantity(b.Left))
                    || (IsNumber(b.Left) && IsQuantity(b.Right))) => b.ToString(),
                InvocationExpressionSyntax call when Wait().IsMatch(NameOf(call.Expression))
                    && call.ArgumentList.Arguments.Any(argument => IsNumber(argument.Expression)) => call.ToString(),
                _ => null,
            };
            if (wrong != null)
            {
                int line = node.GetLocation().GetLineSpan().StartLinePosition.Line;
                yield return TextRules.At(path, line, $"a bound outside of its room's file of bounds: {wrong}");
            }
        }
    }

    /// <summary>In a file of bounds each has its reason above it; some that belong together may share one.</summary>
    public static IEnumerable<Finding> WithoutReason(string path, string text)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(text).GetRoot();
        foreach (FieldDeclarationSyntax one in root.DescendantNodes().OfType<FieldDeclarationSyntax>())
        {
            string above = one.GetLeadingTrivia().ToFullString();
            bool first = one.Parent is TypeDeclarationSyntax type && type.Members[0] == one;
            bool apart = first || above.Contains('\n', StringComparison.Ordinal);
            if (one.Modifiers.Any(SyntaxKind.ConstKeyword) && apart && !above.Contains("//", StringComparison.Ordinal))
            {
                int line = one.GetLocation().GetLineSpan().StartLinePosition.Line;
                yield return TextRules.At(path, line, $"a bound without a reason: {one.Declaration}");
            }
        }
    }

    /// <summary>Names of s_structure that are no longer there.</summary>
    public static IEnumerable<string> Gone(Func<string, string> read) => s_structure.Where(one =>
        one.Split(' ') is var words && !Regex.IsMatch(
            read(words[0]), $@"\b{words[1]} = ", RegexOptions.ExplicitCapture, TimeSpan.FromMinutes(1)));

    // A constant is judged by its name alone: what it is reckoned from is part of it.
    private static bool IsLaidDown(string path, SyntaxNode node) => node is VariableDeclaratorSyntax one && IsFixed(one)
        && (s_structure.Contains($"{path} {one.Identifier.Text}", StringComparer.Ordinal)
            || (IsConstant(one) && !Bound().IsMatch(one.Identifier.Text)));

    // Locals that change are reckoned with; constants, and fields as they begin, are set down.
    private static bool IsFixed(VariableDeclaratorSyntax one) => one.Parent?.Parent is FieldDeclarationSyntax || IsConstant(one);

    private static bool IsConstant(VariableDeclaratorSyntax one) => one.Parent?.Parent switch
    {
        FieldDeclarationSyntax field => field.Modifiers.Any(SyntaxKind.ConstKeyword),
        LocalDeclarationStatementSyntax local => local.IsConst,
        _ => false,
    };

    private static bool HasNumber(ExpressionSyntax value) => value is not ImplicitArrayCreationExpressionSyntax
        && value.DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>().Any(IsLarge)
        && !value.DescendantNodesAndSelf().Any(node => node is ArrayCreationExpressionSyntax or InitializerExpressionSyntax);

    private static bool IsNumber(ExpressionSyntax one) => one switch
    {
        LiteralExpressionSyntax literal => IsLarge(literal),
        ParenthesizedExpressionSyntax inner => IsNumber(inner.Expression),
        PrefixUnaryExpressionSyntax sign => IsNumber(sign.Operand),
        BinaryExpressionSyntax b when b.IsKind(SyntaxKind.MultiplyExpression) => IsNumber(b.Left) && IsNumber(b.Right),
        _ => false,
    };

    // 0 and 1 bound nothing; 999 is added to round up to whole seconds; what is written in hex is bits.
    private static bool IsLarge(LiteralExpressionSyntax literal) =>
        literal.IsKind(SyntaxKind.NumericLiteralExpression) && !literal.Token.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        && Convert.ToDouble(literal.Token.Value, CultureInfo.InvariantCulture) is > 1 and not 999;

    private static bool IsQuantity(ExpressionSyntax one) => one switch
    {
        ParenthesizedExpressionSyntax inner => IsQuantity(inner.Expression),
        BinaryExpressionSyntax b when IsComparedOrAdded(b) => IsQuantity(b.Left) || IsQuantity(b.Right),
        _ => Quantity().IsMatch(NameOf(one)),
    };

    private static bool IsComparedOrAdded(BinaryExpressionSyntax b) => b.Kind() is SyntaxKind.AddExpression or SyntaxKind.SubtractExpression
        or SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression or SyntaxKind.GreaterThanExpression
        or SyntaxKind.GreaterThanOrEqualExpression;

    private static string NameOf(ExpressionSyntax one) => one switch
    {
        IdentifierNameSyntax name => name.Identifier.Text,
        MemberAccessExpressionSyntax member => member.Name.Identifier.Text,
        _ => "",
    };

    [GeneratedRegex(
        "[a-zA-Z](Ms|[a-z]S|Bytes|Max|Min|Minutes|Hours|Days|Seconds|Ticks|Tries|Kept|Chars|Lines|Cells|PerSecond|PerHour|Samples|Files)$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Bound();

    [GeneratedRegex("([a-z]Ms|[a-z]S|[bB]ytes|[mM]inutes|[hH]ours|[sS]econds|[tT]icks)$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Quantity();

    [GeneratedRegex(
        "^(Sleep|Delay|Wait|WaitOne|WaitAny|WaitAsync|Join|CancelAfter|TryEnter|WaitForExit|"
            + "From(Milliseconds|Seconds|Minutes|Hours|Days))$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Wait();
}
