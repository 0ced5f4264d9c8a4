// Owns: the instruments of the hand-over, in the county's meter.
// Must never: tag by case or station. Receivers are named by the settings, so they are few.

using System.Diagnostics.Metrics;

namespace Gateway.County.HandOver;

internal static class HandOverMetrics
{
    private static readonly Meter s_meter = new(CountyMetrics.MeterName);
    private static readonly Gauge<long> s_waiting =
        s_meter.CreateGauge<long>("gateway.county.handover_waiting", null, "Messages that wait for the platform, by sort.");

    private static readonly Gauge<long> s_oldest =
        s_meter.CreateGauge<long>("gateway.county.handover_oldest", "s", "Since when the oldest message waits.");

    private static readonly Counter<long> s_ended =
        s_meter.CreateCounter<long>("gateway.county.handover_attempts", null, "Attempts, by what came of them.");

    public static void Waiting(string receiver, HandOverWaiting waiting, long nowMs)
    {
        s_waiting.Record(waiting.Fires, Of(receiver), new KeyValuePair<string, object?>("sort", "fire"));
        s_waiting.Record(waiting.All - waiting.Fires, Of(receiver), new KeyValuePair<string, object?>("sort", "other"));
        s_oldest.Record(waiting.OldestMs == 0 ? 0 : Math.Max(0, nowMs - waiting.OldestMs) / 1_000, Of(receiver));
    }

    public static void Ended(string receiver, HandOverState state)
    {
        string result = state switch
        {
            HandOverState.Delivered => "delivered",
            HandOverState.Refused => "refused",
            HandOverState.GivenUp => "given-up",
            _ => "failed",
        };
        s_ended.Add(1, Of(receiver), new KeyValuePair<string, object?>("result", result));
    }

    private static KeyValuePair<string, object?> Of(string receiver) => new("receiver", receiver);
}
