// Owns: that the limits of current loops in Core fit the simulated shunts, and how exactly a battery is read.
// Must never: take a limit from anywhere but Core.

using Gateway.Core;

namespace Gateway.Tests.Hardware;

public sealed class AnalogInputTests
{
    // Above it the chip's converter gives its full scale whatever comes.
    private const double SaturatedVolts = 3.1;

    private static readonly Lazy<Circuit> s_loop = new(() => Circuit.Run("current-loop"));
    private static readonly Lazy<Circuit> s_battery = new(() => Circuit.Run("battery"));

    [Fact]
    public void A_failed_sensor_and_a_good_one_are_told_apart_at_the_worst_tolerances()
    {
        // NAMUR NE 43: a sensor measures from 3.8 to 20.5 mA, and says with less than 3.6 or more than 21 that it has failed.
        Assert.True(Loop(3.5, "greatest") < AnalogScale.CurrentLeast, "3.5 mA reads as a measured value");
        Assert.True(Loop(3.8, "least") > AnalogScale.CurrentLeast, "3.8 mA reads as a broken wire");
        Assert.True(Loop(20.5, "greatest") < AnalogScale.CurrentGreatest, "20.5 mA reads as a failed sensor");
        Assert.True(Loop(21.5, "least") > AnalogScale.CurrentGreatest, "21.5 mA reads as a measured value");
        Assert.InRange(AnalogScale.CurrentFrom, Loop(4, "least"), Loop(4, "greatest"));
        Assert.InRange(AnalogScale.CurrentTo, Loop(20, "least"), Loop(20, "greatest"));
    }

    [Fact]
    public void A_bought_board_s_150_ohm_saturates_the_converter_between_20_and_21_mA()
    {
        Assert.True(s_loop.Value["bought:20", "greatest"] < SaturatedVolts, "20 mA on 150 ohm is not measured");
        Assert.True(s_loop.Value["bought:21", "least"] > SaturatedVolts, "21 mA on 150 ohm would be measured: say so on the board's page");
    }

    [Theory]
    [InlineData("30000", 10.8)]
    [InlineData("30000", 12)]
    [InlineData("30000", 13.8)]
    [InlineData("91000", 21.6)]
    [InlineData("91000", 24)]
    [InlineData("91000", 28.8)]
    public void A_battery_is_read_within_4_percent(string topOhms, double volts)
    {
        string key = FormattableString.Invariant($"battery:{topOhms}:{volts}");
        double off = Math.Max(volts * 1000 - s_battery.Value[key, "least"], s_battery.Value[key, "greatest"] - volts * 1000);
        Assert.True(off <= volts * 1000 * 0.04, $"{volts} V behind {topOhms} ohm is read with an error of {off:F0} mV");
    }

    private static double Loop(double milliamperes, string name) =>
        s_loop.Value[FormattableString.Invariant($"current:{milliamperes}"), name];
}
