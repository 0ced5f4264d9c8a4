// Owns: the words in which the parts of the rules speak of one that holds: for what, since when, and what is still to come of it.
// Must never: need more than a byte; there is one for every rule.

using System;

namespace Gateway.Core
{
    /// <summary>
    /// What a rule is looked at for: real zones, which know of no drill, or the zones of a drill among themselves. A rule's are kept in a
    /// byte, and reckoned with as a whole number, which costs the device no conversion.
    /// </summary>
    [Flags]
    public enum RuleView : int
    {
        None = 0,
        Real = 1,
        Drill = 2,

        /// <summary>Beside one of these: it holds since before the last start.</summary>
        Found = 4,

        /// <summary>Beside one of these: it held before the last start and does not begin.</summary>
        GoesOn = 8,

        /// <summary>Beside one of these: it has still to do what it does once.</summary>
        ToAct = 16,
    }
}
