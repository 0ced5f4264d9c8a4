// Owns: the numbers of the message types and which of them are fixed for good.
// Must never: reuse a number, or add a type to the handshake: its layouts are read before a version is agreed.

namespace Gateway.Contract
{
    /// <summary>Message types. The top bit tells the direction, so that a message sent back by a broker is refused.</summary>
    public enum MessageType : byte
    {
        Hello = 0x01,
        Batch = 0x02,
        Heartbeat = 0x03,
        Offline = 0x04,

        /// <summary>A part of the table of names, see <see cref="NamesPart"/>.</summary>
        Names = 0x05,
        Welcome = 0x81,
        Held = 0x82,
        Refuse = 0x83,

        /// <summary>Something that the county asks of the gateway, see <see cref="Contract.Command"/>.</summary>
        Command = 0x84,

        /// <summary>The county asks for the table of names, see <see cref="AskNames"/>.</summary>
        Ask = 0x85,
    }

    /// <summary>What is common to several of <see cref="MessageType"/>.</summary>
    public static class MessageTypes
    {
        /// <summary>Set in every type that goes down.</summary>
        public const int DownBit = 0x80;

        /// <summary>
        /// True for hello, offline, welcome and refuse. They are written before a version is agreed, or without one, so their layout is the
        /// same in every version and their head says <see cref="HandshakeVersion"/>.
        /// </summary>
        public static bool Handshake(MessageType type)
        {
            return type == MessageType.Hello || type == MessageType.Welcome || Uncounted(type);
        }

        /// <summary>The version in the head of the handshake, whatever versions the two sides speak.</summary>
        public const int HandshakeVersion = 1;

        /// <summary>
        /// True for offline and refuse, which stand outside of the count: the will is signed before the first message of its session, and a
        /// county that knows nothing of a session must still be able to refuse it.
        /// </summary>
        public static bool Uncounted(MessageType type)
        {
            return type == MessageType.Offline || type == MessageType.Refuse;
        }

        /// <summary>True for a type that this text knows in that direction.</summary>
        public static bool Known(MessageType type, bool down)
        {
            return down
                ? type >= MessageType.Welcome && type <= MessageType.Ask
                : type >= MessageType.Hello && type <= MessageType.Names;
        }
    }
}
