// Owns: everything that the panel knows at a moment, with the parts that keep it.
// Must never: decide; the panel's step and its commands do, and nobody else writes here.

using System;
using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>The latch and the parts.</summary>
    public sealed class PanelState
    {
        public readonly Settings Settings;
        public readonly PanelEvents Events;
        public readonly ZoneStages Stages;
        public readonly ZoneScan Scan;
        public readonly WallClock Clock;

        /// <summary>Zones by what their kind means.</summary>
        public readonly ZoneSet FireKinds;
        public readonly ZoneSet SupervisoryKinds;

        /// <summary>Of the fire kinds those of combustible gas: as urgent, and with a tone and a linkage of their own.</summary>
        public readonly ZoneSet GasKinds;
        public readonly FireSignals Signals = new FireSignals();
        public readonly Conditions Conditions = new Conditions();
        public readonly RuleEngine Rules;
        public readonly Reported Reported;

        /// <summary>The first of the parts; each knows the one behind it.</summary>
        public readonly PanelPart Parts;

        /// <summary>Of these, the first one that has a say in fires.</summary>
        public readonly FirePart FireParts;

        /// <summary>What the parts contribute, see <see cref="Contribute"/>: zones that are disabled, and those in test.</summary>
        public ZoneSet Disabled;
        public ZoneSet Tested;

        /// <summary>Call points whose signal is a fault and no fire.</summary>
        public ZoneSet NotPutBack;

        /// <summary>The output that a technician tries, by role + 1; 0 = none.</summary>
        public int TriedOutput;

        /// <summary>Zones that wait for a second signal.</summary>
        public ZoneSet PreAlarm;

        /// <summary>What parts show: conditions of the contract, signs beside them, and the questions that they ask.</summary>
        public ConditionBits Shown;
        public PanelSign Signs;
        public Question Questions;

        /// <summary>What the parts let the buzzer say.</summary>
        public Pattern Sound;

        /// <summary>Who gives the commands that follow: a key, the county, the technician. See <see cref="Contract.Origin"/>.</summary>
        public Origin Origin = Contract.Origin.Key;

        /// <summary>The text of the command that is given, fit to be shown; "" for one without.</summary>
        public string Text = "";

        /// <summary>From when on what lasts is judged: after a start inputs have to settle first.</summary>
        public long SettledMs;

        /// <summary>Zones latched in fire.</summary>
        public ZoneSet Latched;

        /// <summary>Of these, the ones of the drill that is on: a fire elsewhere breaks it off.</summary>
        public ZoneSet DrillLatched
        {
            get { return Latched & Events.DrillZones; }
        }

        /// <summary>The flag of a drill, when the fire condition is one of a drill.</summary>
        public EventFlags DrillFlag
        {
            get { return DrillLatched != 0 ? EventFlags.Drill : EventFlags.None; }
        }

        /// <summary>Zones that are a fire and are latched in the next steps.</summary>
        public ZoneSet FiresWaiting;

        /// <summary>First and latest zone of the fire condition, -1 without fire.</summary>
        public int First = -1;
        public int Latest = -1;

        /// <summary>Nobody has acknowledged the fire since its latest alarm, or since the time for a look ran out.</summary>
        public bool Unacknowledged
        {
            get { return UnacknowledgedMs != 0; }
        }

        /// <summary>When it became unacknowledged: 0 = it is not, below 0 = before the start.</summary>
        public long UnacknowledgedMs;

        /// <summary>The fire's sound was silenced; a new fire sounds again.</summary>
        public bool Silenced;

        /// <summary>The buzzer was silenced; a new trouble sounds again.</summary>
        public bool BuzzerSilenced;

        /// <summary>Zones in fault now, whether disabled or not; the fault condition leaves out the disabled ones.</summary>
        public ZoneSet FaultsNow;

        /// <summary>When the panel must step though no input changed; a command makes it 0.</summary>
        public long DueMs;

        /// <summary>Faults of the box itself.</summary>
        public BoxFault BoxFaults;

        /// <summary>Pattern of the link lamp, see <see cref="Pattern"/>.</summary>
        public Pattern LinkLamp;

        /// <summary>Rises whenever something changed that must survive a restart.</summary>
        public int Version;

        /// <param name="settings">In force.</param>
        /// <param name="scan">What the inputs show.</param>
        /// <param name="clock">The time of day.</param>
        /// <param name="parts">All parts, in the order in which their events of one step stand in the log.</param>
        public PanelState(Settings settings, ZoneScan scan, WallClock clock, PanelPart[] parts)
        {
            Settings = settings;
            Reported = new Reported(settings);
            Scan = scan;
            Clock = clock;
            FireKinds = settings.ZonesMeaning(ZoneMeaning.Fire);
            SupervisoryKinds = settings.ZonesMeaning(ZoneMeaning.Supervisory);
            GasKinds = settings.ZonesOfKind(ZoneKind.Gas);
            Stages = new ZoneStages(settings);
            Events = new PanelEvents(settings, Stages, scan);
            Rules = new RuleEngine(settings);
            for (int i = parts.Length - 1; i >= 0; i--)
            {
                parts[i].Next = Parts;
                Parts = parts[i];
                FirePart part = parts[i] as FirePart;
                if (part != null)
                {
                    part.NextOfFire = FireParts;
                    FireParts = part;
                }
            }
        }

        /// <summary>
        /// Sums up what the parts contribute: whenever one of them may have changed, so that it is right for whoever asks between.
        /// </summary>
        public void Contribute()
        {
            Disabled = 0;
            Tested = 0;
            Shown = ConditionBits.None;
            Signs = PanelSign.None;
            Questions = Question.None;
            Sound = Pattern.Off;
            for (PanelPart part = Parts; part != null; part = part.Next)
            {
                part.Contribute(this);
            }
        }

        /// <summary>A part's sound for the buzzer; the one of the highest rank is heard.</summary>
        public void Sounds(Pattern pattern)
        {
            Sound = Patterns.Rank(pattern) > Patterns.Rank(Sound) ? pattern : Sound;
        }

        /// <summary>True while a delay holds the outputs of a fire back.</summary>
        public bool Holding
        {
            get { return (Signs & PanelSign.Holding) != 0; }
        }

        /// <summary>A moment of the fire condition, for all parts.</summary>
        public void Fire(FireMoment moment, ZoneSet zones, long nowMs)
        {
            for (FirePart part = FireParts; part != null; part = part.NextOfFire)
            {
                part.Fire(this, moment, zones, nowMs);
            }
        }

        /// <summary>A zone that made a fire together with this one in the last step, by index; -1 for none.</summary>
        public int OtherOf(int zone)
        {
            int other = -1;
            for (FirePart part = FireParts; part != null && other < 0; part = part.NextOfFire)
            {
                other = part.OtherOf(Settings, zone);
            }

            return other;
        }

        /// <summary>Ends the fire condition; what of it goes on is found anew by the panel's step.</summary>
        /// <param name="zones">Those whose pre-alarm ends too.</param>
        public void EndFire(ZoneSet zones, long nowMs)
        {
            Latched = 0;
            Silenced = false;
            UnacknowledgedMs = 0;
            First = -1;
            Latest = -1;
            Signals.Clear();
            Fire(FireMoment.Ended, zones, nowMs);
        }

        /// <summary>
        /// Zones that signal a fire; of these, the ones that are not latched wait for a second one or for their delay.
        /// </summary>
        public ZoneSet Signalling
        {
            get { return Stages.Active & FireKinds & ~(Disabled | Tested | NotPutBack); }
        }

        /// <summary>
        /// True when somebody who is not there would hide a fire: of a zone that signals it, also while it waits for a second one or for
        /// its delay, or whose line broke while it did. A latched
        /// zone that came to rest may be disabled, so that a flickering detector does not stand in the way of a reset.
        /// </summary>
        public bool HidesFire(ZoneSet zones)
        {
            return Origin == Contract.Origin.County && (zones & ((Latched & ~Signals.Quiet) | Signalling)) != 0;
        }

        /// <summary>What a command came to: the panel steps at the next tick.</summary>
        public CommandOutcome Noted(bool done)
        {
            Version += done ? 1 : 0;
            DueMs = 0;
            Contribute();
            return done ? CommandOutcome.Done : CommandOutcome.NothingToDo;
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

        /// <summary>The fire asks to be acknowledged, anew or still.</summary>
        public void AskForAcknowledgement(long nowMs)
        {
            UnacknowledgedMs = Unacknowledged ? UnacknowledgedMs : nowMs;
        }
    }

    /// <summary>What parts show beside the conditions of the contract.</summary>
    [Flags]
    public enum PanelSign : int
    {
        None = 0,

        /// <summary>A delay holds the outputs of a fire back.</summary>
        Holding = 1,

        /// <summary>Every lamp shows itself.</summary>
        AllLamps = 2,

        /// <summary>A drill is about to end, or was broken off.</summary>
        TestLampFlashes = 4,

        /// <summary>A person tests siren and strobe.</summary>
        TestSounds = 8,
    }
}
