// Owns: the small display, driven tick by tick on a board's bus: what it shows, what it costs, and what its absence costs.
// Must never: look into the driver.

using System.Text.RegularExpressions;
using Gateway.Core;
using Gateway.Esp32;
using Gateway.Start;
using Gateway.Tests.Support;

namespace Gateway.Tests.Hardware;

public sealed partial class DisplayTests
{
    private readonly SimBus _bus = new();
    private readonly SimPcf8574 _inputs;
    private readonly SimSsd1306 _display;
    private readonly BoardParts _parts;
    private readonly EspDisplay _port;

    public DisplayTests()
    {
        _bus.Add(0x24, new SimPcf8574());
        _inputs = _bus.Add(0x22, new SimPcf8574());
        _display = _bus.Add(0x3C, new SimSsd1306());
        _parts = new BoardParts(Kc868A6V3.Make(), _bus);
        _port = _parts.MakeDisplay(_bus);
    }

    private void Ticks(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _parts.Step();
            _port.Step();
        }
    }

    private void Show(string text, bool bright = true)
    {
        char[] cells = new char[Limits.DisplayCells];
        int at = 0;
        foreach (char c in text)
        {
            cells[at] = c;
            at += c < 128 ? 1 : 2;
        }

        _port.Show(cells, bright);
    }

    private string Row(int y, int width) => string.Concat(Enumerable.Range(0, width).Select(x => _display.Lit(x, y) ? '#' : '.'));

    [Fact]
    public void A_character_stands_as_the_font_has_it()
    {
        Show("火1");
        Ticks(70);

        // As the font's own file has them, row by row.
        const string fire = "010001000100110811081110212021004280028004400440082010102008C006";
        const string digit = "000000000818280808080808083E0000";
        for (int y = 0; y < 16; y++)
        {
            int bits = (Convert.ToInt32(fire.Substring(y * 4, 4), 16) << 8) | Convert.ToInt32(digit.Substring(y * 2, 2), 16);
            Assert.Equal(Convert.ToString(bits, 2).PadLeft(24, '0').Replace('0', '.').Replace('1', '#'), Row(y, 24));
        }

        Assert.All(Enumerable.Range(16, 48), y => Assert.Equal(new string('.', 128), Row(y, 128)));
    }

    [Fact]
    public void All_that_is_shown_has_a_glyph_and_no_glyph_is_for_nothing()
    {
        string source = File.ReadAllText(Repository.Path("firmware", "Core", "View", "DisplayText.cs"));
        source = string.Concat(source.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));
        string said = string.Concat(Literals().Matches(source).Select(one => one.Groups["text"].Value));
        Assert.Equal(Glyphs.Wide, string.Concat(said.Where(c => c >= 128).Distinct().Order()));
        Assert.All(said.Where(c => c is > ' ' and < (char)128), c => Assert.Contains(c, Glyphs.Narrow));
        Assert.Equal((Glyphs.Wide.Length * 32) + (Glyphs.Narrow.Length * 16), Glyphs.Bits().Length);
    }

    [Fact]
    public void A_tick_sends_a_cell_and_a_new_picture_stands_within_a_second_and_a_half()
    {
        Ticks(80);
        int before = _display.Bytes;
        Show(new string('火', 32));
        int most = 0;
        int ticks = 0;
        while (!_display.Lit(127 - 8, 63 - 12) && ticks < 200)
        {
            int at = _display.Bytes;
            Ticks(1);
            ticks++;
            most = Math.Max(most, _display.Bytes - at);
        }

        Assert.InRange(ticks, 60, 75);
        Assert.InRange(most, 20, 30);
        Assert.Equal(EspLimits.BusBufferBytes + 1, _display.Longest);

        // At rest: its settings and one line a second.
        Ticks(200);
        before = _display.Bytes;
        Ticks(EspLimits.PartRefreshTicks);
        Assert.InRange(_display.Bytes - before, 100, 500);
    }

    [Fact]
    public void At_rest_it_is_dim()
    {
        Show("火", bright: true);
        Ticks(5);
        byte bright = _display.Contrast;
        Show("火", bright: false);
        Ticks(5);
        Assert.True(_display.Contrast < bright / 4, $"{bright} {_display.Contrast}");
    }

    [Fact]
    public void Unplugged_it_is_lost_within_two_seconds_and_the_board_reads_on()
    {
        Show("火");
        Ticks(100);
        Assert.False(_port.Lost);
        _display.Silent = true;
        Ticks(100);
        Assert.True(_port.Lost);
        Assert.False(_parts.Lost);
        _inputs.Outside = 0xFB;
        Ticks(2);
        Assert.Equal(0, _parts.Read(Place.Of(1, 2)));
    }

    [Fact]
    public void Plugged_in_again_it_shows_what_is_wanted_now()
    {
        Show("火");
        Ticks(100);
        _display.Silent = true;
        Ticks(200);
        _display.Reset();
        Show("水");
        _display.Silent = false;
        Ticks(EspLimits.BusPauseMaxTicks + 80 + Limits.PartSteadyTicks);
        Assert.False(_port.Lost);
        Assert.True(_display.On);
        Assert.Equal(new string('.', 96), Row(40, 96));
        Assert.Equal(".......#........", Row(0, 16));
    }

    /// <summary>A plug that is loose in the box's door.</summary>
    [Fact]
    public void One_that_comes_and_goes_is_one_fault_and_shows_what_it_can()
    {
        Show("火");
        Ticks(100);
        int changes = 0;
        bool shown = false;
        for (int second = 0; second < 600; second++)
        {
            bool before = _port.Lost;
            _display.Silent = second % 8 == 0;
            for (int tick = 0; tick < 50; tick++)
            {
                Ticks(1);
                changes += _port.Lost != before ? 1 : 0;
                before = _port.Lost;
            }

            shown |= second > 100 && _display.On;
        }

        Assert.Equal(1, changes);
        Assert.True(shown);
        Ticks(Limits.PartSteadyTicks + EspLimits.BusPauseMaxTicks);
        Assert.False(_port.Lost);
    }

    [Fact]
    public void One_that_was_without_power_for_a_moment_is_whole_again_within_five_seconds()
    {
        Show("火");
        Ticks(100);
        _display.Reset();
        Ticks(5 * EspLimits.PartRefreshTicks);
        Assert.True(_display.On);
        Assert.All(Enumerable.Range(16, 48), y => Assert.Equal(new string('.', 128), Row(y, 128)));
    }

    [Fact]
    public void A_display_that_was_never_there_is_not_said_to_be_lost_before_it_was_tried_twice()
    {
        _display.Silent = true;
        Ticks(2);
        Assert.False(_port.Lost);
        Ticks(20);
        Assert.True(_port.Lost);
    }

    /// <summary>A display that hangs the bus costs what any such part costs, and no more.</summary>
    [Fact]
    public void A_jammed_bus_is_tried_no_more_often_with_a_display_than_without()
    {
        Ticks(100);
        _bus.Jammed = true;
        Ticks(3000);
        int with = _bus.Seconds;
        SimBus bus = new();
        bus.Add(0x24, new SimPcf8574());
        bus.Add(0x22, new SimPcf8574());
        BoardParts parts = new(Kc868A6V3.Make(), bus);
        for (int i = 0; i < 3100; i++)
        {
            bus.Jammed = i >= 100;
            parts.Step();
        }

        Assert.InRange(with, 1, bus.Seconds + 2);
    }

    [Fact]
    public void No_board_has_a_part_of_its_own_at_the_display_s_address() =>
        Assert.All(BoardList.All(), board =>
        {
            Assert.True(board.Data >= 0);
            Assert.DoesNotContain((byte)EspLimits.DisplayAddress, board.PartAddresses);
        });

    [GeneratedRegex("\"(?<text>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Literals();
}
