// Owns: what Core asks of a small display at the box.
// Must never: decide what is shown, or draw while Core calls it: its platform steps it behind the tick.

namespace Gateway.Core
{
    /// <summary>Four lines of sixteen cells: a Chinese character takes two, a digit one.</summary>
    public abstract class DisplayPort
    {
        /// <summary>The display does not answer. Set by the adapter once it was tried.</summary>
        public bool Lost;

        /// <summary>
        /// Takes what is to be shown: a character by cell, 0 where nothing stands and in the second cell of a wide one. It is copied, and
        /// drawn later, a little behind each tick.
        /// </summary>
        /// <param name="bright">False at rest, which spares the display.</param>
        public abstract void Show(char[] cells, bool bright);
    }
}
