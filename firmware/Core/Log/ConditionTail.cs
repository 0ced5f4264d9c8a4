// Owns: what the newest records of the condition lane say about what is reported, in case the power went between the log and the journal.
// Must never: reach back further than a storm of events; what is older is in the journal.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Brings the journal's entry of what was reported up to date, in memory. Each record sets or clears what it says, so that one that the
    /// entry covers already changes nothing.
    /// </summary>
    public sealed class ConditionTail : LogTail
    {
        private const int KindAt = 2;

        private readonly EventRecord _record = new EventRecord();
        private readonly Journal _journal;

        public ConditionTail(Journal journal)
        {
            _journal = journal;
        }

        public override uint Covered()
        {
            return (uint)_journal.Get(JournalKey.Reports, (int)ReportField.Covers);
        }

        public override void Take(byte[] records, int count, LogIdentity identity)
        {
            uint covered = Covered();
            for (int i = 0; i < count; i++)
            {
                int at = i * EventRecord.Size;
                bool tells = EventRecord.SequenceOf(records, at) > covered && Tells((EventKind)Bytes.U16(records, at + KindAt));
                if (tells && identity.Owns(records, at) && _record.Decode(records, at, records.Length) == DecodeResult.Ok)
                {
                    Take();
                }
            }
        }

        /// <summary>Kinds that change what is reported; each of them is soon covered, so the others cost no checksum.</summary>
        private static bool Tells(EventKind kind)
        {
            return (kind >= EventKind.Fault && kind <= EventKind.SupervisoryRestored)
                || (kind >= EventKind.TestActivation && kind <= EventKind.CountyAnswers)
                || kind == EventKind.DelayOn
                || kind == EventKind.DelayOff
                || kind == EventKind.Activated
                || kind == EventKind.Deactivated
                || kind == EventKind.SignalLost;
        }

        private void Take()
        {
            EventRecord record = _record;
            int bit = record.Zone >= 1 && record.Zone <= Limits.ZonesMax ? 1 << (record.Zone - 1) : 0;
            switch (record.Kind)
            {
                case EventKind.Fault when record.A == (int)FaultCause.Box:
                    Mark(ReportField.Box, BoxBits(record), 0);
                    break;
                case EventKind.FaultRestored when record.A == (int)FaultCause.Box:
                    Mark(ReportField.Box, 0, BoxBits(record));
                    break;
                case EventKind.NoCountyAnswer:
                    Mark(ReportField.Box, (int)BoxFault.NoCountyAnswer, 0);
                    break;
                case EventKind.CountyAnswers:
                    Mark(ReportField.Box, 0, (int)BoxFault.NoCountyAnswer);
                    break;
                case EventKind.DelayOn:
                    Mark(ReportField.Box, ReportBits.DelayOn, 0);
                    break;
                case EventKind.DelayOff:
                    Mark(ReportField.Box, 0, ReportBits.DelayOn);
                    break;
                case EventKind.Fault:
                    Mark(ReportField.Fault, bit, 0);
                    SetCause(record.Zone - 1, (FaultCause)record.A);
                    break;
                case EventKind.FaultRestored:
                    Mark(record.A == (int)FaultCause.Chatter ? ReportField.Chattering : ReportField.Fault, 0, bit);
                    break;
                case EventKind.Chattering:
                    Mark(ReportField.Chattering, bit, 0);
                    break;
                case EventKind.TestActivation:
                    Mark(ReportField.Tested, bit, 0);
                    break;
                case EventKind.Supervisory:
                    MarkSeen(ReportField.Supervisory, ReportField.SupervisoryLost, bit, 0);
                    break;
                case EventKind.SupervisoryRestored:
                    MarkSeen(ReportField.Supervisory, ReportField.SupervisoryLost, 0, bit);
                    break;
                case EventKind.Activated:
                    MarkSeen(ReportField.Activated, ReportField.ActivatedLost, bit, 0);
                    break;
                case EventKind.Deactivated:
                    MarkSeen(ReportField.Activated, ReportField.ActivatedLost, 0, bit);
                    break;
                case EventKind.SignalLost:
                    bool supervisory = (EventKind)record.B == EventKind.Supervisory;
                    Mark(supervisory ? ReportField.Supervisory : ReportField.Activated, 0, bit);
                    Mark(supervisory ? ReportField.SupervisoryLost : ReportField.ActivatedLost, bit, 0);
                    break;
                default:
                    break;
            }
        }

        /// <summary>Each key has a fault bit of its own; the bit for "some key" is derived from them and is left out here.</summary>
        private static int BoxBits(EventRecord record)
        {
            return record.B == (int)BoxFault.Key ? 1 << ((record.C & 7) + ReportBits.KeysShift) : record.B & 0xFF;
        }

        private void Mark(ReportField field, int set, int clear)
        {
            _journal.Set(JournalKey.Reports, (int)field, (_journal.Get(JournalKey.Reports, (int)field) & ~clear) | set);
        }

        /// <summary>A condition whose signal was seen again: it is no longer a lost one.</summary>
        private void MarkSeen(ReportField field, ReportField lostField, int set, int clear)
        {
            Mark(field, set, clear);
            Mark(lostField, 0, set | clear);
        }

        private void SetCause(int number, FaultCause cause)
        {
            if (number >= 0 && number < Limits.ZonesMax)
            {
                int shift = (number & 7) * 4;
                Mark(ReportField.Causes + number / 8, ReportBits.CauseBits(cause) << shift, 0xF << shift);
            }
        }
    }
}
