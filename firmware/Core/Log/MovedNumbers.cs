// Owns: under which numbers the county is told of records whose own numbers it holds already.
// Must never: give one number to two records, or move any before the journal has it.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A store that lost its end gives numbers again that the county holds. Once the county says so, what was written since goes up under
    /// numbers above those, as one range of a lane: the files stay as they are, and the lane goes on above the range. A number that lies
    /// in no moved range is the same here and there.
    /// </summary>
    public sealed class MovedNumbers
    {
        private const int Fields = 3;
        private const int After = 0;
        private const int Through = 1;
        private const int Above = 2;
        private const int SequenceAt = 12;
        private const int FirstAt = 48;
        private const int LastAt = 52;

        /// <summary>None in a life in memory.</summary>
        private Journal _journal;

        public MovedNumbers(Journal journal)
        {
            _journal = journal;
        }

        /// <summary>
        /// Moves no number until the next start: a log in memory has its own numbers. The journal keeps the mapping of the log in flash.
        /// </summary>
        public void Sleep()
        {
            _journal = null;
        }

        /// <summary>Numbers above <paramref name="after"/>, up to <paramref name="through"/>, are sent as the numbers above
        /// <paramref name="above"/>.</summary>
        public void Move(Lane lane, uint after, uint through, uint above)
        {
            Set(lane, After, after);
            Set(lane, Through, through);
            Set(lane, Above, above);
        }

        /// <summary>True when a range of the lane that begins before a number is moved.</summary>
        public bool Before(Lane lane, uint after)
        {
            return Get(lane, Through) != 0 && Get(lane, After) < after;
        }

        /// <summary>The last number under which the county is told of the range; 0 without one.</summary>
        public uint End(Lane lane)
        {
            uint through = Get(lane, Through);
            return through == 0 ? 0 : Get(lane, Above) + (through - Get(lane, After));
        }

        /// <summary>How far the county has a lane that we have so far.</summary>
        public uint ToCounty(Lane lane, uint number)
        {
            uint after = Get(lane, After);
            return number >= after && number <= Get(lane, Through) ? Get(lane, Above) + (number - after) : number;
        }

        /// <summary>
        /// How far the county must have a lane to take what comes behind a number of ours. Before the moved range that is the number:
        /// a loss record reports what lies between, and a county that was restored from an older copy holds no more.
        /// </summary>
        public uint Behind(Lane lane, uint number)
        {
            return number == Get(lane, After) ? number : ToCounty(lane, number);
        }

        /// <summary>How far we have a lane that the county has so far.</summary>
        public uint FromCounty(Lane lane, uint number)
        {
            uint after = Get(lane, After);
            uint above = Get(lane, Above);
            if (number <= after || number >= End(lane))
            {
                return number;
            }

            return number <= above ? after : after + (number - above);
        }

        /// <summary>
        /// Puts the number that the county knows into the copy of a record that is sent. True when it differs from the number in flash;
        /// the caller then renews the checksum.
        /// </summary>
        public bool Present(Lane lane, byte[] record, int at)
        {
            uint after = Get(lane, After);
            uint number = EventRecord.SequenceOf(record, at);
            if (number <= after || number > Get(lane, Through))
            {
                return false;
            }

            Bytes.PutU32(record, at + SequenceAt, ToCounty(lane, number));
            if ((EventKind)Bytes.U16(record, at + 2) == EventKind.Loss && Bytes.U32(record, at + FirstAt) > after)
            {
                Bytes.PutU32(record, at + FirstAt, ToCounty(lane, Bytes.U32(record, at + FirstAt)));
                Bytes.PutU32(record, at + LastAt, ToCounty(lane, Bytes.U32(record, at + LastAt)));
            }

            return true;
        }

        private uint Get(Lane lane, int field)
        {
            return _journal == null ? 0 : (uint)_journal.Get(JournalKey.Segments, Lanes.Count + (int)lane * Fields + field);
        }

        private void Set(Lane lane, int field, uint value)
        {
            _journal.Set(JournalKey.Segments, Lanes.Count + (int)lane * Fields + field, (int)value);
        }
    }
}
