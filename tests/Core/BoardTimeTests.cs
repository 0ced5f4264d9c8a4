// Owns: what a gateway does with the time that its board has kept, before and after the county's word.
// Must never: wait for a clock of this machine.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Tests.PanelProperties;

public sealed class BoardTimeTests
{
    private const long Day = 86_400_000;
    private const long Utc = 1_795_392_000_000;

    [Fact]
    public void A_kept_time_stamps_events_as_reckoned_and_the_county_sets_it()
    {
        ScriptedCounty county = new(Utc);
        county.Run(1_000);
        Assert.Equal(UtcQuality.BackFilled, county.Up.UtcQuality);
        Assert.InRange(county.Up.UtcMs, Utc, Utc + 1_000);
        Assert.Equal(0, county.Loop.Clock.SetUtcMs(1_000));

        // One second off, which would not set a clock that the county had set before.
        county.UtcMs = county.Loop.Clock.UtcMs(1_000) - 1_000;
        county.Online();
        Assert.Equal(UtcQuality.Synchronised, county.Loop.Clock.Quality);
        Assert.InRange(county.Loop.Clock.UtcMs(1_000), Utc - 1_200, Utc - 800);
    }

    [Fact]
    public void A_board_s_clock_that_is_a_day_ahead_keeps_no_message_out()
    {
        ScriptedCounty county = new(Utc + Day);
        county.Run(1_000);
        county.UtcMs = Utc;

        // The welcome with a life of a minute is a day old by the board's clock.
        byte[] welcome = county.WelcomeOf(++county.Counter, 0, lifeS: 60);
        county.Say(welcome);
        county.Run(200);
        Assert.Equal(UplinkState.Online, county.Loop.Uplink.State);
        Assert.InRange(county.Loop.Clock.UtcMs(1_200), Utc, Utc + 1_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000_000_000)]
    public void An_impossible_time_is_none(long utcMs)
    {
        ScriptedCounty county = new(utcMs);
        Assert.Equal(UtcQuality.Unknown, county.Loop.Clock.Quality);
    }
}
