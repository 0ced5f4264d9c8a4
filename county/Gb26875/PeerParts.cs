// Owns: the kept parts of boxes in one transaction: their zones, their number, and which of them are in fire.
// Must never: keep more parts of a box than its bound, or count one as in fire whose kept state says otherwise.

using Gateway.Contract;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <param name="entry">The transaction.</param>
internal sealed class PeerParts(PeerEntry entry)
{
    private const int ZonesInMask = 32;

    // Asked once a transaction: to count a large box's parts takes milliseconds, and a frame may tell of 22 new ones.
    private readonly Dictionary<uint, (int Count, int Zone)> _counts = [];
    private readonly Dictionary<uint, Dictionary<PeerPartKey, int>> _inFire = [];

    /// <summary>The part as it is kept; one that is not known yet is given a zone, and is kept by <see cref="Put"/>.</summary>
    public PeerComponent Component(PeerPartKey key, in UnitObject one)
    {
        if (entry.Peers.Component(key) is { } known)
        {
            known.ComponentType = one.ComponentType != 0 ? one.ComponentType : known.ComponentType;
            return known;
        }

        (int count, int zone) = Count(key.Station);
        return new PeerComponent
        {
            Key = key,
            ComponentType = one.ComponentType,
            Zone = key.What == PeerPart.Component && zone < byte.MaxValue && count < CountyLimits.PeerPartsMax ? zone + 1 : 0,
        };
    }

    /// <summary>False when the box has too many parts already.</summary>
    public bool Put(PeerComponent part)
    {
        part.SeenMs = entry.Now.UtcMs;
        if (!part.Kept)
        {
            (int count, int zone) = Count(part.Key.Station);
            if (count >= CountyLimits.PeerPartsMax)
            {
                return false;
            }

            _counts[part.Key.Station] = (count + 1, Math.Max(zone, part.Zone));
        }

        Keep(part);
        return true;
    }

    /// <summary>The kept parts in fire, with their zones.</summary>
    public Dictionary<PeerPartKey, int> InFire(uint station)
    {
        if (!_inFire.TryGetValue(station, out Dictionary<PeerPartKey, int>? parts))
        {
            parts = entry.Peers.ComponentsWith(station, StatusEvents.Fire).ToDictionary(part => part.Key, part => part.Zone);
            _inFire.Add(station, parts);
        }

        return parts;
    }

    /// <summary>The zones of the kept parts in fire, a bit each.</summary>
    public int ZonesInFire(uint station) => InFire(station).Values.Aggregate(0, (zones, zone) => zones | Mask(zone));

    /// <summary>
    /// Another system behind the same box burns: what a person did at this one says nothing of that. The box's own fire bit is only the
    /// sum of its systems.
    /// </summary>
    public bool BurnsBeside(PeerPartKey key) => key.What == PeerPart.System
        && InFire(key.Station).Keys.Any(part => part.What != PeerPart.Box && !part.IsOfSystem(key));

    /// <summary>
    /// A reset lets go what was in fire: what signals on or anew is a new alarm, also where the box says no end in between. Gives zones.
    /// </summary>
    public int Reset(PeerPartKey key)
    {
        int zones = 0;
        foreach (PeerComponent part in entry.Peers.ComponentsWith(key.Station, StatusEvents.Fire | StatusEvents.FireInTest))
        {
            if (key.What == PeerPart.Box || part.Key.IsOfSystem(key))
            {
                zones |= Mask(part.Zone);
                part.Status &= ~(StatusEvents.Fire | StatusEvents.FireInTest);
                Keep(part);
            }
        }

        return zones;
    }

    private void Keep(PeerComponent part)
    {
        entry.Peers.Put(part);
        if (_inFire.TryGetValue(part.Key.Station, out Dictionary<PeerPartKey, int>? parts))
        {
            parts.Remove(part.Key);
            if ((part.Status & StatusEvents.Fire) != 0)
            {
                parts.Add(part.Key, part.Zone);
            }
        }
    }

    private (int Count, int Zone) Count(uint station)
    {
        if (!_counts.TryGetValue(station, out (int Count, int Zone) count))
        {
            count = entry.Peers.Components(station);
            _counts.Add(station, count);
        }

        return count;
    }

    private static int Mask(int zone) => zone is >= 1 and <= ZonesInMask ? 1 << (zone - 1) : 0;
}
