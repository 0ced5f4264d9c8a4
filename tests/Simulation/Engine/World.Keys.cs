// Owns: keys as they were really pressed: what counts as a press, and the fault of a key that is held.
// Must never: take a key that was closed while power came for a press.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Simulation;

public sealed partial class World
{
    private const int PressTicks = 6;
    private const int RestTicksMin = 3;
    private const int KeyHeldMs = 60_000;

    // Numbers of the keys in a record, in the order of the inputs.
    private static readonly int[] s_keyNumbers = [1, 2, 3, 4];

    private readonly int[] _downTicks = new int[SimInputs.Keys];
    private readonly int[] _restTicks = new int[SimInputs.Keys];
    private readonly int[] _restsBefore = new int[SimInputs.Keys];
    private readonly long[] _downSinceMs = new long[SimInputs.Keys];
    private readonly long[] _restSinceMs = new long[SimInputs.Keys];
    private readonly long[] _pressedAtMs = [.. Enumerable.Repeat(long.MinValue / 2, SimInputs.Keys)];
    private readonly bool[] _surelyPressed = new bool[SimInputs.Keys];
    private readonly bool[] _mayPress = new bool[SimInputs.Keys];
    private readonly bool[] _keyFault = new bool[SimInputs.Keys];
    private readonly bool[] _keyUnsure = new bool[SimInputs.Keys];

    private void KeysGone()
    {
        Array.Clear(_downTicks);
        Array.Clear(_restTicks);
        Array.Clear(_restsBefore);
        Array.Clear(_mayPress);

        // The fault of a key goes on over a restart; whether flash has what was said last is not known.
        foreach (EventRecord r in _said.Where(IsOfKey))
        {
            _keyUnsure[Array.IndexOf(s_keyNumbers, r.C)] = true;
        }
    }

    private static bool IsOfKey(EventRecord r) => r.B == (int)BoxFault.Key && r.A == (int)FaultCause.Box;

    private void KeysCame(long uptime)
    {
        Array.Fill(_downSinceMs, uptime);
        Array.Fill(_restSinceMs, uptime);
    }

    /// <summary>Counts what the box could see of its keys, and holds its records about held ones against that.</summary>
    private void CheckKeys(long uptime)
    {
        for (int key = 0; key < SimInputs.Keys; key++)
        {
            bool down = _inputs.IsHeld(key, _nowMs);

            // Where nothing else happens the world skips ticks: a rest of one or two samples is none that the box could see.
            _downSinceMs[key] = down && _downTicks[key] == 0 && _restTicks[key] >= RestTicksMin ? uptime : _downSinceMs[key];
            _restSinceMs[key] = !down && _restTicks[key] == 0 ? uptime : _restSinceMs[key];
            _mayPress[key] |= _restTicks[key] > 0;
            _surelyPressed[key] = down && _downTicks[key] == PressTicks - 1 && _restsBefore[key] >= PressTicks;
            _pressedAtMs[key] = down && _mayPress[key] ? _nowMs : _pressedAtMs[key];
            _mayPress[key] &= !down || _downTicks[key] < PressTicks - 1;
            _downTicks[key] = down ? _downTicks[key] + 1 : 0;
            _restsBefore[key] = down && _restTicks[key] == 0 ? _restsBefore[key] : _restTicks[key];
            _restTicks[key] = down ? 0 : _restTicks[key] + 1;
        }

        foreach (EventRecord r in _said.Where(IsOfKey))
        {
            int key = Array.IndexOf(s_keyNumbers, r.C);
            bool begins = r.Kind == EventKind.Fault;
            bool again = key >= 0 && _keyFault[key] == begins && !_keyUnsure[key];
            if (key < 0 || again || (begins && uptime - _downSinceMs[key] < KeyHeldMs - 1_000))
            {
                throw new ViolationException($"key: {EventKinds.Code(r.Kind)} of key {r.C}, which was not held for that");
            }

            _keyFault[key] = begins;
            _keyUnsure[key] = false;
        }

        for (int key = 0; key < SimInputs.Keys; key++)
        {
            bool held = _downTicks[key] > 0;
            long sinceMs = uptime - (held ? _downSinceMs[key] + KeyHeldMs : _restSinceMs[key]);
            if (_keyUnsure[key] && sinceMs > SlackMs)
            {
                _keyUnsure[key] = false;
                _keyFault[key] = held;
            }
            else if (held != _keyFault[key] && sinceMs > SlackMs)
            {
                throw new ViolationException($"key {s_keyNumbers[key]} is held {held}, and its fault is said to be {_keyFault[key]}");
            }
        }
    }

    /// <summary>A press of the key may be what the box acts on.</summary>
    private bool PressedLately(int key) => _nowMs - _pressedAtMs[key] <= SlackMs;
}
