// Owns: times, addresses, text, heartbeats and names.
// Must never: go through a socket.

using Gateway.Gb26875;

namespace Gateway.Tests.Frames;

public class PartTests
{
    [Theory]
    [InlineData("02 3A 09 1A 09 0C", false, "2012-09-26T09:58:02+08:00")]
    [InlineData("02 58 09 26 09 12", true, "2012-09-26T09:58:02+08:00")]
    [InlineData("00 00 00 1D 02 18", false, "2024-02-29T00:00:00+08:00")]
    [InlineData("00 00 00 1D 02 19", false, null)]
    [InlineData("00 00 00 00 00 00", false, null)]
    [InlineData("3C 00 00 01 01 0C", false, null)]
    [InlineData("00 3C 00 01 01 0C", false, null)]
    [InlineData("00 00 18 01 01 0C", false, null)]
    [InlineData("00 00 00 01 0D 0C", false, null)]
    [InlineData("FF FF FF FF FF FF", false, null)]
    [InlineData("0A 00 00 01 01 12", true, null)]
    [InlineData("FF FF FF FF FF FF", true, null)]
    public void A_time_is_a_moment_only_when_a_calendar_has_it(string hex, bool bcd, string? expected)
    {
        FrameTime time = FrameTime.Read(Convert.FromHexString(hex.Replace(" ", "")));
        bool real = time.TryGetMoment(out DateTimeOffset moment, bcd);
        Assert.Equal(expected, real ? moment.ToString("yyyy-MM-ddTHH:mm:sszzz") : null);
        if (real)
        {
            Assert.Equal(time, FrameTime.Of(moment.ToUniversalTime(), bcd));
        }
    }

    [Fact]
    public void A_moment_outside_of_the_six_bytes_is_an_error_of_the_caller()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameTime.Of(new DateTimeOffset(1999, 12, 31, 0, 0, 0, TimeSpan.FromHours(8))));
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameTime.Of(new DateTimeOffset(2256, 1, 2, 0, 0, 0, TimeSpan.FromHours(8))));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => FrameTime.Of(new DateTimeOffset(2100, 1, 2, 0, 0, 0, TimeSpan.FromHours(8)), bcd: true));
    }

    [Theory]
    [InlineData("790300000000", 889ul)]
    [InlineData("385B01000000", 88888ul)]
    [InlineData("FFFFFFFFFFFF", PeerAddress.MaxNumber)]
    public void An_address_is_hexadecimal_digits_in_wire_order_and_a_number_with_the_first_byte_lowest(string hex, ulong number)
    {
        Assert.True(PeerAddress.TryParseHex(hex, out PeerAddress address));
        Assert.Equal(number, address.Number);
        Assert.Equal(hex, address.ToHex());
        Assert.Equal(address, new PeerAddress(number));
        byte[] bytes = new byte[PeerAddress.Bytes];
        address.Write(bytes);
        Assert.Equal(hex, Convert.ToHexString(bytes));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7903000000")]
    [InlineData("79030000000g")]
    [InlineData("+9030000000 0")]
    public void What_is_no_address_is_refused(string? hex) => Assert.False(PeerAddress.TryParseHex(hex, out _));

    [Theory]
    [InlineData("A3C1C7F8A3B1B2E3", "Ａ区１层")]
    [InlineData("2020202020", "")]
    [InlineData("00FFFF", "")]
    [InlineData("414200FF", "AB")]
    [InlineData("01020304", "0x01020304")]
    [InlineData("FFFF", "0xFFFF")]
    [InlineData("8130813081", "0x8130813081")]
    public void Text_ends_at_the_first_nul_and_what_is_no_text_is_shown_as_digits(string hex, string expected) =>
        Assert.Equal(expected, FrameText.Read(Convert.FromHexString(hex)));

    [Fact]
    public void Text_is_cut_at_a_whole_character()
    {
        byte[] room = new byte[5];
        Assert.Equal(4, FrameText.Write("东村口", room));
        Assert.Equal("东村", FrameText.Read(room));
        byte[] four = new byte[7];
        Assert.Equal(4, FrameText.Write("𠮷𠮷", four));
        Assert.Equal("𠮷", FrameText.Read(four));
    }

    [Theory]
    [InlineData(FrameCommand.Send, "", PeerFlags.None, true)]
    [InlineData(FrameCommand.Confirm, "", PeerFlags.None, false)]
    [InlineData(FrameCommand.Send, "BE0100", PeerFlags.None, true)]
    [InlineData(FrameCommand.Send, "16", PeerFlags.None, false)]
    [InlineData(FrameCommand.Send, "16", PeerFlags.OneByteHeartbeat, true)]
    [InlineData(FrameCommand.Send, "150108", PeerFlags.None, false)]
    public void Heartbeats_are_told_from_news(FrameCommand command, string unit, PeerFlags flags, bool expected)
    {
        FrameReader reader = new();
        reader.Add(StreamTests.Frame(new FrameHead { MainVersion = 1, Command = command }, Convert.FromHexString(unit)));
        Assert.Equal(ReadOutcome.Frame, reader.Read(out Frame frame));
        Assert.Equal(expected, Heartbeats.Is(frame, flags));
    }

    [Theory]
    [InlineData(3, -105, "温度 -10.5 ℃")]
    [InlineData(5, 4500, "压力 450.0 kPa")]
    [InlineData(2, 320, "高度 3.20 m")]
    [InlineData(3, short.MinValue, "温度 -3276.8 ℃")]
    [InlineData(0, 1, "模拟量类型0（预留） 1")]
    [InlineData(200, -1, "模拟量类型200（用户自定义） -1")]
    public void A_value_is_shown_in_its_unit(byte code, short value, string expected) =>
        Assert.Equal(expected, AnalogTypes.Text(code, value));

    [Fact]
    public void Unknown_codes_are_shown_as_numbers()
    {
        Assert.Equal("部件类型19（预留）", ComponentTypes.Name(19));
        Assert.Equal("系统类型255（用户自定义）", SystemTypes.Name(255));
        Assert.Equal("命令7（预留）", FrameNames.Command((FrameCommand)7));
        Assert.Equal("类型190（用户自定义）", FrameNames.Type((UnitType)190));
    }
}
