// Owns: whether a drill (演练) is on, which zones it has, its warning and its end, and call points that were not put back after it.
// Must never: take in a zone that it did not name, or last without an end.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Events of its zones and of the drill itself carry the flag, its zones have a sound of their own, and relays rest for them unless
    /// the settings allow them. Every other zone stays real. A minute before its end it warns: a call point that is pressed then and is
    /// not let go until the end was not put back (they latch until reset by key), and that is a fault; all else that signals is a fire.
    /// </summary>
    public sealed class Drill : FirePart
    {
        private readonly ZoneSet _callPoints;
        private readonly AlarmDelay _delay;
        private long _endMs;
        private ZoneSet _standing;
        private bool _warned;

        /// <summary>Zones of a drill that has just ended: what they still signal is a fire in the next step.</summary>
        private ZoneSet _ended;

        /// <param name="settings">Its zones.</param>
        /// <param name="delay">Ends with the drill, where a fire goes on.</param>
        public Drill(Settings settings, AlarmDelay delay)
        {
            _delay = delay;
            _callPoints = settings.ZonesOfKind(ZoneKind.CallPoint);
        }

        private ZoneSet _zones;

        /// <summary>Zones of the drill, by index; 0 when none is on.</summary>
        public ZoneSet Zones
        {
            get { return _zones; }
        }

        /// <summary>When the last minute's sign or the sign of a drill broken off ends; 0 without one.</summary>
        public long SignEndMs { get; private set; }

        public bool On
        {
            get { return _zones != 0; }
        }

        /// <summary>True in the last minute.</summary>
        public bool Ending
        {
            get { return On && _warned; }
        }

        public override int SaveMs
        {
            get { return On ? Limits.TimedSaveMs : Limits.StateSaveMs; }
        }

        /// <summary>Starts a drill, in place of one that is on; 0 minutes ends it.</summary>
        /// <param name="a">Minutes.</param>
        /// <param name="b">Its zones, bits by zone number; 0 = every zone.</param>
        public override CommandOutcome Command(PanelState s, CommandCode code, int a, int b, long nowMs)
        {
            if (code != CommandCode.Drill)
            {
                return CommandOutcome.Unknown;
            }

            if (a == 0)
            {
                if (!On)
                {
                    return CommandOutcome.NothingToDo;
                }

                End(s, s.Origin == Origin.Key ? DrillEnd.TestKey : DrillEnd.Command, -1, s.Origin, nowMs);
                return CommandOutcome.Done;
            }

            ZoneSet zones = b == 0 ? s.Settings.IndexBits(-1) : s.Settings.IndexBits(b);
            if (b != 0 && (zones == 0 || s.Settings.NumberBits(zones) != b))
            {
                return CommandOutcome.UnknownZone;
            }

            if (a < 0 || a > s.Settings.DrillMaxMin)
            {
                return CommandOutcome.OutOfRange;
            }

            if (s.Latched != 0 || ((s.PreAlarm | s.Signalling) & zones) != 0)
            {
                return CommandOutcome.FireIsLatched;
            }

            if (On)
            {
                End(s, DrillEnd.Replaced, -1, s.Origin, nowMs);
            }

            Begin(s, zones, a, nowMs);
            return s.Noted(true);
        }

        /// <summary>Who sees a real fire during a drill ends the drill by key; zones that still signal then sound at once.</summary>
        public override CommandOutcome Key(PanelState s, Button button, long nowMs)
        {
            return button == Button.Test && On ? Command(s, CommandCode.Drill, 0, 0, nowMs) : CommandOutcome.Unknown;
        }

        public override void Step(PanelState s, long nowMs)
        {
            Follow(s);
            SignEndMs = nowMs < SignEndMs ? SignEndMs : 0;
            if (_zones != 0 && !_warned && nowMs >= _endMs - Limits.DrillWarnMs)
            {
                _warned = true;
                _standing = Pressed(s) & _zones;
                SignEndMs = nowMs + Limits.LampTestMs;
                s.Events.DrillEnding((int)((_endMs - nowMs + 999) / 1000), nowMs);
                s.Version++;
            }

            if (_zones != 0 && nowMs >= _endMs && s.Stages.Unseen == 0)
            {
                End(s, DrillEnd.Time, -1, Origin.Timer, nowMs);
            }

            Plan();
        }

        /// <summary>
        /// A fire elsewhere breaks a drill off. Once a drill is over, whatever still signals of its zones is a fire at once, and so breaks
        /// off the one that took its place.
        /// </summary>
        public override ZoneSet Fires(PanelState s, ZoneSet fires, ZoneSet signals, long nowMs)
        {
            Follow(s);
            fires |= StillSignals(s, signals);
            ZoneSet real = fires & ~_zones;
            if (_zones != 0 && real != 0)
            {
                End(s, DrillEnd.Fire, Bits.Lowest(real), Origin.Input, nowMs);
                s.FiresWaiting |= StillSignals(s, signals);
                fires = real;
            }

            return fires;
        }

        public override void Contribute(PanelState s)
        {
            s.Shown |= _zones != 0 ? ConditionBits.Drill : 0;
            s.Signs |= Ending || SignEndMs != 0 ? PanelSign.TestLampFlashes : 0;
            if (SignEndMs != 0)
            {
                s.Sounds(Pattern.Drill);
            }
        }

        /// <summary>Minutes left; 0 when none is on.</summary>
        public int RemainingMin(long nowMs)
        {
            int left = (int)((_endMs - nowMs + Limits.MinuteMs - 1) / Limits.MinuteMs);
            return _zones == 0 ? 0
                : left < 1 ? 1
                : left;
        }

        public override void Save(Journal journal, PanelState s, long nowMs)
        {
            Saved.Put(journal, SavedField.Drilled, s.Settings.NumberBits(_zones));
            Saved.Put(journal, SavedField.DrillMin, RemainingMin(nowMs));
            Saved.Put(journal, SavedField.DrillKept, s.Settings.NumberBits(Kept(s)));
        }

        /// <summary>
        /// Goes on after a restart, which costs it a minute. Its last minute goes on until every input was looked at. An alarm without its
        /// flag that the journal does not know of means that the drill was over; the zones of a drill that is over are let go, and what
        /// they still signal is found by the scan.
        /// </summary>
        public override void Restore(Journal journal, FireTail tail, PanelState s, long nowMs)
        {
            Settings settings = s.Settings;
            int minutes = Saved.Get(journal, SavedField.DrillMin);
            minutes = tail.Real != 0 ? 0
                : minutes > settings.DrillMaxMin ? settings.DrillMaxMin
                : minutes;
            ZoneSet drilled = settings.IndexBits(Saved.Get(journal, SavedField.Drilled));
            ZoneSet kept = settings.IndexBits(Saved.Get(journal, SavedField.DrillKept));
            _zones = minutes > 0 ? drilled : 0;
            s.Events.DrillZones = _zones;
            _endMs = nowMs + (minutes - 1) * (long)Limits.MinuteMs;
            _warned = minutes == 1;
            _standing = _warned ? kept & drilled : 0;
            s.NotPutBack = On && !_warned ? kept : kept & ~drilled;
            s.Latched &= ~((drilled | settings.IndexBits(tail.InDrill)) & ~(_zones | settings.IndexBits(tail.Real)));
            Plan();
        }

        private void Begin(PanelState s, ZoneSet zones, int minutes, long nowMs)
        {
            _zones = zones;
            SignEndMs = 0;
            _warned = false;
            _standing = 0;
            _endMs = nowMs + minutes * (long)Limits.MinuteMs;
            PanelEvents events = s.Events;
            events.DrillZones = zones;
            events.DrillBegan(zones, s.Origin, minutes * 60, s.Settings.DrillLinkage, nowMs);
            Plan();
        }

        /// <summary>
        /// Ends the drill. Later events do not carry the flag; its zones are unlatched, with the outputs that they started and no others. A
        /// zone that still signals is a fire: the panel's next step raises it again.
        /// </summary>
        /// <param name="how">See <see cref="DrillEnd"/>.</param>
        /// <param name="zone">The zone whose fire broke it off, by index; -1 for none.</param>
        private void End(PanelState s, DrillEnd how, int zone, Origin origin, long nowMs)
        {
            _ended = _zones;
            s.FiresWaiting &= ~_zones;
            s.Events.DrillEnded(how, zone, origin, nowMs);
            s.Events.DrillZones = 0;
            s.NotPutBack |= how == DrillEnd.Time ? _standing : 0;
            SignEndMs = how == DrillEnd.TestKey ? nowMs + Limits.LampTestMs : 0;
            _zones = 0;
            s.Rules.EndDrill();
            s.EndFire(_ended, nowMs);
            Plan();
            s.Noted(true);
        }

        private ZoneSet StillSignals(PanelState s, ZoneSet signals)
        {
            ZoneSet still = signals & _ended & ~s.Latched;
            _ended = 0;
            if (still != 0)
            {
                _delay.Clear(true);
            }

            return still;
        }

        /// <summary>A call point that was let go of meanwhile was put back.</summary>
        private void Follow(PanelState s)
        {
            ZoneSet kept = Kept(s);
            ZoneSet pressed = Pressed(s);
            s.NotPutBack &= pressed;
            if (_zones != 0)
            {
                _standing &= pressed;
            }

            s.Version += kept != Kept(s) ? 1 : 0;
        }

        /// <summary>Call points that are pressed, and zones of which nothing can be said yet after a start.</summary>
        private ZoneSet Pressed(PanelState s)
        {
            return (s.Stages.ConfirmedZones & _callPoints) | s.Stages.Unseen;
        }

        /// <summary>
        /// Call points that must be known over a restart: not put back after a drill, or pressed since before the warning of this one.
        /// </summary>
        private ZoneSet Kept(PanelState s)
        {
            return s.NotPutBack | (Ending ? _standing : 0);
        }

        private void Plan()
        {
            DueMs = SignEndMs != 0 ? SignEndMs : long.MaxValue;
            long dueMs = _zones == 0 ? DueMs : _warned ? _endMs : _endMs - Limits.DrillWarnMs;
            DueMs = dueMs < DueMs ? dueMs : DueMs;
        }
    }
}
