// Owns: a TCP path between a client and a broker that a test can break in the ways a village's network breaks.
// Must never: change a byte, or listen on another address than loopback outside a network of the test's own.

using System.Net;
using System.Net.Sockets;

namespace Gateway.Tests.Support;

/// <summary>
/// Forwards 127.0.0.1:<see cref="Port"/> to a target port. <see cref="Hold"/> makes every connection half-open: both sides stay
/// connected and no byte passes. Bytes that came while held are delivered on <see cref="Release"/>, as TCP would.
/// <see cref="Strand"/> leaves connections so for good.
/// </summary>
public sealed class TcpProxy : IDisposable
{
    private const int BufferBytes = 16 * 1024;

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly List<Socket> _sockets = [];
    private readonly int _target;
    private readonly Task _accepting;
    private TaskCompletionSource _open = NewGate(open: true);
    private int _accepted;
    private long _forwarded;
    private int _stranded;

    /// <param name="targetPort">On loopback.</param>
    /// <param name="near">Where to listen: null = loopback; another one only inside a network of the test's own.</param>
    public TcpProxy(int targetPort, IPAddress? near = null)
    {
        _target = targetPort;
        _listener = new TcpListener(near ?? IPAddress.Loopback, 0);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Connections accepted since the start.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Bytes forwarded in both directions.</summary>
    public long Forwarded => Interlocked.Read(ref _forwarded);

    /// <summary>From now on nothing passes in either direction; new connections are accepted and stay silent.</summary>
    public void Hold()
    {
        if (_open.Task.IsCompleted)
        {
            _open = NewGate(open: false);
        }
    }

    /// <summary>No byte passes any more on the connections of now, and neither side hears of it; new ones are served.</summary>
    public void Strand() => Interlocked.Increment(ref _stranded);

    /// <summary>Everything passes again.</summary>
    public void Release() => _open.TrySetResult();

    /// <summary>Resets every connection that is open.</summary>
    public void Cut()
    {
        lock (_sockets)
        {
            foreach (Socket socket in _sockets)
            {
                socket.Close(0);
            }

            _sockets.Clear();
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        Release();
        Cut();
        _accepting.Wait();
        _listener.Dispose();
        _end.Dispose();
    }

    private static TaskCompletionSource NewGate(bool open)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (open)
        {
            gate.SetResult();
        }

        return gate;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket near = await _listener.AcceptSocketAsync(_end.Token);
                Interlocked.Increment(ref _accepted);
                _ = ServeAsync(near);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Dispose ends the listener.
        }
    }

    private async Task ServeAsync(Socket near)
    {
        int age = Volatile.Read(ref _stranded);
        var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        lock (_sockets)
        {
            _sockets.Add(near);
            _sockets.Add(far);
        }

        try
        {
            near.NoDelay = true;
            far.NoDelay = true;
            await far.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
            await Task.WhenAny(PumpAsync(near, far, age), PumpAsync(far, near, age));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The target is down, or Cut closed the sockets.
        }

        // A connection that one side has ended is passed on only while the path is open: a dead path tells nobody anything.
        await _open.Task;
        near.Close();
        far.Close();
        lock (_sockets)
        {
            _sockets.Remove(near);
            _sockets.Remove(far);
        }
    }

    private async Task PumpAsync(Socket from, Socket to, int age)
    {
        byte[] buffer = new byte[BufferBytes];
        try
        {
            while (true)
            {
                int count = await from.ReceiveAsync(buffer, SocketFlags.None, _end.Token);
                await _open.Task.WaitAsync(_end.Token);
                if (age != Volatile.Read(ref _stranded))
                {
                    await Task.Delay(Timeout.Infinite, _end.Token);
                }

                if (count == 0)
                {
                    return;
                }

                await to.SendAsync(buffer.AsMemory(0, count), SocketFlags.None, _end.Token);
                Interlocked.Add(ref _forwarded, count);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side has gone.
        }
    }
}
