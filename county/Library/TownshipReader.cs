// Owns: somebody who may read what the stations of one township send.
// Must never: carry a password; the registry has its hash.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>A reader's name at the broker and what it may read.</summary>
public sealed class TownshipReader
{
    /// <summary>Its user name; no station's and not the county's.</summary>
    public required string Name { get; init; }

    public required string County { get; init; }

    public required string Township { get; init; }

    /// <summary>As of <see cref="BrokerPassword"/>.</summary>
    public required string PasswordHash { get; init; }

    public long AddedMs { get; init; }

    /// <summary>All that it may read.</summary>
    public string Filter => $"{Topics.Root}{County}/{Township}/+/+/up/#";

    /// <summary>Whether a user name is one that stations have.</summary>
    public static bool IsStationsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > 2 && name.StartsWith("st", StringComparison.Ordinal) && char.IsAsciiDigit(name[2]);
    }

    /// <summary>What is wrong with these fields: place, value and what is allowed; null when nothing is.</summary>
    public string? Problem()
    {
        if (!Topics.LevelOk(Name) || !char.IsAsciiLetter(Name[0]) || IsStationsName(Name) || Name == "county")
        {
            return $"name: '{Name}'; allowed: a letter and up to {ContractLimits.TopicLevelMax - 1} of A-Z a-z 0-9 - _, "
                + "not 'county', not 'st' with a number";
        }

        return Of("county", County) ?? Of("township", Township);

        static string? Of(string place, string level) => Topics.LevelOk(level) ? null
            : $"{place}: '{level}'; allowed: 1..{ContractLimits.TopicLevelMax} characters of A-Z a-z 0-9 - _";
    }
}
