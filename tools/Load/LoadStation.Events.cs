// Owns: what happens at a played station: fires, storms and their ends.
// Must never: make a second fire while one is open.

using Gateway.Contract;

namespace Gateway.Tools.Load;

internal sealed partial class LoadStation
{
    /// <summary>A fire, reset a while after; none while the one before is open.</summary>
    public bool Burn()
    {
        lock (_gate)
        {
            if (_resetAtMs != 0)
            {
                return false;
            }

            long nowMs = _clock.NowMs;
            _resetAtMs = nowMs + LoadLimits.FireOpenMs;
            _lanes[(int)Lane.Fire].Add(EventKind.FireAlarm, nowMs);

            // A fire ends every pause.
            _openAtMs = Math.Min(_openAtMs, nowMs);
            Step(nowMs);
            return true;
        }
    }

    /// <summary>The mains goes, and comes again within a minute.</summary>
    public void Storm()
    {
        lock (_gate)
        {
            if (_restoreAtMs == 0)
            {
                long nowMs = _clock.NowMs;
                _restoreAtMs = nowMs + 1 + Within(LoadLimits.BackOffMaxMs);
                _lanes[(int)Lane.Condition].Add(EventKind.Fault, nowMs);
            }
        }
    }

    /// <summary>What a fire or a storm has begun ends now.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            long nowMs = _clock.NowMs;
            _resetAtMs = Math.Min(_resetAtMs, nowMs);
            _restoreAtMs = Math.Min(_restoreAtMs, nowMs);
            Due(nowMs);
        }
    }

    private void Due(long nowMs)
    {
        if (_resetAtMs != 0 && nowMs >= _resetAtMs)
        {
            _resetAtMs = 0;
            _lanes[(int)Lane.Fire].Add(EventKind.Reset, nowMs);
        }

        if (_restoreAtMs != 0 && nowMs >= _restoreAtMs)
        {
            _restoreAtMs = 0;
            _lanes[(int)Lane.Condition].Add(EventKind.FaultRestored, nowMs);
        }
    }
}
