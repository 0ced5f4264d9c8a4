// Owns: the way of the technician's settings.txt into the settings store.
// Must never: let a text replace the last good one unless it is right as a whole and whole in flash.

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

        /// <summary>The settings to run with, or null when there are none that are right.</summary>
        public static Settings Load(string root, FlashPort flash, BoardShape board, TechnicianNotes notes)
        {
            SettingsStore store = new SettingsStore(flash);
            Settings wished = Take(root + FileName, store, board, notes);
            if (wished != null)
            {
                return wished;
            }

            SettingsErrors errors = new SettingsErrors();
            Settings kept = store.Load(board, errors);
            notes.Add(errors, "stored settings");
            if (kept == null)
            {
                notes.Add(FileName, 0, "没有可用的配置 no good settings on the device", "a settings.txt without errors");
            }

            return kept;
        }

        private static Settings Take(string path, SettingsStore store, BoardShape board, TechnicianNotes notes)
        {
            byte[] text = new byte[Limits.SettingsBytesMax];
            int count = EspFiles.Read(path, text);
            if (count == EspFiles.Absent)
            {
                return null;
            }

            if (count < 0 || count > text.Length)
            {
                string found = count < 0 ? "an unreadable file" : count.ToString() + " bytes";
                notes.Add(FileName, 0, found, "at most " + text.Length.ToString() + " bytes");
                return null;
            }

            SettingsErrors errors = new SettingsErrors();
            Settings settings = SettingsParser.Parse(text, count, board, errors);
            if (settings == null)
            {
                notes.Add(errors, FileName);
                return null;
            }

            if (IsNewest(store, text, count) || store.Write(text, count))
            {
                // A cut before the file is gone brings it here once more, and then it is the newest already.
                EspFiles.Delete(path);
            }
            else
            {
                // The text is good and still whole in its own file, so it is used; the next start tries again.
                notes.Add(FileName, 0, "the flash did not take the settings", "a working flash");
            }

            return settings;
        }

        private static bool IsNewest(SettingsStore store, byte[] text, int count)
        {
            byte[] newest = new byte[Limits.SettingsBytesMax];
            int files = store.Find();
            if (files == 0 || store.Read(files - 1, newest) != count)
            {
                return false;
            }

            for (int i = 0; i < count; i++)
            {
                if (newest[i] != text[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
