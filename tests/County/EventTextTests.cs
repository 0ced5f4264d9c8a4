// Owns: what the person on duty at the county reads of an event beyond its name.
// Must never: need a database or the program.

using System.Text.Json;
using Gateway.Contract;
using Gateway.County.Server;
using Microsoft.Extensions.Logging;

namespace Gateway.County.Tests;

public sealed class EventTextTests
{
    [Theory]
    [InlineData(EventKind.Fault, 0, (int)FaultCause.OpenCircuit, 0, "故障 断线")]
    [InlineData(EventKind.FaultRestored, 0, (int)FaultCause.ShortCircuit, 0, "故障排除（原短路）")]
    [InlineData(EventKind.Fault, 0, (int)FaultCause.Box, (int)BoxFault.StandbyPath, "故障 备用线路故障")]
    [InlineData(EventKind.Fault, 0, (int)FaultCause.Box, (int)BoxFault.Part, "故障 扩展芯片故障")]
    [InlineData(EventKind.Fault, 0, (int)FaultCause.Box, (int)BoxFault.NoCountyAnswer, "故障 火警未收到县平台回执")]
    [InlineData(EventKind.Fault, 0, (int)FaultCause.Box, (int)BoxFault.Display, "故障 显示屏故障")]
    [InlineData(EventKind.Fault, 0, (int)FaultCause.Box, 128, "故障 网关故障128")]
    [InlineData(EventKind.Fault, 0, 99, 0, "故障 原因99")]
    [InlineData(EventKind.KeyPressed, 0, 3, 0, "按应答键（无火警、无查岗可应答）")]
    [InlineData(EventKind.KeyPressed, 0, 7, 0, "按蜂鸣器消音键（仅停蜂鸣）")]
    [InlineData(EventKind.KeyPressed, 0, 99, 0, "按键99")]
    [InlineData(EventKind.CommandDone, (int)CommandOutcome.UnknownZone, 91271849, (int)CommandCode.Disable, "命令已回复：屏蔽 未执行（该站没有此部位）")]
    [InlineData(EventKind.Fault, 0, (int)FaultCause.Box, (int)BoxFault.Key, "故障 消音键卡住", 1)]
    [InlineData(EventKind.DrillEnded, 0, 0, (int)DrillEnd.TestKey, "演练结束（自检键中止）")]
    [InlineData(EventKind.DrillEnded, 0, 0, 9, "演练结束（方式9）")]
    public void Event_says_which_fault_which_key_and_what_came_of_a_command(EventKind kind, int value, int a, int b, string words,
        int c = 0) =>
        Assert.Equal(words, EventText.Words(new EventRecord { Kind = kind, Value = value, A = a, B = b, C = c }));

    public static TheoryData<EventKind> Kinds() =>
        [.. Enum.GetValues<EventKind>(), (EventKind)0, (EventKind)99, (EventKind)65_535];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_words_and_the_same_shape_as_json_whatever_is_in_it(EventKind kind)
    {
        // Goal: a program that reads one event reads them all, and a person sees each number that has no word.
        int[] odd = [0, 1, -1, int.MinValue, 99];
        string? shape = null;
        foreach (int number in odd)
        {
            int small = number & 0xFF;
            StoredEvent e = new()
            {
                Record = new EventRecord
                {
                    Station = uint.MaxValue, Sequence = uint.MaxValue, Kind = kind, Severity = (Severity)small,
                        Flags = (EventFlags)(number & 0xFFFF),
                        Zone = small,
                    ZoneKind = (ZoneKind)small, OtherZone = small, Rule = small, Value = number, Unit = (Unit)small, A = number, B = number,
                        C = number,
                    UtcQuality = (UtcQuality)small,
                },
                Raw = new byte[EventRecord.Size],
                County = "",
                Township = "",
                Village = "",
                ReceivedMs = long.MaxValue,
                TimeMs = long.MinValue,
                TimeQuality = (UtcQuality)small,
            };
            string words = EventText.Words(e.Record);
            Assert.NotEmpty(words);
            Assert.DoesNotContain("?", words, StringComparison.Ordinal);
            using MemoryStream bytes = new();
            using (Utf8JsonWriter writer = new(bytes))
            {
                EventText.Write(writer, e, doubtful: false, conflict: false);
            }

            using JsonDocument json = JsonDocument.Parse(bytes.ToArray());
            string now = string.Join(' ', json.RootElement.EnumerateObject().Select(p => $"{p.Name}:{Type(p.Value)}"));
            shape ??= now;
            Assert.Equal(shape, now);
        }

        Assert.Equal(
            "station:Number epoch:Number lane:String sequence:Number time:String timeQuality:String kind:String kindNumber:Number "
            + "kindName:String severity:String flags:Array zone:Number zoneName:String zoneKind:String otherZone:Number rule:Number "
            + "value:Number unit:String a:Number b:Number c:Number boot:Number uptimeMs:Number utcMs:Number utcQuality:String "
            + "receivedAt:String county:String township:String village:String doubtful:Boolean conflict:Boolean raw:String",
            shape);
    }

    private static string Type(JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? "Boolean" : value.ValueKind.ToString();

    [Theory]
    [InlineData("2026-05-01", true)]
    [InlineData("2026-05-01T08:30", true)]
    [InlineData("2026-05-01T08:30Z", true)]
    [InlineData("2026-05-01T08:30+08:00", true)]
    [InlineData("2026-05-01 08:30:15", true)]
    [InlineData("2026-05-17T06:40:00.123Z", true)]
    [InlineData("90s", true)]
    [InlineData("4294967295d", true)]
    [InlineData("05/06/2026", false)]
    [InlineData("1 May 2026", false)]
    [InlineData("12:30:00", false)]
    [InlineData("2026-5-1", false)]
    [InlineData("2026-02-30", false)]
    [InlineData("2026年5月1日", false)]
    [InlineData("-7d", false)]
    [InlineData("+7d", false)]
    [InlineData("9999-12-31T23:59-14:00", false)]
    public void Moment_is_read_in_one_way_or_refused(string text, bool taken) =>
        Assert.Equal(taken, TimeText.TryParse(text, DateTimeOffset.UnixEpoch, out _));

    [Fact]
    public void Clock_that_cannot_be_is_told_without_a_moment_that_nobody_knows()
    {
        List<string> lines = [];
        LiveList list = new(new Kept(lines));
        list.ClockTrusted(false, -1, 0);
        list.ClockTrusted(false, -1, 1_780_000_000_000);
        Assert.DoesNotContain("应约为", lines[0], StringComparison.Ordinal);
        Assert.Contains("应约为 2026-", lines[1], StringComparison.Ordinal);
    }

    private sealed class Kept(List<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));
    }
}
