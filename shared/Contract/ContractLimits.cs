// Owns: every bound of the contract, with its reason.
// Must never: be raised without looking at the device's send buffer and the broker's message_size_limit.

namespace Gateway.Contract
{
    /// <summary>Sizes and counts that both sides rely on.</summary>
    public static class ContractLimits
    {
        /// <summary>Records in one batch: 16 × 64 bytes fit one TCP segment with header and signature.</summary>
        public const int BatchRecordsMax = 16;

        /// <summary>Largest message up: header 40, batch head 8, 16 records, signature 32.</summary>
        public const int MessageBytesMax = MessageHeader.Size + Batch.HeadSize + BatchRecordsMax * EventRecord.Size + Mac.SignatureBytes;

        /// <summary>Largest message down: a piece of settings text is the longest argument of a command.</summary>
        public const int DownBytesMax = MessageHeader.Size + CommandBytesMax + Mac.SignatureBytes;

        /// <summary>Longest body of a command: longer texts go down in pieces, since the device keeps a buffer of this size.</summary>
        public const int CommandBytesMax = 1024;

        /// <summary>Bytes of a place's name, and of a call-out's: sixteen characters of Chinese, what a screen's line holds.</summary>
        public const int PlaceBytesMax = 48;

        /// <summary>Parts of a table of names: 32 zones and 64 outputs with the longest names are 5, and a county keeps each.</summary>
        public const int NamePartsMax = 16;

        /// <summary>Characters of one level of a topic: administrative codes have at most 12, slugs a few more.</summary>
        public const int TopicLevelMax = 24;

        /// <summary>ASCII bytes of the firmware version in a hello.</summary>
        public const int FirmwareBytes = 24;

        /// <summary>
        /// Largest sequence: one below the largest number, so that "last + 1" never wraps. A lane that gets there begins a new epoch.
        /// </summary>
        public const uint SequenceMax = 0xFFFFFFFE;

        /// <summary>
        /// How far a lane's sequence jumps when the store was found damaged and the last number given is not known: more than a lane can
        /// hold (3 MiB of records are 49,152), so that no number of a lost tail is given twice.
        /// </summary>
        public const uint SequenceJump = 65536;

        /// <summary>Oldest version of the messages that this text speaks.</summary>
        public const int VersionMin = 1;

        /// <summary>Newest version of the messages that this text speaks.</summary>
        public const int VersionMax = 1;

        /// <summary>The last of <see cref="Origin"/>.</summary>
        public const int OriginMax = 7;

        /// <summary>The last of <see cref="StartReason"/>.</summary>
        public const int StartReasonMax = 5;

        /// <summary>The last of <see cref="UtcQuality"/>.</summary>
        public const int UtcQualityMax = 2;
    }
}
