// Owns: the county inside the test's process, with a clock of its own, at a real broker and on a real file.
// Must never: differ from the county's program in anything but the clock.

using Gateway.County;
using Gateway.County.Server;
using Gateway.County.Sql;
using Gateway.Mqtt;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>A running county whose clock is wrong by as much as a test wants.</summary>
public sealed class NearCounty : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SqlStore _store;
    private readonly MqttLink _link;
    private readonly Thread _thread;

    public NearCounty(MosquittoBroker broker, string database, TimeSpan wrongBy)
    {
        ArgumentNullException.ThrowIfNull(broker);
        _store = SqlStore.Open(database);
        _link = new MqttLink(new MqttAccess
        {
            Host = MosquittoBroker.Host,
            Port = broker.Port,
            ClientId = "county",
            User = BrokerUser.County.Name,
            Password = BrokerUser.County.Password,
        });
        Service = new CountyService(_link, _store, new Told(), new CountyOptions(), new WrongClock(wrongBy));
        _thread = new Thread(() => Service.Run(_stop.Token)) { Name = "county" };
        _thread.Start();
    }

    public CountyService Service { get; }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _link.Dispose();
        _store.Dispose();
        _stop.Dispose();
    }

    private sealed class WrongClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }

    private sealed class Told : ICountyObserver;
}
