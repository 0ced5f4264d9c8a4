// Owns: what the hand-over does with receivers that fail in their own way: by throwing, by one text, by fires alone, one of two.
// Must never: wait for real time: a receiver here answers at once, or when the test says so.

using Gateway.Contract;
using Gateway.County.HandOver;

namespace Gateway.County.Tests.HandOver;

public sealed class HandOverReceiverTests : IDisposable
{
    private const int Together = 100;
    private readonly FakeGateway _gateway = new(330701) { UtcMs = 1_780_000_000_000 };
    private readonly List<HandOverRoom> _rooms = [];
    private readonly List<(bool Good, string Line)> _told = [];
    private readonly uint[] _last = new uint[Lanes.Count];
    private readonly Rig _rig;

    public HandOverReceiverTests() => _rig = new Rig(_gateway);

    [Theory]
    [InlineData(1)]
    [InlineData(Together)]
    public void Receiver_that_throws_is_asked_again_and_holds_nothing_in_flight(int together)
    {
        PlayedReceiver platform = new("platform", together);
        Begin(platform);
        platform.Answer = _ => throw new InvalidOperationException("whatever");
        Send(EventKind.FireAlarm);
        Until(() => platform.Came.Count >= 3);
        Assert.Equal("InvalidOperationException", _rig.Store.HandOverTargets().Single().FailedWords);
        platform.Answer = _ => new Attempt(200, "");
        Until(() => Delivered("platform") == 1);
    }

    [Fact]
    public void One_text_that_is_not_taken_holds_up_no_other_that_is_told_with_it()
    {
        PlayedReceiver robot = new("robot-duty", Together);
        Begin(robot);
        robot.Answer = texts => new Attempt(texts.Any(text => text.Contains("zone 17 ", StringComparison.Ordinal)) ? 422 : 200, "");
        for (int zone = 1; zone <= 40; zone++)
        {
            Enter(EventKind.CaseOpened, zone);
        }

        Until(() => Delivered("robot-duty") == 39);
        Assert.Equal(1, Assert.Single(Rows("robot-duty", HandOverState.Refused)).Tries);
        Assert.Empty(Rows("robot-duty", HandOverState.Waiting));

        // All others were told once, in a few requests.
        Assert.Equal(39, robot.Came.Where(one => one.Status == 200).SelectMany(one => one.Texts).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(39, robot.Came.Where(one => one.Status == 200).Sum(one => one.Texts.Count));
        Assert.InRange(robot.Came.Count, 2, 20);

        // Later storms are told together again.
        int before = robot.Came.Count;
        for (int zone = 41; zone <= 80; zone++)
        {
            Enter(EventKind.CaseOpened, zone);
        }

        Until(() => Delivered("robot-duty") == 79);
        Assert.InRange(robot.Came.Count - before, 1, 6);
    }

    [Fact]
    public void Lesser_news_is_never_told_in_the_request_that_tells_a_fire()
    {
        PlayedReceiver robot = new("robot-duty", Together) { Answer = _ => new Attempt(503, "") };
        Begin(robot);
        Enter(EventKind.CaseOpened, 1);
        Until(() => robot.Came.Count > 0);
        Enter(EventKind.CaseOpened, 2);
        Enter(EventKind.FireAlarm, 3);
        robot.Answer = texts => new Attempt(texts.Any(text => text.Contains("CaseOpened", StringComparison.Ordinal)) ? 422 : 200, "");
        Until(() => Delivered("robot-duty") == 1);
        Until(() => Rows("robot-duty", HandOverState.Refused).Count == 2);
        Assert.Equal(["FireAlarm"], robot.Came.First(one => one.Status == 200).Texts.Select(text => text.Split(' ')[^1]));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(422)]
    public void Fire_that_alone_is_not_taken_is_said_also_while_lesser_news_and_other_fires_are_taken(int status)
    {
        PlayedReceiver platform = new("platform", 1);
        Begin(platform);
        platform.Answer = texts => new Attempt(texts[0].Contains("zone 3 ", StringComparison.Ordinal) ? status : 200, "");
        Enter(EventKind.FireAlarm, 3);
        int zone = 4;
        Until(() =>
        {
            Enter(EventKind.CaseOpened, zone++);
            return _told.Exists(line => line is { Good: false } && line.Line.Contains("请电话报告", StringComparison.Ordinal));
        });
        Assert.InRange(_rig.NowMs - 1_780_000_000_000, 60_000, 600_000);
        Assert.DoesNotContain(_told, line => line is { Good: true } && line.Line.Contains("已全部上报", StringComparison.Ordinal));
    }

    [Fact]
    public void Receiver_that_is_dead_does_not_hold_up_another()
    {
        PlayedReceiver dead = new("platform", 1) { Answer = _ => null };
        PlayedReceiver robot = new("robot-duty", Together);
        Begin(dead, robot);
        for (int zone = 1; zone <= 32; zone++)
        {
            Enter(EventKind.CaseOpened, zone);
        }

        Enter(EventKind.FireAlarm, 3);
        Until(() => Delivered("robot-duty") == 33);
        Assert.Equal(33, _rig.Store.HandOverWaiting("platform").All);
        Assert.Equal(0, Delivered("platform"));
    }

    public void Dispose()
    {
        _rooms.ForEach(room => room.Dispose());
        _rig.Dispose();
    }

    private IReadOnlyList<HandOverRow> Rows(string target, HandOverState state) => _rig.Store.HandOverRows(target, state, 10_000);

    private long Delivered(string target) => _rig.Store.HandOverTargets().Single(one => one.Name == target).Delivered;

    private void Begin(params PlayedReceiver[] receivers)
    {
        foreach (PlayedReceiver receiver in receivers)
        {
            _rooms.Add(new HandOverRoom(receiver, () => { }, (good, line) => _told.Add((good, line))));
        }

        _rig.Desk.Rooms = [.. _rooms];
        Work();
    }

    private void Work() => _rooms.ForEach(room => room.Work(_rig.Desk, _rig.Now));

    private void Until(Func<bool> holds)
    {
        for (int turn = 0; turn < 20_000; turn++)
        {
            _rig.NowMs += 250;
            Work();
            if (holds())
            {
                return;
            }
        }

        Assert.Fail(string.Join(' ', _told));
    }

    private void Send(EventKind kind) => Enter(kind, 3);

    private void Enter(EventKind kind, int zone)
    {
        if (_last.All(last => last == 0))
        {
            _rig.Send(_gateway.Hello());
        }

        _rig.NowMs += 100;
        _gateway.UptimeMs += 100;
        _gateway.UtcMs += 100;
        Lane lane = EventKinds.LaneOf(kind);
        uint sequence = ++_last[(int)lane];
        _rig.Send(_gateway.Batch(lane, sequence - 1, _gateway.Record(lane, sequence, kind, r => r.Zone = zone)));
    }

    /// <summary>Answers at once; null = it never does.</summary>
    private sealed class PlayedReceiver(string name, int together) : IHandOverReceiver
    {
        public string Name => name;

        public bool Sends => true;

        public int TogetherMax => together;

        public int ApartMs => together > 1 ? HandOverLimits.RobotApartMs : 0;

        public Func<IReadOnlyList<string>, Attempt?> Answer { get; set; } = _ => new Attempt(200, "");

        public List<(IReadOnlyList<string> Texts, int Status)> Came { get; } = [];

        public bool Wants(Case one, CaseStep step, long nowMs) => true;

        public byte[] Body(HandOverFacts facts)
        {
            string what = facts.Case.Class == CaseClass.Alarm ? "FireAlarm" : "CaseOpened";
            return System.Text.Encoding.UTF8.GetBytes($"{HandOverMessage.Id(facts.Step)} zone {facts.Step.Zone} {what}");
        }

        public Task<Attempt> Send(IReadOnlyList<HandOverRow> rows, CancellationToken stop)
        {
            string[] texts = [.. rows.Select(row => System.Text.Encoding.UTF8.GetString(row.Body))];
            Came.Add((texts, 0));
            if (Answer(texts) is not { } attempt)
            {
                return new TaskCompletionSource<Attempt>().Task;
            }

            Came[^1] = (texts, attempt.Status);
            return Task.FromResult(attempt);
        }

        public void Dispose()
        {
        }
    }
}
