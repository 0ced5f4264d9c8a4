// Owns: windows of local time as people see them: the lamp of a delay, and a relay that a rule switches by time.
// Must never: allow a tick of lateness: local time acts in the tick in which it becomes known or moves.

using Gateway.Core;

namespace Gateway.Simulation;

public sealed partial class World
{
    private int _disabledBefore;
    private bool _darkBefore;

    private void CheckWindows()
    {
        bool ruled = _swarm.Rule is { } rule && rule.OpenDay(_utcBeforeMs, _swarm.UtcOffsetMin) >= 0;
        if (_swarm.Rule is not null && ruled != _board.Output[(int)OutputRole.Relay4])
        {
            throw new ViolationException($"window: relay 4 is on {!ruled} at {_utcBeforeMs} for {_swarm.Rule}");
        }

        // A lamp test lights the lamp of supervisory signals too; so does the valve, and then the two are not told apart.
        bool lampTest = _board.Output[(int)OutputRole.LampSupervisory];
        bool disabled = Manned || _disabled != 0;

        // What a command disables in a tick is shown in the next one, also where it disables anew what ended in that tick.
        bool dark = _disabled != 0 && !Manned && !_board.Output[(int)OutputRole.LampDisabled];
        bool moved = _disabled != _disabledBefore || (dark && !_darkBefore);
        _darkBefore = dark;
        _disabledBefore = _disabled;
        if (_swarm.Delay is not null && !lampTest && !moved && disabled != _board.Output[(int)OutputRole.LampDisabled])
        {
            throw new ViolationException($"window: the lamp for disablements is on {!disabled} at {_utcBeforeMs} for {_swarm.Delay}");
        }
    }
}
