// Owns: the time of day that a power cut leaves to the chip.
// Must never: read this machine's clock.

using Gateway.Esp32;
using nanoFramework.Runtime.Native;

namespace Gateway.Tests.Hardware;

public sealed class ClockNoteTests : IDisposable
{
    private static readonly DateTime s_never = new(1970, 1, 1, 0, 0, 7, DateTimeKind.Utc);
    private static readonly DateTime s_day = new(2026, 11, 27, 8, 30, 0, DateTimeKind.Utc);

    private readonly TempDrive _drive = new();

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

    public void Dispose() => _drive.Dispose();
}
