// Owns: what the panel asks of each of its parts; of a part it knows nothing else.
// Must never: decide anything for a part.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Moments of a fire condition.</summary>
    public enum FireMoment : byte
    {
        /// <summary>Zones are about to be latched.</summary>
        Latching = 0,

        /// <summary>The first of them is on record.</summary>
        Began = 1,

        /// <summary>Somebody has acknowledged it.</summary>
        Acknowledged = 2,

        /// <summary>Reset, or let go of with its drill.</summary>
        Ended = 3,
    }

    /// <summary>
    /// A function of the panel, such as disablements or the duty check: one class, and one line in the list of the village's parts. Who
    /// changes what a part keeps over a restart raises the state's version.
    /// </summary>
    public abstract class PanelPart
    {
        /// <summary>The one behind it in the list; null for the last.</summary>
        public PanelPart Next;

        /// <summary>When the part is to be stepped though nothing changed; far away without such a time.</summary>
        public long DueMs = long.MaxValue;

        /// <summary>How often the part wants to be saved while it goes on.</summary>
        public virtual int SaveMs
        {
            get { return Limits.StateSaveMs; }
        }

        /// <summary>Local time became known, moved, or came to another minute; it stands in the conditions.</summary>
        /// <param name="day">Local day since 1970.</param>
        /// <param name="becameKnown">Before, the time was not known.</param>
        public virtual void SetTime(PanelState s, int day, bool becameKnown, long nowMs)
        {
        }

        /// <summary>Its time has come.</summary>
        public virtual void Step(PanelState s, long nowMs)
        {
        }

        /// <summary>Patrol buttons were pressed.</summary>
        public virtual void Pressed(PanelState s, ZoneSet zones, long nowMs)
        {
        }

        /// <summary>At the end of every step, when all conditions stand.</summary>
        public virtual void Judge(PanelState s, long nowMs)
        {
        }

        /// <summary>Adds what it means for conditions, outputs and questions to the state's sums.</summary>
        public virtual void Contribute(PanelState s)
        {
        }

        /// <summary>Fills in what the heartbeat tells of it beside the conditions.</summary>
        public virtual void Tell(Heartbeat beat)
        {
        }

        /// <summary>The answer key.</summary>
        public virtual void Answer(PanelState s, Question answered, long nowMs)
        {
        }

        /// <summary>Another key; <see cref="CommandOutcome.Unknown"/> when it means nothing to the part.</summary>
        public virtual CommandOutcome Key(PanelState s, Button button, long nowMs)
        {
            return CommandOutcome.Unknown;
        }

        /// <summary>A command with its arguments A and B; <see cref="CommandOutcome.Unknown"/> when it is not the part's.</summary>
        /// <param name="code">See <see cref="CommandCode"/>.</param>
        public virtual CommandOutcome Command(PanelState s, CommandCode code, int a, int b, long nowMs)
        {
            return CommandOutcome.Unknown;
        }

        /// <summary>Puts what a restart must know into the journal's memory.</summary>
        public virtual void Save(Journal journal, PanelState s, long nowMs)
        {
        }

        /// <summary>Goes on after a restart. When there is no fire, its end is told to all parts behind it.</summary>
        public virtual void Restore(Journal journal, FireTail tail, PanelState s, long nowMs)
        {
        }
    }
    /// <summary>A part that has a say in fires, or follows them: asked in every step, so these few are linked for themselves too.</summary>
    public abstract class FirePart : PanelPart
    {
        /// <summary>The next one of this kind; null for the last.</summary>
        public FirePart NextOfFire;

        /// <summary>Zones that are newly in fire, out of those that the parts before it found.</summary>
        /// <param name="fires">What was found before it.</param>
        /// <param name="signals">Zones that signal a fire and may: not disabled, not in test.</param>
        public virtual ZoneSet Fires(PanelState s, ZoneSet fires, ZoneSet signals, long nowMs)
        {
            return fires;
        }

        /// <summary>A zone that made a fire together with this one in the last step, by index; -1 for none.</summary>
        public virtual int OtherOf(Settings settings, int zone)
        {
            return -1;
        }

        /// <summary>A moment of the fire condition has come.</summary>
        /// <param name="zones">Those that are about to be latched, or whose pre-alarm ends with the fire; else 0.</param>
        public virtual void Fire(PanelState s, FireMoment moment, ZoneSet zones, long nowMs)
        {
        }
    }
}
