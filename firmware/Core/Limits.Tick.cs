// Owns: the bounds of what one tick does, each with its reason.
// Must never: let what comes together in a tick pass the limit that tests/bench.sh counts.

namespace Gateway.Core
{
    /// <summary>How much of its work a tick does; the rest follows in the next ones.</summary>
    public static partial class Limits
    {
        /// <summary>
        /// Events that become records in one tick: each costs about a thousand instructions of the device's half million a second.
        /// </summary>
        public const int EventsPerTick = 3;

        /// <summary>Rules that are evaluated beside all other work of a tick, as many as a village needs. With more, it waits.</summary>
        public const int RulesBeside = 16;

        /// <summary>Events that become records in a tick in which rules are evaluated: the rules take most of its time.</summary>
        public const int EventsPerStormTick = 1;

        /// <summary>Inputs whose samples may be counted in a tick in which the panel steps: each costs some 200 instructions.</summary>
        public const int CountsPerTick = 12;

        /// <summary>
        /// Zones that settle in one tick: each costs some 700 instructions up to its event, beside all rules. When all 32 change at once
        /// the last follows after 320 ms.
        /// </summary>
        public const int ChangesPerTick = 2;

        /// <summary>Zones that become a fire in one step, such as after a drill; with many rules as many as may settle.</summary>
        public const int FiresPerStep = 8;

        /// <summary>
        /// How long the uplink waits at most for rules and storing: 16 ticks, as long as all 32 zones take to settle, whose alarms are
        /// not in flash earlier. Then it gets a tick of its own. It is a time, not a count: ticks that write to a slow flash are long.
        /// </summary>
        public const int UplinkWaitMs = 15 * TickMs;

        /// <summary>
        /// Between two pictures of a small display, each of which takes a tick in which the uplink stands back: a display draws one in no
        /// less than a third of a second, and the uplink loses no more than a tick in ten.
        /// </summary>
        public const int PictureMs = 10 * TickMs;

        /// <summary>
        /// Rules that hold or pulse an output in the step in which they begin; when all 64 begin at once the last follows 160 ms later.
        /// </summary>
        public const int RuleActsPerStep = 8;

        /// <summary>The same in a step in which many rules are evaluated.</summary>
        public const int RuleActsBeside = 2;

        /// <summary>Rules that report in one step why they act; when all 64 begin at once the last follows 1.3 s later.</summary>
        public const int RuleReportsPerStep = 1;

        /// <summary>
        /// Records that the uplink reads and sends in one tick: checking each costs about a thousand instructions. Four batches in flight
        /// are still more than the drain's pace.
        /// </summary>
        public const int SendRecordsMax = 4;

        /// <summary>
        /// Records that one question of the uplink looks at in the log: each costs about a thousand instructions. Behind damage or numbers
        /// left out it goes on in the next tick; the 64 of a segment take 160 ms.
        /// </summary>
        public const int ReadRecordsMax = 8;

        /// <summary>
        /// Records of a segment that has to go which a quiet tick goes over; every second one is the uplink's. 64 take 20 ticks, in which
        /// no more than 60 can come, so the lane stays within one file of its plan.
        /// </summary>
        public const int AccountRecords = 7;

        /// <summary>The same in a tick that stores events, where these have no room without.</summary>
        public const int AccountRecordsStoring = 4;

        /// <summary>The same in a tick in which rules are gone over: what has no room meanwhile waits for 1.3 s at most.</summary>
        public const int AccountRecordsBeside = 1;

        /// <summary>
        /// Bytes of the settings text that a tick goes over for the table of names: some forty instructions each. The longest text takes
        /// 2.6 s, and each read opens a file once.
        /// </summary>
        public const int NamesPieceBytes = 128;
    }
}
