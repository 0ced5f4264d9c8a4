// Owns: what a run comes to: lost, late and repeated, how long fires took, how many messages a second, how much memory.
// Must never: call a record held that the county did not say it holds.

using System.Diagnostics;
using System.Globalization;
using Gateway.Contract;

namespace Gateway.Tools.Load;

/// <summary>Where a run stood.</summary>
internal readonly record struct LoadMark(long AtMs, long Up, long Down, int Fires);

/// <summary>Figures of a run, while it goes on and at its end.</summary>
public sealed class LoadReport
{
    private readonly List<LoadStation> _stations;
    private readonly LoadCounts _counts;
    private readonly LoadClock _clock;
    private LoadMark _line;

    internal LoadReport(List<LoadStation> stations, LoadCounts counts, LoadClock clock)
    {
        _stations = stations;
        _counts = counts;
        _clock = clock;
        _line = Mark();
    }

    /// <summary>Records that were made.</summary>
    public long Made => Sum(at => at.Last);

    /// <summary>Records that the county says it holds.</summary>
    public long Held => Sum(at => Math.Min(at.Held, at.Last));

    public long Lost => Made - Held;

    /// <summary>Records that went out once more; the county keeps one.</summary>
    public long SentAgain => All().Sum(station => station.Again);

    public int Fires => _counts.Fires.Count;

    /// <summary>Fires that took longer than people may wait.</summary>
    public int Late => _counts.Fires.Count(fire => fire.TookMs > LoadLimits.LateMs);

    public long Refused => _counts.Refused;

    /// <summary>Whether all that was made is held.</summary>
    public bool Good => Lost == 0;

    /// <summary>The lines at the end.</summary>
    public IEnumerable<string> Lines()
    {
        yield return Text($"made {Made} records, held {Held}, lost {Lost}, sent again {SentAgain}");
        yield return Text($"{Took(0)}, late {Late} (above {LoadLimits.LateMs / 1_000} s)");
        yield return Text($"connections {_counts.Attempts} tried, {_counts.Broken} broken; refused {_counts.Refused}");
        yield return Text($"messages {_counts.Up} up, {_counts.Down} down; {MemoryMB()} MB of memory here");
    }

    /// <summary>Writes ledger.csv (what has to be in the county's database) and fires.csv (how long each fire took).</summary>
    public void Write(string folder)
    {
        using StreamWriter ledger = new(Path.Combine(folder, "ledger.csv"));
        ledger.WriteLine("station,county,epoch,lane,last,held");
        foreach (LoadStation station in All())
        {
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                (uint last, uint held) = station.At(lane);
                ledger.WriteLine(Text($"{station.Place.Number},{station.Place.County},{station.Epoch},{(int)lane},{last},{held}"));
            }
        }

        using StreamWriter fires = new(Path.Combine(folder, "fires.csv"));
        fires.WriteLine("made_utc_ms,station,took_ms");
        foreach (LoadFire fire in _counts.Fires)
        {
            fires.WriteLine(Text($"{_clock.UtcMs(fire.AtMs)},{fire.Station},{fire.TookMs}"));
        }
    }

    internal LoadMark Mark() => new(_clock.NowMs, _counts.Up, _counts.Down, _counts.Fires.Count);

    internal string Since(LoadMark from)
    {
        LoadMark now = Mark();
        double seconds = Math.Max(1, now.AtMs - from.AtMs) / 1_000.0;
        return Text($"{(now.Up - from.Up) / seconds:F0} up/s, {(now.Down - from.Down) / seconds:F0} down/s, {Took(from.Fires)}");
    }

    internal string Line(int stations)
    {
        string since = Since(_line);
        _line = Mark();
        LoadStation[] all = All();
        return Text($"{DateTimeOffset.UtcNow:HH:mm:ss} online {all.Count(one => one.Online)} of {stations}, {since}, ")
            + Text($"not held {all.Sum(one => (long)one.Waiting)}");
    }

    private long Sum(Func<(uint Last, uint Held), long> of)
    {
        long sum = 0;
        foreach (LoadStation station in All())
        {
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                sum += of(station.At(lane));
            }
        }

        return sum;
    }

    private LoadStation[] All()
    {
        lock (_stations)
        {
            return [.. _stations];
        }
    }

    private string Took(int from)
    {
        long[] took = [.. _counts.Fires.Skip(from).Select(fire => fire.TookMs).Order()];
        return took.Length == 0 ? "no fires"
            : Text($"{took.Length} fires held: median {took[took.Length / 2]} ms, p99 {took[took.Length * 99 / 100]} ms");
    }

    private static long MemoryMB()
    {
        using Process own = Process.GetCurrentProcess();
        return own.WorkingSet64 >> 20;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
