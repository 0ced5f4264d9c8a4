// Owns: what goes up next, a lane's news, fire first, or what the county asked for, and how far each lane has gone.
// Must never: let lesser news take the place of a fire, send more than may be in flight, or move a cursor but by the county's word.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Sends while a session is open. Each message is made in a buffer that the caller lends for the call.</summary>
    public sealed class Sender
    {
        private readonly LinkPort _link;
        private readonly EventLog _log;
        private readonly UplinkMessages _messages;
        private readonly Settings _settings;
        private readonly InFlight _inFlight = new InFlight();
        private readonly uint[] _sent = new uint[Lanes.Count];
        private long _drainMs;
        private Lane _againLane = Lane.None;
        private uint _againAfter;
        private uint _againThrough;

        /// <summary>Null where there is no table to tell.</summary>
        private readonly NamesTeller _names;

        /// <summary>Whether anything waits to be sent, as of the log's commit <see cref="_commits"/>.</summary>
        private bool _more;
        private int _commits;

        public Sender(LinkPort link, EventLog log, UplinkMessages messages, Settings settings, NamesTeller names)
        {
            _link = link;
            _log = log;
            _messages = messages;
            _settings = settings;
            _names = names;
        }

        /// <summary>True when there is at most one record to send or to be answered.</summary>
        public bool HasLittleToDo
        {
            get
            {
                int open = _inFlight.Count;
                for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
                {
                    open += (int)(_log.At(lane).Durable - _sent[(int)lane]);
                }

                return open <= 1 && !_more;
            }
        }

        /// <summary>Sends what may go. False, and nothing was sent, when an answer is overdue.</summary>
        public bool Step(byte[] buffer, long nowMs)
        {
            if (nowMs >= _inFlight.DueMs)
            {
                return false;
            }

            if (_more || _log.Commits != _commits)
            {
                SendNext(buffer, nowMs);
            }

            return true;
        }

        /// <summary>Begins behind what the county holds, with nothing in flight: in a new session, and after silence.</summary>
        public void BeginAgain()
        {
            _inFlight.Clear();
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                _sent[(int)lane] = _log.At(lane).Held;
            }

            _more = true;
        }

        /// <summary>What the county says that it holds. OutOfRange, and nothing has changed, when it can't have it from us.</summary>
        /// <param name="held">By lane, by the county's numbers; comes back by this log's.</param>
        /// <param name="fires">Learns that fires are held.</param>
        /// <param name="nowMs">Monotonic.</param>
        public DecodeResult Answered(uint[] held, FireWatch fires, long nowMs)
        {
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                if (_log.At(lane).Strange(held[(int)lane]))
                {
                    // What is in flight still waits for its answer, and the next session compares every lane.
                    return DecodeResult.OutOfRange;
                }
            }

            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                uint before = _log.At(lane).Held;
                uint told = held[(int)lane];
                uint through = _log.Moved.FromCounty(lane, told);
                held[(int)lane] = through;
                if (through < before)
                {
                    // An overtaken message would have a counter that was seen: the county was restored from a copy under the open session.
                    _log.Reconcile(lane, told, nowMs);
                    _sent[(int)lane] = _log.At(lane).Held;
                    _more = true;
                }
                else if (through > before)
                {
                    _log.SetHeld(lane, through, nowMs);
                    _sent[(int)lane] = through > _sent[(int)lane] ? through : _sent[(int)lane];
                    if (lane == Lane.Fire)
                    {
                        fires.Held(nowMs);
                    }
                }
            }

            _inFlight.Answered(held);
            return DecodeResult.Ok;
        }

        /// <summary>Sends a range of a lane again, after everything new; a later request takes the place of an earlier one.</summary>
        public CommandOutcome ReadAgain(Lane lane, uint first, uint last)
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

        /// <summary>The county wants the names that stand in the settings with this checksum.</summary>
        public void AskNames(uint settingsCrc, long nowMs)
        {
            if (_names != null)
            {
                _names.Ask(settingsCrc, nowMs);
                _more = true;
            }
        }

        /// <summary>
        /// Sends a batch of the first lane that may, or names when no record waits for its answer, and notes whether anything is left.
        /// </summary>
        private void SendNext(byte[] buffer, long nowMs)
        {
            _commits = _log.Commits;
            bool sent = SendLane(Lane.Fire, buffer, nowMs);
            if (!sent && _sent[(int)Lane.Fire] >= _log.At(Lane.Fire).Durable && nowMs >= _drainMs)
            {
                sent = SendLane(Lane.Condition, buffer, nowMs) || SendLane(Lane.Routine, buffer, nowMs) || SendAgain(buffer, nowMs);
            }

            _more = _againLane != Lane.None;
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                _more |= _sent[(int)lane] < _log.At(lane).Durable;
            }

            if (_names != null && !_more)
            {
                _more = sent || !HasLittleToDo ? _names.Wanted : _names.Step(nowMs);
            }
        }

        /// <summary>Sends one batch of a lane if it has something new and a place in flight. True when a batch went.</summary>
        private bool SendLane(Lane lane, byte[] buffer, long nowMs)
        {
            LaneLog log = _log.At(lane);
            if (_sent[(int)lane] >= log.Durable || !_inFlight.Room(lane))
            {
                return false;
            }

            int records = _log.Read(lane, _sent[(int)lane], Limits.SendRecordsMax, buffer, Batch.RecordsAt);
            if (records == 0)
            {
                return false;
            }

            uint last = LastRead(lane, buffer, records);
            int count = _messages.Batch(buffer, lane, records, _sent[(int)lane], nowMs);
            if (!_link.Send((LinkLeaf)lane, buffer, count))
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

        /// <summary>
        /// One batch of what the county asked to have again. It moves no cursor, and waits for no answer. True when it went.
        /// </summary>
        private bool SendAgain(byte[] buffer, long nowMs)
        {
            if (_againLane == Lane.None)
            {
                return false;
            }

            int records = _log.Read(_againLane, _againAfter, Limits.SendRecordsMax, buffer, Batch.RecordsAt);
            if (records == 0)
            {
                _againLane = _log.ReadGoesOn ? _againLane : Lane.None;
                return false;
            }

            uint last = LastRead(_againLane, buffer, records);
            if (!_link.Send((LinkLeaf)_againLane, buffer, _messages.Batch(buffer, _againLane, records, _againAfter, nowMs)))
            {
                return false;
            }

            // The range may reach into what is new and still waits for a place in flight: the county may hold that from now on.
            _log.At(_againLane).NoteSent(last);
            _againAfter = last;
            _againLane = last >= _againThrough ? Lane.None : _againLane;
            Pace(records, nowMs);
            return true;
        }

        /// <summary>How far the records that were just read go, by this log's numbers.</summary>
        private uint LastRead(Lane lane, byte[] buffer, int records)
        {
            uint last = EventRecord.SequenceOf(buffer, Batch.RecordsAt + (records - 1) * EventRecord.Size);
            return _log.Moved.FromCounty(lane, last);
        }

        private void Pace(int records, long nowMs)
        {
            long from = _drainMs > nowMs - Limits.SecondMs ? _drainMs : nowMs - Limits.SecondMs;
            _drainMs = from + records * 1000 / _settings.DrainPerS;
        }
    }
}
