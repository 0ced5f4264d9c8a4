// Owns: the sockets on which boxes come in: TCP connections and datagrams, their number, their patience, their pace.
// Must never: drop what a connection sends, let silent ones keep others out, or listen to more than it was told to.

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Gateway.County.Gb26875;

/// <summary>Listens on one address by TCP and UDP.</summary>
internal sealed class PeerListener : IDisposable
{
    // Windows tells a datagram that nobody took as an error of the next receive; there is nothing to do about it.
    private const int IgnoreUnreachable = -1744830452;

    private readonly PeerDoor _door;
    private readonly ConcurrentDictionary<TcpLink, bool> _links = [];
    private readonly ConcurrentDictionary<IPEndPoint, UdpLink> _senders = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _tcp;
    private readonly Socket _udp;

    /// <exception cref="SocketException">The address cannot be had.</exception>
    public PeerListener(PeerDoor door, IPEndPoint at)
    {
        _door = door;
        _tcp = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _udp = new Socket(at.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                _udp.IOControl(IgnoreUnreachable, [0, 0, 0, 0], null);
            }

            _tcp.Bind(at);
            _tcp.Listen(CountyLimits.PeerConnectionsMax);
            Address = (IPEndPoint)_tcp.LocalEndPoint!;
            _udp.Bind(Address);
        }
        catch
        {
            _tcp.Dispose();
            _udp.Dispose();
            throw;
        }
    }

    public IPEndPoint Address { get; }

    public int Connections => _links.Count;

    public void Start()
    {
        _ = Task.Run(Accept);
        _ = Task.Run(Datagrams);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _tcp.Dispose();
        _udp.Dispose();
        foreach (TcpLink link in _links.Keys)
        {
            link.Close();
        }
    }

    private async Task Accept()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Socket socket = await _tcp.AcceptAsync(_stop.Token);
                if (_links.Count >= CountyLimits.PeerConnectionsMax && !MakeRoom())
                {
                    socket.Dispose();
                    continue;
                }

                TcpLink link = new(_door, socket, (IPEndPoint)socket.RemoteEndPoint!);
                _links[link] = true;
                _ = Task.Run(() => Serve(link));
            }
            catch (SocketException)
            {
                // One that came and went, or no handles left: others may still come.
                await Task.Delay(CountyLimits.StoreRetryMs);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private bool MakeRoom()
    {
        TcpLink? worst = Spare([.. _links.Keys]);
        if (worst is null)
        {
            return false;
        }

        // Its own task may have taken it out already.
        worst.Close();
        _links.TryRemove(worst, out _);
        return true;
    }

    /// <summary>
    /// Of those that have said nothing good, or not for long, the one of longest; else of the box that has the most connections its one
    /// unheard for longest. A box that speaks over one connection is never put out.
    /// </summary>
    private T? Spare<T>(T[] links)
        where T : PeerLink
    {
        if (links.Where(link => !link.Proven || _door.RunMs - link.GoodRunMs > CountyLimits.PeerIdleMs).MinBy(l => l.GoodRunMs) is { } idle)
        {
            return idle;
        }

        T[] most = links.GroupBy(link => link.Station).Select(ofBox => ofBox.ToArray()).MaxBy(ofBox => ofBox.Length) ?? [];
        return most.Length > 1 ? most.MinBy(link => link.GoodRunMs) : null;
    }

    private async Task Serve(TcpLink link)
    {
        try
        {
            await link.Read(_stop.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Gone; the box comes again.
        }
        finally
        {
            link.Close();
            _links.TryRemove(link, out _);
        }
    }

    private async Task Datagrams()
    {
        byte[] buffer = new byte[ushort.MaxValue];
        IPEndPoint any = new(Address.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                SocketReceiveFromResult got = await _udp.ReceiveFromAsync(buffer, SocketFlags.None, any, _stop.Token);
                UdpLink? link = Sender((IPEndPoint)got.RemoteEndPoint);

                // A datagram cannot be held back: what has no room is not confirmed, and the box sends it again.
                if (link is not null && link.Waiting < CountyLimits.PeerFramesWaiting)
                {
                    link.Take(buffer.AsSpan(0, got.ReceivedBytes));
                    link.EndOfDatagram();
                }
                else
                {
                    BoxMetrics.Refused("no-room");
                }
            }
            catch (SocketException)
            {
                // Of one datagram.
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private UdpLink? Sender(IPEndPoint from)
    {
        if (_senders.TryGetValue(from, out UdpLink? known))
        {
            return known;
        }

        if (_senders.Count >= CountyLimits.PeerConnectionsMax)
        {
            UdpLink? worst = Spare([.. _senders.Values]);
            if (worst is null || !_senders.TryRemove(worst.From, out _))
            {
                return null;
            }
        }

        UdpLink link = new(_door, _udp, from);
        _senders[from] = link;
        return link;
    }

    private sealed class UdpLink(PeerDoor door, Socket socket, IPEndPoint from) : PeerLink(door, from)
    {
        public override void Close()
        {
            // Nothing is open; the next datagram begins anew.
        }

        public override void Send(byte[] frame)
        {
            try
            {
                socket.SendTo(frame, From);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // An answer that is lost is asked for again.
            }
        }
    }

    private sealed class TcpLink(PeerDoor door, Socket socket, IPEndPoint from) : PeerLink(door, from)
    {
        private readonly PeerDoor _of = door;
        private readonly SemaphoreSlim _room = new(0);
        private readonly Channel<byte[]> _out = Channel.CreateBounded<byte[]>(CountyLimits.PeerFramesWaiting * 2);
        private bool _paused;

        public override void Close()
        {
            Closed = true;
            _out.Writer.TryComplete();
            socket.Dispose();
        }

        public override void Done()
        {
            base.Done();
            _room.Release();
        }

        public async Task Read(CancellationToken stop)
        {
            _ = Task.Run(() => WriteOut(stop), stop);
            byte[] buffer = new byte[Gateway.Gb26875.FrameReader.BufferBytesMin];
            Pace pace = new(_of.Time);
            while (!Closed)
            {
                int got = await Receive(buffer, stop);
                if (got == 0)
                {
                    return;
                }

                if (got < 0)
                {
                    // The second time in a row the frame is given up.
                    _paused = !_paused;
                    Action end = _paused ? Paused : Stalled;
                    end();
                    continue;
                }

                _paused = false;
                await pace.Spend(Take(buffer.AsSpan(0, got)), stop);
                while (Waiting >= CountyLimits.PeerFramesWaiting)
                {
                    await _room.WaitAsync(stop);
                }

                // Permits of frames that nobody waited for.
                while (_room.CurrentCount > CountyLimits.PeerFramesWaiting && _room.Wait(0))
                {
                    continue;
                }
            }
        }

        public override void Send(byte[] frame)
        {
            // Who takes no answers gets no more.
            if (!_out.Writer.TryWrite(frame))
            {
                Close();
            }
        }

        /// <summary>
        /// How many bytes came; 0 = the end, also for who said nothing good for too long; -1 = a pause inside a frame.
        /// </summary>
        private async Task<int> Receive(byte[] buffer, CancellationToken stop)
        {
            long patienceMs = (Proven ? CountyLimits.PeerIdleMs : CountyLimits.PeerUnprovenMs) - (_of.RunMs - GoodRunMs);
            int pauseMs = _paused ? CountyLimits.PeerStallMs - CountyLimits.PeerPauseMs : CountyLimits.PeerPauseMs;
            bool inFrame = MidFrame && pauseMs < patienceMs;
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(TimeSpan.FromMilliseconds(Math.Max(1, inFrame ? pauseMs : patienceMs)));
            try
            {
                return patienceMs <= 0 ? 0 : await socket.ReceiveAsync(buffer, limit.Token);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return inFrame ? -1 : 0;
            }
        }

        private async Task WriteOut(CancellationToken stop)
        {
            try
            {
                await foreach (byte[] bytes in _out.Reader.ReadAllAsync(stop))
                {
                    for (int sent = 0; sent < bytes.Length;)
                    {
                        sent += await socket.SendAsync(bytes.AsMemory(sent), stop);
                    }
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                Close();
            }
        }
    }

    /// <summary>So many frames a second, then a pause in reading: the box's own buffer fills, and nothing is lost.</summary>
    private sealed class Pace(TimeProvider time)
    {
        private long _second = time.GetTimestamp();
        private int _frames;

        public async Task Spend(int frames, CancellationToken stop)
        {
            TimeSpan into = time.GetElapsedTime(_second);
            if (into.TotalSeconds >= 1)
            {
                _second = time.GetTimestamp();
                _frames = 0;
                into = TimeSpan.Zero;
            }

            _frames += frames;
            if (_frames >= CountyLimits.PeerFramesPerSecond)
            {
                await Task.Delay(TimeSpan.FromSeconds(1) - into, time, stop);
            }
        }
    }
}
