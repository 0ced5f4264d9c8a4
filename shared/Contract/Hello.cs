// Owns: the body with which a gateway opens a session.
// Must never: change its layout in a later version: it is what two versions read of each other first.

using System;

namespace Gateway.Contract
{
    /// <summary>Bits of <see cref="Hello.Abilities"/>.</summary>
    [Flags]
    public enum HelloAbility : uint
    {
        None = 0,

        /// <summary>Takes <see cref="MessageType.Ask"/> and answers it with its table of names.</summary>
        Names = 1,
    }

    /// <summary>Body of <see cref="MessageType.Hello"/>: versions spoken, what each lane has, the firmware's version.</summary>
    public sealed class Hello
    {
        public const int Size = 4 + Lanes.Count * 12 + 4 + ContractLimits.FirmwareBytes;

        /// <summary>Oldest version that the gateway speaks, 1..255.</summary>
        public int VersionMin;

        /// <summary>Newest version that the gateway speaks, <see cref="VersionMin"/>..255.</summary>
        public int VersionMax;

        /// <summary>Per lane the oldest sequence still kept; last + 1 when the lane is empty.</summary>
        public readonly uint[] Oldest = new uint[Lanes.Count];

        /// <summary>Per lane the last sequence given; 0 when none was.</summary>
        public readonly uint[] Last = new uint[Lanes.Count];

        /// <summary>Per lane what the gateway was told that the county holds.</summary>
        public readonly uint[] Held = new uint[Lanes.Count];

        /// <summary>Unknown bits are ignored.</summary>
        public HelloAbility Abilities;

        /// <summary>At most 24 characters of printable ASCII; more is cut, others are written as '?'.</summary>
        public string Firmware = "";

        /// <summary>The newest version that both ranges hold, or 0 when they do not overlap.</summary>
        public static int Agree(int aMin, int aMax, int bMin, int bMax)
        {
            int newest = aMax < bMax ? aMax : bMax;
            int oldest = aMin > bMin ? aMin : bMin;
            return newest >= oldest ? newest : 0;
        }

        /// <summary>Writes the body behind the head; returns the bytes of head and body.</summary>
        public int Encode(byte[] buffer)
        {
            int at = MessageHeader.Size;
            buffer[at] = (byte)VersionMin;
            buffer[at + 1] = (byte)VersionMax;
            Bytes.PutU16(buffer, at + 2, 0);
            for (int lane = 0; lane < Lanes.Count; lane++)
            {
                int laneAt = at + 4 + lane * 12;
                Bytes.PutU32(buffer, laneAt, Oldest[lane]);
                Bytes.PutU32(buffer, laneAt + 4, Last[lane]);
                Bytes.PutU32(buffer, laneAt + 8, Held[lane]);
            }

            int tail = at + 4 + Lanes.Count * 12;
            Bytes.PutU32(buffer, tail, (uint)Abilities);
            Text.Put(buffer, tail + 4, ContractLimits.FirmwareBytes, Firmware);
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

            VersionMin = buffer[at];
            VersionMax = buffer[at + 1];
            if (VersionMin == 0 || VersionMin > VersionMax)
            {
                return DecodeResult.OutOfRange;
            }

            if (!Bytes.Zero(buffer, at + 2, 2))
            {
                return DecodeResult.ReservedNotZero;
            }

            for (int lane = 0; lane < Lanes.Count; lane++)
            {
                int laneAt = at + 4 + lane * 12;
                Oldest[lane] = Bytes.U32(buffer, laneAt);
                Last[lane] = Bytes.U32(buffer, laneAt + 4);
                Held[lane] = Bytes.U32(buffer, laneAt + 8);
            }

            int tail = at + 4 + Lanes.Count * 12;
            Abilities = (HelloAbility)Bytes.U32(buffer, tail);
            Firmware = Text.Printable(buffer, tail + 4, ContractLimits.FirmwareBytes);
            return DecodeResult.Ok;
        }
    }
}
