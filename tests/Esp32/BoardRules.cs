// Owns: the rules of the chips about their pins, with a sentence for each that a board breaks.
// Must never: take a rule from a board's file: these are the chips' data sheets and the runtime's images.

using Gateway.Start;

namespace Gateway.Tests.Hardware;

/// <summary>What a board's file may not do, written down here apart from all boards.</summary>
internal static class BoardRules
{
    private static readonly int[] s_networkPins = [0, 12, 18, 19, 21, 22, 23, 25, 26, 27];

    public static IReadOnlyList<string> Wrong(Board board)
    {
        List<string> wrong = [];
        Dictionary<int, string> taken = [];
        string name = board.Shape.Name;
        foreach ((int pin, string what, bool drives) in Pins(board, wrong))
        {
            if (Reserved(board, pin, drives) is { } why && !(what == "service" && why == "which is read at reset"))
            {
                wrong.Add($"{name}: {what} is GPIO{pin}, {why}");
            }
            else if (!taken.TryAdd(pin, what))
            {
                wrong.Add($"{name}: {what} is GPIO{pin}, which {taken[pin]} has already");
            }
        }

        for (int i = 0; i < board.Parts; i++)
        {
            int first = Array.IndexOf(board.PartAddresses, board.PartAddresses[i]);
            if (first < i)
            {
                wrong.Add($"{name}: parts {first + 1} and {i + 1} are both at 0x{board.PartAddresses[i]:X2}");
            }
        }

        for (int i = 0; i < board.Inputs.Length; i++)
        {
            // Microchip DS20001952, from revision D of 2022 on: an input there that moves in a transfer can spoil the data.
            int part = Place.Part(board.Inputs[i]);
            int bit = Place.Bit(board.Inputs[i]);
            if (part >= 0 && board.PartKinds[part] == PartKind.Mcp23017 && bit is 7 or 15)
            {
                wrong.Add($"{name}: input d{i + 1} is GP{(bit == 7 ? 'A' : 'B')}7 of the MCP23017 at 0x{board.PartAddresses[part]:X2}, "
                    + "which may only be an output");
            }
        }

        if (board.TimePart >= 0 && board.PartKinds[board.TimePart] != PartKind.Ds3231)
        {
            wrong.Add($"{name}: part {board.TimePart + 1} keeps no time");
        }

        return wrong;
    }

    /// <summary>All pins of the chip that the board's file names, in the order in which the firmware opens them.</summary>
    private static List<(int Pin, string What, bool Drives)> Pins(Board board, List<string> wrong)
    {
        List<(int Pin, string What, bool Drives)> pins = [];
        void Add(int pin, string what, bool drives)
        {
            if (pin >= 0)
            {
                pins.Add((pin, what, drives));
            }
        }

        foreach (byte pin in board.HeldLow ?? [])
        {
            Add(pin, "held low", true);
        }

        for (int i = 0; i < board.Outputs.Length; i++)
        {
            Add(Place.Part(board.Outputs[i]) < 0 ? board.Outputs[i] : -1, $"output {i + 1}", true);
        }

        Add(board.Watchdog, "watchdog", true);
        for (int i = 0; i < board.Inputs.Length; i++)
        {
            Add(Place.Part(board.Inputs[i]) < 0 ? board.Inputs[i] : -1, $"input d{i + 1}", false);
        }

        for (int i = 0; i < board.Lines.Length; i++)
        {
            if (Place.Part(board.Lines[i]) < 0)
            {
                Add(Channel(board, board.Lines[i], $"line a{i + 1}", wrong), $"line a{i + 1}", false);
            }
        }

        Add(board.Reference < 0 ? -1 : Channel(board, board.Reference, "reference", wrong), "reference", false);
        Add(board.Service, "service", false);
        Add(board.Data, "data of the bus", true);
        Add(board.Clock, "clock of the bus", true);
        Add(board.ConsoleSend, "console send", true);
        Add(board.ConsoleReceive, "console receive", false);
        return pins;
    }

    /// <summary>The pin of a channel of ADC1; ADC2 fails while the radio is on.</summary>
    private static int Channel(Board board, int channel, string what, List<string> wrong)
    {
        // GPIO32 to 39 of the ESP32 in the order of its channels.
        int[] pins = board.Chip == ChipFamily.Esp32S3 ? [.. Enumerable.Range(1, 10)] : [36, 37, 38, 39, 32, 33, 34, 35];
        if (channel < pins.Length)
        {
            return pins[channel];
        }

        wrong.Add($"{board.Shape.Name}: {what} is channel {channel}: the converter that works beside the radio has 0 to {pins.Length - 1}");
        return -1;
    }

    private static string? Reserved(Board board, int pin, bool drives) => board.Chip == ChipFamily.Esp32S3 ? pin switch
    {
        > 48 or (>= 22 and <= 25) => "which this chip does not have",
        0 or 3 or 45 or 46 => "which is read at reset",
        19 or 20 => "which USB has",
        43 or 44 => "on which the runtime talks without a USB host",
        >= 26 and <= 32 => "which the flash has",
        >= 33 and <= 37 => "which octal PSRAM has",
        _ => null,
    }
    : pin switch
    {
        > 39 or 20 or 24 or (>= 28 and <= 31) or 37 or 38 => "which this chip does not have",
        1 or 3 => "on which the runtime talks",
        >= 6 and <= 11 => "which the flash has",
        16 or 17 => "which PSRAM has",
        _ when s_networkPins.Contains(pin) => "which the wired network has",
        2 or 5 or 15 when drives => "which is read at reset",
        >= 34 when drives => "which can only be read",
        _ => null,
    };
}
