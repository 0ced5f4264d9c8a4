// Owns: the patrol's windows: each is judged once, as met or as missed, whichever way the clock steps.
// Must never: expect a judgement while the time is unknown.

using Gateway.Contract;

namespace Gateway.Simulation;

public sealed partial class World
{
    private const long PatrolKeptMs = 5_000;

    private readonly HashSet<long> _patrolsJudged = [];
    private long _patrolDay = -1;
    private bool _patrolOpen;
    private long _patrolMovedMs;
    private long _missedOwedMs = long.MaxValue;
    private long _metOwedMs = long.MaxValue;
    private long _patrolPressedMs = long.MinValue / 2;
    private int _patrolTicks;
    private int _patrolRestTicks;
    private int _patrolRestsBefore;
    private int _patrolOpenTicks;
    private bool _patrolUnsure;

    private void PatrolGone()
    {
        bool owed = _missedOwedMs != long.MaxValue || _metOwedMs != long.MaxValue;
        _patrolUnsure |= owed || _nowMs - _patrolMovedMs < PatrolKeptMs + SlackMs || PatrolMoves();
        _patrolTicks = 0;
    }

    /// <summary>True when a window opens or ends in the very tick that power took: that tick was not looked at.</summary>
    private bool PatrolMoves()
    {
        if (_swarm.Patrol is not { } patrol || _utcBeforeMs == 0)
        {
            return false;
        }

        long day = patrol.OpenDay(_utcBeforeMs, _swarm.UtcOffsetMin);
        return _patrolOpen ? day != _patrolDay : day >= 0 && !_patrolsJudged.Contains(day);
    }

    private void CheckPatrol(bool waits)
    {
        if (_swarm.Patrol is not { } patrol || _patrolUnsure)
        {
            return;
        }

        bool pressed = _inputs.PatrolPressed(_nowMs);
        _patrolPressedMs = pressed ? _nowMs : _patrolPressedMs;
        _patrolTicks = pressed ? _patrolTicks + 1 : 0;
        _patrolRestsBefore = _patrolTicks == 1 ? _patrolRestTicks : _patrolRestsBefore;
        _patrolRestTicks = pressed ? 0 : _patrolRestTicks + 1;
        if (_utcBeforeMs != 0)
        {
            PassPatrolTime(patrol);
        }

        foreach (EventRecord r in _said.Where(r => r.Kind is EventKind.PatrolMet or EventKind.PatrolMissed))
        {
            HearPatrol(r);
        }

        bool open = _patrolOpen && !_patrolsJudged.Contains(_patrolDay);

        // A press that began before the window did may have been taken before it; behind a rest too short to be seen it goes on.
        _patrolOpenTicks = open ? _patrolOpenTicks + 1 : 0;
        bool begun = _patrolTicks == PressTicks && _patrolRestsBefore >= PressTicks;
        if (begun && _patrolOpenTicks >= PressTicks && _utcBeforeMs != 0)
        {
            _metOwedMs = _nowMs + SlackMs;
        }

        _metOwedMs = open ? _metOwedMs : long.MaxValue;
        if (!waits && (_nowMs > _missedOwedMs || _nowMs > _metOwedMs))
        {
            string what = _nowMs > _metOwedMs ? "was pressed inside its window" : "passed without a press";
            throw new ViolationException($"patrol: the window of day {_patrolDay} {what}, and no event says so");
        }
    }

    private void PassPatrolTime(DayWindow patrol)
    {
        long day = patrol.OpenDay(_utcBeforeMs, _swarm.UtcOffsetMin);
        if (_patrolOpen && day != _patrolDay)
        {
            bool over = (_utcBeforeMs / 60_000) + _swarm.UtcOffsetMin >= patrol.EndMinute(_patrolDay);
            _patrolOpen = false;
            _patrolMovedMs = _nowMs;
            if (over && _patrolsJudged.Add(_patrolDay))
            {
                _missedOwedMs = _nowMs + SlackMs;
            }
        }

        if (!_patrolOpen && day >= 0 && !_patrolsJudged.Contains(day))
        {
            // A window that the clock stepped out of before its end goes on with what was seen in it.
            _patrolOpen = true;
            _patrolDay = day;
            _patrolMovedMs = _nowMs;
        }
    }

    private void HearPatrol(EventRecord r)
    {
        _patrolMovedMs = _nowMs;
        bool owed = _missedOwedMs != long.MaxValue;
        bool met = r.Kind == EventKind.PatrolMet;
        if (met && _patrolOpen && _nowMs - _patrolPressedMs <= SlackMs && _patrolsJudged.Add(_patrolDay))
        {
            _metOwedMs = long.MaxValue;
        }
        else if (owed && (!met || _nowMs - _patrolPressedMs <= SlackMs))
        {
            _missedOwedMs = long.MaxValue;
        }
        else
        {
            throw new ViolationException($"patrol: {EventKinds.Code(r.Kind)} for the window of day {_patrolDay}, which is not due");
        }
    }
}
