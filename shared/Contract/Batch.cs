// Owns: the body of a batch: records of one lane, in order, that continue what was sent before.
// Must never: be acknowledged beyond what follows without a gap.

namespace Gateway.Contract
{
    /// <summary>
    /// Body of <see cref="MessageType.Batch"/>: lane, count, two reserved bytes, "after", then the records. A batch says: everything that I
    /// still have with a sequence above "after" and up to the last record's is in here. The county may count its "holds through" up to the
    /// last record only if it held through "after" or more; a hole inside is one that the gateway itself has given up and reports in a
    /// loss record.
    /// </summary>
    public static class Batch
    {
        public const int HeadSize = 8;

        /// <summary>Writes the body's head behind the message's head; records follow at <see cref="RecordsAt"/>.</summary>
        public static void EncodeHead(byte[] buffer, Lane lane, int count, uint after)
        {
            int at = MessageHeader.Size;
            buffer[at] = (byte)lane;
            buffer[at + 1] = (byte)count;
            Bytes.PutU16(buffer, at + 2, 0);
            Bytes.PutU32(buffer, at + 4, after);
        }

        /// <summary>Where the first record lies in the message.</summary>
        public const int RecordsAt = MessageHeader.Size + HeadSize;

        /// <summary>Checks body and every record of a message of <paramref name="count"/> bytes whose signature was found good.</summary>
        /// <param name="header">The message's decoded head: records must be of its station and epoch.</param>
        /// <param name="record">Scratch for decoding.</param>
        public static DecodeResult Check(byte[] buffer, int count, MessageHeader header, EventRecord record)
        {
            int end = count - Mac.SignatureBytes;
            if (end < RecordsAt || count > buffer.Length)
            {
                return DecodeResult.TooShort;
            }

            Lane lane = LaneOf(buffer);
            int records = CountOf(buffer);
            if ((int)lane >= Lanes.Count || records == 0 || records > ContractLimits.BatchRecordsMax)
            {
                return DecodeResult.OutOfRange;
            }

            if (Bytes.U16(buffer, MessageHeader.Size + 2) != 0)
            {
                return DecodeResult.ReservedNotZero;
            }

            int want = RecordsAt + records * EventRecord.Size;
            if (end != want)
            {
                return end < want ? DecodeResult.TooShort : DecodeResult.TooLong;
            }

            uint last = AfterOf(buffer);
            for (int i = 0; i < records; i++)
            {
                DecodeResult result = record.Decode(buffer, RecordsAt + i * EventRecord.Size, end);
                if (result != DecodeResult.Ok)
                {
                    return result;
                }

                if (record.Station != header.Station)
                {
                    return DecodeResult.WrongStation;
                }

                if (record.Epoch != header.Epoch || record.LaneNumber != lane || record.Sequence <= last)
                {
                    return DecodeResult.OutOfOrder;
                }

                last = record.Sequence;
            }

            return DecodeResult.Ok;
        }

        /// <summary>The lane of a checked batch.</summary>
        public static Lane LaneOf(byte[] buffer)
        {
            return (Lane)buffer[MessageHeader.Size];
        }

        /// <summary>How many records a checked batch has.</summary>
        public static int CountOf(byte[] buffer)
        {
            return buffer[MessageHeader.Size + 1];
        }

        /// <summary>The "after" of a checked batch.</summary>
        public static uint AfterOf(byte[] buffer)
        {
            return Bytes.U32(buffer, MessageHeader.Size + 4);
        }
    }
}
