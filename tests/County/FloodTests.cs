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

        Dictionary<int, long> refusals = rig.Refusals();
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
        void Store(FakeGateway gateway, int kind, uint sequence)
        {
            EventRecord record = gateway.Record(EventKind.LaneOf(kind), sequence, kind);
            list.Stored(gateway.Registration, new StoredEvent
            {
                Record = record, Raw = [], County = "", Township = "", Village = "", ReceivedMs = 0,
            });
        }

        for (uint i = 1; i <= 1_000; i++)
        {
            Store(_gateway, EventKind.FireAlarm, i);
            Store(_gateway, EventKind.Fault, i);
            list.GapFound(_gateway.Registration, new Gap(new LaneKey(_gateway.Station, 1, 1), i, i, 0, 0));
        }

        int before = log.Lines;
        Assert.InRange(before, CountyLimits.StationFireLinesMax, 8 * (CountyLimits.StationFireLinesMax + CountyLimits.StationLinesMax));
        Store(other, EventKind.FireAlarm, 1);
        Assert.Equal(before + 1, log.Lines);
    }

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

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines++;

        public void Dispose()
        {
        }
    }
}
