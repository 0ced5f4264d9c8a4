// Owns: that the table for people and the table of the firmware say the same, and that no pin is used that the chip needs itself.
// Must never: take one table's word for the other.

using Gateway.Core;
using Gateway.Esp32;
using Gateway.Start;

namespace Gateway.Tests.Hardware;

public sealed class PinTests
{
    private static readonly IReadOnlyList<PinRow> s_rows = PinTable.Read();
    private static readonly Board s_board = CarrierS3.Make();

    // Flash and PSRAM, octal PSRAM, what is read at reset, USB, UART0: written down here once more, apart from the table.
    private static readonly int[] s_reserved =
        [.. Enumerable.Range(26, 12), 0, 3, 45, 46, 19, 20, 43, 44];

    [Fact]
    public void Every_pin_of_the_chip_stands_in_the_table_once()
    {
        // GPIO22 to 25 do not exist on this chip.
        int[] all = [.. Enumerable.Range(0, 49).Where(gpio => gpio is < 22 or > 25)];
        Assert.Equal(all, s_rows.Where(row => row.Part.Length == 0).Select(row => row.Place));
        Assert.Equal(s_rows.Count, s_rows.Select(row => row.Place).Distinct().Count());
    }

    [Fact]
    public void No_pin_is_used_that_flash_memory_start_or_USB_need()
    {
        Assert.Equal(s_reserved.Order(), s_rows.Where(row => row.Direction == "reserved").Select(row => row.Place).Order());
        Assert.Empty(Used().Intersect(s_reserved));
    }

    [Fact]
    public void No_pin_of_the_firmware_is_used_twice()
    {
        Assert.Equal(Used().Count, Used().Distinct().Count());
    }

    [Fact]
    public void The_table_and_the_firmware_agree_on_every_signal()
    {
        for (int i = 0; i < s_board.Lines.Length; i++)
        {
            Analog($"a{i + 1}", s_board.Lines[i]);
        }

        Analog("reference", s_board.Reference);
        Analog("part-reference", s_board.PartReference);
        Same("d", s_board.Inputs, "digital in");
        Same("out", s_board.Outputs, "out");
        Assert.Equal((s_board.Watchdog, "out"), At("watchdog"));
        Assert.Equal((s_board.Service, "digital in"), At("service"));
        Assert.Equal((s_board.Data, "bus"), At("sda"));
        Assert.Equal((s_board.Clock, "bus"), At("scl"));
        Assert.Equal((s_board.ConsoleSend, "serial"), At("console-tx"));
        Assert.Equal((s_board.ConsoleReceive, "serial"), At("console-rx"));
        Assert.Equal(Used().Count, s_rows.Count(row => row.Direction != "reserved"));
    }

    [Fact]
    public void Analog_inputs_are_on_the_converter_that_works_beside_the_radio()
    {
        // ADC1 of this chip is GPIO1 to 10 in order; the firmware image calls its channels 0 to 9.
        Assert.All(s_rows.Where(row => row.AdcChannel >= 0), row =>
        {
            Assert.Equal("analog in", row.Direction);
            Assert.InRange(row.AdcChannel, 0, 9);
            Assert.Equal(row.Place, row.AdcChannel + 1);
        });
    }

    [Fact]
    public void Outputs_are_held_off_by_a_resistor_while_the_chip_starts()
    {
        Assert.All(s_rows.Where(row => row.Direction == "out"),
            row => Assert.Equal(row.Part.Length == 0 ? "10k to ground" : "inside ULN2803A", row.Pull));
    }

    [Fact]
    public void Each_output_terminal_is_labelled_with_its_role()
    {
        BoardShape shape = s_board.Shape;
        Assert.Equal(s_board.Outputs.Length, shape.Outputs);
        List<string> labelled = [];
        for (int role = 0; role < OutputRoles.Count; role++)
        {
            if (shape.OutputOf[role] >= 0)
            {
                PinRow row = Row($"out{shape.OutputOf[role] + 1}");
                Assert.Equal(OutputRoles.Names()[role], row.Remarks.Split(',', ';')[0]);
                labelled.Add(row.Signal);
            }
        }

        Assert.Equal(s_rows.Where(row => row.Signal.StartsWith("out", StringComparison.Ordinal)).Select(row => row.Signal)
            .Order(StringComparer.Ordinal),
            labelled.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_board_fits_the_bounds_of_the_gateway()
    {
        BoardShape shape = s_board.Shape;
        Assert.True(shape.AnalogInputs + shape.DigitalInputs <= Limits.InputsMax);
        Assert.True(shape.Outputs <= Limits.OutputsMax);
    }

    private static void Analog(string signal, int line)
    {
        bool own = Place.Part(line) < 0;
        Assert.Equal((own ? line + 1 : line, "analog in"), At(signal));
        Assert.Equal(own ? line : -1, Row(signal).AdcChannel);
    }

    private static void Same(string prefix, int[] pins, string direction)
    {
        for (int i = 0; i < pins.Length; i++)
        {
            Assert.Equal((pins[i], direction), At($"{prefix}{i + 1}"));
        }
    }

    private static (int Place, string Direction) At(string signal) => (Row(signal).Place, Row(signal).Direction);

    private static PinRow Row(string signal) => Assert.Single(s_rows, row => row.Signal == signal);

    private static List<int> Used()
    {
        List<int> used = [.. s_board.Lines.Select(line => Place.Part(line) < 0 ? line + 1 : line), s_board.Reference + 1,
            s_board.PartReference];
        used.AddRange(s_board.Inputs);
        used.AddRange(s_board.Outputs);
        used.Add(s_board.Watchdog);
        used.AddRange([s_board.Service, s_board.Data, s_board.Clock, s_board.ConsoleSend, s_board.ConsoleReceive]);
        return used;
    }
}
