// Owns: one virtual station of the storm: the gateway's own Core and link, an easy flash, and when its fire was held.
// Must never: send anything by itself; the uplink decides.

using Gateway.Contract;
using Gateway.Core;
using Gateway.County;
using Gateway.Link;
using Gateway.Pc;
using Gateway.Pc.Board;
using Gateway.Pc.Mqtt;
using Gateway.Pc.Run;
using Gateway.Tests.Support;

namespace Gateway.Tests.Benchmarks.Storm;

internal sealed class StormStation : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkSupervisor _link;
    private readonly EventRecord _event = new();
    private int _toAdd;
    private UplinkState _state;
    private uint _fire;

    public StormStation(uint number, int port, int drainPerS, string folder)
    {
        Registration = TestStation.Registered(number);
        string file = Path.Combine(folder, $"{number}.txt");
        File.WriteAllText(file, $"""
            station id={number} county=330726 township=330726101 village=330726101003 name=站{number}
            uplink host=127.0.0.1 port={port} user=st{number} drainPerS={drainPerS}
            zone 1 kind=callpoint wiring=line input=a1 name=报警按钮
            button reset input=d1

            """);
        List<string> errors = [];
        Settings settings = SettingsFile.Check(file, errors) ?? throw new InvalidDataException(string.Join('\n', errors));
        File.WriteAllText(file, $"""
            key {Convert.ToHexStringLower(Registration.Key.CopyForStorage())}
            password {BrokerUser.Station(number).Password}

            """);
        Pc.StationKey key = Pc.StationKey.Read(file, errors) ?? throw new InvalidDataException(string.Join('\n', errors));
        _link = PcLink.Create(settings, key);
        Station = new Station(new StationParts
        {
            Settings = settings,
            Flash = new RamFlash(),
            Link = _link,
            Key = new DotNetMac(key.Key),
            Clock = new MonotonicClock(TimeProvider.System),
            NewEpoch = number,
        });
    }

    public StationRegistration Registration { get; }

    public Station Station { get; }

    public bool Online => Station.Online;

    /// <summary>Whether everything that was to be made is in flash.</summary>
    public bool Ready
    {
        get
        {
            lock (_gate)
            {
                return _toAdd == 0 && !Station.Loop.Log.Waiting;
            }
        }
    }

    public bool HoldsAll
    {
        get
        {
            lock (_gate)
            {
                return _toAdd == 0 && Station.CountyHoldsAll;
            }
        }
    }

    /// <summary>When its connection last stood, by its own clock.</summary>
    public long ConnectedMs { get; private set; }

    /// <summary>When its fire was held, -1 before.</summary>
    public long FireHeldMs { get; private set; } = -1;

    /// <summary>Events to be made, a few each tick.</summary>
    public void Add(int events)
    {
        lock (_gate)
        {
            _toAdd += events;
        }
    }

    /// <summary>The button is pressed; the alarm that follows is the one that is watched.</summary>
    public void Press()
    {
        lock (_gate)
        {
            FireHeldMs = -1;
            _fire = Station.Loop.Log.At(Lane.Fire).Last + 1;
            Station.Do(Hand.At(1, HandMove.Press));
        }
    }

    /// <summary>The button is let go and the fire is reset, as soon as the loop comes to it.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            Station.Do(Hand.At(1, HandMove.Release));
            for (int i = 0; i < Limits.DebounceSamplesMax; i++)
            {
                Step();
                Thread.Sleep(Limits.TickMs);
            }

            Station.Do(Hand.OnKey(Core.Button.Reset));
        }
    }

    public void Tick()
    {
        lock (_gate)
        {
            Step();
        }
    }

    /// <summary>Begins the end; <see cref="PcLink.End"/> waits for it.</summary>
    public void BeginEnd() => _link.Shutdown();

    public void Dispose() => PcLink.End(_link);

    private void Step()
    {
        for (int i = 0; i < Limits.EventsPerTick && _toAdd > 0; i++, _toAdd--)
        {
            _event.Clear();
            _event.Kind = EventKind.Fault;
            Station.Loop.Log.Add(_event, Station.NowMs);
        }

        Station.Tick();
        UplinkState state = Station.Loop.Uplink.State;
        if (state != _state && state == UplinkState.Greeting)
        {
            ConnectedMs = Station.NowMs;
        }

        _state = state;
        if (_fire != 0 && FireHeldMs < 0 && Station.Loop.Log.At(Lane.Fire).Held >= _fire)
        {
            FireHeldMs = Station.NowMs;
        }
    }
}
