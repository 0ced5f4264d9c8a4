// Owns: what the network's thread asks of a cable or a radio.
// Must never: be asked by the loop: a path may take half a minute to answer.

namespace Gateway.Esp32
{
    /// <summary>One way to an address. Its calls may block and may throw.</summary>
    public abstract class NetworkPath
    {
        /// <summary>Why it gives no address, for a technician; empty when nothing is known.</summary>
        public string Fault = "";

        /// <summary>Whether the board and its image have this path.</summary>
        public abstract bool Present();

        /// <summary>Whether it has an address now.</summary>
        public abstract bool HasAddress();

        /// <summary>Tries to get one, for at most <see cref="EspLimits.NetworkWaitMs"/> and what the runtime takes beyond.</summary>
        public abstract void BringUp();
    }
}
