// Owns: every bound of the county's side, with its reason.
// Must never: bound what was stored; only queues, samples, lines and waiting times end here.

namespace Gateway.County;

/// <summary>Bounds that are not settings.</summary>
public static partial class CountyLimits
{
    /// <summary>
    /// Messages in one transaction: 256 batches are at most 4,096 records, which SQLite takes in about 0.1 s, less than a person notices.
    /// </summary>
    public const int CommitMessagesMax = 256;

    /// <summary>How long the first message of a transaction waits for company, ms. One disk flush costs about as much.</summary>
    public const int CommitWaitMs = 3;

    /// <summary>
    /// Messages waiting for the store, each about 8 KB of decoded records. What does not fit is dropped unacknowledged and counted; the
    /// gateway sends it again. 1,000 stations with 8 batches in flight fit.
    /// </summary>
    public const int WaitingMessagesMax = 8_192;

    /// <summary>Messages waiting of one station: a gateway has a few batches in flight, so more is a flood of repeats.</summary>
    public const int WaitingOfStationMax = 64;

    /// <summary>
    /// Records and messages of one station in one transaction, 16 full batches: a gateway has four small ones in flight. So one station
    /// makes no transaction long for the others.
    /// </summary>
    public const int GroupUnitsOfStationMax = 256;

    /// <summary>
    /// Work that a station may make in a second on the average, and at once, in statements of the store: a gateway that drains a backlog
    /// sends 100 records a second at most, which cost two each where a restored county has them already; and what a ring holds comes in
    /// one go from a box of another make of sender. A station that made more waits until its account is even again; the others don't.
    /// </summary>
    public const int WorkPerSecond = 500;
    public const int WorkAtOnce = 4_000;

    /// <summary>And it waits so long at most, ms: the box whose key was stolen is behind the same account.</summary>
    public const int WorkWaitMaxMs = 5_000;

    /// <summary>Between two lines about the same station that waits, ms.</summary>
    public const int WorkLineMs = 60_000;

    /// <summary>
    /// A box that warns: what it counts itself for grave (the gateway's Limits.BoxGapMs, BoxFreeBytes, BoxNativeBytes); a write of the
    /// flash that kept it for 5 s, where a good one takes a tenth; and so many starts by a fault or the watchdog in so many days.
    /// </summary>
    public const int BoxGapMs = 10_000;
    public const int BoxFreeBytes = 256 * 1024;
    public const int BoxNativeBytes = 48 * 1024;
    public const int BoxWriteMs = 5_000;
    public const int BoxFaultStarts = 3;
    public const int BoxDays = 7;

    /// <summary>Between two writes of the refusal counters, ms: a flood costs one small transaction a second.</summary>
    public const int RefusalFlushMs = 1_000;

    /// <summary>Between two lines about the same station and reason, ms.</summary>
    public const int RefusalLineMs = 10_000;

    /// <summary>Lines about refusals in any second, whatever their stations and reasons: more than a person reads.</summary>
    public const int RefusalLinesPerSecondMax = 5;
    public const int RefusalSecondMs = 1_000;

    /// <summary>
    /// Lines in <see cref="RefusalLineMs"/> about a station's fires, twice its zones, about those under taken numbers, and about its
    /// escalations, beside the first of each zone and level; and about all else of it. Then a count, when that time is over. So no station
    /// pushes the others' lines off a screen.
    /// </summary>
    public const int StationFireLinesMax = 64;
    public const int StationLinesMax = 100;

    /// <summary>Characters of a refused topic that are kept as a sample: the longest good topic has 165.</summary>
    public const int SampleCharsMax = 120;

    /// <summary>
    /// Gaps kept of a lane, reported lost or not: a full lane leaves a hole behind each first alarm of 32 zones, so this is an outage
    /// that fills it every second day for two months. Then the lowest become one that spans them, until half are left.
    /// </summary>
    public const int GapsOfLaneMax = 1_024;

    /// <summary>
    /// Ranges ahead of a lane that loss records report: a gateway reports what is behind it, so only what overtook others on its way
    /// is ahead: four batches of 16. What finds no place is shown as a gap.
    /// </summary>
    public const int LossesAheadMax = 64;

    /// <summary>Versions kept of one key that came with different bytes; more are counted only.</summary>
    public const int ConflictsPerKeyMax = 8;

    /// <summary>
    /// Versions kept of a station, beside its fires, which find as many places again and then take that of the oldest: what is left out is
    /// counted as refused, and the first are the evidence. A box that was written back from a copy makes some dozens.
    /// </summary>
    public const int ConflictsOfStationMax = 2_048;

    /// <summary>
    /// Lives of a station's store whose numbers are kept, the last heard first: a box that makes one at every start, and starts again each
    /// minute, is known for a night. Of older ones the events are kept, and what is held of them is asked of the box anew.
    /// </summary>
    public const int EpochsKeptMax = 1_024;

    /// <summary>Starts of a life whose clocks are kept, the highest: each leaves a record, and a lane holds some thousands.</summary>
    public const int BootsKeptMax = 1_024;

    /// <summary>
    /// Events of a start that get their time at once when it becomes known, fires first and the oldest first: what a box sent before its
    /// first welcome is far less. Others keep the time of their receipt.
    /// </summary>
    public const int BackFillMax = 4_096;

    /// <summary>Escalations kept of a station that have ended: ten alarms a day for a year.</summary>
    public const int EscalationsEndedMax = 4_096;

    /// <summary>
    /// A hello may name a boot up to this above the seconds since 2024: no box starts more than once a second, and after 256 losses of its
    /// count a box stands as high, since each makes it jump by 65,536.
    /// </summary>
    public const uint BootsAboveClock = 16_777_216;

    /// <summary>
    /// And a record may have a number up to this above the seconds since 2024: no box writes more than one record a second for long, and
    /// each damage of its store makes it jump by 65,536. So nobody with a stolen key brings a box to the end of its numbers.
    /// </summary>
    public const uint SequencesAboveClock = 16_777_216;

    /// <summary>
    /// Records that sessions of a station which were never opened may store, until one is opened, beside its fires: four batches in
    /// flight of 16 are all that a gateway sends before it hears that it is to say hello.
    /// </summary>
    public const int UnopenedRecordsMax = 64;

    /// <summary>
    /// How long a heartbeat may tell of a fire that the county does not have, ms: a gateway sends anew after 10 s without an answer, so two
    /// attempts have failed by then.
    /// </summary>
    public const int HiddenFireMs = 30_000;

    /// <summary>
    /// How far the wall clock may be above the last moment at which it was trusted, ms: two years. A copy that is put back, or a machine
    /// that stood in a cupboard, is younger; a clock that is wrong by less uses up 63 million of 4,295 million numbers.
    /// </summary>
    public const long ClockJumpMs = 731L * 86_400_000;

    /// <summary>Between two notes of the moment at which the wall clock was trusted, ms.</summary>
    public const int ClockNoteMs = 60_000;

    /// <summary>
    /// Lives of a store whose fires wait in one escalation: two boxes with one number, each with a life in memory. More are invented, or of
    /// a box that starts again for ever.
    /// </summary>
    public const int EscalationEpochsMax = 4;

    /// <summary>A further fire in an open escalation is told anew after this, ms: once a minute is heard, and more is noise.</summary>
    public const int EscalationAgainMs = 60_000;

    /// <summary>
    /// Two boxes that had one number so shortly before an alarm have it still, ms: each answers for itself alone. A day, since one of them
    /// may be off at night.
    /// </summary>
    public const long TwinsKnownMs = 86_400_000;

    /// <summary>New lives of a station's store are counted by the hour, ms.</summary>
    public const long EpochHourMs = 3_600_000;

    /// <summary>Between two looks at the registry's version, ms: a station just added may have to knock twice.</summary>
    public const int RegistryLookMs = 500;

    /// <summary>Wait for the broker's answer to a connection and a subscription, ms.</summary>
    public const int BrokerAnswerMs = 10_000;

    /// <summary>
    /// First and longest wait between two attempts to reach the broker, ms: all stations of a county wait for this one connection.
    /// </summary>
    public const int BrokerRetryFirstMs = 250;
    public const int BrokerRetryMaxMs = 1_000;

    /// <summary>Wait after a transaction that failed, ms, so that a full disk does not burn a core.</summary>
    public const int StoreRetryMs = 200;

    /// <summary>A station that was not heard for this long is silent, ms: six heartbeats as they are set without another word.</summary>
    public const int SilentAfterMs = 180_000;

    /// <summary>Heartbeats of a station that may be missing where they are further apart.</summary>
    public const int BeatsMissed = 3;

    /// <summary>The settings of a station allow up to 600 s between heartbeats; what is further apart was an outage, ms.</summary>
    public const int BeatsApartMaxMs = 700_000;

    /// <summary>How long a command is good when nobody says otherwise, s: longer than a gateway takes to restart.</summary>
    public const int CommandLifeS = 600;

    /// <summary>And how long at most, s: what the head of a message can say.</summary>
    public const int CommandLifeMaxS = ushort.MaxValue;

    /// <summary>Between two sendings of the same command, ms: an answer goes the way of routine records, which wait for fires.</summary>
    public const int CommandRepeatMs = 10_000;

    /// <summary>Between two looks for commands that another process queued, ms: a person who asked looks at the screen.</summary>
    public const int CommandLookMs = 500;

    /// <summary>Attempts to give a number while other processes take numbers of the same station.</summary>
    public const int CommandNumberTries = 8;

    /// <summary>
    /// Rows that a listing reads at once, about 150 KB: between two pages nothing is held open, so that a list that somebody reads in
    /// peace does not keep the write-ahead log from being emptied.
    /// </summary>
    public const int PageRows = 500;

    /// <summary>Bytes of a settings text: what a gateway takes.</summary>
    public const int SettingsBytesMax = 16_384;

    /// <summary>Bytes of a station's name in UTF-8: 16 Chinese characters, what the gateway's settings take.</summary>
    public const int NameBytesMax = 48;

    /// <summary>
    /// Frames kept of a box, by which a repeat is known: a box has one exchange outstanding, so a repeat comes soon; the rest is room for
    /// those that send on without waiting.
    /// </summary>
    public const int PeerFramesKept = 64;

    /// <summary>
    /// A frame without times of its own is taken for a repeat only so long, ms: four sendings, ten seconds apart, and room for a slow
    /// line. Later the same bytes are news: the box started again, or it happened again.
    /// </summary>
    public const int PeerRepeatMs = 60_000;

    /// <summary>Parts kept of a box: a large building has some thousands; a part beyond has no kept state, and each bit is told.</summary>
    public const int PeerPartsMax = 20_000;

    /// <summary>Newest measured values kept of a box: one or two a part; a kind beyond is not kept.</summary>
    public const int PeerValuesMax = 20_000;

    /// <summary>Senders that are listed as unregistered: more than a person looks through; the one unheard for longest goes.</summary>
    public const int StrangersMax = 256;

    /// <summary>Connections of boxes, and senders of datagrams: a county has some hundreds of boxes, and each reads 2 KiB.</summary>
    public const int PeerConnectionsMax = 1_000;

    /// <summary>A box that says nothing good for so long is put out, ms: three heartbeats of the slowest kind, a minute apart.</summary>
    public const int PeerIdleMs = 180_000;

    /// <summary>A connection on which no registered box has spoken yet has so long, ms: a box speaks when it has connected.</summary>
    public const int PeerUnprovenMs = 30_000;

    /// <summary>Between two bytes of a frame, ms: a modem's worst pause; then the start was a false one.</summary>
    public const int PeerStallMs = 10_000;

    /// <summary>After so long within a frame a whole good one behind its start is read at once, ms: the start was a false one.</summary>
    public const int PeerPauseMs = 1_000;

    /// <summary>Frames a second of one connection; then reading pauses. A panel in a real fire sends some twenty.</summary>
    public const int PeerFramesPerSecond = 50;

    /// <summary>Frames of one connection that wait for the store; then reading pauses.</summary>
    public const int PeerFramesWaiting = 32;

    /// <summary>Frames denied in a row, after which the connection ends: the line is broken, and a new one may be better.</summary>
    public const int PeerDeniesInARow = 20;

    /// <summary>How long an exchange waits for its answer, ms, and how often it is sent again; by the protocol 10 s and three.</summary>
    public const int PeerAnswerMs = 5_000;
    public const int PeerResends = 3;

    /// <summary>
    /// Frames that wait for one centre, beside fires: weeks of a county's events, about 10 MB. Beyond, so many go at once of the stations
    /// that have the most, the oldest of the least lane first; they are counted and told.
    /// </summary>
    public const int CentreWaitingMax = 100_000;
    public const int CentreRoomFrames = 1_000;

    /// <summary>
    /// And of one station: an outage of a week with twelve events an hour. Beyond, its own oldest of the least lane goes. Its fires have as
    /// many places again; one beyond these takes that of its oldest, which a centre could only be told as long over.
    /// </summary>
    public const int CentreWaitingOfStationMax = 2_000;

    /// <summary>First and longest wait between two attempts to reach a centre, ms.</summary>
    public const int CentreRetryFirstMs = 1_000;
    public const int CentreRetryMaxMs = 30_000;

    /// <summary>Between two signs of life to a centre when there is nothing else to send, ms; the usual 20-30 s of boxes.</summary>
    public const int CentreBeatMs = 30_000;

    /// <summary>Between two duty checks of a centre for a station, ms; a sooner one is denied: no person answers so fast.</summary>
    public const int CentreDutyApartMs = 10_000;

    /// <summary>A frame that the centre denied is sent anew after so long, ms, and what else waits goes before it.</summary>
    public const int CentreDeniedMs = 10_000;

    /// <summary>Rows read that cost about as much work as one statement.</summary>
    public const int RowsAStatement = 32;

    /// <summary>What a clock costs in statements.</summary>
    public const int WorkOfClock = 4;

    /// <summary>Events that get their time for as much work as one statement.</summary>
    public const int EventsAStatement = 8;

    /// <summary>What a conflict costs in statements.</summary>
    public const int WorkOfConflict = 4;

    /// <summary>What a life of a store that has no row yet costs in statements, with its lanes and its clock.</summary>
    public const int WorkOfEpoch = 20;

    /// <summary>A store that failed is asked again after this at the latest, so a failure that is older was the last one, s.</summary>
    public const int StoreFailureS = 3;

    /// <summary>How often the working thread looks up from waiting to do what is due by time, ms.</summary>
    public const int WaitingIdleMs = 200;

    /// <summary>How long SQLite waits for a lock, ms: a reader's checkpoint or `station add` holds it for milliseconds.</summary>
    public const int SqliteBusyMs = 10_000;

    /// <summary>
    /// Attempts to become the receiver, and between two of them, ms: a listing that looks whether somebody receives holds the file for a
    /// moment.
    /// </summary>
    public const int ReceiverTries = 10;
    public const int ReceiverAgainMs = 20;

    /// <summary>Symbolic links that a path may lead through: as many as Linux follows.</summary>
    public const int LinksMax = 40;

    /// <summary>Lines of the history of keys: of 4,000 stations two rotations of each; then the older half goes.</summary>
    public const int KeyHistoryLinesMax = 16_000;

    /// <summary>So many frames of a box more than are needed are kept for a while, which costs a statement less a frame.</summary>
    public const int PeerForgetEvery = 16;

    /// <summary>
    /// How long an attempt to connect and one statement of PostgreSQL may take, s: longer than a vacuum or a checkpoint holds anything up,
    /// and short enough that a server that stands still is told within 30 s, with the time to give the statement up, ms.
    /// </summary>
    public const int PostgresConnectS = 5;
    public const int PostgresStatementS = 10;
    public const int PostgresCancelMs = 1_000;

    /// <summary>
    /// A worker that others can take over from, and of whom the database has heard nothing for so long, s, hangs: it looks twice a second.
    /// </summary>
    public const int PostgresSilentS = 10;

    /// <summary>Characters of a broker password that is made here: random, so that nobody guesses them.</summary>
    public const int PasswordChars = 24;

    /// <summary>Rounds of its hash: many would stall a broker to which all stations of a county come back at once.</summary>
    public const int PasswordRounds = 100;

    /// <summary>Rounds of a hash that somebody else wrote: about a second of work.</summary>
    public const int PasswordRoundsMax = 1_000_000;

    /// <summary>Bytes of the note of who receives: one line with a name and a number.</summary>
    public const int ReceiverNoteBytes = 200;

    /// <summary>Statements that a connection to PostgreSQL keeps prepared: more than the county has.</summary>
    public const int PostgresPreparedMax = 100;

    /// <summary>
    /// How long before an alarm's case that is kept nothing of its station goes, ms: its clocks, and what it stands beside, are on other
    /// lanes.
    /// </summary>
    public const long PruneBesideCaseMs = 7 * 86_400_000L;

    /// <summary>Events that go in one transaction: SQLite takes them in 0.1 s, less than a person notices of a fire that waits.</summary>
    public const int PruneEventsMax = 2_000;

    /// <summary>Days of events that are kept at least, and years at most: a quarter is asked about all the time.</summary>
    public const int KeepDaysMin = 90;
    public const int KeepYearsMax = 100;

    /// <summary>Making or dropping a database on a PostgreSQL server copies files, s.</summary>
    public const int PostgresMakeS = 120;

    /// <summary>Events in one transaction from which PostgreSQL takes them in bulk: what that needs besides costs as much as 20.</summary>
    public const int PostgresCopyMin = 64;

    /// <summary>
    /// A fire that nobody in the village has answered goes to the township after this, ms, the first of 1, 3 and 5 min, and to the county
    /// after that, the second.
    /// </summary>
    public const int TownshipAfterMs = 60_000;
    public const int CountyAfterMs = 180_000;

    /// <summary>A zone that signals anew so soon after its answer asks nobody again, ms: t1 and t2 of a box together.</summary>
    public const int SameZoneAgainMs = 600_000;

    /// <summary>Longest duty check, min: what gateways and other makers' boxes take.</summary>
    public const int DutyCheckMinutesMax = 10;

    /// <summary>Longest call-out to a box, as gateways have it, and what a page offers: people set out soon or not at all.</summary>
    public const int CallOutMinutesMax = 30;
    public const int CallOutMinutes = 5;
}
