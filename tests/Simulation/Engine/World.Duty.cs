// Owns: what people on duty rely on: nothing is let go, restored or released without cause; and an answer that can't be true.
// Must never: take the gateway's word for a cause; inputs and keys are the world's.

using Gateway.Contract;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Simulation;

public sealed partial class World
{
    private const int HoldingZone = 4;
    private const long HeldKeptMs = 10_000;
    private const long ResetNearMs = 20_000;

    private int _strangePercent;

    /// <summary>A fire ends by a person's reset only, and a zone is restored only when its input is normal.</summary>
    private void CheckLetGo(int latched, int quiet)
    {
        int gone = _latched & ~latched;
        if (gone != 0 && _nowMs - _inputs.ResetAtMs > ResetNearMs)
        {
            throw new ViolationException($"reset: zones {gone:x} are let go, and nobody pressed the key");
        }

        int restored = quiet & ~_quiet;
        for (int zone = 0; restored != 0 && zone < _swarm.Zones; zone++)
        {
            if ((restored & (1 << zone)) != 0 && _inputs.SinceNormal(zone) > ShownTicksMax)
            {
                throw new ViolationException($"restored: zone {zone + 1} was not normal for {_inputs.SinceNormal(zone)} samples");
            }
        }
    }

    /// <summary>What a fault holds stays on until a reset that finds the fault gone, over restarts too.</summary>
    private void CheckHeldOutput(long uptime)
    {
        if (!_swarm.Holds)
        {
            return;
        }

        bool stands = _inputs.ActiveTicks(HoldingZone) > ShownTicksMax && ((Hidden | _drilled | _drilledBefore) & (1 << HoldingZone)) == 0;
        _heldSinceMs = stands && !_held ? _nowMs : _heldSinceMs;
        _held = stands || (_held && _nowMs - _inputs.ResetAtMs > ResetNearMs);
        bool settled = uptime - _swarm.UptimeBaseMs > 3_000;
        if (_held && settled && !_board.Output[(int)OutputRole.Relay3])
        {
            throw new ViolationException($"held: relay 3 is off, zone {HoldingZone + 1} active {stands}, and no reset found it normal");
        }
    }

    /// <summary>The same answer, signed, with more held than was ever sent.</summary>
    private Outgoing Strange(Outgoing answer)
    {
        byte[] bytes = [.. answer.Payload];
        MessageHeader header = new();
        uint[] held = new uint[Lanes.Count];
        if (header.DecodeDown(bytes, bytes.Length) != DecodeResult.Ok || header.Type != MessageType.Held
            || HeldThrough.Decode(bytes, bytes.Length, held) != DecodeResult.Ok)
        {
            return answer;
        }

        held[_chance.Below(Lanes.Count)] += (uint)_chance.Range(200_000, 2_000_000);
        int count = HeldThrough.Encode(bytes, held);
        MessageHeader.Seal(new StationKey(s_key), bytes, count);
        Trace("the answer says that more is held than was sent");
        return answer with { Payload = bytes };
    }
}
