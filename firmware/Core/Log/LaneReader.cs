// Owns: reading a lane's durable records in order, for sending.
// Must never: hand out a record that is damaged, of another store, or not yet durable.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Remembers its place, so that a drain reads each byte once.</summary>
    public sealed class LaneReader
    {
        private const int Size = EventRecord.Size;

        private readonly SegmentRing _ring;
        private readonly LogIdentity _identity;
        private readonly Loss _lost;
        private uint _after;
        private uint _segment;
        private int _index;
        private int _failures;
        private uint _ownedUp;
        private uint _saidFirst;
        private uint _saidLast;

        public LaneReader(SegmentRing ring, LogIdentity identity, Loss lost)
        {
            _ring = ring;
            _identity = identity;
            _lost = lost;
        }

        /// <summary>Forgets the place; after the lane has moved to another store.</summary>
        public void Reset()
        {
            _segment = 0;
            _ownedUp = 0;
            _saidLast = 0;
        }

        /// <summary>Recovery has owned up to these numbers already.</summary>
        public void Said(uint first, uint last)
        {
            _saidFirst = first;
            _saidLast = last;
        }

        /// <summary>
        /// Copies up to <paramref name="max"/> records that follow <paramref name="after"/> and are at most <paramref name="durable"/>. 0
        /// when there are none, or when the flash could not be read this time. A damaged record is skipped and, if the county does not
        /// hold it, counted as lost.
        /// </summary>
        public int Read(uint after, uint durable, uint held, int max, byte[] into, int at)
        {
            int segment = Find(after);
            int index = segment < _ring.Count && after == _after && _ring.First(segment) == _segment ? _index : 0;
            for (; segment < _ring.Count; segment++)
            {
                while (index < _ring.Records)
                {
                    int read = _ring.Read(segment, index, into, at, max);
                    if (read < 0 && ++_failures < Limits.ReadTriesMax)
                    {
                        return 0;
                    }

                    _failures = 0;
                    if (read < 0)
                    {
                        uint from = _ring.First(segment) + (uint)index;
                        OwnUp(_ring.Records - index, from, _ring.First(segment) + (uint)_ring.Records - 1, held, durable);
                    }

                    int records = read < Size ? 0 : read / Size;
                    if (records == 0)
                    {
                        break;
                    }

                    int found = Take(_ring.First(segment) + (uint)index, records, after, durable, held, into, at);
                    index += records;
                    if (found > 0)
                    {
                        _after = EventRecord.SequenceOf(into, at + (found - 1) * Size);
                        _segment = _ring.First(segment);
                        _index = index;
                        return found;
                    }
                }

                index = 0;
            }

            return 0;
        }

        /// <summary>The place of the last file whose first sequence is at most after + 1, or the oldest.</summary>
        private int Find(uint after)
        {
            int segment = _ring.Count - 1;
            while (segment > 0 && _ring.First(segment) > after + 1)
            {
                segment--;
            }

            return segment < 0 ? 0 : segment;
        }

        /// <summary>Moves the wanted records to the front; their count.</summary>
        private int Take(uint name, int records, uint after, uint durable, uint held, byte[] into, int at)
        {
            uint previous = after;
            int found = 0;
            for (int i = 0; i < records; i++)
            {
                int from = at + i * Size;
                if (!_identity.Owns(into, from))
                {
                    OwnUp(1, name + (uint)i, name + (uint)i, held, durable);
                    continue;
                }

                uint sequence = EventRecord.SequenceOf(into, from);
                if (sequence > previous && sequence <= durable)
                {
                    int to = at + found * Size;
                    if (to != from)
                    {
                        System.Array.Copy(into, from, into, to, Size);
                    }

                    _identity.Present(into, to);
                    previous = sequence;
                    found++;
                }
            }

            return found;
        }

        /// <summary>Damage is owned up to once, also when it is read again after a rewind.</summary>
        private void OwnUp(int count, uint first, uint last, uint held, uint durable)
        {
            bool said = first >= _saidFirst && last <= _saidLast;
            if (!said && last > _ownedUp && last > held && first <= durable)
            {
                _ownedUp = last;
                _lost.Add(count, first, last, EventFlags.Damage);
            }
        }
    }
}
