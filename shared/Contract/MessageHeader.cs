// Owns: the head and the signature that every message has, up and down.
// Must never: let a message through whose signature was not checked before its body is read.

namespace Gateway.Contract
{
    /// <summary>
    /// 40 bytes before the body. Epoch, boot and session name the gateway's connection; the county repeats them, so that an answer to an
    /// older session, or to another box with the same station number, is refused. Table of bytes: CONTRACT.md.
    /// </summary>
    public sealed class MessageHeader
    {
        public const int Size = 40;

        /// <summary>The bytes 'F' 'G'.</summary>
        public const int Magic = 0x4746;

        /// <summary>
        /// The version agreed in the handshake. The handshake itself always has <see cref="MessageTypes.HandshakeVersion"/>.
        /// </summary>
        public int Version;

        /// <summary>See <see cref="MessageType"/>.</summary>
        public MessageType Type;

        /// <summary>1..4294967295.</summary>
        public uint Station;

        /// <summary>1..4294967295, the gateway's; the county repeats it.</summary>
        public uint Epoch;

        /// <summary>1..4294967295, the gateway's; the county repeats it.</summary>
        public uint Boot;

        /// <summary>Number of the connection attempt since the start, from 1, the gateway's; the county repeats it.</summary>
        public uint Session;

        /// <summary>1.. and rising with every message of a direction in a session; 0 in the types that are not counted.</summary>
        public uint Counter;

        /// <summary>The sender's clock in ms since 1970, 48 bits; 0 when unknown.</summary>
        public long UtcMs;

        /// <summary>Up: the gateway's uptime in ms, 48 bits. Down: 0, not read.</summary>
        public long UptimeMs;

        /// <summary>
        /// How long the message is good after <see cref="UtcMs"/>, s, 0..65535; 0 = no limit. Judged only where both clocks are known.
        /// </summary>
        public int LifeS;

        /// <summary>Quality of <see cref="UtcMs"/>, see <see cref="Contract.UtcQuality"/>.</summary>
        public UtcQuality UtcQuality;

        /// <summary>
        /// Fills the head of an answer to a message up: its station, epoch, boot and session, no age limit, and the clock given.
        /// </summary>
        /// <param name="up">The decoded head of the gateway's message.</param>
        /// <param name="type">A type that goes down.</param>
        /// <param name="counter">The next number of this session's count down; 0 for a refusal.</param>
        /// <param name="utcMs">The county's clock, ms since 1970; 0 when it is not to be trusted.</param>
        public void AnswerTo(MessageHeader up, MessageType type, uint counter, long utcMs)
        {
            Version = up.Version;
            Type = type;
            Station = up.Station;
            Epoch = up.Epoch;
            Boot = up.Boot;
            Session = up.Session;
            Counter = counter;
            UtcMs = utcMs;
            UptimeMs = 0;
            LifeS = 0;
            UtcQuality = utcMs == 0 ? Contract.UtcQuality.Unknown : Contract.UtcQuality.Synchronised;
        }

        /// <summary>Writes the head at the start of <paramref name="buffer"/>.</summary>
        public void Encode(byte[] buffer)
        {
            Bytes.PutU16(buffer, 0, Magic);
            buffer[2] = (byte)(MessageTypes.Handshake(Type) ? MessageTypes.HandshakeVersion : Version);
            buffer[3] = (byte)Type;
            Bytes.PutU32(buffer, 4, Station);
            Bytes.PutU32(buffer, 8, Epoch);
            Bytes.PutU32(buffer, 12, Boot);
            Bytes.PutU32(buffer, 16, Session);
            Bytes.PutU32(buffer, 20, Counter);
            Bytes.PutU48(buffer, 24, UtcMs);
            Bytes.PutU48(buffer, 30, UptimeMs);
            Bytes.PutU16(buffer, 36, LifeS);
            buffer[38] = (byte)UtcQuality;
            buffer[39] = 0;
        }

        /// <summary>
        /// Reads the head of a message of <paramref name="count"/> bytes that came up. It says nothing about the signature: call <see
        /// cref="Verify"/> next.
        /// </summary>
        public DecodeResult DecodeUp(byte[] buffer, int count)
        {
            return Decode(buffer, count, false, ContractLimits.MessageBytesMax);
        }

        /// <summary>As <see cref="DecodeUp"/>, for a message that came down.</summary>
        public DecodeResult DecodeDown(byte[] buffer, int count)
        {
            return Decode(buffer, count, true, ContractLimits.DownBytesMax);
        }

        /// <summary>Signs head and body; <paramref name="count"/> counts both. Returns the bytes of the whole message.</summary>
        public static int Seal(Mac mac, byte[] buffer, int count)
        {
            mac.Sign(buffer, count, buffer, count);
            return count + Mac.SignatureBytes;
        }

        /// <summary>Checks the signature of a whole message. <paramref name="scratch"/> has at least 32 bytes.</summary>
        public static bool Verify(Mac mac, byte[] buffer, int count, byte[] scratch)
        {
            int signed = count - Mac.SignatureBytes;
            if (signed < Size || count > buffer.Length)
            {
                return false;
            }

            mac.Sign(buffer, signed, scratch, 0);
            return Mac.Same(buffer, signed, scratch, 0);
        }

        private DecodeResult Decode(byte[] buffer, int count, bool down, int bytesMax)
        {
            if (count < Size + Mac.SignatureBytes || count > buffer.Length)
            {
                return DecodeResult.TooShort;
            }

            if (count > bytesMax)
            {
                return DecodeResult.TooLong;
            }

            if (Bytes.U16(buffer, 0) != Magic)
            {
                return DecodeResult.WrongMagic;
            }

            Version = buffer[2];
            Type = (MessageType)buffer[3];
            Station = Bytes.U32(buffer, 4);
            Epoch = Bytes.U32(buffer, 8);
            Boot = Bytes.U32(buffer, 12);
            Session = Bytes.U32(buffer, 16);
            Counter = Bytes.U32(buffer, 20);
            UtcMs = Bytes.U48(buffer, 24);
            UptimeMs = Bytes.U48(buffer, 30);
            LifeS = Bytes.U16(buffer, 36);
            UtcQuality = (UtcQuality)buffer[38];
            if (!VersionOk())
            {
                return DecodeResult.WrongVersion;
            }

            if (!MessageTypes.Known(Type, down))
            {
                return DecodeResult.WrongType;
            }

            bool named = Station != 0 && Epoch != 0 && Boot != 0 && Session != 0;
            if (!named || (Counter == 0) != MessageTypes.Uncounted(Type) || (int)UtcQuality > ContractLimits.UtcQualityMax)
            {
                return DecodeResult.OutOfRange;
            }

            return buffer[39] != 0 ? DecodeResult.ReservedNotZero : DecodeResult.Ok;
        }

        private bool VersionOk()
        {
            return MessageTypes.Handshake(Type)
                ? Version == MessageTypes.HandshakeVersion
                : Version >= ContractLimits.VersionMin && Version <= ContractLimits.VersionMax;
        }
    }
}
