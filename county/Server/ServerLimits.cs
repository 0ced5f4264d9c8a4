// Owns: every bound of the program around the county's library: its commands, pages, screen and end, each with its reason.
// Must never: hold a bound of receiving or storing; those are the library's.

namespace Gateway.County.Server;

/// <summary>Bounds that are not settings.</summary>
public static class ServerLimits
{
    /// <summary>Bytes of a file of settings: some twenty keys; more is some other file.</summary>
    public const int ConfigBytesMax = 65_536;

    /// <summary>Lines about what an older copy of the database brought back; then a count.</summary>
    public const int RestoredLinesMax = 20;

    /// <summary>Lines that wait for a screen: one that was held still for a while is still shown whole; more nobody reads back.</summary>
    public const int WaitingLinesMax = 2_000;

    /// <summary>Wider than any line is, so that nothing is folded here.</summary>
    public const int LineCellsMax = 100_000;

    /// <summary>
    /// How long the end waits for what is left to print, ms: a terminal that takes nothing must not keep the county alive.
    /// </summary>
    public const int ConsoleEndWaitMs = 500;

    /// <summary>Between two looks whether the registry changed, ms, for the files of Mosquitto.</summary>
    public const int ExportLookMs = 1_000;

    /// <summary>
    /// Attempts to get the lock on these files, and between two of them, ms: two files are written in no time; who holds it longer hangs.
    /// </summary>
    public const int ExportTriesMax = 100;
    public const int ExportWaitMs = 50;

    /// <summary>
    /// A turn that takes so long, s, waits for a database that does not answer; a restart would help a process, not a database.
    /// </summary>
    public const int HangsS = 90;

    /// <summary>And one of so long, s, is told as slow.</summary>
    public const int SlowS = 5;

    /// <summary>
    /// Connections to the pages of health, and how long one may take to ask, s: they are small and asked by few; whatever holds more
    /// connections open is no such thing.
    /// </summary>
    public const int PageConnectionsMax = 100;
    public const int PageHeadersS = 5;

    /// <summary>
    /// All of the end, ms; a service manager that kills later than this finds nobody. The county's own part of it comes first.
    /// </summary>
    public const int EndMs = 5_000;
    public const int WorkEndMs = 3_500;

    /// <summary>And how long a duty page that goes to another worker waits for what it is answering, ms.</summary>
    public const int PageEndMs = 2_000;

    /// <summary>Bytes of a password file: one line; more is some other file.</summary>
    public const int PasswordBytesMax = 1024;

    /// <summary>Bytes of a file of certificates: a chain, or the authorities of a whole system.</summary>
    public const int PemBytesMax = 1024 * 1024;

    /// <summary>A certificate that ends within so many days is told at the start.</summary>
    public const int CertificateDaysTold = 30;

    /// <summary>Rows that are drawn as one table: more would have to be read to their end before the first is seen.</summary>
    public const int TableRowsMax = 500;

    /// <summary>The widest column may be folded down to this; below it a block a row is easier to read.</summary>
    public const int FoldedCellsMin = 20;

    /// <summary>Between two looks for a gateway's answer, ms.</summary>
    public const int AnswerLookMs = 500;

    /// <summary>Longest wait for the answers to a settings text, s: an hour.</summary>
    public const int AnswerWaitMaxS = 3_600;

    /// <summary>At the end answers that are on their way still go out for so long, ms; what does not, is asked for again.</summary>
    public const int LinkCloseMs = 1_000;

    /// <summary>Longest of the times that an option gives in seconds: a day.</summary>
    public const int DayS = 86_400;

    /// <summary>Shortest time before a fire goes up, s: an answer by hand takes as long.</summary>
    public const int EscalationMinS = 10;

    /// <summary>Shortest time before the next ring is called, s: who was called needs as long to answer at all.</summary>
    public const int RingAfterMinS = 30;

    /// <summary>Neighbours that a plan by distance takes of each ring where nobody says, and kilometres of its rings.</summary>
    public const int RingParties = 3;
    public const string RingKilometres = "1,3,5";

    /// <summary>Most false alarms of a day that settings may put up with: a chattering box makes some hundred.</summary>
    public const int FalseAlarmsMax = 100;

    /// <summary>Records that are asked of a box at once: as many as one frame holds.</summary>
    public const int PeerRecordsMax = 102;

    /// <summary>
    /// Messages that a queue of the engine hands a worker beyond those that are stored: some groups of a store, so that fires among them go
    /// first. And answers that wait for the network beside.
    /// </summary>
    public const int EngineUnsettledMax = 2_000;
    public const int EngineAnswersMax = 2_000;

    /// <summary>
    /// Connections on which an engine asks who may come. It opens one for each question that it asks while others wait, and after a restart
    /// asks some about each of the connections that stand in its line of 4,096; a question that is not answered is a station turned away.
    /// </summary>
    public const int EngineAuthConnectionsMax = 4_096;

    /// <summary>
    /// How long the end of answering waits for registries that are being read, ms: a database that says nothing holds up no end. And names
    /// that are told of those that two counties have.
    /// </summary>
    public const int EngineAuthEndMs = 1_000;
    public const int EngineAuthNamesTold = 5;

    /// <summary>How often the engine and a worker see whether the other is alive, s; two that are missed end a connection.</summary>
    public const int EngineHeartbeatS = 10;

    /// <summary>
    /// How long a worker keeps a county without its queue, ms, before it lets another have it; and between two attempts to have one. A
    /// worker waits longer by a step for each county that it has, so that several come to have about as many each.
    /// </summary>
    public const int EngineWithoutQueueMs = 10_000;
    public const int EngineRetryMs = 1_000;
    public const int EngineStepMs = 50;

    /// <summary>
    /// A queue that has had messages for so long and gave none is none, ms; and between two looks at how much it has. A worker takes a
    /// message within milliseconds.
    /// </summary>
    public const int EngineDryMs = 5_000;
    public const int EngineDryLookMs = 1_000;

    /// <summary>Between two looks at a county that is worked at, ms.</summary>
    public const int EngineLookMs = 200;

    /// <summary>
    /// Bytes of a county's queue: beyond it the oldest is dropped, since a gateway keeps each record until the county holds it. To refuse
    /// instead would have every station of the county disconnected, again and again. And messages kept of those that match no queue.
    /// </summary>
    public const long EngineQueueBytesMax = 1_000_000_000;
    public const long EngineUnroutedMax = 10_000;

    /// <summary>
    /// Deliveries of a message, after which the engine drops it: as good as none, since a worker that ends over and over is no fault of
    /// the message. RabbitMQ 4 has a limit of 20 where nothing is said, for which none is -1; 3.10 takes no number below 0.
    /// </summary>
    public const int EngineDeliveriesMax = int.MaxValue;

    /// <summary>Days that events may be kept at most: a hundred years.</summary>
    public const int KeepDaysMax = 36_500;

    /// <summary>Counties of one process: each has two threads and three connections.</summary>
    public const int EngineCountiesMax = 100;

    /// <summary>Days for which an old key may be left good: a year.</summary>
    public const int OldKeyDaysMax = 365;

    /// <summary>Port of a broker where nothing else is said: MQTT's own.</summary>
    public const int BrokerPort = 1883;

    /// <summary>How long a command that somebody interrupts may take to end, ms, before the process is ended.</summary>
    public const int ProcessEndMs = 10_000;

    /// <summary>
    /// The command that sounds: between two looks for a fire that nobody took, ms; between two runs where nobody says, and at most, s; and
    /// how long a run may take, ms: a recording of half a minute, with what a busy machine adds.
    /// </summary>
    public const int SoundLookMs = 1_000;
    public const int SoundEveryS = 5;
    public const int SoundEveryMaxS = 300;
    public const int SoundRunMs = 45_000;

    /// <summary>The earth's degrees, east or west and north or south.</summary>
    public const int LongitudeMax = 180;
    public const int LatitudeMax = 90;

    /// <summary>Characters that a message shows of a value, and of a group of hex digits: enough to find it.</summary>
    public const int ValueShownMax = 40;
    public const int TokenShownMax = 20;
}
