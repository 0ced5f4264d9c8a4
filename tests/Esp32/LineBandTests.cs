// Owns: that the default limits of a supervised line follow from its resistors, and that the page for people gives the same numbers.
// Must never: copy a number from the page into a check of the page.

using System.Globalization;
using System.Text;
using Gateway.Core;
using Gateway.Esp32;
using Gateway.Tests.Support;
using static Gateway.Tests.Hardware.SupervisedLine;

namespace Gateway.Tests.Hardware;

public sealed class LineBandTests
{
    // What is left for the converter's offset and bend: 0.15 V of 3.3 V.
    private const int MarginLeast = 450;

    private static readonly int[] s_limits = DefaultLimits();

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
    public void Each_state_stays_inside_its_band_with_margin(string state, int band)
    {
        (double least, double greatest) = WorstOf(state);
        (int low, int high) = Band(band);
        Assert.True(least - low >= MarginLeast || low == 0, $"{state}: least {least:F0}, band from {low}");
        Assert.True(high - greatest >= MarginLeast || high == Limits.RawMax, $"{state}: greatest {greatest:F0}, band up to {high}");
    }

    [Fact]
    public void An_open_line_is_open_also_when_the_converter_saturates()
    {
        // Full scale of 4095 at about 3.1 V; the reference at half of the supply then reads about 2180.
        double saturated = 4095.0 / ((EspLimits.ReferenceMin + EspLimits.ReferenceMax) / 2.0) * BoardS3N16R8.ReferenceShare;
        Assert.True(saturated > s_limits[2] + MarginLeast);
        Assert.True(4095.0 / EspLimits.ReferenceMax * BoardS3N16R8.ReferenceShare > s_limits[2]);
    }

    [Fact]
    public void Three_call_points_at_once_are_too_many_for_one_line()
    {
        (double least, _) = Worst(State.CallPoints, 3);
        Assert.InRange(least - s_limits[0], 0, MarginLeast);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("two call points")]
    [InlineData("one call point")]
    [InlineData("normal")]
    [InlineData("open")]
    public void The_hardware_page_gives_the_reckoned_numbers(string state)
    {
        string[] row = Row(state);
        (double least, double greatest) = WorstOf(state);
        double nominal = NominalOf(state);
        Assert.Equal([Whole(nominal), Whole(least), Whole(greatest),
            (nominal / 10000 * SupplyVolts).ToString("F2", CultureInfo.InvariantCulture)], row);
    }

    [Fact]
    public void The_hardware_page_gives_the_distances_to_the_nearest_worst_case()
    {
        string[] above = ["two call points", "normal", "open"];
        string[] below = ["short", "one call point", "normal"];
        string[] names = ["short below", "alarm below", "normal below"];
        for (int i = 0; i < names.Length; i++)
        {
            double distance = Math.Min(WorstOf(above[i]).Least - s_limits[i], s_limits[i] - WorstOf(below[i]).Greatest);
            string volts = (s_limits[i] / 10000.0 * SupplyVolts).ToString("F2", CultureInfo.InvariantCulture);
            Assert.Equal([Whole(s_limits[i]), volts, Whole(distance)], Row(names[i]));
        }
    }

    [Fact]
    public void The_circuit_for_the_simulator_has_the_same_parts()
    {
        string circuit = File.ReadAllText(Path.Combine(Repository.Root, "hardware/spice/supervised-line.cir"));
        Assert.Contains(".param supply=3.3 pullup=4.7k eol=4.7k button=2.2k series=100\n", circuit, StringComparison.Ordinal);
        Assert.Equal((3.3, 4700.0, 4700.0, 2200.0, 100.0), (SupplyVolts, PullUpOhms, EndOfLineOhms, CallPointOhms, SeriesOhms));
    }

    [Fact]
    public void The_limits_of_a_current_loop_follow_from_100_ohm()
    {
        double[] milliamperes = [3.6, 4, 20, 21];
        int[] wanted = [.. milliamperes.Select(mA => (int)(mA / 1000 * 100 / SupplyVolts * 10000))];
        Assert.Equal(wanted, (int[])[AnalogScale.CurrentLeast, AnalogScale.CurrentFrom, AnalogScale.CurrentTo,
            AnalogScale.CurrentGreatest]);
    }

    private static int[] DefaultLimits()
    {
        byte[] text = Encoding.UTF8.GetBytes(
            "station id=1 county=c township=t village=v name=n\nuplink host=h\nzone 1 kind=callpoint wiring=line input=a1 name=n\n");
        SettingsErrors errors = new();
        Core.Settings? settings = SettingsParser.Parse(text, text.Length, BoardS3N16R8.Shape(), errors);
        Assert.True(settings is not null, errors.Total > 0 ? errors.Text(0, "text") : "no settings");
        return [settings.ZoneLimits[0], settings.ZoneLimits[1], settings.ZoneLimits[2]];
    }

    private static (int Low, int High) Band(int band) => band switch
    {
        InputClass.Short => (0, s_limits[0]),
        InputClass.Active => (s_limits[0], s_limits[1]),
        InputClass.Normal => (s_limits[1], s_limits[2]),
        _ => (s_limits[2], Limits.RawMax),
    };

    private static (double Least, double Greatest) WorstOf(string state) => Worst(StateOf(state), CallPointsOf(state));

    private static double NominalOf(string state) => Nominal(StateOf(state), CallPointsOf(state));

    private static int CallPointsOf(string state) => state switch { "one call point" => 1, "two call points" => 2, _ => 0 };

    private static State StateOf(string state) => state switch
    {
        "short" => State.Short,
        "open" => State.Open,
        "normal" => State.Normal,
        _ => State.CallPoints,
    };

    private static string Whole(double value) => Math.Round(value).ToString(CultureInfo.InvariantCulture);

    /// <summary>The cells of the page's row after its first one.</summary>
    private static string[] Row(string first)
    {
        string[] page = File.ReadAllLines(Path.Combine(Repository.Root, "hardware/README.md"));
        string line = Assert.Single(page, one => one.StartsWith($"| {first} |", StringComparison.Ordinal));
        return [.. line.Trim('|').Split('|').Skip(1).Select(cell => cell.Trim())];
    }
}
