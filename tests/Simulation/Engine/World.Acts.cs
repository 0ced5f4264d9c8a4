// Owns: disablements, tests, hot work and drills that the county asks for, and which zones may be unseen because of them.
// Must never: take it for granted that one was taken; what the box shows of them is looked at after each tick.

using Gateway.Contract;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Simulation;

public sealed partial class World
{
    private const int HotWorkLeavesOut = 0b101;

    private readonly List<(CommandCode Code, int A, int B)> _acts = [];
    private int _disabled;
    private int _tested;
    private int _hidden;
    private int _hiddenBefore;
    private long _releaseOwedMs = long.MaxValue;
    private bool _relay3;

    private int AllZones => (1 << _swarm.Zones) - 1;

    /// <summary>Zones that need not be shown in fire now.</summary>
    private int Hidden => _hidden | _hiddenBefore;

    /// <summary>Something to hide or to play, for a minute or two; or its end.</summary>
    private bool AskAct()
    {
        int minutes = _people.Below(3);
        int zone = _people.Range(1, _swarm.Zones);
        int zones = _people.Range(1, AllZones);
        CommandRequest request = _people.Below(6) switch
        {
            _ when _swarm.PressedInDrills => new CommandRequest(Station, (int)CommandCode.Drill, _people.Range(2, 3), AllZones),
            0 => new CommandRequest(Station, (int)CommandCode.Disable, zone, minutes),
            1 => new CommandRequest(Station, (int)CommandCode.Test, zone, minutes),
            2 => new CommandRequest(Station, (int)CommandCode.HotWork, zones & ~HotWorkLeavesOut, minutes),
            _ => new CommandRequest(Station, (int)CommandCode.Drill, minutes, _people.OneIn(6) && _swarm.Patrol is null ? 0 : zones),
        };
        if (request.Problem() is not null || Ask(request) is null)
        {
            return false;
        }

        _acts.Add(((CommandCode)request.Code, request.A, request.B));
        return true;
    }

    private void ActsGone()
    {
        _releaseOwedMs = long.MaxValue;
        _relay3 = false;
    }

    /// <summary>What the box shows of disablements and the like is as it was when it started.</summary>
    private void ActsCame(MainLoop loop)
    {
        LookAtActs(loop);
        _hiddenBefore = _hidden;
    }

    private void LookAtActs(MainLoop loop)
    {
        PanelState shown = loop.Panel.State;
        _disabled = _settings.NumberBits(shown.Disabled);
        _tested = _settings.NumberBits(PartOf.ZonesInTest(shown).Zones);
        _hiddenBefore = _hidden;
        _hidden = _disabled | _tested | _settings.NumberBits(shown.NotPutBack);
        for (int zone = 0; zone < _swarm.Zones; zone++)
        {
            if ((Hidden & (1 << zone)) != 0)
            {
                _inputs.Alarmed(zone);
            }
        }
    }

    /// <summary>The county can't hide a zone that burns, and what was hidden can't let go of an output in silence.</summary>
    private void CheckActs(MainLoop loop, int latched)
    {
        int before = _disabled | _tested;
        LookAtActs(loop);
        int hides = (_disabled | _tested) & ~before & latched;
        for (int zone = 0; hides != 0 && zone < _swarm.Zones; zone++)
        {
            if ((hides & (1 << zone)) != 0 && _inputs.ActiveTicks(zone) > 9)
            {
                throw new ViolationException($"hidden: zone {zone + 1} burns and is disabled or tested from afar");
            }
        }

        bool blind = (Hidden & (1 << HoldingZone)) != 0;
        bool released = _relay3 && !_board.Output[(int)OutputRole.Relay3];
        _relay3 = _board.Output[(int)OutputRole.Relay3];
        _releaseOwedMs = released && blind && _swarm.Holds ? _nowMs + SlackMs : _releaseOwedMs;
        _releaseOwedMs = _said.Exists(r => r.Kind == EventKind.HoldReleased) ? long.MaxValue : _releaseOwedMs;
        if (_nowMs > _releaseOwedMs)
        {
            throw new ViolationException("held: a reset let go of relay 3 while its zone could not be seen, and no event says so");
        }
    }
}
