// Owns: which numbers of stations are given away.
// Must never: forget that boxes of other makers have numbers of the same kind.

namespace Gateway.County;

public static class RegisteredNumbersExtensions
{
    /// <summary>Numbers of all stations and of all boxes of other makers.</summary>
    public static IReadOnlySet<uint> RegisteredNumbers(this IEventStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        HashSet<uint> numbers = [.. store.Stations().Select(s => s.Station), .. store.Peers().Select(p => p.Station)];
        return numbers;
    }
}
