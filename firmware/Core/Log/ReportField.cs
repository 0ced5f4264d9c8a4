// Owns: the places of what was reported in the journal's payload.
// Must never: be numbered anew: a box that is updated reads what the firmware before it wrote.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Places in the payload of <see cref="JournalKey.Reports"/>: bits by zone number, but for the last ones.</summary>
    public enum ReportField : int
    {
        Fault = 0,
        Supervisory = 1,
        SupervisoryLost = 2,
        Activated = 3,
        ActivatedLost = 4,
        PreAlarm = 5,
        Chattering = 6,
        Tested = 7,

        /// <summary>Four words of eight zones: the cause of each zone's fault.</summary>
        Causes = 8,

        /// <summary>Faults of the box, above them keys by number, above them the flags of <see cref="ReportBits"/>.</summary>
        Box = 12,

        /// <summary>Last sequence of the condition lane that this covers.</summary>
        Covers = 13,
    }

    /// <summary>How what was reported is packed into these places.</summary>
    public static class ReportBits
    {
        /// <summary>In <see cref="ReportField.Box"/>.</summary>
        public const int KeysShift = 8;
        public const int DelayOn = 1 << 16;
        public const int BuzzerSilenced = 1 << 17;

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
