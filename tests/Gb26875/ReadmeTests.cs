// Owns: that the code of the library's README compiles and does what it says.
// Must never: compare anything but the very text.

using Gateway.Gb26875;
using Gateway.Tests.Support;

namespace Gateway.Tests.Frames;

public class ReadmeTests
{
    [Fact]
    public void The_code_of_the_README_is_the_code_that_is_compiled_here()
    {
        string readme = File.ReadAllText(Repository.Path("shared", "Gb26875", "README.md"));
        string source = File.ReadAllText(Repository.Path("tests", "Gb26875", "Connection.cs"));
        string code = readme.Split("```csharp\n")[1].Split("```")[0];
        Assert.EndsWith("\n\n" + code, source, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_connection_confirms_a_fire_and_denies_a_wrong_sum()
    {
        Connection connection = new();
        List<string> sent = [];
        byte[] fire = VectorCase.Of("A1").Bytes;
        byte[] wrong = [.. fire];
        wrong[^3]++;
        FrameTime now = VectorFrame("A1ack").Time;
        foreach (byte one in (byte[])[0x40, .. fire, .. wrong, .. StreamTests.Padding])
        {
            connection.Take([one], now, (bytes, length) => sent.Add(Convert.ToHexString(bytes, 0, length)));
        }

        Assert.Equal([Hex("A1ack"), Hex("A1nak")], sent);
    }

    private static string Hex(string id) => Convert.ToHexString(VectorCase.Of(id).Bytes);

    private static FrameHead VectorFrame(string id)
    {
        FrameReader reader = new();
        reader.Add(VectorCase.Of(id).Bytes);
        Assert.Equal(ReadOutcome.Frame, reader.Read(out Frame frame));
        return FrameHead.Of(frame);
    }
}
