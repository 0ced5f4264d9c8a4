// Owns: the three lanes together: identity and time of every record, recovery, and what is kept about the county's word.
// Must never: write to flash outside Recover, Commit and the start of a session.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>The event log. One thread uses it.</summary>
    public sealed partial class EventLog
    {
        private readonly LaneLog[] _lanes = new LaneLog[Lanes.Count];
        private readonly FlashPort _flash;
        private readonly Journal _journal;
        private readonly WallClock _clock;
        private readonly LogIdentity _identity = new LogIdentity();
        private readonly EventRecord _scratchRecord = new EventRecord();
        private uint _seed;
        private bool _met;

        /// <summary>Whether a lane may have more files than its plan, and so has something to give up.</summary>
        private bool _overFull = true;
        private bool _accounted;
        private readonly int[] _lostSaid = new int[Lanes.Count];

        /// <summary>When the cursor is to be written; far away when there is nothing to write.</summary>
        private long _cursorDueMs = long.MaxValue;
        private int _cursorUnsaved;
        private long _retryAtMs;
        private int _tries;

        public EventLog(FlashPort flash, Journal journal, LogPlan plan, WallClock clock, uint station)
        {
            _flash = flash;
            _journal = journal;
            Plan = plan;
            _clock = clock;
            _identity.Station = station;
            _identity.Moved = new MovedNumbers(journal);
            SegmentAccount account = new SegmentAccount();
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                _lanes[(int)lane] = new LaneLog(flash, lane, plan, _identity, account);
            }
        }

        /// <summary>Numbers that the county knows otherwise than this log.</summary>
        /// <summary>What survives a restart.</summary>
        public Journal Journal
        {
            get { return _journal; }
        }

        public MovedNumbers Moved
        {
            get { return _identity.Moved; }
        }

        /// <summary>Number of the store's life.</summary>
        public uint Epoch
        {
            get { return _identity.Epoch; }
        }

        /// <summary>Number of this start, from 1.</summary>
        public uint Boot { get; private set; }

        /// <summary>
        /// True when the store was found empty. Whether there was an earlier one only the county can know.
        /// </summary>
        public bool StoreIsNew { get; private set; }

        /// <summary>True while the flash refuses to take records.</summary>
        public bool FlashFails { get; private set; }

        /// <summary>True after the flash was given up until the next start: records live in memory, under an epoch of their own.</summary>
        public bool InMemory { get; private set; }

        /// <summary>True when <see cref="Commit"/> has work.</summary>
        public bool Waiting { get; private set; }

        /// <summary>True while there is more to do about the flash than what has just happened.</summary>
        public bool Busy
        {
            get { return Waiting || _overFull; }
        }

        /// <summary>Longest time that the flash has kept one tick, ms, over all starts.</summary>
        public int WorstWriteMs { get; private set; }

        /// <summary>Takes the time that a tick has spent on writes, ms. A clear rise of the longest goes into the journal.</summary>
        public void NoteWriteMs(int ms)
        {
            if (ms <= WorstWriteMs)
            {
                return;
            }

            WorstWriteMs = ms;
            int kept = Kept(IdentityField.WorstWriteMs);
            if (!InMemory && ms > kept + kept / 4)
            {
                Keep(IdentityField.WorstWriteMs, ms);
            }
        }

        /// <summary>Records of a lane that were lost since the start, as far as is known.</summary>
        public int LostSince(Lane lane)
        {
            return _lostSaid[(int)lane] + _lanes[(int)lane].Lost.Count;
        }

        /// <summary>The plan in force.</summary>
        public LogPlan Plan { get; private set; }

        public LaneLog At(Lane lane)
        {
            return _lanes[(int)lane];
        }

        /// <summary>The one record of Core, cleared: fill it in and <see cref="Add"/> it at once.</summary>
        public EventRecord Blank()
        {
            _scratchRecord.Clear();
            return _scratchRecord;
        }

        /// <summary>True while the lane takes events of the panel; what it has is waiting for flash else.</summary>
        public bool HasRoom(Lane lane)
        {
            return _lanes[(int)lane].Pending < Limits.PendingRecordsMax - Limits.PendingRecordsKept;
        }

        /// <summary>
        /// Stamps a record whose kind and details are filled in, and puts it into its lane. Durable only after <see cref="Commit"/>.
        /// </summary>
        public void Add(EventRecord record, long nowMs)
        {
            Stamp(record, nowMs);
            _lanes[(int)EventKinds.LaneOf(record.Kind)].Add(record);
            Waiting = true;
        }

        /// <summary>Rises with each commit, so that a reader need not ask every lane whether it has something new.</summary>
        public int Commits { get; private set; }

        /// <summary>Counts events that never became records.</summary>
        public void CountLost(Lane lane, int count)
        {
            _lanes[(int)lane].Lost.Add(count, 0, 0, 0);
            Waiting = true;
        }

        /// <summary>
        /// Makes everything durable, fire first. Losses get their records. A refusing flash is tried again once a second, then given up.
        /// True when it was tried.
        /// </summary>
        /// <param name="buffer">Lent for the records that are read.</param>
        /// <param name="account">Most records to count now of the segment that a full lane gives up; events without room wait.</param>
        /// <param name="nowMs">Monotonic.</param>
        public bool Commit(byte[] buffer, int account, long nowMs)
        {
            if (!Waiting || (_tries > 0 && nowMs < _retryAtMs))
            {
                return false;
            }

            Commits++;
            bool later = false;
            if (TryCommit(buffer, account, ref later, nowMs))
            {
                _tries = 0;
                FlashFails = InMemory;
                Waiting = later || _lanes[0].Lost.Any || _lanes[1].Lost.Any || _lanes[2].Lost.Any;
                _overFull = _lanes[0].OverFull || _lanes[1].OverFull || _lanes[2].OverFull;
                return true;
            }

            FlashFails = true;
            _tries++;
            _retryAtMs = nowMs + Limits.FlashRetryMs;
            if (_tries >= Limits.FlashTriesMax && !InMemory)
            {
                GoToMemory(nowMs);
            }
            else
            {
                FreeHeld();
            }

            return true;
        }

        /// <summary>
        /// In a tick that has nothing else to store: writes the cursor if it is due, or goes on with the account of what a full lane gives
        /// up, fire first. True when there was anything to do.
        /// </summary>
        /// <param name="buffer">Lent for the records that are read.</param>
        /// <param name="nowMs">Monotonic.</param>
        public bool Tidy(byte[] buffer, long nowMs)
        {
            if (nowMs >= _cursorDueMs)
            {
                WriteCursor(nowMs);
                return true;
            }

            return _overFull && !Waiting && Account(buffer);
        }

        private bool Account(byte[] buffer)
        {
            // Work enough for a tick, and so is sending: every second one is left to the uplink.
            _accounted = !_accounted;
            for (int lane = 0; _accounted && lane < Lanes.Count; lane++)
            {
                if (_lanes[lane].OverFull)
                {
                    Waiting = _lanes[lane].GiveUp(Limits.AccountRecords, buffer);
                    return true;
                }
            }

            _overFull = !_accounted;
            return false;
        }

        /// <summary>
        /// As <see cref="LaneLog.Read"/>, but 0 while a loss of the lane has no durable record; damage that was met on the way gets it
        /// with the next commit. The records are as the county is told of them, which also goes for their numbers, see <see cref="Moved"/>.
        /// </summary>
        public int Read(Lane lane, uint after, int max, byte[] into, int at)
        {
            LaneLog log = _lanes[(int)lane];
            int records = log.OwesLoss ? 0 : log.Read(after, max, into, at);
            ReadGoesOn = log.OwesLoss || log.ReadGoesOn;
            Waiting |= log.Lost.Any;
            if (log.OwesLoss)
            {
                return 0;
            }

            Present(lane, into, at, records);
            return records;
        }

        /// <summary>True when the last read found nothing yet and is to be asked again in the next tick.</summary>
        public bool ReadGoesOn { get; private set; }

        private bool TryCommit(byte[] buffer, int account, ref bool later, long nowMs)
        {
            // No record of a start may be durable before the start's own number is.
            if (!SaveUnlessInMemory(JournalKey.Identity))
            {
                return false;
            }

            bool good = true;
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                LaneLog log = _lanes[(int)lane];
                if (!log.MakeRoom(account, buffer))
                {
                    later |= log.AccountGoesOn;
                    good &= log.AccountGoesOn;
                    continue;
                }

                // What is freed because the county holds it must be known as held for good: a county restored from a copy may ask for it
                // again.
                uint kept = (uint)_journal.Get(JournalKey.Cursors, (int)lane);
                if (!InMemory && kept < log.Held && kept < log.GivesUpThrough && !WriteCursor(nowMs))
                {
                    good = false;
                    continue;
                }

                if (account > Limits.AccountRecordsBeside || log.GivesUpThrough != 0)
                {
                    // What is deleted is reported lost first. All else can wait for a tick with less to do: nothing is sent before.
                    OwnUp(lane, nowMs);
                }

                good &= log.Commit();
                _journal.Set(JournalKey.Segments, (int)lane, (int)log.NewestSegment);
            }

            return SaveUnlessInMemory(JournalKey.Segments) && good;
        }

        private bool SaveUnlessInMemory(JournalKey key)
        {
            return InMemory || _journal.Save(key);
        }

        /// <summary>A flash that is full frees what the county holds, one segment a lane at a try.</summary>
        private void FreeHeld()
        {
            for (int lane = 0; lane < Lanes.Count; lane++)
            {
                if (_lanes[lane].DropHeld())
                {
                    _cursorUnsaved = Limits.CursorSaveRecords;
                    _cursorDueMs = 0;
                }
            }
        }

        private void Stamp(EventRecord record, long nowMs)
        {
            record.Station = _identity.Station;
            record.Epoch = _identity.Epoch;
            record.Boot = Boot;
            record.UptimeMs = nowMs;
            record.UtcMs = _clock.UtcMs(nowMs);
            record.UtcQuality = _clock.Quality;
        }

        /// <summary>
        /// Puts one loss record for all that a lane has lost so far behind what waits, unless there is no room even for that.
        /// </summary>
        private void OwnUp(Lane lane, long nowMs)
        {
            LaneLog log = _lanes[(int)lane];
            Loss lost = log.Lost;
            if (!lost.Any)
            {
                return;
            }

            EventRecord record = Blank();
            record.Kind = EventKind.Loss;
            record.Severity = EventKinds.SeverityOf(EventKind.Loss);
            Stamp(record, nowMs);
            lost.Tell(record);

            // Where its numbers are told otherwise, the record covers both.
            uint first = Moved.ToCounty(lane, lost.First);
            uint last = Moved.ToCounty(lane, lost.Last);
            last = first > last ? first : last;
            record.B = (int)(last > lost.Last && lost.First != 0 ? last : lost.Last);
            Waiting = true;
            if (log.AddLoss(record))
            {
                _lostSaid[(int)record.LaneNumber] += lost.Count;
                lost.Clear();
            }
        }
    }

    /// <summary>Field B of a LogLost event; field A is the epoch before, 0 when it is not known.</summary>
    public enum LogLostReason : byte
    {
        /// <summary>
        /// The flash refuses: this life is in memory, and the epoch before waits in flash for a start that finds it good.
        /// </summary>
        InMemory = 1,
    }
}
