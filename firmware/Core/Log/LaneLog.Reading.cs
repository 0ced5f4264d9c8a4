// Owns: reading a lane's durable records in order, for sending.
// Must never: hand out a record that is damaged, of another store, or not yet durable.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// The lane remembers the reader's place, so that a drain reads each byte once. Anywhere else it goes to where the wanted number has to
    /// be if no number was left out, and looks at the record before that. Where damage or holes make it look further, it looks at so many
    /// records a call and goes on in the next.
    /// </summary>
    public sealed partial class LaneLog
    {
        private uint _after;
        private uint _segment;

        /// <summary>Place in the segment; negative while the search still goes back from there.</summary>
        private int _index;
        private int _failures;
        private uint _ownedUp;
        private uint _saidFirst;
        private uint _saidLast;

        /// <summary>True when the last read found nothing yet: the place is kept, and the same question goes on from there.</summary>
        public bool ReadGoesOn { get; private set; }

        /// <summary>Forgets the place; after the lane has moved to another store.</summary>
        private void ForgetPlace()
        {
            _segment = 0;
            _ownedUp = 0;
            _saidLast = 0;
        }

        /// <summary>Recovery has reported these numbers already.</summary>
        private void Said(uint first, uint last)
        {
            _saidFirst = first;
            _saidLast = last;
        }

        /// <summary>
        /// Copies up to <paramref name="max"/> durable records that follow <paramref name="after"/>. 0 when there are none, or when none
        /// was found this time, see <see cref="ReadGoesOn"/>. A damaged record is skipped and, if the county does not hold it, counted as
        /// lost.
        /// </summary>
        private int ReadRing(uint after, int max, byte[] into, int at)
        {
            uint durable = _durable;
            uint held = Settled;
            int left = max > Limits.ReadRecordsMax ? max : Limits.ReadRecordsMax;
            int segment = after == _after && _segment != 0 ? _ring.PlaceOf(_segment) : 0;
            if (after != _after || _segment == 0 || segment >= _ring.Count || _ring.First(segment) != _segment)
            {
                segment = _ring.PlaceOf(after + 1);
                _index = segment < _ring.Count ? -Guess(segment, after) : 0;
            }

            bool seeking = _index < 0;
            int index = seeking ? -_index : _index;
            while (seeking && index > 0)
            {
                int before = left > 0 ? _ring.Read(segment, index - 1, into, at, 1) : -1;
                if (left <= 0 || Failed(before))
                {
                    return Keep(after, segment, -index);
                }

                left--;

                // Where the flash gives nothing, what follows is reported lost from the guess on, which covers all that may be wanted.
                bool behind = before >= Size && _identity.Owns(into, at) && EventRecord.SequenceOf(into, at) <= after;
                seeking = before >= 0 && !behind;
                index -= seeking ? 1 : 0;
            }

            for (; segment < _ring.Count; segment++)
            {
                while (index < _ring.Records)
                {
                    if (left <= 0)
                    {
                        return Keep(after, segment, index);
                    }

                    int read = _ring.Read(segment, index, into, at, max < left ? max : left);
                    if (Failed(read))
                    {
                        return Keep(after, segment, index);
                    }

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

                    left -= records;
                    int found = Take(_ring.First(segment) + (uint)index, records, after, durable, held, into, at);
                    index += records;
                    if (found > 0)
                    {
                        Keep(EventRecord.SequenceOf(into, at + (found - 1) * Size), segment, index);
                        ReadGoesOn = false;
                        return found;
                    }
                }

                index = 0;
            }

            _segment = 0;
            return 0;
        }

        /// <summary>Remembers where to go on, and for what. 0.</summary>
        private int Keep(uint after, int segment, int index)
        {
            _after = after;
            _segment = _ring.First(segment);
            _index = index;
            ReadGoesOn = true;
            return 0;
        }

        /// <summary>True when the flash could not be read, and is to be tried again in the next tick.</summary>
        private bool Failed(int read)
        {
            if (read < 0 && ++_failures < Limits.ReadTriesMax)
            {
                return true;
            }

            _failures = 0;
            return false;
        }

        /// <summary>Where the record behind <paramref name="after"/> is at the latest: numbers rise by at least one a record.</summary>
        private int Guess(int segment, uint after)
        {
            uint name = _ring.First(segment);
            uint ahead = after + 1 > name ? after + 1 - name : 0;
            if (ahead == 0)
            {
                return 0;
            }

            int length = _ring.Length(segment);
            int records = length < 0 || length / Size > _ring.Records ? _ring.Records : length / Size;
            return ahead < (uint)records ? (int)ahead : records;
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

        /// <summary>Damage is reported lost once, also when it is read again after a rewind.</summary>
        private void OwnUp(int count, uint first, uint last, uint held, uint durable)
        {
            bool said = first >= _saidFirst && last <= _saidLast;
            if (!said && last > _ownedUp && last > held && first <= durable)
            {
                _ownedUp = last;
                Lost.Add(count, first, last, EventFlags.Damage);
            }
        }
    }
}
