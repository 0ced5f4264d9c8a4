// Owns: figures of ten thousand cases: entered, listed, overdue, gone over anew. Long, so only when asked for.
// Must never: judge by real time: a slow machine is no fault.

using System.Diagnostics;
using Gateway.Contract;

namespace Gateway.County.Tests;

public sealed class CaseVolumeTests(ITestOutputHelper output)
{
    private const int Count = 10_000;

    [Fact(Explicit = true)]
    public void Ten_thousand_alarms_of_one_station_are_cases_and_the_newest_are_kept()
    {
        FakeGateway gateway = new(1) { UtcMs = 1_780_000_000_000 };
        using Rig rig = new(gateway);
        rig.Send(gateway.Hello());
        Stopwatch watch = Stopwatch.StartNew();
        uint sequence = 0;
        for (int i = 0; i < Count; i += 8)
        {
            // A fire and its reset, eight times a batch.
            gateway.UptimeMs += 1_000;
            rig.NowMs += 10_000;
            EventRecord[] batch =
            [
                .. Enumerable.Range(1, 16).Select(n => gateway.Record(
                    Lane.Fire, sequence + (uint)n, n % 2 == 1 ? EventKind.FireAlarm : EventKind.Reset, r =>
                    {
                        r.Zone = 3;
                        r.UptimeMs += n;
                        r.UtcMs = 1_780_000_000_000 + ((sequence + n) * 1_000);
                    })),
            ];
            rig.Send(gateway.Batch(Lane.Fire, sequence, batch));
            sequence += 16;
        }

        Told(watch, $"{Count} alarms entered");
        IReadOnlyList<Case> cases = rig.Store.Cases(new CaseQuery());
        Told(watch, $"{cases.Count} listed");
        Assert.InRange(cases.Count, CountyLimits.CasesOfStationMax, CountyLimits.CasesOfStationMax + 1);
        rig.NowMs += 2 * 86_400_000L;
        for (int look = 0; look < Count / CountyLimits.CasesDueMax; look++)
        {
            rig.NowMs += CountyLimits.CaseLookMs;
            rig.Desk.Tick(rig.Now);
        }

        Told(watch, "overdue");
        Assert.All(rig.Store.Cases(new CaseQuery()), one => Assert.True(one.Level >= EscalationLevel.Township));
        CaseDesk.Rebuild(rig.Store, rig.Store, 1, rig.NowMs);
        Told(watch, "rebuilt");
        Assert.Equal(cases.Count, rig.Store.Cases(new CaseQuery()).Count);
    }

    private void Told(Stopwatch watch, string what)
    {
        output.WriteLine($"{watch.ElapsedMilliseconds} ms: {what}");
        watch.Restart();
    }
}
