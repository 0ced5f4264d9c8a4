// Owns: the places of what was reported in the journal's payload.
// Must never: be numbered anew: a box that is updated reads what the firmware before it wrote.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Places in the payload of <see cref="JournalKey.Reports"/>: bits by zone number, but for the last ones.</summary>
    public static class ReportField
    {
        public const int Fault = 0;
        public const int Supervisory = 1;
        public const int SupervisoryLost = 2;
        public const int Activated = 3;
        public const int ActivatedLost = 4;
        public const int PreAlarm = 5;
        public const int Chattering = 6;
        public const int Tested = 7;

        /// <summary>Four words of eight zones: the cause of each zone's fault.</summary>
        public const int Causes = 8;

        /// <summary>Faults of the box, above them keys by number, above them the flags below.</summary>
        public const int Box = 12;
        public const int KeysShift = 8;
        public const int DelayOn = 1 << 16;
        public const int BuzzerSilenced = 1 << 17;

        /// <summary>Last sequence of the condition lane that this covers.</summary>
        public const int Covers = 13;

        /// <summary>Four bits stand for a cause of a zone's fault: those of inputs as they are, and one more.</summary>
        private const int AfterDrill = 15;

        public static int CauseBits(FaultCause cause)
        {
            return cause == FaultCause.AfterDrill ? AfterDrill : (int)cause & 7;
        }

        public static FaultCause CauseOf(int bits)
        {
            return bits == AfterDrill ? FaultCause.AfterDrill : (FaultCause)bits;
        }
    }
}
