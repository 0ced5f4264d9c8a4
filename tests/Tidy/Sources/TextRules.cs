// Owns: what holds for every text file of the repository, whatever its language.
// Must never: contain a word that it forbids; such words are put together from halves.

using System.Text;
using System.Text.RegularExpressions;
using Gateway.Tests.Tidy.Device;

namespace Gateway.Tests.Tidy.Sources;

/// <summary>Each rule reads one file and names what it found with its line.</summary>
internal static partial class TextRules
{
    public const int LineColumnsMax = 140;
    public const int FileLinesMax = 400;

    private static readonly string[] s_unfinished = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "XX" + "X"];

    // Characters that no one sees and that change what a line is taken for: soft hyphen, zero-width and direction marks.
    private static readonly (int First, int Last)[] s_unseen = [(0xAD, 0xAD), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F),
        (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFF)];

    /// <summary>UTF-8 without a mark at its start, lines that end in LF alone, no control character and none that cannot be seen.</summary>
    public static IEnumerable<Finding> Encoding(string path, byte[] bytes)
    {
        bool isSolution = path.EndsWith(".sln", StringComparison.Ordinal);
        string text;
        try
        {
            text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException wrong)
        {
            return [new Finding(path, $"is not UTF-8 at byte {wrong.Index}")];
        }

        // Visual Studio and the dotnet tool begin a solution file with the mark and indent it with tabs, whoever edits it; KiCad too.
        bool isDrawing = path.EndsWith(".kicad_sch", StringComparison.Ordinal) || path.EndsWith(".kicad_sym", StringComparison.Ordinal);
        string judged = isSolution ? text.TrimStart('\uFEFF') : text;
        judged = isSolution || isDrawing ? judged.Replace("\t", "", StringComparison.Ordinal) : judged;
        IEnumerable<Finding> characters = Lines(judged).SelectMany((line, i) => line.EnumerateRunes()
            .Where(IsForbidden).Select(rune => At(path, i, $"holds the character U+{rune.Value:X4}")));
        return text.Length > 0 && text[^1] != '\n' ? characters.Append(new Finding(path, "does not end in a line feed")) : characters;
    }

    // A line of a single word, such as the path of a package, cannot be broken.
    public static IEnumerable<Finding> LongLines(string path, string text) =>
        from line in Numbered(text) let columns = line.Text.EnumerateRunes().Count()
        where columns > LineColumnsMax && line.Text.Trim().Contains(' ', StringComparison.Ordinal)
        select At(path, line.Index, $"has {columns} columns of at most {LineColumnsMax}");

    public static IEnumerable<Finding> TooManyLines(string path, string text)
    {
        int lines = Lines(text).Length - 1;
        return lines <= FileLinesMax ? [] : [new Finding(path, $"has {lines} lines of at most {FileLinesMax}")];
    }

    /// <summary>Two or three lines above everything else: what the file owns, and what it must never do.</summary>
    public static IEnumerable<Finding> NoHeader(string path, string text)
    {
        string[] head = [.. Lines(text).TakeWhile(line => line.StartsWith("//", StringComparison.Ordinal))];
        return head.Length >= 2 && head.All(line => line.Length > 10)
            ? []
            : [new Finding(path, "does not begin with two lines that say what it owns and what it must never do")];
    }

    public static IEnumerable<Finding> Unfinished(string path, string text) =>
        from line in Numbered(text) from word in s_unfinished
        where Regex.IsMatch(line.Text, $@"\b{word}\b", RegexOptions.None, TimeSpan.FromMinutes(1))
        select At(path, line.Index, $"says {word}");

    /// <summary>The device's text is one text: platforms differ by file, so nothing in it depends on a symbol.</summary>
    public static IEnumerable<Finding> Preprocessor(string path, string text) =>
        from line in Numbered(text) where Directive().IsMatch(line.Text) select At(path, line.Index, line.Text.Trim());

    public static Finding At(string path, int index, string what) => new($"{path}({index + 1})", what);

    public static IEnumerable<(string Text, int Index)> Numbered(string text) => Lines(text).Select((line, i) => (line, i));

    private static string[] Lines(string text) => text.Split('\n');

    private static bool IsForbidden(Rune rune) =>
        Rune.IsControl(rune) || Array.Exists(s_unseen, range => rune.Value >= range.First && rune.Value <= range.Last);

    [GeneratedRegex(@"^\s*#\s*(if|elif|else|endif|define|undef|pragma|nullable)\b",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Directive();
}
