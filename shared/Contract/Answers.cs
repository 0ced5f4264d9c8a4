// Owns: the bodies of what the county answers in a session: welcome and held.
// Must never: say "held" of what is not committed in the county's database.

namespace Gateway.Contract
{
    /// <summary>Body of <see cref="MessageType.Welcome"/>: the version to speak, then per lane "I hold through".</summary>
    public static class Welcome
    {
        public const int Size = 4 + Lanes.Count * 4;

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
        public static DecodeResult Decode(byte[] buffer, int count, uint[] held)
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

            return HeldThrough.Take(buffer, at + 4, held);
        }
    }

    /// <summary>Body of <see cref="MessageType.Held"/>: per lane "I hold through this sequence", sent after the commit.</summary>
    public static class HeldThrough
    {
        public const int Size = Lanes.Count * 4;

        /// <summary>Writes the body behind the head; returns the bytes of head and body.</summary>
        public static int Encode(byte[] buffer, uint[] held)
        {
            return Put(buffer, MessageHeader.Size, held);
        }

        /// <summary>Reads a signature-checked message; <paramref name="held"/> gets one number a lane.</summary>
        public static DecodeResult Decode(byte[] buffer, int count, uint[] held)
        {
            int length = count - Mac.SignatureBytes - MessageHeader.Size;
            if (length != Size)
            {
                return length < Size ? DecodeResult.TooShort : DecodeResult.TooLong;
            }

            return Take(buffer, MessageHeader.Size, held);
        }

        internal static int Put(byte[] buffer, int at, uint[] held)
        {
            for (int lane = 0; lane < Lanes.Count; lane++)
            {
                Bytes.PutU32(buffer, at + lane * 4, held[lane]);
            }

            return at + Size;
        }

        /// <summary>As <see cref="Get"/>, but refuses what cannot be a sequence, and then leaves the caller's numbers alone.</summary>
        internal static DecodeResult Take(byte[] buffer, int at, uint[] held)
        {
            for (int lane = 0; lane < Lanes.Count; lane++)
            {
                if (Bytes.U32(buffer, at + lane * 4) > ContractLimits.SequenceMax)
                {
                    return DecodeResult.OutOfRange;
                }
            }

            Get(buffer, at, held);
            return DecodeResult.Ok;
        }

        internal static void Get(byte[] buffer, int at, uint[] held)
        {
            for (int lane = 0; lane < Lanes.Count; lane++)
            {
                held[lane] = Bytes.U32(buffer, at + lane * 4);
            }
        }
    }
}
