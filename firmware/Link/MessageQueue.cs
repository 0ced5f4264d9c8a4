// Owns: a bounded first-in first-out queue of messages in slots that are made once.
// Must never: allocate after its making, or hold its lock for longer than one copy of a message.

using System;
using Gateway.Core;

namespace Gateway.Link
{
    /// <summary>
    /// Safe between threads. Each connection has a generation, so that a late message of an older one is refused: a client that was
    /// given up may still call.
    /// </summary>
    internal sealed class MessageQueue
    {
        private readonly object _gate = new object();
        private readonly byte[][] _slots;
        private readonly int[] _counts;
        private readonly LinkLeaf[] _leaves;
        private int _generation;
        private int _first;
        private int _used;

        public MessageQueue(int slots, int bytes)
        {
            _counts = new int[slots];
            _leaves = new LinkLeaf[slots];
            _slots = new byte[slots][];
            for (int i = 0; i < slots; i++)
            {
                _slots[i] = new byte[bytes];
            }
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
                return thrown;
            }
        }

        /// <summary>Copies a message in. False when it is full or of another generation.</summary>
        public bool Put(int generation, LinkLeaf leaf, byte[] message, int count)
        {
            lock (_gate)
            {
                if (generation != _generation || _used == _slots.Length)
                {
                    return false;
                }

                int slot = (_first + _used) % _slots.Length;
                Array.Copy(message, 0, _slots[slot], 0, count);
                _counts[slot] = count;
                _leaves[slot] = leaf;
                _used++;
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

                int slot = _first;
                int count = _counts[slot];
                leaf = _leaves[slot];
                _first = (_first + 1) % _slots.Length;
                _used--;
                if (count > into.Length)
                {
                    return -1;
                }

                Array.Copy(_slots[slot], 0, into, 0, count);
                return count;
            }
        }
    }
}
