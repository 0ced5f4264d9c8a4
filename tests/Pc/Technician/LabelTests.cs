// Owns: what is on the sheet for a box's door, and what is not.
// Must never: let a secret onto it.

using Gateway.Technician.Label;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Technician.Tests;

public sealed class LabelTests
{
    [Fact]
    public void Sheet_has_zones_terminals_colours_and_code_and_no_secret()
    {
        using var folder = new TempFolder();
        string st = Path.Combine(folder.Path, "st");
        string template = folder.Write("t", """
            zone 1 kind=callpoint wiring=line input=a1 name="<值班室> & 按钮"
            zone 2 kind=tamper wiring=nc input=d6 name=箱门
            button answer input=d3

            """);
        Assert.Equal(0, Told.New(st, "--name", "前塘村", "--host", "10.1.2.3", "--template", template).Code);
        Told told = Told.Of("label", st, "--phone", "0579-1234567", "--lang", "zh");
        Assert.Equal((0, ""), (told.Code, told.Errors));
        string page = File.ReadAllText(Path.Combine(st, "label.html"));
        foreach (string part in (string[])[
            "330701 号站 前塘村", "330726101003", "0579-1234567", "&lt;值班室&gt; &amp; 按钮", "a1 X2.1/2", "末端 4.7 kΩ", "d6 X3.7 + X3.6",
            "d3 X3.3 + X3.6", "声警报器", "输出 1 X4.1/2", "红＋ 蓝－", "119", "<svg"])
        {
            Assert.Contains(part, page, StringComparison.Ordinal);
        }

        string[] key = File.ReadAllLines(Path.Combine(st, "station.key"));
        foreach (string secret in (string[])[key[0][4..], key[1][9..], "st330701", "10.1.2.3"])
        {
            Assert.DoesNotContain(secret, page, StringComparison.Ordinal);
        }

        // It is made anew when the settings change.
        Assert.Equal(0, Told.Of("label", Path.Combine(st, "station.conf"), "--lang", "en").Code);
        Assert.Contains("Station 330701", File.ReadAllText(Path.Combine(st, "label.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Code_names_the_box_and_its_settings_and_nothing_else()
    {
        StationText text = StationText.Of("", File.ReadAllText(Repository.Path("tests", "Pc", "Technician", "Texts", "small.txt")));
        Gateway.Core.Settings settings = text.Settings!;
        Assert.Equal(
            $"站号 330701 {settings.Name} {settings.County}/{settings.Township}/{settings.Village} 配置 {settings.TextCrc:X8}",
            LabelSheet.Code(settings));
    }
}
