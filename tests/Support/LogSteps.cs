// Owns: steps of an event log that stands alone, with a buffer of their own to lend.
// Must never: be used where a gateway runs; its loop lends the one that it has.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Tests.Support;

public static class LogSteps
{
    /// <summary>Makes everything durable, with as much account of what a full lane gives up as that takes.</summary>
    public static bool Commit(this EventLog log, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(log);
        return log.Commit(new byte[ContractLimits.MessageBytesMax], Limits.SegmentRecordsMax, nowMs);
    }

    public static bool Tidy(this EventLog log, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(log);
        return log.Tidy(new byte[ContractLimits.MessageBytesMax], nowMs);
    }
}
