// Owns: answers to a fire: every press that answers one is an event, and nothing else is.
// Must never: count silence for an answer.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Simulation;

public sealed partial class World
{
    private bool _unanswered;
    private bool _pressedInFire;
    private long _answerOwedMs = long.MaxValue;

    private void AnswersGone()
    {
        // What was last in flash then is not known: the alarm, the answer, or neither.
        _unanswered = false;
        _answerOwedMs = long.MaxValue;
    }

    private void CheckAnswers(int latched, int alarms)
    {
        // A press that began before the alarm, or in a fire that was reset meanwhile, may have been taken before it.
        _pressedInFire = _downTicks[SimInputs.AnswerKey] == 1 ? _unanswered : _pressedInFire;
        foreach (EventRecord r in _said)
        {
            if (r.Kind == EventKind.Acknowledged)
            {
                _unanswered = false;
                _pressedInFire = false;
                _answerOwedMs = long.MaxValue;
                if (!PressedLately(SimInputs.AnswerKey))
                {
                    throw new ViolationException("answer: a fire is said to be answered, and nobody pressed the answer key");
                }
            }

            _unanswered |= r.Kind == EventKind.DelayExpired;
        }

        _unanswered = (_unanswered || alarms != 0) && latched != 0;
        _pressedInFire &= _unanswered;
        if (_surelyPressed[SimInputs.AnswerKey] && _unanswered && _pressedInFire)
        {
            _answerOwedMs = _nowMs + SlackMs;
        }

        _answerOwedMs = _unanswered ? _answerOwedMs : long.MaxValue;
        if (_nowMs > _answerOwedMs)
        {
            throw new ViolationException("answer: the answer key was pressed in a fire that nobody had answered, and no event says so");
        }
    }
}
