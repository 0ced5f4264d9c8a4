// Owns: units that peers send wrongly, and every layout there and back.
// Must never: expect an exception for input.

using Gateway.Gb26875;

namespace Gateway.Tests.Frames;

public class UnitTests
{
    public static TheoryData<UnitType> Types => [.. UnitLayout.Types];

    [Theory]
    [MemberData(nameof(Types))]
    public void The_most_objects_of_each_type_go_there_and_back(UnitType type)
    {
        byte[] room = new byte[FrameLayout.UnitBytesMax];
        UnitWriter writer = new(room, type);
        int count = 0;
        while (writer.TryAdd(Sample(count)))
        {
            count++;
        }

        Assert.InRange(count, 1, UnitLayout.ObjectsMax(type));
        UnitReader reader = new(writer.Written);
        Assert.False(reader.TooMany);
        for (int i = 0; i < count; i++)
        {
            Assert.True(reader.Next(out UnitObject one));
            UnitWriter again = new(new byte[FrameLayout.UnitBytesMax], type);
            UnitWriter expected = new(new byte[FrameLayout.UnitBytesMax], type);
            Assert.True(again.TryAdd(one) && expected.TryAdd(Sample(i)));
            Assert.True(again.Written.SequenceEqual(expected.Written));
        }

        Assert.False(reader.Next(out _));
        Assert.Equal(UnitFault.None, reader.Fault);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_unit_cut_anywhere_says_so_and_keeps_the_objects_before_the_cut(UnitType type)
    {
        UnitWriter writer = new(new byte[FrameLayout.UnitBytesMax], type);
        Assert.True(writer.TryAdd(Sample(0)));
        byte[] whole = writer.Written.ToArray();
        for (int cut = 0; cut < whole.Length; cut++)
        {
            UnitReader reader = new(whole.AsSpan(0, cut));
            bool read = reader.Next(out UnitObject one);
            bool stateWithoutTime = type == UnitType.BoxStatus && cut == UnitLayout.HeadBytes + 1;
            Assert.Equal(stateWithoutTime, read);
            Assert.Equal(stateWithoutTime, one.TimeMissing);
            Assert.Equal(
                cut == 0 ? UnitFault.Empty : cut == 1 ? UnitFault.TooShort : stateWithoutTime ? UnitFault.None : UnitFault.Truncated,
                reader.Fault);
        }
    }

    [Theory]
    [InlineData("", UnitFault.Empty, 0)]
    [InlineData("16", UnitFault.TooShort, 0)]
    [InlineData("09 01 00", UnitFault.UnknownType, 0)]
    [InlineData("BE 01 00", UnitFault.UnknownType, 0)]
    [InlineData("5B 00", UnitFault.None, 0)]
    [InlineData("5B 00 0A", UnitFault.Trailing, 0)]
    [InlineData("5B 01 0A 0B", UnitFault.Trailing, 1)]
    [InlineData("5B 02 0A", UnitFault.Truncated, 1)]
    [InlineData("1A 01 05 41 42", UnitFault.Truncated, 0)]
    [InlineData("1A 01 02 41 42", UnitFault.None, 1)]
    [InlineData("05 02 01 01 01 02 01 02 03 04", UnitFault.None, 2)]
    [InlineData("15 01 08", UnitFault.None, 1)]
    [InlineData("15 02 08 02 3A 09 1A 09 0C 00", UnitFault.None, 2)]
    public void What_is_wrong_is_named_and_what_can_be_read_is_read(string hex, UnitFault fault, int objects)
    {
        UnitReader reader = new(Convert.FromHexString(hex.Replace(" ", "")));
        int count = 0;
        while (reader.Next(out _))
        {
            count++;
        }

        Assert.Equal(objects, count);
        Assert.Equal(fault, reader.Fault);
    }

    [Fact]
    public void More_objects_than_the_standard_allows_are_read_and_told()
    {
        UnitReader reader = new(Convert.FromHexString("05020101010201020304"));
        Assert.True(reader.TooMany);
        Assert.True(reader.Next(out _));
        Assert.True(reader.Next(out UnitObject second));
        Assert.Equal(4, second.Minor);
    }

    [Fact]
    public void A_writer_refuses_what_has_no_layout_and_stops_at_its_room()
    {
        Assert.Throws<ArgumentException>(() => new UnitWriter(new byte[10], (UnitType)9).Count);
        Assert.Throws<ArgumentException>(() => new UnitWriter(new byte[1], UnitType.BoxTime).Count);
        UnitWriter writer = new(new byte[10], UnitType.BoxOperation);
        Assert.True(writer.TryAdd(default));
        Assert.False(writer.TryAdd(default));
        Assert.Equal(1, writer.Count);
    }

    private static UnitObject Sample(int i) => new()
    {
        SystemType = (byte)(1 + i),
        SystemAddress = (byte)(2 + i),
        ComponentType = 23,
        ComponentAddress = 0x0403_0201u + (uint)i,
        Status = (ushort)(0x0102 + i),
        AnalogType = 3,
        Value = (short)(-105 - i),
        Operation = 32,
        Operator = 7,
        Major = 1,
        Minor = 2,
        Wanted = 5,
        Reserved = 0,
        Minutes = 10,
        Text = "abc"u8,
        Time = FrameTime.Of(new DateTimeOffset(2026, 2, 28, 23, 59, 58, TimeSpan.FromHours(8))),
    };
}
