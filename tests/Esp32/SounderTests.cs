// Owns: that the wires of siren and strobe read right while they are silent, while they sound, and while the relay moves.
// Must never: take a limit from anywhere but Core.

using System.Text;
using Gateway.Core;
using Gateway.Start;
using Gateway.Tests.Support;

namespace Gateway.Tests.Hardware;

public sealed class SounderTests
{
    // As for the lines: what is left for the converter.
    private const int MarginLeast = 420;

    // What the circuit takes of the relay, with its bounce: the load comes later and goes earlier than it. Check with its data sheet.
    private const double RelayOnMs = 8;
    private const double RelayOffMs = 0.5;

    private static readonly Lazy<Circuit> s_wires = new(() => Circuit.Run("sounder"));
    private static readonly Core.Settings s_settings = Settings();

    [Fact]
    public void A_short_is_a_short() => Assert.True(Greatest(0) + MarginLeast < s_settings.ZoneLimits[0], Said("a short", 0));

    [Fact]
    public void Whole_wires_are_normal_silent_and_sounding()
    {
        foreach (int state in (int[])[1, 3])
        {
            Assert.True(Least(state) - MarginLeast > s_settings.ZoneLimits[1] && Greatest(state) + MarginLeast < s_settings.ZoneLimits[2],
                Said(state == 1 ? "silent wires" : "sounding wires", state));
        }
    }

    [Fact]
    public void A_broken_wire_is_open() => Assert.True(Least(2) - MarginLeast > s_settings.ZoneLimits[2], Said("a broken wire", 2));

    [Fact]
    public void The_relays_way_leaves_the_reading_normal()
    {
        double least = s_wires.Value["pulse", "least"];
        double greatest = s_wires.Value["pulse", "greatest"];
        Assert.True(least - MarginLeast > s_settings.ZoneLimits[1], $"while the relay moves the wires read {least:F0}: active");
        Assert.True(greatest + MarginLeast < s_settings.ZoneLimits[2], $"while the relay moves the wires read {greatest:F0}: open");
    }

    [Fact]
    public void The_relay_switches_without_current()
    {
        Assert.True(s_wires.Value["delay", "first_ms"] > RelayOnMs, "the load is on before the relay has turned");
        Assert.True(s_wires.Value["delay", "off_ms"] < RelayOffMs, "the relay lets go before the load is off");
    }

    [Theory]
    [InlineData("wires shorted", "state:0")]
    [InlineData("silent and whole", "state:1")]
    [InlineData("a wire broken", "state:2")]
    [InlineData("sounding", "state:3")]
    [InlineData("half a second of siren, while the relay moves", "pulse")]
    public void The_hardware_page_gives_the_simulated_numbers(string row, string key)
    {
        string line = Assert.Single(File.ReadAllLines(Repository.Path("hardware", "README.md")),
            one => one.StartsWith($"| {row} |", StringComparison.Ordinal));
        Assert.StartsWith(FormattableString.Invariant(
            $"| {row} | {s_wires.Value[key, "least"]:F0} | {Math.Min(s_wires.Value[key, "greatest"], Limits.RawMax):F0} |"),
            line, StringComparison.Ordinal);
    }

    private static double Least(int state) => s_wires.Value[FormattableString.Invariant($"state:{state}"), "least"];

    private static double Greatest(int state) => s_wires.Value[FormattableString.Invariant($"state:{state}"), "greatest"];

    private static string Said(string what, int state) =>
        $"{what} reads {Least(state):F0} to {Greatest(state):F0}; the limits are {string.Join(", ", s_settings.ZoneLimits.Take(3))}";

    /// <summary>The zone that the drawing names for a siren's wires.</summary>
    private static Core.Settings Settings()
    {
        byte[] text = Encoding.UTF8.GetBytes(
            "station id=1 county=c township=t village=v name=n\nuplink host=h\nzone 1 kind=panel-fault wiring=line input=a9 name=n\n");
        SettingsErrors errors = new();
        Core.Settings? settings = SettingsParser.Parse(text, text.Length, CarrierS3.Make().Shape, errors);
        Assert.True(settings is not null, errors.Total > 0 ? errors.Text(0, "text") : "no settings");
        return settings;
    }
}
