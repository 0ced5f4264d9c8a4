// Owns: what the county makes of how boxes fare: which figures warn, and where they are shown.
// Must never: take a figure that was not said for a bad one.

using System.Text.Json;
using Gateway.Contract;
using Gateway.County.Server;

namespace Gateway.County.Tests;

public sealed class BoxReportTests
{
    private readonly FakeGateway _gateway = new(330701);

    [Theory]
    [InlineData(0, 0, 0, 0, "")]
    [InlineData(9_999, 256 * 1024, 48 * 1024, 4_999, "")]
    [InlineData(10_000, 0, 0, 0, "slow")]
    [InlineData(0, (256 * 1024) - 1, 0, 0, "memory")]
    [InlineData(0, 0, (48 * 1024) - 1, 0, "runtime-memory")]
    [InlineData(0, 0, 0, 5_000, "flash")]
    [InlineData(15_000, 1, 1, 9_000, "slow memory runtime-memory flash")]
    public void Figures_warn_from_their_limits_on(int gapMs, int free, int native, int writeMs, string warns) =>
        Assert.Equal(warns, string.Join(' ', BoxReport.Each(BoxReport.Of(Box(1, gapMs, free, native, writeMs))).Select(BoxReport.Code)));

    [Fact]
    public void The_newest_record_counts_and_starts_are_counted_by_reason()
    {
        using Rig rig = new(_gateway);
        Fill(rig);
        BoxReport report = BoxReport.From(rig.Store.Events(new EventQuery { Kinds = [EventKind.Started, EventKind.BoxState] }))[330701];
        Assert.Equal([0, 1, 1, 1, 0, 2], report.Starts);
        Assert.Equal(3, report.FaultStarts);
        Assert.Equal(12_000, report.State!.Record.Value);
        Assert.Equal(BoxWarnings.Slow | BoxWarnings.Restarts, report.Warnings);
        Assert.Equal("卡顿12.0秒 7日异常重启3次", BoxText.Short(report));
        Assert.Equal("–", BoxText.Short(null));
    }

    [Fact]
    public void Events_are_narrowed_by_kind()
    {
        using Rig rig = new(_gateway);
        Fill(rig);
        Assert.Equal(2, rig.Store.Events(new EventQuery { Kinds = [EventKind.BoxState] }).Count());
        Assert.All(rig.Store.Events(new EventQuery { Kinds = [EventKind.BoxState] }), e => Assert.Equal(EventKind.BoxState, e.Record.Kind));
    }

    [Fact]
    public void The_list_of_stations_shows_what_warns_and_all_of_it_as_json()
    {
        using Rig rig = new(_gateway) { NowMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() };
        Fill(rig);
        Assert.Contains("卡顿12.0秒", Stations(rig), StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(Stations(rig, "--json"));
        JsonElement station = Assert.Single(json.RootElement.EnumerateArray());
        JsonElement box = station.GetProperty("box");
        Assert.Equal("online", station.GetProperty("presence").GetString());
        Assert.Equal(12_000, box.GetProperty("longestGapMs").GetInt32());
        Assert.Equal(2, box.GetProperty("starts").GetProperty("fault").GetInt32());
        Assert.Equal(["slow", "restarts"], box.GetProperty("warnings").EnumerateArray().Select(one => one.GetString()));
    }

    [Fact]
    public void The_newest_walk_test_is_shown_with_what_was_not_tested()
    {
        using Rig rig = new(_gateway) { NowMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() };
        rig.Send(_gateway.Hello());
        EventRecord Walk(uint sequence, int seen) => _gateway.Record(Lane.Routine, sequence, EventKind.Commissioned, r =>
        {
            (r.Value, r.Unit, r.A, r.B, r.C) = (2, Unit.Count, 0b1011, seen, 0x17E);
            (r.Zone, r.ZoneKind, r.Severity) = (0, ZoneKind.None, Severity.None);
        });
        rig.Send(_gateway.Batch(Lane.Routine, 0, [Walk(1, 0b0001), Walk(2, 0b1001)]));
        Assert.Contains("已试2/3处", Stations(rig), StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(Stations(rig, "--json"));
        JsonElement told = Assert.Single(json.RootElement.EnumerateArray()).GetProperty("commissioned");
        Assert.Equal([1, 4], told.GetProperty("tested").EnumerateArray().Select(one => one.GetInt32()));
        Assert.Equal([2], told.GetProperty("untested").EnumerateArray().Select(one => one.GetInt32()));
        Assert.Equal("调试记录（已试2处，未试2号，输出已试1个，输出未试6个）", EventText.Words(Walk(2, 0b1001)));
    }

    [Fact]
    public void Metrics_count_starts_and_warnings()
    {
        using MetricsText metrics = new();
        CountyMetrics county = new(new Recorder());
        county.Stored(_gateway.Registration, Stored(Box(1, 12_000, 0, 0, 0)));
        EventRecord started = _gateway.Record(Lane.Routine, 2, EventKind.Started, r => r.A = (int)StartReason.Watchdog);
        county.Stored(_gateway.Registration, Stored(started));
        string text = metrics.Write();
        Assert.Matches("gateway_county_box_warnings_total\\{of=\"slow\"\\} [1-9]", text);
        Assert.Matches("gateway_county_box_starts_total\\{reason=\"watchdog\"\\} [1-9]", text);
    }

    [Fact]
    public void A_record_is_shown_with_its_figures()
    {
        EventRecord record = Box(1, 12_000, 2_000_000, 70_000, 300);
        Assert.Equal("网关运行状况 最长停顿12.0秒 余内存1953K 余系统内存68K 最长写入0.3秒 【告警】", EventText.Words(record));
        Assert.Equal("网关重启（看门狗）", EventText.Words(new EventRecord { Kind = EventKind.Started, A = (int)StartReason.Watchdog }));
    }

    private void Fill(Rig rig)
    {
        rig.Send(_gateway.Hello());
        uint sequence = 0;
        EventRecord Start(StartReason reason) => _gateway.Record(Lane.Routine, ++sequence, EventKind.Started, r => r.A = (int)reason);
        _gateway.UptimeMs = 1_000;
        EventRecord first = Box(++sequence, 100, 2_000_000, 90_000, 30);
        EventRecord[] starts = [Start(StartReason.PowerOn), Start(StartReason.Fault), Start(StartReason.Fault),
            Start(StartReason.Watchdog), Start(StartReason.Asked)];
        _gateway.UptimeMs = 2_000;
        rig.Send(_gateway.Batch(Lane.Routine, 0, [first, .. starts, Box(++sequence, 12_000, 2_000_000, 90_000, 30)]));
    }

    private EventRecord Box(uint sequence, int gapMs, int free, int native, int writeMs) =>
        _gateway.Record(Lane.Routine, sequence, EventKind.BoxState, r =>
        {
            (r.Value, r.Unit, r.A, r.B, r.C) = (gapMs, Unit.Millisecond, free, native, writeMs);
            (r.Zone, r.ZoneKind, r.Severity) = (0, ZoneKind.None, Severity.None);
        });

    private static StoredEvent Stored(EventRecord record) => new()
    {
        Record = record,
        Raw = [],
        ReceivedMs = 1,
        County = FakeGateway.County,
        Township = FakeGateway.Township,
        Village = FakeGateway.Village,
    };

    private static string Stations(Rig rig, params string[] more) =>
        ChildProgram.Run(AppContext.BaseDirectory, "county.dll", ["stations", "--db", rig.Address, .. more]).Output;
}
