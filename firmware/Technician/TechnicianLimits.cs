// Owns: every bound of the technician's command, each with its reason.
// Must never: hold a bound of a settings text; those are Core's.

namespace Gateway.Technician;

internal static class TechnicianLimits
{
    /// <summary>Work that takes longer, ms, says how far it is, and how often.</summary>
    public const int ProgressAfterMs = 1_000;
    public const int ProgressEveryMs = 1_000;

    /// <summary>A password at the broker: as long as those that the county makes.</summary>
    public const int PasswordChars = 24;

    /// <summary>Bytes of a Wi-Fi network's name and password, by the standard.</summary>
    public const int WifiNameBytesMax = 32;
    public const int WifiPasswordCharsMin = 8;
    public const int WifiPasswordCharsMax = 63;

    /// <summary>Bytes of a file with one password in it.</summary>
    public const int PasswordFileBytesMax = 1_024;
}
