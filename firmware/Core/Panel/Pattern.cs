// Owns: the patterns in which lamps and sounders speak, and which of two wins.
// Must never: give two conditions the same sound: what is no fire never sounds as fire.

namespace Gateway.Core
{
    /// <summary>What an output can do. A pattern is a mask whose bit k is slot k (100 ms) of its round.</summary>
    public static class Pattern
    {
        public const int Off = 0;
        public const int On = 1;

        /// <summary>Lamp: half a second on, half a second off: being sent, or not yet acknowledged.</summary>
        public const int Flash = 2;

        /// <summary>Lamp: one blink every three seconds: alive but not configured.</summary>
        public const int Blink = 3;

        /// <summary>Sound: a short sign every three seconds.</summary>
        public const int Fault = 4;

        /// <summary>Sound: two short signs every two seconds: the county asks who is on duty (查岗).</summary>
        public const int DutyCheck = 5;

        /// <summary>Sound: a short sign every second.</summary>
        public const int PreAlarm = 6;

        /// <summary>Sound: one second on, two seconds off.</summary>
        public const int Drill = 7;

        /// <summary>Sound: without pause.</summary>
        public const int Fire = 8;

        /// <summary>Sound: half a second every three seconds: hot work is over, somebody is to have a last look.</summary>
        public const int LastLook = 9;

        public const int Count = 10;

        private static readonly int[] s_mask = { 0, 1, 0x1F, 0x3, 0x1, 0x5, 0x3, 0x3FF, 1, 0x1F };
        private static readonly byte[] s_slots = { 1, 1, 10, 30, 30, 20, 10, 30, 1, 30 };

        /// <summary>Higher wins. Fire wins over everything, drill over what is no fire.</summary>
        private static readonly byte[] s_rank = { 0, 6, 5, 1, 2, 4, 7, 8, 9, 3 };

        private static readonly string[] s_names = { "off", "on", "flash", "blink", "fault", "duty", "prealarm", "drill", "fire", "look" };

        /// <summary>Slots after which every pattern begins anew: the least common multiple of their rounds.</summary>
        public const int RoundSlots = 60;

        public static bool IsOn(int pattern, int slot)
        {
            return ((s_mask[pattern] >> (slot % s_slots[pattern])) & 1) != 0;
        }

        public static bool Moves(int pattern)
        {
            return s_slots[pattern] > 1;
        }

        public static int Rank(int pattern)
        {
            return s_rank[pattern];
        }

        public static string[] Names()
        {
            return s_names;
        }
    }
}
