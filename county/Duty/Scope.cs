// Owns: which townships somebody sees: the one place where that is decided.
// Must never: be asked about anything but a township's code.

namespace Gateway.County.Duty;

/// <param name="Township">The only township that is seen; null = all of the county.</param>
internal sealed record Scope(string? Township)
{
    public bool Sees(string township) => Township is null || Township == township;

    /// <summary>Everything, or one township. A user on duty for a township whose code is missing sees nothing.</summary>
    public static Scope Of(DutyUser user) =>
        new(user.Township.Length > 0 || user.Role == DutyRole.Township ? user.Township : null);
}
