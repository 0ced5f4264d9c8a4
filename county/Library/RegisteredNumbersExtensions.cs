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

    /// <summary>A station's or a box's registration, or null.</summary>
    public static StationRegistration? Registered(this IEventStore store, uint number)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.Stations().FirstOrDefault(one => one.Station == number)
            ?? store.Peers().FirstOrDefault(one => one.Station == number)?.AsStation;
    }
}
