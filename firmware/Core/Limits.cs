// Owns: every bound of Core, each with its reason; those of the log and all else in flash are in Limits.Log.cs, a tick's in Limits.Tick.cs.
// Must never: hold the range or default of a key of the settings that nothing else asks for; that is in SettingsTable.

namespace Gateway.Core
{
    /// <summary>Sizes, counts and times of Core. Changing one means looking at what stands behind it.</summary>
    public static partial class Limits
    {
        /// <summary>The loop's period: two of the device's 10 ms scheduler ticks.</summary>
        public const int TickMs = 20;

        /// <summary>Zones: one bit each in an int, so that conditions of all zones fit one word of a record or heartbeat.</summary>
        public const int ZonesMax = 32;

        /// <summary>Inputs of a board: 16 analog and 32 digital are more than any board of hardware/ has.</summary>
        public const int InputsMax = 48;

        /// <summary>Outputs of a board.</summary>
        public const int OutputsMax = 16;

        /// <summary>Lines of a small display, and cells of a line: 128 × 64 points are four lines of eight Chinese characters.</summary>
        public const int DisplayLines = 4;
        public const int DisplayLineCells = 16;
        public const int DisplayCells = DisplayLines * DisplayLineCells;

        /// <summary>Ticks that a part answers before its fault is over: a minute, so that a loose plug is few events.</summary>
        public const int PartSteadyTicks = 3000;

        /// <summary>Samples of the longest debounce window: eight classes of four bits fill one int.</summary>
        public const int DebounceSamplesMax = 8;

        /// <summary>Keys settle when three of five samples agree, as zones do where nothing is said: a bounce is over in 100 ms.</summary>
        public const int KeySamplesNeeded = 3;
        public const int KeySamplesOf = 5;

        /// <summary>
        /// An input that comes to no rest for this long is a fault: long enough for a hand at the terminals, far below the 100 s of
        /// EN 54-2.
        /// </summary>
        public const int UnsteadyMs = 10 * 1000;

        /// <summary>Groups of zones: a quarter of the zones, since a group has at least two and most zones are in none.</summary>
        public const int GroupsMax = 8;

        /// <summary>
        /// Days back over which a patrol remembers whether its window was judged: no step of a clock that was right reaches further.
        /// </summary>
        public const int PatrolDaysKept = 8;

        /// <summary>Patrol windows of a day.</summary>
        public const int PatrolsMax = 8;

        /// <summary>Rule lines.</summary>
        public const int RulesMax = 64;

        /// <summary>Conditions of all rules: two a rule.</summary>
        public const int RuleConditionsMax = 128;

        /// <summary>Actions of all rules: two a rule.</summary>
        public const int RuleActionsMax = 128;

        /// <summary>Longest pulse of a rule, and longest time within which zones of a condition become active: an hour.</summary>
        public const int RuleSecondsMax = 3600;

        /// <summary>Numbers of broadcast messages: a byte of a record.</summary>
        public const int RuleMessageMax = 255;

        /// <summary>Flags that rules hand to later rules: one bit each in an int.</summary>
        public const int RuleFlagsMax = 16;

        /// <summary>
        /// Events that wait to become records: every zone changes twice, beside those of rules, keys and the box, and so many in all.
        /// </summary>
        public const int EventsOfZone = 2;
        public const int EventsOfNoZone = 8;
        public const int EventsWaitingMax = 64;

        /// <summary>Units of time.</summary>
        public const int SecondMs = 1000;
        public const int MinuteMs = 60 * SecondMs;
        public const int HourMs = 60 * MinuteMs;
        public const long DayMs = 24L * HourMs;
        public const int DayMinutes = 24 * 60;

        /// <summary>Longest walk test: half a day, for one who walks from house to house.</summary>
        public const int WalkTestMinutesMax = 12 * 60;

        /// <summary>
        /// A detector that is set off for a test comes to rest within a minute; one that goes on may well be a fire.
        /// </summary>
        public const int WalkTestActiveMs = 60 * 1000;

        /// <summary>One round of the test's pattern: a sign of a fifth of a second, heard once.</summary>
        public const int ChirpMs = 400;

        /// <summary>How long an output works that somebody tries: time to look or listen, and for a relay to be heard twice.</summary>
        public const int OutputTryMs = 5000;

        /// <summary>Longest disablement: a week; who needs more asks again.</summary>
        public const int DisablementMinutesMax = 7 * 24 * 60;

        /// <summary>Longest time for which somebody who is not there hides a call point: one watch.</summary>
        public const int RemoteCallPointMin = 8 * 60;

        /// <summary>After which a mains supply that failed is a hidden danger: what the battery is made for.</summary>
        public const int MainsAfterMin = 8 * 60;

        /// <summary>Longest test of a zone: four hours, half a shift.</summary>
        public const int TestMinutesMax = 4 * 60;

        /// <summary>Longest hot-work permit: twelve hours, a working day.</summary>
        public const int HotWorkMinutesMax = 12 * 60;

        /// <summary>Longest duty check (GB 26875.1: sounds until answered or 10 min pass).</summary>
        public const int DutyCheckMinutesMax = 10;

        /// <summary>Longest call-out: a fire to which nobody has set out after half an hour has found others, or is over.</summary>
        public const int CallOutMinutesMax = 30;

        /// <summary>Longest drill that a station's settings allow: a working day.</summary>
        public const int DrillMinutesMax = 8 * 60;

        /// <summary>Longest drill where they say nothing: two hours.</summary>
        public const int DrillMinutes = 2 * 60;

        /// <summary>t1 + t2 of the outputs' delay at most (EN 54-2 7.11: 10 min).</summary>
        public const int AlarmDelayMaxS = 600;

        /// <summary>Verification window at most (NFPA 72: 90 s).</summary>
        public const int VerifyMaxS = 90;

        /// <summary>
        /// How often disablements, tests, drill and hot work are written to flash while they run: a power cut prolongs them by this at
        /// most.
        /// </summary>
        public const int TimedSaveMs = 15 * MinuteMs;

        /// <summary>How often running clocks and a duty check are written: they are minutes long, and rare.</summary>
        public const int ClockSaveMs = 15 * 1000;

        /// <summary>How often the panel's state is written as it stands: ages of cases are kept in such steps.</summary>
        public const int StateSaveMs = 2 * HourMs;

        /// <summary>After a start, inputs are given this long before troubles open or close cases.</summary>
        public const int SettleMs = 10 * 1000;

        /// <summary>
        /// After a start, the time in which every input is looked at and settles: the longest window of samples, and two zones a tick.
        /// </summary>
        public const int FirstLookMs = 1000;

        /// <summary>Samples of every input that this takes; a tick that writes to a slow flash is long, and is one sample.</summary>
        public const int FirstLookSamples = DebounceSamplesMax + ZonesMax / ChangesPerTick;

        /// <summary>
        /// A zone must have been at rest, or signal again, for this long before its alarm sounds despite a silence. A flickering detector
        /// does neither for a minute.
        /// </summary>
        public const int ResoundRestMs = MinuteMs;

        /// <summary>How long before its end a drill warns: time to put call points back.</summary>
        public const int DrillWarnMs = MinuteMs;

        /// <summary>How long lamps and sounder show themselves in a self-test by hand.</summary>
        public const int LampTestMs = 5000;

        /// <summary>How long siren and strobe sound in it: long enough to be heard, too short to wake a village.</summary>
        public const int SoundTestMs = 2000;

        /// <summary>A key that is not at rest for this long is a fault of the box: nobody holds one for a minute.</summary>
        public const int KeyHeldMs = MinuteMs;

        /// <summary>A case is told again after a day and after a week, in hours, and when it makes the station red.</summary>
        public const int CaseDayHours = 24;
        public const int CaseWeekHours = 7 * 24;

        /// <summary>A test by a person is due every month, week or day, in hours, as the station's code is green, yellow or red.</summary>
        public const int TestGreenHours = 30 * 24;
        public const int TestYellowHours = 7 * 24;
        public const int TestRedHours = 24;

        /// <summary>
        /// Where nothing is said, a value comes back by a fiftieth of its range before its zone is at rest: above the noise of a sensor.
        /// </summary>
        public const int HysteresisShare = 50;

        /// <summary>Largest raw value of an analog input: the measured reference itself.</summary>
        public const int RawMax = 10000;

        /// <summary>From the start to the first record of the box itself: by then a program has all the memory that it will take.</summary>
        public const int BoxStateFirstMs = 10 * MinuteMs;

        /// <summary>Between two of them.</summary>
        public const int BoxStateMs = 24 * HourMs;

        /// <summary>
        /// A look away from the inputs that is told at once: a good TLS handshake takes up to 3 s, a folder's clean-up about 2 s, and a
        /// watchdog's time is 22 s.
        /// </summary>
        public const int BoxGapMs = 10 * 1000;

        /// <summary>Free memory of the program that is told at once: a sixteenth of the smallest board's.</summary>
        public const int BoxFreeBytes = 256 * 1024;

        /// <summary>Likewise of the runtime's own: a TLS connection takes two buffers of 17 KB, and the radio some more.</summary>
        public const int BoxNativeBytes = 48 * 1024;

        /// <summary>Bytes of a settings text: 32 zones, 64 rules, 16 outputs and comments, about 120 bytes a line.</summary>
        public const int SettingsBytesMax = 16384;

        /// <summary>Errors that one refusal names: as many as a technician mends in one go.</summary>
        public const int SettingsErrorsMax = 8;

        /// <summary>Characters that an error shows of a value: enough to find it, and a line of an error stays one.</summary>
        public const int ValueShownMax = 40;

        /// <summary>A list of allowed words that is longer than this is printed only once in an error, at its end.</summary>
        public const int ListTwiceMax = 60;

        /// <summary>
        /// Searches for the nearest right word on one settings line: each compares with up to 24 words, some 4,000 instructions. Further
        /// wrong words of the line are reported without a suggestion.
        /// </summary>
        public const int NearPerLine = 2;

        /// <summary>Letters of a word for which a near one is looked for: those of our longest word and half as many.</summary>
        public const int NearWordMax = 24;

        /// <summary>Keys of one command: a zone at a sensor has 14.</summary>
        public const int LineKeysMax = 24;

        /// <summary>Missing keys that one error line names.</summary>
        public const int LineMissingMax = 6;

        /// <summary>
        /// How long settings on trial may be without the county's welcome: time for an address (30 s) and four attempts on each of two
        /// paths at their worst (35 s each, pauses of up to 8 s between them). A village whose alarms do not reach the county meanwhile
        /// still hears them.
        /// </summary>
        public const int SettingsTrialMs = 6 * MinuteMs;

        /// <summary>Starts of a trial: one power cut may be chance and two bad luck; a third start without an end is neither.</summary>
        public const int SettingsStartsMax = 3;

        /// <summary>How long the restart with new settings waits for the county to hold the answer to its command.</summary>
        public const int SettingsApplyWaitMs = 5 * 1000;

        /// <summary>Words of one settings line.</summary>
        public const int LineWordsMax = 32;

        /// <summary>Bytes of a name in UTF-8: 16 Chinese characters.</summary>
        public const int NameBytesMax = 48;

        /// <summary>Seconds between heartbeats: a sixth of what the county takes for silence.</summary>
        public const int HeartbeatS = 30;

        /// <summary>Shortest time between heartbeats, and longest, s: a line that is paid by the byte.</summary>
        public const int HeartbeatMinS = 5;
        public const int HeartbeatMaxS = 600;

        /// <summary>Lesser events sent in a second while a backlog drains: thousands of stations come back at once.</summary>
        public const int DrainPerS = 10;
        public const int DrainMinPerS = 1;
        public const int DrainMaxPerS = 100;

        /// <summary>Batches without the county's answer at a time.</summary>
        public const int InFlightMax = 4;

        /// <summary>Of these, how many lesser lanes may use: one is always left for a fire.</summary>
        public const int InFlightLesserMax = 3;

        /// <summary>The county's answer is awaited this long: three round trips of 2 s and a commit.</summary>
        public const int AnswerMs = 10 * 1000;

        /// <summary>
        /// A clock that is less than this off is left alone: an answer may take some seconds on its way, and a crystal loses 4 s a day.
        /// </summary>
        public const int ClockStepMs = 5 * 1000;

        /// <summary>
        /// Messages in a row that must say that the clock is ahead before it is set back: one may have been held up on its way.
        /// </summary>
        public const int ClockAgreeCount = 3;

        /// <summary>
        /// Between two events about messages that are not the county's: whoever can send them must not fill the log with them.
        /// </summary>
        public const int RefusedToldMs = HourMs;

        /// <summary>
        /// How often the broker that is not in use is tried: with the tries below its failure is shown within seven minutes.
        /// </summary>
        public const int StandbyPathMs = 5 * MinuteMs;

        /// <summary>Between tries of it after a failure.</summary>
        public const int StandbyPathAgainMs = 30 * 1000;

        /// <summary>Failed tries in a row that are a fault: fewer may be a broker that restarts.</summary>
        public const int StandbyPathTries = 3;

        /// <summary>Unanswered times in a row after which the connection is given up.</summary>
        public const int AnswersMissedMax = 3;

        /// <summary>
        /// The answer to a hello is awaited as long as an open connection may be silent: on a bad line TCP repeats, and a new connection
        /// costs more than patience.
        /// </summary>
        public const int WelcomeMs = AnswersMissedMax * AnswerMs;

        /// <summary>
        /// A hello is said again after this, twice this and so on: after a broker's restart a station may be there before its county.
        /// </summary>
        public const int HelloAgainMs = 2 * 1000;

        /// <summary>A connection attempt is given up after this: the device's client itself waits 30 s for the broker's answer.</summary>
        public const int OpenMs = 35 * 1000;

        /// <summary>First pause before a new attempt.</summary>
        public const int BackOffFirstMs = 1000;

        /// <summary>Longest pause before a new attempt: a county that comes back is found within a minute.</summary>
        public const int BackOffMaxMs = 60 * 1000;

        /// <summary>
        /// A session that lasts this long resets the back-off; shorter ones lengthen it, as failed attempts do. Twice the longest pause, so
        /// that two boxes with the same number, which end each other's sessions, stay at the longest pause.
        /// </summary>
        public const int SessionSettledMs = 2 * BackOffMaxMs;

        /// <summary>No county answer to a fire in this time is a fault (EN 54-21 type 1: 100 s).</summary>
        public const int FireAnswerMs = 100 * 1000;

        /// <summary>
        /// The table of names goes up at most so often: to read it costs a line of settings a tick, and a county that asks again has lost
        /// a part.
        /// </summary>
        public const int NamesAgainMs = 60 * 1000;

        /// <summary>No way to the county for this long is a fault, shown within 100 s as sister standards of the device ask.</summary>
        public const int LinkFaultMs = 90 * 1000;

        /// <summary>The link lamp stays on this long after the county held a fire (5 min, GB 26875.1).</summary>
        public const int HeldLampMs = 5 * 60 * 1000;

        /// <summary>A slot of a lamp or sound pattern.</summary>
        public const int PatternSlotMs = 100;

        /// <summary>No place's time is off by less than a quarter of an hour, min.</summary>
        public const int UtcOffsetStepMin = 15;

        /// <summary>2024-01-01: a clock before this was never set.</summary>
        public const long EarliestUtcMs = 1704067200000;

        /// <summary>Samples by which a rise is judged: a minute of them, the span that rise= is about.</summary>
        public const int RiseSamples = 6;

        /// <summary>Between two of them: a fast rise is seen within a sixth of the minute.</summary>
        public const int RisePeriodMs = MinuteMs / RiseSamples;
    }
}
