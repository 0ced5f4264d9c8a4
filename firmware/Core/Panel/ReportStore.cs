// Owns: what was reported, as the journal keeps it: by zone number, since a zone's index follows the settings' text.
// Must never: take a condition for a zone whose kind, in other settings, does not have it.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Fills the journal's entry, and takes it up at a start.</summary>
    public static class ReportStore
    {
        private const int CausesPerWord = 8;

        /// <param name="sequence">Last sequence of the condition lane, all of which is durable.</param>
        public static void Put(Journal journal, PanelState s, uint sequence)
        {
            Reported r = s.Reported;
            Settings settings = s.Settings;
            Set(journal, ReportField.Fault, settings.NumberBits(r.Fault));
            Set(journal, ReportField.Supervisory, settings.NumberBits(r.Supervisory));
            Set(journal, ReportField.SupervisoryLost, settings.NumberBits(r.SupervisoryLost));
            Set(journal, ReportField.Activated, settings.NumberBits(r.Activated));
            Set(journal, ReportField.ActivatedLost, settings.NumberBits(r.ActivatedLost));
            Set(journal, ReportField.PreAlarm, settings.NumberBits(r.PreAlarm));
            Set(journal, ReportField.Chattering, settings.NumberBits(r.Chattering));
            Set(journal, ReportField.Tested, settings.NumberBits(r.Tested));
            for (int word = 0; word < Limits.ZonesMax / CausesPerWord; word++)
            {
                int causes = 0;
                for (int k = CausesPerWord - 1; k >= 0 && r.Fault != 0; k--)
                {
                    int zone = settings.IndexOf(word * CausesPerWord + k + 1);
                    bool fault = zone >= 0 && Bits.Has(r.Fault, zone);
                    causes = (causes << 4) | (fault ? ReportBits.CauseBits((FaultCause)r.FaultCause[zone]) : 0);
                }

                Set(journal, ReportField.Causes + word, causes);
            }

            int flags = (r.DelayOn ? ReportBits.DelayOn : 0) | (s.BuzzerSilenced ? ReportBits.BuzzerSilenced : 0);
            Set(journal, ReportField.Box, (int)s.BoxFaults | (r.Keys << ReportBits.KeysShift) | flags);
            Set(journal, ReportField.Covers, (int)sequence);
        }

        /// <summary>
        /// Faults of the box go on until they are seen to be over. What zones had is compared with their inputs once these were looked at.
        /// </summary>
        public static void Restore(Journal journal, PanelState s)
        {
            Reported r = s.Reported;
            Settings settings = s.Settings;
            ZoneSet supervisory = settings.ZonesMeaning(ZoneMeaning.Supervisory);
            ZoneSet activation = settings.ZonesMeaning(ZoneMeaning.Activation);
            r.Fault = Zones(journal, s, ReportField.Fault);
            r.Supervisory = Zones(journal, s, ReportField.Supervisory) & supervisory;
            r.SupervisoryLost = Zones(journal, s, ReportField.SupervisoryLost) & supervisory;
            r.Activated = Zones(journal, s, ReportField.Activated) & activation;
            r.ActivatedLost = Zones(journal, s, ReportField.ActivatedLost) & activation;
            r.PreAlarm = Zones(journal, s, ReportField.PreAlarm);
            r.Chattering = Zones(journal, s, ReportField.Chattering);
            r.Tested = Zones(journal, s, ReportField.Tested);
            for (int i = 0; i < settings.ZoneCount; i++)
            {
                int number = settings.ZoneNumber[i] - 1;
                int causes = journal.Get(JournalKey.Reports, (int)ReportField.Causes + number / CausesPerWord);
                r.FaultCause[i] = (byte)ReportBits.CauseOf((causes >> (number % CausesPerWord * 4)) & 0xF);
            }

            int box = journal.Get(JournalKey.Reports, (int)ReportField.Box);
            r.Keys = (box >> ReportBits.KeysShift) & 0xFF;
            r.DelayOn = (box & ReportBits.DelayOn) != 0;
            s.BuzzerSilenced = (box & ReportBits.BuzzerSilenced) != 0;
            s.BoxFaults = ((BoxFault)(box & ((1 << ReportBits.KeysShift) - 1)) & ~BoxFault.Key) | (r.Keys != 0 ? BoxFault.Key : 0);
        }

        private static ZoneSet Zones(Journal journal, PanelState s, ReportField field)
        {
            return s.Settings.IndexBits(journal.Get(JournalKey.Reports, (int)field));
        }

        private static void Set(Journal journal, ReportField field, int value)
        {
            journal.Set(JournalKey.Reports, (int)field, value);
        }
    }
}
