// Owns: a settings text as the commands that bring it to a station.
// Must never: judge what the text says; the gateway does, and answers with line and reason.

using System.Text;
using Gateway.Contract;

namespace Gateway.County;

/// <summary>Pieces in rising order, then the commit: CONTRACT.md, section 4, "Commands".</summary>
public static class SettingsText
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What is wrong with the bytes as a text to be sent: place, value and what is allowed; null when nothing is.</summary>
    public static string? Problem(ReadOnlyMemory<byte> text)
    {
        if (text.Length is 0 or > CountyLimits.SettingsBytesMax)
        {
            return $"{text.Length} bytes; allowed: 1..{CountyLimits.SettingsBytesMax} bytes";
        }

        string[] lines;
        try
        {
            lines = s_strict.GetString(text.Span).Split('\n');
        }
        catch (DecoderFallbackException wrong)
        {
            return $"byte {wrong.Index}: not UTF-8; allowed: a text in UTF-8";
        }

        // A secret in a settings text would go over the broker for every reader, and would be refused at the other end.
        int secret = Array.FindIndex(lines, line => line.Split(' ', '\t')[0] is "key" or "password");
        return secret < 0 ? null : $"line {secret + 1}: a secret; allowed: settings alone; keys and passwords have a file of their own";
    }

    /// <summary>The requests, to be queued in this order.</summary>
    public static IReadOnlyList<CommandRequest> Requests(uint station, ReadOnlyMemory<byte> text, int lifeS)
    {
        byte[] bytes = text.ToArray();
        int crc = (int)Crc32.Of(bytes, 0, bytes.Length);
        List<CommandRequest> requests = [];
        for (int at = 0; at < bytes.Length; at += Command.TextBytesMax)
        {
            ReadOnlyMemory<byte> piece = text.Slice(at, Math.Min(Command.TextBytesMax, bytes.Length - at));
            requests.Add(new CommandRequest(station, (int)CommandCode.SettingsPiece, at, bytes.Length, crc)
            {
                Text = piece, LifeS = lifeS,
            });
        }

        requests.Add(new CommandRequest(station, (int)CommandCode.SettingsCommit, 0, bytes.Length, crc) { LifeS = lifeS });
        return requests;
    }
}
