// Owns: what is said about a wrong key file.
// Must never: let a secret into an error go by unseen.

using System.Text;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Pc.Tests;

public sealed class KeyFileTests
{
    private const string Hex = "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";
    private const string Secret = "5ecretWord";

    [Fact]
    public void Key_and_password_are_read()
    {
        StationKey? key = Parse($"\uFEFF# station 7\r\nkey {Hex}\r\n\r\npassword  two words \r\n", out List<string> errors);
        Assert.Empty(errors);
        Assert.NotNull(key);
        Assert.Equal(Convert.FromHexString(Hex), key.Key);
        Assert.Equal("two words", key.Password);
    }

    [Fact]
    public void The_page_shows_a_key_file_that_is_read()
    {
        IEnumerable<string> lines = File.ReadLines(Repository.Path("firmware", "Pc", "README.md"))
            .SkipWhile(line => !line.StartsWith("A key file looks so", StringComparison.Ordinal))
            .SkipWhile(line => line != "```").Skip(1).TakeWhile(line => line != "```");
        StationKey? key = Parse(string.Join('\n', lines), out List<string> errors);
        Assert.Empty(errors);
        Assert.NotNull(key?.Password);
    }

    [Fact]
    public void Password_may_be_missing()
    {
        Assert.Null(Parse($"key {Hex}", out _)!.Password);
    }

    [Theory]
    [InlineData("key " + Secret, 1, "64 hex digits")]
    [InlineData("key", 1, "64 hex digits")]
    [InlineData("key " + Hex + "0", 1, "64 hex digits")]
    [InlineData("key " + Hex + "\nkey " + Hex, 2, "one key line")]
    [InlineData("key " + Hex + "\npassword", 2, "1..256 bytes")]
    [InlineData("key " + Hex + "\npassword a\npassword " + Secret, 3, "one password line")]
    [InlineData(Secret + "\nkey " + Hex, 1, "key, password")]
    [InlineData("password " + Secret, 0, "64 hex digits")]
    [InlineData("", 0, "64 hex digits")]
    [InlineData("key " + Hex + "\npass\u0007word x", 2, "UTF-8")]
    public void Wrong_file_is_refused_with_its_place_and_without_its_secrets(string text, int line, string allowed)
    {
        Assert.Null(Parse(text, out List<string> errors));
        string error = Assert.Single(errors);
        Assert.StartsWith(line == 0 ? "st7.key: " : $"st7.key:{line}: 第{line}行：", error);
        Assert.Contains("，应为 ", error);
        Assert.Contains(" / found: ", error);
        Assert.Contains(allowed, error);
        Assert.DoesNotContain(Secret, error);
        Assert.DoesNotContain(Hex[..8], error);
    }

    [Fact]
    public void File_that_is_not_there_is_named()
    {
        var errors = new List<string>();
        Assert.Null(StationKey.Read("/nonexistent/st7.key", errors));
        Assert.StartsWith("/nonexistent/st7.key: 没有此文件，应为 可读的密钥文件 / found: no such file; allowed: ", Assert.Single(errors));
    }

    private static StationKey? Parse(string text, out List<string> errors)
    {
        errors = [];
        return StationKey.Parse("st7.key", Encoding.UTF8.GetBytes(text), errors);
    }
}
