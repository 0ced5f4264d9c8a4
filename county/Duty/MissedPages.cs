// Owns: what is said where a page is required and none sounds: on the live list and in the shift log.
// Must never: hold up the county's working thread, or lose a row of the shift log to a database that is away for a while.

using System.Collections.Concurrent;

namespace Gateway.County.Duty;

/// <param name="sounds">Whether a page that sees the township is open and sounds.</param>
internal sealed class MissedPages(Func<string, bool> sounds) : IDutyPages
{
    private readonly ConcurrentQueue<DutyLogRow> _rows = [];
    private long? _startedRunMs;
    private long? _unheardRunMs;
    private bool _told;

    /// <summary>For the live list, where a page is required; set before the county works. Null = none is.</summary>
    public Action<string>? Tell { get; set; }

    public bool Required => Tell is not null;

    public bool Sounds(string township) => sounds(township);

    public void Missed(StationRegistration station, Escalation open)
    {
        string words = $"报警无响铃的值班页 {CountyLimits.DutyPageWaitMs / 1_000} 秒，现归{CaseNames.Chinese(open.Level)} "
            + $"no duty page sounded, now with the {CaseNames.Of(open.Level)}";
        Tell?.Invoke($"{station}  {words}");
        if (_rows.Count < CountyLimits.DutyMissedMax)
        {
            _rows.Enqueue(new DutyLogRow(
                0, DutyStore.NowMs(), "county", "县级程序", "no-page", station.Township, $"{station.Station}", words));
        }
    }

    /// <summary>
    /// Says before anything burns that no page sounds for some townships, once until all are heard again. Browsers that reload, and the
    /// first minutes after a start, are not worth a line.
    /// </summary>
    /// <param name="townships">Of all stations.</param>
    /// <param name="runMs">The clock that never steps.</param>
    public void Look(IReadOnlyList<string> townships, long runMs)
    {
        _startedRunMs ??= runMs;
        string[] unheard = [.. townships.Where(township => !sounds(township))];
        _unheardRunMs = unheard.Length == 0 ? null : _unheardRunMs ?? runMs;
        if (_told && unheard.Length == 0)
        {
            _told = false;
            Tell?.Invoke("值班页已有声音 a duty page sounds for every township again");
        }
        else if (!_told && runMs - _unheardRunMs >= CountyLimits.DutyPageWaitMs
            && runMs - _startedRunMs >= CountyLimits.DutyPageGraceMs)
        {
            _told = true;
            string which = DutyWatch.FirstOf(unheard, ' ');
            Tell?.Invoke($"无响铃的值班页，火警将在{CountyLimits.DutyPageWaitMs / 1_000}秒后升级 no duty page sounds, a fire would go up: {which}");
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
