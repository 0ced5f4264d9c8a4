// Owns: the session with the county: when to connect, what to send next, what the county has said, and when silence is too long.
// Must never: wait, send lesser news before a fire, or take a connection's word for the county's.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>States of the uplink; the picture is in ARCHITECTURE.md.</summary>
    public static class UplinkState
    {
        public const int Waiting = 0;
        public const int Opening = 1;
        public const int Greeting = 2;
        public const int Online = 3;
        public const int Closing = 4;
    }

    /// <summary>A state machine that is stepped once a tick. Only the county's signed answer moves a cursor.</summary>
    public sealed partial class Uplink
    {
        private readonly LinkPort _link;
        private readonly EventLog _log;
        private readonly Panel _panel;
        private readonly OutputDriver _outputs;
        private readonly Settings _settings;
        private readonly WallClock _clock;
        private readonly UplinkMessages _messages;
        private readonly InFlight _inFlight = new InFlight();
        private readonly BackOff _backOff;
        private readonly byte[] _down = new byte[ContractLimits.DownBytesMax];
        private readonly uint[] _held = new uint[Lane.Count];
        private readonly uint[] _sent = new uint[Lane.Count];
        private readonly Refuse _refuse = new Refuse();
        private readonly EventRecord _event = new EventRecord();
        private int _path;
        private long _deadlineMs;
        private long _heartbeatMs;
        private long _heartbeatAnswerMs = long.MaxValue;
        private long _offlineSinceMs;
        private long _drainMs;
        private long _fireSinceMs = -1;
        private long _lampUntilMs;
        private uint _fireSeen;
        private uint _epoch;
        private int _missed;

        /// <summary>Whether records wait to be sent, as of the log's commit <see cref="_commits"/>.</summary>
        private bool _more;
        private int _commits;

        public Uplink(
            LinkPort link,
            EventLog log,
            Panel panel,
            OutputDriver outputs,
            Settings settings,
            WallClock clock,
            UplinkMessages messages
        )
        {
            _link = link;
            _log = log;
            _panel = panel;
            _outputs = outputs;
            _settings = settings;
            _clock = clock;
            _messages = messages;
            _backOff = new BackOff(settings.Station ^ log.Epoch ^ log.Boot);
            _fireSeen = log.At(Lane.Fire).Durable;
        }

        /// <summary>See <see cref="UplinkState"/>.</summary>
        public int State { get; private set; }

        /// <summary>Sessions opened since the start.</summary>
        public uint Sessions { get; private set; }

        /// <summary>Times that batches were sent again since the start.</summary>
        public uint Resends { get; private set; }

        /// <summary>Messages from below the broker that were refused since the start.</summary>
        public uint Refused { get; private set; }

        /// <summary>Takes what came, sends what may go, and watches the deadlines.</summary>
        public void Step(long nowMs)
        {
            WatchFire(nowMs);
            if (_epoch != _log.Epoch && State != UplinkState.Waiting && State != UplinkState.Closing)
            {
                // The log has begun another life; a session belongs to one.
                Drop(nowMs);
            }

            switch (State)
            {
                case UplinkState.Online:
                    StepOnline(nowMs);
                    break;
                case UplinkState.Waiting:
                    if (nowMs >= _deadlineMs)
                    {
                        Open(nowMs);
                    }

                    break;
                case UplinkState.Opening:
                    if (_link.State() == LinkState.Open)
                    {
                        Greet(nowMs);
                    }
                    else if (_link.State() == LinkState.Failed || nowMs >= _deadlineMs)
                    {
                        Drop(nowMs);
                    }

                    break;
                case UplinkState.Greeting:
                    Receive(nowMs);
                    if (State == UplinkState.Greeting && (nowMs >= _deadlineMs || _link.State() != LinkState.Open))
                    {
                        Drop(nowMs);
                    }

                    break;
                default:
                    if (_link.State() == LinkState.Idle)
                    {
                        State = UplinkState.Waiting;
                    }

                    break;
            }

            if (State != UplinkState.Online && nowMs - _offlineSinceMs >= Limits.LinkFaultMs)
            {
                _panel.SetFault(PanelFault.Link, true, nowMs);
            }
        }

        private void StepOnline(long nowMs)
        {
            Receive(nowMs);
            if (State != UplinkState.Online)
            {
                return;
            }

            if (_link.State() != LinkState.Open)
            {
                Drop(nowMs);
                return;
            }

            if (nowMs >= _inFlight.DueMs || nowMs >= _heartbeatAnswerMs)
            {
                NoAnswer(nowMs);
            }
            else if (_more || _log.Commits != _commits)
            {
                SendNext(nowMs);
            }

            if (nowMs >= _heartbeatMs && State == UplinkState.Online)
            {
                int count = _messages.Heartbeat(_panel, this, nowMs);
                if (_link.Send(LinkLeaf.Heartbeat, _messages.Buffer, count))
                {
                    _heartbeatMs = nowMs + _settings.HeartbeatS * 1000;
                    _heartbeatAnswerMs = _heartbeatAnswerMs == long.MaxValue ? nowMs + Limits.AnswerMs : _heartbeatAnswerMs;
                }
            }
        }

        /// <summary>Sends a batch of the first lane that may, and notes whether anything is left to send.</summary>
        private void SendNext(long nowMs)
        {
            _commits = _log.Commits;
            if (!SendLane(Lane.Fire, nowMs) && _sent[Lane.Fire] >= _log.At(Lane.Fire).Durable && nowMs >= _drainMs
                && !SendLane(Lane.Condition, nowMs))
            {
                SendLane(Lane.Routine, nowMs);
            }

            _more = false;
            for (int lane = 0; lane < Lane.Count; lane++)
            {
                _more |= _sent[lane] < _log.At(lane).Durable;
            }
        }

        private void Open(long nowMs)
        {
            Sessions++;
            _epoch = _log.Epoch;
            _messages.NewSession(Sessions);
            State = UplinkState.Opening;
            _deadlineMs = nowMs + Limits.OpenMs;
            _link.Open(_path, _messages.Will(nowMs));
        }

        private void Greet(long nowMs)
        {
            int count = _messages.Hello(nowMs);
            State = UplinkState.Greeting;
            _deadlineMs = nowMs + Limits.AnswerMs;
            if (!_link.Send(LinkLeaf.Hello, _messages.Buffer, count))
            {
                Drop(nowMs);
            }
        }

        private void Drop(long nowMs)
        {
            if (State == UplinkState.Online)
            {
                _offlineSinceMs = nowMs;
            }

            _link.Close();
            State = UplinkState.Closing;
            _inFlight.Clear();
            _missed = 0;
            _deadlineMs = nowMs + _backOff.NextMs();
            if (_settings.Host[1] != null && _settings.Host[1].Length > 0)
            {
                _path ^= 1;
            }
        }

        /// <summary>Sends one batch of a lane if it has something new and a place in flight. True when a batch went.</summary>
        private bool SendLane(int lane, long nowMs)
        {
            LaneLog log = _log.At(lane);
            if (_sent[lane] >= log.Durable || !_inFlight.Room(lane))
            {
                return false;
            }

            int records = _log.Read(lane, _sent[lane], Limits.SendRecordsMax, _messages.Buffer, Batch.RecordsAt);
            if (records == 0)
            {
                return false;
            }

            uint last = EventRecord.SequenceOf(_messages.Buffer, Batch.RecordsAt + (records - 1) * EventRecord.Size);
            int count = _messages.Batch(lane, records, _sent[lane], nowMs);
            if (!_link.Send(lane, _messages.Buffer, count))
            {
                return false;
            }

            _sent[lane] = last;
            log.NoteSent(last);
            _inFlight.Add(lane, last, nowMs);
            if (lane != Lane.Fire)
            {
                long from = _drainMs > nowMs - 1000 ? _drainMs : nowMs - 1000;
                _drainMs = from + records * 1000 / _settings.DrainPerS;
            }

            return true;
        }

        /// <summary>Silence: what is in flight is sent again; after several times in a row the connection is given up.</summary>
        private void NoAnswer(long nowMs)
        {
            _inFlight.Clear();
            _heartbeatAnswerMs = long.MaxValue;
            _heartbeatMs = nowMs;
            Resends++;
            _missed++;
            for (int lane = 0; lane < Lane.Count; lane++)
            {
                _sent[lane] = _log.At(lane).Held;
                _more = true;
            }

            if (_missed >= Limits.AnswersMissedMax)
            {
                Drop(nowMs);
            }
        }

        /// <summary>The link lamp, the 100 s limit, and an immediate try when a fire comes while waiting.</summary>
        private void WatchFire(long nowMs)
        {
            LaneLog fire = _log.At(Lane.Fire);
            uint durable = fire.Durable;
            if (durable <= fire.Held)
            {
                if (_fireSinceMs >= 0)
                {
                    _fireSinceMs = -1;
                    _panel.SetFault(PanelFault.NoCountyAnswer, false, nowMs);
                }

                _outputs.Set(OutputRole.LampLink, nowMs < _lampUntilMs ? Pattern.On : Pattern.Off);
                return;
            }

            if (_fireSinceMs < 0)
            {
                _fireSinceMs = nowMs;
            }

            if (durable != _fireSeen)
            {
                _fireSeen = durable;
                if (State == UplinkState.Waiting)
                {
                    _backOff.Reset();
                    _deadlineMs = nowMs;
                }
            }

            _outputs.Set(OutputRole.LampLink, Pattern.Flash);
            if (nowMs - _fireSinceMs >= Limits.FireAnswerMs)
            {
                _panel.SetFault(PanelFault.NoCountyAnswer, true, nowMs);
            }
        }
    }
}
