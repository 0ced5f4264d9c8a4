// Owns: the life of the store: its epoch and boot numbers, how it begins, goes on after a start, and ends in memory.
// Must never: let two lives have one name, or take a store that can't be read for a new one.

using Gateway.Contract;

namespace Gateway.Core
{
    public sealed partial class EventLog
    {
        /// <summary>Finds out what the flash holds and begins a new boot. The journal was recovered before.</summary>
        /// <param name="newEpoch">A number unlike any before, used if the store is new; not 0.</param>
        /// <param name="replay">Gets the newest records of the fire lane.</param>
        /// <param name="nowMs">Monotonic milliseconds since the start.</param>
        public void Recover(uint newEpoch, FireTail replay, long nowMs)
        {
            _seed = newEpoch;
            bool known = _journal.Has(JournalKey.Identity);
            if (known && (uint)Kept(IdentityField.Station) != _identity.Station)
            {
                // The box was moved to another station: what the old one did not send can't be sent in the new one's name.
                EraseAll();
                known = false;
            }

            if (known)
            {
                _identity.Epoch = (uint)Kept(IdentityField.Epoch);
                _identity.DrawnFirst = (uint)Kept(IdentityField.DrawnFirst);
                Boot = (uint)Kept(IdentityField.Boot);
                _met = Kept(IdentityField.Met) != 0;
            }

            WorstWriteMs = Kept(IdentityField.WorstWriteMs);
            bool readable = _journal.Readable;
            bool empty = true;
            byte[] segment = new byte[Plan.SegmentRecords * EventRecord.Size];
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                LaneLog log = _lanes[(int)lane];
                uint held = _met || !known ? (uint)_journal.Get(JournalKey.Cursors, (int)lane) : 0;
                uint before = known ? (uint)_journal.Get(JournalKey.Cursors, Lanes.Count + (int)lane) : 0;
                uint newest = (uint)_journal.Get(JournalKey.Segments, (int)lane);
                int records;
                int place = log.Recover(newest, held, before, segment, out records, ref readable);
                empty &= log.NewestSegment == 0;
                if (place >= 0)
                {
                    LearnFrom(segment, (records - 1) * EventRecord.Size);
                    if (lane == Lane.Fire)
                    {
                        Replay(log, replay, Limits.ReplaySegmentsMax, segment);
                    }
                    else if (lane == Lane.Condition)
                    {
                        Replay(log, new ConditionTail(_journal), Limits.ReplayConditionsMax, segment);
                    }
                }
            }

            if (!known)
            {
                BeginLife(newEpoch, empty, readable);
            }

            // The largest number stays: a record of boot 0 would be refused for ever, and sessions go on rising.
            Boot += Boot == uint.MaxValue ? 0u : 1u;
            _firstBoot = Boot;
            _identity.Boot = Boot;
            if (readable)
            {
                KeepIdentity();
                _journal.Save(JournalKey.Identity);
            }
            else
            {
                // What could not be read may be there all the same: nothing is written over it.
                GoToMemory(nowMs);
            }

            // Before any other record of this start: a cut in the first commit then leaves the loss said, or leaves it to be found again.
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                OwnUp(lane, nowMs);
            }
        }

        /// <summary>
        /// The county greets this epoch and says what it holds. An epoch that it has never welcomed before but holds records of is
        /// another life's: another is drawn, and the session has to begin again. So it has where the county holds a number that no box can
        /// have come to. False then, and when the flash did not take the note that the epoch is now known to the county.
        /// </summary>
        public bool Meet(uint[] held, long nowMs)
        {
            if (_met)
            {
                bool usedUp = UsedUp(held);
                if (usedUp)
                {
                    BeginEpoch(nowMs);
                    KeepIdentity();
                    SaveUnlessInMemory(JournalKey.Identity);
                }

                return !usedUp;
            }

            if ((held[0] | held[1] | held[2]) != 0)
            {
                Redraw(nowMs);
                return false;
            }

            // Durable before the first batch goes: else our own records at the county could later be taken for another life's.
            _met = true;
            KeepIdentity();
            _met = InMemory || _journal.SaveAlone(JournalKey.Identity);
            return _met;
        }

        /// <summary>
        /// Goes on with a higher boot number, since the county has seen this one or a later one. Uptimes go on, and a record says so.
        /// </summary>
        public void RaiseBoot(uint atLeast, long nowMs)
        {
            if (atLeast <= Boot)
            {
                return;
            }

            uint before = Boot;
            Boot = atLeast;
            _identity.Boot = atLeast;
            KeepIdentity();
            SaveUnlessInMemory(JournalKey.Identity);
            Write(EventKind.Started, 0, Unit.None, (int)StartReason.Renumbered, 0, (int)before, nowMs);
        }

        /// <summary>
        /// Gives the flash up until the next start: the county must go on hearing alarms. The old epoch goes on when a start finds a good
        /// flash.
        /// </summary>
        private void GoToMemory(long nowMs)
        {
            uint before = _identity.Epoch;
            DrawEpoch(nowMs);
            _identity.DrawnFirst = 0;
            _met = false;
            _tries = 0;
            InMemory = true;
            FlashFails = true;
            Plan = LogPlan.ForMemory();
            Moved.Sleep();
            FlashPort memory = new MemoryFlash();
            for (int lane = 0; lane < Lanes.Count; lane++)
            {
                _lanes[lane].MoveTo(memory, Plan, _scratchRecord);
            }

            Write(EventKind.LogLost, 0, Unit.None, (int)before, (int)LogLostReason.InMemory, 0, nowMs);
        }

        /// <summary>
        /// The county takes no boot as high as this one, which somebody with the key has brought about: a new epoch begins with a low boot.
        /// What the county does not hold yet is given out under the new epoch; what it holds is not. In an epoch that follows another
        /// already, whose records may still be here, the county's number is taken instead.
        /// </summary>
        public void GiveUpBoot(uint atLeast, long nowMs)
        {
            uint boot = Limits.BootBeforeEpoch + 1;
            if (_identity.DrawnFirst != 0)
            {
                boot = atLeast > boot ? atLeast : boot;
                if (boot >= Boot)
                {
                    return;
                }
            }
            else
            {
                BeginEpoch(nowMs);
            }

            Boot = boot;
            _identity.Boot = boot;
            KeepIdentity();
            SaveUnlessInMemory(JournalKey.Identity);
        }

        /// <summary>
        /// True when somebody with the key has used up a lane's numbers: to go on above them would soon come to their end. In an epoch that
        /// follows another already, whose records may still be here, the county's number is taken instead.
        /// </summary>
        private bool UsedUp(uint[] held)
        {
            bool found = false;
            for (int lane = 0; lane < Lanes.Count; lane++)
            {
                found |= held[lane] > Limits.SequencesTaken && _lanes[lane].Last <= Limits.SequencesTaken;
            }

            return found && _identity.DrawnFirst == 0;
        }

        /// <summary>
        /// Another epoch with the same store: what the county holds is reported lost, all else goes up under the new one. The caller keeps
        /// the identity.
        /// </summary>
        private void BeginEpoch(long nowMs)
        {
            for (int lane = 0; lane < Lanes.Count; lane++)
            {
                _lanes[lane].BeginEpoch();
            }

            // The cursors first: a cut between the two leaves the old epoch with what it knew.
            WriteCursor(nowMs);
            uint before = _identity.Epoch;
            DrawEpoch(nowMs);
            _identity.DrawnFirst = before;
            _met = false;
            Waiting = true;
        }

        private void BeginLife(uint newEpoch, bool empty, bool readable)
        {
            bool blank = empty || _identity.Epoch == 0;
            StoreIsNew = blank && readable;
            if (blank)
            {
                _identity.Epoch = newEpoch;
                return;
            }

            // The journal is gone but records are there: their numbers may have gone further than the flash shows.
            _met = true;
            Boot += ContractLimits.SequenceJump;
            for (int lane = 0; lane < Lanes.Count; lane++)
            {
                _lanes[lane].SkipTo(_lanes[lane].Last + ContractLimits.SequenceJump);
                _lanes[lane].NoteSent(_lanes[lane].Last);
            }
        }

        private void Redraw(long nowMs)
        {
            uint before = _identity.Epoch;
            DrawEpoch(nowMs);
            _identity.DrawnFirst = _identity.DrawnFirst == 0 ? before : _identity.DrawnFirst;
            KeepIdentity();
            SaveUnlessInMemory(JournalKey.Identity);
        }

        private void DrawEpoch(long nowMs)
        {
            uint before = _identity.Epoch;
            while (_identity.Epoch == before)
            {
                _seed = LogIdentity.Mix(_seed ^ (uint)nowMs);
                _identity.Epoch = _seed;
            }
        }

        private void LearnFrom(byte[] segment, int at)
        {
            uint boot = Bytes.U32(segment, at + 16);

            // Where the journal knows a lower one, such a high one was given up.
            bool givenUp = Boot != 0 && boot > Limits.BootsTaken;
            Boot = boot > Boot && !givenUp ? boot : Boot;
            if (_identity.Epoch == 0)
            {
                _identity.Epoch = Bytes.U32(segment, at + 8);
            }
        }

        private void Replay(LaneLog log, LogTail replay, int most, byte[] segment)
        {
            int newest = log.Segments - 1;
            int from = newest;
            while (from > 0 && newest - from < most && log.SegmentName(from) > replay.Covered() + 1)
            {
                from--;
            }

            for (int i = from; i <= newest; i++)
            {
                replay.Take(segment, log.ReadAll(i, segment), _identity);
            }
        }

        private void KeepIdentity()
        {
            if (InMemory)
            {
                return;
            }

            Keep(IdentityField.Epoch, (int)_identity.Epoch);
            Keep(IdentityField.Boot, (int)Boot);
            Keep(IdentityField.Station, (int)_identity.Station);
            Keep(IdentityField.Met, _met ? 1 : 0);
            Keep(IdentityField.DrawnFirst, (int)_identity.DrawnFirst);
        }

        private int Kept(IdentityField field)
        {
            return _journal.Get(JournalKey.Identity, (int)field);
        }

        private void Keep(IdentityField field, int value)
        {
            _journal.Set(JournalKey.Identity, (int)field, value);
        }

        private void EraseAll()
        {
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                _lanes[(int)lane].Erase();
                _journal.Set(JournalKey.Segments, (int)lane, 0);
                Moved.Move(lane, 0, 0, 0);
                _journal.Set(JournalKey.Cursors, (int)lane, 0);
                _journal.Set(JournalKey.Cursors, Lanes.Count + (int)lane, 0);
            }

            _journal.Set(JournalKey.Panel, 0, 0);
            _journal.Set(JournalKey.Panel, 1, 0);
            _journal.Save(JournalKey.Panel);
            for (int field = 0; field <= (int)ReportField.Covers; field++)
            {
                _journal.Set(JournalKey.Reports, field, 0);
            }

            _journal.Save(JournalKey.Reports);
            _journal.Save(JournalKey.Cursors);
            _journal.Save(JournalKey.Segments);
        }
    }
}
