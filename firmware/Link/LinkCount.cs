// Owns: the numbers of the link's counters.
// Must never: be used to decide anything; they are for the person who looks for a fault.

namespace Gateway.Link
{
    /// <summary>What <see cref="LinkSupervisor.Count"/> counts since the start.</summary>
    public enum LinkCount : byte
    {
        /// <summary>Attempts begun.</summary>
        Attempts = 0,

        /// <summary>Attempts that became connected and subscribed.</summary>
        Opened = 1,

        /// <summary>Attempts that were refused, broke, or were ended by an exception.</summary>
        Failed = 2,

        /// <summary>Messages handed to the client.</summary>
        Handed = 3,

        /// <summary>Messages that the client reported as acknowledged by the broker.</summary>
        Delivered = 4,

        /// <summary>
        /// Messages that the client refused, or reported as given up. The uplink sends them again on the county's silence.
        /// </summary>
        NotDelivered = 5,

        /// <summary>Messages handed over whose fate was still open when their connection ended.</summary>
        Unknown = 6,

        /// <summary>Messages up that were still waiting when their connection ended.</summary>
        OutboxDropped = 7,

        /// <summary>Messages up refused for a wrong length or leaf: a fault of the caller.</summary>
        SendWrong = 8,

        /// <summary>Messages down that the loop could take.</summary>
        Received = 9,

        /// <summary>Messages down dropped because the inbox was full. The county repeats.</summary>
        InboxFull = 10,

        /// <summary>Messages down dropped because no message of the contract is so long.</summary>
        Oversize = 11,

        /// <summary>Exceptions caught in calls of the client.</summary>
        Exceptions = 12,

        /// <summary>Times that Dispose was called on a client.</summary>
        Disposes = 13,

        /// <summary>Threads abandoned because the client did not let go of them.</summary>
        Abandoned = 14,
    }
}
