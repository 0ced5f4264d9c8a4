// Owns: a county that listens for boxes on loopback, with its working thread, in this process.
// Must never: outlive its test.

using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Gateway.County;
using Gateway.County.Gb26875;
using Gateway.County.Sql;
using Gateway.Gb26875;
using Gateway.Tests.Support;
using Gateway.Tools.Boxes;

// Most of a test here is waiting for sockets and answers, so more of them go at a time than a small machine has processors.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]

namespace Gateway.Tests.CountyGb26875;

internal readonly record struct ToldCommand(uint Number, CommandState State, string StateName);

internal sealed class BoxRig : ICountyObserver, IDisposable
{
    // So that a box on a slow machine is not taken for one that does not answer.
    private const int PatientMs = 60_000;

    private readonly string _folder = MemoryFolder.Create("boxes-");
    private readonly int _answerMs;
    private readonly CentreProfile[] _centres;
    private readonly CancellationTokenSource _stopBoxes = new();
    private readonly List<Task> _boxes = [];
    private PeerReceiver _receiver;
    private RunningCounty _county;

    public BoxRig(params PeerRegistration[] peers)
        : this([], peers)
    {
    }

    public BoxRig(CentreProfile[] centres, params PeerRegistration[] peers)
        : this(PatientMs, centres, peers)
    {
    }

    /// <param name="answerMs">How long a box has for its answer before it is asked again.</param>
    /// <param name="centres">Who is told.</param>
    /// <param name="peers">Who is heard.</param>
    public BoxRig(int answerMs, CentreProfile[] centres, params PeerRegistration[] peers)
    {
        _answerMs = answerMs;
        _centres = centres;
        using (SqlStore store = SqlStore.Open(EmptyStore.At(Database)))
        {
            foreach (PeerRegistration peer in peers)
            {
                Assert.True(store.AddPeer(peer));
            }
        }

        Begin(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public string Database => Path.Combine(_folder, "county.db");

    public CountyService Service => _county.Service;

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

    /// <summary>The events of a box by kind and component, in their order.</summary>
    public string[] Of(uint number)
    {
        using SqlStore reader = SqlStore.Open(Database, create: false);
        return
        [
            .. reader.Events(new EventQuery { Station = 330_800 + number }).OrderBy(e => e.Record.LaneNumber).ThenBy(e => e.Record.Sequence)
                .Select(e => $"{Contract.EventKinds.Code(e.Record.Kind)} {reader.Origin(e.Key)?.Part.Component}"),
        ];
    }

    /// <summary>A new county on the same database and port.</summary>
    public void Restart()
    {
        IPEndPoint at = Address;
        _county.Dispose();
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
        Patience.Until(() => _boxes.TrueForAll(box => box.IsCompleted), "the boxes end");
        _county.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [MemberNotNull(nameof(_receiver), nameof(_county))]
    private void Begin(IPEndPoint at)
    {
        SqlStore store = SqlStore.Open(Database);
        CountyService service = new([], store, this, new CountyOptions());
        _receiver = new PeerReceiver(at, service.Wake, answerMs: _answerMs);
        Forwarder forwarder = new(_centres, service.Wake);
        service.Rooms = [_receiver, forwarder];
        _county = new RunningCounty(service, _receiver, forwarder, store);
    }
}
