// Owns: figures of a storm: five thousand fires while a platform is away, and a group that is told of them. Long, so only when asked for.
// Must never: judge by real time: a slow machine is no fault.

using System.Diagnostics;
using System.Globalization;
using System.Text;
using Gateway.Contract;
using Gateway.County.HandOver;

namespace Gateway.County.Tests.HandOver;

public sealed class HandOverStormTests(ITestOutputHelper output)
{
    private const int Stations = 100;
    private const int FiresEach = 50;

    [Fact(Explicit = true)]
    public void Five_thousand_fires_are_all_told_before_lesser_news_and_to_a_group_in_few_messages()
    {
        FakeGateway[] boxes = [.. Enumerable.Range(1, Stations).Select(i => new FakeGateway((uint)i) { UtcMs = 1_780_000_000_000 })];
        using Rig rig = new(boxes);
        Counted platform = new("platform", 1) { Works = false };
        Counted robot = new("robot-duty", HandOverLimits.StormMax);
        using HandOverRoom first = new(platform, () => { }, (_, _) => { });
        using HandOverRoom second = new(robot, () => { }, (_, _) => { });
        rig.Desk.Rooms = [first, second];
        void Work()
        {
            rig.NowMs += 250;
            first.Work(rig.Desk, rig.Now);
            second.Work(rig.Desk, rig.Now);
        }

        Work();
        Stopwatch watch = Stopwatch.StartNew();
        foreach (FakeGateway box in boxes)
        {
            rig.Send(box.Hello());
            rig.Send(box.Batch(Lane.Condition, 0, box.Record(Lane.Condition, 1, EventKind.CaseOpened, r => r.Zone = 1)));
        }

        for (uint fire = 0; fire < FiresEach; fire++)
        {
            foreach (FakeGateway box in boxes)
            {
                box.UptimeMs += 1_000;
                rig.Send(box.Batch(
                    Lane.Fire, fire * 2, box.Record(Lane.Fire, (fire * 2) + 1, EventKind.FireAlarm, r => r.Zone = 3),
                    box.Record(Lane.Fire, (fire * 2) + 2, EventKind.Reset, r => r.UptimeMs++)));
            }

            Work();
        }

        Told(watch, "entered");
        long longestMs = 0;
        for (int turn = 0; turn < 200; turn++)
        {
            long began = Stopwatch.GetTimestamp();
            Work();
            longestMs = Math.Max(longestMs, (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        Told(watch, string.Create(CultureInfo.InvariantCulture, $"200 looks while it is away, the longest {longestMs} ms"));
        platform.Works = true;
        const int All = Stations * ((FiresEach * 2) + 1);
        for (int turn = 0; turn < 40_000 && rig.Store.HandOverTargets().Any(one => one.Delivered < All); turn++)
        {
            Work();
        }

        Told(watch, string.Create(
            CultureInfo.InvariantCulture,
            $"told: {platform.Came.Count} to the platform, {robot.Came.Count} to the group in {robot.Requests} requests"));
        foreach (Counted one in (Counted[])[platform, robot])
        {
            Assert.Equal(All, one.Came.Count);
            Assert.Equal(All, one.Came.Distinct(StringComparer.Ordinal).Count());
        }

        int lastFire = platform.Came.FindLastIndex(one => one.EndsWith("Alarm Opened", StringComparison.Ordinal));
        int lesser = platform.Came.Take(lastFire).Count(one => one.Contains("Danger", StringComparison.Ordinal));
        Assert.InRange(lesser, 0, HandOverLimits.InFlightMax);
        Assert.InRange(robot.Requests, 2, 200);
    }

    private void Told(Stopwatch watch, string what)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.ElapsedMilliseconds} ms: {what}"));
        watch.Restart();
    }

    private sealed class Counted(string name, int together) : IHandOverReceiver
    {
        public bool Works { get; set; } = true;

        public List<string> Came { get; } = [];

        public int Requests { get; private set; }

        public string Name => name;

        public bool Sends => true;

        public int TogetherMax => together;

        public int ApartMs => together > 1 ? HandOverLimits.RobotApartMs : 0;

        public bool Wants(Case one, CaseStep step, long nowMs) => true;

        public byte[] Body(HandOverFacts facts) =>
            Encoding.UTF8.GetBytes($"{HandOverMessage.Id(facts.Step)} {facts.Case.Class} {facts.Step.Kind}");

        public Task<Attempt> Send(IReadOnlyList<HandOverRow> rows, CancellationToken stop)
        {
            if (Works)
            {
                Requests++;
                Came.AddRange(rows.Select(row => Encoding.UTF8.GetString(row.Body)));
            }

            return Task.FromResult(new Attempt(Works ? 200 : 0, ""));
        }

        public void Dispose()
        {
        }
    }
}
