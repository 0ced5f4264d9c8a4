// Owns: what Core asks of the serial port of the technician's console.
// Must never: block, or know a command.

namespace Gateway.Core
{
    /// <summary>A serial port, 115200 8N1. Every call returns at once.</summary>
    public abstract class ConsolePort
    {
        /// <summary>
        /// Bytes may have come. Set by whoever takes them from the wire, taken back by <see cref="Read"/>. A field, since it is looked at
        /// in every tick.
        /// </summary>
        public bool Waits;

        /// <summary>Takes at most <paramref name="max"/> bytes that came; 0 when there are none.</summary>
        public abstract int Read(byte[] into, int max);

        /// <summary>Gives bytes to the wire; how many it took.</summary>
        public abstract int Write(byte[] from, int at, int count);

        /// <summary>True while the service jumper is closed: somebody stands before the open box.</summary>
        public abstract bool BoxIsOpen();
    }
}
