// Owns: the faults of the box itself: raised and cleared once each, with their events.
// Must never: say twice what is known, or touch a zone's fault.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>The part of the panel that raises and clears <see cref="BoxFault"/> bits; it steps at the next tick.</summary>
    public sealed partial class Panel
    {
        /// <summary>Raises or clears a fault.</summary>
        public void SetFault(int fault, bool on, long nowMs)
        {
            PanelState s = _state;
            if (((s.BoxFaults & fault) != 0) == on)
            {
                return;
            }

            s.BoxFaults ^= fault;
            bool county = fault == BoxFault.NoCountyAnswer;
            EventKind kind =
                on ? (county ? EventKind.NoCountyAnswer : EventKind.Fault)
                : county ? EventKind.CountyAnswers
                : EventKind.FaultRestored;
            Say(kind, fault, on, nowMs);
        }

        /// <summary>A key became a fault, or rests again.</summary>
        /// <param name="key">The key's number in a record.</param>
        public void SetKeyFault(int key, bool on, long nowMs)
        {
            PanelState s = _state;
            s.Reported.Keys ^= 1 << key;
            s.BoxFaults = s.Reported.Keys != 0 ? s.BoxFaults | BoxFault.Key : s.BoxFaults & ~BoxFault.Key;
            Say(on ? EventKind.Fault : EventKind.FaultRestored, BoxFault.Key, on, nowMs);
            s.Events.Message(key);
        }

        private void Say(EventKind kind, int fault, bool on, long nowMs)
        {
            PanelState s = _state;
            s.Events.Begin(kind, -1, nowMs);
            s.Events.Grade(on ? Severity.General : Severity.None);
            s.Events.Details(FaultCause.Box, fault);
            s.SilenceBuzzer(s.BuzzerSilenced && !on);
            s.Told();
            s.DueMs = 0;
        }
    }
}
