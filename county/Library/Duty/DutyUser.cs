// Owns: a person who uses the duty page: name, role and township, and what may not be.
// Must never: carry a password; the registry has its hash.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>What a user of the duty page may do; the numbers stand in databases.</summary>
public enum DutyRole
{
    /// <summary>On duty for the whole county.</summary>
    County = 1,

    /// <summary>On duty for one township, and sees nothing outside of it.</summary>
    Township = 2,

    /// <summary>Looks after stations; judges no case.</summary>
    Engineer = 3,

    /// <summary>Looks, at the county or at one township.</summary>
    Reader = 4,
}

/// <summary>A user of the duty page.</summary>
public sealed class DutyUser
{
    /// <summary>The words of roles on command lines, in the order of their numbers from 1.</summary>
    public static readonly System.Collections.Immutable.ImmutableArray<string> Roles = ["county", "township", "engineer", "reader"];

    private static readonly string[] s_chinese = ["县值班", "乡镇值班", "工程师", "只读"];

    /// <summary>What is typed at the sign-in.</summary>
    public required string Name { get; init; }

    /// <summary>The person's name, which stands with each act.</summary>
    public required string Person { get; init; }

    public required DutyRole Role { get; init; }

    /// <summary>The code of the only township that is seen; empty = all.</summary>
    public required string Township { get; init; }

    /// <summary>As of the duty page's own hasher.</summary>
    public required string PasswordHash { get; init; }

    public long AddedMs { get; init; }

    public static string Of(DutyRole role) => (int)role >= 1 && (int)role <= Roles.Length ? Roles[(int)role - 1] : $"{(int)role}";

    public static string Chinese(DutyRole role) => (int)role >= 1 && (int)role <= s_chinese.Length ? s_chinese[(int)role - 1] : "";

    /// <summary>What is wrong with these fields: place, value and what is allowed; null when nothing is.</summary>
    public string? Problem()
    {
        bool needs = Role == DutyRole.Township;
        bool mayHave = needs || Role == DutyRole.Reader;
        return NameProblem(Name)
            ?? PlainText.Problem("person", Person, 1, CountyLimits.CaseNameMax)
            ?? (needs && Township.Length == 0 ? "township: missing; allowed: the code of the township that this user is on duty for"
                : !mayHave && Township.Length > 0 ? $"township: '{PlainText.Clean(Township)}' with role {Of(Role)}; "
                    + "allowed: with township and reader alone"
                : TownshipProblem(Township));
    }

    /// <summary>What is wrong with a name by which people know a user or a program; null when nothing is.</summary>
    internal static string? NameProblem(string name) =>
        name.Length is 0 or > CountyLimits.DutyUserNameMax || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? $"name: '{PlainText.Clean(name)}'; allowed: 1..{CountyLimits.DutyUserNameMax} of A-Z a-z 0-9 - _ ."
            : null;

    /// <summary>What is wrong with the code of the only township that is seen; null when nothing is, or all are seen.</summary>
    internal static string? TownshipProblem(string township) => township.Length > 0 && !Topics.LevelOk(township)
        ? $"township: '{PlainText.Clean(township)}'; allowed: 1..{ContractLimits.TopicLevelMax} characters of A-Z a-z 0-9 - _"
        : null;
}

/// <summary>A row of the shift log (值班日志).</summary>
/// <param name="Number">Rising, from 1.</param>
/// <param name="AtMs">When, ms since 1970 UTC.</param>
/// <param name="Name">The user.</param>
/// <param name="Person">The person's name then.</param>
/// <param name="Act">What was done: a word for programs.</param>
/// <param name="Township">The township that it was done to; empty = none.</param>
/// <param name="Target">The case or station that it was done to.</param>
/// <param name="Words">What was said.</param>
public sealed record DutyLogRow(
    long Number, long AtMs, string Name, string Person, string Act, string Township, string Target, string Words)
{
    /// <summary>The number of the command that the act asked of the station; 0 = none.</summary>
    public uint Command { get; init; }
}

/// <summary>Open cases of one township, class and state, gas alarms apart.</summary>
/// <param name="Township">Its code.</param>
/// <param name="Class">Their class.</param>
/// <param name="State">Their state.</param>
/// <param name="Gas">Whether these are alarms of one zone of combustible gas; with a further zone they count as fires.</param>
/// <param name="Count">How many.</param>
public readonly record struct CaseCount(string Township, CaseClass Class, CaseState State, bool Gas, int Count);
