// Owns: the faults of the box itself: raised and cleared once each, with their events.
// Must never: say twice what is known, or touch a zone's fault.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>The part of the panel that raises and clears <see cref="BoxFault"/> bits; it steps at the next tick.</summary>
    public sealed partial class Panel
    {
        /// <summary>Raises or clears a fault.</summary>
        public void SetFault(BoxFault fault, bool on, long nowMs)
        {
            PanelState s = _state;
            if (((s.BoxFaults & fault) != 0) == on)
            {
                return;
            }

            s.BoxFaults ^= fault;
            if (fault != BoxFault.NoCountyAnswer)
            {
                Say(fault, 0, on, nowMs);
            }
            else if (on)
            {
                s.Events.NoCountyAnswer(nowMs);
            }
            else
            {
                s.Events.CountyAnswers(nowMs);
            }

            Told(on);
        }

        /// <summary>A key became a fault, or rests again.</summary>
        /// <param name="key">The key's number in a record.</param>
        public void SetKeyFault(int key, bool on, long nowMs)
        {
            PanelState s = _state;
            s.Reported.Keys ^= Bits.Of(key);
            s.BoxFaults = s.Reported.Keys != 0 ? s.BoxFaults | BoxFault.Key : s.BoxFaults & ~BoxFault.Key;
            Say(BoxFault.Key, key, on, nowMs);
            Told(on);
        }

        private void Say(BoxFault fault, int key, bool on, long nowMs)
        {
            if (on)
            {
                _state.Events.BoxFault(fault, key, nowMs);
            }
            else
            {
                _state.Events.BoxFaultRestored(fault, key, nowMs);
            }
        }

        private void Told(bool on)
        {
            PanelState s = _state;
            s.SilenceBuzzer(s.BuzzerSilenced && !on);
            s.Told();
            s.DueMs = 0;
        }
    }
}
