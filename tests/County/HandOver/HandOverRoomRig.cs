// Owns: a county at a desk that hands over to a real web server, with a clock that a test moves.
// Must never: wait for real time where the county's clock can be moved.

using System.Security.Cryptography.X509Certificates;
using Gateway.Contract;
using Gateway.County.HandOver;
using Gateway.County.Server;

namespace Gateway.County.Tests.HandOver;

public abstract class HandOverRoomRig : StoreTests, IDisposable
{
    private protected const string Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    // Below the shortest wait of a plan for lesser news; a look comes every five milliseconds of real time.
    private const int StepMs = 2_500;

    private readonly uint[] _last = new uint[Lanes.Count];

    private protected HandOverRoomRig(PostgresFixture? postgres)
        : base(postgres)
    {
    }

    private protected FakeGateway Box { get; } = new(330701) { UtcMs = 1_780_000_000_000 };

    private protected PlatformServer Platform { get; } = new(Secret);

    private protected List<(bool Good, string Line)> Told { get; } = [];

    private protected HandOverRoom? Room { get; private set; }

    public void Dispose()
    {
        Room?.Dispose();
        Platform.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static IReadOnlyList<HandOverRow> Rows(Rig rig, HandOverState state) =>
        rig.Store.HandOverRows(HandOverSettings.Platform, state, 1_000);

    /// <summary>Hands over from now on, as a new process does.</summary>
    private protected void Begin(
        Rig rig, bool inside = true, Uri? url = null, X509Certificate2Collection? authorities = null, bool drills = false)
    {
        Room?.Dispose();
        HandOverSettings settings = new()
        {
            Url = url ?? new UriBuilder(Platform.Url) { Host = "localhost" }.Uri,
            Secrets = [WebhookSecret.Parse(Secret)!],
            Inside = inside,
            Authorities = authorities ?? [],
            Drills = drills,
        };
        Room = new HandOverRoom(
            new PlatformReceiver(settings, new HandOverWords()),
            () => { },
            (good, line) => Told.Add((good, line)));
        rig.Desk.Rooms = [Room];
        Room.Work(rig.Desk, rig.Now);
    }

    private protected void Until(Rig rig, Func<bool> holds) => Patience.Until(
        () =>
        {
            rig.NowMs += StepMs;
            Room!.Work(rig.Desk, rig.Now);
            return holds();
        },
        () => $"came {string.Join(' ', Platform.All.Select(one => one.Id))}; wrong {string.Join(' ', Platform.Wrong)}; "
            + string.Join(' ', Told));

    private protected void Act(Rig rig, CaseActKind kind, CaseJudgement judgement = CaseJudgement.None) => CaseDesk.Act(
        rig.Store, new CaseRequest { Case = "330701-77-0-1", Kind = kind, By = "王", Judgement = judgement }, rig.NowMs);

    private protected void Send(Rig rig, EventKind kind, int zone = 3)
    {
        if (_last.All(last => last == 0))
        {
            rig.Send(Box.Hello());
        }

        rig.NowMs += 1_000;
        Box.UptimeMs += 1_000;
        Box.UtcMs += 1_000;
        Lane lane = EventKinds.LaneOf(kind);
        uint sequence = ++_last[(int)lane];
        rig.Send(Box.Batch(lane, sequence - 1, Box.Record(lane, sequence, kind, r => r.Zone = zone)));
    }
}
