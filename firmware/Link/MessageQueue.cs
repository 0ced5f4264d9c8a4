// Owns: a bounded first-in first-out queue of messages, in one ring of bytes that is made once.
// Must never: allocate after its making, or hold its lock for longer than one copy of a message.

using System;
using Gateway.Core;

namespace Gateway.Link
{
    /// <summary>
    /// Safe between threads. Each connection has a generation, so that a late message of an older one is refused: a client that was
    /// given up may still call. A message takes its own bytes and no more: most are a tenth of the longest, and a small heap has no room
    /// for slots of the longest.
    /// </summary>
    internal sealed class MessageQueue
    {
        private readonly object _gate = new object();
        private readonly byte[] _ring;
        private readonly int[] _counts;
        private readonly LinkLeaf[] _leaves;
        private int _generation;
        private int _first;
        private int _used;

        /// <summary>Where the oldest message begins in the ring, and the bytes of all of them.</summary>
        private int _at;
        private int _bytes;

        /// <param name="slots">Messages at a time.</param>
        /// <param name="bytes">Bytes of all of them together.</param>
        public MessageQueue(int slots, int bytes)
        {
            _counts = new int[slots];
            _leaves = new LinkLeaf[slots];
            _ring = new byte[bytes];
        }

        /// <summary>Empties the queue for a new generation; returns how many messages were thrown away.</summary>
        public int Renew(int generation)
        {
            lock (_gate)
            {
                int thrown = _used;
                _generation = generation;
                _first = 0;
                _used = 0;
                _bytes = 0;
                return thrown;
            }
        }

        /// <summary>Copies a message in. False when there is no room for it, or it is of another generation.</summary>
        public bool Put(int generation, LinkLeaf leaf, byte[] message, int count)
        {
            lock (_gate)
            {
                if (generation != _generation || _used == _counts.Length || count > _ring.Length - _bytes)
                {
                    return false;
                }

                int to = (_at + _bytes) % _ring.Length;
                int whole = count <= _ring.Length - to ? count : _ring.Length - to;
                Array.Copy(message, 0, _ring, to, whole);
                Array.Copy(message, whole, _ring, 0, count - whole);
                int slot = (_first + _used) % _counts.Length;
                _counts[slot] = count;
                _leaves[slot] = leaf;
                _used++;
                _bytes += count;
                return true;
            }
        }

        /// <summary>
        /// Moves the oldest message out and returns its bytes, 0 when there is none, -1 when it did not fit and is thrown away.
        /// </summary>
        public int Take(int generation, byte[] into, out LinkLeaf leaf)
        {
            leaf = 0;

            // Read without the lock for the quiet tick: a message that is just being put is found at the next look.
            if (_used == 0)
            {
                return 0;
            }

            lock (_gate)
            {
                if (generation != _generation || _used == 0)
                {
                    return 0;
                }

                int from = _at;
                int count = _counts[_first];
                leaf = _leaves[_first];
                _first = (_first + 1) % _counts.Length;
                _used--;
                _at = (from + count) % _ring.Length;
                _bytes -= count;
                if (count > into.Length)
                {
                    return -1;
                }

                int whole = count <= _ring.Length - from ? count : _ring.Length - from;
                Array.Copy(_ring, from, into, 0, whole);
                Array.Copy(_ring, 0, into, whole, count - whole);
                return count;
            }
        }
    }
}
