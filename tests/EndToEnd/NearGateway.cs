// Owns: the gateway inside the test's process: real Core, flash on disk and a real link, with a clock that can be bent.
// Must never: differ from the PC's program in anything but the clock and the flash's size.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Link;
using Gateway.Pc;
using Gateway.Pc.Board;
using Gateway.Pc.Flash;
using Gateway.Pc.Mqtt;
using Gateway.Pc.Run;

namespace Gateway.Tests.EndToEnd;

/// <summary>A station whose weeks pass in seconds. It remembers each record that became durable, as bytes.</summary>
public sealed class NearGateway : IDisposable
{
    private readonly BentTimer _timer = new();
    private readonly LinkSupervisor _link;
    private readonly LinkSupervisor? _probe;
    private readonly PatientLink _line;
    private readonly PatientLink? _probeLine;
    private readonly Memory _memory = new();

    /// <param name="stage">Gives settings, key and the folder of the flash.</param>
    /// <param name="capacityBytes">Of the partition: small, so that lanes fill.</param>
    public NearGateway(Stage stage, int capacityBytes)
    {
        ArgumentNullException.ThrowIfNull(stage);
        var errors = new List<string>();
        Settings settings = SettingsFile.Check(stage.SettingsFile, errors) ?? throw new IOException(string.Join('\n', errors));
        StationKey key = StationKey.Read(stage.KeyFile, errors) ?? throw new IOException(string.Join('\n', errors));
        _link = PcLink.Create(settings, key);
        _probe = PcLink.CreateProbe(settings, key);
        _line = new PatientLink(_link);
        _probeLine = _probe is null ? null : new PatientLink(_probe);
        Station = new Station(new StationParts
        {
            Settings = settings,
            Flash = new PcFlash(stage.FlashFolder, capacityBytes),
            Link = _line,
            Probe = _probeLine,
            Key = new DotNetMac(key.Key),
            Clock = new MonotonicClock(_timer),
            NewEpoch = 77,
            Watchers = [_memory],
        });
    }

    public Station Station { get; }

    /// <summary>Every record that ever became durable.</summary>
    public IReadOnlyDictionary<Identity, byte[]> Made => _memory.Made;

    /// <summary>Ticks of 20 ms as on the device, in real time; true when the condition came.</summary>
    public bool Until(Func<bool> condition, int withinMs)
    {
        for (long end = Station.NowMs + withinMs; !condition(); Thread.Sleep(Limits.TickMs / 2))
        {
            Station.Tick();
            if (Station.NowMs > end)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Time that passes at once: a tick of 20 ms each second in quiet times.</summary>
    public void Pass(long ms, int stepMs)
    {
        for (long left = ms; left > 0; left -= stepMs)
        {
            Station.Tick();
            _timer.Advance(stepMs);
        }
    }

    /// <summary>A hand on the board, and as much time as an input needs to settle.</summary>
    public void Do(Hand hand)
    {
        Station.Do(hand);
        Pass(1_000, Limits.TickMs);
    }

    /// <summary>
    /// Time that passes twenty times as fast as real time, but for when somebody real has yet to answer: on a machine that is busy a
    /// deadline of this clock would be over before the broker had its turn.
    /// </summary>
    public bool UntilSoon(Func<bool> condition, long withinMs)
    {
        for (long end = Station.NowMs + withinMs; !condition(); Thread.Sleep(Limits.TickMs))
        {
            Station.Tick();
            _timer.Advance(_line.Owed || _probeLine is { Owed: true } ? 0 : 19 * Limits.TickMs);
            if (Station.NowMs > end)
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose()
    {
        if (_probe is not null)
        {
            PcLink.End(_probe);
        }

        PcLink.End(_link);
    }

    private sealed class Memory : Watcher
    {
        public Dictionary<Identity, byte[]> Made { get; } = [];

        public override void Event(long ms, EventTrace trace, EventStep step)
        {
            if (step == EventStep.InFlash)
            {
                byte[] bytes = new byte[EventRecord.Size];
                trace.Record.Encode(bytes, 0);
                Made[Identity.Of(trace.Record)] = bytes;
            }
        }
    }

    /// <summary>A link that knows whether its other end has yet to answer or to let in.</summary>
    private sealed class PatientLink(LinkPort inner) : LinkPort
    {
        /// <summary>Who is silent for so long in real time answers no more.</summary>
        private const int SilentMs = 5_000;

        private long? _askedMs;

        public bool Owed => _askedMs is { } asked && Environment.TickCount64 - asked < SilentMs;

        public override LinkState State()
        {
            LinkState state = inner.State();
            _askedMs = state is LinkState.Idle or LinkState.Failed ? null : _askedMs;
            return state;
        }

        public override void Open(int path, string will)
        {
            _askedMs = Environment.TickCount64;
            inner.Open(path, will);
        }

        public override void Close() => inner.Close();

        public override bool Send(LinkLeaf leaf, byte[] message, int count)
        {
            _askedMs ??= Environment.TickCount64;
            return inner.Send(leaf, message, count);
        }

        public override int Receive(byte[] into)
        {
            int count = inner.Receive(into);
            _askedMs = count > 0 ? null : _askedMs;
            return count;
        }
    }

    private sealed class BentTimer : TimeProvider
    {
        private long _ahead;

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => Environment.TickCount64 + _ahead;

        public void Advance(long ms) => _ahead += ms;
    }
}
