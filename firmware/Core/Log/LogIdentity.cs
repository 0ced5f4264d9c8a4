// Owns: whose records these are: station, epoch, the epoch under which older records of this store were written, and moved numbers.
// Must never: be changed while a session with the county is open.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// An epoch names a life of the store. When the county already knows a newly drawn one from another life, another is drawn; what was
    /// written under the first carries it in flash and is given out under the second, so that nothing has to be written again.
    /// </summary>
    public sealed class LogIdentity
    {
        private const int StationAt = 4;
        private const int EpochAt = 8;
        private const int BootAt = 16;
        private const int CrcAt = EventRecord.Size - 4;

        /// <summary>Station number; 0 before recovery.</summary>
        public uint Station;

        /// <summary>The epoch that the county is told; 0 while it is not known.</summary>
        public uint Epoch;

        /// <summary>The present boot.</summary>
        public uint Boot = uint.MaxValue;

        /// <summary>An epoch that was drawn before this one and given up, whose records may still be here; or 0.</summary>
        public uint DrawnFirst;

        /// <summary>Numbers that the county knows otherwise than this log.</summary>
        public MovedNumbers Moved;

        /// <summary>True for a whole record of this station and store. While the epoch is not known, any epoch will do.</summary>
        public bool Owns(byte[] buffer, int at)
        {
            if (EventRecord.Check(buffer, at, at + EventRecord.Size) != DecodeResult.Ok || Bytes.U32(buffer, at + StationAt) != Station)
            {
                return false;
            }

            uint epoch = Bytes.U32(buffer, at + EpochAt);
            return Epoch == 0 || epoch == Epoch || (DrawnFirst != 0 && epoch == DrawnFirst);
        }

        /// <summary>Gives a record of the first drawn epoch the present one, and takes out what is for this store alone.</summary>
        public void Present(byte[] buffer, int at)
        {
            bool aged = Loss.HasAge(buffer, at);

            // One above the present boot was given up: it must not lie behind the starts to come.
            bool givenUp = Bytes.U32(buffer, at + BootAt) > Boot;
            if (aged || givenUp || Bytes.U32(buffer, at + EpochAt) != Epoch)
            {
                if (aged)
                {
                    Loss.DropAge(buffer, at);
                }

                Bytes.PutU32(buffer, at + EpochAt, Epoch);
                if (givenUp)
                {
                    Bytes.PutU32(buffer, at + BootAt, Limits.BootBeforeEpoch);
                }

                Bytes.PutU32(buffer, at + CrcAt, Crc32.Of(buffer, at, CrcAt));
            }
        }

        /// <summary>Another random number from one: two rounds of multiply and shift (the finaliser of MurmurHash3), never 0.</summary>
        public static uint Mix(uint seed)
        {
            uint x = seed + 0x9E3779B9;
            x = (x ^ (x >> 16)) * 0x85EBCA6B;
            x = (x ^ (x >> 13)) * 0xC2B2AE35;
            x ^= x >> 16;
            return x == 0 ? 1 : x;
        }
    }

    /// <summary>Places in the payload of <see cref="JournalKey.Identity"/>.</summary>
    public enum IdentityField : int
    {
        Epoch = 0,
        Boot = 1,
        Station = 2,

        /// <summary>1 when the county has welcomed this epoch.</summary>
        Met = 3,

        /// <summary>See <see cref="LogIdentity.DrawnFirst"/>.</summary>
        DrawnFirst = 4,

        /// <summary>See <see cref="EventLog.WorstWriteMs"/>.</summary>
        WorstWriteMs = 5,
    }
}
