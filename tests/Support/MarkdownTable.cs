// Owns: reading the tables of CONTRACT.md.
// Must never: guess: a heading without a table is an error.

using Xunit;

namespace Gateway.Tests.Support;

/// <summary>The table below a heading: cells by the name of their column.</summary>
internal sealed class MarkdownTable
{
    private static readonly string[] s_lines = File.ReadAllLines(Repository.Path("shared", "Contract", "CONTRACT.md"));

    private MarkdownTable(IReadOnlyList<IReadOnlyDictionary<string, string>> rows)
    {
        Rows = rows;
    }

    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows { get; }

    /// <summary>Headings that have a table with a column "offset".</summary>
    public static IReadOnlyList<string> Layouts =>
        [.. s_lines.Index().Where(l => l.Item.StartsWith("| offset |", StringComparison.Ordinal)).Select(l => HeadingAbove(l.Index))];

    /// <param name="heading">Text of a heading of any level, whole.</param>
    /// <param name="firstColumn">Name of the first column of the table meant.</param>
    public static MarkdownTable Under(string heading, string firstColumn)
    {
        int at = Array.FindIndex(s_lines, line => line.StartsWith('#') && line.TrimStart('#').Trim() == heading);
        Assert.True(at >= 0, $"CONTRACT.md has no heading '{heading}'");
        int head = Array.FindIndex(s_lines, at, line => line.StartsWith("| " + firstColumn + " |", StringComparison.Ordinal));
        Assert.True(head >= 0 && HeadingAbove(head) == heading, $"no table with a first column '{firstColumn}' under '{heading}'");
        return From(head);
    }

    /// <summary>As <see cref="Under"/>, for a heading that has several such tables.</summary>
    public static IReadOnlyList<MarkdownTable> All(string heading, string firstColumn) =>
    [
        .. s_lines.Index()
            .Where(l => l.Item.StartsWith("| " + firstColumn + " |", StringComparison.Ordinal) && HeadingAbove(l.Index) == heading)
            .Select(l => From(l.Index)),
    ];

    private static MarkdownTable From(int head)
    {
        string[] columns = Cells(s_lines[head]);
        List<IReadOnlyDictionary<string, string>> rows = [];
        for (int i = head + 2; i < s_lines.Length && s_lines[i].StartsWith('|'); i++)
        {
            string[] cells = Cells(s_lines[i]);
            Assert.True(cells.Length == columns.Length, $"CONTRACT.md line {i + 1}: {cells.Length} cells under {columns.Length} columns");
            rows.Add(columns.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
        }

        return new MarkdownTable(rows);
    }

    private static string HeadingAbove(int line) =>
        s_lines[Array.FindLastIndex(s_lines, line, l => l.StartsWith('#'))].TrimStart('#').Trim();

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
}
