// Owns: what the county says: welcome, held, refuse, commands.
// Must never: move a cursor by anything but the county's signed word.

using Gateway.Contract;

namespace Gateway.Core
{
    public sealed partial class Uplink
    {
        private void Receive(long nowMs)
        {
            int count = _link.Receive(_down);
            if (count == 0)
            {
                return;
            }

            int result = _messages.Accept(_down, count, nowMs);
            if (result == DecodeResult.Ok)
            {
                result = Take(count, nowMs);
            }

            if (result != DecodeResult.Ok)
            {
                Refused++;
                ReportRefused(result, nowMs);
            }
        }

        /// <summary>A message that is the county's and new. What its body is refused for, or Ok.</summary>
        private int Take(int count, long nowMs)
        {
            int result = DecodeResult.Ok;
            switch (_messages.AcceptedType)
            {
                case MessageType.Welcome:
                    result = Welcome.Decode(_down, count, _held);
                    if (State == UplinkState.Greeting && result == DecodeResult.Ok)
                    {
                        Welcomed(nowMs);
                    }

                    break;
                case MessageType.Held:
                    result = HeldThrough.Decode(_down, count, _held);
                    if (State == UplinkState.Online && result == DecodeResult.Ok)
                    {
                        result = Answered(nowMs);
                    }

                    break;
                case MessageType.Refuse:
                    result = TakeRefuse(count, nowMs);
                    break;
                default:
                    if (State == UplinkState.Online)
                    {
                        Desk.Take(_down, count, _messages.AcceptedLimited, this, nowMs);
                    }

                    break;
            }

            return result;
        }

        /// <summary>The county opens no session, or ends one. A refuse that can't be read does neither.</summary>
        private int TakeRefuse(int count, long nowMs)
        {
            Refuse refuse = new Refuse();
            int result = refuse.Decode(_down, count);
            if (result != DecodeResult.Ok)
            {
                return result;
            }

            Refused++;
            if (refuse.Reason == DecodeResult.Replayed && State == UplinkState.Online)
            {
                // Our hello came to the county a second time, by the broker or by somebody who sends it again. The session stands.
                return DecodeResult.Ok;
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
            int path = _path;
            Drop(nowMs);
            _path = path;
            if (raised && _upPath < 0)
            {
                // The flash was written back from a copy: its first alarm goes at once. Only before the first session, since of two boxes
                // with one copied store each would be told to go on above the other.
                _deadlineMs = nowMs;
            }

            return DecodeResult.Ok;
        }

        /// <summary>
        /// Somebody who is not the county, or sends again what the county once said. An answer that comes late, after a new session has
        /// begun, is neither.
        /// </summary>
        private void ReportRefused(int reason, long nowMs)
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

        /// <summary>Takes the clock of the message accepted last. False when the county does not know it.</summary>
        public bool TakeClock(long nowMs)
        {
            SetClock(nowMs);
            return _messages.AcceptedUtcMs != 0;
        }

        private void Welcomed(long nowMs)
        {
            bool good = _log.Meet(_held, nowMs);
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count && good; lane++)
            {
                good = _log.Reconcile(lane, _held[(int)lane], nowMs);
                _sent[(int)lane] = _log.At(lane).Held;
                _more = true;
            }

            if (!good)
            {
                Drop(nowMs);
                return;
            }

            KeepClock(nowMs);
            NoteLinkUp(nowMs);
            State = UplinkState.Online;
            _onlineSinceMs = nowMs;
            _missed = 0;
            _heartbeatMs = nowMs;
            _heartbeatAnswerMs = long.MaxValue;
            _panel.SetFault(BoxFault.Link, false, nowMs);
        }

        /// <summary>A switch of path, or the end of an outage that was a fault; lesser breaks are counted in the heartbeat.</summary>
        private void NoteLinkUp(long nowMs)
        {
            long downMs = nowMs - _offlineSinceMs;
            if (_upPath >= 0 && (_upPath != _path || downMs >= Limits.LinkFaultMs))
            {
                _log.LinkUp(_path, Sessions, downMs, nowMs);
            }

            _upPath = _path;
        }

        /// <summary>What the county says that it holds. OutOfRange, and nothing has changed, when it can't have it from us.</summary>
        private int Answered(long nowMs)
        {
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                if (_log.At(lane).Strange(_held[(int)lane]))
                {
                    // What is in flight still waits for its answer, and the next session compares every lane.
                    return DecodeResult.OutOfRange;
                }
            }

            _missed = 0;
            _heartbeatAnswerMs = long.MaxValue;
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                uint before = _log.At(lane).Held;
                uint told = _held[(int)lane];
                _held[(int)lane] = _log.Moved.FromCounty(lane, told);
                if (_held[(int)lane] < before)
                {
                    // An overtaken message would have a counter that was seen: the county was restored from a copy under the open session.
                    _log.Reconcile(lane, told, nowMs);
                    _sent[(int)lane] = _log.At(lane).Held;
                    _more = true;
                }
                else if (_held[(int)lane] > before)
                {
                    _log.SetHeld(lane, _held[(int)lane], nowMs);
                    _sent[(int)lane] = _held[(int)lane] > _sent[(int)lane] ? _held[(int)lane] : _sent[(int)lane];
                    if (lane == Lane.Fire)
                    {
                        _fireSinceMs = nowMs;
                        _lampUntilMs = nowMs + Limits.HeldLampMs;
                    }
                }
            }

            _inFlight.Answered(_held);
            KeepClock(nowMs);
            return DecodeResult.Ok;
        }

        /// <summary>
        /// Sets a clock that is not known yet, or that is well off: a session may last for months, and the county may have been wrong at
        /// its beginning. A message can be late and never early, so one that is ahead of the clock is believed at once, and several in
        /// a row must agree that the clock is to go back.
        /// </summary>
        private void KeepClock(long nowMs)
        {
            long utcMs = _messages.AcceptedUtcMs;
            if (utcMs == 0)
            {
                return;
            }

            long off = utcMs - _panel.State.Clock.UtcMs(nowMs);
            bool back = off <= -Limits.ClockStepMs;
            _clockAhead = back ? _clockAhead + 1 : 0;
            if (_panel.State.Clock.Quality != UtcQuality.Synchronised || off >= Limits.ClockStepMs || _clockAhead >= Limits.ClockAgreeCount)
            {
                _clockAhead = 0;
                SetClock(nowMs);
            }
        }

        private void SetClock(long nowMs)
        {
            long step = _panel.State.Clock.Set(_messages.AcceptedUtcMs, nowMs);
            if (step == 0)
            {
                return;
            }

            _panel.Wake();
            bool first = step == long.MaxValue;
            _log.ClockSet(first ? 0 : step, first, nowMs);
        }
    }
}
