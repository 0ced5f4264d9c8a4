// Owns: hashes of the duty page's passwords.
// Must never: compare two passwords itself; ASP.NET Core's hasher does.

using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Gateway.County.Duty;

internal static class Passwords
{
    private static readonly PasswordHasher<string> s_hasher = new(Options.Create(new PasswordHasherOptions
    {
        CompatibilityMode = PasswordHasherCompatibilityMode.IdentityV3,
        IterationCount = CountyLimits.DutyHashRounds,
    }));

    public static string Hash(string name, string password) => s_hasher.HashPassword(name, password);

    public static bool Fits(DutyUser user, string password) =>
        s_hasher.VerifyHashedPassword(user.Name, user.PasswordHash, password) != PasswordVerificationResult.Failed;

    /// <summary>Why a password cannot be; null when it can.</summary>
    public static string? Problem(string password) =>
        password.Length is < CountyLimits.DutyPasswordMin or > CountyLimits.DutyPasswordMax
            ? $"password: {password.Length} characters; allowed: {CountyLimits.DutyPasswordMin}..{CountyLimits.DutyPasswordMax}"
            : null;
}
