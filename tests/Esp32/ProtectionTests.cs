// Owns: what the parts of a line input bear in a surge and with 24 V on the wrong terminal, against what they are rated for.
// Must never: say that a board survives; no board was built and measured.

namespace Gateway.Tests.Hardware;

public sealed class ProtectionTests
{
    // The carrier's parts, as hardware/PARTS.md has them. Watts at 70 degrees: 3 W at 40 and none at 200, 4 W at 25 and none at 250.
    private const double LimitWatts = 2.4;
    private const double LimitJoules = 1;
    private const double ShuntWatts = 3.2;
    private const double PullUpWatts = 0.5;
    private const double FilterWatts = 0.25;
    private const double ClampWattsSteady = 1;
    private const double ClampWattsSurge = 600;
    private const double ClampVolts = 49.9;

    private const double SounderClampWatts = 3000;
    private const double SounderSwitchVolts = 60;

    // R103 and what insulates the supply; the tube at ground, when each of the 18 pairs of X2 and X3 brings it as much.
    private const double GroundVolts = 1000;
    private const double TubeAmperes = 2000;
    private const int Pairs = 18;

    // What an arc needs at the least to burn on.
    private const double ArcAmperes = 0.5;

    // What eight lines may push into the 3.3 V, which is less than the chip alone takes with its radio on.
    private const double SupplyAmperes = 0.080 / 8;
    private const double PinAmperes = 0.0005;

    private static readonly Lazy<Circuit> s_surge = new(() => Circuit.Run("surge"));
    private static readonly Lazy<Circuit> s_common = new(() => Circuit.Run("common-mode"));
    private static readonly Lazy<Circuit> s_sounder = new(() => Circuit.Run("sounder"));
    private static readonly Lazy<Circuit> s_wrong = new(() => Circuit.Run("wrong-terminal"));

    [Theory]
    [InlineData("1")]
    [InlineData("-1")]
    public void A_surge_of_1_kV_behind_42_ohm_stays_below_what_each_part_bears(string sign)
    {
        Surge(sign, "limit_joules", LimitJoules);
        Surge(sign, "clamp_watts", ClampWattsSurge);
        Surge(sign, "node_volts", ClampVolts);
        Surge(sign, "pin_amperes", PinAmperes);
    }

    [Theory]
    [InlineData("0:1")]
    [InlineData("0:-2")]
    [InlineData("1:1")]
    [InlineData("1:-2")]
    [InlineData("2:1")]
    [InlineData("2:-2")]
    [InlineData("3:1")]
    public void A_surge_on_both_wires_harms_nothing_whichever_tube_fires_first(string surge)
    {
        Common(surge, "limit_joules", LimitJoules);
        Common(surge, "clamp_watts", ClampWattsSurge);
        Common(surge, "node_volts", ClampVolts);
        Common(surge, "pin_amperes", PinAmperes);
        Common(surge, "ground_volts", GroundVolts);
        Common(surge, "line_amperes", TubeAmperes);
        Common(surge, "ground_amperes", TubeAmperes / Pairs);
    }

    [Fact]
    public void Without_a_tube_at_ground_a_surge_on_both_wires_would_go_through_clamps_and_insulation()
    {
        Assert.True(s_common.Value["common:4:-2", "ground_volts"] > GroundVolts, "the tube at ground is not needed for the insulation");
        Assert.True(s_common.Value["common:4:-2", "clamp_watts"] > ClampWattsSurge, "the tube at ground is not needed for the clamps");
    }

    [Fact]
    public void No_arc_burns_on_from_24_V_behind_a_varistor()
    {
        Assert.InRange(s_common.Value["follow", "with"], 0, ArcAmperes / 100);
        Assert.True(s_common.Value["follow", "without"] > ArcAmperes, "the varistors are not needed");
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

    private static void Common(string surge, string name, double most)
    {
        double value = Math.Abs(s_common.Value[$"common:{surge}", name]);
        Assert.True(value < most, $"in a surge {surge} on both wires {name} is {value:G4}; at most {most} is borne");
    }

    private static void Wrong(string key, string name, double most)
    {
        double value = Math.Abs(s_wrong.Value[key, name]);
        Assert.True(value < most, $"{key}: {name} is {value:G4}; at most {most} is borne");
    }
}
