// Owns: the six bytes by which a box or a centre is known.
// Must never: correct the byte order of a peer; an address is opaque.

using System.Globalization;

namespace Gateway.Gb26875;

/// <summary>Six opaque bytes, in the order of the wire. As a number, the first byte is the lowest.</summary>
public readonly struct PeerAddress : IEquatable<PeerAddress>
{
    /// <summary>Bytes on the wire.</summary>
    public const int Bytes = 6;

    /// <summary>The largest address as a number: 2^48 - 1.</summary>
    public const ulong MaxNumber = 0xFFFF_FFFF_FFFF;

    /// <param name="number">0 .. <see cref="MaxNumber"/>; the lowest byte goes first on the wire.</param>
    public PeerAddress(ulong number)
    {
        if (number > MaxNumber)
        {
            throw new ArgumentOutOfRangeException(nameof(number), number, "allowed: 0 .. 281474976710655 (six bytes)");
        }

        Number = number;
    }

    /// <summary>The address as a number, first byte lowest: 79 03 00 00 00 00 is 889.</summary>
    public ulong Number { get; }

    /// <summary>Reads the first six bytes.</summary>
    public static PeerAddress Read(ReadOnlySpan<byte> from)
    {
        ulong number = 0;
        for (int i = Bytes - 1; i >= 0; i--)
        {
            number = (number << 8) | from[i];
        }

        return new PeerAddress(number);
    }

    /// <summary>Reads twelve hexadecimal digits, two a byte in the order of the wire; spaces are skipped.</summary>
    public static bool TryParseHex(string? text, out PeerAddress address)
    {
        address = default;
        if (text is null)
        {
            return false;
        }

        string digits = text.Replace(" ", "");
        if (digits.Length != 2 * Bytes)
        {
            return false;
        }

        ulong number = 0;
        for (int i = Bytes - 1; i >= 0; i--)
        {
            if (!byte.TryParse(digits.Substring(2 * i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte one))
            {
                return false;
            }

            number = (number << 8) | one;
        }

        address = new PeerAddress(number);
        return true;
    }

    /// <summary>Writes six bytes.</summary>
    public void Write(Span<byte> to)
    {
        ulong number = Number;
        for (int i = 0; i < Bytes; i++)
        {
            to[i] = (byte)number;
            number >>= 8;
        }
    }

    /// <summary>Twelve hexadecimal digits in the order of the wire.</summary>
    public string ToHex()
    {
        char[] text = new char[2 * Bytes];
        ulong number = Number;
        for (int i = 0; i < Bytes; i++)
        {
            text[2 * i] = Digit((int)(number >> 4) & 15);
            text[(2 * i) + 1] = Digit((int)number & 15);
            number >>= 8;
        }

        return new string(text);
    }

    /// <summary>Hexadecimal digits and the number: 790300000000 (889).</summary>
    public override string ToString() => ToHex() + " (" + Number.ToString(CultureInfo.InvariantCulture) + ")";

    /// <inheritdoc/>
    public bool Equals(PeerAddress other) => Number == other.Number;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PeerAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Number.GetHashCode();

    /// <summary>Same six bytes.</summary>
    public static bool operator ==(PeerAddress left, PeerAddress right) => left.Equals(right);

    /// <summary>Other bytes.</summary>
    public static bool operator !=(PeerAddress left, PeerAddress right) => !left.Equals(right);

    private static char Digit(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);
}
