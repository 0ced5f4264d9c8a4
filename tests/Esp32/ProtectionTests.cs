// Owns: what the parts of a line input bear in a surge and with 24 V on the wrong terminal, against what they are rated for.
// Must never: say that a board survives; no board was built and measured.

namespace Gateway.Tests.Hardware;

public sealed class ProtectionTests
{
    // The carrier's parts, as hardware/README.md names them.
    private const double LimitWatts = 3;
    private const double LimitJoules = 1;
    private const double ShuntWatts = 3;
    private const double PullUpWatts = 0.5;
    private const double FilterWatts = 0.25;
    private const double ClampWattsSteady = 1;
    private const double ClampWattsSurge = 600;
    private const double ClampStandOffVolts = 48.4;

    private const double SounderClampWatts = 1500;
    private const double SounderSwitchVolts = 60;

    // What eight lines may push into the 3.3 V, which is less than the chip alone takes with its radio on.
    private const double SupplyAmperes = 0.080 / 8;
    private const double PinAmperes = 0.0005;

    private static readonly Lazy<Circuit> s_surge = new(() => Circuit.Run("surge"));
    private static readonly Lazy<Circuit> s_sounder = new(() => Circuit.Run("sounder"));
    private static readonly Lazy<Circuit> s_wrong = new(() => Circuit.Run("wrong-terminal"));

    [Theory]
    [InlineData("1")]
    [InlineData("-1")]
    public void A_surge_of_1_kV_behind_42_ohm_stays_below_what_each_part_bears(string sign)
    {
        Surge(sign, "limit_joules", LimitJoules);
        Surge(sign, "clamp_watts", ClampWattsSurge);
        Surge(sign, "node_volts", ClampStandOffVolts);
        Surge(sign, "pin_amperes", PinAmperes);
    }

    [Theory]
    [InlineData(0, "28.8")]
    [InlineData(0, "-28.8")]
    [InlineData(1, "28.8")]
    [InlineData(1, "-28.8")]
    [InlineData(2, "28.8")]
    [InlineData(2, "-28.8")]
    public void A_supply_on_the_wrong_terminal_harms_nothing_for_as_long_as_it_stays(int position, string volts)
    {
        string key = $"wrong:{position}:{volts}";
        Wrong(key, "limit", LimitWatts);
        Wrong(key, "shunt", ShuntWatts);
        Wrong(key, "pull", PullUpWatts);
        Wrong(key, "filter", FilterWatts);
        Wrong(key, "clamp", ClampWattsSteady);
        Wrong(key, "supply", SupplyAmperes);
    }

    [Fact]
    public void Mains_on_a_terminal_opens_the_limiting_resistor_first()
    {
        // More than a hundred times its rating opens a fusible resistor within milliseconds.
        double watts = s_wrong.Value["wrong:0:325", "limit"];
        Assert.True(watts > LimitWatts * 100, $"the limiting resistor takes {watts:F0} W and stays; say what opens instead");
    }

    [Fact]
    public void A_surge_on_the_wires_of_siren_or_strobe_stays_below_what_clamp_and_switch_bear()
    {
        Assert.InRange(s_sounder.Value["surge", "watts"], 0, SounderClampWatts);
        Assert.InRange(s_sounder.Value["surge", "volts"], 0, SounderSwitchVolts);
    }

    private static void Surge(string sign, string name, double most)
    {
        double value = Math.Abs(s_surge.Value[$"surge:{sign}", name]);
        Assert.True(value < most, $"in a surge of sign {sign} {name} is {value:G4}; at most {most} is borne");
    }

    private static void Wrong(string key, string name, double most)
    {
        double value = Math.Abs(s_wrong.Value[key, name]);
        Assert.True(value < most, $"{key}: {name} is {value:G4}; at most {most} is borne");
    }
}
