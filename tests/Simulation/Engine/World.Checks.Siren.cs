// Owns: when the siren may be off in a fire.
// Must never: ask the panel why; keys and commands are the world's.

using Gateway.Contract;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Simulation;

public sealed partial class World
{
    /// <summary>A silenced siren that sounds again must be silenced again; a zone that had rested long enough makes it sound.</summary>
    private void SeeSiren(int latched, int anew)
    {
        bool on = _board.Output[OutputRole.Siren];
        for (int zone = 0; !on && !DelayHolds && !IsPlayed(latched) && zone < _swarm.Zones; zone++)
        {
            if ((anew & (1 << zone)) != 0 && _inputs.RestedMs(zone) >= Limits.ResoundRestMs)
            {
                long restedMs = _inputs.RestedMs(zone);
                throw new ViolationException($"late: zone {zone + 1} signals anew after a rest of {restedMs} ms, and the siren is off");
            }
        }

        _alarmAtMs = latched != 0 && on && !_sirenWasOn ? _nowMs : _alarmAtMs;
        _sirenWasOn = on || IsPlayed(latched);
    }

    /// <summary>Siren off in a fire: only when someone silenced it after the last new alarm.</summary>
    private void CheckSiren(MainLoop loop, int latched)
    {
        bool silent = latched != 0 && !DelayHolds && !IsPlayed(latched) && !_board.Output[OutputRole.Siren];

        // A key counts a few samples after it is pressed, so it may have been pressed before the alarm that it silences.
        bool byKey = _inputs.SilenceAtMs >= _alarmAtMs - 1_000;
        bool byCounty = _swarm.RemoteSilence && _nowMs <= _silenceUntilMs;
        _silencedInFire = latched != 0 && (_silencedInFire || byKey || byCounty) && _alarmAtMs != _nowMs;
        if (silent && (!loop.Panel.Silenced || !(_silencedInFire || _swarm.Damages)))
        {
            throw new ViolationException($"zones {latched:x} are in fire, nobody silenced, and the siren is off");
        }
    }
}
