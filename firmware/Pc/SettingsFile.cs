// Owns: bringing a settings file into the store, and finding the settings in force.
// Must never: judge a setting; Core's parser does, and the last good text stays when it refuses.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Board;

namespace Gateway.Pc;

/// <summary>The settings in force, and what there is to say about how they came to be.</summary>
/// <param name="Settings">Null = not configured.</param>
/// <param name="Errors">For the user, each with file, line and column.</param>
public sealed record SettingsInForce(Settings? Settings, IReadOnlyList<string> Errors);

/// <summary>Settings files of a user.</summary>
public static class SettingsFile
{
    /// <summary>Checks a file against the virtual board; null and errors when anything is wrong.</summary>
    public static Settings? Check(string path, ICollection<string> errors) => Parse(path, errors)?.Settings;

    /// <summary>Takes a file over if it is right and not what is stored already; else the last good settings stay in force.</summary>
    /// <param name="path">Null = only what is stored.</param>
    public static SettingsInForce TakeOver(string? path, FlashPort flash)
    {
        var errors = new List<string>();
        var store = new SettingsStore(flash);
        if (path is not null && Parse(path, errors) is { } parsed)
        {
            if (Stored(store, parsed.Text) || store.Write(parsed.Text, parsed.Text.Length))
            {
                return new SettingsInForce(parsed.Settings, errors);
            }

            errors.Add(PlaceError.Text(path, 0, "存储拒绝写入 the state folder refuses the text", "a folder that can be written to"));
        }

        var storeErrors = new SettingsErrors();
        Settings? lastGood = store.Load(VirtualBoard.Shape(), storeErrors);
        AddAll(storeErrors, "state/settings", errors);
        return new SettingsInForce(lastGood, errors);
    }

    private sealed record Parsed(Settings Settings, byte[] Text);

    private static Parsed? Parse(string path, ICollection<string> errors)
    {
        if (BoundedFile.Read(path, Limits.SettingsBytesMax, "a readable settings file", errors) is not { } text)
        {
            return null;
        }

        var found = new SettingsErrors();
        Settings? settings = SettingsParser.Parse(text, text.Length, VirtualBoard.Shape(), found);
        AddAll(found, path, errors);
        return settings is null ? null : new Parsed(settings, text);
    }

    private static void AddAll(SettingsErrors found, string file, ICollection<string> errors)
    {
        for (int i = 0; i < found.Count; i++)
        {
            errors.Add(found.Text(i, file));
        }

        if (found.Total > found.Count)
        {
            errors.Add($"{file}: 另有 {found.Total - found.Count} 处 and {found.Total - found.Count} more");
        }
    }

    /// <summary>True when the newest stored text is this one, so that a start does not write it again.</summary>
    private static bool Stored(SettingsStore store, byte[] text)
    {
        int newest = store.Find() - 1;
        var stored = new byte[Limits.SettingsBytesMax];
        return newest >= 0 && store.Read(newest, stored) is var count && count == text.Length
            && stored.AsSpan(0, count).SequenceEqual(text);
    }
}
