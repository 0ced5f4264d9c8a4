// Owns: that a platform which was away has each step of each case, whatever happened to the county meanwhile, as a process and by MQTT.
// Must never: wait for a quiet moment before it kills.

using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Gateway.Contract;
using Gateway.County.HandOver;
using Gateway.County.Sql;
using Gateway.Mqtt;

namespace Gateway.County.Tests.HandOver;

/// <summary>Boxes press, people find dangers, the county's program is killed by SIGKILL, and the platform does not listen.</summary>
[SupportedOSPlatform("linux")]
public sealed class HandOverKillTests(ITestOutputHelper output) : ProgramRig
{
    private const uint FirstStation = 330_701;
    private const int KillsWhileItDelivers = 3;

    [Fact]
    public Task Platform_that_was_away_has_each_step_once_in_order_and_fires_first() =>
        Kill(kills: 3, fires: 4, dangers: 12, TimeSpan.Zero);

    /// <summary>Run by tests/handover.sh.</summary>
    [Fact(Explicit = true)]
    public Task Two_hundred_cases_in_ten_minutes_without_a_platform() =>
        Kill(kills: 20, fires: 40, dangers: 160, TimeSpan.FromMinutes(10));

    private async Task Kill(int kills, int fires, int dangers, TimeSpan away)
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), CultureInfo.InvariantCulture, out int given)
            ? given : Environment.TickCount;
        output.WriteLine($"SEED={seed}");
        Random random = new(seed);
        FakeGateway[] boxes = [.. Enumerable.Range(0, fires).Select(i => new FakeGateway(FirstStation + (uint)i))];
        string secret = WebhookSecret.Create();
        await File.WriteAllTextAsync(In("secret"), secret + "\n", TestContext.Current.CancellationToken);
        (int brokerPort, int platformPort) = (FreePort.Next(), FreePort.Next());
        using SqlStore store = SqlStore.Open(In("county.db"));
        foreach (FakeGateway box in boxes)
        {
            Assert.True(store.AddStation(TestStation.Registered(box.Station, key: box.Key)));
        }

        ChildProgram Start() => ChildProgram.Beside(
            "county.dll", "run", "--db", In("county.db"), "--listen", $"127.0.0.1:{brokerPort}", "--handover-url",
            $"http://127.0.0.1:{platformPort}/hook", "--handover-secret", In("secret"), "--handover-plain", "--handover-inside");
        ChildProgram county = Start();
        try
        {
            // A county that begins to hand over tells what happens from then on.
            Patience.Until(() => store.HandOverTargets().Count == 1, () => county.Said);
            Task pressing = Task.Run(() => Array.ForEach(boxes, box => Press(box, brokerPort)));
            Stopwatch watch = Stopwatch.StartNew();
            int found = 0;
            for (int kill = 1; kill <= kills; kill++)
            {
                int tries = Tries(store);
                for (; found < dangers * kill / kills; found++)
                {
                    FindAndTake(store, boxes[0].Registration, found);
                }

                // In the long form so late that the last kill is at the end of the time.
                TimeSpan left = (away * kill / kills) - watch.Elapsed;
                await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(random.Next(500)));
                Patience.Until(() => Tries(store) > tries, () => county.Said);
                county.Kill();
                county.Dispose();
                county = Start();
            }

            await pressing;
            TimeSpan wasAway = watch.Elapsed;
            using PlatformServer platform = new(secret, platformPort);
            watch.Restart();
            for (int kill = 1; kill <= KillsWhileItDelivers; kill++)
            {
                int came = platform.All.Count;
                county.Kill();
                county.Dispose();
                county = Start();
                Patience.Until(() => platform.All.Count > came || Waiting(store) == 0, () => county.Said);
            }

            Patience.Until(
                () => Waiting(store) == 0 && store.StepsAfter(store.HandOverTargets().Single().LastStep, 1).Count == 0,
                () => $"{Waiting(store)} wait\n{county.Said}");
            output.WriteLine(
                $"{fires + dangers} cases, {fires} of them fires; the platform away for {wasAway.TotalSeconds:F0} s and the county killed "
                + $"{kills} times meanwhile, {KillsWhileItDelivers} times when it was back; all there {watch.Elapsed.TotalSeconds:F0} s "
                + $"after that");
            Assert.Equal(0, county.Stop());
            Compare(store, platform, fires, dangers);
            Assert.DoesNotContain(secret["whsec_".Length..], county.Said, StringComparison.Ordinal);
        }
        finally
        {
            county.Dispose();
        }
    }

    private void Compare(SqlStore store, PlatformServer platform, int fires, int dangers)
    {
        Assert.Empty(platform.Wrong);
        Assert.Equal(fires + dangers, store.Cases(new CaseQuery()).Count);
        Came[] first = [.. platform.All.DistinctBy(one => one.Id)];
        string[] told = [.. store.StepsAfter(0, int.MaxValue).Where(step => !step.Withdrawn).Select(HandOverMessage.Id)];
        Assert.Equal(told.Order(StringComparer.Ordinal), first.Select(one => one.Id).Order(StringComparer.Ordinal));
        Assert.All(
            platform.All.GroupBy(one => one.Id), one => Assert.Single(one.Select(came => came.Body).Distinct(StringComparer.Ordinal)));
        Assert.All(
            first.GroupBy(one => one.Case), one => Assert.Equal(one.Select(step => step.Step).Order(), one.Select(step => step.Step)));

        // Others may be on their way already when the first fire is there, and no more.
        int lesser = Array.FindLastIndex(first, one => one.Type == "alarm.raised") + 1 - fires;
        Assert.InRange(lesser, 0, HandOverLimits.InFlightMax);
        output.WriteLine($"{first.Length} messages, {platform.All.Count - first.Length} came twice, {lesser} before the last fire");
    }

    /// <summary>Presses a call point and acknowledges, until the county holds it.</summary>
    private void Press(FakeGateway box, int brokerPort)
    {
        using SqlStore store = SqlStore.Open(In("county.db"));
        Patience.Until(() =>
        {
            using MqttConnection link = new(BrokerUser.Station(box.Station).At(brokerPort));
            if (link.Connect(MqttPeer.WaitMs) is null)
            {
                Sent[] messages =
                [
                    box.NextSession(),
                    box.Batch(
                        Lane.Fire, 0, box.Record(Lane.Fire, 1, EventKind.FireAlarm), box.Record(Lane.Fire, 2, EventKind.Acknowledged)),
                ];
                Stopwatch watch = Stopwatch.StartNew();
                for (bool sent = Array.TrueForAll(messages, one => link.Publish(one.Topic, one.Payload));
                    sent && watch.ElapsedMilliseconds < MqttLimits.AnswerMs && link.IsOpen;)
                {
                    if (store.Events(new EventQuery { Station = box.Station }).Count() == 2)
                    {
                        return true;
                    }

                    Thread.Sleep(20);
                }
            }

            return store.Events(new EventQuery { Station = box.Station }).Count() == 2;
        });
    }

    private static void FindAndTake(SqlStore store, StationRegistration at, int number)
    {
        long nowMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        Case one = CaseDesk.Found(store, new FoundDanger(at, CaseGrade.Low, $"隐患{number}", "李", EscalationLevel.Village), nowMs);
        CaseDesk.Act(store, new CaseRequest { Case = one.Id, Kind = CaseActKind.Take, By = "王" }, nowMs);
    }

    private static int Tries(SqlStore store) => Rows(store).Sum(row => row.Tries);

    private static int Waiting(SqlStore store) => Rows(store).Count;

    private static IReadOnlyList<HandOverRow> Rows(SqlStore store) =>
        store.HandOverRows(HandOverSettings.Platform, HandOverState.Waiting, int.MaxValue);
}
