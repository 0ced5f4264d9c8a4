// Owns: that the printed label of a box's front is as its generator writes it, and says what the box and its screen say.
// Must never: take the label's own words for true.

using System.Xml.Linq;
using Gateway.Core;
using Gateway.Pc.Run;
using Gateway.Pc.Screen;
using Gateway.Technician;
using Gateway.Technician.Explain;
using Gateway.Tests.Support;
using Gateway.Tests.Wire;
using Spectre.Console;
using Xunit;

namespace Gateway.Pc.Tests;

public sealed class FrontLabelTests
{
    [Fact]
    public void Committed_label_is_as_the_generator_writes_it_and_stays_on_its_page()
    {
        string made = FrontLabel.Make();
        Assert.Equal(File.ReadAllText(Repository.Path(FrontLabel.File.Split('/'))), made);
        XElement svg = XElement.Parse(made);
        double lowest = svg.Elements().Where(one => one.Name.LocalName == "text").Max(one => (double)one.Attribute("y")!);
        Assert.InRange(lowest, 200, 290);
        foreach (XElement text in svg.Elements().Where(one => one.Name.LocalName == "text"))
        {
            // A Chinese character is as wide as it is high, letters of a line are little more than half of that.
            double wide = text.Value.Sum(c => c > 0xFF ? 1 : 0.53) * (double)text.Attribute("font-size")!;
            Assert.True((double)text.Attribute("x")! + wide <= 206, text.Value);
        }
    }

    [Fact]
    public void Every_lamp_and_key_is_on_it_by_the_name_that_it_has()
    {
        Tongue tongue = new(chinese: true);
        Assert.Equal(
            Enumerable.Range((int)OutputRole.LampFire, OutputRole.LampBattery - OutputRole.LampFire + 1),
            FrontLabel.Lamps.Select(lamp => (int)lamp.Role).Order());
        Assert.All(FrontLabel.Lamps, lamp => Assert.StartsWith(lamp.Name, Words.OfRole(lamp.Role).Chinese, StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(0, Buttons.Count), FrontLabel.Keys.Select(key => (int)key.Key).Order());
        Assert.All(
            FrontLabel.Keys, key => Assert.StartsWith(key.Name, StationWords.KeyName(tongue, (int)key.Key), StringComparison.Ordinal));
    }

    /// <summary>What somebody reads on the label stands on the screen in that state too, every piece of every line.</summary>
    [Fact]
    public void Every_line_of_its_guidance_is_said_by_the_screen_in_that_state()
    {
        Dictionary<string, string> shown = new(StringComparer.Ordinal)
        {
            ["火警"] = Approved("fire"),
            ["燃气"] = Approved("gas"),
            ["已消音"] = Approved("silenced"),
            ["复位不了"] = Approved("reset-refused") + Played("press 2\nwait 5s\nreset\nwait 1s"),
            ["预警"] = Approved("pre-alarm"),
            ["故障"] = Approved("fault"),
            ["停电"] = Approved("mains-failure"),
            ["联系不上"] = Approved("offline-fire"),
            ["查岗"] = Approved("duty-check"),
            ["演练"] = Approved("drill"),
            ["平时"] = Approved("idle"),
        };
        Assert.Equal(shown.Keys, FrontLabel.Guidance.Select(one => one.State));
        foreach ((string state, string chinese, _) in FrontLabel.Guidance)
        {
            // A label knows no minutes, and says of two kinds what the screen says of the one.
            string[] pieces = chinese.Split(["限时", "；"], StringSplitOptions.RemoveEmptyEntries);
            Assert.All(pieces, piece => Assert.True(shown[state].Contains(piece, StringComparison.Ordinal), $"{state}: {piece}"));
        }
    }

    /// <summary>The English line below it says what the English screen says: a head, and then its very words.</summary>
    [Fact]
    public void Every_english_line_of_its_guidance_is_said_by_the_english_screen_in_that_state()
    {
        string[] states =
        [
            "fire", "gas", "silenced", "reset-refused", "pre-alarm", "fault", "mains-failure", "offline-fire", "duty-check",
            "drill", "idle",
        ];
        Assert.Equal(states.Length, FrontLabel.Guidance.Count);
        foreach ((string state, (_, _, string english)) in states.Zip(FrontLabel.Guidance))
        {
            string shown = ScreenStateTests.English(state);
            string said = english[(english.IndexOf(": ", StringComparison.Ordinal) + 2)..];
            string[] pieces = said.Split(" the time", StringSplitOptions.RemoveEmptyEntries);
            Assert.All(pieces, piece => Assert.True(shown.Contains(piece, StringComparison.Ordinal), $"{state}: {piece}\n{shown}"));
        }
    }

    private const string Settings = "station id=330701 county=yiwu township=fotang village=qiantang name=前塘村微型消防站\n"
        + "uplink host=127.0.0.1 user=st330701\nzone 1 kind=callpoint wiring=line input=a1 name=值班室报警按钮\n"
        + "zone 2 kind=smoke wiring=line input=a2 name=仓库感烟\nzone 3 kind=smoke wiring=line input=a3 name=仓库西感烟\n"
        + "button silence input=d1\nbutton reset input=d2\nbutton answer input=d3\n";

    private static string Approved(string screen) => File.ReadAllText(Repository.Path("tests", "Pc", "Screens", screen + "-150x44.txt"));

    private static string Played(string script)
    {
        using var rig = new Rig(Rig.Parse(Settings), county: true);
        rig.Play("wait until online\nwait 1s\n" + script);
        return string.Join('\n', ScreenView.Lines(Snapshot.Of(rig.Station, []), new Look(), 149, 44, ColorSystemSupport.NoColors));
    }
}
