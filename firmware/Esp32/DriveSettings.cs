// Owns: the technician's settings.txt on the drive.
// Must never: judge a setting, or take a file away whose text is not whole in the store.

using Gateway.Core;
using Gateway.Start;

namespace Gateway.Esp32
{
    /// <summary>
    /// A file that came into the store is taken away, so one that is there again later is a new wish, even with an old text.
    /// </summary>
    public static class DriveSettings
    {
        private const string FileName = "settings.txt";

        /// <summary>The settings to run with, or null when there are none that are right. Counts a start of settings on trial.</summary>
        public static Settings Load(string root, SettingsTrial trial, TechnicianNotes notes)
        {
            SettingsImport import = new SettingsImport(trial, notes);
            Import(root, import);
            return import.InForce("stored settings");
        }

        /// <summary>
        /// Apart, since its buffer goes before the stored text is read. The buffer is the file's size: with one for the longest text this
        /// was the moment that needed the most memory of all.
        /// </summary>
        private static void Import(string root, SettingsImport import)
        {
            int length = EspFiles.Length(root + FileName);
            byte[] text = new byte[length < 0 ? 0 : length < Limits.SettingsBytesMax ? length : Limits.SettingsBytesMax];
            int count = EspFiles.Read(root + FileName, text);
            Settings wish = count == EspFiles.Absent ? null : import.Check(FileName, text, count, false);
            if (wish != null && import.Store(FileName, text, count, wish))
            {
                // A cut before the file is gone brings it here once more, and then it is the newest already.
                EspFiles.Delete(root + FileName);
            }
        }
    }
}
