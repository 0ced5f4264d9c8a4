// Owns: that a frame in words says every field and what is wrong where, and that JSON leads back to the same bytes.
// Must never: compare with words that the code itself made.

using System.Text.Json;
using Gateway.County.Gb26875;
using Gateway.Gb26875;
using Gateway.Tests.Support;

namespace Gateway.Tests.CountyGb26875;

public class FrameReportTests
{
    private const string Duty =
        "40 40 01 00 01 01 20 3A 09 1A 09 0C 38 5B 01 00 00 00 79 03 00 00 00 00 03 00 01 5B 01 0A 0F 23 23";

    public static TheoryData<string, string, string> Vectors()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Repository.Path("shared", "Gb26875", "vectors", "frames.json")));
        TheoryData<string, string, string> all = [];
        foreach (JsonElement one in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            if (one.GetProperty("kind").GetString() == "frame")
            {
                all.Add(one.GetProperty("id").GetString()!, one.GetProperty("hex").GetString()!, one.GetProperty("result").GetString()!);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Every_labelled_frame_is_told_and_is_good_when_its_label_says_so(string id, string hex, string result)
    {
        (bool good, string text) = Report(hex);
        Assert.True(good == (result == "Frame"), $"{id}: {text}");
        Assert.Equal(result != "Frame", text.Contains("错误 wrong", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Every_good_labelled_frame_comes_back_from_its_JSON(string id, string hex, string result)
    {
        if (result != "Frame")
        {
            return;
        }

        byte[] bytes = Bytes(hex);
        FrameReader reader = new();
        reader.Add(bytes);
        Assert.Equal(ReadOutcome.Frame, reader.Read(out Frame frame));
        Assert.True(FrameJson.IsReadable(frame), id);
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(FrameJson.Read(FrameJson.Write(frame))));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("BE 01 00", true)]
    [InlineData("16", true)]
    [InlineData("15 01 08", true)]
    [InlineData("C8 01 09 09", false)]
    [InlineData("02 01 01", false)]
    [InlineData("5B 01 0A 0B", false)]
    [InlineData("05 02 01 01 01 02 01 02 03 04", true)]
    [InlineData("1A 01 03 41 00 42", true)]
    [InlineData("1A 01 02 FF FF", true)]
    public void Every_unit_comes_back_from_its_JSON_read_or_not(string hex, bool readable)
    {
        byte[] unit = Bytes(hex);
        byte[] bytes = new byte[FrameLayout.OverheadBytes + unit.Length];
        FrameWriter.Write(bytes, new FrameHead { MainVersion = 1, Command = FrameCommand.Send }, unit);
        FrameReader reader = new();
        reader.Add(bytes);
        Assert.Equal(ReadOutcome.Frame, reader.Read(out Frame frame));
        Assert.Equal(readable, FrameJson.IsReadable(frame));
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(FrameJson.Read(FrameJson.Write(frame))));
    }

    [Fact]
    public void Every_field_of_a_duty_check_is_told_with_its_place()
    {
        (bool good, string text) = Report(Duty);
        Assert.True(good, text);
        foreach (string line in (string[])
            [
                "@2\t业务流水号 sequence\t01 00\t1", "@4\t版本 version\t01 01\t1.1",
                "@6\t时间标签 time of sending\t20 3A 09 1A 09 0C\t2012-09-26 09:58:32 北京时间 Beijing time",
                "@12\t源地址 source\t38 5B 01 00 00 00\t385B01000000 (88888)",
                "@18\t目的地址 destination\t79 03 00 00 00 00\t790300000000 (889)", "@24\t长度 length L\t03 00\t3",
                "@26\t命令 command\t01\t1 控制 Control", "@27\t类型 type\t5B\t91 查岗命令 DutyCheck", "@28\t对象数 objects\t01\t1",
                "@29\t应答时限 minutes to answer\t0A\t10 分钟 min", "@30\t校验和 sum\t0F\t正确 right",
            ])
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "@0", "40 40")]
    [InlineData("40 40 01", "@0", "cut after 3 bytes")]
    [InlineData("00 11 " + Duty, "@0", "2 字节不属于任何帧")]
    [InlineData(Duty + " 55", "@33", "1 字节不属于任何帧")]
    [InlineData("40 40 01 00 01 01 20 3A 09 1A 09 0C 38 5B 01 00 00 00 79 03 00 00 00 00 03 00 01 5B 01 0A 10 23 23", "@30", "allowed: 0F")]
    [InlineData(
        "40 40 01 00 01 01 20 3A 09 1A 09 0C 38 5B 01 00 00 00 79 03 00 00 00 00 03 00 01 5B 01 0A 0F 23 24",
        "@31", "allowed: 23 23")]
    [InlineData(
        "40 40 01 00 01 01 20 3A 09 1A 09 0C 38 5B 01 00 00 00 79 03 00 00 00 00 03 10 01 5B 01 0A 0F 23 23",
        "@24", "4099; allowed: 0..1024")]
    public void What_is_wrong_is_told_with_its_place(string hex, string place, string what)
    {
        (bool good, string text) = Report(hex);
        Assert.False(good);
        Assert.Contains(text.Split('\n'), line =>
            line.StartsWith(place + "\t错误 wrong", StringComparison.Ordinal) && line.Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public void A_good_frame_behind_a_start_that_comes_to_no_end_is_told()
    {
        string head = Duty[..(24 * 3)] + "E8 03 02";
        (bool good, string text) = Report($"{head} {Duty} {Duty} {head}");
        Assert.False(good);
        foreach (string line in (string[])["@0\t错误 wrong", "@27\t帧 frame", "@60\t帧 frame", "@93\t错误 wrong"])
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("不属于任何帧", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "no JSON")]
    [InlineData("[]", "json: no object")]
    [InlineData("{\"head\":{}}", "command: missing; allowed: 0..255")]
    [InlineData("{\"head\":{\"command\":300}}", "command: 300; allowed: 0..255")]
    [InlineData("{\"head\":{\"command\":2,\"source\":\"12\"}}", "source: \"12\"; allowed: twelve")]
    [InlineData("{\"head\":{\"command\":2},\"unit\":{\"type\":9,\"objects\":[]}}", "type: 9; allowed: 1, 2, 3")]
    [InlineData("{\"head\":{\"command\":2},\"unit\":{\"type\":91,\"objects\":[{\"minutes\":1},{\"minutes\":2}]}}", "more than 1")]
    [InlineData(
        "{\"head\":{\"command\":2},\"unit\":{\"type\":91,\"objects\":[{\"time\":\"2026-01-01 00:00:00\"}]}}",
        "'time'; allowed: minutes")]
    [InlineData("{\"head\":{\"command\":2,\"time\":\"yesterday\"}}", "time: \"yesterday\"; allowed: yyyy")]
    [InlineData("{\"head\":{\"command\":2,\"time\":\"\\ud800\"}}", "half a surrogate")]
    [InlineData("{\"head\":{\"command\":2,\"\\ud800\":1}}", "half a surrogate")]
    [InlineData("{\"head\":{\"command\":2},\"unit\":{\"type\":26,\"objects\":[{\"text\":\"\\ud800\"}]}}", "half a surrogate")]
    [InlineData("{\"head\":{\"command\":2},\"head\":{\"command\":3}}", "'head' a second time")]
    [InlineData("{\"head\":{\"command\":2},\"unitHex\":\"1\"}", "unitHex: \"1\"; allowed: pairs")]
    [InlineData("{\"head\":{\"command\":2},\"unit\":{\"type\":88,\"objects\":[]},\"unitHex\":\"10\"}", "unit, unitHex: both")]
    [InlineData(
        "{\"head\":{\"command\":2},\"unit\":{\"type\":2,\"objects\":[{\"text\":\"东村口东村口东村口东村口东村口东\"}]}}",
        "allowed: 31 bytes in GB 18030, and it has 32")]
    public void Wrong_JSON_is_told_with_place_value_and_what_is_allowed(string json, string says) =>
        Assert.Contains(says, Assert.Throws<FrameJsonException>(() => FrameJson.Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Random_bytes_are_told_without_an_exception()
    {
        Random random = new(26875);
        byte[] frame = Bytes(Duty);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = i % 2 == 0 ? new byte[random.Next(80)] : [.. frame];
            if (i % 2 == 0)
            {
                random.NextBytes(bytes);
                bytes.AsSpan(0, Math.Min(2, bytes.Length)).Fill(FrameLayout.StartByte);
            }
            else
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                bytes[^3] = FrameLayout.Sum(bytes.AsSpan(2, bytes.Length - 5));
            }

            new FrameReport((_, _, _, _) => { }).Write(bytes);
        }
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static (bool Good, string Text) Report(string hex)
    {
        using StringWriter text = new();
        FrameReport report = new((place, name, bytes, meaning) => text.WriteLine($"{place}\t{name}\t{bytes}\t{meaning}"));
        bool good = report.Write(Bytes(hex));
        return (good, text.ToString());
    }
}
