// Owns: a county that listens for boxes on loopback, with its working thread, in this process.
// Must never: outlive its test.

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Gateway.County;
using Gateway.County.Gb26875;
using Gateway.County.Sql;
using Gateway.Gb26875;
using Gateway.Tools.Boxes;

namespace Gateway.Tests.CountyGb26875;

internal readonly record struct ToldCommand(uint Number, CommandState State, string StateName);

internal sealed class BoxRig : ICountyObserver, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);
    private readonly string _folder = Directory.CreateTempSubdirectory("boxes-").FullName;
    private readonly CentreProfile[] _centres;
    private CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _stopBoxes = new();
    private readonly List<Task> _boxes = [];
    private SqlStore _store;
    private PeerReceiver _receiver;
    private Forwarder _forwarder;
    private Thread _thread;

    public BoxRig(params PeerRegistration[] peers)
        : this([], peers)
    {
    }

    public BoxRig(CentreProfile[] centres, params PeerRegistration[] peers)
    {
        _centres = centres;
        using (SqlStore store = SqlStore.Open(Database))
        {
            foreach (PeerRegistration peer in peers)
            {
                Assert.True(store.AddPeer(peer));
            }
        }

        Begin(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public string Database => Path.Combine(_folder, "county.db");

    public CountyService Service { get; private set; }

    public IPEndPoint Address => _receiver.Address;

    public ConcurrentQueue<StoredEvent> Events { get; } = new();

    /// <summary>Whether a centre's link was told up or down, in turn.</summary>
    public ConcurrentQueue<bool> Links { get; } = new();

    public ConcurrentQueue<EpochChange> Epochs { get; } = new();

    /// <summary>As they were when told: the county goes on with the same object in a transaction that is not yet committed.</summary>
    public ConcurrentDictionary<uint, ToldCommand> Commands { get; } = new();

    public static PeerRegistration Peer(uint number, BoxHabit? habit = null, string from = "127.0.0.1") =>
        FrameRig.Peer(330_800 + number, new PeerAddress(number), habit?.Profile ?? PeerFlags.None, from);

    /// <summary>A box that runs until the rig ends.</summary>
    public Box Start(uint number, BoxHabit habit, bool onDuty = true)
    {
        Box box = new(habit, new PeerAddress(number), Address) { AnswerIn = TimeSpan.FromSeconds(2), OnDuty = onDuty };
        _boxes.Add(Task.Run(() => box.Run(_stopBoxes.Token)));
        return box;
    }

    /// <summary>A plain socket.</summary>
    public Socket Connect()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 60_000, NoDelay = true };
        socket.Connect(Address);
        return socket;
    }

    /// <summary>Waits for a condition, generously.</summary>
    public static void Until(Func<bool> holds, string what)
    {
        Stopwatch time = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(time.Elapsed < s_patience, what);
            Thread.Sleep(20);
        }
    }

    /// <summary>The events of a box by kind and component, in their order.</summary>
    public string[] Of(uint number)
    {
        using SqlStore reader = SqlStore.Open(Database, create: false);
        return
        [
            .. reader.Events(new EventQuery { Station = 330_800 + number }).OrderBy(e => e.Record.LaneNumber).ThenBy(e => e.Record.Sequence)
                .Select(e => $"{Contract.EventKind.Code(e.Record.Kind)} {reader.Origin(e.Key)?.Part.Component}"),
        ];
    }

    /// <summary>A new county on the same database and port.</summary>
    public void Restart()
    {
        IPEndPoint at = Address;
        End();
        Begin(at);
    }

    public void CentreChanged(CentreState centre) => Links.Enqueue(centre.LinkUp);

    public void Stored(StationRegistration station, StoredEvent stored) => Events.Enqueue(stored);

    public void EpochChanged(StationRegistration station, EpochChange change) => Epochs.Enqueue(change);

    public void CommandChanged(StationRegistration station, StationCommand command) =>
        Commands[command.Number] = new ToldCommand(command.Number, command.State, command.StateName);

    public void Dispose()
    {
        _stopBoxes.Cancel();
        Until(() => _boxes.TrueForAll(box => box.IsCompleted), "the boxes end");
        End();
        Directory.Delete(_folder, recursive: true);
    }

    [MemberNotNull(nameof(_store), nameof(_receiver), nameof(_forwarder), nameof(_thread), nameof(Service))]
    private void Begin(IPEndPoint at)
    {
        _stop = new CancellationTokenSource();
        _store = SqlStore.Open(Database);
        CountyService service = new([], _store, this, new CountyOptions());
        _receiver = new PeerReceiver(at, service.Wake, answerMs: 3_000);
        _forwarder = new Forwarder(_centres, service.Wake);
        service.Rooms = [_receiver, _forwarder];
        CancellationToken stop = _stop.Token;
        _thread = new Thread(() => service.Run(stop)) { IsBackground = true };
        Service = service;
        _thread.Start();
    }

    private void End()
    {
        _stop.Cancel();
        Assert.True(_thread.Join(s_patience));
        _receiver.Dispose();
        _forwarder.Dispose();
        _store.Dispose();
    }
}
