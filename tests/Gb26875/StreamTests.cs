// Owns: cuts, flips, glue, rubbish and silence in a stream.
// Must never: depend on time.

using Gateway.Gb26875;

namespace Gateway.Tests.Frames;

public class StreamTests
{
    private static readonly byte[] s_good = VectorCase.Of("A11").Bytes;

    public static TheoryData<string> Frames => VectorTests.Frames;

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_frame_cut_anywhere_needs_more_and_then_is_whole(string id)
    {
        byte[] bytes = VectorCase.Of(id).Bytes;
        for (int cut = 0; cut < bytes.Length; cut++)
        {
            FrameReader reader = new();
            reader.Add(bytes.AsSpan(0, cut));
            Assert.Equal(ReadOutcome.NeedMore, reader.Read(out _));
            reader.Add(bytes.AsSpan(cut));
            Assert.Equal(ReadOutcome.Frame, reader.Read(out Frame frame));
            Assert.True(frame.Bytes.SequenceEqual(bytes));
        }
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void One_flipped_bit_never_passes_and_the_next_good_frame_is_read(string id)
    {
        byte[] bytes = VectorCase.Of(id).Bytes;
        for (int bit = 8 * FrameLayout.Sequence; bit < 8 * bytes.Length; bit++)
        {
            byte[] hurt = [.. bytes];
            hurt[bit / 8] ^= (byte)(1 << (bit % 8));
            List<byte[]> read = ReadAll(PeerFlags.None, [.. hurt, .. s_good, .. s_good, .. Padding]);
            Assert.DoesNotContain(read, one => one.AsSpan().SequenceEqual(hurt));
            Assert.Equal(2, read.Count(one => one.AsSpan().SequenceEqual(s_good)));
        }
    }

    [Fact]
    public void Glued_frames_come_one_by_one_also_byte_by_byte()
    {
        byte[][] frames = [.. VectorCase.All.Where(one => one.Result == "Frame").Select(one => one.Bytes)];
        byte[] all = [.. frames.SelectMany(one => one)];
        Assert.Equal(frames, ReadAll(PeerFlags.None, all));
        FrameReader reader = new();
        List<byte[]> single = [];
        foreach (byte one in all)
        {
            reader.Add([one]);
            while (reader.Read(out Frame frame) != ReadOutcome.NeedMore)
            {
                single.Add(frame.Bytes.ToArray());
            }
        }

        Assert.Equal(frames, single);
        Assert.Equal(0, reader.RubbishBytes);
    }

    [Theory]
    [InlineData("40")]
    [InlineData("4040")]
    [InlineData("404040")]
    [InlineData("40400000")]
    [InlineData("23 23 40")]
    [InlineData("00 FF 40 40 FF FF 40")]
    public void A_good_frame_behind_rubbish_is_read(string rubbish)
    {
        byte[] bytes = [.. Convert.FromHexString(rubbish.Replace(" ", "")), .. s_good, .. Padding];
        Assert.Contains(ReadAll(PeerFlags.None, bytes), one => one.AsSpan().SequenceEqual(s_good));
    }

    [Fact]
    public void Ends_and_starts_within_a_text_do_not_split_a_frame()
    {
        byte[] unit = new byte[FrameLayout.UnitBytesMax];
        UnitWriter writer = new(unit, UnitType.BoxConfiguration);
        Assert.True(writer.TryAdd(new UnitObject { Text = "a##@@##@@b"u8 }));
        byte[] frame = Frame(new FrameHead { Sequence = ushort.MaxValue, MainVersion = 1, Command = FrameCommand.Send }, writer.Written);
        byte[] read = Assert.Single(ReadAll(PeerFlags.None, frame));
        Assert.Equal(frame, read);
    }

    [Fact]
    public void A_length_above_the_most_is_told_and_costs_one_byte()
    {
        byte[] bytes = [.. s_good];
        bytes[FrameLayout.UnitLength] = 0x01;
        bytes[FrameLayout.UnitLength + 1] = 0x04;
        FrameReader reader = new();
        reader.Add(bytes);
        Assert.Equal(ReadOutcome.TooLong, reader.Read(out _));
        Assert.Equal(bytes.Length - 1, reader.Waiting);
    }

    [Fact]
    public void The_longest_frame_passes_between_others()
    {
        byte[] unit = new byte[FrameLayout.UnitBytesMax];
        byte[] longest = Frame(new FrameHead { MainVersion = 1, Command = FrameCommand.Send }, unit);
        Assert.Equal(FrameLayout.FrameBytesMax, longest.Length);
        Assert.Equal([s_good, longest, longest, s_good], ReadAll(PeerFlags.None, [.. s_good, .. longest, .. longest, .. s_good]));
    }

    [Fact]
    public void A_wrong_sum_brings_the_head_for_a_deny()
    {
        byte[] bytes = [.. s_good];
        bytes[^3]++;
        FrameReader reader = new();
        reader.Add(bytes);
        Assert.Equal(ReadOutcome.BadSum, reader.Read(out Frame frame));
        FrameHead deny = FrameHead.Of(frame).Answer(FrameCommand.Deny, default);
        Assert.Equal(1, deny.Sequence);
        Assert.Equal("790300000000", deny.Source.ToHex());
        Assert.Equal("385B01000000", deny.Destination.ToHex());
    }

    [Fact]
    public void A_sum_of_an_answer_is_looked_at_unless_the_profile_says_no_and_of_news_always()
    {
        byte[] answer = [.. VectorCase.Of("A1ack").Bytes];
        answer[^3]++;
        byte[] news = [.. VectorCase.Of("A1").Bytes];
        news[^3]++;
        Assert.Empty(ReadAll(PeerFlags.None, answer));
        Assert.Single(ReadAll(PeerFlags.IgnoreAnswerSum, answer));
        Assert.Empty(ReadAll(PeerFlags.IgnoreAnswerSum, news));
    }

    [Fact]
    public void Another_main_version_is_read_unless_the_profile_is_strict()
    {
        FrameHead head = new() { MainVersion = 16, Command = FrameCommand.Send };
        byte[] frame = Frame(head, []);
        Assert.Single(ReadAll(PeerFlags.None, frame));
        FrameReader reader = new(PeerFlags.StrictVersion);
        reader.Add([.. frame, .. s_good]);
        Assert.Equal(ReadOutcome.BadVersion, reader.Read(out _));
        Assert.Equal(ReadOutcome.Frame, reader.Read(out _));
    }

    [Fact]
    public void Hexadecimal_digits_are_read_under_their_profile_and_recognised_without_it()
    {
        byte[] digits = System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(s_good) + "\r\n" + Convert.ToHexStringLower(s_good));
        Assert.Equal([s_good, s_good], ReadAll(PeerFlags.AsciiHex, digits));
        FrameReader reader = new();
        reader.Add(digits);
        Assert.Equal(ReadOutcome.NeedMore, reader.Read(out _));
        Assert.True(reader.LooksLikeAsciiHex);
    }

    [Theory]
    [InlineData("4")]
    [InlineData("F40")]
    [InlineData("404")]
    [InlineData("123")]
    public void A_digit_too_many_costs_no_frame(string before)
    {
        byte[] digits = System.Text.Encoding.ASCII.GetBytes(before + Convert.ToHexString([.. s_good, .. s_good, .. Padding]));
        Assert.Equal([s_good, s_good], ReadAll(PeerFlags.AsciiHex, digits));
        FrameReader reader = new(PeerFlags.AsciiHex);
        reader.Add(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(s_good)[..^1]));
        Assert.True(reader.DropStalled());
        reader.Add(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(s_good)));
        Assert.Equal(ReadOutcome.Frame, reader.Read(out _));
    }

    [Fact]
    public void A_false_start_is_given_up_for_a_whole_frame_behind_it_and_for_nothing_less()
    {
        byte[] endless = [.. VectorCase.Of("A1").Bytes.AsSpan(0, 40)];
        (endless[FrameLayout.UnitLength], endless[FrameLayout.UnitLength + 1]) = (0, 4);
        foreach (int bytes in Enumerable.Range(0, s_good.Length))
        {
            FrameReader reader = new();
            reader.Add([.. endless, .. s_good.AsSpan(0, bytes)]);
            Assert.Equal(ReadOutcome.NeedMore, reader.Read(out _));
            Assert.False(reader.DropFalseStart());
            reader.Add([.. s_good.AsSpan(bytes)]);
            Assert.Equal(ReadOutcome.NeedMore, reader.Read(out _));
            Assert.True(reader.DropFalseStart());
            Assert.Equal(ReadOutcome.Frame, reader.Read(out Frame frame));
            Assert.True(frame.Bytes.SequenceEqual(s_good));
        }

        FrameReader bad = new();
        bad.Add([.. endless, .. s_good.AsSpan(0, s_good.Length - 3), (byte)(s_good[^3] + 1), 0x23, 0x23]);
        Assert.False(bad.DropFalseStart());
    }

    [Fact]
    public void A_stalled_frame_is_given_up_and_what_lies_in_it_is_read()
    {
        byte[] stalled = [.. VectorCase.Of("A1").Bytes.AsSpan(0, 30)];
        FrameReader reader = new();
        reader.Add([.. stalled, .. s_good]);
        Assert.Equal(ReadOutcome.NeedMore, reader.Read(out _));
        Assert.True(reader.DropStalled());
        Assert.Equal(ReadOutcome.Frame, reader.Read(out Frame frame));
        Assert.True(frame.Bytes.SequenceEqual(s_good));
        Assert.False(reader.DropStalled());
    }

    [Fact]
    public void A_reader_never_waits_for_more_than_one_frame_and_always_has_room_for_it()
    {
        FrameReader reader = new();
        byte[] endless = new byte[100_000];
        for (int i = 0; i < endless.Length; i++)
        {
            endless[i] = FrameLayout.StartByte;
        }

        ReadOnlySpan<byte> left = endless;
        while (!left.IsEmpty)
        {
            int taken = reader.Add(left);
            Assert.True(taken > 0);
            left = left[taken..];
            while (reader.Read(out _) != ReadOutcome.NeedMore)
            {
            }

            Assert.True(reader.Waiting < FrameLayout.FrameBytesMax);
        }
    }

    /// <summary>More than the longest frame, so that a false start cannot hold back what stands before it.</summary>
    internal static byte[] Padding { get; } = new byte[FrameLayout.FrameBytesMax];

    internal static byte[] Frame(FrameHead head, ReadOnlySpan<byte> unit)
    {
        byte[] bytes = new byte[FrameLayout.FrameBytesMax];
        return bytes[..FrameWriter.Write(bytes, head, unit)];
    }

    internal static List<byte[]> ReadAll(PeerFlags flags, ReadOnlySpan<byte> bytes)
    {
        FrameReader reader = new(flags);
        List<byte[]> frames = [];
        while (!bytes.IsEmpty)
        {
            bytes = bytes[reader.Add(bytes)..];
            ReadOutcome outcome;
            while ((outcome = reader.Read(out Frame frame)) != ReadOutcome.NeedMore)
            {
                if (outcome == ReadOutcome.Frame)
                {
                    frames.Add(frame.Bytes.ToArray());
                }
            }
        }

        return frames;
    }
}
