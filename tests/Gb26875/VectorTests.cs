// Owns: that reader and writer agree with the labelled frames, byte for byte.
// Must never: leave out a case.

using System.Text.Json;
using Gateway.Gb26875;

namespace Gateway.Tests.Frames;

public class VectorTests
{
    public static TheoryData<string> Frames => VectorCase.Ids(one => one.Result == "Frame");

    public static TheoryData<string> Units => VectorCase.Ids(one => one.Unit.ValueKind == JsonValueKind.Object);

    public static TheoryData<string> Streams => VectorCase.Ids(one => one.IsFrame);

    [Theory]
    [MemberData(nameof(Streams))]
    public void A_stream_gives_the_result_that_its_label_says(string id)
    {
        VectorCase one = VectorCase.Of(id);
        FrameReader reader = new();
        Assert.Equal(one.Bytes.Length, reader.Add(one.Bytes));
        Assert.Equal(one.Result, reader.Read(out _).ToString());
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_head_decodes_and_the_frame_is_written_with_the_same_bytes(string id)
    {
        VectorCase one = VectorCase.Of(id);
        FrameReader reader = new();
        reader.Add(one.Bytes);
        Assert.Equal(ReadOutcome.Frame, reader.Read(out Frame frame));
        Assert.Equal(one.Head.GetProperty("sequence").GetInt32(), frame.Sequence);
        Assert.Equal(one.Head.GetProperty("mainVersion").GetInt32(), frame.MainVersion);
        Assert.Equal(one.Head.GetProperty("userVersion").GetInt32(), frame.UserVersion);
        Assert.Equal(one.Head.GetProperty("time").GetString(), frame.Time.ToString());
        Assert.Equal(one.Head.GetProperty("source").GetString(), frame.Source.ToHex());
        Assert.Equal(one.Head.GetProperty("destination").GetString(), frame.Destination.ToHex());
        Assert.Equal(one.Head.GetProperty("command").GetInt32(), (int)frame.Command);

        byte[] written = new byte[FrameLayout.FrameBytesMax];
        int length = FrameWriter.Write(written, FrameHead.Of(frame), Rewrite(frame.Unit));
        Assert.Equal(Convert.ToHexString(one.Bytes), Convert.ToHexString(written, 0, length));
        Assert.Equal(0, reader.Waiting);
        Assert.Equal(0, reader.RubbishBytes);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void A_unit_decodes_to_its_labelled_fields_and_back(string id)
    {
        VectorCase one = VectorCase.Of(id);
        ReadOnlySpan<byte> unit = one.IsFrame ? one.Bytes.AsSpan(FrameLayout.Unit..^3) : one.Bytes;
        Assert.Equal(Compact(one.Unit.GetRawText()), Compact(VectorCase.Describe(unit)));
        Assert.Equal(Convert.ToHexString(unit), Convert.ToHexString(Rewrite(unit)));
    }

    /// <summary>Decodes and encodes again.</summary>
    internal static byte[] Rewrite(ReadOnlySpan<byte> unit)
    {
        if (unit.IsEmpty)
        {
            return [];
        }

        UnitReader reader = new(unit);
        UnitWriter writer = new(new byte[FrameLayout.UnitBytesMax], reader.Type);
        while (reader.Next(out UnitObject value))
        {
            Assert.True(writer.TryAdd(value));
        }

        return writer.Written.ToArray();
    }

    private static string Compact(string json) => json.Replace(" ", "");
}
