// Owns: a county in this process: its service on the story's clock, behind a real broker, with a real database.
// Must never: do anything that the county's own program does not do.

using System.Collections.Concurrent;
using System.Text;
using Gateway.Contract;
using Gateway.County;
using Gateway.County.Sql;
using Gateway.Pc.Script;

namespace Gateway.Stories;

/// <summary>Runs from its construction on; Dispose stores what waits and ends it.</summary>
internal sealed class HostedCounty : StoryCounty, ICountyObserver, IDisposable
{
    private const int ConnectMs = 30_000;

    private readonly ManualResetEventSlim _connected = new(initialState: false);
    private readonly ConcurrentQueue<string> _disturbances = new();
    private readonly SqlStore _reader;
    private readonly RunningCounty _county;
    private readonly uint _station;
    private volatile bool _ending;

    public HostedCounty(StoryStage stage, uint station, TimeProvider clock)
    {
        _station = station;
        SqlStore store = SqlStore.Open(stage.Database, create: false);
        _reader = SqlStore.Open(stage.Database, create: false);
        IBroker link = stage.Link();
        _county = new RunningCounty(new CountyService(link, store, this, new CountyOptions(), clock), link, store);
    }

    /// <summary>What must not happen in a story: refusals, gaps, conflicts, a broken connection, a failing database.</summary>
    public IReadOnlyCollection<string> Disturbances => _disturbances;

    /// <summary>False when there is no broker.</summary>
    public bool WaitConnected() => _connected.Wait(ConnectMs);

    public override async Task<uint> Ask(CountyOrder order)
    {
        CommandRequest asked = new(_station, (int)order.Code, order.A, order.B, order.C) { Text = Encoding.UTF8.GetBytes(order.Text) };
        StationCommand command = await _county.Service.Command(asked);
        return command.Number;
    }

    public override IReadOnlyList<HeldEvent> Held() =>
    [
        .. _reader.Events(new EventQuery { Station = _station })
            .Select(e => new HeldEvent(e.Record, e.Places?.Chinese.Zone(e.Record.Zone) ?? ""))
            .OrderBy(held => held.Record.LaneNumber).ThenBy(held => held.Record.Sequence),
    ];

    void ICountyObserver.ConflictFound(StationRegistration station, EventKey key) => Disturbed($"conflict {key}");

    void ICountyObserver.GapFound(StationRegistration station, Gap gap) => Disturbed($"gap {gap}");

    void ICountyObserver.EpochChanged(StationRegistration station, EpochChange change) => Disturbed("another epoch");

    void ICountyObserver.Refused(RefusalCount refusal, StationRegistration? claimed) =>
        Disturbed($"refused {refusal.Count} × {DecodeResults.Name((int)refusal.Reason)} {refusal.Sample}");

    void ICountyObserver.InTrouble(string text) => Disturbed(text);

    void ICountyObserver.BrokerChanged(bool connected, string text)
    {
        if (connected)
        {
            _connected.Set();
        }
        else
        {
            Disturbed($"broker: {text}");
        }
    }

    public void Dispose()
    {
        _ending = true;
        _county.Dispose();
        _reader.Dispose();
        _connected.Dispose();
    }

    private void Disturbed(string what)
    {
        if (!_ending)
        {
            _disturbances.Enqueue(what);
        }
    }
}
