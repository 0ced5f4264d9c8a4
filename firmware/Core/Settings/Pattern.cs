// Owns: the patterns in which lamps and sounders speak, and which of two wins.
// Must never: give two conditions the same sound: what is no fire never sounds as fire.

namespace Gateway.Core
{
    /// <summary>What an output can do. A pattern is a mask whose bit k is slot k (100 ms) of its round.</summary>
    public enum Pattern : byte
    {
        Off = 0,
        On = 1,

        /// <summary>Lamp: half a second on, half a second off: being sent, or not yet acknowledged.</summary>
        Flash = 2,

        /// <summary>Lamp: one blink every three seconds: alive but not configured.</summary>
        Blink = 3,

        /// <summary>Sound: a short sign every three seconds.</summary>
        Fault = 4,

        /// <summary>Sound: two short signs every two seconds: the county asks who is on duty (查岗).</summary>
        DutyCheck = 5,

        /// <summary>Sound: a short sign every second.</summary>
        PreAlarm = 6,

        /// <summary>Sound: one second on, two seconds off.</summary>
        Drill = 7,

        /// <summary>Sound: without pause.</summary>
        Fire = 8,

        /// <summary>Sound: half a second every three seconds: hot work is over, somebody is to have a last look.</summary>
        LastLook = 9,

        /// <summary>Sound: four signs in a second and a half, every three seconds: somebody is called to a fire elsewhere (增援).</summary>
        CallOut = 10,

        /// <summary>Sound and strobe: a fifth of a second on, as long off: a person tests them.</summary>
        Test = 11,

        /// <summary>Sound: half a second on, half a second off: combustible gas.</summary>
        Gas = 12,
    }

    /// <summary>Masks, ranks and words of <see cref="Pattern"/>.</summary>
    public static class Patterns
    {
        public const int Count = 13;

        private static readonly int[] s_mask = { 0, 1, 0x1F, 0x3, 0x1, 0x5, 0x3, 0x3FF, 1, 0x1F, 0x7777, 0x3, 0x1F };
        private static readonly byte[] s_slots = { 1, 1, 10, 30, 30, 20, 10, 30, 1, 30, 30, 4, 10 };

        /// <summary>Higher wins. Fire wins over everything, gas over all else, drill over what is neither.</summary>
        private static readonly byte[] s_rank = { 0, 7, 6, 1, 2, 4, 8, 10, 12, 3, 9, 5, 11 };

        /// <summary>Slots after which every pattern begins anew: the least common multiple of their rounds.</summary>
        public const int RoundSlots = 60;

        public static bool IsOn(Pattern pattern, int slot)
        {
            return ((s_mask[(int)pattern] >> (slot % s_slots[(int)pattern])) & 1) != 0;
        }

        public static bool Moves(Pattern pattern)
        {
            return s_slots[(int)pattern] > 1;
        }

        public static int Rank(Pattern pattern)
        {
            return s_rank[(int)pattern];
        }

        public static string[] Names()
        {
            return new string[]
            {
                "off", "on", "flash", "blink", "fault", "duty", "prealarm", "drill", "fire", "look", "callout", "test", "gas",
            };
        }
    }
}
