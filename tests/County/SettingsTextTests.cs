// Owns: how a settings text becomes commands, and what is not sent.
// Must never: test the text's grammar; the gateway has it.

using System.Text;
using Gateway.Contract;

namespace Gateway.County.Tests;

public sealed class SettingsTextTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(Command.TextBytesMax, 1)]
    [InlineData(Command.TextBytesMax + 1, 2)]
    [InlineData(CountyLimits.SettingsBytesMax, 17)]
    public void Pieces_follow_each_other_without_a_hole_and_the_commit_names_the_whole(int bytes, int pieces)
    {
        byte[] text = [.. Enumerable.Range(0, bytes).Select(i => (byte)('a' + (i % 26)))];
        IReadOnlyList<CommandRequest> requests = SettingsText.Requests(7, text, lifeS: 60);
        Assert.Equal(pieces + 1, requests.Count);
        Assert.All(requests, r => Assert.Null(r.Problem()));
        Assert.All(requests, r => Assert.Equal((bytes, Crc32.Of(text, 0, bytes)), (r.B, (uint)r.C)));
        Assert.Equal(text, requests.SkipLast(1).SelectMany(r => r.Text.ToArray()));
        int at = 0;
        foreach (CommandRequest piece in requests.SkipLast(1))
        {
            Assert.Equal(((int)CommandCode.SettingsPiece, at), (piece.Code, piece.A));
            at += piece.Text.Length;
        }

        Assert.Equal((int)CommandCode.SettingsCommit, requests[^1].Code);
    }

    [Theory]
    [InlineData("", "0 bytes; allowed: 1..16384")]
    [InlineData("# 说明\nkey 00ff\n", "line 2: a secret")]
    [InlineData("password\tx\n", "line 1: a secret")]
    public void What_cannot_be_sent_is_named(string text, string says)
    {
        Assert.Contains(says, SettingsText.Problem(Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);
        Assert.Contains("byte 1: not UTF-8", SettingsText.Problem(new byte[] { (byte)'#', 0xFF }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_beyond_the_bound_is_named_and_one_at_it_is_good()
    {
        Assert.Null(SettingsText.Problem(new byte[CountyLimits.SettingsBytesMax]));
        Assert.StartsWith("16385 bytes", SettingsText.Problem(new byte[CountyLimits.SettingsBytesMax + 1]), StringComparison.Ordinal);
    }
}
