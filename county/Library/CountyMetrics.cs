// Owns: the instruments of the county's work, as System.Diagnostics.Metrics has them.
// Must never: know who reads them, or tag by station: a county has thousands.

using System.Diagnostics.Metrics;
using Gateway.Contract;

namespace Gateway.County;

/// <summary>Counts what the observer behind it is told. Every <see cref="CountyService"/> has one.</summary>
public sealed class CountyMetrics : ICountyObserver
{
    /// <summary>The meter that a listener or exporter names.</summary>
    public const string MeterName = "Gateway.County";

    private static readonly Meter s_meter = new(MeterName);
    private static readonly Counter<long> s_stored = Counter("stored", "Events stored for the first time, by lane.");
    private static readonly Counter<long> s_conflicts = Counter("conflicts", "Records that came again with other bytes.");
    private static readonly Counter<long> s_gaps = Counter("gaps", "Gaps found in sequences.");
    private static readonly Counter<long> s_explained = Counter("gaps_explained", "Gaps that were reported lost or filled.");
    private static readonly Counter<long> s_presence = Counter("presence_changes", "Stations that came, left or fell silent.");
    private static readonly Counter<long> s_refused = Counter("refused", "Refused messages, by reason.");
    private static readonly Counter<long> s_commands = Counter("commands", "Commands by what became of them.");
    private static readonly Counter<long> s_escalations = Counter("escalations", "Changes of unanswered fires, by level and end.");
    private static readonly Counter<long> s_troubles = Counter("troubles", "Lines about failed transactions and dropped messages.");
    private static readonly Counter<long> s_messages = Counter("messages", "Messages committed.");
    private static readonly Counter<long> s_failures = Counter("store_failures", "Transactions that failed, none of them acknowledged.");
    private static readonly Counter<long> s_dropped = Counter("dropped", "Messages that found no room in the queue.");
    private static readonly Counter<long> s_heldBack = Counter("held_back", "Stations told to wait, since they made too much work.");
    private static readonly Counter<long> s_starts = Counter("box_starts", "Starts of boxes, by reason.");
    private static readonly Counter<long> s_boxes = Counter("box_warnings", "Box-state records that warn, by what of.");
    private static readonly Histogram<double> s_commit = s_meter.CreateHistogram<double>(
        "gateway.county.commit_seconds", "s", "Time of one transaction.");

    private static readonly Gauge<long> s_waiting = s_meter.CreateGauge<long>(
        "gateway.county.waiting", null, "Messages that wait for the store.");

    private static readonly Gauge<long> s_brokers = s_meter.CreateGauge<long>(
        "gateway.county.brokers_connected", null, "Brokers connected.");

    private readonly ICountyObserver _inner;

    /// <param name="inner">Who is told everything.</param>
    public CountyMetrics(ICountyObserver inner) => _inner = inner;

    public void Stored(StationRegistration station, StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        s_stored.Add(1, new KeyValuePair<string, object?>("lane", Lanes.Name(stored.Record.LaneNumber)));
        if (stored.Record.Kind == EventKind.Started)
        {
            s_starts.Add(1, new KeyValuePair<string, object?>("reason", BoxReport.ReasonCode((StartReason)stored.Record.A)));
        }

        // Each event of a county comes by here, and the list of warnings is made anew at each look.
        if (stored.Record.Kind == EventKind.BoxState)
        {
            foreach (BoxWarnings one in BoxReport.Each(BoxReport.Of(stored.Record)))
            {
                s_boxes.Add(1, new KeyValuePair<string, object?>("of", BoxReport.Code(one)));
            }
        }

        _inner.Stored(station, stored);
    }

    public void ConflictFound(StationRegistration station, EventKey key)
    {
        s_conflicts.Add(1);
        _inner.ConflictFound(station, key);
    }

    public void ConflictingFire(StationRegistration station, StoredEvent fire) => _inner.ConflictingFire(station, fire);

    public void ClockTrusted(bool trusted, long utcMs, long trustedMs) => _inner.ClockTrusted(trusted, utcMs, trustedMs);

    public void GapFound(StationRegistration station, Gap gap)
    {
        s_gaps.Add(1);
        _inner.GapFound(station, gap);
    }

    public void GapExplained(StationRegistration station, Gap gap)
    {
        s_explained.Add(1);
        _inner.GapExplained(station, gap);
    }

    public void PresenceChanged(StationRegistration station, PresenceChange change)
    {
        s_presence.Add(1, new KeyValuePair<string, object?>("to", change.ToString()));
        _inner.PresenceChanged(station, change);
    }

    public void EpochChanged(StationRegistration station, EpochChange change) => _inner.EpochChanged(station, change);

    public void KeyRotated(StationRegistration station) => _inner.KeyRotated(station);

    public void CommandChanged(StationRegistration station, StationCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        s_commands.Add(1, new KeyValuePair<string, object?>("state", command.StateName));
        _inner.CommandChanged(station, command);
    }

    public void CaseChanged(CaseChange change) => _inner.CaseChanged(change);

    public void Escalated(StationRegistration station, Escalation escalation)
    {
        ArgumentNullException.ThrowIfNull(escalation);
        s_escalations.Add(
            1,
            new KeyValuePair<string, object?>("level", escalation.Level.ToString()),
            new KeyValuePair<string, object?>("end", escalation.End.ToString()));
        _inner.Escalated(station, escalation);
    }

    public void Refused(RefusalCount refusal, StationRegistration? claimed)
    {
        s_refused.Add(refusal.Count, new KeyValuePair<string, object?>("reason", DecodeResults.Name((int)refusal.Reason)));
        _inner.Refused(refusal, claimed);
    }

    public void HeldBack(StationRegistration station)
    {
        s_heldBack.Add(1);
        _inner.HeldBack(station);
    }

    public void BrokerChanged(bool connected, string text) => _inner.BrokerChanged(connected, text);

    public void CentreChanged(CentreState centre) => _inner.CentreChanged(centre);

    public void CentreLost(CentreLoss lost, StationRegistration? station) => _inner.CentreLost(lost, station);

    public void Passed(Instant now) => _inner.Passed(now);

    public void InTrouble(string text)
    {
        s_troubles.Add(1);
        _inner.InTrouble(text);
    }

    internal static void Committed(int messages, double seconds)
    {
        s_messages.Add(messages);
        s_commit.Record(seconds);
    }

    internal static void Failed() => s_failures.Add(1);

    internal static void Dropped() => s_dropped.Add(1);

    internal static void Waiting(int messages) => s_waiting.Record(messages);

    internal static void Brokers(int connected) => s_brokers.Record(connected);

    private static Counter<long> Counter(string name, string description) =>
        s_meter.CreateCounter<long>("gateway.county." + name, null, description);
}
