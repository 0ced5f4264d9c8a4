// Owns: what was last reported of each zone's conditions and of the box: what a restart must know to say what ended, and nothing twice.
// Must never: stand for what is so now; that is in the panel's conditions.

namespace Gateway.Core
{
    /// <summary>Who changes something here calls <see cref="PanelState.Told"/>, so that it is saved.</summary>
    public sealed class Reported
    {
        public ZoneSet Fault;
        public ZoneSet Supervisory;

        /// <summary>Zones whose condition ended with a broken line: neither reported to be in it nor restored.</summary>
        public ZoneSet SupervisoryLost;
        public ZoneSet Activated;
        public ZoneSet ActivatedLost;
        public ZoneSet PreAlarm;
        public ZoneSet Tested;
        public ZoneSet Chattering;

        /// <summary>The outputs' delay.</summary>
        public bool DelayOn;

        /// <summary>Keys that are a fault, by their number in a record.</summary>
        public int Keys;

        /// <summary>Zones that have not been judged since the start: what is reported of them is from before.</summary>
        public ZoneSet Found = ZoneSet.All;

        /// <summary>True until it is saved.</summary>
        public bool Changed = true;

        /// <summary>See <see cref="Contract.FaultCause"/>.</summary>
        public readonly byte[] FaultCause;

        public Reported(Settings settings)
        {
            FaultCause = new byte[settings.Places];
        }

        /// <summary>Zones that called for somebody before the start: that they are found again is nothing new to hear.</summary>
        public ZoneSet HeardBefore
        {
            get { return Found & (Fault | Supervisory | Chattering); }
        }
    }
}
