// Owns: a county's desk with a real database, and frames handed to it without a socket.
// Must never: hide an event or an answer.

using System.Net;
using Gateway.County;
using Gateway.County.Gb26875;
using Gateway.County.Sql;
using Gateway.Gb26875;
using Gateway.Tests.Support;

namespace Gateway.Tests.CountyGb26875;

/// <summary>One registered box; each frame is a transaction of its own.</summary>
internal sealed class FrameRig : ICountyObserver, IDisposable
{
    public const uint Station = 330800;
    public static readonly PeerAddress Address = new(889);

    private readonly string _folder = MemoryFolder.Create("boxes-");
    private readonly PostgresServer? _server;
    private readonly string _database;
    private PeerMemory _memory = new();
    private SqlStore _store;
    private CountyDesk _desk;
    private ushort _sequence = ushort.MaxValue - 1;
    private long _runMs = 1_000;

    public FrameRig(PeerFlags profile = PeerFlags.None, PostgresServer? server = null)
    {
        _server = server;
        _database = server?.NewDatabase() ?? EmptyStore.At(Path.Combine(_folder, "county.db"));
        _store = SqlStore.Open(_database);
        Assert.True(_store.AddPeer(Peer(Station, Address, profile)));
        _desk = new CountyDesk(_store, this, new CountyOptions());
        Link = new SilentLink();
    }

    public SqlStore Store => _store;

    public CountyDesk Desk => _desk;

    public PeerLink Link { get; }

    public PeerMemory Memory => _memory;

    public long NowMs { get; set; } = 1_790_000_000_000;

    public Instant Now => new(NowMs, _runMs);

    public FrameTime Time => FrameTime.Of(DateTimeOffset.FromUnixTimeMilliseconds(NowMs));

    public List<(uint Station, Escalation Escalation)> Escalations { get; } = [];

    public List<PresenceChange> Presence { get; } = [];

    /// <summary>Kind, zone and sequence of each event, in the order in which they were stored.</summary>
    public string[] Events =>
        [.. _store.Events(new EventQuery { Station = Station }).OrderBy(e => e.ReceivedMs).ThenBy(e => e.Record.UptimeMs)
            .ThenBy(e => e.Record.LaneNumber).ThenBy(e => e.Record.Sequence)
            .Select(e => $"{Contract.EventKinds.Code(e.Record.Kind)} {e.Record.Zone}")];

    public StoredEvent[] All => [.. _store.Events(new EventQuery { Station = Station })];

    public static PeerRegistration Peer(
        uint station, PeerAddress address, PeerFlags profile = PeerFlags.None, string from = "any", uint life = 7) => new()
    {
        Station = station,
        Address = (long)address.Number,
        County = "330726",
        Township = "330726101",
        Village = "330726101003",
        Name = "金塘厂房",
        Profile = (int)profile,
        Sources = from,
        Epoch = station + life,
        AddedMs = 1,
    };

    /// <summary>Time passes on both clocks.</summary>
    public void Pass(long ms)
    {
        NowMs += ms;
        _runMs += ms;
    }

    /// <summary>Sends a unit under the next sequence, or another.</summary>
    public Reply Send(byte[] unit, ushort? sequence = null, FrameCommand command = FrameCommand.Send)
    {
        Pass(1_000);
        ReceivedFrame frame = Frame(unit, sequence, command);
        Reply reply = Reply.None;
        _desk.Enter(entry => reply = new PeerBook(entry, _memory).Enter(frame), Now);
        _memory.Keep();
        return reply;
    }

    /// <summary>A frame as it comes in, under the next sequence or another.</summary>
    public ReceivedFrame Frame(byte[] unit, ushort? sequence = null, FrameCommand command = FrameCommand.Send) =>
        new(Link, _desk.Peers[Station], new FrameHead
        {
            Sequence = sequence ?? _sequence++, MainVersion = 1, Time = Time, Source = Address, Destination = new PeerAddress(1),
            Command = command,
        }, unit);

    /// <summary>Time passes, and what lasts becomes news.</summary>
    public void PassDangers(long ms)
    {
        Pass(ms);
        _desk.Enter(entry => new PeerBook(entry, _memory).PassDangers(_desk.Peers), Now);
        _memory.Keep();
    }

    public Reply SystemStatus(byte address, int status) => Send(UnitOf(UnitType.SystemStatus, new UnitObject
    {
        SystemType = 1, SystemAddress = address, Status = (ushort)status, Time = Time,
    }));

    public Reply BoxStatus(int status) => Send(UnitOf(UnitType.BoxStatus, new UnitObject { Status = (ushort)status, Time = Time }));

    public Reply Component(
        uint component, int status, ushort? sequence = null, FrameTime? time = null, byte type = 40, byte system = 1) =>
        Send(UnitOf(UnitType.ComponentStatus, new UnitObject
        {
            SystemType = 1, SystemAddress = system, ComponentType = type, ComponentAddress = component, Status = (ushort)status,
            Time = time ?? Time,
        }), sequence);

    public Reply Operation(UnitType type, OperationBits what, FrameTime? time = null, byte system = 1) => Send(UnitOf(type, new UnitObject
    {
        SystemType = 1, SystemAddress = system, Operation = (byte)what, Operator = 3, Time = time ?? Time,
    }));

    public static byte[] UnitOf(UnitType type, UnitObject one)
    {
        UnitWriter unit = new(new byte[FrameLayout.UnitBytesMax], type);
        Assert.True(unit.TryAdd(one));
        return unit.Written.ToArray();
    }

    /// <summary>A new process on the same database.</summary>
    public void Restart()
    {
        _store.Dispose();
        Pass(30_000);
        _runMs = 500;
        _store = SqlStore.Open(_database);
        _desk = new CountyDesk(_store, this, new CountyOptions());
        _memory = new PeerMemory();
        _desk.Keep(rows => PeerDangers.Recall((IPeerRows)rows, _desk.Peers.Values, _memory, _runMs));
        _memory.Keep();
    }

    public void Escalated(StationRegistration station, Escalation escalation) => Escalations.Add((station.Station, escalation));

    public void PresenceChanged(StationRegistration station, PresenceChange change) => Presence.Add(change);

    public void Dispose()
    {
        _store.Dispose();
        _server?.Drop(_database);
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class SilentLink() : PeerLink(new PeerDoor(TimeProvider.System, () => { }), new IPEndPoint(IPAddress.Loopback, 1))
    {
        public override void Close() => Closed = true;

        public override void Send(byte[] frame)
        {
        }
    }
}
