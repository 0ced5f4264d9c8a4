// Owns: the bounds of a table that a person hands over, each with its reason.
// Must never: hold a bound of a station's settings; those are Core's.

namespace Gateway.Sheets;

internal static class SheetLimits
{
    /// <summary>Rows: the boxes of a whole prefecture, or the villages of a province's list of divisions.</summary>
    public const int RowsMax = 50_000;

    /// <summary>Bytes: so many rows of some 160 bytes; whatever is larger is no table of ours.</summary>
    public const int BytesMax = 8 * 1024 * 1024;

    /// <summary>Bytes of a password at the broker: as many as a station's key file may have.</summary>
    public const int PasswordBytesMax = 256;

    /// <summary>Problems that are shown: more nobody mends before looking again.</summary>
    public const int ProblemsShownMax = 20;
}
