// Owns: of which stations the heartbeats tell of a fire that the county does not have, and since when.
// Must never: reckon a wait from the wall clock but at the first look after a restart, and then within bounds.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>What a heartbeat said, as far as fires go, and when by the box's own count.</summary>
internal readonly record struct FireBeat(uint Station, uint Epoch, uint Boot, long UptimeMs, bool Latched, uint Last);

/// <summary>
/// A broker that drops records cannot change a signed heartbeat: it says the last sequence given and whether a fire is latched. Records
/// that are merely on their way make what is held rise, and then the wait begins anew.
/// </summary>
internal sealed class HiddenFires
{
    /// <summary>Above every sequence.</summary>
    private const long NotTold = long.MaxValue;

    private readonly Dictionary<uint, Wait> _waits = [];

    /// <summary>Whether the heartbeat tells of a fire, or of anything in the fire lane, that these rows do not have.</summary>
    public static bool IsHidden(IStoreTransaction rows, FireBeat beat, uint held)
    {
        if (beat.Last > held)
        {
            return true;
        }

        if (!beat.Latched)
        {
            return false;
        }

        EventRecord? last = rows.LastFire(beat.Station, beat.Epoch, out bool known)?.Record;
        if (known && last is null && rows.State(beat.Station) is { EpochBefore: not 0 } state)
        {
            // A latch outlives the store under which its fire was told.
            return rows.LastFire(beat.Station, state.EpochBefore, out _) is not { Record.Kind: EventKind.FireAlarm };
        }

        return known && (last is null
            || (last.Kind == EventKind.Reset && (last.Boot, last.UptimeMs).CompareTo((beat.Boot, beat.UptimeMs)) < 0));
    }

    /// <summary>A heartbeat was taken in.</summary>
    public void Heard(FireBeat beat, bool hidden, uint held, Instant now)
    {
        if (!hidden)
        {
            _waits.Remove(beat.Station);
        }
        else if (!_waits.TryGetValue(beat.Station, out Wait? wait) || wait.Held < held || beat.Last > wait.ToldLast)
        {
            _waits[beat.Station] = new Wait(beat, now.RunMs, held, NotTold);
        }
        else
        {
            _waits[beat.Station] = wait with { Beat = beat, Held = wait.Held ?? held };
        }
    }

    /// <summary>The stations that were found so before the start: what they have waited counts, up to the whole wait.</summary>
    public void Restore(IEnumerable<StationState> states, Instant now)
    {
        foreach (StationState s in states.Where(s => s.HiddenMs != 0))
        {
            long sinceRunMs = now.SinceRunMs(s.HiddenMs, CountyLimits.HiddenFireMs);
            _waits.TryAdd(s.Station, new Wait(FireBeatOf(s), sinceRunMs, Held: null, NotTold));
        }
    }

    /// <summary>The heartbeats whose time is over, where that was not told yet.</summary>
    public IReadOnlyList<FireBeat> Due(Instant now) =>
        [.. _waits.Values.Where(w => w.ToldLast == NotTold && now.RunMs - w.SinceRunMs >= CountyLimits.HiddenFireMs).Select(w => w.Beat)];

    /// <summary>Looks again at one that is due; true when nothing has come meanwhile.</summary>
    public bool Confirm(FireBeat beat, bool hidden, uint held, Instant now)
    {
        if (hidden && (_waits[beat.Station].Held ?? held) >= held)
        {
            return true;
        }

        Heard(beat, hidden, held, now);
        return false;
    }

    /// <summary>It was told, after its commit.</summary>
    public void Told(uint station)
    {
        if (_waits.TryGetValue(station, out Wait? wait))
        {
            _waits[station] = wait with { ToldLast = wait.Beat.Last };
        }
    }

    private static FireBeat FireBeatOf(StationState s) =>
        new(s.Station, s.Epoch, s.Boot, s.UptimeMs, s.Conditions.HasFlag(ConditionBits.Fire), s.Last[(int)Lane.Fire]);

    /// <param name="Beat">The newest heartbeat.</param>
    /// <param name="SinceRunMs">Since when nothing has come.</param>
    /// <param name="Held">What was held then; null = before a restart, until the next heartbeat.</param>
    /// <param name="ToldLast">
    /// The last sequence of the heartbeat when the alarm was given, or one stood that people know of. What comes behind it may be a fire
    /// after a reset, and waits anew.
    /// </param>
    private sealed record Wait(FireBeat Beat, long SinceRunMs, uint? Held, long ToldLast);
}
