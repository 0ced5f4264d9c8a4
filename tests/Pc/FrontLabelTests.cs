// Owns: that the printed label of a box's front is as its generator writes it, and says what the box and its screen say.
// Must never: take the label's own words for true.

using System.Xml.Linq;
using Gateway.Core;
using Gateway.Technician;
using Gateway.Technician.Explain;
using Gateway.Tests.Support;
using Gateway.Tests.Wire;
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

    /// <summary>What somebody read on the label stands on the screen in that state too.</summary>
    [Theory]
    [InlineData("火警", "fire")]
    [InlineData("燃气", "gas")]
    [InlineData("已消音", "silenced")]
    [InlineData("故障", "fault")]
    [InlineData("停电", "mains-failure")]
    [InlineData("联系不上", "offline-fire")]
    [InlineData("演练", "drill")]
    [InlineData("平时", "idle")]
    public void Guidance_is_that_of_the_screen(string state, string screen)
    {
        string shown = File.ReadAllText(Repository.Path("tests", "Pc", "Screens", screen + "-150x44.txt"));
        string sentence = Assert.Single(FrontLabel.Guidance, one => one.State == state).Chinese;
        Assert.Contains(sentence, shown, StringComparison.Ordinal);
    }
}
