// Owns: the small numbers that stand in a record's details A, B and C. CONTRACT.md says in which kind they stand where.
// Must never: renumber a value; 0 always means "not said", so that a detail can be added to a kind later.

namespace Gateway.Contract
{
    /// <summary>Who or what brought an event about.</summary>
    public static class Origin
    {
        public const int Unknown = 0;

        /// <summary>An input of the board.</summary>
        public const int Input = 1;

        /// <summary>A key of the box.</summary>
        public const int Key = 2;

        /// <summary>A command of the county.</summary>
        public const int County = 3;

        /// <summary>A rule of the settings.</summary>
        public const int Rule = 4;

        /// <summary>A limit of time that ran out.</summary>
        public const int Timer = 5;

        /// <summary>The technician's console or the settings on the device.</summary>
        public const int Technician = 6;

        /// <summary>A time server.</summary>
        public const int TimeServer = 7;

        public const int Last = 7;
    }

    /// <summary>What is wrong with a zone, an output or the box.</summary>
    public static class FaultCause
    {
        public const int Unknown = 0;

        /// <summary>The equipment behind the input says that it has a fault.</summary>
        public const int Reported = 1;
        public const int ShortCircuit = 2;
        public const int OpenCircuit = 3;

        /// <summary>The input could not be read.</summary>
        public const int NotRead = 4;

        /// <summary>Below the range that a working sensor gives (4-20 mA: under 3.6 mA).</summary>
        public const int BelowRange = 5;

        /// <summary>Above the range that a working sensor gives (4-20 mA: over 21 mA).</summary>
        public const int AboveRange = 6;

        /// <summary>The input came to no rest: noise, or a loose contact.</summary>
        public const int Unsteady = 7;

        /// <summary>The box itself; detail B is a <see cref="BoxFault"/>.</summary>
        public const int Box = 100;

        /// <summary>The zone had more troubles in an hour than its cap.</summary>
        public const int Chatter = 101;

        /// <summary>演练后未复原: a call point that was pressed in a drill and not put back before its end.</summary>
        public const int AfterDrill = 102;

        /// <summary>The zone is shielded, or under a hot-work permit: what its input shows is not told.</summary>
        public const int Shielded = 103;

        /// <summary>The zone is in test.</summary>
        public const int InTest = 104;
    }

    /// <summary>Whether the zone of an alarm was in fire already; detail B of a FireAlarm.</summary>
    public static class AlarmRepeat
    {
        public const int First = 0;

        /// <summary>The zone was latched, came to rest and signals anew.</summary>
        public const int Anew = 1;

        /// <summary>Likewise, after so short a rest that a silenced sound stays silent.</summary>
        public const int AnewUnheard = 2;
    }

    /// <summary>How a drill came to its end; detail B of a DrillEnded.</summary>
    public static class DrillEnd
    {
        public const int Unknown = 0;

        /// <summary>Its time was over.</summary>
        public const int Time = 1;

        /// <summary>The county ended it.</summary>
        public const int Command = 2;

        /// <summary>The test key broke it off.</summary>
        public const int TestKey = 3;

        /// <summary>A fire in another zone broke it off; the record's zone is that one.</summary>
        public const int Fire = 4;

        /// <summary>Another drill took its place.</summary>
        public const int Replaced = 5;
    }

    /// <summary>Why a call-out ended without an answer; detail B of a CallOutEnded.</summary>
    public enum CallOutEnd : byte
    {
        Unknown = 0,

        /// <summary>The county took it back.</summary>
        Command = 1,

        /// <summary>Another took its place.</summary>
        Replaced = 2,
    }

    /// <summary>Faults of the box itself.</summary>
    public static class BoxFault
    {
        /// <summary>No way to the county.</summary>
        public const int Link = 1;

        /// <summary>A fire that the county has not said to hold in time.</summary>
        public const int NoCountyAnswer = 2;

        /// <summary>The flash takes no records.</summary>
        public const int Flash = 4;

        /// <summary>The broker that is not in use can't be reached.</summary>
        public const int IdlePath = 8;

        /// <summary>A key is held, shorted or loose; detail C is its number.</summary>
        public const int Key = 16;

        /// <summary>A part of the board that reads inputs or drives outputs does not answer.</summary>
        public const int Part = 32;
    }

    /// <summary>Why a gateway started.</summary>
    public static class StartReason
    {
        public const int Unknown = 0;

        /// <summary>Power came, or a reset that a board can't tell from it.</summary>
        public const int PowerOn = 1;

        /// <summary>A restart that the gateway or a person asked for.</summary>
        public const int Asked = 2;

        /// <summary>The watchdog, as the gateway foresaw.</summary>
        public const int Watchdog = 3;

        /// <summary>
        /// No start at all: the boot number was raised, since the county had seen it before. Detail C is the number before.
        /// </summary>
        public const int Renumbered = 4;

        /// <summary>Something in the gateway did not go on: it restarted itself, or its runtime ended.</summary>
        public const int Fault = 5;
        public const int Last = 5;
    }

    /// <summary>What is wrong with a settings text; in detail C of a SettingsRefused, times 256.</summary>
    public static class SettingsReason
    {
        public const int Unknown = 0;

        /// <summary>The line's form: quotes, key=value, too many words, bytes that are not UTF-8.</summary>
        public const int Form = 1;

        /// <summary>A command, key or word that there is not.</summary>
        public const int UnknownWord = 2;

        /// <summary>A line, key or word that has to be there.</summary>
        public const int Missing = 3;

        /// <summary>A value that is not allowed, by itself or beside another.</summary>
        public const int NotAllowed = 4;

        /// <summary>What may be there once is there again.</summary>
        public const int Repeated = 5;

        /// <summary>More than there may be: bytes of the text, rules, groups.</summary>
        public const int TooMany = 6;

        /// <summary>The stored text is not whole.</summary>
        public const int Damaged = 7;

        /// <summary>The county sent the settings of another station.</summary>
        public const int OtherStation = 8;

        /// <summary>The county sent settings for another board than the one that the box runs on.</summary>
        public const int OtherBoard = 9;
        public const int Last = 9;

        private static readonly string[] s_names =
        {
            "unknown", "form", "unknown-word", "missing", "not-allowed", "repeated", "too-many", "damaged", "other-station",
            "other-board",
        };

        public static string Name(int reason)
        {
            return reason >= 0 && reason <= Last ? s_names[reason] : "reason-" + reason.ToString();
        }
    }

    /// <summary>Parts of the box that a self-test looks at, as bits.</summary>
    public static class SelfTestPart
    {
        public const int Flash = 1;
        public const int Inputs = 2;
        public const int Link = 4;

        /// <summary>The clock was not set since the start.</summary>
        public const int Clock = 8;

        /// <summary>Mains or battery.</summary>
        public const int Power = 16;

        /// <summary>Every lamp was shown, for a person to see.</summary>
        public const int Lamps = 32;

        /// <summary>Siren and strobe sounded, for a person to hear.</summary>
        public const int Sounders = 64;
    }
}
