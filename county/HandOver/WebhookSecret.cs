// Owns: signatures of Standard Webhooks 1.0: how a secret is written, what is signed, and when a signature is believed.
// Must never: show or log a secret, or compare signatures in a time that depends on them.

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.County.HandOver;

/// <summary>A secret that both sides know. Safe for any number of threads.</summary>
public sealed class WebhookSecret
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>How one is written.</summary>
    public const string Allowed = "whsec_ and the base64 of 24..64 random bytes";

    private const string Prefix = "whsec_";
    private const string Version = "v1,";

    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    /// <summary>A new one of the operating system's random bytes, as it is written.</summary>
    public static string Create() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes));

    /// <summary>The secret of a written one; null when it is none.</summary>
    public static WebhookSecret? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        byte[] key = new byte[HandOverLimits.SecretBytesMax + 1];
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[Prefix.Length..], key, out int count)
            && count is >= HandOverLimits.SecretBytesMin and <= HandOverLimits.SecretBytesMax
            ? new WebhookSecret(key[..count]) : null;
    }

    /// <summary>The signature of a body as it is sent, with its version in front.</summary>
    /// <param name="id">Of the message, the same at each attempt.</param>
    /// <param name="timestampS">Of this attempt, s since 1970.</param>
    /// <param name="body">All of it.</param>
    public string Sign(string id, long timestampS, ReadOnlySpan<byte> body) =>
        Version + Convert.ToBase64String(Mac(id, timestampS.ToString(CultureInfo.InvariantCulture), body));

    /// <summary>Why a request is not believed; null when one of its signatures is of one of the secrets.</summary>
    /// <param name="secrets">Any one suffices.</param>
    /// <param name="id">Its three headers.</param>
    /// <param name="timestamp">Decimal seconds.</param>
    /// <param name="signatures">One or more, with spaces between.</param>
    /// <param name="body">As it came.</param>
    /// <param name="nowS">The wall clock.</param>
    public static string? Problem(
        IReadOnlyList<WebhookSecret> secrets, string id, string timestamp, string signatures, ReadOnlySpan<byte> body, long nowS)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(signatures);
        if (id.Length is 0 or > HandOverLimits.MessageIdMax || id.Contains('.', StringComparison.Ordinal))
        {
            return $"{IdHeader}: allowed: 1..{HandOverLimits.MessageIdMax} characters without a dot";
        }

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds))
        {
            return $"{TimestampHeader}: allowed: seconds since 1970";
        }

        if (seconds < nowS - HandOverLimits.TimestampAwayS || seconds > nowS + HandOverLimits.TimestampAwayS)
        {
            return $"{TimestampHeader}: {seconds}, here it is {nowS}; allowed: at most {HandOverLimits.TimestampAwayS} s away";
        }

        foreach (string signature in signatures.Split(' ', HandOverLimits.SignaturesMax + 1).Take(HandOverLimits.SignaturesMax))
        {
            if (!signature.StartsWith(Version, StringComparison.Ordinal))
            {
                continue;
            }

            byte[] given = new byte[HMACSHA256.HashSizeInBytes];
            bool whole = Convert.TryFromBase64String(signature[Version.Length..], given, out int count) && count == given.Length;
            foreach (WebhookSecret secret in whole ? secrets : [])
            {
                if (CryptographicOperations.FixedTimeEquals(given, secret.Mac(id, timestamp, body)))
                {
                    return null;
                }
            }
        }

        return $"{SignatureHeader}: of none of the secrets; allowed: {Version} and the base64 of HMAC-SHA256 over id.timestamp.body";
    }

    public override string ToString() => "(secret)";

    private byte[] Mac(string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using IncrementalHash mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        mac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        mac.AppendData(body);
        return mac.GetHashAndReset();
    }
}
