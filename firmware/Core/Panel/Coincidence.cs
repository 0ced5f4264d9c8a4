// Owns: groups of zones that make a fire only together, and the pre-alarm until then.
// Must never: hold back a zone that is in no such group, or a call point.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Zones of a dependent group are pre-alarms until as many as the group needs are active, or were within its window (EN 54-2:
    /// dependency on more than one signal). A pre-alarm that stands alone for too long becomes a fire all the same.
    /// </summary>
    public sealed class Coincidence : FirePart
    {
        /// <summary>Since when a zone signals alone, in the lower half of the time.</summary>
        private readonly int[] _sinceMs;
        private readonly ZoneSet _dependent;
        private ZoneSet _standing;
        private ZoneSet _together;
        private ZoneSet _drilled;

        public Coincidence(Settings settings)
        {
            _sinceMs = new int[settings.Places];
            for (int g = 0; g < settings.GroupCount; g++)
            {
                if (settings.GroupNeed[g] > 1)
                {
                    _dependent |= settings.GroupZones[g];
                }
            }
        }

        /// <summary>Zones in pre-alarm, by index.</summary>
        public ZoneSet PreAlarm { get; private set; }

        public override int OtherOf(Settings settings, int zone)
        {
            ZoneSet bit = (ZoneSet)(1 << zone);
            for (int g = 0; g < settings.GroupCount && (_together & bit) != 0; g++)
            {
                ZoneSet zones = settings.GroupZones[g];
                ZoneSet side = (_drilled & bit) != 0 ? _drilled : ~_drilled;
                ZoneSet others = settings.GroupNeed[g] > 1 && (zones & bit) != 0 ? zones & side & _together & ~bit : 0;
                if (others != 0)
                {
                    return Bits.Lowest(others);
                }
            }

            return -1;
        }

        /// <summary>Zones that are a fire now: alone, or with enough others. What a disablement or a test hides does not count.</summary>
        public override ZoneSet Fires(PanelState s, ZoneSet fires, ZoneSet signals, long nowMs)
        {
            ZoneSet found = Together(s, signals, s.Disabled | s.Tested, s.Events.DrillZones, nowMs);
            return fires | (found & ~s.Latched);
        }

        public override void Fire(PanelState s, FireMoment moment, ZoneSet zones, long nowMs)
        {
            PreAlarm &= moment == FireMoment.Ended ? ~zones : ZoneSet.All;
        }

        public override void Contribute(PanelState s)
        {
            s.PreAlarm = PreAlarm;
            s.Shown |= PreAlarm != 0 ? ConditionBits.PreAlarm : 0;
        }

        /// <param name="drilled">Zones of a drill: they count among themselves only.</param>
        private ZoneSet Together(PanelState s, ZoneSet signals, ZoneSet excluded, ZoneSet drilled, long nowMs)
        {
            Settings settings = s.Settings;
            ZoneStages stages = s.Stages;
            ZoneSet latched = s.Latched;
            PreAlarm &= ~excluded;
            _drilled = drilled;
            _together = 0;
            ZoneSet fires = signals & ~_dependent;
            ZoneSet waiting = signals & _dependent & ~latched;
            if ((waiting | PreAlarm) == 0)
            {
                DueMs = long.MaxValue;
                return fires;
            }

            ZoneSet kept = 0;
            for (int g = 0; g < settings.GroupCount; g++)
            {
                if (settings.GroupNeed[g] > 1)
                {
                    ZoneSet members = Members(settings, g, signals | latched, ~drilled, stages, nowMs);
                    ZoneSet enough = Bits.Count(members) >= settings.GroupNeed[g] ? members : 0;
                    if (drilled != 0)
                    {
                        ZoneSet ofDrill = Members(settings, g, signals | latched, drilled, stages, nowMs);
                        enough |= Bits.Count(ofDrill) >= settings.GroupNeed[g] ? ofDrill : 0;
                        members |= ofDrill;
                    }

                    _together |= enough;
                    fires |= enough & ~latched;
                    kept |= members & ~(enough | latched);
                }
            }

            fires |= Alone(settings, waiting & ~fires, nowMs);
            PreAlarm = kept & ~fires;

            // A second is fine enough for ends that are given in seconds, and spares a plan for each of them.
            DueMs = PreAlarm == 0 ? long.MaxValue : nowMs + Limits.SecondMs;
            return fires;
        }

        private ZoneSet Members(Settings settings, int group, ZoneSet signals, ZoneSet side, ZoneStages stages, long nowMs)
        {
            ZoneSet members = settings.GroupZones[group] & signals & side;
            ZoneSet rest = settings.GroupZones[group] & PreAlarm & side & ~members;
            long oldest = nowMs - settings.GroupWithinS[group] * 1000L;
            for (int i = 0; rest != 0; i++)
            {
                ZoneSet bit = (ZoneSet)(1 << i);
                if ((rest & bit) != 0)
                {
                    rest &= ~bit;
                    members |= stages.LastConfirmedMs(i) > oldest ? bit : 0;
                }
            }

            return members;
        }

        /// <summary>Zones that signal without company for longer than their group allows.</summary>
        private ZoneSet Alone(Settings settings, ZoneSet waiting, long nowMs)
        {
            for (ZoneSet fresh = waiting & ~(_standing & PreAlarm); fresh != 0; fresh &= fresh - 1)
            {
                _sinceMs[Bits.Lowest(fresh)] = (int)nowMs;
            }

            _standing = waiting;
            ZoneSet fires = 0;
            for (int g = 0; g < settings.GroupCount; g++)
            {
                int aloneS = settings.GroupAloneS[g];
                ZoneSet rest = settings.GroupNeed[g] > 1 && aloneS > 0 ? settings.GroupZones[g] & waiting : 0;
                for (; rest != 0; rest &= rest - 1)
                {
                    fires |= (int)nowMs - _sinceMs[Bits.Lowest(rest)] >= aloneS * 1000 ? (ZoneSet)((int)rest & -(int)rest) : 0;
                }
            }

            return fires;
        }
    }
}
