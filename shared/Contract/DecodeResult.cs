// Owns: the reasons for which input is refused, with a name for each.
// Must never: reuse a number for another reason; logs and counters of other systems keep them.

namespace Gateway.Contract
{
    /// <summary>Result of a decoder. Decoders never throw on input: they return one of these.</summary>
    public enum DecodeResult : byte
    {
        Ok = 0,

        /// <summary>Fewer bytes than the fields need.</summary>
        TooShort = 1,

        /// <summary>More bytes than the fields account for.</summary>
        TooLong = 2,

        /// <summary>The first two bytes are not "FG".</summary>
        WrongMagic = 3,

        /// <summary>A version that this side does not speak.</summary>
        WrongVersion = 4,

        /// <summary>A message type that this side does not know, or of the other direction.</summary>
        WrongType = 5,

        /// <summary>The checksum of a record does not fit its bytes.</summary>
        WrongCrc = 6,

        /// <summary>The signature does not fit: wrong key or an altered byte.</summary>
        WrongSignature = 7,

        /// <summary>A field has a value outside its range.</summary>
        OutOfRange = 8,

        /// <summary>A reserved field is not zero.</summary>
        ReservedNotZero = 9,

        /// <summary>Records of a batch are not of one lane, station and epoch in rising sequence.</summary>
        OutOfOrder = 10,

        /// <summary>A station that is not registered here.</summary>
        UnknownStation = 11,

        /// <summary>The station of the topic, of the message and of a record are not the same.</summary>
        WrongStation = 12,

        /// <summary>Not of this session: an old or replayed message.</summary>
        WrongSession = 13,

        /// <summary>Counter not above the last one accepted: a repeated or replayed message.</summary>
        Replayed = 14,

        /// <summary>Older than the message's own age limit.</summary>
        Expired = 15,

        /// <summary>A topic that is not of this contract.</summary>
        WrongTopic = 16,

        /// <summary>A record with the same identity but other content is already held: two stores write under one name.</summary>
        Conflict = 17,
    }

    /// <summary>Words and bounds of <see cref="DecodeResult"/>.</summary>
    public static class DecodeResults
    {
        /// <summary>How many reasons there are; the numbers are 0..Count-1.</summary>
        public const int Count = 18;

        /// <summary>The word of a number as it came in a record: a newer side may send more than there are words.</summary>
        public static string Name(int number)
        {
            return number switch
            {
                (int)DecodeResult.Ok => "ok",
                (int)DecodeResult.TooShort => "too-short",
                (int)DecodeResult.TooLong => "too-long",
                (int)DecodeResult.WrongMagic => "wrong-magic",
                (int)DecodeResult.WrongVersion => "wrong-version",
                (int)DecodeResult.WrongType => "wrong-type",
                (int)DecodeResult.WrongCrc => "wrong-crc",
                (int)DecodeResult.WrongSignature => "wrong-signature",
                (int)DecodeResult.OutOfRange => "out-of-range",
                (int)DecodeResult.ReservedNotZero => "reserved-not-zero",
                (int)DecodeResult.OutOfOrder => "out-of-order",
                (int)DecodeResult.UnknownStation => "unknown-station",
                (int)DecodeResult.WrongStation => "wrong-station",
                (int)DecodeResult.WrongSession => "wrong-session",
                (int)DecodeResult.Replayed => "replayed",
                (int)DecodeResult.Expired => "expired",
                (int)DecodeResult.WrongTopic => "wrong-topic",
                (int)DecodeResult.Conflict => "conflict",
                _ => "unknown-" + number.ToString(),
            };
        }
    }
}
