// Owns: what must hold of a gateway that has just started.
// Must never: expect more of a flash than it took.

using Gateway.Contract;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Simulation;

public sealed partial class World
{
    private void CheckStart(MainLoop loop)
    {
        int latched = _settings.NumberBits(loop.Panel.Latched);
        bool resetNearby = _nowMs - _inputs.ResetAtMs < 20_000 || _drilled != 0 || _nowMs - _drillMovedMs < 20_000;
        if (!_formatted && !_swarm.Damages && !resetNearby && (latched & _latchedDurable) != _latchedDurable)
        {
            throw new ViolationException($"latch forgotten: zones {_latchedDurable:x} before the restart, {latched:x} after it");
        }

        int possible = _latched | _latchedDurable | _latchedSince;
        for (int zone = 0; zone < _swarm.Zones; zone++)
        {
            possible |= _inputs.IsActive(zone) ? 1 << zone : 0;
        }

        if ((latched & ~possible) != 0 && !_swarm.Damages && !resetNearby)
        {
            throw new ViolationException($"latch invented: zones {latched:x} are latched after the restart, {possible:x} may be");
        }

        EventLog log = loop.Log;
        if (!_swarm.Damages && !log.InMemory && _truth.WroteAs(log.Epoch, log.Boot))
        {
            throw new ViolationException($"start {log.Boot} of epoch {log.Epoch:x8}: another start has written under that number");
        }

        if (!_swarm.Damages && !log.InMemory && !log.StoreIsNew && _bootMax > 0 && log.Boot >= _bootMax + ContractLimits.SequenceJump)
        {
            throw new ViolationException($"start {log.Boot}: the journal is lost, the start before was {_bootMax}");
        }

        if (_formatted && !loop.Log.StoreIsNew && !loop.Log.InMemory)
        {
            throw new ViolationException("a formatted flash was not noticed");
        }

        // A life whose flash refused, or whose last alarm the power took before it was kept, left what it had before, with the silence of
        // that time.
        bool kept = !_swarm.Damages && !_formatted && !resetNearby && _swarm.RefuseEveryMs == 0 && _swarm.FullEveryMs == 0;
        _held &= kept && _nowMs - _heldSinceMs > HeldKeptMs;
        _silencedInFire |= _flashBehind || ((!_wasDurable || _backUnkept) && _silencedDurable);
        _backUnkept = false;
        _flashBehind = false;
        _formatted = false;
        _latched = latched;
        _quiet = _settings.NumberBits(loop.Panel.State.Signals.Quiet);
        _sirenWasOn = true;
    }
}
