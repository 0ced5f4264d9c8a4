// Owns: the session with the county: when to connect and to greet, when silence is too long, when to let go.
// Must never: wait, or take a connection's word for the county's.

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

    /// <summary>One session after another, each over a connection of its own; a session belongs to one life of the log.</summary>
    public sealed class Session
    {
        private readonly LinkPort _link;
        private readonly EventLog _log;
        private readonly Panel _panel;
        private readonly UplinkMessages _messages;
        private readonly Sender _sender;
        private readonly FireWatch _fires;
        private readonly BackOff _backOff;

        /// <summary>The path of the last session, -1 before the first.</summary>
        private int _upPath = -1;

        /// <summary>When the state has lasted too long; online, when a heartbeat is overdue for its answer, far away without one.</summary>
        private long _deadlineMs;

        /// <summary>When the next heartbeat is due, or the next hello.</summary>
        private long _heartbeatMs;

        /// <summary>Since when the uplink has been online, or has not.</summary>
        private long _sinceMs;
        private uint _epoch;
        private int _missed;
        private int _helloPauseMs;

        public Session(LinkPort link, EventLog log, Panel panel, UplinkMessages messages, Sender sender, FireWatch fires, long nowMs)
        {
            _link = link;
            _log = log;
            _panel = panel;
            _messages = messages;
            _sender = sender;
            _fires = fires;
            _sinceMs = nowMs;
            _backOff = new BackOff(panel.State.Settings.Station ^ log.Epoch ^ log.Boot);
        }

        /// <summary>See <see cref="UplinkState"/>; only the session itself writes it.</summary>
        public UplinkState State;

        /// <summary>The broker in use, 0 or 1.</summary>
        public int Path { get; private set; }

        /// <summary>Sessions opened since the start.</summary>
        public uint Sessions { get; private set; }

        /// <summary>Times that batches were sent again since the start.</summary>
        public uint Resends { get; private set; }

        /// <summary>State at the start of a tick. A session that began under another epoch of the log ends here.</summary>
        public UplinkState Check(long nowMs)
        {
            if (_epoch != _log.Epoch && State != UplinkState.Waiting && State != UplinkState.Closing)
            {
                Drop(nowMs);
            }

            return State;
        }

        /// <summary>What is due by time, after the received messages were taken.</summary>
        /// <param name="buffer">Lent for the messages that are made.</param>
        /// <param name="nowMs">Monotonic.</param>
        public void Step(byte[] buffer, long nowMs)
        {
            switch (State)
            {
                case UplinkState.Online:
                    StepOnline(buffer, nowMs);
                    break;
                case UplinkState.Waiting:
                    if (nowMs >= _deadlineMs)
                    {
                        Open(buffer, nowMs);
                    }

                    break;
                case UplinkState.Opening:
                    if (_link.State() == LinkState.Open)
                    {
                        Greet(buffer, nowMs);
                    }
                    else if (_link.State() == LinkState.Failed || nowMs >= _deadlineMs)
                    {
                        Drop(nowMs);
                    }

                    break;
                case UplinkState.Greeting:
                    if (nowMs >= _deadlineMs || _link.State() != LinkState.Open)
                    {
                        Drop(nowMs);
                    }
                    else if (nowMs >= _heartbeatMs)
                    {
                        // A county that came to the broker after the hello has not heard it.
                        Resends++;
                        SendHello(buffer, nowMs);
                    }

                    break;
                default:
                    if (_link.State() == LinkState.Idle)
                    {
                        State = UplinkState.Waiting;
                    }

                    break;
            }
        }

        /// <summary>In every tick without a session: shows that there has been none for too long.</summary>
        public void Judge(long nowMs)
        {
            if (nowMs - _sinceMs >= Limits.LinkFaultMs)
            {
                _panel.SetFault(BoxFault.Link, true, nowMs);
            }
        }

        /// <summary>A fire does not wait for a pause to end.</summary>
        public void TryAtOnce(long nowMs)
        {
            if (State == UplinkState.Waiting)
            {
                _backOff.Reset();
                _deadlineMs = nowMs;
            }
        }

        /// <summary>
        /// The welcome: both sides compare what the county holds. False, and the session is over, when they can't go on like that.
        /// </summary>
        public bool Agree(uint[] held, long nowMs)
        {
            bool good = _log.Meet(held, nowMs);
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count && good; lane++)
            {
                good = _log.Reconcile(lane, held[(int)lane], nowMs);
            }

            if (!good)
            {
                Drop(nowMs);
            }

            return good;
        }

        /// <summary>From now on news goes up.</summary>
        public void Begin(long nowMs)
        {
            _sender.BeginAgain();
            NoteLinkUp(nowMs);
            State = UplinkState.Online;
            _sinceMs = nowMs;
            _heartbeatMs = nowMs;
            Heard();
            _panel.SetFault(BoxFault.Link, false, nowMs);
        }

        /// <summary>The county has answered.</summary>
        public void Heard()
        {
            _missed = 0;
            _deadlineMs = long.MaxValue;
        }

        /// <summary>The county opens no session, or ends one.</summary>
        public void Refuse(Refuse refuse, long nowMs)
        {
            if (refuse.Reason == DecodeResult.Replayed && State == UplinkState.Online)
            {
                // Our hello came to the county a second time, by the broker or by somebody who sends it again. The session stands.
                return;
            }

            bool raised = refuse.BootAtLeast > _log.Boot;
            if (raised)
            {
                // A gateway that lost its count of starts is told where to go on.
                _log.RaiseBoot(refuse.BootAtLeast, nowMs);
            }
            else if (refuse.BootAtLeast != 0 && State == UplinkState.Greeting && _log.Boot > Limits.BootsTaken)
            {
                // The county takes no boot as high as ours: somebody with the key has raised it.
                _log.GiveUpBoot(refuse.BootAtLeast, nowMs);
                raised = true;
            }

            // The county was reached, so the path is good.
            int path = Path;
            Drop(nowMs);
            Path = path;
            if (raised && _upPath < 0)
            {
                // The flash was written back from a copy: its first alarm goes at once. Only before the first session, since of two boxes
                // with one copied store each would be told to go on above the other.
                _deadlineMs = nowMs;
            }
        }

        private void StepOnline(byte[] buffer, long nowMs)
        {
            if (_link.State() != LinkState.Open)
            {
                Drop(nowMs);
                return;
            }

            if (nowMs >= _deadlineMs || !_sender.Step(buffer, nowMs))
            {
                NoAnswer(nowMs);
            }

            if (nowMs >= _heartbeatMs && State == UplinkState.Online)
            {
                SendHeartbeat(buffer, nowMs);
            }
        }

        private void SendHeartbeat(byte[] buffer, long nowMs)
        {
            Heartbeat beat = new Heartbeat();
            beat.Connections = Sessions;
            beat.Resends = Resends;
            int count = _messages.Heartbeat(buffer, beat, nowMs);
            if (_link.Send(LinkLeaf.Heartbeat, buffer, count))
            {
                _heartbeatMs = nowMs + _panel.State.Settings.HeartbeatS * 1000;
                _deadlineMs = _deadlineMs == long.MaxValue ? nowMs + Limits.AnswerMs : _deadlineMs;
            }
        }

        /// <summary>Silence: what is in flight is sent again; after several times in a row the connection is given up.</summary>
        private void NoAnswer(long nowMs)
        {
            _sender.BeginAgain();
            _deadlineMs = long.MaxValue;
            _heartbeatMs = nowMs;
            Resends++;
            _missed++;
            if (_missed >= Limits.AnswersMissedMax)
            {
                Drop(nowMs);
            }
        }

        private void Open(byte[] buffer, long nowMs)
        {
            Sessions++;
            _epoch = _log.Epoch;
            _messages.NewSession(Sessions);
            State = UplinkState.Opening;
            _deadlineMs = nowMs + Limits.OpenMs;
            _link.Open(Path, _messages.Will(buffer, nowMs));
        }

        private void Greet(byte[] buffer, long nowMs)
        {
            State = UplinkState.Greeting;
            _deadlineMs = nowMs + Limits.WelcomeMs;
            _helloPauseMs = Limits.HelloAgainMs;
            SendHello(buffer, nowMs);
        }

        private void SendHello(byte[] buffer, long nowMs)
        {
            _heartbeatMs = nowMs + _helloPauseMs;
            _helloPauseMs *= 2;
            int count = _messages.Hello(buffer, nowMs);
            if (!_link.Send(LinkLeaf.Hello, buffer, count))
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
                if (nowMs - _sinceMs >= Limits.SessionSettledMs || _fires.Waits)
                {
                    _backOff.Reset();
                }

                _sinceMs = nowMs;
            }

            _link.Close();
            State = UplinkState.Closing;
            _missed = 0;
            _deadlineMs = nowMs + _backOff.NextMs();
            if (_panel.State.Settings.TwoPaths)
            {
                Path ^= 1;
            }
        }

        /// <summary>A switch of path, or the end of an outage that was a fault; lesser breaks are counted in the heartbeat.</summary>
        private void NoteLinkUp(long nowMs)
        {
            long downMs = nowMs - _sinceMs;
            if (_upPath >= 0 && (_upPath != Path || downMs >= Limits.LinkFaultMs))
            {
                _log.LinkUp(Path, Sessions, downMs, nowMs);
            }

            _upPath = Path;
        }
    }
}
