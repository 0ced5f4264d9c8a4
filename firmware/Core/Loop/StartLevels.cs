// Owns: the levels that a start gives its outputs before it has read its settings.
// Must never: take up a drill's or a lesser sound as a fire's, or a level that was another board's or another text's.

using System.Text;
using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Reading settings and log takes a start some seconds, and a pin that is opened is low. So the journal keeps, by output of the board,
    /// what siren, strobe and relays were doing, and the board is made with it. The first tick then writes what is right now.
    /// </summary>
    public sealed class StartLevels
    {
        private readonly Journal _journal;
        private readonly OutputDriver _outputs;
        private readonly Settings _settings;

        /// <summary>When <see cref="Put"/> has something to look at; far away while nothing may have changed.</summary>
        public long DueMs = long.MaxValue;

        public StartLevels(Journal journal, OutputDriver outputs, Settings settings)
        {
            _journal = journal;
            _outputs = outputs;
            _settings = settings;
            Saved.Put(journal, SavedField.LevelsBoard, SumOf(settings.BoardName));
            Saved.Put(journal, SavedField.LevelsText, (int)settings.TextCrc);
        }

        /// <summary>
        /// What the outputs of this board were doing, bit k for output k + 1; 0 also when the journal is not whole, or when another text
        /// has been stored meanwhile.
        /// </summary>
        /// <param name="journal">As <see cref="Journal.Peek"/> has read it.</param>
        public static int Of(Journal journal, string board, FlashPort flash)
        {
            bool good = journal.Readable && journal.Damaged == 0 && Saved.Get(journal, SavedField.LevelsBoard) == SumOf(board);
            int levels = good ? Saved.Get(journal, SavedField.Levels) : 0;
            return levels != 0 && Fit(journal, SettingsTrial.Expected(flash)) ? levels : 0;
        }

        /// <summary>Whether the levels are those of this text, by its sum.</summary>
        public static bool Fit(Journal journal, uint text)
        {
            return Saved.Get(journal, SavedField.LevelsText) == (int)text;
        }

        /// <summary>Whether a fire that was no drill was latched.</summary>
        public static bool FireIn(Journal journal)
        {
            return (Saved.Get(journal, SavedField.Latched) & ~Saved.Get(journal, SavedField.Drilled)) != 0;
        }

        /// <summary>The panel has stepped.</summary>
        public void Stepped()
        {
            DueMs = DueMs == long.MaxValue ? 0 : DueMs;
        }

        /// <summary>Takes the levels into the journal's memory; true when they are to be written.</summary>
        public bool Put()
        {
            int levels = 0;
            for (OutputRole role = OutputRole.Siren; role <= OutputRole.Relay4; role++)
            {
                int output = _settings.OutputOf[(int)role];
                if (output >= 0)
                {
                    bool on = _outputs.PatternOf(role) == (role == OutputRole.Siren ? Pattern.Fire : Pattern.On);
                    bool inverted = Bits.Has(_settings.OutputsInverted, (int)role);
                    levels |= on != inverted ? Bits.Of(output) : 0;
                }
            }

            // A write that the flash refused is due at its own time.
            bool again = DueMs != 0;
            DueMs = long.MaxValue;
            int before = Saved.Get(_journal, SavedField.Levels);
            Saved.Put(_journal, SavedField.Levels, levels);
            return again || before != levels;
        }

        /// <summary>Writes them, where nothing else of the panel is to be written.</summary>
        public void Save(long nowMs)
        {
            // The levels first: of a cut between the two they are another text's, and not used.
            bool good = _journal.Save(JournalKey.Panel) && _journal.Save(JournalKey.Cases);
            DueMs = good ? long.MaxValue : nowMs + Limits.FlashRetryMs;
        }

        private static int SumOf(string board)
        {
            byte[] name = Encoding.UTF8.GetBytes(board == null ? "" : board);
            return (int)Crc32.Of(name, 0, name.Length);
        }
    }
}
