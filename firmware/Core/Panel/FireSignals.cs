// Owns: which zones of a fire condition still signal, which came to rest, and whether one that signals anew is heard.
// Must never: hold back a record; only the sound of a flickering zone is held back, and only once it was silenced.

namespace Gateway.Core
{
    /// <summary>
    /// A zone that came to rest and signals anew is a new alarm. A silenced sound comes back when the zone had rested for
    /// <see cref="Limits.ResoundRestMs"/>, or when it has signalled anew for as long: a flickering detector does neither.
    /// </summary>
    public sealed class FireSignals
    {
        /// <summary>Latched zones whose signal stands, by what was reported.</summary>
        public ZoneSet Burning;

        /// <summary>Latched zones that were reported restored.</summary>
        public ZoneSet Quiet;

        /// <summary>Zones that signal anew in a silence and are not heard yet.</summary>
        public ZoneSet Unheard { get; private set; }

        /// <summary>When something is due without a change; far away otherwise.</summary>
        public long DueMs { get; private set; } = long.MaxValue;

        /// <summary>Zones that are newly in fire: they signal.</summary>
        public void Began(ZoneSet zones)
        {
            Burning |= zones;
            Quiet &= ~zones;
        }

        /// <summary>
        /// Notes latched zones that signal anew. True when one of them is to be heard.
        /// </summary>
        /// <param name="zones">Latched zones that were at rest and are confirmed again.</param>
        /// <param name="rested">Zones whose last rest was long enough.</param>
        /// <param name="silenced">Whether there is silence to be broken.</param>
        public bool Anew(ZoneSet zones, ZoneSet rested, bool silenced)
        {
            Began(zones);
            Unheard |= silenced ? zones & ~rested : 0;
            return (zones & rested) != 0;
        }

        /// <summary>Lets time pass; true when a zone has signalled anew for so long that it is to be heard.</summary>
        public bool Step(ZoneStages stages, long nowMs)
        {
            // After a start an input is not seen yet, or waits for its delay; its minute counts from when it signals.
            Unheard &= stages.Active | stages.Unseen;
            DueMs = long.MaxValue;
            bool heard = false;
            ZoneSet waiting = Unheard & stages.ConfirmedZones;
            for (int i = 0; waiting != 0; i++)
            {
                ZoneSet bit = (ZoneSet)(1 << i);
                if ((waiting & bit) != 0)
                {
                    waiting &= ~bit;
                    long due = stages.LastConfirmedMs(i) + Limits.ResoundRestMs;
                    heard |= nowMs >= due;
                    DueMs = due < DueMs ? due : DueMs;
                }
            }

            if (heard)
            {
                Heard();
            }

            return heard;
        }

        /// <summary>The siren sounds: nobody waits for it any more.</summary>
        public void Heard()
        {
            Unheard = 0;
            DueMs = long.MaxValue;
        }

        /// <summary>Ends it all, at a reset.</summary>
        public void Clear()
        {
            Burning = 0;
            Quiet = 0;
            Heard();
        }

        /// <summary>Goes on after a restart.</summary>
        public void Restore(ZoneSet latched, ZoneSet burning, ZoneSet quiet, ZoneSet unheard)
        {
            Burning = latched & burning & ~quiet;
            Unheard = Burning & unheard;
            Quiet = latched & quiet;
        }
    }
}
