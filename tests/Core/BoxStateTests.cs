// Owns: when a gateway tells how the box fares, and of what.
// Must never: measure this machine.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

public sealed class BoxStateTests
{
    private readonly Scene _scene = new("smoke 1");

    private BoxState Box => _scene.Loop.Box;

    [Fact]
    public void Nothing_is_told_where_nothing_was_seen()
    {
        _scene.Pass(3 * Limits.HourMs, false);
        Assert.Empty(Told());
    }

    [Fact]
    public void The_first_comes_after_ten_minutes_and_the_next_a_day_later()
    {
        Box.NoteGap(40, _scene.NowMs);
        _scene.Loop.Log.NoteWriteMs(170);
        _scene.Pass(5 * Limits.MinuteMs, false);
        Box.NoteFree(2_000_000, 90_000, _scene.NowMs);
        Box.NoteFree(1_900_000, 95_000, _scene.NowMs);
        Box.NoteGap(35, _scene.NowMs);
        Assert.Empty(Told());
        _scene.Pass(6 * Limits.MinuteMs, false);
        EventRecord first = Assert.Single(Told());
        Assert.Equal((40, Unit.Millisecond, 1_900_000, 90_000, 170), (first.Value, first.Unit, first.A, first.B, first.C));

        Box.NoteGap(25, _scene.NowMs);
        _scene.Pass(23 * Limits.HourMs, false);
        Assert.Single(Told());
        _scene.Pass(2 * Limits.HourMs, false);
        EventRecord second = Told()[^1];
        Assert.Equal((25, 0, 0, 170), (second.Value, second.A, second.B, second.C));
    }

    [Theory]
    [InlineData(Limits.BoxGapMs, 0, 0)]
    [InlineData(0, Limits.BoxFreeBytes - 1, 0)]
    [InlineData(0, 0, Limits.BoxNativeBytes - 1)]
    public void What_is_grave_is_told_at_once_and_then_once_an_hour(int gapMs, int free, int native)
    {
        for (int minute = 0; minute < 119; minute++)
        {
            Box.NoteGap(gapMs + minute, _scene.NowMs);
            Box.NoteFree(free, native, _scene.NowMs);
            _scene.Pass(Limits.MinuteMs, false);
            Assert.Equal(minute < 60 ? 1 : 2, Told().Count);
        }
    }

    [Fact]
    public void A_start_says_why()
    {
        Ports ports = new()
        {
            Board = new SceneBoard(),
            Shape = SceneBoard.Shape(),
            Flash = new Device.MemoryFlash(),
            Link = new SceneCounty(),
            Key = new NoMac(),
            Firmware = "x",
            StartReason = StartReason.Watchdog,
        };
        MainLoop loop = new(ports, Scene.Read("smoke 1", new SettingsErrors()), 7, 0);
        loop.Tick(20);
        Assert.Equal((int)StartReason.Watchdog, Records(loop).Single(r => r.Kind == EventKind.Started).A);
    }

    private List<EventRecord> Told() => [.. Records(_scene.Loop).Where(r => r.Kind == EventKind.BoxState)];

    private static IEnumerable<EventRecord> Records(MainLoop loop)
    {
        byte[] read = new byte[64 * EventRecord.Size];
        uint after = 0;
        for (int count; (count = loop.Log.Read(Lane.Routine, after, 64, read, 0)) > 0 || loop.Log.ReadGoesOn;)
        {
            for (int i = 0; i < count; i++)
            {
                EventRecord record = new();
                Assert.Equal(DecodeResult.Ok, record.Decode(read, i * EventRecord.Size, read.Length));
                after = record.Sequence;
                yield return record;
            }
        }
    }
}
