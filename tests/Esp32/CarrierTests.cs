// Owns: that the carrier's drawing, its exports, the table of pins, the board's file and the simulated circuits say the same.
// Must never: need KiCad.

using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Gateway.Start;
using Gateway.Tests.Support;

namespace Gateway.Tests.Hardware;

public sealed partial class CarrierTests
{
    private const string Folder = "hardware/carrier";
    private const string Sums = "exports/sums.sha256";

    // The limit, the filter and the pin's own resistor, in this order: what comes in is limited before it is clamped.
    private static readonly string[] s_input = ["Rlimit", "Rfilter", "Rpin"];
    private static readonly Netlist s_drawn = Netlist.Carrier;
    private static readonly IReadOnlyList<PinRow> s_used = [.. PinTable.Read().Where(row => row.Direction != "reserved")];

    private static readonly string[] s_makers = ["Analog Devices", "Bourns", "Diodes", "Espressif", "Microchip", "Nexperia", "Omron",
        "ST", "Texas Instruments", "Vishay"];

    // Lines, contacts, loops, siren and strobe. Contacts of relays are apart from the board; battery and supply stay in the box.
    private static readonly (string Reference, string Number)[] s_outside = [.. ((string[])["X2", "X3", "X4"]).SelectMany(block =>
        Enumerable.Range(1, 18).Select(n => (block, n.ToString(CultureInfo.InvariantCulture)))
            .Where(one => s_drawn.NetOf(one.block, one.Item2) is { } net && net != "GND"))];

    public static TheoryData<string> Outside => [.. s_outside.Select(one => $"{one.Reference}.{one.Number}")];

    public static TheoryData<string> Signals => [.. s_used.Select(row => row.Signal)];

    [Fact]
    public void The_exports_belong_to_the_drawing()
    {
        Dictionary<string, string> sums = File.ReadAllLines(Full(Sums)).Select(line => line.Split("  ")).ToDictionary(cells => cells[1],
            cells => cells[0]);
        string[] files = [.. Directory.GetFiles(Full("")).Where(file => file.EndsWith(".kicad_sch", StringComparison.Ordinal)
            || file.EndsWith(".kicad_sym", StringComparison.Ordinal)), .. Directory.GetFiles(Full("exports"))];
        Assert.All(files.Select(file => Path.GetRelativePath(Full(""), file).Replace('\\', '/')).Where(file => file != Sums), file =>
            Assert.True(sums.GetValueOrDefault(file) == Sum(Full(file)),
                $"{Folder}/{file} is not what {Sums} was made of: run hardware/check.sh and commit what it writes"));
        Assert.All(sums.Keys, file => Assert.True(File.Exists(Full(file)), $"{Folder}/{file} is in {Sums} and not there"));
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void Each_signal_is_on_the_pin_of_the_table(string signal)
    {
        PinRow row = Row(signal);
        string reference = Assert.Single(s_drawn.Parts.Values, part =>
            part.Value.StartsWith(row.Part.Length == 0 ? "ESP32-S3" : row.Part, StringComparison.Ordinal)).Reference;
        string? net = s_drawn.NetOfNamed(reference, row.Pin);
        Assert.True(net is not null && Netlist.Short(net) == signal,
            $"{PinTable.Path} has {signal} on {row.Part} {row.Pin}; the drawing has {net ?? "nothing"} there");
        Assert.Single(s_drawn.Pins(net!), pin => pin.Reference == reference);
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void Each_signal_leads_to_its_terminals(string signal)
    {
        PinRow row = Row(signal);
        foreach ((string reference, string number, bool first) in Terminals(row.Terminal))
        {
            string? net = s_drawn.NetOf(reference, number);
            Assert.True(net is not null, $"{PinTable.Path} has {signal} at {reference}.{number}; the drawing has no such terminal");
            if (row.Direction == "out")
            {
                Assert.True(Netlist.Short(net!).StartsWith(signal + " ", StringComparison.Ordinal),
                    $"{PinTable.Path} has {signal} at {reference}.{number}; the drawing has {net} there");
            }
            else if (first)
            {
                IReadOnlyList<DrawnPart>? way = s_drawn.Way(net!, signal);
                Assert.True(way is not null, $"{PinTable.Path} has {signal} at {reference}.{number}; the drawing has no way between them");
                if (row.Direction is "analog in" or "digital in" && reference[0] == 'X')
                {
                    Assert.Equal(s_input, way.Select(part => Element(part)).Where(name => s_input.Contains(name)));
                }
            }
            else
            {
                Assert.Equal("GND", net);
            }
        }
    }

    [Fact]
    public void The_netlist_names_no_folder_of_the_machine_that_made_it() =>
        Assert.DoesNotContain(File.ReadLines(Full("exports/carrier.net.xml")), line => line.Contains(">/", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Outside))]
    public void Whatever_leaves_the_box_has_a_gas_tube_a_limit_and_a_clamp_behind_it(string terminal)
    {
        string net = s_drawn.NetOf(terminal.Split('.')[0], terminal.Split('.')[1])!;
        DrawnPin[] onIt = [.. s_drawn.Pins(net).Where(pin => pin.Reference[0] != 'X')];
        Assert.True(onIt.Any(pin => s_drawn.LeadsToEarth(pin)), $"{terminal} has no gas tube to earth");
        DrawnPin[] others = [.. onIt.Where(pin => !s_drawn.LeadsToEarth(pin))];
        Assert.True(others.Length == 1 && (others[0].Reference[0] == 'F' || Element(s_drawn.Parts[others[0].Reference]) == "Rlimit"),
            $"{terminal} meets {string.Join(", ", others.Select(pin => pin.Reference))} before anything limits what comes in");
        Assert.True(s_drawn.Pins(s_drawn.Across(others[0])).Any(pin =>
            s_drawn.Parts[pin.Reference].Value is "SM6T36CA" or "SMC30J30CA" && s_drawn.Across(pin) == "GND"),
            $"{terminal} has no clamp behind {others[0].Reference}");
    }

    [Fact]
    public void A_surge_on_both_wires_of_a_line_finds_a_tube_from_ground_to_earth() =>
        Assert.Contains(s_drawn.Pins("GND"), pin => pin.Reference.StartsWith("GDT", StringComparison.Ordinal)
            && s_drawn.Across(pin) == "EARTH");

    [Fact]
    public void A_tube_of_a_wire_that_carries_24_V_has_a_varistor_behind_it()
    {
        // Behind a PTC on the wire is the supply; a line's 100 Ohm lets no arc burn on.
        string[] nets = [.. s_outside.Select(one => s_drawn.NetOf(one.Reference, one.Number)!).Where(net =>
            s_drawn.Pins(net).Any(pin => pin.Reference[0] == 'F'))];
        Assert.Equal(5, nets.Length);
        Assert.All(nets, net => Assert.Contains(s_drawn.Pins(net), pin => s_drawn.LeadsToEarth(pin)
            && s_drawn.Pins(s_drawn.Across(pin)).Any(other => other.Reference.StartsWith("RV", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("1", "+24V")]
    [InlineData("5", "+24S")]
    public void The_supply_comes_over_a_fuse_a_clamp_and_a_transistor_that_blocks_it_reversed(string terminal, string supply)
    {
        DrawnPin fuse = Assert.Single(s_drawn.Pins(s_drawn.NetOf("X1", terminal)!), pin => pin.Reference[0] != 'X');
        Assert.Equal('F', fuse.Reference[0]);
        IReadOnlyList<DrawnPin> behind = s_drawn.Pins(s_drawn.Across(fuse));
        Assert.Contains(behind, pin => s_drawn.Parts[pin.Reference].Value == "SM6T36A" && pin.Name == "K" && s_drawn.Across(pin) == "GND");

        // A p-channel one, whose gate at ground opens it only where the supply is the right way round; a zener holds what its gate bears.
        DrawnPin drain = Assert.Single(behind, pin => pin.Reference[0] == 'Q' && pin.Name == "D");
        Assert.Equal(supply, s_drawn.NetOfNamed(drain.Reference, "S"));
        IReadOnlyList<DrawnPin> gate = s_drawn.Pins(s_drawn.NetOfNamed(drain.Reference, "G")!);
        Assert.Contains(gate, pin => Netlist.IsResistor(pin.Reference) && s_drawn.Across(pin) == "GND");
        Assert.Contains(gate, pin => s_drawn.Parts[pin.Reference].Value == "12 V" && pin.Name == "A" && s_drawn.Across(pin) == supply);
    }

    [Fact]
    public void Every_part_of_a_named_maker_has_the_source_of_its_ratings()
    {
        string[] told = [.. File.ReadAllLines(Repository.Path("hardware", "PARTS.md"))
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..])];
        string[] used = [.. File.ReadAllLines(Full("exports/carrier.bom.csv")).Skip(1)
            .Select(line => line[1..^1].Split("\",\"")[3]).Where(part => s_makers.Any(maker =>
                part.StartsWith(maker + " ", StringComparison.Ordinal))).Distinct()];
        Assert.True(used.Length > 15, "the list of parts names few makers");
        Assert.All(used, part => Assert.True(told.Count(one => one == part) == 1, $"hardware/PARTS.md says nothing of {part}, or twice"));
        Assert.All(told, part => Assert.True(used.Contains(part), $"hardware/PARTS.md tells of {part}, which the carrier does not have"));
    }

    [Fact]
    public void The_clamp_of_every_input_stands_behind_its_limit()
    {
        Assert.All(s_used.Where(row => row.Direction is "analog in" or "digital in" && row.Terminal.StartsWith('X')), row =>
        {
            (string reference, string number, _) = Terminals(row.Terminal).First();
            string terminal = s_drawn.NetOf(reference, number)!;
            DrawnPart limit = s_drawn.Way(terminal, row.Signal)!.First(part => Element(part) == "Rlimit");
            string[] behind = [.. ((string[])["1", "2"]).Select(pin => s_drawn.NetOf(limit.Reference, pin)!).Where(net => net != terminal)];
            Assert.True(behind.SelectMany(s_drawn.Pins).Any(pin => s_drawn.Parts[pin.Reference].Value == "SM6T36CA"
                && s_drawn.Across(pin) == "GND"),
                $"{row.Signal} has no clamp behind {limit.Reference}");
        });
    }

    [Fact]
    public void Every_input_has_its_capacitor_and_its_diodes_before_the_pin()
    {
        // Without the capacitor the converter reads its own charge, and a line its noise.
        Assert.All(s_used.Where(row => row.Direction is "analog in" or "digital in" && row.Terminal.StartsWith('X')), row =>
        {
            (string reference, string number, _) = Terminals(row.Terminal).First();
            string terminal = s_drawn.NetOf(reference, number)!;
            DrawnPart pin = s_drawn.Way(terminal, row.Signal)!.Single(part => Element(part) == "Rpin");
            DrawnPin[] before = [.. ((string[])["1", "2"]).Select(number => s_drawn.NetOf(pin.Reference, number)!)
                .Where(net => net != row.Signal).SelectMany(s_drawn.Pins)];
            Assert.True(before.Any(part => Element(s_drawn.Parts[part.Reference]) == "Cfilter" && s_drawn.Across(part) == "GND"),
                $"{row.Signal} has no filter capacitor before {pin.Reference}");
            Assert.True(before.Any(part => s_drawn.Parts[part.Reference].Value == "BAV199"), $"{row.Signal} has no diodes");
        });
        Assert.All(s_used.Where(row => row.Signal is "reference" or "part-reference"), row =>
            Assert.True(s_drawn.Pins(row.Signal).Any(part => s_drawn.Parts[part.Reference].Value == "100n"
                && s_drawn.Across(part) == "GND"), $"{row.Signal} has no filter capacitor"));
    }

    [Fact]
    public void The_drawing_has_the_values_that_were_simulated()
    {
        DrawnPart[] parts = [.. s_drawn.Parts.Values.Where(part => part.Circuit.EndsWith(".inc", StringComparison.Ordinal)
            || part.Circuit.Contains(".inc ", StringComparison.Ordinal) || part.Circuit.Contains(".cir ", StringComparison.Ordinal))];
        Assert.True(parts.Length > 100, "the drawing names few parts of the circuits");
        Assert.All(parts, part =>
        {
            string[] words = part.Circuit.Split(' ');
            string circuit = File.ReadAllText(Repository.Path("hardware", "spice", words[0]));
            Assert.All(words.Skip(1), name => Assert.True(Same(part.Value, circuit, name, out string simulated),
                $"{part.Reference} is {part.Value} in the drawing; {name} is {simulated} in hardware/spice/{words[0]}"));
        });
    }

    [Fact]
    public void The_watchdog_feels_the_pin_and_resets_the_module_unless_the_service_jumper_is_in()
    {
        Assert.Equal("watchdog", Netlist.Short(s_drawn.NetOfNamed("U201", "WDI")!));
        Assert.Equal(s_drawn.NetOfNamed("U1", "EN"), s_drawn.NetOfNamed("U201", "WDO"));
        Assert.Contains(s_drawn.Pins(s_drawn.NetOfNamed("U201", "SET1")!), pin => pin.Reference == "J1");
    }

    [Theory]
    [InlineData("U3", 0x20, new[] { "A0", "A1", "A2" })]
    [InlineData("U4", 0x48, new[] { "ADDR" })]
    [InlineData("U6", 0x68, new string[0])]
    public void The_parts_of_the_board_s_file_are_on_its_bus_at_their_addresses(string reference, int lowest, string[] address)
    {
        // All pins of an address at ground make the part's lowest.
        Assert.Contains((byte)lowest, CarrierS3.Make().PartAddresses);
        Assert.Equal(["sda", "scl"], ((string[])["SDA", "SCL"]).Select(pin => Netlist.Short(s_drawn.NetOfNamed(reference, pin)!)));
        Assert.All(address, pin => Assert.Equal("GND", s_drawn.NetOfNamed(reference, pin)));
    }

    [Fact]
    public void The_watchdog_waits_longer_than_a_handshake_and_not_for_a_minute()
    {
        // TPS3431 with a capacitor: 77.4 s a microfarad, 9.5 % of the part and 5 % of the capacitor.
        DrawnPart capacitor = Assert.Single(s_drawn.Parts.Values, part => part.Circuit == "watchdog CWD");
        double seconds = Number(capacitor.Value.Split(' ')[0]) * 1e6 * 77.4;
        Assert.InRange(seconds * 0.905 * 0.95, 20, 30);
        Assert.InRange(seconds * 1.095 * 1.05, 20, 30);
    }

    private static PinRow Row(string signal) => s_used.Single(row => row.Signal == signal);

    private static string Element(DrawnPart part) => part.Circuit.Split(' ')[^1];

    private static string Full(string file) => Path.Combine(Repository.Root, Folder, file);

    private static string Sum(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    /// <summary>"X2.1/X2.2", "X5.1-X5.3" or one; anything else is no terminal.</summary>
    private static IEnumerable<(string Reference, string Number, bool First)> Terminals(string cell)
    {
        (string Reference, int Number)[] named = [.. TerminalName().Matches(cell).Select(match =>
            (match.Groups["part"].Value, int.Parse(match.Groups["pin"].Value, CultureInfo.InvariantCulture)))];
        if (cell.Contains('-', StringComparison.Ordinal) && named.Length == 2)
        {
            named = [.. Enumerable.Range(named[0].Number, named[1].Number - named[0].Number + 1).Select(n => (named[0].Reference, n))];
        }

        return named.Select((one, i) => (one.Reference, one.Number.ToString(CultureInfo.InvariantCulture), i == 0));
    }

    /// <summary>A name is an element, what an `alter` sets, or what a `foreach` goes through.</summary>
    private static bool Same(string value, string circuit, string name, out string simulated)
    {
        string[][] lines = [.. circuit.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        string[] found = [.. lines.Where(words => words.Length > 3 && words[0] == name).Select(words => words[3]),
            .. lines.Where(words => words.Length > 3 && words[0] == "alter" && words[1] == name).Select(words => words[3]),
            .. lines.Where(words => words.Length > 2 && words[0] == "foreach" && words[1] == name).SelectMany(words => words.Skip(2))];
        simulated = found.Length == 0 ? "nothing" : string.Join(" or ", found);
        return name[0] == 'D'
            ? found.Any(model => value.Contains(model.TrimStart('d'), StringComparison.OrdinalIgnoreCase))
            : found.Any(one => Math.Abs(Number(one) / Number(value.Split(' ')[0]) - 1) < 1e-9);
    }

    /// <summary>As ngspice writes numbers: 4.7k, 100n, 91000.</summary>
    private static double Number(string text)
    {
        Match match = SpiceNumber().Match(text);
        Assert.True(match.Success, $"{text} is no number of a part");
        double factor = match.Groups["unit"].Value switch
        {
            "k" => 1e3,
            "meg" or "M" => 1e6,
            "m" => 1e-3,
            "u" => 1e-6,
            "n" => 1e-9,
            "p" => 1e-12,
            _ => 1,
        };
        return double.Parse(match.Groups["digits"].Value, CultureInfo.InvariantCulture) * factor;
    }

    [GeneratedRegex(@"(?<part>[XJ]\d+)\.(?<pin>\d+)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex TerminalName();

    [GeneratedRegex("^(?<digits>[0-9.]+(e[0-9+-]+)?)(?<unit>k|meg|M|m|u|n|p)?$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex SpiceNumber();
}
