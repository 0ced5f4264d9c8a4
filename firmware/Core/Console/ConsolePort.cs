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

        /// <summary>What the program calls itself to the county.</summary>
        public string Firmware = "-";

        /// <summary>The longest pass of the loop since the start, with flash and console; the loop keeps it.</summary>
        public int LongestMs;

        /// <summary>Takes at most <paramref name="max"/> bytes that came; 0 when there are none.</summary>
        public abstract int Read(byte[] into, int max);

        /// <summary>Gives bytes to the wire; how many it took.</summary>
        public abstract int Write(byte[] from, int at, int count);

        /// <summary>True while the service jumper is closed: somebody stands before the open box.</summary>
        public abstract bool BoxIsOpen();

        /// <summary>Memory that the program has left, K; 0 = not known. Asked by a person, since to know it may take some ms.</summary>
        public abstract int FreeKb();

        /// <summary>Likewise what the system below the program has left.</summary>
        public abstract int SystemFreeKb();
    }
}
