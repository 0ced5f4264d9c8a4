// Owns: the body with which the county says why it opens no session, or ends one.
// Must never: change its layout, so that any two versions can say that they differ.

namespace Gateway.Contract
{
    /// <summary>
    /// Body of <see cref="MessageType.Refuse"/>: a reason, the versions that the county speaks, and the boot number that it would take.
    /// </summary>
    public sealed class Refuse
    {
        public const int Size = 8;

        /// <summary>A <see cref="DecodeResult"/> other than Ok; numbers that this text does not know are passed on.</summary>
        public DecodeResult Reason;

        /// <summary>Oldest version that the county speaks, 1..255.</summary>
        public int VersionMin;

        /// <summary>Newest version that the county speaks, <see cref="VersionMin"/>..255.</summary>
        public int VersionMax;

        /// <summary>
        /// With <see cref="DecodeResult.WrongSession"/>: the smallest boot number that the county would take in this epoch, so that a
        /// gateway that lost its own count is not shut out. 0 = no demand.
        /// </summary>
        public uint BootAtLeast;

        /// <summary>Writes the body behind the head; returns the bytes of head and body.</summary>
        public int Encode(byte[] buffer)
        {
            int at = MessageHeader.Size;
            buffer[at] = (byte)Reason;
            buffer[at + 1] = (byte)VersionMin;
            buffer[at + 2] = (byte)VersionMax;
            buffer[at + 3] = 0;
            Bytes.PutU32(buffer, at + 4, BootAtLeast);
            return at + Size;
        }

        /// <summary>Reads the body of a message of <paramref name="count"/> bytes whose signature was found good.</summary>
        public DecodeResult Decode(byte[] buffer, int count)
        {
            int at = MessageHeader.Size;
            int length = count - Mac.SignatureBytes - at;
            if (length != Size)
            {
                return length < Size ? DecodeResult.TooShort : DecodeResult.TooLong;
            }

            Reason = (DecodeResult)buffer[at];
            VersionMin = buffer[at + 1];
            VersionMax = buffer[at + 2];
            BootAtLeast = Bytes.U32(buffer, at + 4);
            if (Reason == DecodeResult.Ok || VersionMin == 0 || VersionMin > VersionMax)
            {
                return DecodeResult.OutOfRange;
            }

            return buffer[at + 3] != 0 ? DecodeResult.ReservedNotZero : DecodeResult.Ok;
        }
    }
}
