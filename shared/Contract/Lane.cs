// Owns: the three lanes of events and their order.
// Must never: be reordered; the number is on the wire and in file names.

namespace Gateway.Contract
{
    /// <summary>A lane has its own sequence numbers, space in flash and "county holds through". A lower lane goes first.</summary>
    public static class Lane
    {
        /// <summary>Alarms and what belongs to them: silence, reset, restore.</summary>
        public const int Fire = 0;

        /// <summary>Faults, shields, supervisory signals, duty checks, drills, clocks.</summary>
        public const int Condition = 1;

        /// <summary>Starts, clock, settings, link, self-tests.</summary>
        public const int Routine = 2;

        public const int Count = 3;

        private static readonly string[] s_names = { "fire", "condition", "routine" };

        /// <summary>The lane's word in topics and tables.</summary>
        public static string Name(int lane)
        {
            return lane >= 0 && lane < Count ? s_names[lane] : "?";
        }

        /// <summary>The lane of such a word, or -1.</summary>
        public static int Parse(string name)
        {
            for (int i = 0; i < Count; i++)
            {
                if (s_names[i] == name)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
