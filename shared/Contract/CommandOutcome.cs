// Owns: the numbers with which a gateway says what became of a command that it took.
// Must never: reuse a number; databases of counties keep them.

namespace Gateway.Contract
{
    /// <summary>Value of a <see cref="EventKind.CommandDone"/>: 0 = done, else why nothing was changed.</summary>
    public enum CommandOutcome : byte
    {
        Done = 0,

        /// <summary>Nothing was there to end or to answer.</summary>
        NothingToDo = 1,

        /// <summary>A zone is still in alarm.</summary>
        ZoneStillActive = 2,

        /// <summary>A zone that the station's settings do not have.</summary>
        UnknownZone = 3,

        /// <summary>An argument outside its range.</summary>
        OutOfRange = 4,

        /// <summary>Not while a fire is latched.</summary>
        FireIsLatched = 5,

        /// <summary>The station's settings do not allow it.</summary>
        NotAllowed = 6,

        /// <summary>A code that this gateway does not know.</summary>
        Unknown = 7,

        /// <summary>The flash did not take the command's number, so it was not run.</summary>
        NotKept = 8,

        /// <summary>Pieces of a text are missing, or its checksum is another; nothing was changed.</summary>
        Incomplete = 9,

        /// <summary>A settings text with an error; a <see cref="EventKind.SettingsRefused"/> just before says where.</summary>
        WrongSettings = 10,

        /// <summary>Not known yet; never on the wire.</summary>
        Pending = 255,
    }

    /// <summary>Words and bounds of <see cref="CommandOutcome"/>.</summary>
    public static class CommandOutcomes
    {
        /// <summary>Numbers are 0..Last; a newer gateway may send others.</summary>
        public const int Last = 10;

        /// <summary>The word of a number as it came in a record: a newer side may send more than there are words.</summary>
        public static string Name(int number)
        {
            return number switch
            {
                (int)CommandOutcome.Done => "done",
                (int)CommandOutcome.NothingToDo => "nothing-to-do",
                (int)CommandOutcome.ZoneStillActive => "zone-still-active",
                (int)CommandOutcome.UnknownZone => "unknown-zone",
                (int)CommandOutcome.OutOfRange => "out-of-range",
                (int)CommandOutcome.FireIsLatched => "fire-is-latched",
                (int)CommandOutcome.NotAllowed => "not-allowed",
                (int)CommandOutcome.Unknown => "unknown",
                (int)CommandOutcome.NotKept => "not-kept",
                (int)CommandOutcome.Incomplete => "incomplete",
                (int)CommandOutcome.WrongSettings => "wrong-settings",
                _ => "outcome-" + number.ToString(),
            };
        }
    }
}
