// Owns: how moments are written for people and read from a command line.
// Must never: throw on a clock that tells nonsense; a gateway's clock may.

using System.Globalization;

namespace Gateway.County;

internal static class TimeText
{
    public const string Allowed = "2026-05-01, 2026-05-01T08:30, with Z or +08:00 if not local, or an age such as 90s, 15m, 24h, 7d";

    private const string Shown = "yyyy-MM-dd HH:mm:ss";

    // As lists and JSON write them too. Whatever else would be read as one of several days, such as 05/06/2026.
    private static readonly string[] s_forms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.fffK",
    ];

    private static readonly long LastMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Local time to the second.</summary>
    public static string Local(long ms) => At(ms).ToLocalTime().ToString(Shown);

    /// <summary>UTC with milliseconds, as in ISO 8601.</summary>
    public static string Utc(long ms) => At(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    public static bool TryParse(string text, DateTimeOffset now, out long ms)
    {
        ms = 0;
        if (text.Length >= 2
            && Unit(text[^1]) is { } unitMs
            && uint.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out uint count))
        {
            ms = Math.Max(0, now.ToUnixTimeMilliseconds() - count * unitMs);
            return true;
        }

        if (!DateTimeOffset.TryParseExact(
            text, s_forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset moment))
        {
            return false;
        }

        ms = moment.ToUnixTimeMilliseconds();
        return true;
    }

    private static long? Unit(char letter) => letter switch
    {
        's' => 1_000,
        'm' => 60_000,
        'h' => 3_600_000,
        'd' => 86_400_000,
        _ => null,
    };

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(ms, 0, LastMs));
}
