// Owns: the counters of refused messages between two writes, and how many lines a flood may cause.
// Must never: grow with what strangers send: there is one entry a registered station and reason, and one a reason for all others.

using System.Runtime.InteropServices;
using Gateway.Contract;

namespace Gateway.County;

/// <summary>Counts refused messages. Safe for any number of threads.</summary>
public sealed class RefusalBook
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(uint Station, DecodeResult Reason), RefusalCount> _unwritten = [];
    private readonly Dictionary<(uint Station, DecodeResult Reason), RefusalCount> _untold = [];
    private readonly Dictionary<(uint Station, DecodeResult Reason), long> _toldRunMs = [];
    private long _secondRunMs;
    private int _linesThisSecond;

    /// <param name="station">The registered station that the topic names, or 0.</param>
    /// <param name="reason">A <see cref="DecodeResult"/>.</param>
    /// <param name="topic">As received.</param>
    /// <param name="nowMs">ms since 1970 UTC.</param>
    public void Count(uint station, DecodeResult reason, string topic, long nowMs)
    {
        lock (_gate)
        {
            Count(_unwritten, station, reason, topic, nowMs);
            Count(_untold, station, reason, topic, nowMs);
        }
    }

    /// <summary>What was counted since the last call, to be added to the store.</summary>
    public IReadOnlyList<RefusalCount> TakeUnwritten() => Take(_unwritten, _ => true);

    /// <summary>Puts counts back whose writing failed.</summary>
    public void PutBack(IEnumerable<RefusalCount> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        lock (_gate)
        {
            foreach (RefusalCount count in counts)
            {
                (uint Station, DecodeResult Reason) key = (count.Station, count.Reason);
                ref RefusalCount entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_unwritten, key, out bool exists);
                entry = exists ? entry with { Count = entry.Count + count.Count, FirstMs = count.FirstMs } : count;
            }
        }
    }

    /// <summary>What may be shown now, each with the number since its last line.</summary>
    /// <param name="runMs">On the clock that never steps, as in <see cref="Instant"/>.</param>
    public IReadOnlyList<RefusalCount> TakeLines(long runMs) => Take(_untold, key =>
    {
        if (runMs - _secondRunMs >= CountyLimits.RefusalSecondMs)
        {
            _secondRunMs = runMs;
            _linesThisSecond = 0;
        }

        bool rested = !_toldRunMs.TryGetValue(key, out long toldRunMs) || runMs - toldRunMs >= CountyLimits.RefusalLineMs;
        if (!rested || _linesThisSecond >= CountyLimits.RefusalLinesPerSecondMax)
        {
            return false;
        }

        _linesThisSecond++;
        _toldRunMs[key] = runMs;
        return true;
    });

    private List<RefusalCount> Take(
        Dictionary<(uint Station, DecodeResult Reason), RefusalCount> from, Predicate<(uint Station, DecodeResult Reason)> ripe)
    {
        lock (_gate)
        {
            List<RefusalCount> taken = [];
            foreach (KeyValuePair<(uint Station, DecodeResult Reason), RefusalCount> entry in from)
            {
                if (ripe(entry.Key))
                {
                    taken.Add(entry.Value);
                }
            }

            taken.ForEach(count => from.Remove((count.Station, count.Reason)));
            return taken;
        }
    }

    private static void Count(
        Dictionary<(uint Station, DecodeResult Reason), RefusalCount> into, uint station, DecodeResult reason, string topic, long nowMs)
    {
        ref RefusalCount entry = ref CollectionsMarshal.GetValueRefOrAddDefault(into, (station, reason), out bool exists);
        entry = exists
            ? entry with { Count = entry.Count + 1, LastMs = nowMs }
            : new RefusalCount(station, reason, 1, nowMs, nowMs, Printable(topic));
    }

    /// <summary>A stranger chose this text: it is cut, and what could steer a terminal becomes a question mark.</summary>
    private static string Printable(string topic) => string.Create(
        Math.Min(topic.Length, CountyLimits.SampleCharsMax),
        topic,
        static (into, from) =>
        {
            for (int i = 0; i < into.Length; i++)
            {
                into[i] = from[i] is > ' ' and <= '~' ? from[i] : '?';
            }
        });
}
