// Owns: the events of a tick until they become records, fire first and only so many a tick.
// Must never: forget an event without counting it, or let lesser news go before a fire.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A queue of small events. Making a record costs about a thousand instructions, so a storm of zones is spread over the next ticks. The
    /// fire lane goes first; inside a lane the order stays, since a reset before an alarm means another thing than one after it.
    /// </summary>
    public sealed class PanelEvents
    {
        /// <summary>The place of an event that found no room: its details go nowhere.</summary>
        private const int Nowhere = Limits.EventsWaitingMax;
        private const int Places = Limits.EventsWaitingMax + 1;

        private readonly Settings _settings;
        private readonly EventKind[] _kind = new EventKind[Places];

        /// <summary>Four bytes of one number, so that an event costs few stores: zone + 1, other zone + 1, severity, flags.</summary>
        private readonly int[] _about = new int[Places];

        /// <summary>And three more: rule, unit, message.</summary>
        private readonly int[] _why = new int[Places];
        private readonly int[] _value = new int[Places];
        private readonly int[] _a = new int[Places];
        private readonly int[] _b = new int[Places];

        /// <summary>The lower half of the time: an event waits for seconds.</summary>
        private readonly int[] _atMs = new int[Places];
        private readonly int[] _dropped = new int[Lanes.Count];
        private readonly int[] _faultSequence = new int[Limits.ZonesMax];
        private int _alarmSequence;
        private int _next;
        private int _count;
        private int _fires;

        public PanelEvents(Settings settings)
        {
            _settings = settings;
        }

        /// <summary>Events that wait.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Zones of the drill that is on, by index: their events carry its flag.</summary>
        public int DrillZones;

        /// <summary>Flags that every event gets while they are set, see <see cref="EventFlags"/>.</summary>
        public int CommonFlags;

        /// <summary>
        /// Begins an event; the setters below fill in the last one begun. A full queue gives up a lesser event for one of the fire lane,
        /// and any other for a fire alarm.
        /// </summary>
        /// <param name="kind">See <see cref="EventKind"/>.</param>
        /// <param name="zone">Zone by index, -1 for none.</param>
        /// <param name="nowMs">When it happened.</param>
        public void Begin(EventKind kind, int zone, long nowMs)
        {
            Begin(kind, zone, Severity.None, 0, 0, 0, nowMs);
        }

        /// <summary>Likewise, with its flags and the kind's details A and B.</summary>
        public void Begin(EventKind kind, int zone, Severity severity, int flags, int a, int b, long nowMs)
        {
            int i = _count;
            if (i == Limits.EventsWaitingMax)
            {
                if (!MakeRoom(kind))
                {
                    Drop(kind);
                    _next = Nowhere;
                    return;
                }

                i = _count;
            }

            _count = i + 1;
            _fires += (int)kind <= LastOfFireLane ? 1 : 0;
            _next = i;
            _kind[i] = kind;
            bool drilled = zone >= 0 && (DrillZones & (1 << zone)) != 0;
            _about[i] = (zone + 1) | ((int)severity << 16) | ((flags | CommonFlags | (drilled ? EventFlags.Drill : 0)) << 24);
            _why[i] = 0;
            _value[i] = 0;
            _a[i] = a;
            _b[i] = b;
            _atMs[i] = (int)nowMs;
        }

        /// <summary>The kind's details, as the contract has them; a rule's zones are given by index and told by number.</summary>
        public void Details(int a, int b)
        {
            _a[_next] = a;
            _b[_next] = b;
        }

        public void Value(int value, Unit unit)
        {
            _value[_next] = value;
            _why[_next] |= (int)unit << 8;
        }

        public void Grade(Severity severity)
        {
            _about[_next] |= (int)severity << 16;
        }

        public void Flag(int flags)
        {
            _about[_next] |= flags << 24;
        }

        /// <summary>Number of a broadcast message, 1..255.</summary>
        public void Message(int number)
        {
            _why[_next] |= number << 16;
        }

        /// <summary>Why: the rule's number (0 = a default) and the second zone by index (-1 = none).</summary>
        public void Why(int rule, int other)
        {
            _why[_next] |= rule;
            _about[_next] |= (other + 1) << 8;
        }

        /// <summary>
        /// Turns up to <paramref name="most"/> waiting events into records, unless the log is full of what waits for flash.
        /// </summary>
        public void Flush(EventLog log, int most, long nowMs)
        {
            for (int n = 0; n < most && _count > 0; n++)
            {
                int i = First();
                if (!log.HasRoom(EventKinds.LaneOf(_kind[i])))
                {
                    break;
                }

                EventRecord record = log.Blank();
                Fill(record, i);
                log.Add(record, nowMs - (uint)((int)nowMs - _atMs[i]));
                Remember(record, log);
                Remove(i);
            }

            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                if (_dropped[(int)lane] > 0)
                {
                    log.CountLost(lane, _dropped[(int)lane]);
                    _dropped[(int)lane] = 0;
                }
            }
        }

        private const int LastOfFireLane = 99;

        private int First()
        {
            for (int i = 0; _fires > 0 && i < _count; i++)
            {
                if ((int)_kind[i] <= LastOfFireLane)
                {
                    return i;
                }
            }

            return 0;
        }

        private void Fill(EventRecord record, int i)
        {
            EventKind kind = _kind[i];
            int about = _about[i];
            int why = _why[i];
            int zone = (about & 0xFF) - 1;
            int other = ((about >> 8) & 0xFF) - 1;
            record.Kind = kind;
            record.Zone = zone < 0 ? 0 : _settings.ZoneNumber[zone];
            record.ZoneKind = zone < 0 ? ZoneKind.None : _settings.ZoneKind[zone];
            record.OtherZone = other < 0 ? 0 : _settings.ZoneNumber[other];
            record.Severity = (Severity)((about >> 16) & 0xFF);
            record.Flags = (about >> 24) & 0xFF;
            record.Rule = why & 0xFF;
            record.Unit = (Unit)((why >> 8) & 0xFF);
            record.Value = _value[i];
            bool isCase = kind >= EventKind.CaseOpened && kind <= EventKind.CaseClosed;
            bool ofAlarm =
                (kind >= EventKind.ClockStarted && kind <= EventKind.ClockMissed)
                || kind == EventKind.Acknowledged
                || kind == EventKind.DelayExpired;
            record.A =
                isCase ? _faultSequence[zone]
                : kind == EventKind.RuleFired ? _settings.NumberBits(_a[i])
                : _a[i];
            record.B = _b[i];
            record.C = ofAlarm ? _alarmSequence : why >> 16;
        }

        /// <summary>
        /// Cases, clocks and answers name the record that they go back to. After a restart that is not known any more, and said as 0.
        /// </summary>
        private void Remember(EventRecord record, EventLog log)
        {
            EventKind kind = record.Kind;
            if (kind == EventKind.FireAlarm && (record.Flags & EventFlags.FirstAlarm) != 0)
            {
                _alarmSequence = (int)log.At(Lane.Fire).Last;
            }
            else if ((kind == EventKind.Fault || kind == EventKind.Supervisory || kind == EventKind.Chattering) && record.Zone > 0)
            {
                _faultSequence[_settings.IndexOf(record.Zone)] = (int)log.At(Lane.Condition).Last;
            }
        }

        private bool MakeRoom(EventKind kind)
        {
            if ((int)kind > LastOfFireLane)
            {
                return false;
            }

            for (int i = _count - 1; i >= 0; i--)
            {
                if ((int)_kind[i] > LastOfFireLane)
                {
                    Drop(_kind[i]);
                    Remove(i);
                    return true;
                }
            }

            for (int i = _count - 1; kind == EventKind.FireAlarm && i >= 0; i--)
            {
                // A reset stays: without it the alarms before it would seem to stand.
                if (_kind[i] != EventKind.FireAlarm && _kind[i] != EventKind.Reset)
                {
                    Drop(_kind[i]);
                    Remove(i);
                    return true;
                }
            }

            return false;
        }

        private void Drop(EventKind kind)
        {
            _dropped[(int)EventKinds.LaneOf(kind)]++;
        }

        private void Remove(int i)
        {
            _fires -= (int)_kind[i] <= LastOfFireLane ? 1 : 0;
            _count--;
            int tail = _count - i;
            if (tail == 0)
            {
                return;
            }

            System.Array.Copy(_kind, i + 1, _kind, i, tail);
            System.Array.Copy(_about, i + 1, _about, i, tail);
            System.Array.Copy(_why, i + 1, _why, i, tail);
            System.Array.Copy(_value, i + 1, _value, i, tail);
            System.Array.Copy(_a, i + 1, _a, i, tail);
            System.Array.Copy(_b, i + 1, _b, i, tail);
            System.Array.Copy(_atMs, i + 1, _atMs, i, tail);
        }
    }
}
