// Owns: what a box says of itself, and which of its figures warn before it fails.
// Must never: take a figure that was not said for a good or a bad one.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>What a figure warns of.</summary>
[Flags]
public enum BoxWarnings
{
    None = 0,

    /// <summary>It looked away from its inputs for too long.</summary>
    Slow = 1,

    /// <summary>The program's memory runs out.</summary>
    Memory = 2,

    /// <summary>The runtime's memory runs out: connections will fail first.</summary>
    Runtime = 4,

    /// <summary>The flash takes long for a write: it wears out, or is nearly full.</summary>
    Flash = 8,

    /// <summary>It restarted by itself too often.</summary>
    Restarts = 16,
}

/// <summary>One station: its newest box-state record, and its starts of the last days by <see cref="StartReason"/>.</summary>
public sealed class BoxReport
{
    private readonly int[] _starts = new int[ContractLimits.StartReasonMax + 1];

    public required uint Station { get; init; }

    /// <summary>Null when the box has said nothing of itself.</summary>
    public StoredEvent? State { get; private set; }

    /// <summary>What a technician's newest walk test has shown; null when there was none in these days.</summary>
    public StoredEvent? Commissioned { get; private set; }

    public IReadOnlyList<int> Starts => _starts;

    /// <summary>Starts that nobody asked for and that were no power coming: something is wrong with the box.</summary>
    public int FaultStarts => _starts[(int)StartReason.Watchdog] + _starts[(int)StartReason.Fault];

    public BoxWarnings Warnings =>
        (State is null ? BoxWarnings.None : Of(State.Record))
        | (FaultStarts >= CountyLimits.BoxFaultStarts ? BoxWarnings.Restarts : BoxWarnings.None);

    /// <summary>The warnings one by one.</summary>
    public static IEnumerable<BoxWarnings> Each(BoxWarnings warnings) =>
        Enum.GetValues<BoxWarnings>().Where(one => one != BoxWarnings.None && warnings.HasFlag(one));

    /// <summary>The word of a warning in JSON and metrics.</summary>
    public static string Code(BoxWarnings one) => one switch
    {
        BoxWarnings.Slow => "slow",
        BoxWarnings.Memory => "memory",
        BoxWarnings.Runtime => "runtime-memory",
        BoxWarnings.Flash => "flash",
        BoxWarnings.Restarts => "restarts",
        _ => "none",
    };

    /// <summary>The word of a reason of a start.</summary>
    public static string ReasonCode(StartReason reason) => reason switch
    {
        StartReason.PowerOn => "power-on",
        StartReason.Asked => "asked",
        StartReason.Watchdog => "watchdog",
        StartReason.Renumbered => "renumbered",
        StartReason.Fault => "fault",
        _ => "unknown",
    };

    /// <summary>What the figures of one record warn of.</summary>
    public static BoxWarnings Of(EventRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Kind != EventKind.BoxState)
        {
            return BoxWarnings.None;
        }

        return (record.Value >= CountyLimits.BoxGapMs ? BoxWarnings.Slow : BoxWarnings.None)
            | (record.A is > 0 and < CountyLimits.BoxFreeBytes ? BoxWarnings.Memory : BoxWarnings.None)
            | (record.B is > 0 and < CountyLimits.BoxNativeBytes ? BoxWarnings.Runtime : BoxWarnings.None)
            | (record.C >= CountyLimits.BoxWriteMs ? BoxWarnings.Flash : BoxWarnings.None);
    }

    /// <summary>Asks a store for what <see cref="From"/> takes.</summary>
    /// <param name="now">The end of the days that are looked at.</param>
    /// <param name="township">Only of this township; null = all.</param>
    /// <param name="station">Only of this station; null = all.</param>
    public static EventQuery Query(DateTimeOffset now, string? township = null, uint? station = null) => new()
    {
        Station = station,
        Township = township,
        Lane = Lane.Routine,
        SinceMs = now.AddDays(-CountyLimits.BoxDays).ToUnixTimeMilliseconds(),
        Kinds = [EventKind.Started, EventKind.BoxState, EventKind.Commissioned],
    };

    /// <summary>Takes the stations' records of <see cref="CountyLimits.BoxDays"/> in, in any order.</summary>
    public static IReadOnlyDictionary<uint, BoxReport> From(IEnumerable<StoredEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        Dictionary<uint, BoxReport> reports = [];
        foreach (StoredEvent one in events)
        {
            EventRecord r = one.Record;
            if (!reports.TryGetValue(r.Station, out BoxReport? report))
            {
                reports.Add(r.Station, report = new BoxReport { Station = r.Station });
            }

            if (r.Kind == EventKind.Started)
            {
                report._starts[r.A is > 0 and <= ContractLimits.StartReasonMax ? r.A : (int)StartReason.Unknown]++;
            }
            else if (r.Kind == EventKind.Commissioned)
            {
                report.Commissioned = report.Commissioned is { } newer && newer.TimeMs > one.TimeMs ? newer : one;
            }
            else if (report.State is null || one.TimeMs >= report.State.TimeMs)
            {
                report.State = one;
            }
        }

        return reports;
    }
}
