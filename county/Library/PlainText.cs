// Owns: which characters a text for people may not have, because they are not seen or turn what is seen around.
// Must never: refuse what a language needs to be written.

using System.Globalization;
using System.Text;

namespace Gateway.County;

/// <summary>Names and descriptions, from people and from boxes.</summary>
public static class PlainText
{
    private const char IdeographicSpace = '\u3000';

    /// <summary>What the first such character is, with its number; null when there is none.</summary>
    public static string? FirstBad(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (int i = 0; i < text.Length; i++)
        {
            if (!Rune.TryGetRuneAt(text, i, out Rune rune))
            {
                return $"half of a character U+{(int)text[i]:X4}";
            }

            if (NameOf(rune) is { } name)
            {
                return $"{name} U+{rune.Value:X4}";
            }

            i += rune.Utf16SequenceLength - 1;
        }

        return null;
    }

    /// <summary>The text with a mark in the place of each such character, so that it steers nothing and hides nothing.</summary>
    public static string Clean(string text)
    {
        if (FirstBad(text) is null)
        {
            return text;
        }

        StringBuilder clean = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            clean.Append(NameOf(rune) is null ? rune : Rune.ReplacementChar);
        }

        return clean.ToString();
    }

    /// <summary>No more than so many characters, with a mark where some were left out, and none of them half.</summary>
    public static string Cut(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= most ? text : text[..(most - (char.IsHighSurrogate(text[most - 2]) ? 2 : 1))] + "…";
    }

    /// <summary>Why a text cannot be: it is too short or too long, or has such a character. Null when it can.</summary>
    /// <param name="place">What the text is of.</param>
    /// <param name="text">It.</param>
    /// <param name="least">Characters at least.</param>
    /// <param name="most">Characters at most; no more of it is shown.</param>
    public static string? Problem(string place, string text, int least, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length >= least && text.Length <= most && FirstBad(text) is null ? null
            : $"{place}: '{Clean(Cut(text, most + 1))}'; allowed: {least}..{most} characters that are seen";
    }

    private static string? NameOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => "a control character",
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => "a separator",
        UnicodeCategory.SpaceSeparator => rune.Value is ' ' or IdeographicSpace ? null : "an unusual space",
        UnicodeCategory.Format => rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)
            ? "a bidirectional control" : "a character that is not seen",
        _ => null,
    };
}
