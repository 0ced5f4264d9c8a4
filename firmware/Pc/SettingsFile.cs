// Owns: bringing a settings file into the store, and finding the settings in force.
// Must never: judge a setting; Core's parser does, and the last good text stays when it refuses.

using Gateway.Core;
using Gateway.Pc.Board;
using Gateway.Pc.Flash;

namespace Gateway.Pc;

/// <summary>The settings in force, and what there is to say about how they came to be.</summary>
/// <param name="Settings">Null = not configured.</param>
/// <param name="Trial">Where they came from, and what tries new ones.</param>
/// <param name="Errors">For the user, each with file, line and column.</param>
public sealed record SettingsInForce(Settings? Settings, SettingsTrial Trial, IReadOnlyList<string> Errors);

/// <summary>Settings files of a user.</summary>
public static class SettingsFile
{
    /// <summary>Checks a file against the virtual board; null and errors when anything is wrong.</summary>
    public static Settings? Check(string path, ICollection<string> errors) => Parse(path, new SettingsErrors(), errors)?.Settings;

    /// <summary>
    /// Takes a file over if it is right and not the one that was taken last; else the last good settings stay in force. So a file that
    /// stays where it is does not undo what the county sent since. Counts a start of the settings that are on trial.
    /// </summary>
    /// <param name="path">Null = only what is stored.</param>
    public static SettingsInForce TakeOver(string? path, PcFlash flash)
    {
        var errors = new List<string>();
        var trial = new SettingsTrial(flash, VirtualBoard.Shape());
        if (path is not null)
        {
            var found = new SettingsErrors();
            Parsed? parsed = Parse(path, found, errors);
            if (parsed is null)
            {
                trial.NoteRefused(found);
            }
            else if (flash.SettingsTaken != parsed.Settings.TextCrc || Export(flash) is null)
            {
                if (trial.Take(parsed.Text, parsed.Text.Length))
                {
                    flash.SettingsTaken = parsed.Settings.TextCrc;
                }
                else
                {
                    errors.Add(PlaceError.Text(path, 0, "存储拒绝写入 the state folder refuses the text", "a folder that can be written to"));
                }
            }
        }

        var storeErrors = new SettingsErrors();
        Settings? settings = trial.Choose(storeErrors);
        AddAll(storeErrors, "state/settings", errors);
        if (trial.GivenUpCrc != 0)
        {
            errors.Add($"state/settings: 试用失败，已退回 the settings {trial.GivenUpCrc:x8} did not reach the county and were given up");
        }

        return new SettingsInForce(settings, trial, errors);
    }

    /// <summary>The stored text in force, byte for byte; null when there is none.</summary>
    public static byte[]? Export(FlashPort flash)
    {
        var store = new SettingsStore(flash);
        store.Find();
        var text = new byte[Limits.SettingsBytesMax];
        int number = store.Keepsake(text);
        int count = number == 0 ? -1 : store.Read(number, text);
        return count < 0 ? null : text[..count];
    }

    private sealed record Parsed(Settings Settings, byte[] Text);

    private static Parsed? Parse(string path, SettingsErrors found, ICollection<string> errors)
    {
        if (BoundedFile.Read(path, Limits.SettingsBytesMax, "a readable settings file", errors) is not { } text)
        {
            return null;
        }

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
}
