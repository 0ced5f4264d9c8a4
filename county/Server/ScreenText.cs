// Owns: how a text becomes lines of a terminal.
// Must never: let text from outside steer the terminal, or wait for room that a narrow terminal never has.

using System.Text;
using Spectre.Console;

namespace Gateway.County.Server;

internal static class ScreenText
{
    /// <summary>The text without what would steer a terminal.</summary>
    public static string Plain(string text) => PlainText.Clean(text);

    /// <summary>How many columns of a terminal the text takes.</summary>
    public static int Cells(string text) => text.GetCellWidth();

    /// <summary>
    /// The text in lines of at most so many columns. A character that is wider than the line stands alone, so every call ends and shows
    /// the whole text.
    /// </summary>
    public static IEnumerable<string> Wrap(string text, int cells)
    {
        StringBuilder line = new();
        int used = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            int wide = Cells(rune.ToString());
            if (used > 0 && used + wide > cells)
            {
                yield return line.ToString();
                line.Clear();
                used = 0;
            }

            line.Append(rune);
            used += wide;
        }

        yield return line.ToString();
    }
}
