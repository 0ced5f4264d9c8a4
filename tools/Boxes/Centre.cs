// Owns: a city centre as boxes meet it: it confirms, denies, stalls or ends connections, as it is told, and asks.
// Must never: count a frame twice that came again under its number.

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Gateway.Gb26875;

namespace Gateway.Tools.Boxes;

/// <summary>What a centre does with a frame that is sent to it.</summary>
public enum CentreMood
{
    Confirm,
    Deny,

    /// <summary>Says nothing, and has kept the frame all the same, as when its answer is lost.</summary>
    KeepAndStall,

    /// <summary>Ends the connection without having kept it.</summary>
    Hang,
}

/// <summary>A frame as the centre took it.</summary>
public sealed record CentreFrame(FrameHead Head, byte[] Unit, int Connection);

/// <summary>Listens on loopback.</summary>
public sealed class Centre : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _listener;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _known = [];
    private readonly List<CentreFrame> _taken = [];
    private Socket? _open;
    private int _connections;

    /// <param name="port">0 = any.</param>
    /// <param name="mood">From the first frame on; null = it confirms.</param>
    public Centre(int port = 0, Func<CentreFrame, CentreMood>? mood = null)
    {
        Mood = mood ?? Mood;
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen();
        Address = (IPEndPoint)_listener.LocalEndPoint!;
        _ = Task.Run(Accept);
    }

    public IPEndPoint Address { get; }

    /// <summary>Decides about each frame with a unit; asked on the connection's task.</summary>
    public Func<CentreFrame, CentreMood> Mood { get; set; } = _ => CentreMood.Confirm;

    /// <summary>Answers to what it asked.</summary>
    public ConcurrentQueue<CentreFrame> Answers { get; } = new();

    /// <summary>Every frame as it came, repeats too.</summary>
    public ConcurrentQueue<CentreFrame> Came { get; } = new();

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>What it holds: each frame once, in the order in which they first came.</summary>
    public IReadOnlyList<CentreFrame> Taken
    {
        get
        {
            lock (_gate)
            {
                return [.. _taken];
            }
        }
    }

    /// <summary>Ends the connection that is open.</summary>
    public void Drop() => Volatile.Read(ref _open)?.Dispose();

    /// <summary>Sends a command or request; false without a connection.</summary>
    public bool Ask(FrameCommand command, ushort sequence, PeerAddress whom, byte[] unit, bool wrongSum = false)
    {
        FrameHead head = new()
        {
            Sequence = sequence, MainVersion = 1, Time = FrameTime.Of(DateTimeOffset.UtcNow), Source = new PeerAddress(1),
            Destination = whom, Command = command,
        };
        return Volatile.Read(ref _open) is { } socket && Send(socket, head, unit, wrongSum);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        Drop();
    }

    private async Task Accept()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Socket socket = await _listener.AcceptAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                Volatile.Write(ref _open, socket);
                _ = Task.Run(() => Serve(socket, Connections));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Serve(Socket socket, int connection)
    {
        FrameReader reader = new();
        byte[] buffer = new byte[FrameReader.BufferBytesMin];
        try
        {
            int got;
            while ((got = await socket.ReceiveAsync(buffer, _stop.Token)) > 0)
            {
                for (int taken = 0; taken < got;)
                {
                    taken += reader.Add(buffer.AsSpan(taken, got - taken));
                    while (Next(reader, connection) is { } frame)
                    {
                        Take(socket, frame);
                    }
                }
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Gone.
        }

        socket.Dispose();
    }

    private void Take(Socket socket, CentreFrame frame)
    {
        if (frame.Head.Command != FrameCommand.Send)
        {
            Answers.Enqueue(frame);
            return;
        }

        if (frame.Unit.Length == 0)
        {
            Answer(socket, frame, FrameCommand.Confirm);
            return;
        }

        Came.Enqueue(frame);
        CentreMood mood = Mood(frame);
        if (mood is CentreMood.Confirm or CentreMood.KeepAndStall)
        {
            lock (_gate)
            {
                if (_known.Add($"{frame.Head.Source} {frame.Head.Sequence} {Convert.ToHexString(frame.Unit)}"))
                {
                    _taken.Add(frame);
                }
            }
        }

        switch (mood)
        {
            case CentreMood.Confirm:
                Answer(socket, frame, FrameCommand.Confirm);
                break;
            case CentreMood.Deny:
                Answer(socket, frame, FrameCommand.Deny);
                break;
            case CentreMood.Hang:
                socket.Dispose();
                break;
            default:
                break;
        }
    }

    private static void Answer(Socket socket, CentreFrame frame, FrameCommand command) =>
        Send(socket, frame.Head.Answer(command, FrameTime.Of(DateTimeOffset.UtcNow)), []);

    private static bool Send(Socket socket, FrameHead head, byte[] unit, bool wrongSum = false)
    {
        byte[] frame = new byte[FrameLayout.OverheadBytes + unit.Length];
        FrameWriter.Write(frame, head, unit);
        frame[^3] += (byte)(wrongSum ? 1 : 0);
        try
        {
            return socket.Send(frame) == frame.Length;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private static CentreFrame? Next(FrameReader reader, int connection)
    {
        ReadOutcome outcome;
        while ((outcome = reader.Read(out Frame frame)) != ReadOutcome.NeedMore)
        {
            if (outcome == ReadOutcome.Frame)
            {
                return new CentreFrame(FrameHead.Of(frame), frame.Unit.ToArray(), connection);
            }
        }

        return null;
    }
}
