// Owns: what becomes of a message after each answer, and where connections may not go.
// Must never: ask the code for what it should say.

using System.Net;
using Gateway.County.HandOver;

namespace Gateway.County.Tests.HandOver;

public class RetryPlanTests
{
    [Theory]
    [InlineData(200, "delivered", "delivered")]
    [InlineData(202, "delivered", "delivered")]
    [InlineData(204, "delivered", "delivered")]
    [InlineData(409, "delivered", "delivered")]
    [InlineData(0, "waiting", "waiting")]
    [InlineData(302, "waiting", "waiting")]
    [InlineData(408, "waiting", "waiting")]
    [InlineData(425, "waiting", "waiting")]
    [InlineData(429, "waiting", "waiting")]
    [InlineData(500, "waiting", "waiting")]
    [InlineData(503, "waiting", "waiting")]
    [InlineData(400, "waiting", "refused")]
    [InlineData(401, "waiting", "refused")]
    [InlineData(404, "waiting", "refused")]
    [InlineData(410, "waiting", "refused")]
    [InlineData(422, "waiting", "refused")]
    public void Answer_decides_and_a_fire_is_never_refused(int status, string fire, string other)
    {
        Attempt attempt = new(status, "");
        Assert.Equal(fire, Name(RetryPlan.Of(attempt, 1, 1_000, fire: true, open: true)));
        Assert.Equal(other, Name(RetryPlan.Of(attempt, 1, 1_000, fire: false, open: true)));
    }

    [Fact]
    public void Fire_of_an_open_case_is_never_given_up_and_all_else_after_three_days()
    {
        Attempt none = new(0, "");
        Assert.Equal(HandOverState.Waiting, RetryPlan.Of(none, int.MaxValue, long.MaxValue, fire: true, open: true));
        Assert.Equal(HandOverState.GivenUp, RetryPlan.Of(none, 4_320, 3 * 86_400_000L, fire: true, open: false));
        long waited = 0;
        int tries = 1;
        while (RetryPlan.Of(none, tries, waited, fire: false, open: true) == HandOverState.Waiting)
        {
            waited += RetryPlan.WaitMs(none, tries, fire: false, 0.5);
            tries++;
        }

        Assert.InRange(TimeSpan.FromMilliseconds(waited).TotalHours, 70, 74);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Receiver_that_asks_for_no_time_is_not_asked_without_end_and_nothing_is_given_up_early(bool fire)
    {
        Attempt hurried = new(503, "", 0);
        long waited = 0;
        for (int tries = 1; tries <= 5_000; tries++)
        {
            Assert.Equal(HandOverState.Waiting, RetryPlan.Of(hurried, tries, waited, fire, open: false));
            waited += RetryPlan.WaitMs(hurried, tries, fire, 0.5);
        }

        Assert.InRange(waited, 5_000 * 1_000L, 3 * 86_400_000L);

        // A clock that is set ahead gives nothing up either.
        Assert.Equal(HandOverState.Waiting, RetryPlan.Of(hurried, 3, 365 * 86_400_000L, fire, open: false));
    }

    [Fact]
    public void Waits_are_those_of_fires_and_of_all_else_with_a_tenth_more_or_less()
    {
        Attempt none = new(503, "");
        Assert.Equal(
            [1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 60_000],
            Enumerable.Range(1, 7).Select(tries => RetryPlan.WaitMs(none, tries, fire: true, 0.5)));
        Assert.Equal(
            [5_000, 30_000, 300_000, 1_800_000, 3_600_000, 3_600_000],
            Enumerable.Range(1, 6).Select(tries => RetryPlan.WaitMs(none, tries, fire: false, 0.5)));
        Assert.Equal((900, 1_100), (RetryPlan.WaitMs(none, 1, true, 0), RetryPlan.WaitMs(none, 1, true, 1)));
        Assert.Equal(60_000, RetryPlan.WaitMs(new Attempt(410, ""), 1, fire: true, 0.5));
    }

    [Theory]
    [InlineData(7_000, true, 7_000)]
    [InlineData(7_000, false, 7_000)]
    [InlineData(86_400_000, true, 60_000)]
    [InlineData(86_400_000, false, 600_000)]
    [InlineData(-5, true, 1_000)]
    [InlineData(0, false, 5_000)]
    public void Receiver_may_ask_for_time_within_bounds(long asked, bool fire, long waits) =>
        Assert.Equal(waits, RetryPlan.WaitMs(new Attempt(429, "", asked), 3, fire, 0.5));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.0.1", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("224.0.0.1", true)]
    [InlineData("223.5.5.5", false)]
    [InlineData("::1", true)]
    [InlineData("::", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("::ffff:223.5.5.5", false)]
    [InlineData("64:ff9b::a00:1", true)]
    [InlineData("64:ff9b::df05:505", false)]
    [InlineData("fe80::1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("fec0::1", true)]
    [InlineData("2002:a00:1::", true)]
    [InlineData("2001:0:a00:1::1", true)]
    [InlineData("::ffff:0:10.0.0.1", true)]
    [InlineData("::ffff:0:223.5.5.5", false)]
    [InlineData("2001:da8::1", false)]
    [InlineData("2400:3200::1", false)]
    public void Addresses_of_inside_are_known(string address, bool inside) =>
        Assert.Equal(inside, InsideAddress.Is(IPAddress.Parse(address)));

    private static string Name(HandOverState outcome) => outcome.ToString().ToLowerInvariant();
}
