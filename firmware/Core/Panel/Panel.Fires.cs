// Owns: what is a fire now: conditions of all zones, the latch, and what signals anew.
// Must never: take a fault for a fire, or let a drilled zone count among real ones.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>The part of the step that finds fires.</summary>
    public sealed partial class Panel
    {
        /// <summary>All conditions of all zones; returns the zones that are newly in fire, which are latched here.</summary>
        private ZoneSet Gather(long nowMs)
        {
            PanelState s = _state;
            ZoneSet[] zones = s.Conditions.Zones;
            ZoneSet disabled = s.Disabled;
            ZoneSet effective = s.Stages.ConfirmedZones & ~disabled;
            ZoneSet signals = effective & s.FireKinds & ~(s.Tested | s.NotPutBack);
            ZoneSet preBefore = s.PreAlarm;
            ZoneSet newFires = 0;
            for (FirePart part = s.FireParts; part != null; part = part.NextOfFire)
            {
                newFires = part.Fires(s, newFires, signals, nowMs);
            }

            newFires = InTurn(newFires, disabled | s.Tested);
            ZoneSet again = s.Latched & signals & ~s.Signals.Burning;
            _anew = again & s.Signals.Quiet;
            if (newFires != 0)
            {
                Latch(newFires, nowMs);
            }

            if (again != 0)
            {
                SignalAgain(again, newFires != 0, nowMs);
            }

            s.Contribute();
            ZoneSet troubleBefore = zones[Conditions.Fault] | zones[Conditions.Supervisory];
            zones[Conditions.Fire] = s.Latched;
            zones[Conditions.PreAlarm] = s.PreAlarm;
            zones[Conditions.Active] = effective & ~s.Tested;
            s.FaultsNow = s.Stages.Broken | s.Stages.Chattering | s.NotPutBack | (s.Stages.ConfirmedZones & _faultKinds);
            zones[Conditions.Fault] = s.FaultsNow & ~disabled;
            zones[Conditions.Supervisory] = effective & s.SupervisoryKinds & ~s.Tested;
            zones[Conditions.Disabled] = disabled;
            zones[Conditions.Test] = s.Tested;
            s.Conditions.Modes =
                ((s.Shown & ConditionBits.DelayOn) != 0 ? Mode.Day : Mode.Night)
                | ((s.Shown & ConditionBits.Drill) != 0 ? Mode.Drill : 0)
                | ((s.Shown & ConditionBits.HotWork) != 0 ? Mode.HotWork : 0);
            Reported r = s.Reported;
            ZoneSet newTrouble = (zones[Conditions.Fault] | zones[Conditions.Supervisory]) & ~(troubleBefore | r.HeardBefore);
            ZoneSet newPreAlarm = s.PreAlarm & ~(preBefore | (r.Found & r.PreAlarm));
            if ((newTrouble | newPreAlarm) != 0)
            {
                s.SilenceBuzzer(false);
            }

            return newFires;
        }

        /// <summary>
        /// What becomes a fire all at once, such as after a drill, is latched so many zones a step, by their numbers; the siren sounds with
        /// the first. What signals beyond is a fire all the same, though it may end meanwhile.
        /// </summary>
        private ZoneSet InTurn(ZoneSet newFires, ZoneSet excluded)
        {
            PanelState s = _state;
            ZoneSet fires = (s.FiresWaiting | newFires) & ~(excluded | s.Latched);
            ZoneSet rest = fires;
            for (int n = s.Rules.Many ? Limits.ChangesPerTick : Limits.FiresPerStep; n > 0; n--)
            {
                rest &= rest - 1;
            }

            s.FiresWaiting = rest;
            return fires & ~rest;
        }

        private void Latch(ZoneSet newFires, long nowMs)
        {
            PanelState s = _state;
            ZoneSet latchedBefore = s.Latched;
            s.Fire(FireMoment.Latching, newFires, nowMs);
            s.AskForAcknowledgement(nowMs);
            s.Latched |= newFires;
            s.First = s.First < 0 ? Bits.Lowest(newFires) : s.First;
            s.Latest = Bits.Highest(newFires);
            s.Signals.Began(s.Latched & ~latchedBefore);
            Resound();
        }

        /// <summary>
        /// Latched zones whose signal is there again. One that was at rest is a new alarm; one whose line was broken meanwhile goes on.
        /// </summary>
        private void SignalAgain(ZoneSet zones, bool newFires, long nowMs)
        {
            PanelState s = _state;
            s.Signals.Began(zones);
            if (_anew == 0)
            {
                return;
            }

            s.AskForAcknowledgement(nowMs);
            s.Latest = newFires ? s.Latest : Bits.Highest(_anew);
            if (s.Signals.Anew(_anew, s.Stages.Rested, s.Silenced))
            {
                Resound();
            }
        }

        private void Resound()
        {
            PanelState s = _state;
            s.Signals.Heard();
            s.Silenced = false;
            s.SilenceBuzzer(false);
            s.Version++;
        }
    }
}
