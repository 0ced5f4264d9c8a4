// Owns: a window of local time as the settings' page means it, reckoned here once more.
// Must never: ask the gateway's code what local time it is; that is what is tested.

using System.Globalization;

namespace Gateway.Simulation;

/// <summary>A window belongs to the day on which it begins.</summary>
/// <param name="From">Local minute of the day.</param>
/// <param name="To">The minute that is outside again.</param>
/// <param name="Days">Bit 0 is Monday.</param>
public sealed record DayWindow(int From, int To, int Days)
{
    public const int MinutesPerDay = 1440;

    private const long MinuteMs = 60_000;

    /// <summary>A window that begins, ends or goes on within the next minutes.</summary>
    public static DayWindow Near(Rng rng, int localMinute, int minutes)
    {
        int length = rng.OneIn(3) ? rng.Range(200, 1_200) : rng.Range(1, Math.Max(2, minutes));
        int from = localMinute + rng.Range(-8, minutes);
        from = rng.OneIn(4) ? from - length : from;
        return new DayWindow(Wrap(from), Wrap(from + length), rng.Range(1, 127));
    }

    public static int Wrap(int minute) => ((minute % MinutesPerDay) + MinutesPerDay) % MinutesPerDay;

    /// <summary>The local day on which the window began that is open at a time; -1 when none is. UTC 0 is unknown.</summary>
    public long OpenDay(long utcMs, int offsetMin)
    {
        if (utcMs == 0)
        {
            return -1;
        }

        long local = (utcMs / MinuteMs) + offsetMin;
        long today = local / MinutesPerDay;
        foreach (long begun in new[] { today, today - 1 })
        {
            // 1970-01-01 was a Thursday.
            bool hasDay = (Days & (1 << (int)((begun + 3) % 7))) != 0;
            if (hasDay && local >= (begun * MinutesPerDay) + From && local < EndMinute(begun))
            {
                return begun;
            }
        }

        return -1;
    }

    /// <summary>The local minute since 1970 at which the window of a day has ended.</summary>
    public long EndMinute(long begun) => (begun * MinutesPerDay) + To + (From > To ? MinutesPerDay : 0);

    /// <summary>As the settings write it.</summary>
    public string Keys => string.Create(CultureInfo.InvariantCulture, $"from={Clock(From)} to={Clock(To)} days={DayList}");

    /// <summary>As a rule writes it.</summary>
    public string Conditions => $"time:{Clock(From)}-{Clock(To)} and day:{DayList}";

    public override string ToString() => $"{Clock(From)}-{Clock(To)}/{DayList}";

    private string DayList => string.Join(',', Enumerable.Range(0, 7).Where(d => (Days & (1 << d)) != 0).Select(d => d + 1));

    private static string Clock(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");
}
