// Owns: that the default limits of a supervised line fit the simulated circuit, and that the page for people gives the same numbers.
// Must never: copy a number from the page into a check of the page.

using System.Globalization;
using System.Text;
using Gateway.Core;
using Gateway.Esp32;
using Gateway.Start;
using Gateway.Tests.Support;

namespace Gateway.Tests.Hardware;

public sealed class LineBandTests
{
    private const double SupplyVolts = 3.3;

    // What is left for the converter's offset and bend: 0.14 V of 3.3 V.
    private const int MarginLeast = 420;

    // The states by the number that the circuit gives them.
    private static readonly string[] s_states = ["short", "two call points", "one call point", "normal", "open", "three call points"];
    private static readonly int[] s_limits = DefaultLimits();
    private static readonly Lazy<Circuit> s_line = new(() => Circuit.Run("supervised-line"));

    [Fact]
    public void The_default_limits_are_the_voltages_of_the_hardware_page()
    {
        int[] wanted = [.. ((double[])[0.35, 1.15, 2.20]).Select(volts => (int)Math.Round(volts / SupplyVolts * 10000))];
        Assert.Equal(wanted, s_limits);
    }

    [Theory]
    [InlineData("short", InputClass.Short)]
    [InlineData("two call points", InputClass.Active)]
    [InlineData("one call point", InputClass.Active)]
    [InlineData("normal", InputClass.Normal)]
    [InlineData("open", InputClass.Open)]
    public void Each_state_stays_inside_its_band_with_margin(string state, InputClass band)
    {
        (int low, int high) = Band(band);
        Assert.True(Least(state) - low >= MarginLeast || low == 0,
            $"a line with {state} reads {Least(state):F0} at least; its band begins at {low}, and {MarginLeast} must lie between");
        Assert.True(high - Greatest(state) >= MarginLeast || high == Limits.RawMax,
            $"a line with {state} reads {Greatest(state):F0} at most; its band ends at {high}, and {MarginLeast} must lie between");
    }

    [Fact]
    public void An_open_line_is_open_also_when_the_converter_saturates()
    {
        // Full scale of 4095 at about 3.1 V; the reference at half of the supply then reads about 2180.
        double saturated = 4095.0 / EspLimits.Reference * CarrierS3.Make().ReferenceShare;
        Assert.True(saturated > s_limits[2] + MarginLeast);
        Assert.True(4095.0 / (EspLimits.Reference * 1.25) * CarrierS3.Make().ReferenceShare > s_limits[2]);
    }

    [Fact]
    public void Three_call_points_at_once_are_too_many_for_one_line()
    {
        Assert.InRange(Least("three call points") - s_limits[0], 0, MarginLeast);
    }

    [Fact]
    public void A_press_is_seen_through_filter_and_cable_before_the_next_sample()
    {
        Assert.InRange(s_line.Value["press", "milliseconds"], 0, Limits.TickMs);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("two call points")]
    [InlineData("one call point")]
    [InlineData("normal")]
    [InlineData("open")]
    public void The_hardware_page_gives_the_simulated_numbers(string state)
    {
        double nominal = Simulated(state, "nominal");
        Assert.Equal([Whole(nominal), Whole(Least(state)), Whole(Greatest(state)),
            (nominal / 10000 * SupplyVolts).ToString("F2", CultureInfo.InvariantCulture)], Row(state));
    }

    [Fact]
    public void The_hardware_page_gives_the_distances_to_the_nearest_worst_case()
    {
        string[] above = ["two call points", "normal", "open"];
        string[] below = ["short", "one call point", "normal"];
        string[] names = ["short below", "alarm below", "normal below"];
        for (int i = 0; i < names.Length; i++)
        {
            double distance = Math.Min(Least(above[i]) - s_limits[i], s_limits[i] - Greatest(below[i]));
            string volts = (s_limits[i] / 10000.0 * SupplyVolts).ToString("F2", CultureInfo.InvariantCulture);
            Assert.Equal([Whole(s_limits[i]), volts, Whole(distance)], Row(names[i]));
        }
    }

    private static int[] DefaultLimits()
    {
        byte[] text = Encoding.UTF8.GetBytes(
            "station id=1 county=c township=t village=v name=n\nuplink host=h\nzone 1 kind=callpoint wiring=line input=a1 name=n\n");
        SettingsErrors errors = new();
        Core.Settings? settings = SettingsParser.Parse(text, text.Length, CarrierS3.Make().Shape, errors);
        Assert.True(settings is not null, errors.Total > 0 ? errors.Text(0, "text") : "no settings");
        return [settings.ZoneLimits[0], settings.ZoneLimits[1], settings.ZoneLimits[2]];
    }

    private static (int Low, int High) Band(InputClass band) => band switch
    {
        InputClass.Short => (0, s_limits[0]),
        InputClass.Active => (s_limits[0], s_limits[1]),
        InputClass.Normal => (s_limits[1], s_limits[2]),
        _ => (s_limits[2], Limits.RawMax),
    };

    private static double Least(string state) => Simulated(state, "least");

    // Leakage can lift an open line a little above the supply; the converter ends there.
    private static double Greatest(string state) => Math.Min(Simulated(state, "greatest"), Limits.RawMax);

    private static double Simulated(string state, string name) => s_line.Value[$"state:{Array.IndexOf(s_states, state)}", name];

    private static string Whole(double value) => Math.Round(value).ToString(CultureInfo.InvariantCulture);

    /// <summary>The cells of the page's row after its first one.</summary>
    private static string[] Row(string first)
    {
        string[] page = File.ReadAllLines(Repository.Path("hardware", "README.md"));
        string line = Assert.Single(page, one => one.StartsWith($"| {first} |", StringComparison.Ordinal));
        return [.. line.Trim('|').Split('|').Skip(1).Select(cell => cell.Trim())];
    }
}
