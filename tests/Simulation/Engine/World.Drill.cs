// Owns: drills as people see them: which zones are played, how a drill ends, and what is real all the same.
// Must never: let a drilled zone count as real, or a real one as drilled.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Simulation;

public sealed partial class World
{
    private const long Unknown = -1;
    private const int PlaySoundTicksMax = 300;

    private readonly List<(long UptimeMs, int Zones)> _drills = [];
    private readonly long[] _pressedFromMs = new long[Limits.ZonesMax];
    private readonly long[] _freshMs = [.. Enumerable.Repeat(long.MinValue / 2, Limits.ZonesMax)];
    private int _drilled;
    private int _drilledBefore;
    private int _afterDrill;
    private bool _drillEnding;
    private int _played;
    private int _notPutBack;
    private long _drillMovedMs = long.MinValue / 2;
    private long _drillEndsMs = Unknown;
    private long _drillWarnedMs = Unknown;
    private long _warnedAtMs;
    private long _putBackOwedMs = long.MaxValue;
    private int _playSoundTicks;
    private long _endedAtUptimeMs = Unknown;
    private int _activeAtEnd;
    private int _settledAtEnd;

    /// <summary>The fire condition is one of a drill only.</summary>
    private bool IsPlayed(int latched) => latched != 0 && (latched & ~(_drilled | _drilledBefore)) == 0;

    private void DrillGone()
    {
        _drills.Clear();
        _endedAtUptimeMs = Unknown;
        _drillEndsMs = Unknown;
        _drillWarnedMs = Unknown;
        _putBackOwedMs = long.MaxValue;
    }

    private void DrillCame(MainLoop loop, long uptime)
    {
        _drilled = _settings.NumberBits(PartOf.Drill(loop.Panel.State).Zones);
        _drilledBefore = _drilled;
        _afterDrill = 0;
        _drillEnding = PartOf.Drill(loop.Panel.State).Ending;
        _notPutBack = _settings.NumberBits(loop.Panel.State.NotPutBack);
        _drills.Add((uptime - 1, _drilled));
    }

    /// <summary>A drill that ended lets go of its zones: what of them is in fire from here on is a new fire.</summary>
    private void SeeDrill(MainLoop loop, long uptime)
    {
        int drilled = _settings.NumberBits(PartOf.Drill(loop.Panel.State).Zones);
        _drilledBefore = _drilled;
        _drilled = drilled;

        // Another may begin in the tick in which one ends; then the warning of the first is over.
        bool another = _drillEnding && !PartOf.Drill(loop.Panel.State).Ending;
        _drillEnding = PartOf.Drill(loop.Panel.State).Ending;
        _afterDrill = _drilledBefore == drilled && !another ? 0 : _drilledBefore;
        if (_drilledBefore == drilled && !another)
        {
            return;
        }

        _drillMovedMs = _nowMs;
        _drills.Add((uptime, drilled));
        _endedAtUptimeMs = uptime;
        _activeAtEnd = 0;
        _settledAtEnd = 0;
        for (int zone = 0; zone < _swarm.Zones; zone++)
        {
            _activeAtEnd |= _inputs.SinceMajority(zone) <= ShownTicksMax ? _drilledBefore & (1 << zone) : 0;
            _settledAtEnd |= _inputs.ActiveTicks(zone) > SettlesTicksMax ? 1 << zone : 0;
        }

        _latched &= ~_drilledBefore;
        _quiet &= ~_drilledBefore;
        _played = _drilledBefore != 0 ? _drilledBefore : _played;
        if (_swarm.PressedInDrills && _drilledBefore == 0)
        {
            for (int zone = 0; zone < _swarm.Zones; zone++)
            {
                if (SimInputs.IsCallPoint(drilled & (1 << zone)))
                {
                    _inputs.Press(zone, _nowMs, _people.Range(100, 220) * 1_000L);
                }
            }
        }

        if (drilled != 0 && !_acts.Exists(a => a.Code == CommandCode.Drill && a.A > 0 && (a.B == drilled || a.B == 0)))
        {
            throw new ViolationException($"drill: zones {drilled:x} are drilled, and nobody asked for these");
        }
    }

    /// <summary>
    /// The county's word comes behind the panel in a tick: a zone that signals in the tick in which it ends a drill was played, and is on
    /// record, though nothing of it is left to be seen after the tick.
    /// </summary>
    private void SeeLastOfDrill()
    {
        int start = (int)_result.Starts;
        foreach (EventRecord r in _said)
        {
            bool last = r.Kind == EventKind.FireAlarm && r.Flags.HasFlag(EventFlags.Drill) && r.UptimeMs == _endedAtUptimeMs;
            if (last && (_activeAtEnd & (1 << (r.Zone - 1))) != 0 && !_truth.WasShown(start, r.UptimeMs, r.Zone))
            {
                _truth.Shown(start, r.UptimeMs, r.Zone, _nowMs);
            }
        }
    }

    private void CheckDrill(MainLoop loop, long uptime, int latched, int fresh, bool waits)
    {
        for (int zone = 0; zone < _swarm.Zones; zone++)
        {
            _freshMs[zone] = (fresh & (1 << zone)) != 0 ? _nowMs : _freshMs[zone];
        }

        foreach (EventRecord r in _said)
        {
            CheckFlag(r);
            switch (r.Kind)
            {
                case EventKind.DrillBegan:
                    _drillEndsMs = r.UptimeMs + (r.Value * 1_000L);
                    _drillWarnedMs = Unknown;
                    break;
                case EventKind.DrillEnding:
                    _drillWarnedMs = r.UptimeMs;
                    _warnedAtMs = _nowMs;
                    break;
                case EventKind.DrillEnded:
                    CheckDrillEnd(r, uptime);
                    break;
                default:
                    break;
            }
        }

        CheckNotPutBack(loop);
        CheckPlayedOutputs(latched, waits);
    }

    /// <summary>How it ended is said, and so it was.</summary>
    private void CheckDrillEnd(EventRecord r, long uptime)
    {
        bool good = r.B switch
        {
            (int)DrillEnd.Time => _drillEndsMs == Unknown || uptime >= _drillEndsMs,
            (int)DrillEnd.TestKey => PressedLately(SimInputs.TestKey),
            (int)DrillEnd.Fire => r.Zone > 0 && (_played & (1 << (r.Zone - 1))) == 0 && _nowMs - _freshMs[r.Zone - 1] <= SlackMs,
            _ => _acts.Exists(a => a.Code == CommandCode.Drill),
        };
        if (!good)
        {
            throw new ViolationException($"drill: it is said to have ended by {r.B} with zone {r.Zone}, and that is not so");
        }

        bool natural = r.B == (int)DrillEnd.Time && _drillWarnedMs != Unknown && _warnedAtMs - _upSinceMs > SlackMs;
        for (int zone = 0; natural && zone < _swarm.Zones; zone++)
        {
            bool played = (_played & (1 << zone)) != 0 && SimInputs.IsCallPoint(1 << zone);
            long pressedMs = _nowMs - (uptime - _drillWarnedMs) - _inputs.ActiveSinceMs(zone);
            bool told = _conditions.TryGetValue((EventKind.Fault, zone + 1), out ConditionTold? fault)
                && fault.Stand != Stand.Closed && fault.Cause == FaultCause.AfterDrill;
            if (played && pressedMs > SlackMs && !told && ((_disabled | _tested) & (1 << zone)) == 0)
            {
                _putBackOwedMs = _nowMs + SlackMs;
            }
        }
    }

    /// <summary>Only a call point that was pressed since before the warning is a fault and no fire.</summary>
    private void CheckNotPutBack(MainLoop loop)
    {
        int notPutBack = _settings.NumberBits(loop.Panel.State.NotPutBack);
        int more = notPutBack & ~_notPutBack;
        _notPutBack = notPutBack;
        for (int zone = 0; zone < _swarm.Zones; zone++)
        {
            // One that is let go of as the drill ends is still seen as pressed for some samples.
            bool still = _inputs.SinceMajority(zone) <= ShownTicksMax;
            _pressedFromMs[zone] = _inputs.IsActive(zone) || !still ? _inputs.NotActiveMs(zone) : _pressedFromMs[zone];
            bool since = _drillWarnedMs == Unknown || _nowMs - _pressedFromMs[zone] >= Uptime() - _drillWarnedMs - SlackMs;
            if ((more & (1 << zone)) != 0 && (!SimInputs.IsCallPoint(1 << zone) || !since))
            {
                throw new ViolationException($"drill: zone {zone + 1} is no fire after it, and was not left pressed since its warning");
            }
        }

        bool chatters = loop.Panel.State.Stages.Chattering != ZoneSet.None;
        bool told = _said.Exists(r => r.Kind == EventKind.Fault && r.A == (int)FaultCause.AfterDrill);
        _putBackOwedMs = told || chatters ? long.MaxValue : _putBackOwedMs;
        if (_nowMs > _putBackOwedMs)
        {
            throw new ViolationException("drill: a call point was not put back, and no fault says so");
        }
    }

    /// <summary>Relay 1 works for every real fire and for none that is played; a played one does not sound like a real one.</summary>
    private void CheckPlayedOutputs(int latched, bool waits)
    {
        bool moved = _drilled != _drilledBefore;
        bool real = (latched & ~_drilled) != 0 && !DelayHolds;
        if (!moved && !(waits && DelayHolds) && real != _board.Output[(int)OutputRole.Relay1])
        {
            throw new ViolationException($"linkage: relay 1 is on {!real}; zones {latched:x} are in fire, {_drilled:x} are drilled");
        }

        // A pattern moves on by one slot a tick at most, and from its start whenever another output changes.
        bool sounds = !moved && IsPlayed(latched) && _board.Output[(int)OutputRole.Siren];
        _playSoundTicks = sounds ? _playSoundTicks + 1 : 0;
        if (_playSoundTicks > PlaySoundTicksMax)
        {
            throw new ViolationException("drill: it sounds like a fire, without a pause");
        }
    }

    /// <summary>The flag is on events of drilled zones and of the drill itself.</summary>
    private void CheckFlag(EventRecord r)
    {
        bool flag = r.Flags.HasFlag(EventFlags.Drill);
        bool ofDrill = r.Kind is EventKind.DrillBegan or EventKind.DrillEnding or EventKind.DrillEnded;
        bool shared = r.Kind is EventKind.Silenced or EventKind.Reset or EventKind.Acknowledged or EventKind.Linkage or EventKind.RuleFired
            or EventKind.ClockStarted or EventKind.ClockMet or EventKind.ClockMissed or EventKind.DelayExpired or EventKind.HoldReleased;
        if (shared || _drills.Exists(d => Math.Abs(d.UptimeMs - r.UptimeMs) <= Limits.TickMs + _swarm.SlowFlashMs))
        {
            return;
        }

        int zones = _drills.FindLast(d => d.UptimeMs <= r.UptimeMs).Zones;

        // In flash a loss record says its age where others have their zone.
        bool wanted = ofDrill || (r.Zone > 0 && r.Kind != EventKind.Loss && (zones & (1 << (r.Zone - 1))) != 0);
        if (flag != wanted)
        {
            throw new ViolationException($"drill: {EventKinds.Code(r.Kind)} of zone {r.Zone} has its flag {flag}; drilled are {zones:x}");
        }
    }
}
