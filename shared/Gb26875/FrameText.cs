// Owns: text in GB 18030, as peers write it and as we write it.
// Must never: throw on input, or cut a character in half.

using System.Text;

namespace Gateway.Gb26875;

/// <summary>Text of descriptions and configurations.</summary>
public static class FrameText
{
    private static readonly Encoding s_gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"))!;

    /// <summary>
    /// The characters up to the first NUL, without blanks around them. Bytes that are no text become their hexadecimal digits behind 0x,
    /// so that a person sees what came.
    /// </summary>
    public static string Read(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        byte[] text = (end < 0 ? bytes : bytes.Slice(0, end)).ToArray();
        string characters = s_gb18030.GetString(text);
        foreach (char one in characters)
        {
            if (one == '\uFFFD' || (char.IsControl(one) && one is not ('\r' or '\n' or '\t')))
            {
                return "0x" + BitConverter.ToString(text).Replace("-", "");
            }
        }

        return characters.Trim();
    }

    /// <summary>Writes text, cut at a whole character where there is no room. Returns the bytes written; the rest is untouched.</summary>
    public static int Write(string text, Span<byte> to)
    {
        if (text is null)
        {
            throw new ArgumentNullException(nameof(text));
        }

        int written = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int units = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
            byte[] one = s_gb18030.GetBytes(text.ToCharArray(i, units));
            if (written + one.Length > to.Length)
            {
                break;
            }

            one.CopyTo(to.Slice(written));
            written += one.Length;
            i += units - 1;
        }

        return written;
    }
}
