// Owns: what goes up next: a lane's news, fire first, and what the county asked to have again.
// Must never: let lesser news take the place of a fire, or send more than may be in flight.

using Gateway.Contract;

namespace Gateway.Core
{
    public sealed partial class Uplink
    {
        /// <summary>Sends a batch of the first lane that may, and notes whether anything is left to send.</summary>
        private void SendNext(long nowMs)
        {
            _commits = _log.Commits;
            if (!SendLane(Lane.Fire, nowMs) && _sent[(int)Lane.Fire] >= _log.At(Lane.Fire).Durable && nowMs >= _drainMs
                && !SendLane(Lane.Condition, nowMs) && !SendLane(Lane.Routine, nowMs))
            {
                SendAgain(nowMs);
            }

            _more = _againLane != Lane.None;
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                _more |= _sent[(int)lane] < _log.At(lane).Durable;
            }
        }

        /// <summary>Sends one batch of a lane if it has something new and a place in flight. True when a batch went.</summary>
        private bool SendLane(Lane lane, long nowMs)
        {
            LaneLog log = _log.At(lane);
            if (_sent[(int)lane] >= log.Durable || !_inFlight.Room(lane))
            {
                return false;
            }

            int records = _log.Read(lane, _sent[(int)lane], Limits.SendRecordsMax, _messages.Buffer, Batch.RecordsAt);
            if (records == 0)
            {
                return false;
            }

            uint last = LastRead(lane, records);
            int count = _messages.Batch(lane, records, _sent[(int)lane], nowMs);
            if (!_link.Send((int)lane, _messages.Buffer, count))
            {
                return false;
            }

            _sent[(int)lane] = last;
            log.NoteSent(last);
            _inFlight.Add(lane, last, nowMs);
            if (lane != Lane.Fire)
            {
                Pace(records, nowMs);
            }

            return true;
        }

        /// <summary>How far the records that were just read go, by this log's numbers.</summary>
        private uint LastRead(Lane lane, int records)
        {
            uint last = EventRecord.SequenceOf(_messages.Buffer, Batch.RecordsAt + (records - 1) * EventRecord.Size);
            return _log.Moved.FromCounty(lane, last);
        }

        /// <summary>Silence: what is in flight is sent again; after several times in a row the connection is given up.</summary>
        private void NoAnswer(long nowMs)
        {
            _inFlight.Clear();
            _heartbeatAnswerMs = long.MaxValue;
            _heartbeatMs = nowMs;
            Resends++;
            _missed++;
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                _sent[(int)lane] = _log.At(lane).Held;
                _more = true;
            }

            if (_missed >= Limits.AnswersMissedMax)
            {
                Drop(nowMs);
            }
        }

        /// <summary>Sends a range of a lane again, after everything new; a later request takes the place of an earlier one.</summary>
        public int ReadAgain(Lane lane, uint first, uint last)
        {
            if ((int)lane >= Lanes.Count || first == 0 || last < first)
            {
                return CommandOutcome.OutOfRange;
            }

            first = _log.Moved.FromCounty(lane, first - 1) + 1;
            last = _log.Moved.FromCounty(lane, last);
            if (last < _log.At(lane).Oldest || first > _log.At(lane).Durable)
            {
                return CommandOutcome.NothingToDo;
            }

            _againLane = lane;
            _againAfter = first - 1;
            _againThrough = last;
            _more = true;
            return CommandOutcome.Done;
        }

        /// <summary>One batch of what the county asked to have again. It moves no cursor, and waits for no answer.</summary>
        private void SendAgain(long nowMs)
        {
            if (_againLane == Lane.None)
            {
                return;
            }

            int records = _log.Read(_againLane, _againAfter, Limits.SendRecordsMax, _messages.Buffer, Batch.RecordsAt);
            if (records == 0)
            {
                _againLane = _log.ReadGoesOn ? _againLane : Lane.None;
                return;
            }

            uint last = LastRead(_againLane, records);
            if (_link.Send((int)_againLane, _messages.Buffer, _messages.Batch(_againLane, records, _againAfter, nowMs)))
            {
                // The range may reach into what is new and still waits for a place in flight: the county may hold that from now on.
                _log.At(_againLane).NoteSent(last);
                _againAfter = last;
                _againLane = last >= _againThrough ? Lane.None : _againLane;
                Pace(records, nowMs);
            }
        }

        private void Pace(int records, long nowMs)
        {
            long from = _drainMs > nowMs - Limits.SecondMs ? _drainMs : nowMs - Limits.SecondMs;
            _drainMs = from + records * 1000 / _panel.State.Settings.DrainPerS;
        }
    }
}
