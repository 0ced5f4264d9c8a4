// Owns: how tables are shown: with lines on a terminal, as one block a row where that is too narrow, tab-separated otherwise.
// Must never: cut or wrap a value when the output is no terminal, or leave it to a library what does not fit the terminal.

using Spectre.Console;

namespace Gateway.County.Server;

/// <summary>Rows of plain texts.</summary>
/// <param name="columns">Their names.</param>
/// <param name="terminal">What draws; null when the output is no terminal.</param>
internal sealed class ReportTable(string[] columns, IAnsiConsole? terminal)
{
    // Also as a Chinese keyboard writes them; tab and line ends are no cell's.
    private const string Formula = "=+-@＝＋－＠";

    // Of Spectre's table: a line and two spaces a column, and the last line.
    private const int FrameCells = 3;

    private readonly List<string[]> _rows = [];
    private bool _begun;

    public ReportTable(params string[] columns)
        : this(columns, Console.IsOutputRedirected ? null : AnsiConsole.Console)
    {
    }

    /// <summary>Adds a row; on no terminal it is printed at once, so that a long list needs no memory.</summary>
    public void Add(params string[] cells)
    {
        if (terminal is null)
        {
            Begin();
            Console.Out.WriteLine(string.Join('\t', cells.Select(Cell)));
            return;
        }

        _rows.Add([.. cells.Select(ScreenText.Plain)]);
        if (_rows.Count == ServerLimits.TableRowsMax)
        {
            Draw(terminal);
        }
    }

    public void Show()
    {
        if (terminal is null)
        {
            Begin();
            Console.Out.Flush();
        }
        else if (_rows.Count > 0 || !_begun)
        {
            Draw(terminal);
        }
    }

    /// <summary>
    /// A cell for a program that reads tables: one cell, whatever is in it, and no formula. A spreadsheet takes what begins with one of
    /// these for one, and so for words that are not the table's; a number is no formula.
    /// </summary>
    internal static string Cell(string text)
    {
        string plain = ScreenText.Plain(text);
        bool formula = plain.Length > 0 && Formula.Contains(plain[0], StringComparison.Ordinal)
            && !(plain[0] == '-' && plain.Skip(1).All(c => char.IsAsciiDigit(c) || c == '.'));
        return formula ? "'" + plain : plain;
    }

    private void Begin()
    {
        if (!_begun)
        {
            _begun = true;
            Console.Out.WriteLine(string.Join('\t', columns));
        }
    }

    private void Draw(IAnsiConsole console)
    {
        _begun = true;
        int width = Math.Max(1, console.Profile.Width);
        int[] cells = [.. columns.Select((name, i) => _rows.Select(r => ScreenText.Cells(r[i])).Append(ScreenText.Cells(name)).Max())];
        int missing = cells.Sum() + (FrameCells * columns.Length) + 1 - width;
        int widest = Array.IndexOf(cells, cells.Max());
        int least = Math.Max(ServerLimits.FoldedCellsMin, ScreenText.Cells(columns[widest]));
        if (missing > 0 && cells[widest] - missing < least)
        {
            Blocks(console, width);
        }
        else
        {
            Table(console, widest, cells[widest] - Math.Max(0, missing));
        }

        _rows.Clear();
    }

    private void Table(IAnsiConsole console, int folded, int foldedCells)
    {
        Table table = new() { Border = TableBorder.Rounded };
        table.AddColumns(columns.Select(c => new TableColumn(new Text(c))).ToArray());
        foreach (string[] row in _rows)
        {
            table.AddRow(row.Select((c, i) => new Text(i == folded ? string.Join('\n', ScreenText.Wrap(c, foldedCells)) : c)));
        }

        console.Write(table);
    }

    private void Blocks(IAnsiConsole console, int width)
    {
        TextWriter output = console.Profile.Out.Writer;
        if (_rows.Count == 0)
        {
            Lines(output, string.Join(' ', columns), width);
        }

        foreach (string[] row in _rows)
        {
            for (int i = 0; i < columns.Length; i++)
            {
                if (row[i].Length > 0)
                {
                    Lines(output, $"{columns[i]}: {row[i]}", width);
                }
            }

            output.WriteLine();
        }
    }

    private static void Lines(TextWriter output, string text, int width)
    {
        foreach (string line in ScreenText.Wrap(text, width))
        {
            output.WriteLine(line);
        }
    }
}
