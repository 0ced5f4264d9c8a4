// Owns: the device's glyphs, made from GNU Unifont's text of hexadecimal digits.
// Must never: hold a glyph that no text of the display needs.

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Gateway.Tests.Support;

namespace Gateway.Tests.Wire;

/// <summary>A line of that text is a character's number and its rows, 8 or 16 points wide; the display wants columns of 8 points.</summary>
internal static partial class GlyphFile
{
    public const string File = "firmware/Esp32/Parts/Glyphs.cs";

    private const string Texts = "firmware/Core/View/DisplayText.cs";
    private const string Narrow = "-0123456789:";
    private const int Rows = 16;

    /// <param name="font">unifont.hex of Debian's package unifont.</param>
    public static string Make(string font)
    {
        string source = System.IO.File.ReadAllText(Repository.Path(Texts.Split('/')));
        string all = string.Concat(Literals().Matches(source).Select(one => one.Value));
        string wide = string.Concat(all.Where(c => c >= 128).Distinct().Order());
        Dictionary<int, string> rows = System.IO.File.ReadLines(font).Select(line => line.Split(':'))
            .ToDictionary(parts => int.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), parts => parts[1]);
        StringBuilder text = new($$"""
            // Owns: the characters of the small display as points. Made by `tools/Generate glyphs` from what
            // DisplayText.cs says; not for editing.
            // Must never: be a static array, which every box would carry in memory.

            namespace Gateway.Esp32
            {
                /// <summary>
                /// Of GNU Unifont 15.0.01, (c) its contributors, under the SIL Open Font License 1.1. Sixteen bytes a half of a wide one or
                /// a narrow one: eight columns of the upper half, eight of the lower, the lowest bit on top.
                /// </summary>
                public static class Glyphs
                {
                    public const string Wide =

            """);
        foreach (char[] part in wide.Chunk(40))
        {
            text.Append($"            \"{new string(part)}\"{(part[^1] == wide[^1] ? ";" : " +")}\n");
        }

        text.Append($"\n        public const string Narrow = \"{Narrow}\";\n\n        public static byte[] Bits()\n        {{\n");
        text.Append("            return new byte[]\n            {\n");
        foreach (char c in wide + Narrow)
        {
            int width = c >= 128 ? 16 : 8;
            for (int left = 0; left < width; left += 8)
            {
                text.Append($"                {string.Join(", ", Half(rows[c], width, left))},\n");
            }
        }

        return text.Append("            };\n        }\n    }\n}\n").ToString();
    }

    private static IEnumerable<int> Half(string rows, int width, int left)
    {
        int digits = width / 4;
        int[] row = [.. Enumerable.Range(0, Rows)
            .Select(y => int.Parse(rows.AsSpan(y * digits, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
        for (int top = 0; top < Rows; top += 8)
        {
            for (int x = left; x < left + 8; x++)
            {
                yield return Enumerable.Range(0, 8).Sum(y => ((row[top + y] >> (width - 1 - x)) & 1) << y);
            }
        }
    }

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Literals();
}
