// Owns: the time of day that a power cut leaves to the chip.
// Must never: read this machine's clock.

using System.Globalization;
using Gateway.Core;
using Gateway.Esp32;
using nanoFramework.Runtime.Native;

namespace Gateway.Tests.Hardware;

public sealed class ClockNoteTests : IDisposable
{
    private static readonly DateTime s_never = new(1970, 1, 1, 0, 0, 7, DateTimeKind.Utc);
    private static readonly DateTime s_day = new(2026, 11, 27, 8, 30, 0, DateTimeKind.Utc);

    private readonly TempDrive _drive = new();
    private readonly SimBus _bus = new();
    private readonly SimDs3231 _chip;

    public ClockNoteTests() => _chip = _bus.Add(0x68, new SimDs3231());

    [Fact]
    public void A_chip_without_a_time_begins_with_the_last_known_one()
    {
        new ClockNote(_drive.Root).Keep(s_day);
        Assert.True(new ClockNote(_drive.Root).Restore(s_never));
        Assert.Equal(s_day, Rtc.Set);
    }

    [Fact]
    public void A_clock_that_is_ahead_of_the_note_is_left_alone()
    {
        new ClockNote(_drive.Root).Keep(s_day);
        Assert.False(new ClockNote(_drive.Root).Restore(s_day.AddSeconds(1)));
    }

    [Fact]
    public void A_time_that_was_never_set_is_not_kept()
    {
        ClockNote note = new(_drive.Root);
        note.Keep(s_never);
        Assert.False(note.Restore(s_never));
        Assert.False(File.Exists(_drive.Full("clock.txt")));
    }

    [Fact]
    public void A_time_server_that_was_wrong_once_is_forgotten()
    {
        ClockNote note = new(_drive.Root);
        note.Keep(s_day.AddYears(70));
        note.Keep(s_day);
        Assert.True(note.Restore(s_never));
        Assert.Equal(s_day, Rtc.Set);
    }

    [Fact]
    public void A_time_server_s_year_2099_is_neither_kept_nor_believed_after_a_restart()
    {
        DateTime lie = s_day.AddYears(73);
        ClockNote note = new(_drive.Root);
        note.Keep(s_day);
        note.Keep(lie);
        Assert.Equal(Seconds(s_day.AddDays(3)), note.Begin(lie, Part(s_day.AddDays(3))));
        Assert.Equal(s_day.AddDays(3), Rtc.Set);
        Assert.Equal(0, note.Begin(lie, null));
        Assert.Equal(s_day, Rtc.Set);
        File.WriteAllText(_drive.Full("clock.txt"), Seconds(lie).ToString(CultureInfo.InvariantCulture));
        Assert.Equal(Seconds(s_day.AddDays(3)), note.Begin(s_never, Part(s_day.AddDays(3))));
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public void A_time_server_that_contradicts_the_county_is_put_right(int years)
    {
        WallClock clock = new();
        ClockSetter keeper = new(clock, new ClockNote(_drive.Root), null, 0);
        clock.Set(Seconds(s_day) * 1000, 0);
        keeper.Step(s_never, 0);
        Rtc.SetSystemTime(s_never);
        keeper.Step(s_day.AddSeconds(50), 10_000);
        Assert.Equal(s_never, Rtc.Set);
        keeper.Step(s_day.AddYears(years), 120_000);
        Assert.Equal(s_day.AddSeconds(120), Rtc.Set);
        Assert.Equal(Seconds(s_day.AddSeconds(120)).ToString(CultureInfo.InvariantCulture), File.ReadAllText(_drive.Full("clock.txt")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("12345678901")]
    [InlineData("1000")]
    public void A_damaged_note_sets_nothing(string text)
    {
        File.WriteAllText(_drive.Full("clock.txt"), text);
        Assert.False(new ClockNote(_drive.Root).Restore(s_never));
    }

    [Fact]
    public void A_board_s_clock_sets_the_chip_and_is_the_time()
    {
        new ClockNote(_drive.Root).Keep(s_day);
        BoardClock part = Part(s_day.AddDays(3));
        Assert.Equal(Seconds(s_day.AddDays(3)), new ClockNote(_drive.Root).Begin(s_never, part));
        Assert.Equal(s_day.AddDays(3), Rtc.Set);
    }

    [Fact]
    public void A_chip_that_kept_its_time_through_the_restart_is_left_alone()
    {
        new ClockNote(_drive.Root).Keep(s_day);
        Rtc.SetSystemTime(s_never);
        Assert.Equal(Seconds(s_day.AddDays(3)), new ClockNote(_drive.Root).Begin(s_day.AddDays(2), Part(s_day.AddDays(3))));
        Assert.Equal(s_never, Rtc.Set);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-86400)]
    [InlineData(40L * 366 * 86400)]
    public void A_board_s_clock_before_the_note_or_far_ahead_of_it_is_not_believed(long aheadS)
    {
        new ClockNote(_drive.Root).Keep(s_day);
        Assert.Equal(0, new ClockNote(_drive.Root).Begin(s_never, Part(s_day.AddSeconds(aheadS))));
        Assert.Equal(s_day, Rtc.Set);
    }

    [Fact]
    public void A_board_s_clock_that_stood_is_not_believed()
    {
        new ClockNote(_drive.Root).Keep(s_day);
        BoardClock part = Part(s_day.AddDays(3));
        _chip[0x0F] |= 0x80;
        Assert.Equal(0, new ClockNote(_drive.Root).Begin(s_never, part));
        Assert.Equal(s_day, Rtc.Set);
    }

    [Fact]
    public void A_day_that_there_is_not_is_no_time()
    {
        BoardClock part = Part(s_day);
        _chip[5] = 0x02;
        _chip[4] = 0x30;
        Assert.Equal(0, part.Read());
    }

    [Fact]
    public void Without_a_note_a_board_s_clock_is_believed_from_this_firmware_s_year_on()
    {
        Assert.Equal(Seconds(s_day), new ClockNote(_drive.Root).Begin(s_never, Part(s_day)));
        Assert.Equal(0, new ClockNote(_drive.Root).Begin(s_never, Part(new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc))));
    }

    [Fact]
    public void The_county_s_word_sets_chip_and_board_once_and_is_noted()
    {
        BoardClock part = Part(s_day.AddDays(-20));
        WallClock clock = new();
        ClockSetter keeper = new(clock, new ClockNote(_drive.Root), part, 0);
        keeper.Step(s_never, 0);
        Assert.Equal(Seconds(s_day.AddDays(-20)), part.Read());
        clock.Begin(Seconds(s_day.AddDays(-20)) * 1000, 0);
        keeper.Step(s_never, 10);
        Assert.Equal(Seconds(s_day.AddDays(-20)), part.Read());

        clock.Set((Seconds(s_day) * 1000) + 250, 5_000);
        keeper.Step(s_never, 5_000);
        Assert.Equal(Seconds(s_day), part.Read());
        Assert.Equal(s_day, Rtc.Set);
        int tried = _bus.Tried;
        for (int s = 6; s < 70; s++)
        {
            keeper.Step(s_day, s * 1000L);
        }

        Assert.Equal(tried, _bus.Tried);
        Assert.Equal(Seconds(s_day).ToString(CultureInfo.InvariantCulture), File.ReadAllText(_drive.Full("clock.txt")));
    }

    [Fact]
    public void A_board_s_clock_on_a_jammed_bus_is_tried_once_an_hour()
    {
        WallClock clock = new();
        ClockSetter keeper = new(clock, new ClockNote(_drive.Root), Part(s_day), 0);
        clock.Set(Seconds(s_day) * 1000, 0);
        _bus.Jammed = true;
        for (long s = 0; s < 2 * 3600; s++)
        {
            keeper.Step(s_day, s * 1000);
        }

        Assert.Equal(2, _bus.Seconds);
        _bus.Jammed = false;
        keeper.Step(s_day, 2 * 3600 * 1000);
        Assert.Equal(Seconds(s_day.AddHours(2)), new BoardClock(new Ds3231(_bus.Open(0x68))).Read());
    }

    private static long Seconds(DateTime time) => ClockNote.SecondsOf(time);

    private BoardClock Part(DateTime shows)
    {
        BoardClock part = new(new Ds3231(_bus.Open(0x68)));
        Assert.True(part.Write(Seconds(shows)));
        return part;
    }

    public void Dispose() => _drive.Dispose();
}
