// Owns: the small numbers that stand in a record's details A, B and C. CONTRACT.md says in which kind they stand where.
// Must never: renumber a value; 0 always means "not said", so that a detail can be added to a kind later.

using System;

namespace Gateway.Contract
{
    /// <summary>Who or what brought an event about.</summary>
    public enum Origin : byte
    {
        Unknown = 0,

        /// <summary>An input of the board.</summary>
        Input = 1,

        /// <summary>A key of the box.</summary>
        Key = 2,

        /// <summary>A command of the county.</summary>
        County = 3,

        /// <summary>A rule of the settings.</summary>
        Rule = 4,

        /// <summary>A limit of time that ran out.</summary>
        Timer = 5,

        /// <summary>The technician's console or the settings on the device.</summary>
        Technician = 6,

        /// <summary>A time server.</summary>
        TimeServer = 7,
    }

    /// <summary>What is wrong with a zone, an output or the box.</summary>
    public enum FaultCause : byte
    {
        Unknown = 0,

        /// <summary>The equipment behind the input says that it has a fault.</summary>
        Reported = 1,
        ShortCircuit = 2,
        OpenCircuit = 3,

        /// <summary>The input could not be read.</summary>
        NotRead = 4,

        /// <summary>Below the range that a working sensor gives (4-20 mA: under 3.6 mA).</summary>
        BelowRange = 5,

        /// <summary>Above the range that a working sensor gives (4-20 mA: over 21 mA).</summary>
        AboveRange = 6,

        /// <summary>The input came to no rest: noise, or a loose contact.</summary>
        Unsteady = 7,

        /// <summary>The box itself; detail B is a <see cref="BoxFault"/>.</summary>
        Box = 100,

        /// <summary>The zone had more troubles in an hour than its cap.</summary>
        Chatter = 101,

        /// <summary>演练后未复原: a call point that was pressed in a drill and not put back before its end.</summary>
        AfterDrill = 102,

        /// <summary>The zone is disabled, or under a hot-work permit: what its input shows is not told.</summary>
        Disabled = 103,

        /// <summary>The zone is in test.</summary>
        InTest = 104,
    }

    /// <summary>Whether the zone of an alarm was in fire already; detail B of a FireAlarm.</summary>
    public enum AlarmRepeat : byte
    {
        First = 0,

        /// <summary>The zone was latched, came to rest and signals anew.</summary>
        Anew = 1,

        /// <summary>Likewise, after so short a rest that a silenced sound stays silent.</summary>
        AnewUnheard = 2,
    }

    /// <summary>How a drill came to its end; detail B of a DrillEnded.</summary>
    public enum DrillEnd : byte
    {
        Unknown = 0,

        /// <summary>Its time was over.</summary>
        Time = 1,

        /// <summary>The county ended it.</summary>
        Command = 2,

        /// <summary>The test key broke it off.</summary>
        TestKey = 3,

        /// <summary>A fire in another zone broke it off; the record's zone is that one.</summary>
        Fire = 4,

        /// <summary>Another drill took its place.</summary>
        Replaced = 5,
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
    [Flags]
    public enum BoxFault : int
    {
        None = 0,

        /// <summary>No way to the county.</summary>
        Link = 1,

        /// <summary>A fire that the county has not said to hold in time.</summary>
        NoCountyAnswer = 2,

        /// <summary>The flash takes no records.</summary>
        Flash = 4,

        /// <summary>The broker that is not in use can't be reached.</summary>
        StandbyPath = 8,

        /// <summary>A key is held, shorted or loose; detail C is its number.</summary>
        Key = 16,

        /// <summary>A part of the board that reads inputs or drives outputs does not answer.</summary>
        Part = 32,

        /// <summary>The small display at the box does not answer.</summary>
        Display = 64,
    }

    /// <summary>Why a gateway started.</summary>
    public enum StartReason : byte
    {
        Unknown = 0,

        /// <summary>Power came, or a reset that a board can't tell from it.</summary>
        PowerOn = 1,

        /// <summary>A restart that the gateway or a person asked for.</summary>
        Asked = 2,

        /// <summary>The watchdog, as the gateway foresaw.</summary>
        Watchdog = 3,

        /// <summary>
        /// No start at all: the boot number was raised, since the county had seen it before. Detail C is the number before.
        /// </summary>
        Renumbered = 4,

        /// <summary>Something in the gateway did not go on: it restarted itself, or its runtime ended.</summary>
        Fault = 5,
    }

    /// <summary>What is wrong with a settings text; in detail C of a SettingsRefused, times 256.</summary>
    public enum SettingsReason : byte
    {
        Unknown = 0,

        /// <summary>The line's form: quotes, key=value, too many words, bytes that are not UTF-8.</summary>
        Form = 1,

        /// <summary>A command, key or word that there is not.</summary>
        UnknownWord = 2,

        /// <summary>A line, key or word that has to be there.</summary>
        Missing = 3,

        /// <summary>A value that is not allowed, by itself or beside another.</summary>
        NotAllowed = 4,

        /// <summary>What may be there once is there again.</summary>
        Repeated = 5,

        /// <summary>More than there may be: bytes of the text, rules, groups.</summary>
        TooMany = 6,

        /// <summary>The stored text is not whole.</summary>
        Damaged = 7,

        /// <summary>The county sent the settings of another station.</summary>
        OtherStation = 8,

        /// <summary>The county sent settings for another board than the one that the box runs on.</summary>
        OtherBoard = 9,
    }

    /// <summary>Words and bounds of <see cref="SettingsReason"/>.</summary>
    public static class SettingsReasons
    {
        public const int Last = 9;

        /// <summary>The word of a number as it came in a record: a newer side may send more than there are words.</summary>
        public static string Name(int number)
        {
            return number switch
            {
                (int)SettingsReason.Unknown => "unknown",
                (int)SettingsReason.Form => "form",
                (int)SettingsReason.UnknownWord => "unknown-word",
                (int)SettingsReason.Missing => "missing",
                (int)SettingsReason.NotAllowed => "not-allowed",
                (int)SettingsReason.Repeated => "repeated",
                (int)SettingsReason.TooMany => "too-many",
                (int)SettingsReason.Damaged => "damaged",
                (int)SettingsReason.OtherStation => "other-station",
                (int)SettingsReason.OtherBoard => "other-board",
                _ => "reason-" + number.ToString(),
            };
        }
    }

    /// <summary>Parts of the box that a self-test looks at, as bits.</summary>
    [Flags]
    public enum SelfTestPart : int
    {
        None = 0,
        Flash = 1,
        Inputs = 2,
        Link = 4,

        /// <summary>The clock was not set since the start.</summary>
        Clock = 8,

        /// <summary>Mains or battery.</summary>
        Power = 16,

        /// <summary>Every lamp was shown, for a person to see.</summary>
        Lamps = 32,

        /// <summary>Siren and strobe sounded, for a person to hear.</summary>
        Sounders = 64,
    }
}
