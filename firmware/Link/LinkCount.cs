// Owns: the numbers of the link's counters.
// Must never: be used to decide anything; they are for the person who looks for a fault.

namespace Gateway.Link
{
    /// <summary>What <see cref="LinkSupervisor.Count"/> counts since the start.</summary>
    public static class LinkCount
    {
        /// <summary>Attempts begun.</summary>
        public const int Attempts = 0;

        /// <summary>Attempts that became connected and subscribed.</summary>
        public const int Opened = 1;

        /// <summary>Attempts that were refused, broke, or were ended by an exception.</summary>
        public const int Failed = 2;

        /// <summary>Messages handed to the client.</summary>
        public const int Handed = 3;

        /// <summary>Messages that the client reported as acknowledged by the broker.</summary>
        public const int Delivered = 4;

        /// <summary>
        /// Messages that the client refused, or reported as given up. The uplink sends them again on the county's silence.
        /// </summary>
        public const int NotDelivered = 5;

        /// <summary>Messages handed over whose fate was still open when their connection ended.</summary>
        public const int Unknown = 6;

        /// <summary>Messages up that were still waiting when their connection ended.</summary>
        public const int OutboxDropped = 7;

        /// <summary>Messages up refused for a wrong length or leaf: a fault of the caller.</summary>
        public const int SendWrong = 8;

        /// <summary>Messages down that the loop could take.</summary>
        public const int Received = 9;

        /// <summary>Messages down dropped because the inbox was full. The county repeats.</summary>
        public const int InboxFull = 10;

        /// <summary>Messages down dropped because no message of the contract is so long.</summary>
        public const int Oversize = 11;

        /// <summary>Exceptions caught in calls of the client.</summary>
        public const int Exceptions = 12;

        /// <summary>Times that Dispose was called on a client.</summary>
        public const int Disposes = 13;

        /// <summary>Threads abandoned because the client did not let go of them.</summary>
        public const int Abandoned = 14;

        /// <summary>Length of the table.</summary>
        public const int Size = 15;
    }
}
