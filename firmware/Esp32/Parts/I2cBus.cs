// Owns: what a part's driver asks of its bus.
// Must never: try again by itself: a bus that hangs costs a second a try.

namespace Gateway.Esp32
{
    /// <summary>A bus with parts at addresses.</summary>
    public abstract class I2cBus
    {
        /// <summary>The way to one part; nothing is sent by this.</summary>
        public abstract I2cPort Open(int address);
    }

    /// <summary>
    /// One part on a bus. Its two buffers are its driver's alone. Each call is one transfer, true when the part took and gave all bytes;
    /// none throws. A bus that is stuck blocks every thread for up to a second before it says false.
    /// </summary>
    public abstract class I2cPort
    {
        /// <summary>What is sent; filled before a call.</summary>
        public readonly byte[] Out = new byte[EspLimits.BusBufferBytes];

        /// <summary>What came.</summary>
        public readonly byte[] In = new byte[EspLimits.BusBufferBytes];

        public abstract bool Write(int count);

        public abstract bool Read(int count);

        /// <summary>Sends, and reads without letting go of the bus.</summary>
        public abstract bool WriteRead(int outCount, int inCount);
    }
}
