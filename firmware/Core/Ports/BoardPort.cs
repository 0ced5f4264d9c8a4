// Owns: what Core asks of the board's inputs, outputs and watchdog.
// Must never: debounce, decide or delay: an adapter passes on what the pins say.

namespace Gateway.Core
{
    /// <summary>
    /// The board as numbered inputs and outputs. Analog inputs come first, then digital ones, as the board's file lists them.
    /// </summary>
    public abstract class BoardPort
    {
        /// <summary>
        /// A part of the board that reads inputs or drives outputs does not answer. Set by the adapter; read after each
        /// <see cref="ReadInputs"/>. A field, since it is looked at in every tick.
        /// </summary>
        public bool PartLost;

        /// <summary>
        /// Fills one number an input. Analog: the voltage as a share of the measured reference, 0..10000. Digital: 0 = low, 1 = high at the
        /// terminal.
        /// -1 = the input could not be read, which is a fault of the zone and never a quiet zone.
        /// </summary>
        public abstract void ReadInputs(int[] raw);

        /// <summary>Sets one output; called only when it changes.</summary>
        public abstract void WriteOutput(int output, bool on);

        /// <summary>Called at the end of every tick that went well.</summary>
        public abstract void FeedWatchdog();
    }
}
