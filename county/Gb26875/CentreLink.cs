// Owns: the connection to one centre: opened again and again, frames out, frames in.
// Must never: keep the working thread waiting, or grow while a centre does not read.

using System.Collections.Concurrent;
using System.Net.Sockets;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>A socket that is kept open from a task of its own.</summary>
internal sealed class CentreLink(CentreProfile centre, Action wake) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<(FrameHead Head, byte[] Unit)> _in = new();
    private Socket? _socket;

    public bool Connected => Volatile.Read(ref _socket) is not null;

    /// <summary>Why it is not connected.</summary>
    public string Why { get; private set; } = "未连接 not connected yet";

    public void Start() => _ = Task.Run(Keep);

    public bool TryTake(out (FrameHead Head, byte[] Unit) frame) => _in.TryDequeue(out frame);

    /// <summary>Hands a frame over; false where there is no connection, or no room in it.</summary>
    public bool Send(byte[] frame)
    {
        Socket? socket = Volatile.Read(ref _socket);
        try
        {
            // The socket does not block: a frame that finds no room is one the centre does not read, and the exchange ends by its limit.
            return socket is not null && socket.Send(frame) == frame.Length;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            Close($"{e.Message}");
            return false;
        }
    }

    /// <summary>Ends the connection; another one is opened.</summary>
    public void Close(string why)
    {
        Why = why;
        Interlocked.Exchange(ref _socket, null)?.Dispose();
    }

    public void Dispose()
    {
        _stop.Cancel();
        Close("结束 ended");
    }

    private async Task Keep()
    {
        int waitMs = CountyLimits.CentreRetryFirstMs;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Socket socket = centre.Udp
                    ? new Socket(centre.To.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
                    : new Socket(centre.To.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                using (socket)
                {
                    using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                    limit.CancelAfter(CountyLimits.BrokerAnswerMs);
                    await socket.ConnectAsync(centre.To, limit.Token);
                    socket.Blocking = false;
                    Volatile.Write(ref _socket, socket);
                    waitMs = CountyLimits.CentreRetryFirstMs;
                    wake();
                    await Read(socket);
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                Close(e is SocketException ? e.Message : "无应答 no answer");
            }

            wake();
            await Task.Delay(waitMs, CancellationToken.None);
            waitMs = Math.Min(waitMs * 2, CountyLimits.CentreRetryMaxMs);
        }
    }

    private async Task Read(Socket socket)
    {
        FrameReader reader = new(centre.Flags);
        byte[] buffer = new byte[FrameReader.BufferBytesMin];
        while (true)
        {
            int got = await socket.ReceiveAsync(buffer, _stop.Token);
            if (got == 0 && !centre.Udp)
            {
                Close("对方断开 the centre ended the connection");
                return;
            }

            for (int taken = 0; taken < got;)
            {
                taken += reader.Add(buffer.AsSpan(taken, got - taken));
                Take(reader);
            }

            if (centre.Udp)
            {
                reader.Clear();
            }

            if (_in.Count > PeerLimits.CentreInMax)
            {
                Close("对方发送过多 the centre sends too much");
                return;
            }

            wake();
        }
    }

    private void Take(FrameReader reader)
    {
        ReadOutcome outcome;
        while ((outcome = reader.Read(out Frame frame)) != ReadOutcome.NeedMore)
        {
            if (outcome == ReadOutcome.Frame)
            {
                _in.Enqueue((FrameHead.Of(frame), frame.Unit.ToArray()));
            }
            else if (outcome == ReadOutcome.BadSum && frame.Command is FrameCommand.Control or FrameCommand.Request)
            {
                // Without a unit: it is denied, and nothing of it is done.
                _in.Enqueue((FrameHead.Of(frame), []));
            }
        }
    }
}
