// Owns: the bounds of people who sign in and of the pages that they use, each with its reason.
// Must never: bound what a station sends: that is stored whoever looks.

namespace Gateway.County;

public static partial class CountyLimits
{
    /// <summary>First and longest wait before a wrong password is answered, ms.</summary>
    public const int WrongFirstMs = 250;
    public const int WrongMaxMs = 8_000;

    /// <summary>Wrong answers on their way for one name from one address; more attempts are refused unseen.</summary>
    public const int WrongPendingMax = 4;

    /// <summary>Names with addresses whose wrong attempts are remembered; all others share one memory.</summary>
    public const int WrongRememberedMax = 4_096;

    /// <summary>A quiet time after which wrong attempts are forgotten, ms.</summary>
    public const int WrongForgottenMs = 600_000;

    /// <summary>Users of the duty page: some for each of a county's townships; and characters of a user's name.</summary>
    public const int DutyUsersMax = 2_000;
    public const int DutyUserNameMax = 32;

    /// <summary>How long somebody stays signed in, ms: a shift of twelve hours.</summary>
    public const long DutySessionMs = 12 * 3_600_000L;

    /// <summary>Places at which one user is signed in: a desk, a wall, a telephone and what was left open; the oldest one goes.</summary>
    public const int DutySessionsMax = 20;

    /// <summary>Bytes of a session's name: nobody guesses that many.</summary>
    public const int DutyTokenBytes = 32;

    /// <summary>Rounds of a password's hash, as is advised for SHA-512: a tenth of a second for whoever signs in.</summary>
    public const int DutyHashRounds = 210_000;

    /// <summary>
    /// Shortest password, in characters, and the longest that is looked at; and passwords that are looked at in one moment, since each
    /// takes a processor for a tenth of a second.
    /// </summary>
    public const int DutyPasswordMin = 10;
    public const int DutyPasswordMax = 128;
    public const int DutyHashesAtOnce = 1;

    /// <summary>Rows of the shift log: thirty acts a day and desk for years; older ones go.</summary>
    public const int DutyLogMax = 500_000;

    /// <summary>Connections to the page: six a browser, at some hundred desks.</summary>
    public const int DutyConnectionsMax = 600;

    /// <summary>Bytes of what a page sends: a note of the longest, in the longest encoding.</summary>
    public const int DutyBodyBytesMax = 16_384;

    /// <summary>Characters of an address that a proxy tells: the longest of IPv6 with its zone.</summary>
    public const int DutyAddressMax = 64;

    /// <summary>Cases on a page: more than a person reads; how many more there are is told.</summary>
    public const int DutyCasesShown = 200;

    /// <summary>Rows of the list that are kept as text: those of all townships; more, and they are made anew.</summary>
    public const int DutyRowsKept = 8_000;

    /// <summary>
    /// Open pages; and changes that wait for one that does not take them: then it is dropped, and comes back for all of it.
    /// </summary>
    public const int DutyPagesMax = 200;
    public const int DutyWaitingMax = 256;

    /// <summary>Between two looks for changed cases, ms: a fire is red within a second, also one that a command changed.</summary>
    public const int DutyLookMs = 250;

    /// <summary>Between two looks at stations and at whatever changes without a step, ms.</summary>
    public const int DutyWholeLookMs = 2_000;

    /// <summary>Between two signs of life on a stream, ms; a page that hears none for twice as long says so.</summary>
    public const int DutyBeatMs = 5_000;

    /// <summary>
    /// How long a page counts as sounding after it said so, ms: three signs of life, with each of which it says so again.
    /// </summary>
    public const int DutySoundMs = 15_000;

    /// <summary>
    /// Where a page is required: a fire that waits so long without one that sounds goes up, ms; and the time after a start of the county in
    /// which none does, since pages come back within seconds, and machines that lost power with the county need two minutes and a click.
    /// </summary>
    public const int DutyPageWaitMs = 30_000;
    public const int DutyPageGraceMs = 120_000;

    /// <summary>Lines about missing pages that wait for the shift log: one a station of a large county; more are told live.</summary>
    public const int DutyMissedMax = 2_000;

    /// <summary>Names of people on duty beside the counts: what one line has room for; the rest is a number.</summary>
    public const int DutyShiftShown = 6;

    /// <summary>What a browser waits before it connects again, ms.</summary>
    public const int DutyRetryMs = 1_000;

    /// <summary>Events of a station on its page, and rows of a page of the history.</summary>
    public const int DutyEventsShown = 100;
    public const int DutyHistoryRows = 500;

    /// <summary>Stations and cases that a search shows: more than a person reads; then it says to say more.</summary>
    public const int DutyFoundMax = 50;

    /// <summary>
    /// The night begins at this hour of the evening. What may still go on began so many days ago at most: a disablement lasts a day, and
    /// one that settings allow for longer is renewed; and events that are gone through for it: some a station of a large county.
    /// </summary>
    public const int NightFromHour = 18;
    public const int RunningDays = 32;
    public const int DutyNightRows = 5_000;

    /// <summary>Days of the history where nobody says since when.</summary>
    public const int DutyHistoryDays = 7;

    /// <summary>How long a duty check lasts where nobody says, min: half of the longest.</summary>
    public const int DutyCheckMinutes = 5;

    /// <summary>Longest drill that is asked of a station, min: what its settings can allow at most.</summary>
    public const int DrillMinutesMax = 480;

    /// <summary>Longest test of a zone that is asked of a station, min: a longer one is refused there.</summary>
    public const int TestMinutesMax = 240;

    /// <summary>Longest disablement or hot work that is asked of a station, min: a day; then somebody has looked again.</summary>
    public const int OrderMinutesMax = 1_440;

    /// <summary>Events of a station that a look goes through for what became of its settings.</summary>
    public const int AnswersMax = 500;

    /// <summary>
    /// How long an open page is told of an answer that came behind a command's time, or of what became of settings on trial, ms; and of how
    /// many commands.
    /// </summary>
    public const int OrderLateMs = 3_600_000;
    public const int OrdersLateMax = 2_000;

    /// <summary>Bytes of what a page sends with a settings text: the longest, in the longest encoding.</summary>
    public const int DutySettingsBytesMax = 65_536;

    /// <summary>Highest zone in a command's list of zones: the command carries it as a mask of so many bits.</summary>
    public const int ListedZoneMax = 32;
}
