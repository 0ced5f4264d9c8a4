// Owns: which batches wait for the county's answer.
// Must never: hold more than Limits.InFlightMax, or let lesser lanes take a fire's place.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Slots of batches that were sent and are not answered.</summary>
    public sealed class InFlight
    {
        private readonly Lane[] _lane = new Lane[Limits.InFlightMax];
        private readonly uint[] _through = new uint[Limits.InFlightMax];
        private readonly long[] _sentMs = new long[Limits.InFlightMax];

        /// <summary>Only this class writes it.</summary>
        public int Count;

        /// <summary>When the oldest batch is overdue; far away when none waits.</summary>
        public long DueMs
        {
            get { return Count == 0 ? long.MaxValue : _sentMs[0] + Limits.AnswerMs; }
        }

        /// <summary>True when a batch of a lane may go now.</summary>
        public bool Room(Lane lane)
        {
            return Count < (lane == Lane.Fire ? Limits.InFlightMax : Limits.InFlightLesserMax);
        }

        public void Add(Lane lane, uint through, long nowMs)
        {
            _lane[Count] = lane;
            _through[Count] = through;
            _sentMs[Count] = nowMs;
            Count++;
        }

        /// <summary>Frees what the county's word covers.</summary>
        public void Answered(uint[] held)
        {
            int kept = 0;
            for (int i = 0; i < Count; i++)
            {
                if (_through[i] > held[(int)_lane[i]])
                {
                    _lane[kept] = _lane[i];
                    _through[kept] = _through[i];
                    _sentMs[kept] = _sentMs[i];
                    kept++;
                }
            }

            Count = kept;
        }

        public void Clear()
        {
            Count = 0;
        }
    }
}
