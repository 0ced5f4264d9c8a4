// Owns: the three lanes together: identity and time of every record, recovery, and what is kept about the county's word.
// Must never: write to flash outside Recover and Commit.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>The event log. One thread uses it.</summary>
    public sealed class EventLog
    {
        private readonly LaneLog[] _lanes = new LaneLog[Lane.Count];
        private readonly Journal _journal;
        private readonly LogPlan _plan;
        private readonly WallClock _clock;
        private readonly EventRecord _ownRecord = new EventRecord();
        private readonly uint _station;
        private long _cursorSavedMs;
        private int _cursorUnsaved;
        private long _retryAtMs;
        private bool _waiting;

        public EventLog(FlashPort flash, Journal journal, LogPlan plan, WallClock clock, uint station)
        {
            _journal = journal;
            _plan = plan;
            _clock = clock;
            _station = station;
            for (int lane = 0; lane < Lane.Count; lane++)
            {
                _lanes[lane] = new LaneLog(flash, lane, plan);
            }
        }

        /// <summary>Number of the store's life.</summary>
        public uint Epoch { get; private set; }

        /// <summary>Number of this start, from 1.</summary>
        public uint Boot { get; private set; }

        /// <summary>True when the store was found empty: new, or lost.</summary>
        public bool StoreIsNew { get; private set; }

        /// <summary>True while the flash refuses to take records.</summary>
        public bool FlashFails { get; private set; }

        /// <summary>Finds out what the flash holds and begins a new boot. The journal was recovered before.</summary>
        /// <param name="newEpoch">A number unlike any before, used if the store is new; not 0.</param>
        /// <param name="replay">Gets the newest records of the fire lane.</param>
        public void Recover(uint newEpoch, FireTail replay)
        {
            bool known = _journal.Has(JournalKey.Identity);
            Epoch = known ? (uint)_journal.Get(JournalKey.Identity, 0) : 0;
            uint boot = known ? (uint)_journal.Get(JournalKey.Identity, 1) : 0;
            if (known && (uint)_journal.Get(JournalKey.Identity, 2) != _station)
            {
                // The box was moved to another station: what the old one did not send can't be sent in the new one's name.
                EraseAll();
                known = false;
                Epoch = 0;
            }

            byte[] scratch = new byte[_plan.SegmentRecords * EventRecord.Size];
            bool empty = true;
            for (int lane = 0; lane < Lane.Count; lane++)
            {
                LaneLog log = _lanes[lane];
                int good = log.Recover((uint)_journal.Get(JournalKey.Segments, lane), scratch, Epoch);
                empty &= log.NewestSegment == 0;
                if (good > 0)
                {
                    int lastAt = (good - 1) * EventRecord.Size;
                    uint lastBoot = Bytes.U32(scratch, lastAt + 16);
                    boot = lastBoot > boot ? lastBoot : boot;
                    if (Epoch == 0)
                    {
                        Epoch = Bytes.U32(scratch, lastAt + 8);
                    }

                    if (lane == Lane.Fire)
                    {
                        Replay(log, replay, scratch, good);
                    }
                }
            }

            StoreIsNew = !known && empty;
            if (StoreIsNew || Epoch == 0)
            {
                Epoch = newEpoch;
            }
            else if (!known)
            {
                // The journal is gone but records are there: their numbers may have gone further than the flash shows.
                for (int lane = 0; lane < Lane.Count; lane++)
                {
                    _lanes[lane].SkipTo(_lanes[lane].Last + ContractLimits.SequenceJump);
                }

                boot += ContractLimits.SequenceJump;
            }

            Boot = boot + 1;
            for (int lane = 0; lane < Lane.Count; lane++)
            {
                _lanes[lane].SetHeld((uint)_journal.Get(JournalKey.Cursors, lane));
            }

            _journal.Set(JournalKey.Identity, 0, (int)Epoch);
            _journal.Set(JournalKey.Identity, 1, (int)Boot);
            _journal.Set(JournalKey.Identity, 2, (int)_station);
            _journal.Save(JournalKey.Identity);
        }

        /// <summary>
        /// Goes on with a higher boot number, since the county has seen this one or a later one. Uptimes go on, and a record says so.
        /// </summary>
        public void RaiseBoot(uint atLeast, long nowMs)
        {
            if (atLeast > Boot)
            {
                EventRecord record = _ownRecord;
                record.Clear();
                record.Kind = EventKind.Started;
                record.A = StartReason.Renumbered;
                record.C = (int)Boot;
                Boot = atLeast;
                _journal.Set(JournalKey.Identity, 1, (int)Boot);
                _journal.Save(JournalKey.Identity);
                Add(record, nowMs);
            }
        }

        public LaneLog At(int lane)
        {
            return _lanes[lane];
        }

        /// <summary>
        /// Stamps a record whose kind and details are filled in, and puts it into its lane. Durable only after <see cref="Commit"/>.
        /// </summary>
        public void Add(EventRecord record, long nowMs)
        {
            AddTo(EventKind.LaneOf(record.Kind), record, nowMs);
            _waiting = true;
        }

        /// <summary>Counts events that never became records.</summary>
        public void CountLost(int lane, int count)
        {
            _lanes[lane].Lost.Add(count, 0, 0, 0);
            _waiting = true;
        }

        /// <summary>True when <see cref="Commit"/> has work.</summary>
        public bool Waiting
        {
            get { return _waiting; }
        }

        /// <summary>
        /// Makes everything durable, fire first. Losses get their records. A refusing flash is tried again once a second.
        /// </summary>
        public void Commit(long nowMs)
        {
            if (!_waiting || (FlashFails && nowMs < _retryAtMs))
            {
                return;
            }

            bool good = true;
            for (int lane = 0; lane < Lane.Count; lane++)
            {
                LaneLog log = _lanes[lane];
                OwnUp(log, lane, nowMs);
                uint newest = log.NewestSegment;
                if (!log.Commit())
                {
                    good = false;
                    continue;
                }

                if (log.NewestSegment != newest)
                {
                    _journal.Set(JournalKey.Segments, lane, (int)log.NewestSegment);
                }
            }

            good &= _journal.Save(JournalKey.Segments);
            FlashFails = !good;
            _retryAtMs = nowMs + Limits.FlashRetryMs;
            _waiting = !good || _lanes[0].Lost.Any || _lanes[1].Lost.Any || _lanes[2].Lost.Any;
        }

        /// <summary>Takes the county's word. Only an advance of many records, or a long time, costs a write.</summary>
        public void SetHeld(int lane, uint through, long nowMs)
        {
            LaneLog log = _lanes[lane];
            uint before = log.Held;
            log.SetHeld(through);
            if (log.Held == before)
            {
                return;
            }

            if (_cursorUnsaved == 0)
            {
                _cursorSavedMs = nowMs;
            }

            _cursorUnsaved += log.Held > before ? (int)(log.Held - before) : Limits.CursorSaveRecords;
        }

        /// <summary>
        /// Takes what the county says that it holds at the start of a session, which may be more or less than was known here.
        /// </summary>
        public void Reconcile(int lane, uint held, long nowMs)
        {
            LaneLog log = _lanes[lane];
            if (held > log.Last)
            {
                log.Renumber(held, _ownRecord);
                _waiting = true;
            }
            else if (held + 1 < log.Oldest)
            {
                // The county was restored from a copy that is older than what is kept here.
                log.Lost.Add((int)(log.Oldest - 1 - held), held + 1, log.Oldest - 1, 0);
                log.Lost.Mark(EventFlags.HeldBefore);
                _waiting = true;
            }

            SetHeld(lane, held, nowMs);
        }

        /// <summary>When the cursor is to be written; far away when there is nothing to write.</summary>
        public long CursorDueMs()
        {
            return _cursorUnsaved == 0 ? long.MaxValue
                : _cursorUnsaved >= Limits.CursorSaveRecords ? 0
                : _cursorSavedMs + Limits.CursorSaveMs;
        }

        /// <summary>Writes the cursor if it is due.</summary>
        public void SaveCursor(long nowMs)
        {
            if (nowMs < CursorDueMs())
            {
                return;
            }

            for (int lane = 0; lane < Lane.Count; lane++)
            {
                _journal.Set(JournalKey.Cursors, lane, (int)_lanes[lane].Held);
            }

            if (_journal.Save(JournalKey.Cursors))
            {
                _cursorUnsaved = 0;
            }
            else
            {
                _cursorSavedMs = nowMs;
                _cursorUnsaved = 1;
            }
        }

        private static void Replay(LaneLog log, FireTail replay, byte[] scratch, int good)
        {
            if (EventRecord.SequenceOf(scratch, 0) > replay.After + 1)
            {
                int previous = log.ReadPrevious(scratch);
                replay.Take(scratch, previous);
                good = log.ReadTail(scratch);
            }

            replay.Take(scratch, good);
        }

        private void EraseAll()
        {
            for (int lane = 0; lane < Lane.Count; lane++)
            {
                _lanes[lane].Erase();
                _journal.Set(JournalKey.Segments, lane, 0);
                _journal.Set(JournalKey.Cursors, lane, 0);
            }

            _journal.Set(JournalKey.Panel, 0, 0);
            _journal.Set(JournalKey.Panel, 1, 0);
            _journal.Save(JournalKey.Panel);
            _journal.Save(JournalKey.Cursors);
            _journal.Save(JournalKey.Segments);
        }

        private void AddTo(int lane, EventRecord record, long nowMs)
        {
            record.Station = _station;
            record.Epoch = Epoch;
            record.Boot = Boot;
            record.UptimeMs = nowMs;
            record.UtcMs = _clock.UtcMs(nowMs);
            record.UtcQuality = _clock.Quality;
            _lanes[lane].Add(record);
        }

        /// <summary>Writes one loss record for all that a lane has lost so far, unless there is no room even for that.</summary>
        private void OwnUp(LaneLog log, int lane, long nowMs)
        {
            if (!log.Lost.Any || log.Pending == Limits.PendingRecordsMax)
            {
                return;
            }

            EventRecord record = _ownRecord;
            record.Clear();
            record.Kind = EventKind.Loss;
            record.Severity = Severity.General;
            record.Flags = log.Lost.Flags;
            record.Value = log.Lost.Count;
            record.Unit = Unit.Count;
            record.A = (int)log.Lost.First;
            record.B = (int)log.Lost.Last;
            record.C = log.Lost.SpanS;
            log.Lost.Clear();
            AddTo(lane, record, nowMs);
        }
    }
}
