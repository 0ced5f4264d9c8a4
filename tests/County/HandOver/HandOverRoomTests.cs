// Owns: that every step of a case reaches the platform, in order, fires first, whatever the platform answers.
// Must never: wait for real time where the county's clock can be moved.

using Gateway.Contract;
using Gateway.County.HandOver;
using Gateway.County.Server;

namespace Gateway.County.Tests.HandOver;

public class HandOverRoomTests : StoreTests, IDisposable
{
    private const string Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private readonly FakeGateway _gateway = new(330701) { UtcMs = 1_780_000_000_000 };
    private readonly uint[] _last = new uint[Lanes.Count];
    private readonly PlatformServer _platform = new(Secret);
    private readonly List<(bool Good, string Line)> _told = [];
    private HandOverRoom? _room;

    public HandOverRoomTests()
        : base(null)
    {
    }

    private protected HandOverRoomTests(PostgresFixture postgres)
        : base(postgres)
    {
    }

    [Fact]
    public void Steps_of_a_case_arrive_in_order_also_those_that_a_command_entered()
    {
        using Rig rig = NewRig(_gateway);
        Begin(rig);
        Send(rig, EventKind.FireAlarm);
        Send(rig, EventKind.FireAlarm, zone: 5);
        Send(rig, EventKind.Acknowledged);
        Act(rig, CaseActKind.Take);
        Send(rig, EventKind.Silenced);
        Send(rig, EventKind.Reset);
        Act(rig, CaseActKind.Judge, CaseJudgement.Real);
        Until(rig, () => _platform.Taken.Count == 8);
        Assert.Equal(
            [
                "alarm.raised", "alarm.more", "alarm.answered", "alarm.taken", "alarm.silenced", "alarm.ended", "alarm.judged",
                "alarm.closed",
            ],
            _platform.Taken.Select(one => one.Type));
        Assert.Equal(Enumerable.Range(1, 8), _platform.Taken.Select(one => one.Step));
        Assert.Equal(8, _platform.Taken.Select(one => one.Id).Distinct().Count());
        Assert.Empty(_platform.Wrong);
        Until(rig, () => rig.Store.HandOverTargets().Single().Delivered == 8);
    }

    [Fact]
    public void Message_is_written_in_the_transaction_of_its_event()
    {
        using Rig rig = NewRig(_gateway);
        Begin(rig);
        Send(rig, EventKind.FireAlarm);
        HandOverRow row = Assert.Single(rig.Store.HandOverRows(HandOverSettings.Platform, HandOverState.Waiting, 10));
        Assert.Equal(("330701-77-0-1-1", 0, true), (row.MessageId, row.Tries, row.OfFire));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(302)]
    [InlineData(429)]
    [InlineData(401)]
    [InlineData(410)]
    [InlineData(422)]
    public void Fire_is_tried_until_it_is_taken_whatever_is_answered(int status)
    {
        using Rig rig = NewRig(_gateway);
        Begin(rig);
        _platform.Answer = PlatformServer.With(status, "why not");
        Send(rig, EventKind.FireAlarm);
        Send(rig, EventKind.Acknowledged);
        Until(rig, () => _platform.All.Count >= 3);
        Assert.All(_platform.All, one => Assert.Equal("330701-77-0-1-1", one.Id));
        Assert.Single(_platform.All.Select(one => one.Body).Distinct(StringComparer.Ordinal));
        Until(rig, () => _told.Any(line => line is { Good: false } && line.Line.Contains("请电话报告", StringComparison.Ordinal)));
        _platform.Answer = PlatformServer.With(200);
        Until(rig, () => _platform.Taken.Count == 2);
        Assert.Equal(["alarm.raised", "alarm.answered"], _platform.Taken.Select(one => one.Type));
        Until(rig, () => _told.Any(line => line is { Good: true } && line.Line.Contains("已全部上报", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(410)]
    [InlineData(422)]
    public void Lesser_news_that_is_refused_is_listed_and_sent_again_by_hand(int status)
    {
        using Rig rig = NewRig(_gateway);
        Begin(rig);
        _platform.Answer = PlatformServer.With(status, "大类缺失\u202E" + new string('x', 3_000));
        Send(rig, EventKind.CaseOpened);
        Until(rig, () => Rows(rig, HandOverState.Refused).Count == 1);
        HandOverRow row = Rows(rig, HandOverState.Refused)[0];
        Assert.Equal((status, 1), (row.LastStatus, row.Tries));
        Assert.StartsWith("大类缺失", row.LastWords, StringComparison.Ordinal);
        Assert.InRange(row.LastWords.Length, 5, 500);
        Assert.Null(PlainText.FirstBad(row.LastWords));
        _platform.Answer = PlatformServer.With(200);
        using (IStoreTransaction rows = rig.Store.Begin())
        {
            Assert.Equal(1, rows.HandOver!.Again(HandOverSettings.Platform, HandOverState.Refused));
            rows.Commit();
        }

        Until(rig, () => _platform.Taken.Count == 1);
        Assert.Single(_platform.All.Select(one => one.Id).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_there_already_is_delivered()
    {
        using Rig rig = NewRig(_gateway);
        Begin(rig);
        _platform.Answer = PlatformServer.With(409);
        Send(rig, EventKind.FireAlarm);
        Until(rig, () => Rows(rig, HandOverState.Delivered).Count == 1);
        Assert.Single(_platform.All);
    }

    [Fact]
    public void Answer_that_never_ends_is_cut_and_one_that_never_comes_is_not_waited_for()
    {
        using Rig rig = NewRig(_gateway);
        Begin(rig);
        using ManualResetEventSlim over = new();
        _platform.Answer = async (came, response) =>
        {
            if (_platform.All.Count == 1)
            {
                await Task.Run(over.Wait);
            }

            response.StatusCode = 503;
            byte[] more = new byte[65_536];
            while (_platform.All.Count == 2 && !over.IsSet)
            {
                await response.Body.WriteAsync(more);
            }
        };
        Send(rig, EventKind.FireAlarm);
        Until(rig, () => _platform.All.Count >= 3);
        over.Set();
        _platform.Answer = PlatformServer.With(200);
        Until(rig, () => _platform.Taken.Count == 1);
    }

    [Fact]
    public void New_process_sends_what_was_not_confirmed_again_under_its_name()
    {
        using Rig rig = NewRig(_gateway);
        Begin(rig);
        using ManualResetEventSlim over = new();
        _platform.Answer = (_, _) => Task.Run(over.Wait);
        Send(rig, EventKind.FireAlarm);
        Until(rig, () => _platform.All.Count == 1);
        _room!.Dispose();
        rig.Restart();
        over.Set();
        _platform.Answer = PlatformServer.With(200);
        Begin(rig);
        Until(rig, () => Rows(rig, HandOverState.Delivered).Count == 1);
        Assert.Single(_platform.All.Select(one => one.Id).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void After_an_outage_fires_go_first_and_each_case_in_its_order()
    {
        using Rig rig = NewRig(_gateway);
        Begin(rig);
        _platform.Answer = PlatformServer.With(503);
        for (int zone = 1; zone <= 20; zone++)
        {
            Send(rig, EventKind.CaseOpened, zone: zone);
        }

        Until(rig, () => _platform.All.Count >= 3);
        Send(rig, EventKind.FireAlarm);
        Send(rig, EventKind.Acknowledged);
        Send(rig, EventKind.CaseClosed, zone: 1);
        rig.StepClock(-86_400_000);
        _platform.Answer = PlatformServer.With(200);
        Until(rig, () => rig.Store.HandOverTargets().Single().Delivered >= 24);
        Came[] taken = [.. _platform.Taken];
        int fire = Array.FindIndex(taken, one => one.Type == "alarm.raised");

        // What was in flight when the platform came back may be before it, and no more.
        Assert.InRange(fire, 0, HandOverLimits.InFlightMax);
        foreach (IGrouping<string, Came> one in taken.GroupBy(one => one.Case))
        {
            Assert.Equal(one.Select(step => step.Step).Order(), one.Select(step => step.Step));
        }

        Assert.Empty(Rows(rig, HandOverState.Waiting));
    }

    [Fact]
    public void Inside_is_not_connected_to_unless_it_is_allowed()
    {
        using Rig rig = NewRig(_gateway);
        Begin(rig, inside: false);
        Send(rig, EventKind.FireAlarm);
        Until(rig, () => rig.Store.HandOverTargets().Single().FailedWords.Length > 0);
        Assert.Contains("内网地址未获允许", rig.Store.HandOverTargets().Single().FailedWords, StringComparison.Ordinal);
        Assert.Empty(_platform.All);
    }

    [Theory]
    [InlineData("https://platform.example/hook", false, false, null)]
    [InlineData("http://platform.example/hook", true, false, null)]
    [InlineData("https://10.1.2.3/hook", false, true, null)]
    [InlineData("http://platform.example/hook", false, false, "without encryption")]
    [InlineData("https://10.1.2.3/hook", false, false, "is inside")]
    [InlineData("https://[::1]/hook", false, false, "is inside")]
    [InlineData("https://user:word@platform.example/", false, false, "allowed: https")]
    [InlineData("ftp://platform.example/", true, true, "allowed: https")]
    [InlineData("/hook", true, true, "allowed: https")]
    [InlineData("", true, true, "allowed: https")]
    public void Address_is_checked_where_it_is_written(string url, bool plain, bool inside, string? problem)
    {
        string? found = HandOverSettings.Problem(url, plain, inside);
        Assert.True(problem is null ? found is null : found!.Contains(problem, StringComparison.Ordinal), found);
    }

    public void Dispose()
    {
        _room?.Dispose();
        _platform.Dispose();
        GC.SuppressFinalize(this);
    }

    private static IReadOnlyList<HandOverRow> Rows(Rig rig, HandOverState state) =>
        rig.Store.HandOverRows(HandOverSettings.Platform, state, 1_000);

    private void Begin(Rig rig, bool inside = true)
    {
        _room?.Dispose();
        HandOverSettings settings = new()
        {
            Url = new UriBuilder(_platform.Url) { Host = "localhost" }.Uri,
            Secrets = [WebhookSecret.Parse(Secret)!],
            Inside = inside,
        };
        _room = new HandOverRoom(
            new PlatformReceiver(settings, new HandOverWords()),
            () => { },
            (good, line) => _told.Add((good, line)));
        rig.Desk.Rooms = [_room];
        _room.Work(rig.Desk, rig.Now);
    }

    private void Until(Rig rig, Func<bool> holds) => Patience.Until(
        () =>
        {
            rig.NowMs += 250;
            _room!.Work(rig.Desk, rig.Now);
            return holds();
        },
        () => $"came {string.Join(' ', _platform.All.Select(one => one.Id))}; wrong {string.Join(' ', _platform.Wrong)}; "
            + string.Join(' ', _told));

    private void Act(Rig rig, CaseActKind kind, CaseJudgement judgement = CaseJudgement.None) => CaseDesk.Act(
        rig.Store, new CaseRequest { Case = "330701-77-0-1", Kind = kind, By = "王", Judgement = judgement }, rig.NowMs);

    private void Send(Rig rig, EventKind kind, int zone = 3)
    {
        if (_last.All(last => last == 0))
        {
            rig.Send(_gateway.Hello());
        }

        rig.NowMs += 1_000;
        _gateway.UptimeMs += 1_000;
        _gateway.UtcMs += 1_000;
        Lane lane = EventKinds.LaneOf(kind);
        uint sequence = ++_last[(int)lane];
        rig.Send(_gateway.Batch(lane, sequence - 1, _gateway.Record(lane, sequence, kind, r => r.Zone = zone)));
    }
}

public sealed class HandOverRoomTestsOnPostgres(PostgresFixture postgres) : HandOverRoomTests(postgres);
