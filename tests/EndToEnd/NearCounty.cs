// Owns: the county inside the test's process, with a clock of its own, at a real broker and on a real file.
// Must never: differ from the county's program in anything but the clock.

using Gateway.County;
using Gateway.County.Server;
using Gateway.County.Sql;
using Gateway.Mqtt;

namespace Gateway.Tests.EndToEnd;

/// <summary>A running county whose clock is wrong by as much as a test wants.</summary>
public sealed class NearCounty : IDisposable
{
    private readonly RunningCounty _running;

    public NearCounty(MosquittoBroker broker, string database, TimeSpan wrongBy)
        : this(database, wrongBy, BrokerUser.County.At(broker.Port))
    {
    }

    /// <param name="database">A file into which nobody else receives.</param>
    /// <param name="wrongBy">Of its clock.</param>
    /// <param name="brokers">With what it comes in at each.</param>
    public NearCounty(string database, TimeSpan wrongBy, params IEnumerable<MqttAccess> brokers)
    {
        SqlStore store = SqlStore.Open(database);
        try
        {
            store.BecomeReceiver();
        }
        catch
        {
            store.Dispose();
            throw;
        }

        IBroker[] links = [.. brokers.Select(one => new MqttLink(one))];
        _running = new RunningCounty(
            new CountyService(links, store, new Told(), new CountyOptions(), new WrongClock(wrongBy)), [.. links, store]);
    }

    public CountyService Service => _running.Service;

    public void Dispose() => _running.Dispose();

    private sealed class WrongClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }

    private sealed class Told : ICountyObserver;
}
