// Owns: what people at the county see of a station whose store is another than before, and of two boxes with one number.
// Must never: take a first start for a loss.

using System.Runtime.Versioning;
using Gateway.Contract;
using Gateway.County.Server;
using Gateway.County.Sql;
using Microsoft.Extensions.Logging;

namespace Gateway.County.Tests;

[SupportedOSPlatform("linux")]
public sealed class OtherStoreTests : ProgramRig
{
    private readonly FakeGateway _box = new(330701);
    private readonly KeptLines _lines = new();
    private long _nowMs = 1_780_000_000_000;

    [Fact]
    public void First_store_is_no_news_and_another_one_is_told_as_lost_records_for_everybody_to_see()
    {
        using (SqlStore store = SqlStore.Open(In("county.db")))
        {
            CountyDesk desk = Desk(store);
            Send(desk, _box.Hello(), _box.Batch(Lane.Routine, 0, _box.Record(Lane.Routine, 1, EventKind.StoreNew)));
            Assert.DoesNotContain(_lines.All, line => line.Text.Contains("存储代号已变", StringComparison.Ordinal));
            _box.Epoch++;
            Send(desk, _box.NextSession());
        }

        (LogLevel level, string text) = Assert.Single(_lines.All, line => line.Text.Contains("存储代号已变", StringComparison.Ordinal));
        Assert.Equal(LogLevel.Error, level);
        Assert.Contains("330701", text, StringComparison.Ordinal);
        Assert.Contains("换新 ", Run("stations").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_boxes_with_one_number_are_shown_in_every_list_and_events_name_the_life_of_the_store()
    {
        FakeGateway twin = new(_box.Station) { Epoch = _box.Epoch + 1 };
        string[] lives = [$"{_box.Epoch}/1", $"{twin.Epoch}/1"];
        using (SqlStore store = SqlStore.Open(In("county.db")))
        {
            CountyDesk desk = Desk(store);
            Send(desk, _box.Hello(), _box.Batch(Lane.Fire, 0, 1));
            string alone = Run("events").Output;
            Assert.All(lives, life => Assert.DoesNotContain(life, alone, StringComparison.Ordinal));
            Send(desk, twin.Hello(), twin.Batch(Lane.Fire, 0, 1), _box.Heartbeat(), twin.Heartbeat(), _box.Heartbeat());
        }

        Assert.Contains(_lines.All, line => line.Level == LogLevel.Error && line.Text.Contains("同一站号", StringComparison.Ordinal));
        Assert.Contains("两台同号 ", Run("stations").Output, StringComparison.Ordinal);
        Assert.Contains("两台设备同号，另一存储 ", Run("conflicts").Output, StringComparison.Ordinal);
        string events = Run("events").Output;
        Assert.All(lives, life => Assert.Contains(life, events, StringComparison.Ordinal));
    }

    private CountyDesk Desk(SqlStore store)
    {
        Assert.True(store.AddStation(_box.Registration));
        return new CountyDesk(store, new LiveList(_lines), new CountyOptions());
    }

    private void Send(CountyDesk desk, params Sent[] messages)
    {
        foreach (Sent sent in messages)
        {
            _nowMs += CountyLimits.RefusalLineMs;
            Instant now = new(_nowMs, _nowMs);
            desk.Tick(now);
            desk.Commit([desk.Open(sent.Topic, sent.Payload, now)!], now);
        }
    }

    private sealed class KeptLines : ILogger
    {
        public List<(LogLevel Level, string Text)> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add((logLevel, formatter(state, exception)));
    }
}
