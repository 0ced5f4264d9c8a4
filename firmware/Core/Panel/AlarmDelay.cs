// Owns: the delay of sounders and relays while the station is manned (EN 54-2 7.11): t1 to acknowledge, t2 to look.
// Must never: delay what is shown and reported, a call point, or a second zone.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Its states are those of <see cref="DelayPhase"/>.</summary>
    public sealed class AlarmDelay : FirePart
    {
        private DelayPhase _phase;

        /// <summary>True while the delay would hold outputs back; shown as a disablement.</summary>
        public bool On { get; private set; }

        /// <summary>True while it does hold outputs back.</summary>
        public bool Holding
        {
            get { return _phase == DelayPhase.ToAcknowledge || _phase == DelayPhase.ToLook; }
        }

        /// <summary>Local time switches the delay on and off; an unknown one means no delay.</summary>
        public override void SetTime(PanelState s, int day, bool becameKnown, long nowMs)
        {
            Settings settings = s.Settings;
            int minute = s.Conditions.Minute;
            On =
                settings.DelayT1S > 0
                && LocalTime.InWindow(minute, s.Conditions.Weekday, settings.DelayFromMin, settings.DelayToMin, settings.DelayDays);
            if (!On && Holding)
            {
                // The station is no longer manned: nobody would look.
                Clear(true);
            }

            if (minute < 0 || On == s.Reported.DelayOn)
            {
                return;
            }

            if (On)
            {
                s.Events.DelayOn(settings.DelayT1S + settings.DelayT2S, nowMs);
            }
            else
            {
                s.Events.DelayOff(becameKnown ? EventFlags.AfterRestart : 0, nowMs);
            }

            s.Reported.DelayOn = On;
            s.Told();
        }

        public override void Fire(PanelState s, FireMoment moment, ZoneSet zones, long nowMs)
        {
            switch (moment)
            {
                case FireMoment.Latching:
                    Latching(s, zones, nowMs);
                    break;
                case FireMoment.Acknowledged when _phase == DelayPhase.ToAcknowledge:
                    // Somebody acknowledged in t1: they have t2 to look.
                    _phase = s.Settings.DelayT2S > 0 ? DelayPhase.ToLook : DelayPhase.Over;
                    DueMs = _phase == DelayPhase.ToLook ? nowMs + s.Settings.DelayT2S * 1000L : long.MaxValue;
                    break;
                case FireMoment.Ended:
                    Clear(false);
                    break;
                default:
                    break;
            }
        }

        /// <summary>A phase ran out.</summary>
        public override void Step(PanelState s, long nowMs)
        {
            DelayPhase expired = _phase;
            Clear(true);
            if (expired != DelayPhase.None)
            {
                int limitS = expired == DelayPhase.ToAcknowledge ? s.Settings.DelayT1S : s.Settings.DelayT2S;
                s.Events.DelayExpired(expired, limitS, s.Latched, s.DrillFlag, nowMs);
                s.AskForAcknowledgement(nowMs);
                s.Version++;
            }
        }

        public override void Contribute(PanelState s)
        {
            s.Shown |= On ? ConditionBits.DelayOn | ConditionBits.Disabled : 0;
            s.Shown |= Holding ? ConditionBits.PreAlarm : 0;
            s.Signs |= Holding ? PanelSign.Holding : 0;
        }

        /// <summary>After a restart nothing may be held back any more.</summary>
        public override void Restore(Journal journal, FireTail tail, PanelState s, long nowMs)
        {
            Clear(true);
        }

        /// <summary>Ends it: over as long as there is a fire, and none without.</summary>
        public void Clear(bool over)
        {
            _phase = over ? DelayPhase.Over : DelayPhase.None;
            DueMs = long.MaxValue;
        }

        /// <summary>New fires: the first automatic one starts t1, anything more ends the delay.</summary>
        private void Latching(PanelState s, ZoneSet zones, long nowMs)
        {
            bool single = s.Latched == 0 && (zones & (zones - 1)) == 0;
            if (On && single && _phase == DelayPhase.None && !HasCallPoint(s.Settings, zones))
            {
                _phase = DelayPhase.ToAcknowledge;
                DueMs = nowMs + s.Settings.DelayT1S * 1000L;
                return;
            }

            Clear(true);
        }

        private static bool HasCallPoint(Settings settings, ZoneSet zones)
        {
            for (int i = 0; i < settings.ZoneCount; i++)
            {
                if ((zones & (ZoneSet)(1 << i)) != 0 && settings.ZoneKind[i] == ZoneKind.CallPoint)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
