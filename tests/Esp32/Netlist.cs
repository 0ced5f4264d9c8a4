// Owns: reading the carrier's netlist, as hardware/check.sh exported it.
// Must never: judge it; CarrierTests does.

using System.Xml.Linq;
using Gateway.Tests.Support;

namespace Gateway.Tests.Hardware;

/// <summary>One part of the drawing.</summary>
/// <param name="Circuit">File of hardware/spice and the names that the part has there, or empty.</param>
internal sealed record DrawnPart(string Reference, string Value, string Circuit);

/// <summary>A pin of a part.</summary>
/// <param name="Name">As the part's maker names it.</param>
internal sealed record DrawnPin(string Reference, string Number, string Name);

internal sealed class Netlist
{
    private readonly Dictionary<string, List<DrawnPin>> _pins = [];
    private readonly Dictionary<(string Reference, string Number), string> _net = [];

    private Netlist(XElement root)
    {
        foreach (XElement part in root.Element("components")!.Elements("comp"))
        {
            string circuit = part.Element("fields")?.Elements("field")
                .FirstOrDefault(field => field.Attribute("name")?.Value == "Circuit")?.Value ?? "";
            string reference = part.Attribute("ref")!.Value;
            Parts[reference] = new DrawnPart(reference, part.Element("value")!.Value, circuit);
        }

        foreach (XElement net in root.Element("nets")!.Elements("net"))
        {
            string name = net.Attribute("name")!.Value;
            _pins[name] = [.. net.Elements("node").Select(node =>
                new DrawnPin(node.Attribute("ref")!.Value, node.Attribute("pin")!.Value, node.Attribute("pinfunction")?.Value ?? ""))];
            foreach (DrawnPin pin in _pins[name])
            {
                _net[(pin.Reference, pin.Number)] = name;
            }
        }
    }

    public static Netlist Carrier { get; } =
        new(XDocument.Load(Repository.Path("hardware", "carrier", "exports", "carrier.net.xml")).Root!);

    public Dictionary<string, DrawnPart> Parts { get; } = [];

    public IReadOnlyList<DrawnPin> Pins(string net) => _pins.TryGetValue(net, out List<DrawnPin>? pins) ? pins : [];

    /// <summary>The net of a terminal or pin, or null.</summary>
    public string? NetOf(string reference, string number) => _net.GetValueOrDefault((reference, number));

    /// <summary>The net of a pin by its maker's name, or null.</summary>
    public string? NetOfNamed(string reference, string name) =>
        _pins.FirstOrDefault(net => net.Value.Any(pin => pin.Reference == reference && pin.Name == name)).Key;

    /// <summary>Of a part with two pins, the net at its other one.</summary>
    public string Across(DrawnPin pin) => _net[(pin.Reference, pin.Number == "1" ? "2" : "1")];

    /// <summary>Whether the pin is a gas tube's whose other side is at earth, over a varistor or not.</summary>
    public bool LeadsToEarth(DrawnPin pin)
    {
        if (!pin.Reference.StartsWith("GDT", StringComparison.Ordinal))
        {
            return false;
        }

        string net = Across(pin);
        return net == "EARTH"
            || Pins(net).Any(other => other.Reference.StartsWith("RV", StringComparison.Ordinal) && Across(other) == "EARTH");
    }

    /// <summary>Varistors begin with an R too.</summary>
    public static bool IsResistor(string reference) => reference[0] == 'R' && char.IsAsciiDigit(reference[1]);

    /// <summary>A net's name without the sheet that it is on.</summary>
    public static string Short(string net) => net[(net.LastIndexOf('/') + 1)..];

    /// <summary>
    /// The resistors on the shortest way from one net to another through resistors, fuses and contacts at rest, not over a supply; null =
    /// none.
    /// </summary>
    public IReadOnlyList<DrawnPart>? Way(string from, string to)
    {
        Queue<(string Net, List<DrawnPart> Over)> open = new([(from, [])]);
        HashSet<string> seen = [from, "GND", "+3V3", "+24V", "+24S", "EARTH"];
        while (open.TryDequeue(out (string Net, List<DrawnPart> Over) at))
        {
            if (at.Net == to)
            {
                return at.Over;
            }

            foreach (DrawnPin pin in Pins(at.Net))
            {
                foreach ((string net, bool resistor) in Beyond(pin).Where(one => seen.Add(one.Net)))
                {
                    open.Enqueue((net, resistor ? [.. at.Over, Parts[pin.Reference]] : at.Over));
                }
            }
        }

        return null;
    }

    private IEnumerable<(string Net, bool Resistor)> Beyond(DrawnPin pin)
    {
        bool resistor = IsResistor(pin.Reference);
        if (!resistor && pin.Reference[0] is not ('K' or 'F'))
        {
            return [];
        }

        string[] others = pin.Reference[0] != 'K' ? ["1", "2"] : pin.Number switch
        {
            "4" => ["3"],
            "3" => ["4"],
            "9" => ["10"],
            "10" => ["9"],
            _ => [],
        };
        return others.Where(number => number != pin.Number).Select(number => (_net[(pin.Reference, number)], resistor));
    }
}
