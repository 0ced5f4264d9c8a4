// Owns: the bounds of the technician's console, each with its reason.
// Must never: let a console cost the loop more than tests/bench.sh tick allows.

namespace Gateway.Core
{
    /// <summary>How much the console takes, says and waits.</summary>
    public static class ConsoleLimits
    {
        /// <summary>
        /// Bytes taken in a tick while commands are typed: each costs up to 80 instructions, and a person types ten a second. What comes
        /// faster waits in the port.
        /// </summary>
        public const int TypedPerTick = 24;

        /// <summary>
        /// Bytes of a settings text taken in a tick: 115200 baud bring 230, so that a text that is pasted is not lost in the port.
        /// </summary>
        public const int TextPerTick = 240;

        /// <summary>Bytes given to the port in a tick: as many as 115200 baud carry in it.</summary>
        public const int SentPerTick = 230;

        /// <summary>The longest line: a command with a checksum is 40 bytes, and a name in Chinese takes three a character.</summary>
        public const int LineBytes = 120;

        /// <summary>Words of a command: `settings load` with length and checksum has four.</summary>
        public const int WordsMax = 6;

        /// <summary>Room for what one step of a command says: a line of settings, or an error in two languages.</summary>
        public const int AnswerBytes = 1024;

        /// <summary>A port that takes nothing for so long has no cable: what waits for it is dropped.</summary>
        public const int StuckMs = 5000;

        /// <summary>Nothing for so long ends a settings text that has not come to its end: the cable was pulled.</summary>
        public const int TextSilentMs = 20000;

        /// <summary>
        /// Lines in a row that are no command: after so many the console says nothing more until it was quiet, or two boxes whose wires are
        /// crossed would talk to each other for ever.
        /// </summary>
        public const int StrangeLinesMax = 5;

        /// <summary>How quiet it has to be before the console speaks again.</summary>
        public const int QuietMs = 2000;

        /// <summary>A PIN is typed with gloves, and tried only so often: four digits are enough, eight at most.</summary>
        public const int PinDigitsMin = 4;
        public const int PinDigitsMax = 8;

        /// <summary>Wait after the first wrong PIN; each further one doubles it.</summary>
        public const int PinWaitMs = 1000;

        /// <summary>Wrong PINs that are counted: the wait ends at 17 minutes, so that 10,000 PINs take four months.</summary>
        public const int PinWrongMax = 11;

        /// <summary>How long a PIN holds after the last line: a technician is called away, and the box stays open.</summary>
        public const int UnlockedMs = 10 * 60000;

        /// <summary>Events that `events` shows without a number, a screen of them, and at most.</summary>
        public const int EventsShown = 20;
        public const int EventsShownMax = 1000;

        /// <summary>Bytes of a settings text put into flash in a tick: one append, as when the county sends it.</summary>
        public const int PieceBytes = 512;
    }
}
