// Owns: columns of markup, as wide as their widest cell.
// Must never: wrap: a line that is too long is cut at the terminal's edge, so that rows stay rows.

using Spectre.Console;

namespace Gateway.Pc.Screen;

/// <summary>Rows of cells; every row has as many.</summary>
/// <param name="gap">Blank cells between columns.</param>
internal sealed class MarkupTable(int gap)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells)
    {
        _rows.Add(cells);
    }

    public IReadOnlyList<string> Lines()
    {
        int columns = _rows.Count == 0 ? 0 : _rows[0].Length;
        int[] widths = [.. Enumerable.Range(0, columns).Select(column => _rows.Max(row => WidthOf(row[column])))];
        return [.. _rows.Select(row => string.Concat(row[..^1].Select((cell, column) => Pad(cell, widths[column] + gap))) + row[^1])];
    }

    /// <summary>Markup filled up with blanks to a width in cells.</summary>
    public static string Pad(string markup, int width) => markup + new string(' ', Math.Max(0, width - WidthOf(markup)));

    /// <summary>Cells that markup takes; a Chinese character takes two. Remove would make nothing of blanks alone.</summary>
    public static int WidthOf(string markup) => string.IsNullOrWhiteSpace(markup) ? markup.Length : Markup.Remove(markup).GetCellWidth();
}
