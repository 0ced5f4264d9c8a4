// Owns: how much work each station's messages made, in statements of the store or what costs as much.
// Must never: decide who waits for it.

namespace Gateway.County;

/// <summary>The work of one transaction, by station.</summary>
internal sealed class WorkBook
{
    private readonly Dictionary<uint, int> _units = [];

    public IReadOnlyDictionary<uint, int> Units => _units;

    public void Add(uint station, int units)
    {
        if (units > 0)
        {
            _units[station] = _units.GetValueOrDefault(station) + units;
        }
    }
}
