// Owns: the words in which the parts of the rules speak of one that holds: for what, since when, and what is still to come of it.
// Must never: need more than a byte; there is one for every rule.

namespace Gateway.Core
{
    /// <summary>What a rule is looked at for: real zones, which know of no drill, or the zones of a drill among themselves.</summary>
    public static class RuleView
    {
        public const int Real = 1;
        public const int Drill = 2;

        /// <summary>Beside one of these: it holds since before the last start.</summary>
        public const int Found = 4;

        /// <summary>Beside one of these: it held before the last start and does not begin.</summary>
        public const int GoesOn = 8;

        /// <summary>Beside one of these: it has still to do what it does once.</summary>
        public const int ToAct = 16;
    }
}
