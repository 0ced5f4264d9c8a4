// Owns: what the county says that it holds: the cursors, and what follows from less or more than was known here.
// Must never: take a number for held that the county has not from us, or give it two records under one.

using Gateway.Contract;

namespace Gateway.Core
{
    public sealed partial class EventLog
    {
        /// <summary>Takes the county's word. Only an advance of many records, or a long time, costs a write.</summary>
        public void SetHeld(Lane lane, uint through, long nowMs)
        {
            LaneLog log = _lanes[(int)lane];
            uint before = log.Held;
            log.SetHeld(through);
            if (log.Held == before)
            {
                return;
            }

            _cursorDueMs = _cursorUnsaved == 0 ? nowMs + Limits.CursorSaveMs : _cursorDueMs;
            _cursorUnsaved += log.Held > before ? (int)(log.Held - before) : Limits.CursorSaveRecords;
            _cursorDueMs = _cursorUnsaved >= Limits.CursorSaveRecords ? 0 : _cursorDueMs;
        }

        /// <summary>
        /// Takes what the county says that it holds at the start of a session, which may be more or less than was known here. False when
        /// the flash refused.
        /// </summary>
        public bool Reconcile(Lane lane, uint held, long nowMs)
        {
            LaneLog log = _lanes[(int)lane];
            if (!log.Strange(held))
            {
                // Less than before: the county was restored from a copy that is older than what is kept here.
                log.OwnUpFreed(Moved.FromCounty(lane, held));
            }
            else if (!Move(lane, log, held, nowMs))
            {
                return false;
            }

            Waiting |= log.Lost.Any;
            SetHeld(lane, Moved.FromCounty(lane, held), nowMs);
            return true;
        }

        /// <summary>
        /// The county holds numbers that this store did not know of when it started, so the store has lost its end. What was written since
        /// with such a number is taken by the county for a repeat: it goes up under numbers above those. False: the flash refused.
        /// </summary>
        private bool Move(Lane lane, LaneLog log, uint held, long nowMs)
        {
            uint after = log.Known;
            uint through = log.Last;
            uint end = held + (through - after);
            if (end < held || end == uint.MaxValue || (InMemory && through > after))
            {
                return false;
            }

            if (through == after)
            {
                log.SkipTo(held + 1);
                log.NoteSent(held);
                return true;
            }

            if (Moved.Before(lane, after))
            {
                // One range is enough: the county holds the older one.
                log.GiveOutNoMore(after);
                WriteCursor(nowMs);
            }

            // The county holds these from before; restored from an older copy, it would wait for them for good.
            log.Lost.Add(0, after + 1, held, EventFlags.Damage);
            Moved.Move(lane, after, through, held);
            log.GoOnAbove(end);
            return SaveUnlessInMemory(JournalKey.Segments);
        }

        private bool WriteCursor(long nowMs)
        {
            for (int lane = 0; lane < Lanes.Count; lane++)
            {
                _journal.Set(JournalKey.Cursors, lane, (int)_lanes[lane].Held);
                _journal.Set(JournalKey.Cursors, Lanes.Count + lane, (int)_lanes[lane].HeldBefore);
            }

            bool good = SaveUnlessInMemory(JournalKey.Cursors);
            _cursorDueMs = good ? long.MaxValue : nowMs + Limits.CursorSaveMs;
            _cursorUnsaved = good ? 0 : 1;
            return good;
        }
    }
}
