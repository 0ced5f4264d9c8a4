// Owns: a box's ways as words on a command line and in lists.
// Must never: give a flag two words.

using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>Words with commas, such as test-bit,bcd-time; none for the tolerant default.</summary>
public static class ProfileText
{
    private static readonly (PeerFlags Flag, string Word)[] s_words =
    [
        (PeerFlags.TestBitMeantLiterally, "test-bit"), (PeerFlags.BareStatus, "bare-status"),
        (PeerFlags.OneByteHeartbeat, "one-byte-heartbeat"), (PeerFlags.IgnoreAnswerSum, "ignore-answer-sum"),
        (PeerFlags.AsciiHex, "ascii-hex"), (PeerFlags.StrictVersion, "strict-version"), (PeerFlags.BcdTime, "bcd-time"),
    ];

    /// <summary>What is allowed, for messages.</summary>
    public static string Allowed { get; } = "none, or with commas: " + Words;

    /// <summary>What is allowed in a centre's text, whose own parts have the commas.</summary>
    public static string AllowedInText { get; } = "none, or with + between them: " + Words;

    private static string Words => string.Join(", ", s_words.Select(one => one.Word));

    /// <summary>The flags of such a text.</summary>
    public static bool TryParse(string text, out PeerFlags flags)
    {
        ArgumentNullException.ThrowIfNull(text);
        flags = PeerFlags.None;
        foreach (string word in text == "none" ? [] : text.Split(','))
        {
            PeerFlags flag = s_words.FirstOrDefault(one => one.Word == word).Flag;
            if (flag == PeerFlags.None)
            {
                return false;
            }

            flags |= flag;
        }

        return true;
    }

    public static string Of(PeerFlags flags)
    {
        string[] words = [.. s_words.Where(one => (flags & one.Flag) != PeerFlags.None).Select(one => one.Word)];
        return words.Length == 0 ? "none" : string.Join(',', words);
    }

    /// <summary>Twelve hexadecimal digits in the order of the wire, or a number of at most eleven digits.</summary>
    public static bool TryAddress(string text, out PeerAddress address)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (PeerAddress.TryParseHex(text, out address))
        {
            return true;
        }

        bool number = text.Length is > 0 and < 12 && text.All(char.IsAsciiDigit);
        address = number ? new PeerAddress(ulong.Parse(text)) : default;
        return number;
    }

    /// <summary>What an address looks like, for messages.</summary>
    public const string AddressAllowed =
        "twelve hexadecimal digits in the order of the wire, such as 790300000000, or a number, such as 889";
}
