// Owns: how the device reads the file with key and password.
// Must never: let a note with a secret in it pass.

using System.Text;
using Gateway.Esp32;
using Gateway.Start;

namespace Gateway.Tests.Hardware;

public sealed class StationKeyTests
{
    private const string Hex = "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";

    [Theory]
    [InlineData("key {0}\npassword geheim wort\n")]
    [InlineData("# 注释\r\n\r\n  password   geheim wort \r\nkey  {0}\r\n")]
    [InlineData("\uFEFFkey {0}\npassword geheim wort")]
    [InlineData("key\t{0}\npassword\tgeheim wort")]
    public void Key_and_password_are_read_in_any_order(string text)
    {
        KeyText? key = Parse(string.Format(null, text, Hex), out TechnicianNotes notes);
        Assert.NotNull(key);
        Assert.Equal(0, notes.Count);
        Assert.Equal(Convert.FromHexString(Hex), key.Key);
        Assert.Equal("geheim wort", key.Password);
    }

    [Fact]
    public void A_file_without_a_password_is_right()
    {
        Assert.Null(Parse("key " + Hex, out _)!.Password);
    }

    [Theory]
    [InlineData("", "no key line")]
    [InlineData("password secret1", "no key line")]
    [InlineData("key secret1", "station.key:1:")]
    [InlineData("key " + Hex + "\nkey " + Hex, "station.key:2:")]
    [InlineData("key " + Hex + "\npassword", "station.key:2:")]
    [InlineData("key " + Hex + "\npassword secret1\npassword secret1", "station.key:3:")]
    [InlineData("key " + Hex + "\nsecret1", "station.key:2:")]
    [InlineData("key " + Hex + "\nsecret1 secret1", "station.key:2:")]
    [InlineData("key " + Hex + "0", "65 characters")]
    [InlineData("key x0112233445566778899aabbccddeeff00112233445566778899aabbccddeesecret1", "station.key:1:")]
    public void A_wrong_file_is_refused_whole_with_its_place_and_never_shown(string text, string says)
    {
        Assert.Null(Parse(text, out TechnicianNotes notes));
        string all = All(notes);
        Assert.Contains(says, all, StringComparison.Ordinal);
        Assert.Contains("allowed: ", all, StringComparison.Ordinal);
        Assert.DoesNotContain("secret1", all, StringComparison.Ordinal);
        Assert.DoesNotContain(Hex, all, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_password_may_have_256_bytes_and_no_more()
    {
        Assert.Equal(256, Parse($"key {Hex}\npassword {new string('p', 256)}", out _)!.Password.Length);
        Assert.Null(Parse($"key {Hex}\npassword {new string('p', 257)}", out _));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        TechnicianNotes notes = new();
        byte[] text = [.. Encoding.UTF8.GetBytes($"key {Hex}\n"), 0xFF, 0xFE];
        Assert.Null(KeyText.Parse("station.key", text, text.Length, notes));
        Assert.Contains("station.key:2:", All(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void An_absent_or_oversized_file_is_told()
    {
        using TempDrive drive = new();
        TechnicianNotes notes = new();
        Assert.Null(StationKey.Load(drive.Root, notes));
        Assert.Contains("station.key", All(notes), StringComparison.Ordinal);

        File.WriteAllBytes(drive.Full("station.key"), new byte[StartLimits.KeyFileBytesMax + 1]);
        notes = new TechnicianNotes();
        Assert.Null(StationKey.Load(drive.Root, notes));
        Assert.Contains("4097 bytes", All(notes), StringComparison.Ordinal);
    }

    private static KeyText? Parse(string text, out TechnicianNotes notes)
    {
        notes = new TechnicianNotes();
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return KeyText.Parse("station.key", bytes, bytes.Length, notes);
    }

    private static string All(TechnicianNotes notes) => string.Join('\n', Enumerable.Range(0, notes.Count).Select(notes.Line));
}
