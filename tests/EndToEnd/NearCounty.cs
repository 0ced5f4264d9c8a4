// Owns: the county inside the test's process, with a clock of its own, at a real broker and on a real file.
// Must never: differ from the county's program in anything but the clock.

using Gateway.County;
using Gateway.County.Server;
using Gateway.County.Sql;

namespace Gateway.Tests.EndToEnd;

/// <summary>A running county whose clock is wrong by as much as a test wants.</summary>
public sealed class NearCounty : IDisposable
{
    private readonly RunningCounty _running;

    public NearCounty(MosquittoBroker broker, string database, TimeSpan wrongBy)
    {
        ArgumentNullException.ThrowIfNull(broker);
        SqlStore store = SqlStore.Open(database);
        MqttLink link = new(BrokerUser.County.At(broker.Port));
        _running = new RunningCounty(
            new CountyService(link, store, new Told(), new CountyOptions(), new WrongClock(wrongBy)), link, store);
    }

    public CountyService Service => _running.Service;

    public void Dispose() => _running.Dispose();

    private sealed class WrongClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }

    private sealed class Told : ICountyObserver;
}
