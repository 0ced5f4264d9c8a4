// Owns: calls to a fire elsewhere: whose place the box shows, who answers it, how it ends, and that it goes on over a restart.
// Must never: take a press for an answer that had a fire here to answer first.

using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Simulation;

public sealed partial class World
{
    private const long CallKeptMs = 20_000;
    private const long CallLeftMs = 30_000;

    private readonly Dictionary<string, int> _callSeconds = new(StringComparer.Ordinal);
    private readonly HashSet<uint> _callNumbers = [];
    private string _calledTo = "";
    private string _calledBefore = "";
    private long _calledSinceMs;
    private long _calledForMs;
    private int _callStarts;
    private bool _pressedInCall;
    private long _setOutOwedMs = long.MaxValue;

    /// <summary>By its records the box waits for somebody to set out; null = not known.</summary>
    private bool? _callOpen = false;

    /// <summary>As the box is asked now: this long it has shown the place, restarts not counted.</summary>
    private long CalledForMs => _calledForMs + _nowMs - _calledSinceMs;

    /// <summary>Each has a place of its own, so that what the box shows tells which of them it has.</summary>
    private bool AskCallOut()
    {
        int minutes = _calls.Below(4);
        string place = $"上溪村{_callSeconds.Count + 1}号";
        CommandRequest request = new(Station, (int)CommandCode.CallOut, minutes)
        {
            Text = minutes == 0 ? default : Encoding.UTF8.GetBytes(place),
        };
        if (Ask(request) is not { } command)
        {
            return false;
        }

        _callNumbers.Add(command.Number);
        if (minutes > 0)
        {
            _callSeconds.Add(place, minutes * 60);
        }

        return true;
    }

    /// <summary>Power takes what its last tick did: a call that stood for a while is there again behind it.</summary>
    private void CallOutGone()
    {
        bool moves = _callNumbers.Any(n => !_answered.Contains((n, CommandCode.CallOut))) || PressedLately(SimInputs.AnswerKey);
        bool stood = _calledTo.Length > 0 && _nowMs - _calledSinceMs > CallKeptMs + SlackMs;
        _calledForMs = CalledForMs;
        bool left = stood && (_callSeconds[_calledTo] * 1_000L) - _calledForMs > CallLeftMs + (_callStarts * CallLeftMs);
        _calledBefore = left && !moves ? _calledTo : "";
        _callStarts++;
        _setOutOwedMs = long.MaxValue;
        _pressedInCall = false;
    }

    private void CallOutCame(MainLoop loop)
    {
        string place = PartOf.CallOut(loop.Panel.State).Place;
        if (!_swarm.Duty)
        {
            return;
        }

        if (_calledBefore.Length > 0 && place != _calledBefore)
        {
            throw new ViolationException($"call-out: to {_calledBefore} before a restart, behind it to \"{place}\"");
        }

        _callOpen = place.Length > 0;
        _calledSinceMs = _nowMs;
        ShowCall(place);
    }

    private void CheckCallOut(MainLoop loop, int latched)
    {
        foreach (EventRecord r in _said)
        {
            HearCall(r);
        }

        ShowCall(PartOf.CallOut(loop.Panel.State).Place);
        if (_calledTo.Length > 0 && CalledForMs > (_callSeconds[_calledTo] * 1_000L) + (SlackMs * (_callStarts + 1)))
        {
            throw new ViolationException($"call-out: to {_calledTo} for {_callSeconds[_calledTo]} s, and it sounds for {CalledForMs} ms");
        }

        // A press that began before the call, or in a fire, may have been taken for another answer.
        _pressedInCall = _downTicks[SimInputs.AnswerKey] == 1 ? _calledTo.Length > 0 : _pressedInCall && _calledTo.Length > 0;
        _pressedInCall &= latched == 0;
        _setOutOwedMs = _calledTo.Length == 0 ? long.MaxValue
            : _surelyPressed[SimInputs.AnswerKey] && _pressedInCall ? _nowMs + SlackMs : _setOutOwedMs;
        if (_nowMs > _setOutOwedMs)
        {
            throw new ViolationException($"call-out: to {_calledTo}; the answer key was pressed, and it goes on");
        }
    }

    private void ShowCall(string place)
    {
        if (place == _calledTo)
        {
            return;
        }

        if (place.Length > 0 && !_callSeconds.ContainsKey(place))
        {
            throw new ViolationException($"call-out: to \"{place}\", where the county called nobody");
        }

        _calledTo = place;
        _calledSinceMs = _nowMs;
        _calledForMs = 0;
        _callStarts = 0;
        _setOutOwedMs = long.MaxValue;
    }

    private void HearCall(EventRecord r)
    {
        bool asked = r.Kind == EventKind.CallOutAsked;
        bool ended = r.Kind is EventKind.CallOutAnswered or EventKind.CallOutMissed or EventKind.CallOutEnded;
        _callOpen = r.Kind == EventKind.Loss && r.A == 0 ? null : _callOpen;
        if (!asked && !ended)
        {
            return;
        }

        bool twice = _callOpen == asked;
        bool unpressed = r.Kind == EventKind.CallOutAnswered && !PressedLately(SimInputs.AnswerKey);
        bool fireToo = r.Kind == EventKind.CallOutAnswered
            && _said.Exists(o => o.Kind == EventKind.Acknowledged && o.UptimeMs == r.UptimeMs);
        if (twice || unpressed || fireToo || (asked && !_callSeconds.ContainsValue(r.Value)))
        {
            string why = twice ? $"open {_callOpen}"
                : unpressed ? "nobody pressed the key"
                : fireToo ? "the press answered a fire" : "not asked";
            throw new ViolationException($"call-out: {EventKinds.Code(r.Kind)} value {r.Value}, {why}");
        }

        _callOpen = asked;
    }
}
