// Owns: the bounds of the hand-over, each with its reason; what the store keeps of it is bounded in CountyLimits.
// Must never: bound how often a fire of an open case is tried.

namespace Gateway.County.HandOver;

/// <summary>Bounds that are not settings.</summary>
public static class HandOverLimits
{
    /// <summary>Bytes of a secret: Standard Webhooks allows these.</summary>
    public const int SecretBytesMin = 24;
    public const int SecretBytesMax = 64;

    /// <summary>Signatures of one message that are looked at: an old and a new secret make two.</summary>
    public const int SignaturesMax = 8;

    /// <summary>How far the time of a signed request may be from the county's clock, s: as Standard Webhooks says.</summary>
    public const int TimestampAwayS = 300;

    /// <summary>Characters of an id that is signed: a case's name and a number take less.</summary>
    public const int MessageIdMax = 128;

    /// <summary>
    /// Characters of a title, of a text, of one step's words and of a place's text: what a list, a form and a line of a platform show. With
    /// <see cref="StepsMax"/> steps a message of Chinese text stays below 20 kB, the size that receivers are asked to take.
    /// </summary>
    public const int TitleMax = 50;
    public const int TextMax = 500;
    public const int StepWordsMax = 60;
    public const int PlaceTextMax = 200;

    /// <summary>Steps of a case that a message repeats, the last ones.</summary>
    public const int StepsMax = 20;

    /// <summary>Digits of a sequence: numbers compare as texts then, and a county has no more steps in its life.</summary>
    public const int SequenceDigits = 12;

    /// <summary>
    /// Waits before the next attempt, ms. Of a fire: seconds matter, and a receiver that starts anew is back within a minute. Of all
    /// else: a repair takes hours, and what is no fire must not keep a weak receiver busy. The last one goes on.
    /// </summary>
    public static readonly int[] FireWaitsMs = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000];
    public static readonly int[] OtherWaitsMs = [5_000, 30_000, 300_000, 1_800_000, 3_600_000];

    /// <summary>
    /// Most that a receiver's Retry-After is taken for, ms: a fire is told once a minute whatever the receiver wishes. The least is the
    /// first of the waits above.
    /// </summary>
    public const int FireRetryAfterMs = 60_000;
    public const int OtherRetryAfterMs = 600_000;

    /// <summary>
    /// Attempts and time after which a message is given up and listed: three days, and as many attempts as the waits above make of them.
    /// Both, since a clock may be set while the county is off, and a receiver may ask for shorter waits.
    /// </summary>
    public const int OtherTriesMax = 76;
    public const int FireTriesMax = 4_320;
    public const long GiveUpMs = 3 * 86_400_000L;

    /// <summary>Part of a wait by which it is longer or shorter, so that what failed together does not come back together.</summary>
    public const double Jitter = 0.1;

    /// <summary>
    /// Messages in flight in all, and of these such as are of no fire: a fire finds a place at once. While the receiver fails there is one
    /// of each, to see whether it works again.
    /// </summary>
    public const int InFlightMax = 8;
    public const int LesserInFlightMax = 6;

    /// <summary>Failures one after the other that are an outage, and not the fault of one message.</summary>
    public const int OutageFailures = 3;

    /// <summary>
    /// One attempt, ms: a receiver that works answers in less than a second, one that hangs must not keep others waiting.
    /// </summary>
    public const int AttemptMs = 10_000;

    /// <summary>A connection is made anew after this, s, so that a name that stands for another machine by now is noticed.</summary>
    public const int ConnectionS = 300;

    /// <summary>Bytes of an answer that are read, and characters of it that are kept: people look for a reason in it.</summary>
    public const int AnswerBytesMax = 2_048;
    public const int AnswerWordsMax = 500;

    /// <summary>Between two looks for what is due and for what commands entered, ms; and between two counts of what waits.</summary>
    public const int LookMs = 500;
    public const int CountMs = 5_000;

    /// <summary>Steps that become messages in one transaction: those behind wait for the next turn, a few ms.</summary>
    public const int StepsATurn = 200;

    /// <summary>
    /// A fire that waits so long while nothing is delivered has to be reported by telephone, ms; and between two such lines.
    /// </summary>
    public const int UntoldFireMs = 60_000;
    public const int SayAgainMs = 600_000;

    /// <summary>Between two lines of one sort on the live list, ms.</summary>
    public const int LineMs = 60_000;

    /// <summary>
    /// Messages that are of no fire and wait, and messages of each sort that ended and are kept to be looked at: a year of a county
    /// without a receiver. Between two looks for more, ms.
    /// </summary>
    public const int WaitingMax = 100_000;
    public const int EndedMax = 20_000;
    public const int RoomMs = 60_000;

    /// <summary>Bytes of a platform's message about a case: its longest texts in three-byte characters, with room for its form.</summary>
    public const int FeedbackBytesMax = 65_536;

    /// <summary>
    /// How far ahead of the county's clock it may say that something happened, ms: a time taken for one of another zone, and no more,
    /// since a return counts only when it is the latest.
    /// </summary>
    public const long FeedbackAheadMs = 86_400_000;

    /// <summary>
    /// Messages about one case that become steps of it: a case handed to and fro all day. Of more the state that holds is kept.
    /// </summary>
    public const int FeedbackStepsMax = 200;

    /// <summary>How deep its JSON may go: an object in an object.</summary>
    public const int FeedbackDepthMax = 4;

    /// <summary>Characters of a name or number in it.</summary>
    public const int FeedbackNameMax = 60;

    /// <summary>Attachments of it, and characters of the address of one: they have to fit beside the words of a step.</summary>
    public const int AttachmentsMax = 9;
    public const int AttachmentMax = 200;

    /// <summary>
    /// Names of messages that were taken and are kept: one comes again within five minutes or with a clock set back, and no platform sends
    /// as many in a year.
    /// </summary>
    public const int SeenMax = 100_000;

    /// <summary>How often a case may have become part of another that did so itself.</summary>
    public const int MergedMax = 8;

    /// <summary>Longest wait for a turn at the store, ms: the other side asks again.</summary>
    public const int TurnMs = 5_000;

    /// <summary>Messages that are fetched at once, and the longest wait for one, s: less than proxies cut connections after.</summary>
    public const int PullMax = 100;
    public const int PullWaitS = 25;

    /// <summary>Bytes of a text to a group robot: WeCom takes no more.</summary>
    public const int RobotTextBytesMax = 2_048;

    /// <summary>Lines of a storm that are told before the rest is a count.</summary>
    public const int StormLinesMax = 10;

    /// <summary>
    /// A robot that had more than its 20 messages in a minute is left alone for one, ms. DingTalk's takes none for ten then, and is asked
    /// once in each: a fire is told as soon as it may be.
    /// </summary>
    public const int RobotPauseMs = 60_000;

    /// <summary>
    /// Between two messages to a robot, ms: 20 a minute are what groups take, and one may be longer on its way than the next. Messages of a
    /// storm that one of them tells.
    /// </summary>
    public const int RobotApartMs = 3_500;
    public const int StormMax = 500;
}
