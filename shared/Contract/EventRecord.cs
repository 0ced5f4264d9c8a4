// Owns: the 64 bytes of one event, in flash and on the wire alike.
// Must never: change a byte of version 1; a new layout gets a new version number.

namespace Gateway.Contract
{
    /// <summary>
    /// One event. A reusable holder: decode into it, or fill it and encode. Its identity is station, epoch, lane and sequence.
    /// The table of bytes is in CONTRACT.md.
    /// </summary>
    public sealed class EventRecord
    {
        /// <summary>Bytes of a record. A power of two, so that records never straddle a flash page.</summary>
        public const int Size = 64;

        public const int Version = 1;

        internal const int AtCrc = 60;
        private const int AtLane = 1;
        private const int AtSequence = 12;

        /// <summary>Station number, 1..4294967295, given by the county.</summary>
        public uint Station;

        /// <summary>
        /// Name of the store's life, 1..4294967295, drawn at random when the gateway found its flash empty. Epochs have no order.
        /// </summary>
        public uint Epoch;

        /// <summary>0..2, see <see cref="Contract.Lane"/>.</summary>
        public Lane LaneNumber;

        /// <summary>1..<see cref="ContractLimits.SequenceMax"/> in each lane, without reuse inside an epoch.</summary>
        public uint Sequence;

        /// <summary>Starts of the gateway in this epoch, from 1.</summary>
        public uint Boot;

        /// <summary>Milliseconds since that start, 48 bits.</summary>
        public long UptimeMs;

        /// <summary>Milliseconds since 1970-01-01 UTC, 48 bits; 0 when unknown.</summary>
        public long UtcMs;

        /// <summary>See <see cref="Contract.UtcQuality"/>.</summary>
        public UtcQuality UtcQuality;

        /// <summary>See <see cref="Contract.Severity"/>.</summary>
        public Severity Severity;

        public EventFlags Flags;

        /// <summary>See <see cref="EventKind"/>, 1..65535.</summary>
        public EventKind Kind;

        /// <summary>Zone 1..255, or 0 for none.</summary>
        public int Zone;

        /// <summary>See <see cref="Contract.ZoneKind"/>.</summary>
        public ZoneKind ZoneKind;

        /// <summary>The second zone of a coincidence, or 0.</summary>
        public int OtherZone;

        /// <summary>The rule line that decided, 1..255, or 0 for a default of the zone's kind.</summary>
        public int Rule;

        /// <summary>A measured value or count, in <see cref="Unit"/>.</summary>
        public int Value;

        /// <summary>See <see cref="Contract.Unit"/>.</summary>
        public Unit Unit;

        /// <summary>Details whose meaning follows from the kind; CONTRACT.md lists them.</summary>
        public int A;

        /// <summary>See <see cref="A"/>.</summary>
        public int B;

        /// <summary>See <see cref="A"/>.</summary>
        public int C;

        /// <summary>Sets every field to zero, ready for the next event.</summary>
        public void Clear()
        {
            Station = 0;
            Epoch = 0;
            LaneNumber = Lane.Fire;
            Sequence = 0;
            Boot = 0;
            UptimeMs = 0;
            UtcMs = 0;
            UtcQuality = 0;
            Severity = Contract.Severity.None;
            Flags = EventFlags.None;
            Kind = 0;
            Zone = 0;
            ZoneKind = Contract.ZoneKind.None;
            OtherZone = 0;
            Rule = 0;
            Value = 0;
            Unit = Contract.Unit.None;
            A = 0;
            B = 0;
            C = 0;
        }

        /// <summary>Writes the 64 bytes at <paramref name="at"/>. Numbers wider than their field are cut; the gateway makes none.</summary>
        public void Encode(byte[] buffer, int at)
        {
            buffer[at] = Version;
            buffer[at + AtLane] = (byte)LaneNumber;
            Bytes.PutU16(buffer, at + 2, (int)Kind);
            Bytes.PutU32(buffer, at + 4, Station);
            Bytes.PutU32(buffer, at + 8, Epoch);
            Bytes.PutU32(buffer, at + AtSequence, Sequence);
            Bytes.PutU32(buffer, at + 16, Boot);
            Bytes.PutU48(buffer, at + 20, UptimeMs);
            Bytes.PutU48(buffer, at + 26, UtcMs);
            buffer[at + 32] = (byte)UtcQuality;
            buffer[at + 33] = (byte)Severity;
            Bytes.PutU16(buffer, at + 34, (int)Flags);
            buffer[at + 36] = (byte)Zone;
            buffer[at + 37] = (byte)ZoneKind;
            buffer[at + 38] = (byte)OtherZone;
            buffer[at + 39] = (byte)Rule;
            Bytes.PutI32(buffer, at + 40, Value);
            buffer[at + 44] = (byte)Unit;
            buffer[at + 45] = 0;
            Bytes.PutU16(buffer, at + 46, 0);
            Bytes.PutI32(buffer, at + 48, A);
            Bytes.PutI32(buffer, at + 52, B);
            Bytes.PutI32(buffer, at + 56, C);
            Bytes.PutU32(buffer, at + AtCrc, Crc32.Of(buffer, at, AtCrc));
        }

        /// <summary>
        /// Reads 64 bytes at <paramref name="at"/>; <paramref name="end"/> is where the input ends. On any result but Ok the fields are
        /// undefined. Kinds, flags, units and zone kinds that this side does not know are accepted: a newer gateway's event is kept, not
        /// refused.
        /// </summary>
        public DecodeResult Decode(byte[] buffer, int at, int end)
        {
            DecodeResult checkedAs = Check(buffer, at, end);
            if (checkedAs != DecodeResult.Ok)
            {
                return checkedAs;
            }

            LaneNumber = (Lane)buffer[at + AtLane];
            Kind = (EventKind)Bytes.U16(buffer, at + 2);
            Station = Bytes.U32(buffer, at + 4);
            Epoch = Bytes.U32(buffer, at + 8);
            Sequence = SequenceOf(buffer, at);
            Boot = Bytes.U32(buffer, at + 16);
            UptimeMs = Bytes.U48(buffer, at + 20);
            UtcMs = Bytes.U48(buffer, at + 26);
            UtcQuality = (UtcQuality)buffer[at + 32];
            Severity = (Contract.Severity)buffer[at + 33];
            Flags = (EventFlags)Bytes.U16(buffer, at + 34);
            Zone = buffer[at + 36];
            ZoneKind = (Contract.ZoneKind)buffer[at + 37];
            OtherZone = buffer[at + 38];
            Rule = buffer[at + 39];
            Value = Bytes.I32(buffer, at + 40);
            Unit = (Contract.Unit)buffer[at + 44];
            A = Bytes.I32(buffer, at + 48);
            B = Bytes.I32(buffer, at + 52);
            C = Bytes.I32(buffer, at + 56);
            bool named = Station != 0 && Epoch != 0 && Sequence != 0 && Sequence <= ContractLimits.SequenceMax && Boot != 0;
            if (!named || (int)Kind == 0 || (int)Severity > Contract.Severities.Last || (int)UtcQuality > ContractLimits.UtcQualityMax)
            {
                return DecodeResult.OutOfRange;
            }

            return buffer[at + 45] != 0 || Bytes.U16(buffer, at + 46) != 0 ? DecodeResult.ReservedNotZero : DecodeResult.Ok;
        }

        /// <summary>Only what tells a whole record from a damaged one: length, version, lane and checksum.</summary>
        public static DecodeResult Check(byte[] buffer, int at, int end)
        {
            if (end - at < Size || end > buffer.Length)
            {
                return DecodeResult.TooShort;
            }

            if (buffer[at] != Version)
            {
                return DecodeResult.WrongVersion;
            }

            if (Crc32.Of(buffer, at, AtCrc) != Bytes.U32(buffer, at + AtCrc))
            {
                return DecodeResult.WrongCrc;
            }

            return buffer[at + AtLane] >= Lanes.Count ? DecodeResult.OutOfRange : DecodeResult.Ok;
        }

        /// <summary>The sequence of an encoded record, without decoding the rest.</summary>
        public static uint SequenceOf(byte[] buffer, int at)
        {
            return Bytes.U32(buffer, at + AtSequence);
        }
    }
}
