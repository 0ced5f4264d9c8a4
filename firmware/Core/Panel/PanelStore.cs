// Owns: what of the panel goes into the journal and comes back before the first scan.
// Must never: write more often than something changed, or a timed state's quarter of an hour passed.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>The latch and what belongs to it; each part puts and takes its own. Places are in <see cref="SavedField"/>.</summary>
    public sealed class PanelStore
    {
        private readonly Journal _journal;
        private readonly PanelState _state;

        // A latch that was found again in the fire lane's tail is not in the journal yet, so the first save is always due.
        private int _savedVersion = -1;
        private long _timedMs;
        private long _retryMs;

        public PanelStore(Journal journal, PanelState state)
        {
            _journal = journal;
            _state = state;
        }

        /// <summary>
        /// True when <see cref="Save"/> has something to do. A rule is not kept as one that holds before it has done what it does once.
        /// </summary>
        public bool Due(long nowMs)
        {
            return (_state.Version != _savedVersion || nowMs >= _timedMs) && nowMs >= _retryMs && !_state.Rules.Acting;
        }

        /// <summary>Writes what changed. Called when every event so far is durable, so that no latch is kept whose alarm is not.</summary>
        /// <param name="fireSequence">Last sequence of the fire lane, which this state covers.</param>
        /// <param name="conditionSequence">Likewise of the condition lane.</param>
        public void Save(uint fireSequence, uint conditionSequence, long nowMs)
        {
            PanelState s = _state;
            if (s.Reported.Changed)
            {
                // All else follows in the next tick: each entry costs a checksum and a write.
                ReportStore.Put(_journal, s, conditionSequence);
                s.Reported.Changed = !_journal.Save(JournalKey.Reports);
                _retryMs = s.Reported.Changed ? nowMs + Limits.FlashRetryMs : 0;
                return;
            }

            _timedMs = nowMs + SaveMs();
            Put(fireSequence);
            for (PanelPart part = s.Parts; part != null; part = part.Next)
            {
                part.Save(_journal, s, nowMs);
            }

            // The panel's entry behind the one with the windows' days: with a cut between them no window is open that has another's day.
            bool good = _journal.Save(JournalKey.Repeats) && _journal.Save(JournalKey.Panel);
            good = good && _journal.Save(JournalKey.Disablements) && _journal.Save(JournalKey.Disablements + 1);
            if (good && _journal.Save(JournalKey.Cases) && _journal.Save(JournalKey.Commands))
            {
                _savedVersion = s.Version;
            }
            else
            {
                _retryMs = nowMs + Limits.FlashRetryMs;
            }
        }

        /// <summary>
        /// Takes everything up again. A restart costs whatever runs for a time one minute of it, and that is written at once: a box that
        /// starts again and again must not keep a disablement alive.
        /// </summary>
        public void Restore(FireTail tail, long nowMs)
        {
            PanelState s = _state;
            Settings settings = s.Settings;
            s.Latched = settings.LatchBits(tail.Latched);
            for (PanelPart part = s.Parts; part != null; part = part.Next)
            {
                part.Restore(_journal, tail, s, nowMs);
            }

            if (s.Latched == 0)
            {
                s.EndFire(0, nowMs);
            }

            s.Silenced = s.Latched != 0 && tail.Silenced;
            s.UnacknowledgedMs = s.Latched != 0 && !tail.Acknowledged ? -1 : 0;
            s.First = FirstOf(s.Latched, Get(SavedField.FirstZone));
            s.Latest = FirstOf(s.Latched, tail.Latest != 0 ? tail.Latest : Get(SavedField.LatestZone));
            ZoneSet unheard = s.Silenced ? settings.IndexBits(tail.Unheard) : 0;
            s.Signals.Restore(s.Latched, settings.IndexBits(tail.Burning), settings.IndexBits(tail.Quiet), unheard);
            ReportStore.Restore(_journal, s);
            s.Reported.PreAlarm |= settings.IndexBits(tail.PreAlarm);
            ZoneSet signalled = s.Signals.Burning | s.Reported.Fault | s.Reported.Supervisory | s.Reported.Activated | s.Reported.PreAlarm;
            s.Stages.Begin(s.Reported.Chattering, signalled, nowMs);
            s.Rules.Held = Get(SavedField.HeldOutputs);

            // Rules are known by their place in the text: of other lines they are others.
            bool sameText = Get(SavedField.PlansCrc) == (int)settings.PlansCrc;
            s.Rules.Restore(sameText ? Get(SavedField.RulesLow) : 0, sameText ? Get(SavedField.RulesHigh) : 0);
            s.Contribute();
            _timedMs = SaveMs() < Limits.StateSaveMs ? nowMs : nowMs + Limits.MinuteMs;
        }

        /// <summary>How often the state is to be written as it stands.</summary>
        private int SaveMs()
        {
            int most = Limits.StateSaveMs;
            for (PanelPart part = _state.Parts; part != null; part = part.Next)
            {
                most = part.SaveMs < most ? part.SaveMs : most;
            }

            return most;
        }

        private void Put(uint fireSequence)
        {
            PanelState s = _state;
            Settings settings = s.Settings;
            Put(SavedField.Covers, (int)fireSequence);
            Put(SavedField.Latched, settings.NumberBits(s.Latched));
            Put(SavedField.Silenced, s.Silenced ? 1 : 0);
            Put(SavedField.Acknowledged, s.Unacknowledged ? 0 : 1);
            Put(SavedField.FirstZone, NumberOf(s.First));
            Put(SavedField.LatestZone, NumberOf(s.Latest));
            Put(SavedField.HeldOutputs, s.Rules.Held);
            Put(SavedField.Quiet, settings.NumberBits(s.Signals.Quiet));
            Put(SavedField.Burning, settings.NumberBits(s.Signals.Burning));
            Put(SavedField.Unheard, settings.NumberBits(s.Signals.Unheard));
            Put(SavedField.PlansCrc, (int)settings.PlansCrc);
            if (s.Rules.Before.Moved)
            {
                s.Rules.Before.Moved = false;
                Put(SavedField.RulesLow, s.Rules.Before.Bits(0));
                Put(SavedField.RulesHigh, s.Rules.Before.Bits(1));
            }
        }

        private int Get(SavedField field)
        {
            return Saved.Get(_journal, field);
        }

        private void Put(SavedField field, int value)
        {
            Saved.Put(_journal, field, value);
        }

        private int FirstOf(ZoneSet latched, int number)
        {
            Settings settings = _state.Settings;
            int first = -1;
            for (int i = settings.Places - 1; i >= 0; i--)
            {
                if (Bits.Has(latched, i))
                {
                    first = first < 0 || settings.ZoneNumber[first] != number ? i : first;
                }
            }

            return first;
        }

        private int NumberOf(int zone)
        {
            return zone < 0 ? 0 : _state.Settings.ZoneNumber[zone];
        }
    }
}
