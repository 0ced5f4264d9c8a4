// Owns: the three lanes of events and their order.
// Must never: be reordered; the number is on the wire and in file names.

namespace Gateway.Contract
{
    /// <summary>A lane has its own sequence numbers, space in flash and "county holds through". A lower lane goes first.</summary>
    public enum Lane : byte
    {
        /// <summary>Alarms and what belongs to them: silence, reset, restore.</summary>
        Fire = 0,

        /// <summary>Faults, disablements, supervisory signals, duty checks, drills, clocks.</summary>
        Condition = 1,

        /// <summary>Starts, clock, settings, link, self-tests.</summary>
        Routine = 2,

        /// <summary>In no lane; never on the wire.</summary>
        None = 255,
    }

    /// <summary>Words and bounds of <see cref="Lane"/>.</summary>
    public static class Lanes
    {
        public const int Count = 3;

        /// <summary>The lane's word in topics and tables.</summary>
        public static string Name(Lane lane)
        {
            return lane switch
            {
                Lane.Fire => "fire",
                Lane.Condition => "condition",
                Lane.Routine => "routine",
                _ => "?",
            };
        }

        /// <summary>The lane of such a word, or <see cref="Lane.None"/>.</summary>
        public static Lane Parse(string name)
        {
            for (int i = 0; i < Count; i++)
            {
                if (Name((Lane)i) == name)
                {
                    return (Lane)i;
                }
            }

            return Lane.None;
        }
    }
}
