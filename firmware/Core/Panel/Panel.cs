// Owns: the conditions of the panel: what is latched, faulty, silenced, and what the outputs show for it.
// Must never: read a clock or an input, or let a fault sound as fire.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Zones are bits by index in the settings. All changes of a tick are taken in first; outputs are decided once, at the end.</summary>
    public sealed class Panel
    {
        private readonly Settings _settings;
        private readonly ZoneScan _scan;
        private readonly EventLog _log;
        private readonly OutputDriver _outputs;
        private readonly EventRecord _event = new EventRecord();
        private readonly byte[] _class = new byte[Limits.ZonesMax];
        private int _latched;
        private int _active;
        private int _fault;
        private int _supervisory;
        private int _panelFaults;
        private bool _silenced;
        private bool _buzzerSilenced;
        private int _first = -1;
        private int _latest = -1;

        public Panel(Settings settings, ZoneScan scan, EventLog log, OutputDriver outputs)
        {
            _settings = settings;
            _scan = scan;
            _log = log;
            _outputs = outputs;
        }

        /// <summary>Zones latched in fire, by index.</summary>
        public int Latched
        {
            get { return _latched; }
        }

        /// <summary>Zones in fault, by index.</summary>
        public int Faults
        {
            get { return _fault; }
        }

        public int Supervisory
        {
            get { return _supervisory; }
        }

        public bool Silenced
        {
            get { return _silenced; }
        }

        /// <summary>First zone of the fire condition by index, -1 without fire.</summary>
        public int FirstZone
        {
            get { return _first; }
        }

        /// <summary>Latest zone of the fire condition by index, -1 without fire.</summary>
        public int LatestZone
        {
            get { return _latest; }
        }

        /// <summary>Faults of the box itself, see <see cref="PanelFault"/>.</summary>
        public int PanelFaults
        {
            get { return _panelFaults; }
        }

        /// <summary>Zones that are active now, by index.</summary>
        public int ActiveZones
        {
            get { return _active; }
        }

        /// <summary>Changes whenever the state that must survive a restart changes.</summary>
        public int Version { get; private set; }

        /// <summary>See <see cref="ConditionBits"/>.</summary>
        public int Conditions
        {
            get
            {
                int conditions = _latched != 0 ? ConditionBits.Fire : 0;
                conditions |= (_fault | _panelFaults) != 0 ? ConditionBits.Fault : 0;
                conditions |= _supervisory != 0 ? ConditionBits.Supervisory : 0;
                conditions |= _silenced ? ConditionBits.Silenced : 0;
                return conditions | ((_panelFaults & PanelFault.NoCountyAnswer) != 0 ? ConditionBits.NoCountyAnswer : 0);
            }
        }

        /// <summary>Takes up the latch of before the restart. Zones that the settings no longer have are let go.</summary>
        public void Restore(FireTail tail, int firstNumber, int latestNumber)
        {
            for (int i = 0; i < _settings.ZoneCount; i++)
            {
                int number = _settings.ZoneNumber[i];
                if ((tail.Latched & (1 << (number - 1))) != 0)
                {
                    _latched |= 1 << i;
                    _first = _first < 0 || number == firstNumber ? i : _first;
                    _latest = _latest < 0 || number == latestNumber ? i : _latest;
                }
            }

            _silenced = _latched != 0 && tail.Silenced;
            Decide();
        }

        /// <summary>Puts what must survive a restart into the journal's memory.</summary>
        public void Save(Journal journal)
        {
            journal.Set(JournalKey.Panel, 0, (int)_log.At(Lane.Fire).Last);
            journal.Set(JournalKey.Panel, 1, NumberBits(_latched));
            journal.Set(JournalKey.Panel, 2, _silenced ? 1 : 0);
            journal.Set(JournalKey.Panel, 3, NumberOf(_first) | (NumberOf(_latest) << 8));
        }

        /// <summary>Takes in the scan's changes and the buttons, then decides.</summary>
        public void Step(long nowMs)
        {
            int changed = _scan.ChangedZones;
            for (int i = 0; changed != 0; i++)
            {
                if ((changed & (1 << i)) != 0)
                {
                    changed &= ~(1 << i);
                    ZoneChanged(i, _scan.Settled(i), nowMs);
                }
            }

            int pressed = _scan.PressedButtons;
            if ((pressed & (1 << Button.Silence)) != 0)
            {
                Silence(nowMs);
            }

            if ((pressed & (1 << Button.Reset)) != 0)
            {
                Reset(nowMs);
            }

            Decide();
        }

        /// <summary>Raises or clears a fault of the box itself.</summary>
        public void SetFault(int fault, bool on, long nowMs)
        {
            if (((_panelFaults & fault) != 0) == on)
            {
                return;
            }

            _panelFaults ^= fault;
            _event.Clear();
            bool county = fault == PanelFault.NoCountyAnswer;
            _event.Kind = on ? (county ? EventKind.NoCountyAnswer : EventKind.Fault) : county ? EventKind.CountyAnswers : EventKind.FaultRestored;
            _event.Severity = on ? Severity.General : Severity.None;
            _event.A = FaultCode.Panel;
            _event.B = fault;
            _log.Add(_event, nowMs);
            if (on)
            {
                _buzzerSilenced = false;
            }

            Decide();
        }

        private void ZoneChanged(int zone, int settled, long nowMs)
        {
            int bit = 1 << zone;
            int before = _class[zone];
            _class[zone] = (byte)settled;
            if (before >= InputClass.Short)
            {
                _fault &= ~bit;
                ZoneEvent(EventKind.FaultRestored, zone, Severity.None, before, nowMs);
            }
            else if (before == InputClass.Active)
            {
                Ended(zone, bit, nowMs);
            }

            if (settled >= InputClass.Short)
            {
                _fault |= bit;
                _buzzerSilenced = false;
                ZoneEvent(EventKind.Fault, zone, Severity.General, settled, nowMs);
            }
            else if (settled == InputClass.Active)
            {
                Began(zone, bit, nowMs);
            }
        }

        private void Began(int zone, int bit, long nowMs)
        {
            _active |= bit;
            switch (ZoneMeaning.OfKind(_settings.ZoneKind[zone]))
            {
                case ZoneMeaning.Fire:
                    if ((_latched & bit) != 0)
                    {
                        return;
                    }

                    bool first = _latched == 0;
                    _latched |= bit;
                    _first = first ? zone : _first;
                    _latest = zone;
                    _silenced = false;
                    Version++;
                    ZoneEvent(EventKind.FireAlarm, zone, Severity.Larger, InputClass.Active, nowMs, first ? EventFlags.FirstAlarm : 0);
                    break;
                case ZoneMeaning.Fault:
                    _fault |= bit;
                    _buzzerSilenced = false;
                    ZoneEvent(EventKind.Fault, zone, Severity.General, InputClass.Active, nowMs);
                    break;
                case ZoneMeaning.Supervisory:
                    _supervisory |= bit;
                    _buzzerSilenced = false;
                    ZoneEvent(EventKind.Supervisory, zone, Severity.Low, InputClass.Active, nowMs);
                    break;
                default:
                    ZoneEvent(EventKind.Activated, zone, Severity.None, InputClass.Active, nowMs);
                    break;
            }
        }

        private void Ended(int zone, int bit, long nowMs)
        {
            _active &= ~bit;
            switch (ZoneMeaning.OfKind(_settings.ZoneKind[zone]))
            {
                case ZoneMeaning.Fire:
                    ZoneEvent(EventKind.FireRestored, zone, Severity.None, InputClass.Active, nowMs);
                    break;
                case ZoneMeaning.Fault:
                    _fault &= ~bit;
                    ZoneEvent(EventKind.FaultRestored, zone, Severity.None, InputClass.Active, nowMs);
                    break;
                case ZoneMeaning.Supervisory:
                    _supervisory &= ~bit;
                    ZoneEvent(EventKind.SupervisoryRestored, zone, Severity.None, InputClass.Active, nowMs);
                    break;
                default:
                    ZoneEvent(EventKind.Deactivated, zone, Severity.None, InputClass.Active, nowMs);
                    break;
            }
        }

        private void Silence(long nowMs)
        {
            _buzzerSilenced = true;
            if (_latched == 0 || _silenced)
            {
                return;
            }

            _silenced = true;
            Version++;
            _event.Clear();
            _event.Kind = EventKind.Silenced;
            _event.Flags = EventFlags.ByPerson;
            _log.Add(_event, nowMs);
        }

        private void Reset(long nowMs)
        {
            if (_latched == 0)
            {
                return;
            }

            for (int i = 0; i < _settings.ZoneCount; i++)
            {
                if ((_latched & _active & (1 << i)) != 0)
                {
                    ZoneEvent(EventKind.ResetRefused, i, Severity.None, InputClass.Active, nowMs, EventFlags.ByPerson);
                    return;
                }
            }

            _event.Clear();
            _event.Kind = EventKind.Reset;
            _event.Flags = EventFlags.ByPerson;
            _event.A = NumberBits(_latched);
            _latched = 0;
            _silenced = false;
            _first = -1;
            _latest = -1;
            Version++;
            _log.Add(_event, nowMs);
        }

        /// <summary>What the outputs show for the conditions; fire and fault never share a sound.</summary>
        private void Decide()
        {
            bool fire = _latched != 0;
            bool trouble = (_fault | _panelFaults | _supervisory) != 0;
            _outputs.Set(OutputRole.Siren, fire && !_silenced ? Pattern.On : Pattern.Off);
            _outputs.Set(OutputRole.Strobe, fire ? Pattern.On : Pattern.Off);
            _outputs.Set(OutputRole.Relay1, fire ? Pattern.On : Pattern.Off);
            _outputs.Set(OutputRole.Relay2, fire ? Pattern.On : Pattern.Off);
            _outputs.Set(OutputRole.LampFire, !fire ? Pattern.Off : _silenced ? Pattern.On : Pattern.Flash);
            _outputs.Set(OutputRole.LampFault, (_fault | _panelFaults) != 0 ? Pattern.On : Pattern.Off);
            _outputs.Set(OutputRole.LampPower, Pattern.On);
            _outputs.Set(OutputRole.Buzzer, trouble && !_buzzerSilenced ? Pattern.Beep : Pattern.Off);
        }

        private void ZoneEvent(int kind, int zone, int severity, int inputClass, long nowMs, int flags = 0)
        {
            _event.Clear();
            _event.Kind = kind;
            _event.Zone = _settings.ZoneNumber[zone];
            _event.ZoneKind = _settings.ZoneKind[zone];
            _event.Severity = severity;
            _event.Flags = flags;
            _event.A = inputClass;
            _log.Add(_event, nowMs);
        }

        private int NumberOf(int zone)
        {
            return zone < 0 ? 0 : _settings.ZoneNumber[zone];
        }

        /// <summary>Bits by index as bits by zone number.</summary>
        public int NumberBits(int bits)
        {
            int numbers = 0;
            for (int i = 0; i < _settings.ZoneCount; i++)
            {
                if ((bits & (1 << i)) != 0)
                {
                    numbers |= 1 << (_settings.ZoneNumber[i] - 1);
                }
            }

            return numbers;
        }
    }

    /// <summary>Faults of the box itself, as bits.</summary>
    public static class PanelFault
    {
        /// <summary>No way to the county.</summary>
        public const int Link = 1;

        /// <summary>A fire that the county has not said to hold in time.</summary>
        public const int NoCountyAnswer = 2;

        /// <summary>The flash refuses records.</summary>
        public const int Flash = 4;
    }

    /// <summary>Field A of a fault: the input's class, or this for a fault of the box itself, which field B names.</summary>
    public static class FaultCode
    {
        public const int Panel = 100;
    }
}
