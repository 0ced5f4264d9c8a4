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
    private readonly LinkedList<EventTrace> _untaken = new();
    private readonly long[] _outputMs = new long[OutputRole.Count];
    private EventTrace? _afterAction;

    public Station Station { get; } = station;

    public StoryCounty? County { get; } = county;

    /// <summary>What the county holds, for the lines that say so.</summary>
    public HeldLedger? Ledger { get; } = county is null ? null : new HeldLedger(county);

    /// <summary>The gateway's last answer to a command.</summary>
    public EventRecord? LastAnswer { get; private set; }

    public long NowMs { get; set; }

    /// <summary>When the line that is carried out had its turn.</summary>
    public long StepMs { get; set; }

    /// <summary>When the script last did something to the board.</summary>
    public long ActionMs { get; set; }

    public bool Quit { get; set; }

    public Hand? LastHand
    {
        get;
        set
        {
            field = value;
            _afterAction = null;
        }
    }

    /// <summary>When an output's pattern last changed.</summary>
    public long OutputMs(int role) => _outputMs[role];

    /// <summary>The first fire alarm since the last action, or the first event of any kind.</summary>
    public EventTrace? FirstAfterAction() => _afterAction;

    /// <summary>The oldest event of a kind, and of a zone unless that is 0, that no line has taken; it is taken now.</summary>
    public EventTrace? Take(int kind, int zone)
    {
        for (LinkedListNode<EventTrace>? node = _untaken.First; node is not null; node = node.Next)
        {
            if (node.Value.Record.Kind == kind && (zone == 0 || node.Value.Record.Zone == zone))
            {
                _untaken.Remove(node);
                return node.Value;
            }
        }

        return null;
    }

    public override void Output(long ms, int role, int pattern)
    {
        _outputMs[role] = ms;
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

        _untaken.AddLast(trace);
        if (_untaken.Count > ScriptLimits.UntakenMax)
        {
            _untaken.RemoveFirst();
        }
    }

    private static bool IsFire(EventTrace trace) => trace.Record.Kind == EventKind.FireAlarm;
}
