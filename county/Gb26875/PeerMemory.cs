// Owns: what is remembered of boxes between transactions, and may be forgotten with the process.
// Must never: decide whether an event is stored, but for how often the same complaint is told.

namespace Gateway.County.Gb26875;

/// <summary>Complaints told and duty checks open, by station. Used by the county's working thread alone.</summary>
internal sealed class PeerMemory
{
    // Between two events about what cannot be read of one box, ms; those between are counted.
    private const int UnreadableApartMs = 60_000;

    private readonly Dictionary<uint, (long ToldRunMs, int Count)> _unreadable = [];
    private readonly HashSet<uint> _trailing = [];
    private readonly Dictionary<uint, (long AskedRunMs, long EndRunMs)> _duty = [];

    /// <summary>One more that cannot be read; the count since the last one told, when it is time to tell, else 0.</summary>
    public int Unreadable(uint station, long runMs)
    {
        (long told, int count) = _unreadable.GetValueOrDefault(station, (runMs - UnreadableApartMs, 0));
        bool due = runMs - told >= UnreadableApartMs;
        _unreadable[station] = due ? (runMs, 0) : (told, count + 1);
        return due ? count + 1 : 0;
    }

    /// <summary>True once a station: a box that sends too many bytes does so every time.</summary>
    public bool FirstTrailing(uint station) => _trailing.Add(station);

    /// <summary>A transaction failed: what was told in it was not told.</summary>
    public void ForgetComplaints()
    {
        _unreadable.Clear();
        _trailing.Clear();
    }

    public void DutyAsked(uint station, int minutes, long runMs) => _duty[station] = (runMs, runMs + (minutes * 60_000L));

    /// <summary>Seconds until the answer; 0 when nobody asked.</summary>
    public int DutyAnswered(uint station, long runMs) =>
        _duty.Remove(station, out (long AskedRunMs, long EndRunMs) duty) ? (int)((runMs - duty.AskedRunMs) / 1000) : 0;

    /// <summary>Stations whose time to answer is over, with the seconds waited.</summary>
    public IReadOnlyList<(uint Station, int Seconds)> DutyMissed(long runMs) =>
        [.. _duty.Where(one => runMs >= one.Value.EndRunMs)
            .Select(one => (one.Key, (int)((one.Value.EndRunMs - one.Value.AskedRunMs) / 1000)))];

    /// <summary>The miss is stored.</summary>
    public void DutyEnded(uint station) => _duty.Remove(station);
}
