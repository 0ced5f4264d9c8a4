// Owns: a rule's pulse: once when the rule begins to hold, and not again because power came back.
// Must never: judge a rule whose zone was hidden or drilled, or that began shortly before the power went.

using Gateway.Core;

namespace Gateway.Simulation;

public sealed partial class World
{
    private const long PulseKeptMs = 15_000;

    private bool _pulsed;

    private void PulseGone()
    {
        long activeSinceMs = _inputs.ActiveSinceMs(HoldingZone);
        bool seen = activeSinceMs >= _upSinceMs && _nowMs - activeSinceMs > PulseKeptMs + SlackMs;
        _pulsed = _swarm.Pulse && (seen || _pulsed) && _inputs.IsActive(HoldingZone) && ((Hidden | _drilled) & (1 << HoldingZone)) == 0;
    }

    private void CheckPulse()
    {
        // A contact that bounces, or is pressed once more, may be seen to begin anew.
        _pulsed &= _inputs.IsActive(HoldingZone) && _inputs.ActiveSinceMs(HoldingZone) < _upSinceMs
            && ((Hidden | _drilled) & (1 << HoldingZone)) == 0;
        if (_pulsed && _board.Output[(int)OutputRole.Relay2])
        {
            throw new ViolationException($"pulse: relay 2 pulses again after a restart, zone {HoldingZone + 1} is active since before");
        }
    }
}
