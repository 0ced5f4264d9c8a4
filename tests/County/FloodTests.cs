// Owns: the rules for a flood of bad messages.
// Must never: let the flood decide how much is written, shown or remembered.

using Gateway.Contract;
using Gateway.County.Server;
using Microsoft.Extensions.Logging;

namespace Gateway.County.Tests;

public sealed class FloodTests
{
    private readonly FakeGateway _gateway = new(330701);

    [Fact]
    public void Flood_of_strangers_fills_neither_table_nor_screen()
    {
        using Rig rig = new(_gateway);
        byte[] junk = new byte[200];
        for (int i = 0; i < 20_000; i++)
        {
            rig.Send(new Sent($"fgw/1/a/b/c/{i + 1}/up/fire", junk), new Sent($"{i}", junk), _gateway.Heartbeat() with { Payload = junk });
            if (i % 100 == 0)
            {
                rig.NowMs += 100;
                rig.Desk.Tick(rig.Now);
            }
        }

        Dictionary<DecodeResult, long> refusals = rig.Refusals();
        Assert.Equal(20_000, refusals[DecodeResult.UnknownStation]);
        Assert.Equal(20_000, refusals[DecodeResult.WrongTopic]);
        Assert.Equal(20_000, refusals[DecodeResult.WrongMagic]);
        Assert.Equal(3, rig.Store.Refusals().Count);

        // 20 s: a first line and one after 10 s of each of three reasons, and one more at the edge.
        Assert.InRange(rig.Told.RefusalLines.Count, 3, 9);
        Assert.Equal(MessageType.Welcome, rig.SendOne(_gateway, _gateway.Hello()).Type);
    }

    [Fact]
    public void Lines_a_second_are_bounded_over_all_stations_and_no_count_is_lost()
    {
        FakeGateway[] many = [.. Enumerable.Range(1, 100).Select(i => new FakeGateway((uint)i))];
        using Rig rig = new(many);
        foreach (FakeGateway gateway in many)
        {
            rig.Send(gateway.Heartbeat() with { Payload = [1] });
        }

        rig.Desk.Tick(rig.Now);
        rig.NowMs += 10;
        rig.Desk.Tick(rig.Now);
        Assert.Equal(CountyLimits.RefusalLinesPerSecondMax, rig.Told.RefusalLines.Count);
        for (int i = 1; i <= 100; i++)
        {
            rig.NowMs += 1_000;
            rig.Desk.Tick(rig.Now);
        }

        Assert.Equal(100, rig.Told.RefusalLines.Sum(l => l.Count));
    }

    [Fact]
    public void Lines_of_one_station_are_bounded_and_push_off_no_other_stations_fire()
    {
        FakeGateway other = new(330702);
        using CountingLog log = new();
        LiveList list = new(log);
        void Store(FakeGateway gateway, EventKind kind, uint sequence)
        {
            list.Stored(gateway.Registration, Stored(gateway.Record(EventKinds.LaneOf(kind), sequence, kind)));
        }

        for (uint i = 1; i <= 1_000; i++)
        {
            Store(_gateway, EventKind.FireAlarm, i);
            Store(_gateway, EventKind.Fault, i);
            list.GapFound(_gateway.Registration, new Gap(new LaneKey(_gateway.Station, 1, Lane.Condition), i, i, 0, 0));
        }

        int before = log.Lines;
        Assert.InRange(before, CountyLimits.StationFireLinesMax, 8 * (CountyLimits.StationFireLinesMax + CountyLimits.StationLinesMax));
        Store(other, EventKind.FireAlarm, 1);
        Assert.Equal(before + 1, log.Lines);
    }

    [Fact]
    public void What_was_left_out_is_said_when_its_time_is_over_also_of_a_station_that_is_silent_by_then()
    {
        using CountingLog log = new();
        LiveList list = new(log);
        list.Passed(new Instant(0, 1_000));
        for (uint i = 1; i <= CountyLimits.StationFireLinesMax + 7; i++)
        {
            list.Stored(_gateway.Registration, Stored(_gateway.Record(Lane.Fire, i)));
        }

        list.Passed(new Instant(0, 1_000 + CountyLimits.RefusalLineMs - 1));
        Assert.Equal(CountyLimits.StationFireLinesMax, log.Lines);
        list.Passed(new Instant(0, 1_000 + CountyLimits.RefusalLineMs));
        Assert.Contains("330701", log.Last, StringComparison.Ordinal);
        Assert.Contains("另有报警7行未显示", log.Last, StringComparison.Ordinal);
        list.Passed(new Instant(0, 100_000));
        Assert.Equal(CountyLimits.StationFireLinesMax + 1, log.Lines);
    }

    [Fact]
    public void No_kind_of_line_of_a_station_is_without_end_and_none_hides_the_first_of_another()
    {
        using CountingLog log = new();
        LiveList list = new(log);
        for (uint i = 1; i <= 2_000; i++)
        {
            list.ConflictingFire(_gateway.Registration, Stored(_gateway.Record(Lane.Fire, i)));
            list.Escalated(_gateway.Registration, new Escalation
            {
                Alarm = new EventKey(_gateway.Station, 1, Lane.Fire, i), StartedMs = 0, Zone = 3, LevelMs = 0,
                End = i % 2 == 0 ? EscalationEnd.Answered : EscalationEnd.None,
            });
            list.PresenceChanged(_gateway.Registration, i % 2 == 0 ? PresenceChange.Offline : PresenceChange.Online);
            list.ConflictFound(_gateway.Registration, new EventKey(_gateway.Station, 1, Lane.Fire, i));
        }

        const int Most = 2 * CountyLimits.StationFireLinesMax + CountyLimits.StationLinesMax;
        Assert.InRange(log.Lines, Most, Most + 4);

        // A zone that did not burn yet, and a level that was not reached yet, are said all the same.
        list.ConflictingFire(_gateway.Registration, Stored(_gateway.Record(Lane.Fire, 1, change: r => r.Zone = 9)));
        Assert.Contains("9号", log.Last, StringComparison.Ordinal);
        list.Escalated(_gateway.Registration, new Escalation
        {
            Alarm = new EventKey(_gateway.Station, 1, Lane.Fire, 1), StartedMs = 0, Zone = 3, LevelMs = 0, Level = EscalationLevel.County,
        });
        Assert.Contains("报警 3号", log.Last, StringComparison.Ordinal);
        int before = log.Lines;
        list.Passed(new Instant(0, CountyLimits.RefusalLineMs));
        Assert.Equal(before + 3, log.Lines);
    }

    [Fact]
    public void Whatever_a_record_says_it_is_shown_and_nothing_is_thrown()
    {
        Random random = new(11);
        using CountingLog log = new();
        LiveList list = new(log);
        byte[] raw = new byte[EventRecord.Size];
        for (int i = 1; i <= 20_000; i++)
        {
            random.NextBytes(raw);
            int[] numbers = [int.MinValue, -1, 0, 1, int.MaxValue, random.Next(0, 1_000)];
            int Any() => numbers[random.Next(numbers.Length)];
            EventRecord record = _gateway.Record((Lane)(i % Lanes.Count), (uint)i, (EventKind)(1 + random.Next(i % 2 == 0 ? 230 : 65_535)),
                r =>
            {
                (r.A, r.B, r.C, r.Value) = (Any(), Any(), Any(), Any());
                (r.Zone, r.OtherZone, r.Rule, r.ZoneKind, r.Unit) = (raw[0], raw[1], raw[2], (ZoneKind)raw[3], (Unit)raw[4]);
                (r.Flags, r.Severity) = ((EventFlags)(raw[5] * 256 + raw[6]), (Severity)(raw[7] % 5));
                (r.UtcMs, r.UtcQuality, r.UptimeMs) = ((1L << 48) - 1, UtcQuality.Synchronised, (1L << 48) - 1);
            });
            StoredEvent stored = Stored(record);
            (stored.TimeMs, stored.TimeQuality) = (i % 3 == 0 ? long.MaxValue : i % 3 == 1 ? -1 : record.UtcMs, (UtcQuality)(i % 4));
            list.Passed(new Instant(i, i * (long)CountyLimits.RefusalLineMs));
            int before = log.Lines;
            list.Stored(_gateway.Registration, stored);
            list.ConflictingFire(_gateway.Registration, stored);
            Assert.Equal(before + 2, log.Lines);
        }
    }

    private static StoredEvent Stored(EventRecord record) =>
        new() { Record = record, Raw = [], County = "", Township = "", Village = "", ReceivedMs = 0 };

    [Fact]
    public void Sample_of_a_strangers_topic_is_cut_and_printable()
    {
        using Rig rig = new(_gateway);
        rig.Send(new Sent("\u001b[31m" + new string('火', 10_000), []));
        rig.Refusals();
        string sample = Assert.Single(rig.Store.Refusals()).Sample;
        Assert.Equal(CountyLimits.SampleCharsMax, sample.Length);
        Assert.All(sample, c => Assert.InRange(c, '!', '~'));
    }

    private sealed class CountingLog : ILogger, IDisposable
    {
        public int Lines { get; private set; }

        public string Last { get; private set; } = "";

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Lines++;
            Last = formatter(state, exception);
        }

        public void Dispose()
        {
        }
    }
}
