// Owns: the way of the technician's settings.txt into the settings store.
// Must never: let a text replace the last good one unless it is right as a whole and whole in flash.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Esp32
{
    /// <summary>
    /// settings.txt on the drive is a wish, not a store: a good one becomes the newest settings and is taken away; a bad one stays where
    /// it is, is explained in settings.err and changes nothing. One that is there again later is a new wish, even with an old text.
    /// </summary>
    public static class SettingsImport
    {
        private const string FileName = "settings.txt";

        /// <summary>The settings to run with, or null when there are none that are right. Counts a start of settings on trial.</summary>
        public static Settings Load(string root, SettingsTrial trial, TechnicianNotes notes)
        {
            Settings unstored = Take(root + FileName, trial, notes);
            if (unstored != null)
            {
                return unstored;
            }

            SettingsErrors errors = new SettingsErrors();
            Settings kept = trial.Choose(errors);
            notes.Add(errors, "stored settings");
            if (kept == null)
            {
                notes.Add(FileName, 0, "没有可用的配置 no good settings on the device", "a settings.txt without errors");
            }

            if (trial.GivenUpCrc != 0)
            {
                string found = "配置试用失败，已退回 new settings did not reach the county and were given up, " + trial.GivenUpCrc.ToString("X8");
                notes.Add("stored settings", 0, found, "settings under which the county answers");
            }

            return kept;
        }

        /// <summary>Brings the file into the store; its settings only when they are right and the store does not take them.</summary>
        private static Settings Take(string path, SettingsTrial trial, TechnicianNotes notes)
        {
            byte[] text = new byte[Limits.SettingsBytesMax];
            int count = EspFiles.Read(path, text);
            if (count == EspFiles.Absent)
            {
                return null;
            }

            SettingsErrors errors = new SettingsErrors();
            if (count < 0 || count > text.Length)
            {
                string found = count < 0 ? "an unreadable file" : count.ToString() + " bytes";
                errors.Add(SettingsReason.TooMany, 0, 0, found, "at most " + text.Length.ToString() + " bytes");
            }

            Settings settings = errors.Total > 0 ? null : SettingsParser.Parse(text, count, trial.Board, errors);
            if (settings == null)
            {
                notes.Add(errors, FileName);
                trial.NoteRefused(errors);
                return null;
            }

            if (trial.Take(text, count))
            {
                // A cut before the file is gone brings it here once more, and then it is the newest already.
                EspFiles.Delete(path);
                return null;
            }

            // The text is good and still whole in its own file, so it is used; the next start tries again.
            notes.Add(FileName, 0, "the flash did not take the settings", "a working flash");
            return settings;
        }
    }
}
