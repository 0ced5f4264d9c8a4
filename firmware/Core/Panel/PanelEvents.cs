// Owns: the events of a tick until they become records, fire first and only so many a tick.
// Must never: forget an event without counting it, or let lesser news go before a fire.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A queue of small events. Making a record costs about a thousand instructions, so a storm of zones is spread over the next ticks; a
    /// fire is taken
    /// out first whatever waits before it.
    /// </summary>
    public sealed class PanelEvents
    {
        private readonly EventRecord _record = new EventRecord();
        private readonly Settings _settings;
        private readonly short[] _kind = new short[Limits.EventsWaitingMax];
        private readonly byte[] _zone = new byte[Limits.EventsWaitingMax];
        private readonly byte[] _other = new byte[Limits.EventsWaitingMax];
        private readonly byte[] _severity = new byte[Limits.EventsWaitingMax];
        private readonly byte[] _flags = new byte[Limits.EventsWaitingMax];
        private readonly byte[] _rule = new byte[Limits.EventsWaitingMax];
        private readonly byte[] _unit = new byte[Limits.EventsWaitingMax];
        private readonly int[] _value = new int[Limits.EventsWaitingMax];
        private readonly int[] _a = new int[Limits.EventsWaitingMax];
        private readonly int[] _b = new int[Limits.EventsWaitingMax];
        private readonly long[] _atMs = new long[Limits.EventsWaitingMax];
        private int _next;

        public PanelEvents(Settings settings)
        {
            _settings = settings;
        }

        /// <summary>Events that wait.</summary>
        public int Count { get; private set; }

        /// <summary>Events that found no room: lesser ones only, counted in a loss record.</summary>
        public int Dropped { get; private set; }

        /// <summary>Flags that every event gets while they are set, see <see cref="EventFlags"/>.</summary>
        public int CommonFlags;

        /// <summary>
        /// Begins an event; the setters below fill in the last one begun. A full queue gives up its newest lesser event for a fire.
        /// </summary>
        /// <param name="kind">See <see cref="EventKind"/>.</param>
        /// <param name="zone">Zone by index, -1 for none.</param>
        /// <param name="nowMs">When it happened.</param>
        public void Begin(int kind, int zone, long nowMs)
        {
            if (Count == Limits.EventsWaitingMax)
            {
                Dropped++;
                if (EventKind.LaneOf(kind) != Lane.Fire || !DropLesser())
                {
                    _next = Count - 1;
                    return;
                }
            }

            int i = Count++;
            _next = i;
            _kind[i] = (short)kind;
            _zone[i] = (byte)(zone + 1);
            _other[i] = 0;
            _severity[i] = 0;
            _flags[i] = (byte)CommonFlags;
            _rule[i] = 0;
            _unit[i] = 0;
            _value[i] = 0;
            _a[i] = 0;
            _b[i] = 0;
            _atMs[i] = nowMs;
        }

        public void Details(int a, int b)
        {
            _a[_next] = a;
            _b[_next] = b;
        }

        public void Value(int value, int unit)
        {
            _value[_next] = value;
            _unit[_next] = (byte)unit;
        }

        public void Grade(int severity)
        {
            _severity[_next] = (byte)severity;
        }

        public void Flag(int flags)
        {
            _flags[_next] |= (byte)flags;
        }

        /// <summary>Why: the rule's number (0 = a default) and the second zone by index (-1 = none).</summary>
        public void Why(int rule, int other)
        {
            _rule[_next] = (byte)rule;
            _other[_next] = (byte)(other + 1);
        }

        /// <summary>Turns up to <see cref="Limits.EventsPerTick"/> waiting events into records.</summary>
        public void Flush(EventLog log)
        {
            for (int n = 0; n < Limits.EventsPerTick && Count > 0; n++)
            {
                int i = First();
                Fill(i);
                log.Add(_record, _atMs[i]);
                Remove(i);
            }

            if (Dropped > 0 && Count == 0)
            {
                log.CountLost(Lane.Condition, Dropped);
                Dropped = 0;
            }
        }

        private int First()
        {
            for (int i = 0; i < Count; i++)
            {
                if (_kind[i] == EventKind.FireAlarm)
                {
                    return i;
                }
            }

            return 0;
        }

        private void Fill(int i)
        {
            EventRecord record = _record;
            int zone = _zone[i] - 1;
            record.Clear();
            record.Kind = _kind[i];
            record.Zone = zone < 0 ? 0 : _settings.ZoneNumber[zone];
            record.ZoneKind = zone < 0 ? 0 : _settings.ZoneKind[zone];
            record.OtherZone = _other[i] == 0 ? 0 : _settings.ZoneNumber[_other[i] - 1];
            record.Severity = _severity[i];
            record.Flags = _flags[i];
            record.Rule = _rule[i];
            record.Unit = _unit[i];
            record.Value = _value[i];
            record.A = _a[i];
            record.B = _b[i];
        }

        private bool DropLesser()
        {
            for (int i = Count - 1; i >= 0; i--)
            {
                if (EventKind.LaneOf(_kind[i]) != Lane.Fire)
                {
                    Remove(i);
                    return true;
                }
            }

            return false;
        }

        private void Remove(int i)
        {
            Count--;
            int tail = Count - i;
            if (tail == 0)
            {
                return;
            }

            System.Array.Copy(_kind, i + 1, _kind, i, tail);
            System.Array.Copy(_zone, i + 1, _zone, i, tail);
            System.Array.Copy(_other, i + 1, _other, i, tail);
            System.Array.Copy(_severity, i + 1, _severity, i, tail);
            System.Array.Copy(_flags, i + 1, _flags, i, tail);
            System.Array.Copy(_rule, i + 1, _rule, i, tail);
            System.Array.Copy(_unit, i + 1, _unit, i, tail);
            System.Array.Copy(_value, i + 1, _value, i, tail);
            System.Array.Copy(_a, i + 1, _a, i, tail);
            System.Array.Copy(_b, i + 1, _b, i, tail);
            System.Array.Copy(_atMs, i + 1, _atMs, i, tail);
        }
    }
}
