// Owns: who a station is to the county, and its key.
// Must never: show, log or compare a key byte by byte, or hand it to anything but the store and the signature.

using System.Security.Cryptography;
using System.Text;
using Gateway.Contract;

namespace Gateway.County;

/// <summary>A station's key on the server. Safe for any number of threads. Its text form never contains the key.</summary>
public sealed class StationKey : Mac
{
    private readonly byte[] _key;

    /// <param name="key">32 bytes; copied.</param>
    /// <exception cref="ArgumentException">The key does not have 32 bytes.</exception>
    public StationKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyBytes)
        {
            throw new ArgumentException($"a station's key has {KeyBytes} bytes, not {key.Length}", nameof(key));
        }

        _key = key.ToArray();
        Id = IdOf(_key);
    }

    /// <summary>Names the key in rows without showing it; above 0. A session belongs to the key that signed it.</summary>
    public long Id { get; }

    /// <summary>32 random bytes of the operating system.</summary>
    public static StationKey Create() => new(RandomNumberGenerator.GetBytes(KeyBytes));

    public override void Sign(byte[] message, int count, byte[] mac, int macAt) =>
        HMACSHA256.HashData(_key, message.AsSpan(0, count), mac.AsSpan(macAt, SignatureBytes));

    /// <summary>The key's bytes, for a store that keeps it and for the technician's file. Never for a screen or a log.</summary>
    public byte[] CopyForStorage() => (byte[])_key.Clone();

    public override string ToString() => "(key)";

    private static long IdOf(byte[] key)
    {
        long id = BitConverter.ToInt64(HMACSHA256.HashData(key, "id of this key"u8)) & long.MaxValue;
        return Math.Max(1, id);
    }
}

/// <summary>A station that may speak: its number, its place in the topics, its name and its key.</summary>
public sealed class StationRegistration
{
    private Topics? _topics;

    /// <summary>1..4294967295, given by the county.</summary>
    public required uint Station { get; init; }

    /// <summary>Codes as in the topics, each accepted by <see cref="Topics.LevelOk"/>.</summary>
    public required string County { get; init; }

    public required string Township { get; init; }

    /// <summary>The township's name as the registry has it; empty = it is not known.</summary>
    public string TownshipName { get; init; } = "";

    /// <summary>The township for people: its code, and its name where that is known.</summary>
    public string TownshipShown => TownshipName.Length == 0 ? Township : $"{Township} {TownshipName}";

    public required string Village { get; init; }

    /// <summary>For people; at most <see cref="CountyLimits.NameBytesMax"/> bytes of UTF-8, none of <see cref="PlainText"/>.</summary>
    public required string Name { get; init; }

    public required StationKey Key { get; init; }

    /// <summary>A key that the technician has, and that the station has not used yet; null = none.</summary>
    public StationKey? NextKey { get; init; }

    /// <summary>While a next key waits: when <see cref="Key"/> ends all the same, ms since 1970 UTC; 0 = never.</summary>
    public long OldKeyUntilMs { get; init; }

    /// <summary>Hash of the station's password at the broker, as of <see cref="BrokerPassword"/>; null = the registry has none.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>When it was registered, ms since 1970 UTC.</summary>
    public long AddedMs { get; init; }

    /// <summary>The station's topics, made once.</summary>
    public Topics Topics => _topics ??= new Topics(County, Township, Village, Station);

    public override string ToString() => $"{Station} {Name}";

    /// <summary>What is wrong with these fields: place, value and what is allowed; null when nothing is.</summary>
    public string? Problem()
    {
        if (Station == 0)
        {
            return "station: 0; allowed: 1..4294967295";
        }

        return ProblemOf("county", County) ?? ProblemOf("township", Township) ?? ProblemOf("village", Village) ?? ProblemOfName();
    }

    private static string? ProblemOf(string place, string level) => Topics.LevelOk(level)
        ? null
        : $"{place}: '{level}'; allowed: 1..{ContractLimits.TopicLevelMax} characters of A-Z a-z 0-9 - _";

    private string? ProblemOfName()
    {
        // Quotes and backslashes would end or bend the quoted text of the settings line.
        bool fits = Name.Length > 0 && Encoding.UTF8.GetByteCount(Name) <= CountyLimits.NameBytesMax;
        string? bad = PlainText.FirstBad(Name);
        const string Without = "without characters that are not seen, quotes and backslashes";
        return fits && bad is null && !Name.AsSpan().ContainsAny('"', '\\') ? null
            : $"name: '{PlainText.Clean(Name)}'{(bad is null ? "" : $" with {bad}")}; allowed: 1..{CountyLimits.NameBytesMax} bytes of "
            + $"UTF-8 {Without}";
    }
}
