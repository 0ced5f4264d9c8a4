// Owns: how tables are shown: with lines on a terminal, tab-separated otherwise.
// Must never: cut or wrap a value when the output is no terminal.

using Spectre.Console;

namespace Gateway.County.Server;

/// <summary>Rows of plain texts.</summary>
internal sealed class ReportTable(params string[] columns)
{
    private readonly bool _terminal = !Console.IsOutputRedirected;
    private readonly Table _table = new() { Border = TableBorder.Rounded };
    private bool _begun;

    /// <summary>Adds a row; on no terminal it is printed at once, so that a long list needs no memory.</summary>
    public void Add(params string[] cells)
    {
        Begin();
        if (_terminal)
        {
            _table.AddRow(cells.Select(c => new Text(c)));
        }
        else
        {
            Console.Out.WriteLine(string.Join('\t', cells));
        }
    }

    public void Show()
    {
        Begin();
        if (_terminal)
        {
            AnsiConsole.Write(_table);
        }

        Console.Out.Flush();
    }

    private void Begin()
    {
        if (_begun)
        {
            return;
        }

        _begun = true;
        if (_terminal)
        {
            _table.AddColumns(columns.Select(c => new TableColumn(new Text(c))).ToArray());
        }
        else
        {
            Console.Out.WriteLine(string.Join('\t', columns));
        }
    }
}
