// Owns: the session with the county: when to connect, what to send next, what the county has said, and when silence is too long.
// Must never: wait, send lesser news before a fire, or take a connection's word for the county's.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>States of the uplink; the picture is in ARCHITECTURE.md.</summary>
    public enum UplinkState : byte
    {
        Waiting = 0,
        Opening = 1,
        Greeting = 2,
        Online = 3,
        Closing = 4,
    }

    /// <summary>A state machine that is stepped once a tick. Only the county's signed answer moves a cursor.</summary>
    public sealed partial class Uplink
    {
        private readonly LinkPort _link;
        private readonly EventLog _log;
        private readonly LaneLog _fire;
        private readonly Panel _panel;
        private readonly UplinkMessages _messages;
        private readonly InFlight _inFlight = new InFlight();
        private readonly BackOff _backOff;
        private readonly byte[] _down;
        private readonly uint[] _held = new uint[Lanes.Count];
        private readonly uint[] _sent = new uint[Lanes.Count];
        private int _path;

        /// <summary>The path of the last session, -1 before the first.</summary>
        private int _upPath = -1;
        private long _deadlineMs;
        private long _heartbeatMs;
        private long _heartbeatAnswerMs = long.MaxValue;
        private long _offlineSinceMs;
        private long _onlineSinceMs;
        private long _drainMs;
        private long _fireSinceMs;
        private long _lampUntilMs;
        private uint _fireSeen;
        private uint _epoch;
        private int _missed;
        private int _helloPauseMs;

        /// <summary>Messages of nobody we know since the last event about them, and when the next such event may be.</summary>
        private int _strange;
        private long _strangeToldMs;

        /// <summary>Messages in a row that say that the clock is ahead.</summary>
        private int _clockAhead;
        private Lane _againLane = Lane.None;
        private uint _againAfter;
        private uint _againThrough;

        /// <summary>Whether records wait to be sent, as of the log's commit <see cref="_commits"/>.</summary>
        private bool _more;
        private int _commits;

        public Uplink(LinkPort link, EventLog log, Panel panel, UplinkMessages messages)
        {
            _link = link;
            _log = log;
            _fire = log.At(Lane.Fire);
            _panel = panel;
            _messages = messages;
            _down = log.Scratch;
            _backOff = new BackOff(panel.State.Settings.Station ^ log.Epoch ^ log.Boot);
            _fireSeen = _fire.Durable;

            // A fire that was not answered before the start is still not, or the first look finds it held.
            _fireSinceMs = (panel.PanelFaults & BoxFault.NoCountyAnswer) != 0 ? 0 : -1;
        }

        /// <summary>Takes the county's commands; set once at the start.</summary>
        public CommandDesk Desk { get; set; }

        /// <summary>See <see cref="UplinkState"/>.</summary>
        public UplinkState State { get; private set; }

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

                return State == UplinkState.Online && open <= 1 && !_more;
            }
        }

        /// <summary>Watches the path that is not in use; null = there is none, or nobody to watch it.</summary>
        public IdlePath Idle { get; set; }

        /// <summary>Sessions opened since the start.</summary>
        public uint Sessions { get; private set; }

        /// <summary>Times that batches were sent again since the start.</summary>
        public uint Resends { get; private set; }

        /// <summary>Messages from below the broker that were refused since the start.</summary>
        public uint Refused { get; private set; }

        /// <summary>Takes what came, sends what may go, and watches the deadlines; behind <see cref="Watch"/>.</summary>
        public void Step(long nowMs)
        {
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
                    else if (State == UplinkState.Greeting && nowMs >= _heartbeatMs)
                    {
                        // A county that came to the broker after the hello has not heard it.
                        Resends++;
                        SendHello(nowMs);
                    }

                    break;
                default:
                    if (_link.State() == LinkState.Idle)
                    {
                        State = UplinkState.Waiting;
                    }

                    break;
            }

            if (Idle != null)
            {
                Idle.Step(_path ^ 1, State == UplinkState.Online, nowMs);
            }

            if (State != UplinkState.Online && nowMs - _offlineSinceMs >= Limits.LinkFaultMs)
            {
                _panel.SetFault(BoxFault.Link, true, nowMs);
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
                    _heartbeatMs = nowMs + _panel.State.Settings.HeartbeatS * 1000;
                    _heartbeatAnswerMs = _heartbeatAnswerMs == long.MaxValue ? nowMs + Limits.AnswerMs : _heartbeatAnswerMs;
                }
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
            State = UplinkState.Greeting;
            _deadlineMs = nowMs + Limits.WelcomeMs;
            _helloPauseMs = Limits.HelloAgainMs;
            SendHello(nowMs);
        }

        private void SendHello(long nowMs)
        {
            _heartbeatMs = nowMs + _helloPauseMs;
            _helloPauseMs *= 2;
            int count = _messages.Hello(nowMs);
            if (!_link.Send(LinkLeaf.Hello, _messages.Buffer, count))
            {
                Drop(nowMs);
            }
        }

        private void Drop(long nowMs)
        {
            if (State == UplinkState.Online)
            {
                // A session that did not last is no reason to come back at once: another box may have our number, and each throws the
                // other out. A fire that waits does not wait for that.
                if (nowMs - _onlineSinceMs >= Limits.SessionSettledMs || _fireSinceMs >= 0)
                {
                    _backOff.Reset();
                }

                _offlineSinceMs = nowMs;
            }

            _link.Close();
            State = UplinkState.Closing;
            _inFlight.Clear();
            _missed = 0;
            _deadlineMs = nowMs + _backOff.NextMs();
            if (_panel.State.Settings.TwoPaths)
            {
                _path ^= 1;
            }
        }

        /// <summary>
        /// What a fire that the county does not hold asks for in every tick, also where the uplink stands back: the link lamp, the 100 s
        /// limit, and an immediate try when one comes while waiting.
        /// </summary>
        public void Watch(long nowMs)
        {
            LaneLog fire = _fire;
            uint durable = fire.Durable;
            if (durable <= fire.Held)
            {
                if (_fireSinceMs >= 0)
                {
                    _fireSinceMs = -1;
                    _panel.SetFault(BoxFault.NoCountyAnswer, false, nowMs);
                }

                _panel.ShowLink(nowMs < _lampUntilMs ? Pattern.On : Pattern.Off);
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

            _panel.ShowLink(Pattern.Flash);
            if (nowMs - _fireSinceMs >= Limits.FireAnswerMs)
            {
                _panel.SetFault(BoxFault.NoCountyAnswer, true, nowMs);
            }
        }
    }
}
