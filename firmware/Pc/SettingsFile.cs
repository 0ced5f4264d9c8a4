// Owns: a user's settings file: reading it, and when it is a new wish.
// Must never: judge a setting; Core's parser does, and the last good text stays when it refuses.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Board;
using Gateway.Pc.Flash;
using Gateway.Start;

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
    public static Settings? Check(string path, ICollection<string> errors) =>
        Read(path, errors) is { } text ? Check(path, text, errors) : null;

    /// <summary>Checks what was read of a file.</summary>
    public static Settings? Check(string path, byte[] text, ICollection<string> errors)
    {
        var found = new SettingsErrors();
        Settings? settings = SettingsParser.Parse(text, text.Length, VirtualBoard.Shape(), found);
        new ErrorNotes(errors).Add(found, path);
        return settings;
    }

    /// <summary>
    /// Takes a file over if it is right and not the one that was taken last; else the last good settings stay in force. So a file that
    /// stays where it is does not undo what the county sent since. Counts a start of the settings that are on trial.
    /// </summary>
    /// <param name="path">Null = only what is stored.</param>
    public static SettingsInForce TakeOver(string? path, PcFlash flash)
    {
        var errors = new List<string>();
        var trial = new SettingsTrial(flash, VirtualBoard.Shape());
        var import = new SettingsImport(trial, new ErrorNotes(errors));
        if (path is not null && Read(path, errors) is { } text
            && import.Check(path, text, text.Length, flash.SettingsTaken == Crc32.Of(text, 0, text.Length)) is { } wish)
        {
            bool isNew = flash.SettingsTaken != wish.TextCrc || Export(flash) is null;
            if (isNew && import.Store(path, text, text.Length, wish))
            {
                flash.SettingsTaken = wish.TextCrc;
            }
        }

        Settings? settings = import.InForce("state/settings");
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

    /// <summary>A byte more than is allowed where there are too many. Null and an error when it can't be read.</summary>
    public static byte[]? Read(string path, ICollection<string> errors) =>
        BoundedFile.Read(path, Limits.SettingsBytesMax, "可读的配置文件\na readable settings file", errors);
}
