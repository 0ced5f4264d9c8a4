// Owns: every bound of Core, each with its reason.
// Must never: hold anything that a station sets for itself; that is in its settings.

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

        /// <summary>Samples of the longest debounce window: eight classes of four bits fill one int.</summary>
        public const int DebounceSamplesMax = 8;

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

        /// <summary>Flags that rules hand to later rules: one bit each in an int.</summary>
        public const int RuleFlagsMax = 16;

        /// <summary>Events that wait to become records: every zone changes twice.</summary>
        public const int EventsWaitingMax = 64;

        public const int MinuteMs = 60 * 1000;

        public const int HourMs = 60 * MinuteMs;

        /// <summary>Longest shield: a week; who needs more asks again.</summary>
        public const int ShieldMinutesMax = 7 * 24 * 60;

        /// <summary>Longest test of a zone: four hours, half a shift.</summary>
        public const int TestMinutesMax = 4 * 60;

        /// <summary>Longest hot-work permit: twelve hours, a working day.</summary>
        public const int HotWorkMinutesMax = 12 * 60;

        /// <summary>Longest duty check (GB 26875.1: sounds until answered or 10 min pass).</summary>
        public const int DutyCheckMinutesMax = 10;

        /// <summary>Longest drill that a station's settings allow: a working day.</summary>
        public const int DrillMinutesMax = 8 * 60;

        /// <summary>Longest drill where they say nothing: two hours.</summary>
        public const int DrillMinutes = 2 * 60;

        /// <summary>t1 + t2 of the outputs' delay at most (EN 54-2 7.11: 10 min).</summary>
        public const int AlarmDelayMaxS = 600;

        /// <summary>Verification window at most (NFPA 72: 90 s).</summary>
        public const int VerifyMaxS = 90;

        /// <summary>
        /// How often shields, tests, drill and hot work are written to flash while they run: a power cut prolongs them by this at most.
        /// </summary>
        public const int TimedSaveMs = 15 * MinuteMs;

        /// <summary>How often running clocks and a duty check are written: they are minutes long, and rare.</summary>
        public const int ClockSaveMs = 15 * 1000;

        /// <summary>After a start, inputs are given this long before troubles open or close cases.</summary>
        public const int SettleMs = 10 * 1000;

        /// <summary>
        /// After a start, the time in which every input is looked at and settles: the longest window of samples, and two zones a tick.
        /// </summary>
        public const int FirstLookMs = 1000;

        /// <summary>Samples of every input that this takes; a tick that writes to a slow flash is long, and is one sample.</summary>
        public const int FirstLookSamples = DebounceSamplesMax + ZonesMax / ChangesPerTick;

        /// <summary>
        /// How long a zone must have rested, or must signal anew, to break a silence: a flickering detector does neither for a minute.
        /// </summary>
        public const int ResoundRestMs = MinuteMs;

        /// <summary>How long before its end a drill warns: time to put call points back.</summary>
        public const int DrillWarnMs = MinuteMs;

        /// <summary>How long lamps and sounder show themselves in a self-test by hand.</summary>
        public const int LampTestMs = 5000;

        /// <summary>A key that is not at rest for this long is a fault of the box: nobody holds one for a minute.</summary>
        public const int KeyHeldMs = MinuteMs;

        /// <summary>Largest raw value of an analog input: the measured reference itself.</summary>
        public const int RawMax = 10000;

        /// <summary>
        /// Records of one segment file at most: 64 × 64 bytes fill one 4 KiB block of littlefs, so an append moves one block.
        /// </summary>
        public const int SegmentRecordsMax = 64;

        /// <summary>Segment files of one lane at most: bounds the index in memory (5 bytes each).</summary>
        public const int SegmentsMax = 240;

        /// <summary>Segment files that a start takes up in one lane, whatever the plan: as many as a 4 MiB partition has blocks.</summary>
        public const int SegmentFilesMax = 1024;

        /// <summary>
        /// Records of a lane that wait in memory for flash: those of two ticks. Behind them the panel's events wait, which are smaller.
        /// </summary>
        public const int PendingRecordsMax = 8;

        /// <summary>Of these, places that the panel's events leave to the uplink's, to the start's and to loss records.</summary>
        public const int PendingRecordsKept = 3;

        /// <summary>First alarms that a full fire lane keeps: one a zone.</summary>
        public const int KeptRecordsMax = ZonesMax;

        /// <summary>
        /// Every county takes a boot up to this, whatever its clock says. A gateway above it that is told that its boot is too high begins
        /// a new epoch; below it nobody who is honest says so.
        /// </summary>
        public const uint BootsTaken = 16777216;

        /// <summary>
        /// A county that holds a number above this has it from somebody with the key: at 100 events an hour a lane takes 2,400 years to get
        /// here, and each damage of the store is a jump of 65,536. The gateway begins a new epoch instead of going on above it.
        /// </summary>
        public const uint SequencesTaken = 2147483648;

        /// <summary>
        /// A boot that was given up is told as this one, and the new epoch goes on behind it: half of what every county takes is left for
        /// starts to come, and no real start of before lies behind it.
        /// </summary>
        public const uint BootBeforeEpoch = 8388608;

        /// <summary>Reads of a segment that fail in a row before its records are given up and owned up to.</summary>
        public const int ReadTriesMax = 3;

        /// <summary>
        /// Segments without one good record that recovery goes back over to find the end of the last good one: as many cuts in a row.
        /// </summary>
        public const int RecoverSegmentsMax = 8;

        /// <summary>
        /// Segments of the fire lane that a start reads at most to find the latch: 64 KiB, when the journal's own state is lost or old.
        /// </summary>
        public const int ReplaySegmentsMax = 16;

        /// <summary>
        /// Segments of the condition lane behind the newest that a start reads at most for what the journal does not cover yet: a storm's
        /// events.
        /// </summary>
        public const int ReplayConditionsMax = 2;

        /// <summary>
        /// Failed writes in a row, a second apart, after which the flash is given up until the next start: a fire waits no longer for it.
        /// </summary>
        public const int FlashTriesMax = 5;

        /// <summary>Records of a segment in memory: 1 KiB, which a fragmented heap still has.</summary>
        public const int MemorySegmentRecords = 16;

        /// <summary>Bytes of a journal entry, as large as a record for the same reason.</summary>
        public const int JournalEntryBytes = 64;

        /// <summary>Entries of a journal file: one 4 KiB block.</summary>
        public const int JournalEntriesMax = 64;

        /// <summary>Kinds of state in the journal: those of <see cref="JournalKey"/>.</summary>
        public const int JournalKeysMax = 10;

        /// <summary>
        /// How long the county's word on what it holds may stay unwritten: a power cut repeats at most this much of quiet delivery.
        /// </summary>
        public const int CursorSaveMs = 10 * 60 * 1000;

        /// <summary>Newly held records after which the cursor is written earlier: one segment's worth of repeats.</summary>
        public const int CursorSaveRecords = 64;

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

        /// <summary>Pause after a failed write to flash: a full or worn flash must not eat the loop.</summary>
        public const int FlashRetryMs = 1000;

        /// <summary>Bytes of a settings text: 32 zones, 64 rules, 16 outputs and comments, about 120 bytes a line.</summary>
        public const int SettingsBytesMax = 16384;

        /// <summary>Errors that one refusal names: as many as a technician mends in one go.</summary>
        public const int SettingsErrorsMax = 8;

        /// <summary>Characters that an error shows of a value: enough to find it, and a line of an error stays one.</summary>
        public const int ValueShownMax = 40;

        /// <summary>A longer list of allowed words stands once in an error, at its end.</summary>
        public const int ListTwiceMax = 60;

        /// <summary>
        /// Searches for the nearest right word on one settings line: each compares with up to 24 words, some 4,000 instructions. A line
        /// with more wrong words is told without.
        /// </summary>
        public const int NearPerLine = 2;

        /// <summary>Letters of a word for which a near one is looked for: those of our longest word and half as many.</summary>
        public const int NearWordMax = 24;

        /// <summary>Keys of one command: a zone at a sensor has 14.</summary>
        public const int LineKeysMax = 24;

        /// <summary>Keys of one line that are told to be missing.</summary>
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
        public const int IdlePathMs = 5 * MinuteMs;

        /// <summary>Between tries of it after a failure.</summary>
        public const int IdlePathAgainMs = 30 * 1000;

        /// <summary>Failed tries in a row that are a fault: fewer may be a broker that restarts.</summary>
        public const int IdlePathTries = 3;

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
        /// A session that lasts so long begins the pauses anew; shorter ones in a row make them longer, as failed attempts do. Twice the
        /// longest pause, so that two boxes with one number, which throw each other out, stay at the longest.
        /// </summary>
        public const int SessionSettledMs = 2 * BackOffMaxMs;

        /// <summary>No county answer to a fire in this time is a fault (EN 54-21 type 1: 100 s).</summary>
        public const int FireAnswerMs = 100 * 1000;

        /// <summary>No way to the county for this long is a fault, shown within 100 s as sister standards of the device ask.</summary>
        public const int LinkFaultMs = 90 * 1000;

        /// <summary>The link lamp stays on this long after the county held a fire (5 min, GB 26875.1).</summary>
        public const int HeldLampMs = 5 * 60 * 1000;

        /// <summary>A slot of a lamp or sound pattern.</summary>
        public const int PatternSlotMs = 100;
    }
}
