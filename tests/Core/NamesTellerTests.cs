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
        ScriptedCounty county = new ScriptedCounty(text: Named("厨房", "大门")).Online();
        Core.Settings settings = county.Loop.Settings;
        Assert.Null(settings.ZoneName);
        Assert.Equal(HelloAbility.Names, county.Hello.Abilities);
        county.Answers = true;
        county.Run(2_000);
        Assert.Empty(county.Names);

        county.Say(Ask(county, settings.TextCrc + 1));
        county.Run(1_000);
        Assert.Empty(county.Names);

        county.Say(Ask(county, settings.TextCrc));
        county.Run(3_000);
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
        county.Run(3_000);
        Assert.Equal(2 * parts, county.Names.Count);
    }

    [Fact]
    public void The_longest_names_of_the_largest_station_are_told_in_parts()
    {
        string longest = new('火', Limits.NameBytesMax / 3);
        ScriptedCounty county = new ScriptedCounty(
            text: Named([.. Enumerable.Repeat(longest, Math.Min(Limits.ZonesMax, SceneBoard.Shape().DigitalInputs))])).Online();
        Core.Settings settings = county.Loop.Settings;
        county.Answers = true;
        county.Run(2_000);
        county.Say(Ask(county, settings.TextCrc));
        county.Run(10_000);
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
        ScriptedCounty county = new ScriptedCounty(text: Named("厨房")).Online();
        county.Fire();
        county.Run(1_000);

        // Nothing is answered: what was sent waits, and so do the names.
        county.Say(Ask(county, county.Loop.Settings.TextCrc));
        county.Run(3_000);
        Assert.Contains((LinkLeaf)Lane.Fire, county.Leaves);
        Assert.Empty(county.Names);
    }

    /// <summary>What the grammar lets a person write, byte for byte; a reader of its own would soon read another language.</summary>
    [Fact]
    public void Names_are_read_as_the_parser_reads_them()
    {
        byte[] text =
        [
            .. Encoding.UTF8.GetPreamble(),
            .. Encoding.UTF8.GetBytes(
                Text.Replace("\n", "\r\n", StringComparison.Ordinal)
                + "# zone 9 name=注释\r\n\r\n   \t\r\n"
                + "zone 2 kind=smoke wiring=line input=a1 name=\"一楼 # 东 zone=3\" # name=not\r\n"
                + "\tzone input=a2 wiring=line 1 kind=smoke   name=后门#name=x\r\n"
                + $"zone 03 name=\"{new string('火', Limits.NameBytesMax / 3)}\" {new string(' ', 300)}kind=callpoint wiring=no input=d1 "
                + $"unsupervised=yes debounce=2/3 #{new string('长', 200)}\n"
                + "output relay1 pin=2 name=\"泵房 广播\"\noutput siren name=x=y pin=1\noutput buzzer pin=3\n"
                + "group 1 zones=1,2 need=2\n"
                + "zone 4 kind=callpoint wiring=no input=d2 unsupervised=yes name=末"),
        ];
        BoardShape screen = SceneBoard.Shape();
        screen.ShowsNames = true;
        Core.Settings read = SettingsParser.Parse(text, text.Length, screen, new SettingsErrors());
        ScriptedCounty county = new ScriptedCounty(text: text).Online();
        county.Answers = true;
        county.Run(2_000);
        county.Say(Ask(county, read.TextCrc));
        county.Run(5_000);
        List<(PlaceSort Sort, int Number, string Name)> told = Told(county);
        Assert.Equal(
            [
                .. Enumerable.Range(0, read.ZoneCount).Select(i => (PlaceSort.Zone, (int)read.ZoneNumber[i], read.ZoneName[i])),
                .. Enumerable.Range(0, OutputRoles.Count).Where(role => read.OutputOf[role] >= 0)
                    .Select(role => (PlaceSort.Output, read.OutputOf[role] + 1, read.OutputName[role])).Order(),
            ],
            told.OrderBy(place => place.Sort).ThenBy(place => place.Sort == PlaceSort.Zone ? read.IndexOf(place.Number) : place.Number));
        Assert.Equal(
            ["x=y", "泵房 广播", ""],
            told.Where(place => place.Sort == PlaceSort.Output).OrderBy(place => place.Number).Select(place => place.Name));
    }

    /// <summary>A technician brings other names amid a fire: the fire stays, and the table is that of the text in force.</summary>
    [Fact]
    public void Names_that_change_while_a_fire_is_latched_leave_it_latched_and_are_told()
    {
        TrialScene scene = new(new Device.MemoryFlash());
        byte[] before = TrialScene.Text("good", "1 2");
        byte[] after = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(before).Replace("name=z", "name=新", StringComparison.Ordinal));
        scene.Start(before);
        scene.Pass(5_000);
        uint old = scene.Loop.Settings.TextCrc;
        scene.Board.Set(scene.Loop.Settings.ZoneInput[1], SceneWires.Level(scene.Loop.Settings.ZoneWiring[1], "on"));
        scene.Pass(2_000);
        ZoneSet latched = scene.Loop.Panel.Latched;
        Assert.NotEqual(ZoneSet.None, latched);

        scene.Start(after);
        scene.Pass(2_000);
        Assert.Equal(latched, scene.Loop.Panel.Latched);
        Assert.NotEqual(old, scene.Loop.Settings.TextCrc);
        scene.County.NamesOf = old;
        scene.Pass(3_000);
        Assert.Equal(0, scene.County.Places);
        scene.County.NamesOf = scene.Loop.Settings.TextCrc;
        scene.Pass(5_000);
        Assert.Equal(2 + scene.Loop.Settings.OutputOf.Count(output => output >= 0), scene.County.Places);
        Assert.Equal(latched, scene.Loop.Panel.Latched);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(-3)]
    public void A_table_of_a_damaged_text_is_never_called_whole(int at)
    {
        byte[] text = Named([.. Enumerable.Range(0, 20).Select(i => $"{i} 号房间的很长的名字")]);
        ScriptedCounty county = new ScriptedCounty(text: text).Online();
        county.Answers = true;
        county.Run(2_000);
        county.Flash.Damage(FlashArea.Settings, 1, at < 0 ? text.Length + at : at);
        county.Say(Ask(county, county.Loop.Settings.TextCrc));
        county.Run(10_000);
        NamesPart part = new();
        Assert.All(county.Names, message =>
        {
            Assert.Equal(DecodeResult.Ok, part.Decode(message, message.Length));
            Assert.False(part.Last);
        });
    }

    [Fact]
    public void Settings_that_are_not_in_flash_have_no_table_and_the_hello_says_so()
    {
        ScriptedCounty county = new ScriptedCounty().Online();
        Assert.Equal(HelloAbility.None, county.Hello.Abilities);
        county.Answers = true;
        county.Run(2_000);
        county.Say(Ask(county, county.Loop.Settings.TextCrc));
        county.Run(1_000);
        Assert.Empty(county.Names);
        Assert.Empty(county.Told);
    }

    private static byte[] Ask(ScriptedCounty county, uint crc) =>
        county.Made(MessageType.Ask, county.Counter += 1000, into => AskNames.Encode(into, crc));

    private static byte[] Named(params string[] names)
    {
        string zones = string.Concat(names.Select((name, i) => $"zone {i + 1} input=d{i + 1} kind=callpoint wiring=no unsupervised=yes "
            + $"name=\"{name}\"\n"));
        return Encoding.UTF8.GetBytes(Text + zones);
    }

    private static List<(PlaceSort Sort, int Number, string Name)> Told(ScriptedCounty county)
    {
        List<(PlaceSort, int, string)> told = [];
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
