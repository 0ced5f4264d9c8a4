// Owns: the places of the panel's state in the journal.
// Must never: move: a box that is updated reads what the firmware before it wrote.

namespace Gateway.Core
{
    /// <summary>
    /// A place: the key of its entry, its word, its lowest bit and how many bits it has, a byte each. Zones are bits by their number, since
    /// an index follows the settings' text, which may have changed in between.
    /// </summary>
    public enum SavedField
    {
        /// <summary>Last sequence of the fire lane that the entry covers.</summary>
        Covers = Saved.Panel | 32,
        Latched = Saved.Panel | 1 << Saved.Word | 32,
        Silenced = Saved.Panel | 2 << Saved.Word | 1,
        LookAsked = Saved.Panel | 2 << Saved.Word | 1 << Saved.Shift | 1,
        Acknowledged = Saved.Panel | 2 << Saved.Word | 2 << Saved.Shift | 1,
        FirstZone = Saved.Panel | 3 << Saved.Word | 8,
        LatestZone = Saved.Panel | 3 << Saved.Word | 8 << Saved.Shift | 8,

        /// <summary>What the board's outputs were doing, with the latch, so that both are written at once.</summary>
        Levels = Saved.Panel | 3 << Saved.Word | 16 << Saved.Shift | 16,
        Drilled = Saved.Panel | 4 << Saved.Word | 32,
        HeldOutputs = Saved.Panel | 5 << Saved.Word | 32,
        DrillMin = Saved.Panel | 6 << Saved.Word | 10,
        DutyS = Saved.Panel | 6 << Saved.Word | 10 << Saved.Shift | 10,
        HotWorkMin = Saved.Panel | 6 << Saved.Word | 20 << Saved.Shift | 10,
        ClocksRunning = Saved.Panel | 7 << Saved.Word | 3,
        ClocksUnmet = Saved.Panel | 7 << Saved.Word | 3 << Saved.Shift | 3,
        ClocksLevel = Saved.Panel | 7 << Saved.Word | 6 << Saved.Shift | 2,
        ClocksElapsedS = Saved.Panel | 7 << Saved.Word | 16 << Saved.Shift | 16,
        Quiet = Saved.Panel | 8 << Saved.Word | 32,
        HotWorkZones = Saved.Panel | 9 << Saved.Word | 32,
        Burning = Saved.Panel | 10 << Saved.Word | 32,
        PatrolsOpen = Saved.Panel | 11 << Saved.Word | 8,
        PatrolsMet = Saved.Panel | 11 << Saved.Word | 8 << Saved.Shift | 8,
        PatrolsSeen = Saved.Panel | 12 << Saved.Word | 32,

        /// <summary>Sum of the lines of patrols and rules: these are known by their place in the text.</summary>
        PlansCrc = Saved.Panel | 13 << Saved.Word | 32,

        RulesLow = Saved.Repeats | 32,
        RulesHigh = Saved.Repeats | 1 << Saved.Word | 32,

        /// <summary>Call points of a drill that must be known.</summary>
        DrillKept = Saved.Repeats | 2 << Saved.Word | 32,

        /// <summary>A word a patrol; behind them the windows that were judged, a byte a patrol.</summary>
        PatrolDays = Saved.Repeats | 3 << Saved.Word | 32,
        PatrolJudged = Saved.Repeats | (3 + Limits.PatrolsMax) << Saved.Word | 8,
        Unheard = Saved.Repeats | 13 << Saved.Word | 32,

        /// <summary>Behind the number of the county's last command; of a call-out's place four bytes a word.</summary>
        CallOutS = Saved.Commands | 1 << Saved.Word | 32,
        CallOutPlace = Saved.Commands | 2 << Saved.Word | 32,

        /// <summary>Minutes by zone number, sixteen zones in this entry and as many in the next.</summary>
        DisablementMin = Saved.Disablements | 16,
        TestMin = Saved.Disablements | 8 << Saved.Word | 8,

        /// <summary>Sum of the console's PIN, 0 = none, and the wrong ones since the last right one; in the first entry.</summary>
        ConsolePin = Saved.Disablements | 12 << Saved.Word | 32,
        ConsoleWrong = Saved.Disablements | 13 << Saved.Word | 32,

        /// <summary>Zones of a walk test, in the second entry.</summary>
        WalkZones = Saved.DisablementsBehind | 12 << Saved.Word | 32,

        Cases = Saved.Cases | 32,
        TestHours = Saved.Cases | 1 << Saved.Word | 32,
        Code = Saved.Cases | 2 << Saved.Word | 32,

        /// <summary>Local day of the last automatic self-test + 1.</summary>
        TestDay = Saved.Cases | 3 << Saved.Word | 32,

        /// <summary>By zone number, in steps of two hours.</summary>
        CaseAge = Saved.Cases | 4 << Saved.Word | 8,

        /// <summary>Whose outputs' levels are kept: the sum of the board's name, and of the settings' text.</summary>
        LevelsBoard = Saved.Cases | 12 << Saved.Word | 32,
        LevelsText = Saved.Cases | 13 << Saved.Word | 32,
    }

    /// <summary>Reads and writes them in the journal's memory.</summary>
    public static class Saved
    {
        public const int Word = 16;
        public const int Shift = 8;
        public const int Panel = (int)JournalKey.Panel << 24;
        public const int Disablements = (int)JournalKey.Disablements << 24;
        public const int DisablementsBehind = Disablements + (1 << 24);
        public const int Cases = (int)JournalKey.Cases << 24;
        public const int Commands = (int)JournalKey.Commands << 24;
        public const int Repeats = (int)JournalKey.Repeats << 24;

        public static int Get(Journal journal, SavedField field)
        {
            int at = (int)field;
            return (journal.Get((JournalKey)(at >> 24), (at >> Word) & 0xFF) >> ((at >> Shift) & 0xFF)) & Mask(at);
        }

        public static void Put(Journal journal, SavedField field, int value)
        {
            int at = (int)field;
            JournalKey key = (JournalKey)(at >> 24);
            int word = (at >> Word) & 0xFF;
            int mask = Mask(at);
            if (mask != -1)
            {
                int shift = (at >> Shift) & 0xFF;
                value = (journal.Get(key, word) & ~(mask << shift)) | ((value & mask) << shift);
            }

            journal.Set(key, word, value);
        }

        /// <summary>Writes the whole word in which a field begins.</summary>
        public static void PutWord(Journal journal, SavedField field, int value)
        {
            journal.Set((JournalKey)((int)field >> 24), ((int)field >> Word) & 0xFF, value);
        }

        public static int BitsOf(SavedField field)
        {
            return (int)field & 0xFF;
        }

        /// <summary>The field of another item, for those that stand by zone number or by patrol, one behind the other.</summary>
        public static SavedField At(SavedField first, int item)
        {
            int at = (int)first;
            int bits = at & 0xFF;
            int words = item * bits >> 5;
            if (at >> 24 == (int)JournalKey.Disablements)
            {
                // Two entries of sixteen zones.
                at += item / ZonesPerEntry << 24;
                words = item % ZonesPerEntry * bits >> 5;
            }

            return (SavedField)(at + (words << Word) + ((item * bits & 31) << Shift));
        }

        private const int ZonesPerEntry = 16;

        private static int Mask(int at)
        {
            int bits = at & 0xFF;
            return bits == 32 ? -1 : (1 << bits) - 1;
        }
    }
}
