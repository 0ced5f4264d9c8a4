// Owns: what the newest fire records say about the latch, in case the power went between the log and the journal.
// Must never: reach further back than Limits.ReplaySegmentsMax segments; a tick's records, which the journal may not cover yet, span fewer.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Replays alarm and reset records that are newer than the journal's panel state.</summary>
    public sealed class FireTail : LogTail
    {
        private readonly EventRecord _record = new EventRecord();

        /// <param name="after">Last fire sequence that the journal's panel state covers.</param>
        /// <param name="latched">Bits of the zones (by number, bit n-1) that the journal has as latched.</param>
        public FireTail(uint after, int latched, bool silenced, bool acknowledged)
        {
            After = after;
            Latched = latched;
            Silenced = silenced;
            Acknowledged = acknowledged;
        }

        /// <summary>Last fire sequence that the journal's panel state covers.</summary>
        public uint After { get; }

        public override uint Covered()
        {
            return After;
        }

        /// <summary>Zones latched in fire, bit n-1 is zone n.</summary>
        public int Latched { get; private set; }

        /// <summary>Of the alarms that were replayed, the zones whose last one was raised in a drill, and those whose was not.</summary>
        public int InDrill { get; private set; }
        public int Real { get; private set; }

        public bool Silenced { get; private set; }

        /// <summary>Latched zones that came to rest, and those whose signal stands: the journal's, brought up to date.</summary>
        public int Quiet;
        public int Burning;

        /// <summary>Of these, the ones that signal anew in a silence and are not heard yet.</summary>
        public int Unheard;

        /// <summary>Zone number of the newest alarm that was replayed; 0 = none.</summary>
        public int Latest { get; private set; }

        /// <summary>Somebody has acknowledged the fire since the latest alarm.</summary>
        public bool Acknowledged { get; private set; }

        /// <summary>Zones, by number, whose pre-alarm was replayed.</summary>
        public int PreAlarm { get; private set; }

        public override void Take(byte[] records, int count, LogIdentity identity)
        {
            for (int i = 0; i < count; i++)
            {
                int at = i * EventRecord.Size;
                bool good = identity.Owns(records, at) && _record.Decode(records, at, records.Length) == DecodeResult.Ok;
                if (!good || _record.Sequence <= After)
                {
                    continue;
                }

                int bit = 1 << (_record.Zone - 1);
                switch (_record.Kind)
                {
                    case EventKind.FireAlarm:
                        if (_record.Zone >= 1 && _record.Zone <= Limits.ZonesMax)
                        {
                            Latched |= bit;
                            Burning |= bit;
                            Quiet &= ~bit;
                            Latest = _record.Zone;
                            bool drill = (_record.Flags & EventFlags.Drill) != 0;
                            InDrill = drill ? InDrill | bit : InDrill & ~bit;
                            Real = drill ? Real & ~bit : Real | bit;
                        }

                        bool heard = _record.B != (int)AlarmRepeat.AnewUnheard;
                        Silenced &= !heard;
                        Unheard = heard ? 0 : Unheard | bit;
                        Acknowledged = false;
                        break;
                    case EventKind.PreAlarm:
                        PreAlarm |= bit;
                        break;
                    case EventKind.Acknowledged:
                        Acknowledged = true;
                        break;
                    case EventKind.FireRestored:
                        Quiet |= bit;
                        Burning &= ~bit;
                        Unheard &= ~bit;
                        break;
                    case EventKind.FireSignalLost:
                        Burning &= ~bit;
                        Unheard &= ~bit;
                        break;
                    case EventKind.Silenced:
                        Silenced = true;
                        break;
                    case EventKind.Reset:
                        Latched = 0;
                        InDrill = 0;
                        Real = 0;
                        Quiet = 0;
                        Burning = 0;
                        Unheard = 0;
                        Latest = 0;
                        Silenced = false;
                        break;
                    default:
                        break;
                }
            }
        }
    }
}
