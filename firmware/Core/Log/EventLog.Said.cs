// Owns: the events that the box tells of itself: starts, clock, link, settings, messages that were refused, how it fares.
// Must never: leave an event to another way in than these and the panel's.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A method an event, named as in the contract. These are few, so they go into their lane at once; what zones and people do waits for
    /// its turn in <see cref="PanelEvents"/>. Durable only after <see cref="Commit(long)"/>.
    /// </summary>
    public sealed partial class EventLog
    {
        /// <param name="reason">See <see cref="StartReason"/>.</param>
        public void Started(StartReason reason, uint settingsCrc, long nowMs)
        {
            Write(EventKind.Started, 0, Unit.None, (int)reason, (int)settingsCrc, 0, nowMs);
        }

        public void NewStore(long nowMs)
        {
            Write(EventKind.StoreNew, 0, Unit.None, 0, 0, 0, nowMs);
        }

        /// <param name="stepMs">New time minus the old; 0 when there was none.</param>
        /// <param name="first">First time since the start.</param>
        public void ClockSet(long stepMs, bool first, long nowMs)
        {
            Write(EventKind.ClockSet, Clamp(stepMs), Unit.Millisecond, Clamp(stepMs / 1000), first ? 1 : 0, (int)Origin.County, nowMs);
        }

        /// <param name="path">0 primary, 1 secondary.</param>
        public void LinkUp(int path, uint session, long downMs, long nowMs)
        {
            Write(EventKind.LinkUp, Clamp(downMs / 1000), Unit.Second, path, (int)session, 0, nowMs);
        }

        /// <summary>Messages of nobody we know, or sent again.</summary>
        /// <param name="why">See <see cref="DecodeResult"/>: what the latest was refused for.</param>
        public void MessagesRefused(DecodeResult why, int messages, long nowMs)
        {
            Write(EventKind.CommandRefused, (int)why, Unit.None, 0, 0, messages, nowMs);
        }

        public void SettingsLoaded(uint crc, Origin origin, long nowMs)
        {
            Write(EventKind.SettingsLoaded, 0, Unit.None, (int)crc, (int)origin, 0, nowMs);
        }

        public void SettingsRefused(int errors, int line, int column, Origin origin, SettingsReason reason, long nowMs)
        {
            Write(EventKind.SettingsRefused, errors, Unit.Count, line, column, (int)origin | ((int)reason << 8), nowMs);
        }

        /// <param name="start">Start of this trial, from 1.</param>
        public void SettingsTried(uint crc, Origin origin, int limitS, int start, long nowMs)
        {
            Write(EventKind.SettingsTried, limitS, Unit.Second, (int)crc, (int)origin, start, nowMs);
        }

        public void SettingsRolledBack(uint crc, Origin origin, int starts, long nowMs)
        {
            Write(EventKind.SettingsRolledBack, starts, Unit.Count, (int)crc, (int)origin, 0, nowMs);
        }

        /// <param name="numbers">Zones by number that alarm on plain contacts in an older settings text; that now has to be stated.</param>
        public void UnsupervisedFires(int numbers, uint crc, long nowMs)
        {
            Write(EventKind.UnsupervisedFires, 0, Unit.None, numbers, (int)crc, 0, nowMs);
        }

        /// <param name="numbers">Zones by number: gas, of which no rule speaks where rules speak of fires.</param>
        public void GasOutsideRules(int numbers, uint crc, long nowMs)
        {
            Write(EventKind.GasOutsideRules, 0, Unit.None, numbers, (int)crc, 0, nowMs);
        }

        /// <param name="gapMs">Longest look away from the inputs.</param>
        public void BoxState(int gapMs, int freeBytes, int nativeBytes, long nowMs)
        {
            Write(EventKind.BoxState, gapMs, Unit.Millisecond, freeBytes, nativeBytes, WorstWriteMs, nowMs);
        }

        private void Write(EventKind kind, int value, Unit unit, int a, int b, int c, long nowMs)
        {
            EventRecord record = Blank();
            record.Kind = kind;
            record.Severity = EventKinds.SeverityOf(kind);
            record.Value = value;
            record.Unit = unit;
            record.A = a;
            record.B = b;
            record.C = c;
            Add(record, nowMs);
        }

        private static int Clamp(long value)
        {
            return value > int.MaxValue ? int.MaxValue : value < int.MinValue ? int.MinValue : (int)value;
        }
    }
}
