// Owns: when sounders have to wait (t1, t2), reckoned from alarms and answers as a bystander sees them.
// Must never: let a call point, a second zone or an unknown time wait.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Simulation;

public sealed partial class World
{
    private const int NoDelay = 0;
    private const int T1 = 1;
    private const int T2 = 2;
    private const int Over = 3;

    private int _phase;
    private long _phaseEndsMs;
    private int _expired;
    private int _mayHaveExpired;
    private long _expiredAtMs;

    /// <summary>Sounders and relays wait.</summary>
    private bool DelayHolds => _phase is T1 or T2;

    private bool Manned => _swarm.Delay is { } delay && delay.OpenDay(_utcBeforeMs, _swarm.UtcOffsetMin) >= 0;

    private void DelayGone()
    {
        _phase = NoDelay;
        _expired = 0;
    }

    /// <summary>Zones of a drill that ended in this tick or the one before: what still signals of them does not wait.</summary>
    private int _lastDrilled;
    private int _beforeAfterDrill;

    private void DelayCame(int latched) => _phase = latched != 0 ? Over : NoDelay;

    private void CheckDelay(long uptime, int latched, int fresh, bool waits)
    {
        _lastDrilled = _afterDrill | _beforeAfterDrill;
        _beforeAfterDrill = _afterDrill;
        _phase = DelayHolds && !Manned ? Over : _phase;
        foreach (EventRecord r in _said.Where(r => r.Kind == EventKind.Acknowledged && _phase == T1))
        {
            _phase = _swarm.DelayT2S > 0 ? T2 : Over;
            _phaseEndsMs = r.UptimeMs + (_swarm.DelayT2S * 1_000L);
        }

        CheckExpiry(uptime, latched, waits);
        _phase = latched == 0 || _afterDrill != 0 ? NoDelay : _phase;
        if (fresh != 0)
        {
            // What ran out in this very tick may be said behind the alarm.
            _mayHaveExpired = DelayHolds && uptime >= _phaseEndsMs ? _phase : 0;
            bool single = fresh == latched && (fresh & (fresh - 1)) == 0 && !SimInputs.IsCallPoint(fresh);
            bool waitsFor = Manned && single && ((fresh & _lastDrilled) == 0 || BeganBehindDrill(fresh));
            _phase = waitsFor ? T1 : Over;
            _phaseEndsMs = uptime + (_swarm.DelayT1S * 1_000L);
        }

        if (DelayHolds && !waits && _board.Output[(int)OutputRole.Siren])
        {
            throw new ViolationException($"delay: the siren is on in t{_phase}, {_phaseEndsMs - uptime} ms before its end");
        }
    }

    /// <summary>
    /// A zone that had not settled as active when its drill ended did not signal yet: in the tick behind the end it is a new alarm, which
    /// waits. Which of the two it was is seen at the siren.
    /// </summary>
    private bool BeganBehindDrill(int fresh) =>
        _afterDrill == 0 && (fresh & _settledAtEnd) == 0 && !_board.Output[(int)OutputRole.Siren];

    /// <summary>The end of t1 without an answer, and of t2 without a reset, is said; beside a reset in that very tick it may be.</summary>
    private void CheckExpiry(long uptime, int latched, bool waits)
    {
        bool told = _said.Exists(r => r.Kind == EventKind.DelayExpired);
        if (DelayHolds && uptime >= _phaseEndsMs && (told || (!waits && latched != 0)))
        {
            _expired = _phase;
            _expiredAtMs = _nowMs;
            _phase = Over;
        }

        foreach (EventRecord r in _said.Where(r => r.Kind == EventKind.DelayExpired))
        {
            if (r.A != _expired && r.A != _mayHaveExpired)
            {
                throw new ViolationException($"delay: t{r.A} is said to have run out, and it was t{_expired}");
            }

            _expired = 0;
            _mayHaveExpired = 0;
        }

        if (_expired != 0 && _nowMs - _expiredAtMs > SlackMs)
        {
            throw new ViolationException($"delay: t{_expired} ran out, and no record says so");
        }
    }
}
