// Owns: which names are refused because they mislead who reads a list, and what such a text becomes where it comes from a box.
// Must never: refuse a name that a village can have.

using Gateway.County.Server;

namespace Gateway.County.Tests;

public sealed class NameTests
{
    [Theory]
    [InlineData("金塘村\u202e站", "a bidirectional control U+202E")]
    [InlineData("金塘村\u2066站", "a bidirectional control U+2066")]
    [InlineData("金塘村\u200f站", "a bidirectional control U+200F")]
    [InlineData("金塘村\u061c站", "a bidirectional control U+061C")]
    [InlineData("金塘村\u2028站", "a separator U+2028")]
    [InlineData("金塘村\u2029站", "a separator U+2029")]
    [InlineData("金塘村\u00a0站", "an unusual space U+00A0")]
    [InlineData("金塘村\u200b站", "a character that is not seen U+200B")]
    [InlineData("金塘村\ufeff站", "a character that is not seen U+FEFF")]
    [InlineData("金塘村\U000E0041站", "a character that is not seen U+E0041")]
    [InlineData("金塘村\t站", "a control character U+0009")]
    [InlineData("金塘村\u001b[2J", "a control character U+001B")]
    [InlineData("金塘村\u009b2J", "a control character U+009B")]
    public void Name_with_what_is_not_seen_is_refused_and_named(string name, string says)
    {
        string problem = Named(name).Problem()!;
        Assert.Contains(says, problem, StringComparison.Ordinal);
        Assert.Contains("; allowed: 1..", problem, StringComparison.Ordinal);
        Assert.Null(PlainText.FirstBad(problem));
        PeerRegistration box = new()
        {
            Station = 8, Address = 1, County = "1", Township = "2", Village = "3", Name = name, Sources = "any", Epoch = 1,
        };
        Assert.Contains(says, box.Problem()!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("金塘村 微型消防站")]
    [InlineData("金塘村　二组")]
    [InlineData("𠮷家村")]
    [InlineData("བོད་གྲོང")]
    [InlineData("مەھەللە")]
    public void Name_of_a_village_is_taken(string name) => Assert.Null(Named(name).Problem());

    private static StationRegistration Named(string name) => new()
    {
        Station = 7, County = "1", Township = "2", Village = "3", Name = name, Key = StationKey.Create(),
    };

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")")]
    [InlineData("+1", "'+1")]
    [InlineData("-1+1|cmd", "'-1+1|cmd")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("＝1", "'＝1")]
    [InlineData("\t=1", "\uFFFD=1")]
    [InlineData("\r=1", "\uFFFD=1")]
    [InlineData("a\tb\nc", "a\uFFFDb\uFFFDc")]
    [InlineData("仓\u202e库", "仓\uFFFD库")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("12=3", "12=3")]
    [InlineData("", "")]
    public void Cell_for_a_spreadsheet_is_one_cell_and_no_formula(string text, string cell) => Assert.Equal(cell, ReportTable.Cell(text));
}
