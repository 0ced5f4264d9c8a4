// Owns: everything that the panel knows at a moment, with the parts that keep it.
// Must never: decide; the panel's step and its commands do, and nobody else writes here.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>The latch and the parts. Zones are bits by index.</summary>
    public sealed class PanelState
    {
        public readonly Settings Settings;
        public readonly PanelEvents Events;
        public readonly ZoneStages Stages;
        public readonly Expiries Shields;
        public readonly Expiries Tests;
        public readonly Coincidence Groups;
        public readonly AlarmDelay Delay;
        public readonly FireSignals Signals = new FireSignals();
        public readonly Conditions Conditions = new Conditions();
        public readonly RuleEngine Rules;
        public readonly ResponseClocks Clocks;
        public readonly DutyCheck Duty = new DutyCheck();
        public readonly Patrols Patrols;
        public readonly HotWork HotWork;
        public readonly Drill Drill = new Drill();
        public readonly Cases Cases;
        public readonly SelfTests SelfTests = new SelfTests();

        public readonly Reported Reported = new Reported();

        /// <summary>Zones latched in fire.</summary>
        public int Latched;

        /// <summary>Of these, the ones of the drill that is on: a fire elsewhere breaks it off.</summary>
        public int DrillLatched
        {
            get { return Latched & Drill.Zones; }
        }

        /// <summary>Zones of a drill that has just ended: what they still signal is a fire in the next step.</summary>
        public int AfterDrill;

        /// <summary>Zones that are a fire and are latched in the next steps.</summary>
        public int FiresWaiting;

        /// <summary>First and latest zone of the fire condition, -1 without fire.</summary>
        public int First = -1;
        public int Latest = -1;

        /// <summary>Nobody has answered the fire since its latest alarm, or since the time for a look ran out.</summary>
        public bool Unanswered
        {
            get { return UnansweredMs != 0; }
        }

        /// <summary>When it became unanswered: 0 = it is not, below 0 = before the start.</summary>
        public long UnansweredMs;

        /// <summary>The fire's sound was silenced; a new fire sounds again.</summary>
        public bool Silenced;

        /// <summary>The buzzer was silenced; a new trouble sounds again.</summary>
        public bool BuzzerSilenced;

        /// <summary>Zones in fault now, whether shielded or not; the fault condition leaves out the shielded ones.</summary>
        public int FaultsNow;

        /// <summary>When the panel must step though no input changed; a command makes it 0.</summary>
        public long DueMs;

        /// <summary>Faults of the box itself, see <see cref="BoxFault"/>.</summary>
        public int BoxFaults;

        /// <summary>Pattern of the link lamp, see <see cref="Pattern"/>.</summary>
        public Pattern LinkLamp;

        /// <summary>Bits of failed parts in the last self-test.</summary>
        public int SelfTestFailed;

        /// <summary>When the self-test's show of lamps and sounds ends.</summary>
        public long LampTestEndMs;

        /// <summary>Rises whenever something changed that must survive a restart.</summary>
        public int Version;

        public PanelState(Settings settings)
        {
            Settings = settings;
            Events = new PanelEvents(settings);
            Stages = new ZoneStages(settings);
            Shields = new Expiries(settings.ZoneCount);
            Tests = new Expiries(settings.ZoneCount);
            Groups = new Coincidence(settings);
            Delay = new AlarmDelay(settings);
            Rules = new RuleEngine(settings);
            Clocks = new ResponseClocks(settings);
            Patrols = new Patrols(settings);
            HotWork = new HotWork(settings);
            Cases = new Cases(settings);
        }

        /// <summary>Something was reported that a restart must know of.</summary>
        public void Told()
        {
            Reported.Changed = true;
            Version++;
        }

        /// <summary>The buzzer is silenced, or is to be heard again.</summary>
        public void SilenceBuzzer(bool silenced)
        {
            if (silenced != BuzzerSilenced)
            {
                BuzzerSilenced = silenced;
                Told();
            }
        }

        /// <summary>The fire asks for an answer, anew or still.</summary>
        public void AskForAnswer(long nowMs)
        {
            UnansweredMs = Unanswered ? UnansweredMs : nowMs;
        }

        /// <summary>Zones that are disabled: shielded, or under a hot-work permit.</summary>
        public int Disabled
        {
            get { return Shields.Bits | HotWork.Zones; }
        }
    }
}
