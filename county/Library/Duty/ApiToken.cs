// Owns: a program that reads the API: its token's hash, what it sees, and what may not be.
// Must never: carry the token; that is shown once, in a file.

using System.Security.Cryptography;
using System.Text;

namespace Gateway.County;

/// <summary>A token of the API.</summary>
public sealed class ApiToken
{
    /// <summary>By which people know it.</summary>
    public required string Name { get; init; }

    /// <summary>As of <see cref="HashOf"/>.</summary>
    public required string Hash { get; init; }

    /// <summary>The code of the only township that is seen; empty = all.</summary>
    public required string Township { get; init; }

    /// <summary>Whether files of places are given with names and telephone numbers.</summary>
    public bool Contacts { get; init; }

    public long AddedMs { get; init; }

    /// <summary>A new token: nobody guesses as many bytes, so one round of a hash keeps it.</summary>
    public static string Create() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(CountyLimits.DutyTokenBytes));

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>What is wrong with these fields: place, value and what is allowed; null when nothing is.</summary>
    public string? Problem() => DutyUser.NameProblem(Name) ?? DutyUser.TownshipProblem(Township);
}
