// Owns: reading hardware/pins.csv.
// Must never: judge it; PinTests does.

using System.Globalization;
using Gateway.Start;
using Gateway.Tests.Support;

namespace Gateway.Tests.Hardware;

/// <summary>One row: a pin of the chip or of a part, used or reserved.</summary>
/// <param name="Signal">a1.., d1.., out1.., reference, watchdog, service, …, or - for a reserved pin.</param>
/// <param name="Part">The part's type, or empty: the chip.</param>
/// <param name="Pin">The pin's name in the schematic: IO15, GPA0, AIN1.</param>
/// <param name="Place">As a board's file has it: <see cref="Start.Place"/>.</param>
/// <param name="AdcChannel">-1 when the pin is no analog input of the chip.</param>
internal sealed record PinRow(
    string Signal, string Part, string Pin, int Place, string Direction, string Pull, int AdcChannel, string Terminal, string Remarks);

internal static class PinTable
{
    public const string Path = "hardware/pins.csv";

    private const string Head = "signal,place,direction,pull,adc_channel,terminal,remarks";

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
        int channel = cells[4].Length == 0 ? -1 : int.Parse(cells[4], CultureInfo.InvariantCulture);
        string[] words = cells[1].Split(' ');
        bool own = words.Length == 1;
        string part = own ? "" : words[0];
        int number = own ? Number(cells[1]) : OfPart(words[0], words[1]);
        return new PinRow(cells[0], part, own ? ChipPin(cells[1]) : words[1], number,
            cells[2], cells[3], channel, cells[5], cells[6]);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The module gives these four pins names of their own.</summary>
    private static string ChipPin(string gpio) => gpio switch
    {
        "19" => "USB_D-",
        "20" => "USB_D+",
        "43" => "TXD0",
        "44" => "RXD0",
        _ => "IO" + gpio,
    };

    private static int OfPart(string part, string pin)
    {
        PartKind kind = part switch
        {
            "MCP23017" => PartKind.Mcp23017,
            "ADS1115" => PartKind.Ads1115,
            _ => throw new FormatException($"{Path}: part {part}; MCP23017 and ADS1115 are allowed"),
        };
        int bit = Number(pin[3..]) + (pin.StartsWith("GPB", StringComparison.Ordinal) ? 8 : 0);
        return Start.Place.Of(Array.IndexOf(CarrierS3.Make().PartKinds, kind), bit);
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
