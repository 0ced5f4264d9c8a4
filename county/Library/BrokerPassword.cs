// Owns: the hash by which a broker knows a password, in the form that Mosquitto reads too.
// Must never: keep or show the password itself.

using System.Globalization;
using System.Security.Cryptography;

namespace Gateway.County;

/// <summary>
/// $7$ROUNDS$SALT$HASH: PBKDF2 with SHA-512. The passwords are 24 random characters, which nobody guesses, so few rounds are enough; many
/// would stall a broker to which all stations of a county come back at once.
/// </summary>
public static class BrokerPassword
{
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";
    private const int SaltBytes = 12;
    private const int HashBytes = 64;

    /// <summary>24 random characters with 139 bits; they are read aloud and typed by nobody.</summary>
    public static string Create() => RandomNumberGenerator.GetString(Alphabet, CountyLimits.PasswordChars);

    public static string Hash(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        byte[] hash = Derive(password, salt, CountyLimits.PasswordRounds);
        return string.Create(CultureInfo.InvariantCulture,
            $"$7${CountyLimits.PasswordRounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    /// <summary>Whether this is the password of the hash; takes as long whatever is wrong.</summary>
    public static bool Fits(string hash, string password)
    {
        ArgumentNullException.ThrowIfNull(hash);
        string[] parts = hash.Split('$');
        bool known = parts is ["", "7", _, _, _];
        if (!known || !int.TryParse(parts[2], CultureInfo.InvariantCulture, out int rounds)
            || rounds is < 1 or > CountyLimits.PasswordRoundsMax)
        {
            return false;
        }

        try
        {
            return CryptographicOperations.FixedTimeEquals(
                Convert.FromBase64String(parts[4]), Derive(password, Convert.FromBase64String(parts[3]), rounds));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static byte[] Derive(string password, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA512, HashBytes);
}
