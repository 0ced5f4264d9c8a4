// Owns: the order of the uplink in a tick, and to whom what the county says goes.
// Must never: let a message act that is not the county's and new, or take a connection's word for the county's.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>The room as the loop knows it. Session, sender, clock keeper and fire watch each have one thing to own.</summary>
    public sealed class Uplink
    {
        private readonly LinkPort _link;
        private readonly StandbyPath _idle;
        private readonly EventLog _log;
        private readonly UplinkMessages _messages;
        private readonly Sender _sender;
        private readonly FireWatch _fires;
        private readonly ClockKeeper _clock;
        private readonly Session _session;

        /// <summary>Messages from unknown senders since the last event about them, and the earliest time of the next such event.</summary>
        private int _strange;
        private long _strangeToldMs;

        /// <param name="link">The connection.</param>
        /// <param name="idle">Tries the standby path; null = there is none, or the platform has no second link to try it with.</param>
        /// <param name="log">Has the records to send, and takes the uplink's own events.</param>
        /// <param name="panel">Shows how the uplink stands, and does what the county commands.</param>
        /// <param name="messages">Makes and checks what goes over the connection.</param>
        /// <param name="journal">Keeps the commands' numbers.</param>
        /// <param name="trial">Takes settings of the county; null refuses them.</param>
        /// <param name="nowMs">Of the start: a PC's clock goes on over one.</param>
        public Uplink(
            LinkPort link,
            StandbyPath idle,
            EventLog log,
            Panel panel,
            UplinkMessages messages,
            Journal journal,
            SettingsTrial trial,
            long nowMs
        )
        {
            _link = link;
            _idle = idle;
            _log = log;
            _messages = messages;
            _fires = new FireWatch(log.At(Lane.Fire), panel);
            NamesTeller names = NamesTeller.Of(link, messages, panel.State.Settings, trial);
            messages.TellsNames = names != null;
            _sender = new Sender(link, log, messages, panel.State.Settings, names);
            _clock = new ClockKeeper(messages, log, panel);
            _session = new Session(link, log, panel, messages, _sender, _fires, nowMs);
            Desk = new CommandDesk(journal, log, panel, trial, _sender, _clock);
        }

        /// <summary>Takes the county's commands.</summary>
        public readonly CommandDesk Desk;

        /// <summary>See <see cref="UplinkState"/>.</summary>
        public UplinkState State
        {
            get { return _session.State; }
        }

        /// <summary>True when there is at most one record to send or to be answered.</summary>
        public bool HasLittleToDo
        {
            get { return State == UplinkState.Online && _sender.HasLittleToDo; }
        }

        /// <summary>Sessions opened since the start.</summary>
        public uint Sessions
        {
            get { return _session.Sessions; }
        }

        /// <summary>Times that batches were sent again since the start.</summary>
        public uint Resends
        {
            get { return _session.Resends; }
        }

        /// <summary>Messages from below the broker that were refused since the start.</summary>
        public uint Refused
        {
            get { return _messages.Refused; }
        }

        /// <summary>The part of the uplink that a fire needs in every tick, also while the rest waits.</summary>
        public void Watch(long nowMs)
        {
            if (_fires.Step(nowMs))
            {
                _session.TryAtOnce(nowMs);
            }
        }

        /// <summary>Takes what came, sends what may go, and watches the deadlines; behind <see cref="Watch"/>.</summary>
        /// <param name="buffer">Holds the longest message; lent for the call, as it is from here on.</param>
        /// <param name="nowMs">Monotonic.</param>
        public void Step(byte[] buffer, long nowMs)
        {
            Session session = _session;
            UplinkState state = session.Check(nowMs);
            if (state == UplinkState.Online || state == UplinkState.Greeting)
            {
                Receive(buffer, nowMs);
            }

            // What came may have been enough for a tick.
            if (session.State == state)
            {
                session.Step(buffer, nowMs);
            }

            if (_idle != null)
            {
                _idle.Step(session.Path ^ 1, session.State == UplinkState.Online, nowMs);
            }

            if (session.State != UplinkState.Online)
            {
                session.Judge(nowMs);
            }
        }

        private void Receive(byte[] buffer, long nowMs)
        {
            int count = _link.Receive(buffer);
            if (count == 0)
            {
                return;
            }

            DecodeResult result = _messages.Accept(buffer, count, nowMs);
            if (result == DecodeResult.Ok)
            {
                result = Take(buffer, count, nowMs);
            }

            if (result != DecodeResult.Ok)
            {
                _messages.CountRefused();
                ReportRefused(result, nowMs);
            }
        }

        /// <summary>Takes a message that is signed by the county and not a repeat. Ok, or why its body is refused.</summary>
        private DecodeResult Take(byte[] message, int count, long nowMs)
        {
            DecodeResult result = DecodeResult.Ok;
            uint[] held = new uint[Lanes.Count];
            switch (_messages.AcceptedType)
            {
                case MessageType.Welcome:
                    result = Welcome.Decode(message, count, held);
                    if (State == UplinkState.Greeting && result == DecodeResult.Ok && _session.Agree(held, nowMs))
                    {
                        _clock.Keep(nowMs);
                        _session.Begin(nowMs);
                    }

                    break;
                case MessageType.Held:
                    result = HeldThrough.Decode(message, count, held);
                    if (State == UplinkState.Online && result == DecodeResult.Ok)
                    {
                        result = Answered(held, nowMs);
                    }

                    break;
                case MessageType.Ask:
                    uint asked;
                    result = AskNames.Decode(message, count, out asked);
                    if (State == UplinkState.Online && result == DecodeResult.Ok)
                    {
                        _sender.AskNames(asked, nowMs);
                    }

                    break;
                case MessageType.Refuse:
                    Refuse refuse = new Refuse();
                    result = refuse.Decode(message, count);
                    if (result == DecodeResult.Ok)
                    {
                        _messages.CountRefused();
                        _session.Refuse(refuse, nowMs);
                    }

                    break;
                default:
                    if (State == UplinkState.Online)
                    {
                        Desk.Take(message, count, _messages.AcceptedLimited, nowMs);
                    }

                    break;
            }

            return result;
        }

        private DecodeResult Answered(uint[] held, long nowMs)
        {
            DecodeResult result = _sender.Answered(held, _fires, nowMs);
            if (result == DecodeResult.Ok)
            {
                _session.Heard();
                _clock.Keep(nowMs);
            }

            return result;
        }

        /// <summary>
        /// Somebody who is not the county, or sends again what the county once said. An answer that comes late, after a new session has
        /// begun, is neither.
        /// </summary>
        private void ReportRefused(DecodeResult reason, long nowMs)
        {
            bool late = reason == DecodeResult.WrongSession || reason == DecodeResult.Replayed;
            if (late && _messages.AcceptedType != MessageType.Command)
            {
                return;
            }

            _strange++;
            if (nowMs < _strangeToldMs)
            {
                return;
            }

            _strangeToldMs = nowMs + Limits.RefusedToldMs;
            _log.MessagesRefused(reason, _strange, nowMs);
            _strange = 0;
        }
    }
}
