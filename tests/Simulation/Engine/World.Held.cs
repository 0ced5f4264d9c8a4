// Owns: whether everything that the gateway recorded is held by the county.
// Must never: change the world.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Simulation;

public sealed partial class World
{
    private static bool Held(MainLoop loop)
    {
        bool held = !loop.Log.Waiting;
        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            LaneLog log = loop.Log.At(lane);
            held &= log.Held == log.Last;
        }

        return held;
    }

    private bool AllHeld() =>
        _loop is { Configured: true } loop && !loop.Log.InMemory && loop.Uplink.State == UplinkState.Online && Held(loop);
}
