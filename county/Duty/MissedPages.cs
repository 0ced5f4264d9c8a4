// Owns: what is said where a page is required and none sounds: on the live list and in the shift log.
// Must never: hold up the county's working thread, or lose a row of the shift log to a database that is away for a while.

using System.Collections.Concurrent;

namespace Gateway.County.Duty;

/// <param name="sounds">Whether a page that sees the township is open and sounds.</param>
internal sealed class MissedPages(Func<string, bool> sounds) : IDutyPages
{
    private readonly ConcurrentQueue<DutyLogRow> _rows = [];

    /// <summary>For the live list; set before the county works.</summary>
    public Action<string> Tell { get; set; } = _ => { };

    public bool Sounds(string township) => sounds(township);

    public void Missed(StationRegistration station, Escalation open)
    {
        string words = $"火警无响铃的值班页 {CountyLimits.DutyPageWaitMs / 1_000} 秒，现归{CaseNames.Chinese(open.Level)} "
            + $"no duty page sounded, now with the {CaseNames.Of(open.Level)}";
        Tell($"{station}  {words}");
        if (_rows.Count < CountyLimits.DutyMissedMax)
        {
            _rows.Enqueue(new DutyLogRow(
                0, DutyStore.NowMs(), "county", "县级程序", "no-page", station.Township, $"{station.Station}", words));
        }
    }

    /// <summary>Writes what waits into the shift log; what fails is tried again with the next look.</summary>
    public void Write(DutyStore store)
    {
        while (_rows.TryPeek(out DutyLogRow? row))
        {
            store.With(rows =>
            {
                rows.Note(row);
                return true;
            });
            _rows.TryDequeue(out _);
        }
    }
}
