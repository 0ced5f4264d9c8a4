// Owns: every bound of the link, each with its reason.
// Must never: hold a time after which to try again; that is the uplink's.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Link
{
    /// <summary>Sizes, counts and times of the link's threads.</summary>
    public static class LinkLimits
    {
        /// <summary>Messages up that wait for the worker: the uplink has at most 4 batches in flight, a hello and a heartbeat.</summary>
        public const int OutboxSlots = 6;

        /// <summary>
        /// Bytes of these together: the batches at their longest, a hello and a heartbeat. What has no room waits in the log for the next
        /// tick; the one longer message, a part of the names, goes when no batch is on its way.
        /// </summary>
        public const int OutboxBytes = Limits.InFlightMax * BatchBytes + HeadBytes + Hello.Size + HeadBytes + Heartbeat.Size;

        /// <summary>
        /// Messages down that wait for the loop, which takes one a tick: 4 answers to batches, a welcome, a command, two spare.
        /// </summary>
        public const int InboxSlots = 8;

        /// <summary>
        /// Bytes of these together: the county sends one command at a time and repeats it, so that two of the longest may come at once,
        /// beside answers and welcomes.
        /// </summary>
        public const int InboxBytes = 2 * ContractLimits.DownBytesMax + (InboxSlots - 2) * (HeadBytes + Welcome.Size);

        /// <summary>
        /// Messages handed to the client and not yet reported as delivered or lost. The device's client queues without bound (256 used up
        /// a heap of 200 KB), so the bound is kept here: as many as the uplink can have on the way, twice over.
        /// </summary>
        public const int OutstandingMax = 2 * OutboxSlots;

        /// <summary>
        /// MQTT keepalive, s. After 1.5 times this silence the broker publishes the will; the gateway itself does not rely on it, since on
        /// the device outgoing traffic hides a half-open connection from it.
        /// </summary>
        public const int KeepAliveS = 30;

        /// <summary>Longest sleep of a thread that has nothing to do: its progress counter moves once a second.</summary>
        public const int IdleMs = 1000;

        /// <summary>The keeper's clock while it closes: short enough that a normal close is not felt.</summary>
        public const int KeeperStepMs = 100;

        /// <summary>
        /// Steps after Close until a client that still runs is disposed from outside: a running one ends by itself in less.
        /// </summary>
        public const int DisposeAfterSteps = 1;

        /// <summary>Steps after which Dispose is repeated: it may have come before the client opened what it should close.</summary>
        public const int DisposeAgainSteps = 20;

        /// <summary>
        /// Steps after which an attempt is abandoned, 15 s. The device's client takes 0.2 to 2.2 s to dispose, over 8 s when a full send
        /// buffer holds its close.
        /// </summary>
        public const int LetGoSteps = 150;

        /// <summary>
        /// Abandoned threads from which on nothing new is started. Each keeps its stack, a socket and about 4 KB, and may spin at full
        /// speed; four slow the loop's beat to about 100 ms, and then only a restart of the device helps.
        /// </summary>
        public const int AbandonedMax = 4;

        /// <summary>Threads that do the client's calls at a time: one for the attempt, one for its Dispose.</summary>
        public const int Runners = 2;

        /// <summary>Counters: one for each of <see cref="LinkCount"/>.</summary>
        public const int Counters = 15;

        /// <summary>What every message has: header and signature.</summary>
        private const int HeadBytes = MessageHeader.Size + Mac.SignatureBytes;

        /// <summary>The longest batch that the uplink sends.</summary>
        private const int BatchBytes = HeadBytes + Batch.HeadSize + Limits.SendRecordsMax * EventRecord.Size;
    }
}
