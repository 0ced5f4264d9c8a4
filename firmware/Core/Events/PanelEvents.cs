// Owns: the events of a tick until they become records, fire first and only so many a tick.
// Must never: forget an event without counting it, or let lesser news go before a fire.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A method an event, named as in the contract; zones are given by index and told by number. Behind them is a queue of small events:
    /// making a record costs about a thousand instructions, so a storm of zones is spread over the next ticks. The fire lane goes first;
    /// inside a lane the order stays, since a reset before an alarm means another thing than one after it.
    /// </summary>
    public sealed partial class PanelEvents
    {
        private const int LastOfFireLane = 99;

        // An event is few stores: what it is about and why are bytes of two numbers.
        private const int OtherAt = 8;
        private const int SeverityAt = 16;
        private const int FlagsAt = 24;
        private const int UnitAt = 8;
        private const int NumberAt = 16;
        private const int ByPerson = (int)EventFlags.ByPerson << FlagsAt;
        private const int OfDrill = (int)EventFlags.Drill << FlagsAt;
        private const int Seconds = (int)Unit.Second << UnitAt;
        private const int Counted = (int)Unit.Count << UnitAt;

        private readonly Settings _settings;
        private readonly ZoneStages _stages;
        private readonly ZoneScan _scan;
        private readonly EventKind[] _kind;

        // Of each event a row: zone + 1, other zone + 1, severity where the kind alone does not say it, flags; rule, unit, detail C; value;
        // details A and B; the lower half of the time, since an event waits for seconds.
        private const int WhyAt = 1;
        private const int ValueAt = 2;
        private const int AAt = 3;
        private const int BAt = 4;
        private const int TimeAt = 5;
        private const int Row = 6;
        private readonly int[] _rows;
        private readonly int[] _dropped = new int[Lanes.Count];
        private readonly int[] _faultSequence;
        private int _alarmSequence;
        private int _count;
        private int _fires;

        public PanelEvents(Settings settings, ZoneStages stages, ZoneScan scan)
        {
            _settings = settings;
            _stages = stages;
            _scan = scan;
            int places = Limits.EventsOfNoZone + Limits.EventsOfZone * settings.Places;
            places = places < Limits.EventsWaitingMax ? places : Limits.EventsWaitingMax;
            _kind = new EventKind[places];
            _rows = new int[places * Row];
            _faultSequence = new int[settings.Places];
        }

        /// <summary>Events that wait.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Zones of the drill that is on, by index: their events carry its flag.</summary>
        public ZoneSet DrillZones;

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
                log.Add(record, nowMs - (uint)((int)nowMs - _rows[i * Row + TimeAt]));
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
            int at = i * Row;
            int about = _rows[at];
            int why = _rows[at + WhyAt];
            int zone = (about & 0xFF) - 1;
            int other = ((about >> OtherAt) & 0xFF) - 1;
            record.Kind = kind;
            record.Zone = zone < 0 ? 0 : _settings.ZoneNumber[zone];
            record.ZoneKind = zone < 0 ? ZoneKind.None : _settings.ZoneKind[zone];
            record.OtherZone = other < 0 ? 0 : _settings.ZoneNumber[other];
            Severity graded = (Severity)((about >> SeverityAt) & 0xFF);
            record.Severity = graded != Severity.None ? graded : EventKinds.SeverityOf(kind);
            record.Flags = (EventFlags)((about >> FlagsAt) & 0xFF);
            record.Rule = why & 0xFF;
            record.Unit = (Unit)((why >> UnitAt) & 0xFF);
            record.Value = _rows[at + ValueAt];
            bool isCase = kind >= EventKind.CaseOpened && kind <= EventKind.CaseClosed;
            bool ofAlarm =
                (kind >= EventKind.ClockStarted && kind <= EventKind.ClockMissed)
                || kind == EventKind.Acknowledged
                || kind == EventKind.DelayExpired;
            record.A =
                isCase ? _faultSequence[zone]
                : kind == EventKind.RuleFired ? _settings.NumberBits((ZoneSet)_rows[at + AAt])
                : _rows[at + AAt];
            record.B = _rows[at + BAt];
            record.C = ofAlarm ? _alarmSequence : why >> NumberAt;
        }

        /// <summary>
        /// Cases, clocks and acknowledgements name the record that caused them. After a restart that record is unknown: 0.
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

        /// <summary>
        /// Puts an event at the end. A full queue gives up a lesser event for one of the fire lane, and any other for a fire alarm.
        /// </summary>
        /// <param name="zone">Zone by index, -1 for none.</param>
        /// <param name="about">See the head of <see cref="_rows"/>, without the zone.</param>
        private void Put(EventKind kind, int zone, int about, int why, int value, int a, int b, long nowMs)
        {
            EventKind[] kinds = _kind;
            if (_count == kinds.Length && !MakeRoom(kind))
            {
                Drop(kind);
                return;
            }

            int i = _count;
            _count = i + 1;
            if ((int)kind <= LastOfFireLane)
            {
                _fires++;
            }

            kinds[i] = kind;
            bool drilled = zone >= 0 && (DrillZones & (ZoneSet)(1 << zone)) != 0;
            int[] rows = _rows;
            int at = i * Row;
            rows[at] = about | (zone + 1) | (drilled ? OfDrill : 0);
            rows[at + WhyAt] = why;
            rows[at + ValueAt] = value;
            rows[at + AAt] = a;
            rows[at + BAt] = b;
            rows[at + TimeAt] = (int)nowMs;
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
            System.Array.Copy(_rows, (i + 1) * Row, _rows, i * Row, tail * Row);
        }
    }
}
