// Owns: what Core asks of a connection to the broker.
// Must never: block, and never decide when to try again: that is the uplink's work, so that a simulation can drive it.

namespace Gateway.Core
{
    /// <summary>Where a connection attempt stands.</summary>
    public enum LinkState : byte
    {
        /// <summary>Nothing is open and nothing is left of the last attempt.</summary>
        Idle = 0,

        /// <summary>An attempt is under way; the uplink ends it with Close after its own deadline.</summary>
        Opening = 1,

        /// <summary>Connected and subscribed to the station's down topic.</summary>
        Open = 2,

        /// <summary>Refused or broken; waits for Close.</summary>
        Failed = 3,

        /// <summary>Close was called and the client is being disposed; becomes Idle by itself.</summary>
        Closing = 4,
    }

    /// <summary>Where a message up goes: a lane number for batches, or one of these.</summary>
    public enum LinkLeaf : byte
    {
        Hello = 3,
        Heartbeat = 4,
        Names = 5,
    }

    /// <summary>
    /// One connection to a broker at a time, new for each attempt. Every call returns at once; threads behind it do the waiting.
    /// </summary>
    public abstract class LinkPort
    {
        /// <summary>See <see cref="LinkState"/>.</summary>
        public abstract LinkState State();

        /// <summary>Begins an attempt. Only in Idle.</summary>
        /// <param name="path">0 = primary, 1 = secondary broker of the settings.</param>
        /// <param name="will">The text that the broker publishes on the offline topic when the connection dies: a signed message in
        /// base64; null = none.</param>
        public abstract void Open(int path, string will);

        /// <summary>Ends the connection or attempt, whatever state it is in; never waits.</summary>
        public abstract void Close();

        /// <summary>
        /// Takes a copy of the first <paramref name="count"/> bytes for publishing with QoS 1. False: no room, try again later.
        /// </summary>
        /// <param name="leaf">A lane, or a <see cref="LinkLeaf"/>.</param>
        public abstract bool Send(LinkLeaf leaf, byte[] message, int count);

        /// <summary>
        /// Copies the next message from the county into <paramref name="into"/> and returns its bytes, or 0 when there is none.
        /// </summary>
        public abstract int Receive(byte[] into);
    }
}
