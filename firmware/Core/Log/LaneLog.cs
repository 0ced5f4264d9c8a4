// Owns: one lane of the event log: its sequence numbers, the records that wait for flash, and what is given up when it is full.
// Must never: give a sequence number twice, or lose a record without counting it in a loss.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A record waits in memory until <see cref="Commit"/> has made it durable; only durable records are read for sending. A full lane
    /// gives up its oldest segment: what the county does not hold of it is counted, its loss record is written with the records that
    /// needed the room, and only then is it deleted.
    /// </summary>
    public sealed partial class LaneLog
    {
        private const int Size = EventRecord.Size;

        /// <summary>The last place among the waiting records is kept for a loss record.</summary>
        private const int PendingForEvents = Limits.PendingRecordsMax - 1;

        private readonly Lane _lane;
        private readonly LogIdentity _identity;
        private readonly SegmentRing _ring;
        private readonly KeptAlarms _kept;
        private readonly SegmentAccount _account;
        private readonly byte[] _pending = new byte[Limits.PendingRecordsMax * Size];
        private int _pendingCount;
        private int _doomed;
        private bool _lossWaits;
        private uint _next = 1;
        private uint _durable;
        private uint _known;
        private uint _goneThrough;

        /// <param name="account">The lanes share it.</param>
        public LaneLog(FlashPort flash, Lane lane, LogPlan plan, LogIdentity identity, SegmentAccount account)
        {
            _lane = lane;
            _account = account;
            _identity = identity;
            _ring = new SegmentRing(flash, lane, plan);
            if (lane == Lane.Fire)
            {
                _kept = new KeptAlarms(flash, identity);
            }
        }

        /// <summary>What the county has said that it holds.</summary>
        public uint Held { get; private set; }

        /// <summary>
        /// What the county held under an epoch before this one. It is not sent again: under another name it would be another record.
        /// </summary>
        public uint HeldBefore { get; private set; }

        /// <summary>What need not be sent any more.</summary>
        private uint Settled
        {
            get { return Held > HeldBefore ? Held : HeldBefore; }
        }

        /// <summary>Last sequence given, 0 before the first.</summary>
        public uint Last
        {
            get { return _next - 1; }
        }

        /// <summary>Last sequence that is durable.</summary>
        public uint Durable
        {
            get { return _durable; }
        }

        /// <summary>Records that wait for flash.</summary>
        public int Pending
        {
            get { return _pendingCount; }
        }

        /// <summary>The loss that has no record yet.</summary>
        public Loss Lost { get; } = new Loss();

        /// <summary>
        /// First sequence of the newest segment; the journal keeps it, so that a vanished file can't make numbers come twice.
        /// </summary>
        public uint NewestSegment
        {
            get { return _ring.Newest; }
        }

        /// <summary>Segment files.</summary>
        public int Segments
        {
            get { return _ring.Count; }
        }

        /// <summary>Segment files that the lane may have.</summary>
        public int SegmentsMax
        {
            get { return _ring.Max; }
        }

        /// <summary>First alarms kept from segments that had to go.</summary>
        public int Kept
        {
            get { return _kept == null ? 0 : _kept.Count; }
        }

        /// <summary>Oldest sequence that can still be sent; Last + 1 when there is none.</summary>
        public uint Oldest
        {
            get
            {
                uint oldest = OldestSegment;
                return _kept != null && _kept.Count > 0 && _kept.SequenceAt(0) < oldest ? _kept.SequenceAt(0) : oldest;
            }
        }

        /// <summary>Oldest sequence that the ring's files can hold, without kept alarms; Last + 1 when there is no file.</summary>
        public uint OldestInRing
        {
            get { return OldestSegment; }
        }

        private uint OldestSegment
        {
            get
            {
                uint oldest = _ring.Count == 0 ? _next : _ring.First(0);
                return oldest > HeldBefore ? oldest : HeldBefore + 1;
            }
        }

        /// <summary>
        /// Raises the next sequence to at least <paramref name="sequence"/>; the numbers between are reported lost.
        /// </summary>
        public void SkipTo(uint sequence)
        {
            if (sequence > _next)
            {
                Lost.Add(0, _next, sequence - 1, EventFlags.Damage);
                _next = sequence;
                _ring.Close();
            }
        }

        /// <summary>Last sequence that the county can have from us.</summary>
        public uint Known
        {
            get { return _known; }
        }

        /// <summary>Continues above this sequence: the numbers up to it already belong to records of this lane.</summary>
        public void GoOnAbove(uint end)
        {
            if (end >= _next)
            {
                _next = end + 1;
                _ring.Close();
            }
        }

        /// <summary>Records through this sequence are not sent again: under the new epoch their numbers would name other records.</summary>
        public void GiveOutNoMore(uint through)
        {
            HeldBefore = through > HeldBefore ? through : HeldBefore;
        }

        /// <summary>True when the county can't have this number from us: it was neither recovered at the start nor sent since.</summary>
        public bool Strange(uint held)
        {
            return held > _identity.Moved.ToCounty(_lane, _known);
        }

        /// <summary>Notes that the county may hold through this sequence from now on.</summary>
        public void NoteSent(uint through)
        {
            _known = through > _known ? through : _known;
        }

        /// <summary>
        /// Takes a record that has all but its lane and sequence. False when there is no room; it is then counted as lost.
        /// </summary>
        public bool Add(EventRecord record)
        {
            if (_pendingCount >= PendingForEvents && !MakePendingRoom(record))
            {
                record.Sequence = 0;
                Lost.Add(record);
                return false;
            }

            Put(record);
            return true;
        }

        /// <summary>Puts a loss record behind what waits, in the place kept for it. False when that is taken.</summary>
        public bool AddLoss(EventRecord record)
        {
            if (_pendingCount == Limits.PendingRecordsMax)
            {
                return false;
            }

            Put(record);
            _lossWaits = true;
            return true;
        }

        /// <summary>
        /// True while a loss is not yet reported in a durable record. Nothing may be sent until then: the county would pass the gap, and
        /// after a power cut or a new epoch nobody would report it.
        /// </summary>
        public bool OwesLoss
        {
            get { return _lossWaits || Lost.Any; }
        }

        /// <summary>Makes what waits durable, then deletes what was given up for it. False when the flash refused.</summary>
        public bool Commit()
        {
            while (_pendingCount > 0)
            {
                uint sequence = EventRecord.SequenceOf(_pending, 0);
                if (sequence >= _ring.TailEnd && !_ring.Begin(sequence))
                {
                    return false;
                }

                int count = 0;
                while (count < _pendingCount && EventRecord.SequenceOf(_pending, count * Size) < _ring.TailEnd)
                {
                    count++;
                }

                if (!_ring.Append(_pending, count))
                {
                    return false;
                }

                _durable = EventRecord.SequenceOf(_pending, (count - 1) * Size);
                _pendingCount -= count;
                System.Array.Copy(_pending, count * Size, _pending, 0, _pendingCount * Size);
            }

            _lossWaits = false;
            while (_doomed > 0)
            {
                if (!_ring.DropOldest())
                {
                    return false;
                }

                _doomed--;
            }

            return true;
        }

        /// <summary>
        /// Notes what the county holds. Numbers beyond what was given are cut; a lower number than before is taken, since the county may
        /// have been restored from a copy.
        /// </summary>
        public void SetHeld(uint through)
        {
            Held = through > Last ? Last : through;
            if (_kept != null)
            {
                _kept.DropThrough(Held);
            }
        }

        /// <summary>
        /// The identity has a new epoch, of which the county holds nothing: what it held under the old one is reported lost as held before.
        /// </summary>
        public void BeginEpoch()
        {
            HeldBefore = Settled;
            Held = 0;
            _goneThrough = 0;
            ForgetPlace();
            _account.End();
            uint through = _identity.Moved.ToCounty(_lane, HeldBefore);
            if (through > 0)
            {
                int count = HeldBefore > int.MaxValue ? int.MaxValue : (int)HeldBefore;
                Lost.Add(count, 1, through, EventFlags.HeldBefore);
            }
        }

        /// <summary>
        /// Reports lost what the county once held, has lost, and asks for again in vain: from the first number on, since a county that was
        /// restored may also lack the loss records of earlier holes.
        /// </summary>
        public void OwnUpFreed(uint held)
        {
            uint freed = OldestSegment - 1;
            freed = freed < Held ? freed : Held;
            int count = held < freed ? (int)(freed - held) : 0;
            uint through = freed > _goneThrough ? freed : _goneThrough;
            if (held < through)
            {
                through = _identity.Moved.ToCounty(_lane, through);
                Lost.Add(count, 1, through, EventFlags.HeldBefore);
            }

            _goneThrough = 0;
            if (held < Held)
            {
                // What was to go because the county held it, and a refusing flash has not let go yet, is to be accounted for.
                _doomed = 0;
            }
        }

        /// <summary>
        /// Copies up to <paramref name="max"/> durable records that follow <paramref name="after"/> into <paramref name="into"/>. 0 when
        /// there are none, or when the flash could not be read this time. A damaged record is skipped and counted as lost.
        /// </summary>
        public int Read(uint after, int max, byte[] into, int at)
        {
            ReadGoesOn = false;
            after = after < HeldBefore ? HeldBefore : after;
            if (_kept != null && _kept.Count > 0 && after + 1 < OldestSegment)
            {
                int kept = _kept.Read(after, OldestSegment, max, into, at);
                if (kept != 0)
                {
                    return kept < 0 ? 0 : kept;
                }
            }

            return after < _durable ? ReadRing(after, max, into, at) : 0;
        }

        /// <summary>Bytes in flash of the lane's segments, as asked from the files; not for the loop.</summary>
        public int BytesUsed()
        {
            int bytes = 0;
            for (int i = 0; i < _ring.Count; i++)
            {
                int length = _ring.Length(i);
                bytes += length < 0 ? 0 : length;
            }

            return bytes;
        }

        private void Put(EventRecord record)
        {
            record.LaneNumber = _lane;
            record.Sequence = _next++;
            record.Encode(_pending, _pendingCount * Size);
            _pendingCount++;
        }

        /// <summary>
        /// With flash refusing and memory full, the oldest record that is no fire alarm goes, so that a fire still finds room.
        /// </summary>
        private bool MakePendingRoom(EventRecord record)
        {
            if (record.Kind != EventKind.FireAlarm)
            {
                return false;
            }

            for (int i = 0; i < _pendingCount; i++)
            {
                if ((EventKind)Bytes.U16(_pending, i * Size + 2) != EventKind.FireAlarm)
                {
                    Lost.Add(_pending, i * Size);
                    _pendingCount--;
                    System.Array.Copy(_pending, (i + 1) * Size, _pending, i * Size, (_pendingCount - i) * Size);
                    return true;
                }
            }

            return false;
        }
    }
}
