// Owns: the head and the signature that every message has, up and down.
// Must never: let a message through whose signature was not checked before its body is read.

namespace Gateway.Contract
{
    /// <summary>Message types. The top bit tells the direction, so that a message sent back by a broker is refused.</summary>
    public static class MessageType
    {
        public const int Hello = 0x01;
        public const int Batch = 0x02;
        public const int Heartbeat = 0x03;
        public const int Offline = 0x04;
        public const int Welcome = 0x81;
        public const int Held = 0x82;
        public const int Refuse = 0x83;
        public const int Command = 0x84;

        /// <summary>Set in every type that goes down.</summary>
        public const int DownBit = 0x80;
    }

    /// <summary>
    /// 40 bytes before the body. Boot and session name the gateway's connection; the county repeats them, so that an answer of an older
    /// session, replayed, is refused. Table of bytes: CONTRACT.md.
    /// </summary>
    public sealed class MessageHeader
    {
        public const int Size = 40;

        /// <summary>The bytes 'F' 'G'.</summary>
        public const int Magic = 0x4746;

        public int Version;
        public int Type;
        public uint Station;
        public uint Epoch;
        public uint Boot;

        /// <summary>Number of the connection since the start, from 1.</summary>
        public uint Session;

        /// <summary>Rises by at least one with every message of a direction in a session.</summary>
        public uint Counter;

        /// <summary>The sender's clock in ms since 1970, 48 bits; 0 when unknown.</summary>
        public long UtcMs;

        /// <summary>Up: the gateway's uptime in ms, 48 bits. Down: 0.</summary>
        public long UptimeMs;

        /// <summary>How long the message is good after <see cref="UtcMs"/>, s; 0 = no limit. Only judged where both clocks are known.</summary>
        public int LifeS;

        /// <summary>Quality of <see cref="UtcMs"/>.</summary>
        public int UtcQuality;

        /// <summary>Writes the head at the start of <paramref name="buffer"/>.</summary>
        public void Encode(byte[] buffer)
        {
            Bytes.PutU16(buffer, 0, Magic);
            buffer[2] = (byte)Version;
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
        /// Reads the head of a message of <paramref name="count"/> bytes. It says nothing about the signature: call <see cref="Verify"/> next.
        /// </summary>
        public int Decode(byte[] buffer, int count)
        {
            if (count < Size + Mac.SignatureBytes)
            {
                return DecodeResult.TooShort;
            }

            if (Bytes.U16(buffer, 0) != Magic)
            {
                return DecodeResult.WrongMagic;
            }

            Version = buffer[2];
            Type = buffer[3];
            Station = Bytes.U32(buffer, 4);
            Epoch = Bytes.U32(buffer, 8);
            Boot = Bytes.U32(buffer, 12);
            Session = Bytes.U32(buffer, 16);
            Counter = Bytes.U32(buffer, 20);
            UtcMs = Bytes.U48(buffer, 24);
            UptimeMs = Bytes.U48(buffer, 30);
            LifeS = Bytes.U16(buffer, 36);
            UtcQuality = buffer[38];
            if (Version < ContractLimits.VersionMin || Version > ContractLimits.VersionMax)
            {
                // A hello and its answers keep their layout in every version, so that two sides can always find out that they differ.
                if (Type != MessageType.Hello && Type != MessageType.Refuse)
                {
                    return DecodeResult.WrongVersion;
                }
            }

            if (Station == 0 || UtcQuality > Contract.UtcQuality.Last)
            {
                return DecodeResult.OutOfRange;
            }

            return buffer[39] != 0 ? DecodeResult.ReservedNotZero : DecodeResult.Ok;
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
            if (signed < Size)
            {
                return false;
            }

            mac.Sign(buffer, signed, scratch, 0);
            return Mac.Same(buffer, signed, scratch, 0);
        }
    }
}
