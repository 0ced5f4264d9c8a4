// Owns: when the gateway tells its names, and that they are those of its settings.
// Must never: go through a county of our own; each message is written here.

using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

public sealed class NamesTellerTests
{
    private const string Text = "station id=1 county=c township=t village=v name=s\nuplink host=127.0.0.1 user=u heartbeatS=600\n";

    [Fact]
    public void Asked_it_tells_every_zone_and_output_of_its_settings()
    {
        Core.Settings settings = Named("厨房", "大门");
        ScriptedCounty county = new ScriptedCounty(inForce: settings).Online();
        Assert.Equal((uint)HelloAbility.Names, county.Hello.Abilities);
        county.Answers = true;
        county.Run(2_000);
        Assert.Empty(county.Names);

        county.Say(Ask(county, settings.TextCrc + 1));
        county.Run(1_000);
        Assert.Empty(county.Names);

        county.Say(Ask(county, settings.TextCrc));
        county.Run(1_000);
        Assert.Equal(
            settings.OutputOf.Where(output => output >= 0).Select(output => (PlaceSort.Output, output + 1, "")).Order()
                .Prepend((PlaceSort.Zone, 2, "大门")).Prepend((PlaceSort.Zone, 1, "厨房")),
            Told(county).OrderBy(place => place.Sort).ThenBy(place => place.Number));

        // Not twice in a minute, and again after it.
        int parts = county.Names.Count;
        county.Say(Ask(county, settings.TextCrc));
        county.Run(1_000);
        Assert.Equal(parts, county.Names.Count);
        county.Run(Limits.NamesAgainMs);
        county.Say(Ask(county, settings.TextCrc));
        county.Run(1_000);
        Assert.Equal(2 * parts, county.Names.Count);
    }

    [Fact]
    public void The_longest_names_of_the_largest_station_are_told_in_parts()
    {
        string longest = new('火', Limits.NameBytesMax / 3);
        Core.Settings settings = Named([.. Enumerable.Repeat(longest, Math.Min(Limits.ZonesMax, SceneBoard.Shape().DigitalInputs))]);
        ScriptedCounty county = new ScriptedCounty(inForce: settings).Online();
        county.Answers = true;
        county.Run(2_000);
        county.Say(Ask(county, settings.TextCrc));
        county.Run(2_000);
        Assert.Equal(settings.ZoneCount, Told(county).Count(place => place is { Sort: PlaceSort.Zone } && place.Name == longest));
        NamesPart part = new();
        for (int i = 0; i < county.Names.Count; i++)
        {
            Assert.Equal(DecodeResult.Ok, part.Decode(county.Names[i], county.Names[i].Length));
            Assert.Equal((i + 1, i == county.Names.Count - 1), (part.Part, part.Last));
        }
    }

    [Fact]
    public void Records_that_wait_go_before_names()
    {
        Core.Settings settings = Named("厨房");
        ScriptedCounty county = new ScriptedCounty(inForce: settings).Online();
        county.Fire();
        county.Run(1_000);

        // Nothing is answered: what was sent waits, and so do the names.
        county.Say(Ask(county, settings.TextCrc));
        county.Run(3_000);
        Assert.Contains((LinkLeaf)Lane.Fire, county.Leaves);
        Assert.Empty(county.Names);
    }

    [Fact]
    public void A_board_that_keeps_no_names_does_not_say_that_it_can()
    {
        ScriptedCounty county = new ScriptedCounty().Online();
        Assert.Equal(0u, county.Hello.Abilities);
        county.Answers = true;
        county.Run(2_000);
        county.Say(Ask(county, county.Loop.Settings.TextCrc));
        county.Run(1_000);
        Assert.Empty(county.Names);
        Assert.Empty(county.Told);
    }

    private static byte[] Ask(ScriptedCounty county, uint crc) =>
        county.Made(MessageType.Ask, county.Counter += 1000, into => AskNames.Encode(into, crc));

    private static Core.Settings Named(params string[] names)
    {
        BoardShape shape = SceneBoard.Shape();
        shape.ShowsNames = true;
        string zones = string.Concat(names.Select((name, i) => $"zone {i + 1} input=d{i + 1} kind=callpoint wiring=no unsupervised=yes "
            + $"name={name}\n"));
        byte[] text = Encoding.UTF8.GetBytes(Text + zones);
        SettingsErrors errors = new();
        return SettingsParser.Parse(text, text.Length, shape, errors)
            ?? throw new InvalidOperationException($"{errors.Total} errors in the settings of this test");
    }

    private static List<(int Sort, int Number, string Name)> Told(ScriptedCounty county)
    {
        List<(int, int, string)> told = [];
        PlaceEntry place = new();
        foreach (byte[] message in county.Names)
        {
            int end = message.Length - Mac.SignatureBytes;
            for (int at = NamesPart.PlacesAt; place.Decode(message, at, end) == DecodeResult.Ok; at = place.NameAt + place.NameBytes)
            {
                told.Add((place.Sort, place.Number, Encoding.UTF8.GetString(message, place.NameAt, place.NameBytes)));
            }
        }

        return told;
    }
}
