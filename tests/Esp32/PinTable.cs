// Owns: reading hardware/pins.csv.
// Must never: judge it; PinTests does.

using Gateway.Tests.Support;

namespace Gateway.Tests.Hardware;

/// <summary>One row: a GPIO of the chip, used or reserved.</summary>
/// <param name="Signal">a1.., d1.., out1.., reference, watchdog, service, or - for a reserved pin.</param>
/// <param name="AdcChannel">-1 when the pin is no analog input.</param>
internal sealed record PinRow(string Signal, int Gpio, string Direction, string Pull, int AdcChannel, string Terminal, string Remarks);

internal static class PinTable
{
    public const string Path = "hardware/pins.csv";

    private const string Head = "signal,gpio,direction,pull,adc_channel,terminal,remarks";

    public static IReadOnlyList<PinRow> Read()
    {
        string[] lines = File.ReadAllLines(System.IO.Path.Combine(Repository.Root, Path));
        Assert.Equal(Head, lines[0]);
        return [.. lines.Skip(1).Select(Row)];
    }

    private static PinRow Row(string line)
    {
        List<string> cells = Cells(line);
        Assert.True(cells.Count == 7, $"{Path}: {line}: {cells.Count} cells, 7 are allowed");
        int channel = cells[4].Length == 0 ? -1 : int.Parse(cells[4]);
        return new PinRow(cells[0], int.Parse(cells[1]), cells[2], cells[3], channel, cells[5], cells[6]);
    }

    /// <summary>A cell in quotes may hold commas; quotes inside a cell are not used in this table.</summary>
    private static List<string> Cells(string line)
    {
        List<string> cells = [];
        string cell = "";
        bool quoted = false;
        foreach (char c in line)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                cells.Add(cell);
                cell = "";
            }
            else
            {
                cell += c;
            }
        }

        cells.Add(cell);
        return cells;
    }
}
