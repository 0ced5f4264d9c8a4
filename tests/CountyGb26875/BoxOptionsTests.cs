// Owns: the command line of the box simulator.
// Must never: start a box.

using Gateway.Tools.Boxes;

namespace Gateway.Tests.CountyGb26875;

public class BoxOptionsTests
{
    [Theory]
    [InlineData("127.0.0.1:5200", "letter", 889UL)]
    [InlineData("127.0.0.1:5200 digits", "digits", 889UL)]
    [InlineData("[::1]:5200 bare E90300000000", "bare", 1001UL)]
    public void What_is_written_is_played(string line, string habit, ulong address)
    {
        BoxOptions? options = BoxOptions.Of(line.Split(' '), out string problem);
        Assert.Equal("", problem);
        Assert.Equal((habit, address), (options!.Habit.Name, options.Address.Number));
    }

    [Theory]
    [InlineData("127.0.0.1", "ADDRESS:PORT: '127.0.0.1'")]
    [InlineData("county:5200", "ADDRESS:PORT: 'county:5200'")]
    [InlineData("127.0.0.1:5200 loud", "HABIT: 'loud'")]
    [InlineData("127.0.0.1:5200 letter 1001", "BOX-ADDRESS: '1001'")]
    [InlineData("127.0.0.1:5200 letter E903000000", "BOX-ADDRESS: 'E903000000'")]
    [InlineData("127.0.0.1:5200 letter E90300000000 x", "4 words")]
    public void What_cannot_be_is_refused_with_its_place_and_no_other_box_is_played(string line, string place)
    {
        Assert.Null(BoxOptions.Of(line.Split(' '), out string problem));
        Assert.StartsWith(place + "; allowed: ", problem, StringComparison.Ordinal);
    }
}
