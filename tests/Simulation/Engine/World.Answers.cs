// Owns: acknowledgements of a fire: every press that acknowledges one is an event, and nothing else is.
// Must never: count silence for an acknowledgement.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Simulation;

public sealed partial class World
{
    private bool _unacknowledged;
    private bool _pressedInFire;
    private long _answerOwedMs = long.MaxValue;

    private void AnswersGone()
    {
        // What was last in flash then is not known: the alarm, the acknowledgement, or neither.
        _unacknowledged = false;
        _answerOwedMs = long.MaxValue;
    }

    private void CheckAnswers(int latched, int alarms)
    {
        // A press that began before the alarm, or in a fire that was reset meanwhile, may have been taken before it.
        _pressedInFire = _downTicks[SimInputs.AnswerKey] == 1 ? _unacknowledged : _pressedInFire;
        foreach (EventRecord r in _said)
        {
            if (r.Kind == EventKind.Acknowledged)
            {
                _unacknowledged = false;
                _pressedInFire = false;
                _answerOwedMs = long.MaxValue;
                if (!PressedLately(SimInputs.AnswerKey))
                {
                    throw new ViolationException("answer: a fire is said to be acknowledged, and nobody pressed the answer key");
                }
            }

            _unacknowledged |= r.Kind == EventKind.DelayExpired;
        }

        _unacknowledged = (_unacknowledged || alarms != 0) && latched != 0;
        _pressedInFire &= _unacknowledged;
        if (_surelyPressed[SimInputs.AnswerKey] && _unacknowledged && _pressedInFire)
        {
            _answerOwedMs = _nowMs + SlackMs;
        }

        _answerOwedMs = _unacknowledged ? _answerOwedMs : long.MaxValue;
        if (_nowMs > _answerOwedMs)
        {
            throw new ViolationException("answer: the answer key was pressed in a fire that nobody had acknowledged, and no event says so");
        }
    }
}
