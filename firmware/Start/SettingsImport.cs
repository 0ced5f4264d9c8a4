// Owns: the way of a technician's settings file into the settings store, and which settings are then in force.
// Must never: let a text replace the last good one unless it is right as a whole and whole in flash.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Start
{
    /// <summary>
    /// A file is a wish, not a store: a good text becomes the newest settings; a wrong one is explained and changes nothing. When a wish is
    /// over is the platform's to say: the device takes the file away, a PC's file stays where it is.
    /// </summary>
    public sealed class SettingsImport
    {
        private readonly SettingsTrial _trial;
        private readonly PlaceNotes _notes;
        private Settings _unstored;

        /// <param name="trial">Of this start.</param>
        /// <param name="notes">Gets what the technician is told.</param>
        public SettingsImport(SettingsTrial trial, PlaceNotes notes)
        {
            _trial = trial;
            _notes = notes;
        }

        /// <summary>The settings of a text that is right as a whole; else null, notes, and a word for the county.</summary>
        /// <param name="file">As the technician knows it.</param>
        /// <param name="text">What was read of it.</param>
        /// <param name="count">Bytes of the file, also when that is more than was read; below 0 = it can't be read.</param>
        /// <param name="taken">It is the one that was taken last, so that it is none that is new.</param>
        public Settings Check(string file, byte[] text, int count, bool taken)
        {
            SettingsErrors errors = new SettingsErrors();
            if (count < 0)
            {
                errors.Add(SettingsReason.TooMany, 0, 0, "读不出的文件\nan unreadable file", "可读的文件\na readable file");
            }

            // A file that is too long was not read, and the parser says so before it looks at the text.
            taken = taken || _trial.Has(text, count);
            Settings settings = count < 0 ? null : SettingsParser.Parse(text, count, _trial.Board, errors, taken);
            if (settings == null)
            {
                _notes.Add(errors, file);
                _trial.NoteRefused(errors);
            }

            return settings;
        }

        /// <summary>
        /// Makes a text that was found right the newest one. False with a note when the flash does not take it: then it is used from its
        /// own file, where it is still whole, and the next start tries again.
        /// </summary>
        public bool Store(string file, byte[] text, int count, Settings settings)
        {
            if (_trial.Take(text, count))
            {
                return true;
            }

            _unstored = settings;
            _notes.Add(file, 0, "存储不收这份配置\nthe store did not take the settings", "可写的存储\na store that can be written to");
            return false;
        }

        /// <summary>
        /// The settings to run with, null when there are none that are right. It counts a start of settings on trial: once a start.
        /// </summary>
        /// <param name="store">What the technician calls the store.</param>
        public Settings InForce(string store)
        {
            if (_unstored != null)
            {
                return _unstored;
            }

            SettingsErrors errors = new SettingsErrors();
            Settings kept = _trial.Choose(errors);
            _notes.Add(errors, store);
            if (kept == null)
            {
                _notes.Add(store, 0, "没有可用的配置\nno good settings", "一份没有错误的配置\na settings text without errors");
            }

            if (_trial.GivenUpCrc != 0)
            {
                string crc = _trial.GivenUpCrc.ToString("X8");
                string found = "配置 " + crc + " 试运行失败，已回退\nsettings " + crc + " did not reach the county and were given up";
                _notes.Add(store, 0, found, "能与县平台通信的配置\nsettings under which the county answers");
            }

            return kept;
        }
    }
}
