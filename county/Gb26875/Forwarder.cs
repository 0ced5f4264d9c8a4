// Owns: city centres in the county's turn: what is to be sent is written with the events, and sent one exchange at a time.
// Must never: forget what a centre did not confirm, or let lesser news go before a fire.

using Gateway.Contract;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>Serves centres for a <see cref="CountyService"/>.</summary>
public sealed class Forwarder : ICountyRoom, IDisposable
{
    private readonly CentreServer[] _centres;

    /// <param name="centres">Who is served.</param>
    /// <param name="wake">Wakes the county's working thread.</param>
    /// <param name="time">The clock; null = the system's.</param>
    public Forwarder(IReadOnlyList<CentreProfile> centres, Action wake, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(centres);
        _centres = [.. centres.Select(centre => new CentreServer(centre, wake, time ?? TimeProvider.System))];
    }

    public void Work(CountyDesk desk, Instant now)
    {
        foreach (CentreServer centre in _centres)
        {
            centre.Work(desk, now);
        }
    }

    public void Storing(IStoreTransaction rows, IReadOnlyList<StoredEvent> stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (rows is not ICentreRows centres)
        {
            throw new NotSupportedException("this store keeps no centres");
        }

        foreach (CentreServer centre in _centres)
        {
            centre.Storing(centres, stored);
        }
    }

    public void Dispose()
    {
        foreach (CentreServer centre in _centres)
        {
            centre.Dispose();
        }
    }
}
