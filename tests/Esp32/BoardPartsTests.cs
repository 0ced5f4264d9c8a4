// Owns: expanders and converters of a board, driven tick by tick against parts as their data sheets have them.
// Must never: look into a driver.

using System.Device.Gpio;
using Gateway.Core;
using Gateway.Esp32;
using Gateway.Start;

namespace Gateway.Tests.Hardware;

public sealed class BoardPartsTests
{
    private readonly SimBus _bus = new();

    [Fact]
    public void Nothing_is_sent_before_the_first_tick_has_said_what_is_wanted()
    {
        SimPcf8574 outputs = Kc(out BoardParts parts, out _);
        parts.Step();
        Assert.Equal(0, _bus.Tried);

        // The siren sounded through the reset, and the first tick wants it on.
        parts.Write(Place.Of(0, 0), high: false);
        parts.Step();
        Assert.Equal("FE", outputs.Story[0]);
    }

    [Fact]
    public void An_output_goes_out_with_the_next_step_and_turned_ones_are_on_at_low()
    {
        SimPcf8574 outputs = Kc(out BoardParts parts, out _);
        Steps(parts, 3);
        Assert.Equal(0xFF, outputs.Latch);
        parts.Write(Place.Of(0, 3), high: false);
        Steps(parts, 1);
        Assert.Equal(0xF7, outputs.Latch);
        parts.Write(Place.Of(0, 3), high: true);
        Steps(parts, 1);
        Assert.Equal(0xFF, outputs.Latch);
    }

    [Fact]
    public void Inputs_are_read_and_their_pins_never_driven_low()
    {
        Kc(out BoardParts parts, out SimPcf8574 inputs);
        Steps(parts, 3);
        Assert.Equal(1, parts.Read(Place.Of(1, 2)));
        inputs.Outside = 0xFB;
        Steps(parts, 1);
        Assert.Equal(0, parts.Read(Place.Of(1, 2)));
        Assert.All(inputs.Story, written => Assert.Equal("FF", written));
    }

    [Fact]
    public void A_part_that_was_never_there_is_lost_and_its_inputs_unreadable()
    {
        Kc(out BoardParts parts, out SimPcf8574 inputs);
        inputs.Silent = true;
        Steps(parts, 20);
        Assert.True(parts.Lost);
        Assert.Equal(-1, parts.Read(Place.Of(1, 0)));
    }

    [Fact]
    public void A_text_for_another_board_than_the_one_it_runs_on_is_told_with_the_board_s_name()
    {
        _bus.Add(0x24, new SimPcf8574());
        _bus.Add(0x22, new SimPcf8574());
        TechnicianNotes notes = new();
        Assert.False(Ran(Kc868A6V3.Make()).TellSilentParts(notes));
        Assert.Equal(0, notes.Count);
        EspBoard board = Ran(Kc868A16V3.Make());
        Assert.True(board.PartLost && board.TellSilentParts(notes));
        Assert.Contains("board kc868-a16v3: ", notes.Line(0), StringComparison.Ordinal);
        Assert.Contains("地址 0x25, 0x21 的部件不应答", notes.Line(0), StringComparison.Ordinal);
        Assert.Contains("the board that the settings name, kc868-a16v3", notes.Line(0), StringComparison.Ordinal);
        Assert.True(Ran(CarrierS3.Make()).TellSilentParts(notes));
        Assert.Contains("parts at 0x20, 0x48 that do not answer", notes.Line(1), StringComparison.Ordinal);
    }

    [Fact]
    public void One_disturbance_is_borne_and_the_last_reading_holds()
    {
        Kc(out BoardParts parts, out SimPcf8574 inputs);
        inputs.Outside = 0xFE;
        Steps(parts, 3);
        inputs.Silent = true;
        Steps(parts, 1);
        inputs.Silent = false;
        Assert.False(parts.Lost);
        Assert.Equal(0, parts.Read(Place.Of(1, 0)));
        Steps(parts, 10);
        Assert.False(parts.Lost);
    }

    [Fact]
    public void A_lost_expander_is_a_fault_of_the_box_and_comes_back_with_what_is_wanted_now()
    {
        SimPcf8574 outputs = Kc(out BoardParts parts, out SimPcf8574 inputs);
        Steps(parts, 3);
        outputs.Silent = true;
        Steps(parts, 120);
        Assert.True(parts.Lost);

        // The other part works on meanwhile.
        inputs.Outside = 0xFD;
        Steps(parts, 2);
        Assert.Equal(0, parts.Read(Place.Of(1, 1)));

        parts.Write(Place.Of(0, 0), high: false);
        outputs.Reset();
        outputs.Silent = false;
        Steps(parts, EspLimits.BusPauseMaxTicks + 2);
        Assert.Equal(0xFE, outputs.Latch);
        Steps(parts, Limits.PartSteadyTicks);
        Assert.False(parts.Lost);
    }

    /// <summary>A loose plug: each of its moments would be two events and a beep.</summary>
    [Fact]
    public void An_expander_that_comes_and_goes_is_one_fault_and_works_while_it_answers()
    {
        SimPcf8574 outputs = Kc(out BoardParts parts, out _);
        Steps(parts, 3);
        int changes = 0;
        bool worked = false;
        for (int second = 0; second < 600; second++)
        {
            bool before = parts.Lost;
            outputs.Silent = second % 8 == 0;
            parts.Write(Place.Of(0, 0), high: second % 16 >= 8);
            for (int tick = 0; tick < 50; tick++)
            {
                Steps(parts, 1);
                changes += parts.Lost != before ? 1 : 0;
                before = parts.Lost;
            }

            worked |= second > 100 && outputs.Latch == 0xFE;
        }

        Assert.Equal(1, changes);
        Assert.True(worked);
        Steps(parts, Limits.PartSteadyTicks + EspLimits.BusPauseMaxTicks);
        Assert.False(parts.Lost);
    }

    [Fact]
    public void An_expander_that_was_reset_alone_has_its_outputs_again_within_a_second()
    {
        SimPcf8574 outputs = Kc(out BoardParts parts, out _);
        parts.Write(Place.Of(0, 0), high: false);
        Steps(parts, 3);
        outputs.Reset();
        Steps(parts, EspLimits.PartRefreshTicks + 1);
        Assert.Equal(0xFE, outputs.Latch);
    }

    [Fact]
    public void A_jammed_bus_is_tried_once_a_tick_at_most_and_ever_less_often()
    {
        Kc(out BoardParts parts, out _);
        Steps(parts, 3);
        _bus.Jammed = true;
        int before = _bus.Seconds;
        for (int tick = 0; tick < 20; tick++)
        {
            int held = _bus.Seconds;
            Steps(parts, 1);
            Assert.InRange(_bus.Seconds - held, 0, 1);
        }

        // Ten minutes of ticks: the first tries, then pauses of 1, 2, 4 … 60 s.
        Steps(parts, 30_000);
        Assert.InRange(_bus.Seconds - before, 8, 20);
        Assert.True(parts.Lost);
        _bus.Jammed = false;
        Steps(parts, 2 * EspLimits.BusPauseMaxTicks);
        Assert.False(parts.Lost);
    }

    [Fact]
    public void A_port_gets_its_levels_before_its_directions()
    {
        SimMcp23017 port = Olimex(out BoardParts parts, out _);
        parts.Step();
        parts.Write(Place.Of(0, 0), high: true);
        Steps(parts, 1);
        Assert.Equal(["14=01", "15=00", "0C=00", "0D=7F", "00=00", "01=7F"], port.Story);
        Assert.True(port.Drives(0));
        Assert.False(port.Drives(1));
    }

    [Fact]
    public void A_port_reads_its_inputs_and_follows_its_outputs()
    {
        SimMcp23017 port = Olimex(out BoardParts parts, out _);
        Steps(parts, 3);
        port.Outside = 0xFBFF;
        parts.Write(Place.Of(0, 7), high: true);
        Steps(parts, 1);
        Assert.Equal(0, parts.Read(Place.Of(0, 10)));
        Assert.Equal(1, parts.Read(Place.Of(0, 9)));
        Assert.True(port.Drives(7));
    }

    [Fact]
    public void A_port_that_was_reset_alone_drives_again_within_two_seconds()
    {
        SimMcp23017 port = Olimex(out BoardParts parts, out _);
        parts.Write(Place.Of(0, 0), high: true);
        Steps(parts, 3);
        port.Reset();
        Assert.Null(port.Drives(0));
        Steps(parts, 2 * EspLimits.PartRefreshTicks);
        Assert.True(port.Drives(0));
        Assert.False(parts.Lost);
    }

    [Fact]
    public void Another_part_at_the_address_is_no_port()
    {
        Board board = OlimexPoeWrover.Make();
        _bus.Add(0x20, new SimPcf8574());
        _bus.Add(0x48, new SimAds1115());
        BoardParts parts = new(board, _bus);
        Steps(parts, 20);
        Assert.True(parts.Lost);
        Assert.Equal(-1, parts.Read(board.Inputs[0]));
    }

    [Fact]
    public void A_converter_goes_round_its_inputs_one_a_tick()
    {
        Olimex(out BoardParts parts, out SimAds1115 converter);
        converter.Volts[0] = 1.0;
        converter.Volts[1] = 2.0;
        converter.Volts[2] = -0.01;
        converter.Volts[3] = 1.65;
        for (int tick = 0; tick < 8; tick++)
        {
            parts.Step();
            converter.Finish();
        }

        Assert.Equal(8000, parts.Count(Place.Of(1, 0)));
        Assert.Equal(16000, parts.Count(Place.Of(1, 1)));
        Assert.Equal(0, parts.Count(Place.Of(1, 2)));
        Assert.Equal(13200, parts.Count(Place.Of(1, 3)));
        Assert.Equal(["ch0", "ch1", "ch2", "ch3"], converter.Story.Take(4));
    }

    [Fact]
    public void A_converter_gives_nothing_before_its_first_round_and_nothing_when_lost()
    {
        Olimex(out BoardParts parts, out SimAds1115 converter);
        converter.Volts[0] = 1.0;
        Steps(parts, 2);
        Assert.Equal(-1, parts.Count(Place.Of(1, 0)));
        converter.Silent = true;
        Steps(parts, 20);
        Assert.Equal(-1, parts.Count(Place.Of(1, 0)));
        Assert.True(parts.Lost);
    }

    [Fact]
    public void A_part_of_another_kind_is_no_converter()
    {
        Board board = OlimexPoeWrover.Make();
        _bus.Add(0x20, new SimMcp23017());
        _bus.Add(0x48, new SimMcp23017());
        BoardParts parts = new(board, _bus);
        Steps(parts, 20);
        Assert.True(parts.Lost);
    }

    [Fact]
    public void A_clock_keeps_the_time_and_says_when_it_stood()
    {
        SimDs3231 chip = _bus.Add(0x68, new SimDs3231());
        chip.Reset();
        Ds3231 clock = new(_bus.Open(0x68));
        int[] time = new int[6];
        Assert.False(clock.Read(time));
        Assert.True(clock.Write([2026, 11, 27, 23, 59, 58]));
        Assert.Equal([0x58, 0x59, 0x23, 1, 0x27, 0x11, 0x26], Enumerable.Range(0, 7).Select(register => (int)chip[register]));
        Assert.True(clock.Read(time));
        Assert.Equal([2026, 11, 27, 23, 59, 58], time);
        chip[0x0F] = 0x80;
        Assert.False(clock.Read(time));
    }

    [Theory]
    [InlineData(0, 0x6A)]
    [InlineData(2, 0x24)]
    [InlineData(2, 0x49)]
    [InlineData(4, 0x00)]
    [InlineData(5, 0x13)]
    [InlineData(6, 0xFF)]
    public void A_clock_with_digits_that_are_none_says_nothing(int register, byte digits)
    {
        SimDs3231 chip = _bus.Add(0x68, new SimDs3231());
        Ds3231 clock = new(_bus.Open(0x68));
        Assert.True(clock.Write([2026, 11, 27, 23, 59, 58]));
        chip[register] = digits;
        Assert.False(clock.Read(new int[6]));
    }

    private static void Steps(BoardParts parts, int count)
    {
        for (int i = 0; i < count; i++)
        {
            parts.Step();
        }
    }

    private EspBoard Ran(Board shape)
    {
        ChipPins.Reset();
        EspBoard board = new(shape, _bus, 0);
        for (int tick = 0; tick < EspLimits.SilentPartsMs / Core.Limits.TickMs; tick++)
        {
            board.ReadInputs(new int[Core.Limits.InputsMax]);
        }

        return board;
    }

    private SimPcf8574 Kc(out BoardParts parts, out SimPcf8574 inputs)
    {
        SimPcf8574 outputs = _bus.Add(0x24, new SimPcf8574());
        inputs = _bus.Add(0x22, new SimPcf8574());
        parts = new BoardParts(Kc868A6V3.Make(), _bus);
        return outputs;
    }

    private SimMcp23017 Olimex(out BoardParts parts, out SimAds1115 converter)
    {
        SimMcp23017 port = _bus.Add(0x20, new SimMcp23017());
        converter = _bus.Add(0x48, new SimAds1115());
        parts = new BoardParts(OlimexPoeWrover.Make(), _bus);
        return port;
    }
}
