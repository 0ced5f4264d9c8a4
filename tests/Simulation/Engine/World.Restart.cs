// Owns: conditions as their records tell them, over restarts: begun once, found again once, restored once.
// Must never: judge a condition whose last record may or may not have been kept when the power went.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Simulation;

public sealed partial class World
{
    private const long SaidAtLastMs = 15_000;
    private const EventKind NoKind = default;

    private readonly Dictionary<(EventKind Kind, int Zone), ConditionTold> _conditions = [];
    private readonly long[] _unheardMs = new long[Limits.ZonesMax];

    private enum Stand
    {
        Closed,
        Open,
        Unknown,
    }

    /// <summary>What of the last tick is in flash is not known.</summary>
    private void RestartGone()
    {
        foreach (EventRecord r in _said)
        {
            if (ConditionOf(r) is { Kind: not NoKind } key)
            {
                Condition(key).Stand = Stand.Unknown;
            }
        }

        foreach (ConditionTold told in _conditions.Values)
        {
            told.FromBefore = true;
        }
    }

    private void CheckRestart(MainLoop loop)
    {
        int chattering = _settings.NumberBits(loop.Panel.State.Stages.Chattering);
        int disabled = _settings.NumberBits(loop.Panel.State.Disabled);
        for (int zone = 0; zone < Limits.ZonesMax; zone++)
        {
            bool unheard = ((chattering | disabled | _tested) & (1 << zone)) != 0;
            _unheardMs[zone] = unheard ? _nowMs : _unheardMs[zone];
        }

        foreach (EventRecord r in _said)
        {
            if (r.Kind == EventKind.Loss && r.A == 0)
            {
                // Events went before they had a number: what they said is not known.
                foreach (ConditionTold told in _conditions.Values)
                {
                    told.Stand = Stand.Unknown;
                }
            }
            else if (ConditionOf(r) is { Kind: not NoKind } key)
            {
                Judge(Condition(key), r);
            }
        }

        foreach (((EventKind kind, int zone), ConditionTold told) in _conditions)
        {
            // Nothing is owed of a zone that comes to no rest, is hidden, or waits for the end of a flood of events.
            long sinceMs = Math.Max(_upSinceMs, _unheardMs[zone - 1]);
            bool owed = told is { Stand: Stand.Open, FromBefore: true } && _nowMs - sinceMs > SaidAtLastMs + SlackMs;
            if (owed && _inputs.SteadyMs(zone - 1, _nowMs) > SaidAtLastMs + SlackMs)
            {
                throw new ViolationException($"restart: {EventKinds.Code(kind)} of zone {zone} began before it, and nothing is said of it");
            }
        }
    }

    private static void Judge(ConditionTold told, EventRecord r)
    {
        bool found = r.Flags.HasFlag(EventFlags.AfterRestart);
        bool begins = r.Kind is EventKind.Fault or EventKind.Supervisory or EventKind.Activated;
        bool open = told.Stand == Stand.Open;
        bool another = r.Kind == EventKind.Fault && r.A != (int)told.Cause;
        bool again = open && told.FromBefore && !another;
        bool good = told.Stand == Stand.Unknown || (found == again && (begins ? !open || again || another : open));
        if (!good)
        {
            string before = $"{told.Stand}, from before the start {told.FromBefore}, cause {(int)told.Cause}";
            string now = $"{EventKinds.Code(r.Kind)} of zone {r.Zone} cause {r.A} found again {found}";
            throw new ViolationException($"restart: {now}; it was {before}");
        }

        told.Stand = begins ? Stand.Open : Stand.Closed;
        told.FromBefore = false;
        told.Cause = (FaultCause)r.A;
    }

    private ConditionTold Condition((EventKind Kind, int Zone) key)
    {
        if (!_conditions.TryGetValue(key, out ConditionTold? told))
        {
            _conditions[key] = told = new ConditionTold();
        }

        return told;
    }

    /// <summary>The condition that a record begins or ends, by the kind that begins it; <see cref="NoKind"/> for none.</summary>
    private static (EventKind Kind, int Zone) ConditionOf(EventRecord r) => r.Zone == 0 ? (NoKind, 0) : r.Kind switch
    {
        EventKind.Fault => (EventKind.Fault, r.Zone),
        EventKind.FaultRestored when r.A != (int)FaultCause.Chatter => (EventKind.Fault, r.Zone),
        EventKind.Supervisory or EventKind.SupervisoryRestored => (EventKind.Supervisory, r.Zone),
        EventKind.Activated or EventKind.Deactivated when r.Zone != SimInputs.PatrolZone => (EventKind.Activated, r.Zone),
        _ => (NoKind, 0),
    };

    private sealed class ConditionTold
    {
        public Stand Stand { get; set; }

        /// <summary>Nothing was said of it since the last start.</summary>
        public bool FromBefore { get; set; }

        public FaultCause Cause { get; set; }
    }
}
