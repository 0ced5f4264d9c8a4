// Owns: the bodies of what the county answers: welcome, held, refuse.
// Must never: say "held" of what is not committed in the county's database.

namespace Gateway.Contract
{
    /// <summary>Body of <see cref="MessageType.Welcome"/>: the version to speak, then per lane "I hold through".</summary>
    public static class Welcome
    {
        public const int Size = 4 + Lane.Count * 4;

        /// <summary>Writes the body behind the head; returns the bytes of head and body.</summary>
        public static int Encode(byte[] buffer, int version, uint[] held)
        {
            int at = MessageHeader.Size;
            buffer[at] = (byte)version;
            buffer[at + 1] = 0;
            Bytes.PutU16(buffer, at + 2, 0);
            return HeldThrough.Put(buffer, at + 4, held);
        }

        /// <summary>Reads a signature-checked message; <paramref name="held"/> gets one number a lane.</summary>
        public static int Decode(byte[] buffer, int count, uint[] held)
        {
            int at = MessageHeader.Size;
            int length = count - Mac.SignatureBytes - at;
            if (length != Size)
            {
                return length < Size ? DecodeResult.TooShort : DecodeResult.TooLong;
            }

            if (buffer[at] < ContractLimits.VersionMin || buffer[at] > ContractLimits.VersionMax)
            {
                return DecodeResult.WrongVersion;
            }

            if (!Bytes.Zero(buffer, at + 1, 3))
            {
                return DecodeResult.ReservedNotZero;
            }

            HeldThrough.Get(buffer, at + 4, held);
            return DecodeResult.Ok;
        }
    }

    /// <summary>Body of <see cref="MessageType.Held"/>: per lane "I hold through this sequence", sent after the commit.</summary>
    public static class HeldThrough
    {
        public const int Size = Lane.Count * 4;

        /// <summary>Writes the body behind the head; returns the bytes of head and body.</summary>
        public static int Encode(byte[] buffer, uint[] held)
        {
            return Put(buffer, MessageHeader.Size, held);
        }

        /// <summary>Reads a signature-checked message; <paramref name="held"/> gets one number a lane.</summary>
        public static int Decode(byte[] buffer, int count, uint[] held)
        {
            int length = count - Mac.SignatureBytes - MessageHeader.Size;
            if (length != Size)
            {
                return length < Size ? DecodeResult.TooShort : DecodeResult.TooLong;
            }

            Get(buffer, MessageHeader.Size, held);
            return DecodeResult.Ok;
        }

        internal static int Put(byte[] buffer, int at, uint[] held)
        {
            for (int lane = 0; lane < Lane.Count; lane++)
            {
                Bytes.PutU32(buffer, at + lane * 4, held[lane]);
            }

            return at + Size;
        }

        internal static void Get(byte[] buffer, int at, uint[] held)
        {
            for (int lane = 0; lane < Lane.Count; lane++)
            {
                held[lane] = Bytes.U32(buffer, at + lane * 4);
            }
        }
    }

    /// <summary>
    /// Body of <see cref="MessageType.Refuse"/>: why the session is not opened and which versions the county speaks.
    /// Its layout never changes, so that any two versions can say that they differ.
    /// </summary>
    public static class Refuse
    {
        public const int Size = 4;

        public static int Encode(byte[] buffer, int reason, int versionMin, int versionMax)
        {
            int at = MessageHeader.Size;
            buffer[at] = (byte)reason;
            buffer[at + 1] = (byte)versionMin;
            buffer[at + 2] = (byte)versionMax;
            buffer[at + 3] = 0;
            return at + Size;
        }

        /// <summary>Reads a signature-checked message; <paramref name="reason"/> is a <see cref="DecodeResult"/>.</summary>
        public static int Decode(byte[] buffer, int count, out int reason)
        {
            reason = 0;
            int at = MessageHeader.Size;
            int length = count - Mac.SignatureBytes - at;
            if (length != Size)
            {
                return length < Size ? DecodeResult.TooShort : DecodeResult.TooLong;
            }

            reason = buffer[at];
            return buffer[at + 3] != 0 ? DecodeResult.ReservedNotZero : DecodeResult.Ok;
        }
    }
}
