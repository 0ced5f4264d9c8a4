// Owns: what a script can look at: the station, the last action, events that no line has taken, when outputs changed.
// Must never: grow beyond its bound.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Board;
using Gateway.Pc.Run;

namespace Gateway.Pc.Script;

/// <summary>The state between the lines of a running script.</summary>
/// <param name="county">Null for a script without a county.</param>
public sealed class ScriptScene(Station station, StoryCounty? county) : Watcher
{
    private readonly LinkedList<EventTrace> _before = new();
    private readonly LinkedList<EventTrace> _since = new();
    private readonly long[] _outputMs = new long[OutputRoles.Count];
    private EventTrace? _afterAction;
    private bool _acted;
    private int _actedZone;
    private bool _followed;

    public Station Station { get; } = station;

    public StoryCounty? County { get; } = county;

    /// <summary>What the county holds, for the lines that say so.</summary>
    public HeldLedger? Ledger { get; } = county is null ? null : new HeldLedger(county);

    /// <summary>The gateway's last answer to a command.</summary>
    public EventRecord? LastAnswer { get; private set; }

    public long NowMs { get; set; }

    /// <summary>When the line that is carried out had its turn.</summary>
    public long StepMs { get; set; }

    /// <summary>When the script last did something to the board, or let the county ask.</summary>
    public long ActionMs { get; private set; }

    public bool Quit { get; set; }

    /// <summary>What was last done to the board.</summary>
    public Hand? LastHand { get; private set; }

    /// <summary>False while the last action's event may still come: its zone settles, and its record goes to flash.</summary>
    public bool Followed => !_acted || _followed || NowMs - ActionMs >= ScriptLimits.FollowMs;

    /// <summary>When an output's pattern last changed.</summary>
    public long OutputMs(OutputRole role) => _outputMs[(int)role];

    /// <summary>The first fire alarm since the last action, or the first event of any kind.</summary>
    public EventTrace? FirstAfterAction() => _afterAction;

    /// <summary>An action now. An event from before it is no answer to it.</summary>
    /// <param name="hand">Null when the county asks.</param>
    public void Act(Hand? hand)
    {
        ActionMs = NowMs;
        _acted = true;
        _actedZone = hand is { Key: null } ? hand.Zone : 0;
        _followed = false;
        if (hand is not null)
        {
            LastHand = hand;
            _afterAction = null;
        }

        foreach (EventTrace trace in _since)
        {
            _before.AddLast(trace);
        }

        _since.Clear();
    }

    /// <summary>
    /// The oldest event of a kind, and of a zone unless that is 0, that came since the last action and that no line has taken; it is
    /// taken now.
    /// </summary>
    public EventTrace? Take(EventKind kind, int zone) => Take(_since, kind, zone);

    /// <summary>Likewise, also from before the last action: what must not have happened may not have happened earlier either.</summary>
    public EventTrace? TakeAny(EventKind kind, int zone) => Take(_before, kind, zone) ?? Take(_since, kind, zone);

    public override void Output(long ms, OutputRole role, Pattern pattern)
    {
        _outputMs[(int)role] = ms;
    }

    public override void Event(long ms, EventTrace trace, EventStep step)
    {
        if (step != EventStep.InFlash)
        {
            return;
        }

        if (trace.Record.Kind is EventKind.CommandDone or EventKind.CommandRefused)
        {
            LastAnswer = trace.Record;
        }

        if (LastHand is not null && (_afterAction is null || (IsFire(trace) && !IsFire(_afterAction))))
        {
            _afterAction = trace;
        }

        _followed |= _actedZone == 0 || trace.Record.Zone == _actedZone || trace.Record.OtherZone == _actedZone;
        _since.AddLast(trace);
        if (_before.Count + _since.Count > ScriptLimits.UntakenMax)
        {
            (_before.Count > 0 ? _before : _since).RemoveFirst();
        }
    }

    private static EventTrace? Take(LinkedList<EventTrace> untaken, EventKind kind, int zone)
    {
        for (LinkedListNode<EventTrace>? node = untaken.First; node is not null; node = node.Next)
        {
            if (node.Value.Record.Kind == kind && (zone == 0 || node.Value.Record.Zone == zone))
            {
                untaken.Remove(node);
                return node.Value;
            }
        }

        return null;
    }

    private static bool IsFire(EventTrace trace) => trace.Record.Kind == EventKind.FireAlarm;
}
