// Owns: how quick frames of other makers' boxes are read and stored, beside what the same bytes and the county's own messages cost.
// Must never: compare figures of different runs, or let a commit go without its flush.

using System.Diagnostics;
using System.Globalization;
using System.Net;
using Gateway.Contract;
using Gateway.County;
using Gateway.County.Gb26875;
using Gateway.County.Sql;
using Gateway.Gb26875;

namespace Gateway.Tests.Benchmarks;

internal static class Gb26875Bench
{
    private const double LeastRatio = 0.2;
    private const int Frames = 20_000;
    private const int Rounds = 5;
    private const int DurableFrames = 20_000;
    private const int Boxes = 100;
    private const int WaitMs = 120_000;
    private static readonly FrameReader s_reader = new();

    public static int Run()
    {
        byte[] stream = Stream();
        byte[] room = new byte[stream.Length];
        Read(stream);
        CopyAndSum(stream, room);
        double read = double.MaxValue, plain = double.MaxValue;
        long allocated = 0;
        for (int i = 0; i < Rounds; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            read = Math.Min(read, Seconds(() => Read(stream)));
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            plain = Math.Min(plain, Seconds(() => CopyAndSum(stream, room)));
        }

        // The closure and the stopwatch of the measurement itself are a few hundred bytes a round.
        double perFrame = Math.Floor(allocated / (double)Frames);
        double ratio = plain / read;
        Line("decoded", Frames / read, "frames/s");
        Line("plain copy and sum of the same bytes", Frames / plain, "frames/s");
        Console.WriteLine(Text($"gb26875, decoded to plain: {ratio:F2} ratio (limit {LeastRatio:F2} or more)"));
        Console.WriteLine(Text($"gb26875, allocated a frame: {perFrame:F0} bytes (limit 0)"));
        string folder = Directory.CreateTempSubdirectory("gateway-boxes-").FullName;
        try
        {
            double durable = Durable(Path.Combine(folder, "boxes.db"));
            (double events, double messages) = Own(Path.Combine(folder, "own.db"));
            Line("durable frames of one fire or its end each, SQLite", durable, "frames/s");
            Line("county's own ingest without a broker, SQLite", events, "events/s");
            Line("county's own messages", messages, "messages/s");
            Console.WriteLine(Text($"gb26875, durable frames to own messages: {durable / messages:F2} ratio"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return ratio >= LeastRatio && perFrame == 0 ? 0 : 1;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Line(string name, double rate, string unit) => Console.WriteLine(Text($"gb26875, {name}: {rate:F0} {unit}"));

    private static double Seconds(Action act)
    {
        long began = Stopwatch.GetTimestamp();
        act();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Fires, states with several objects, box states and heartbeats, as boxes send them.</summary>
    private static byte[] Stream()
    {
        using MemoryStream all = new();
        byte[] unit = new byte[FrameLayout.UnitBytesMax];
        for (int i = 0; i < Frames; i++)
        {
            UnitType type = (i % 4) switch { 0 or 1 => UnitType.ComponentStatus, 2 => UnitType.SystemStatus, _ => UnitType.BoxStatus };
            UnitWriter writer = new(unit, type);
            writer.TryAdd(new UnitObject { SystemType = 1, ComponentType = 40, ComponentAddress = (uint)i, Status = 2 });
            if (type == UnitType.SystemStatus)
            {
                writer.TryAdd(new UnitObject { SystemType = 11, Status = 1 });
            }

            all.Write(Frame((ushort)i, 1, writer.Written.ToArray()));
        }

        return all.ToArray();
    }

    private static byte[] Frame(ushort sequence, uint source, byte[] unit)
    {
        byte[] frame = new byte[FrameLayout.OverheadBytes + unit.Length];
        FrameHead head = new() { Sequence = sequence, MainVersion = 1, Source = new PeerAddress(source), Command = FrameCommand.Send };
        FrameWriter.Write(frame, head, unit);
        return frame;
    }

    private static void Read(byte[] stream)
    {
        int frames = 0, status = 0;
        for (int at = 0; at < stream.Length;)
        {
            at += s_reader.Add(stream.AsSpan(at, Math.Min(1_460, stream.Length - at)));
            while (s_reader.Read(out Frame frame) == ReadOutcome.Frame)
            {
                frames++;
                UnitReader objects = new(frame.Unit);
                while (objects.Next(out UnitObject one))
                {
                    status += one.Status;
                }
            }
        }

        if (frames != Frames || status == 0)
        {
            throw new InvalidOperationException($"{frames} frames of {Frames}");
        }
    }

    private static void CopyAndSum(byte[] stream, byte[] room)
    {
        int sum = 0;
        for (int at = 0; at < stream.Length;)
        {
            int some = Math.Min(1_460, stream.Length - at);
            stream.AsSpan(at, some).CopyTo(room.AsSpan(at));
            sum += FrameLayout.Sum(room.AsSpan(at, some));
            at += some;
        }

        if (sum == 0)
        {
            throw new InvalidOperationException("no bytes");
        }
    }

    /// <summary>Frames a second from the queue behind the sockets until the last one is committed.</summary>
    private static double Durable(string database)
    {
        using SqlStore store = SqlStore.Open(database);
        List<PeerRegistration> peers = [];
        for (uint i = 1; i <= Boxes; i++)
        {
            peers.Add(new PeerRegistration
            {
                Station = i, Address = i, County = "330726", Township = "330726101", Village = "330726101003", Name = "盒",
                Sources = "any", Epoch = i,
            });
            store.AddPeer(peers[^1]);
        }

        Counter counter = new(DurableFrames);
        CountyService service = new([], store, counter, new CountyOptions());
        using PeerReceiver receiver = new(new IPEndPoint(IPAddress.Loopback, 0), service.Wake);
        service.Rooms = [receiver];
        NoLink[] links = [.. peers.Select(_ => new NoLink(receiver.Door))];
        FrameTime now = FrameTime.Of(DateTimeOffset.UtcNow);
        for (int i = 0; i < DurableFrames; i++)
        {
            int box = i % Boxes, turn = i / Boxes;
            UnitWriter unit = new(new byte[FrameLayout.UnitBytesMax], UnitType.ComponentStatus);
            unit.TryAdd(new UnitObject { ComponentAddress = (uint)(turn / 2), Status = (ushort)(turn % 2 == 0 ? 2 : 0), Time = now });
            FrameHead head = new() { Sequence = (ushort)turn, Source = new PeerAddress((ulong)box + 1), Command = FrameCommand.Send };
            receiver.Door.Queue.Add(new ReceivedFrame(links[box], peers[box], head, unit.Written.ToArray()));
        }

        return DurableFrames / Timed(service, counter);
    }

    /// <summary>The same desk with the contract's signed messages, in groups as large.</summary>
    private static (double Events, double Messages) Own(string database)
    {
        using SqlStore store = SqlStore.Open(database);
        using IngestLoad load = new();
        load.Registrations.ForEach(station => store.AddStation(station));
        CountyDesk desk = new(store, new Counter(0), new CountyOptions());
        (string Topic, byte[] Payload)[] messages = [.. load.InTurn()];
        double seconds = Seconds(() =>
        {
            foreach ((string Topic, byte[] Payload)[] group in messages.Chunk(CountyLimits.CommitMessagesMax))
            {
                Instant now = Instant.Now(TimeProvider.System);
                desk.Commit([.. group.Select(one => desk.Open(one.Topic, one.Payload, now)!)], now);
            }
        });
        return (IngestLoad.Events / seconds, messages.Length / seconds);
    }

    private static double Timed(CountyService service, Counter counter)
    {
        RunningCounty? county = null;
        double seconds = Seconds(() =>
        {
            county = new RunningCounty(service);
            if (!counter.All.Wait(WaitMs))
            {
                throw new IOException($"not everything was stored within {WaitMs / 1000} s");
            }
        });
        county?.Dispose();
        return seconds;
    }

    private sealed class NoLink(PeerDoor door) : PeerLink(door, new IPEndPoint(IPAddress.Loopback, 1))
    {
        public override void Close() => Closed = true;

        public override void Send(byte[] frame)
        {
        }
    }

    private sealed class Counter(int of) : ICountyObserver
    {
        private int _stored;

        public ManualResetEventSlim All { get; } = new();

        public void Stored(StationRegistration station, StoredEvent stored)
        {
            if (++_stored == of)
            {
                All.Set();
            }
        }

        public void InTrouble(string text) => Console.Error.WriteLine(text);
    }
}
